import Diagnosis
import HIFIBlockSpec
import HIFIReference
import Suite

/// A single mistake that reproduces what came, bit for bit.
public struct Explanation: Sendable, Hashable, Codable {
    /// Stable name of the kind of mistake: `scale-bias`, `bit-flip`.
    public let id: String
    /// What the decoder did.
    public let sentence: String
    /// The field of the block that it concerns.
    public let field: String?
    /// True for a mistake of the decoder, false for one in the block named by `block`.
    public let isGeneral: Bool
    /// The block, where the mistake is in one.
    public let block: Int?
    /// Blocks that differ and were examined; and how many of them it reproduces in full.
    public let examined: Int
    /// Differing blocks that it reproduces in full.
    public let reproduced: Int
    /// Blocks that do not differ and were examined; and in how many of them it correctly changes nothing.
    public let equalExamined: Int
    /// Equal blocks in which it correctly changes nothing.
    public let equalReproduced: Int
}

/// Which of the two sides is what the reference makes of the blocks.
public struct Referee: Sendable, Hashable, Codable {
    /// Differing blocks looked at.
    public let examined: Int
    /// Of these: the expected side is what the reference gives.
    public let expectedIsReference: Int
    /// Of these: the actual side is what the reference gives.
    public let actualIsReference: Int
}

/// Looks for single mistakes that explain differing blocks.
public struct BlockExplainer: Sendable {
    private let format: BlockFormat
    private let blocks: BlockArray
    private let anatomist: BlockAnatomist?
    private let expected: @Sendable (Int) -> [UInt32]?
    private let actual: @Sendable (Int) -> [UInt32]?

    private static let examinedBlocks = 8
    private static let verifiedBlocks = 200
    private static let listed = 6

    /// - Parameters:
    ///   - blocks: the blocks that both sides claim to decode.
    ///   - expected: the bits of a block's weights on the one side.
    ///   - actual: the same on the other.
    public init(
        format: BlockFormat, blocks: BlockArray, expected: @escaping @Sendable (Int) -> [UInt32]?,
        actual: @escaping @Sendable (Int) -> [UInt32]?
    ) {
        (self.format, self.blocks, self.expected, self.actual) = (format, blocks, expected, actual)
        anatomist = BlockAnatomist(format)
    }

    /// Which side the reference is on, in these differing blocks.
    public func referee(_ differing: [Int]) -> Referee {
        let sample = Self.sample(differing, Self.verifiedBlocks)
        var (expectedCount, actualCount, examined) = (0, 0, 0)
        for index in sample {
            guard let block = blockCase(index), let model = block.context.model else { continue }
            let prediction = Prediction.model(model)
            examined += 1
            if let bits = expected(index), prediction.gives(bits, order: Array(bits.indices)) { expectedCount += 1 }
            if prediction.gives(block.actual, order: Array(block.actual.indices)) { actualCount += 1 }
        }
        return Referee(examined: examined, expectedIsReference: expectedCount, actualIsReference: actualCount)
    }

    /// The mistakes that give what came in whole blocks, the most general first.
    ///
    /// - Parameter differing: numbers of blocks that differ, ascending.
    public func explain(_ differing: [Int]) -> [Explanation] {
        let cases = Self.sample(differing, Self.examinedBlocks).compactMap(blockCase)
        guard !cases.isEmpty else { return [] }
        let catalogue =
            Hypothesis.rows(format, blocks) + Hypothesis.planes(format) + Hypothesis.values(format) + Hypothesis.outliers(format)
            + Hypothesis.mistaken(format)
        let holding = catalogue.filter { hypothesis in cases.allSatisfy { holds(hypothesis, $0) } }
        var general: [Explanation] = []
        if !holding.isEmpty {
            let (unlike, alike) = verification(differing)
            general = holding.map { verified($0, unlike, alike) }
        }
        // A mistake of the decoder shows in every block; one that would have changed blocks that are right is none.
        general.sort { Self.rank($0) < Self.rank($1) }
        if general.contains(where: { Self.rank($0) == 0 }) { general.removeAll { Self.rank($0) > 0 } }
        var all = Array(general.prefix(Self.listed))
        if !general.contains(where: { Self.rank($0) == 0 }) {
            if let diagnosed = diagnosed(differing) { all = [diagnosed] + all.filter { $0.reproduced > diagnosed.reproduced } }
            let row = thisRow(cases, differing)
            if !row.isEmpty { return row }
            // What explains one block of several is not an explanation of the rest.
            if all.isEmpty, differing.count == 1 { all = thisBlock(cases[0]) }
        }
        return all
    }

    /// The mistake that the diagnosis of conformance runs would name for these blocks.
    private func diagnosed(_ differing: [Int]) -> Explanation? {
        let (unlike, alike) = verification(differing)
        func entry(_ block: Case) -> ConformanceCase {
            ConformanceCase(
                id: "block \(block.context.index)", format: format.id, clauses: [], level: .required, flags: [], validity: .valid, why: "",
                task: .decode(blocks: block.context.bytes, weights: block.right))
        }
        let diagnoser = Diagnoser(VectorStore(folder: "", version: "", files: [], notes: []))
        let wrong = unlike.map { WrongAnswer(entry: entry($0), answer: .floats($0.actual)) }
        guard let (match, count) = diagnoser.cause(of: wrong, passes: alike.map(entry), format), 5 * count >= 2 * unlike.count else {
            return nil
        }
        return Explanation(
            id: match.id, sentence: match.words, field: nil, isGeneral: true, block: nil, examined: unlike.count, reproduced: count,
            equalExamined: alike.count, equalReproduced: alike.count { match.isRight(entry($0)) })
    }

    private static func rank(_ explanation: Explanation) -> Int {
        (explanation.reproduced == explanation.examined ? 0 : 2) + (explanation.equalReproduced == explanation.equalExamined ? 0 : 1)
    }

    private struct Case {
        let context: BlockContext
        let actual: [UInt32]
        /// Weights, the differing ones first.
        let order: [Int]
        let differing: [Int]

        /// The bits that the block decodes to, those of NaNs as a class.
        var right: [UInt32] {
            actual.indices.map { FloatPattern.classified(context.model?.weight($0).bitPattern ?? 0) }
        }
    }

    private func blockCase(_ index: Int) -> Case? {
        guard let anatomist, let actual = actual(index), actual.count == format.elements else { return nil }
        let context = BlockContext(anatomist, blocks, index)
        guard let model = context.model else { return nil }
        var (differing, same): ([Int], [Int]) = ([], [])
        for weight in actual.indices {
            let bits = model.weight(weight).bitPattern
            if bits == actual[weight] || (FloatDistance.isNaN(bits) && FloatDistance.isNaN(actual[weight])) {
                same.append(weight)
            } else {
                differing.append(weight)
            }
        }
        return Case(context: context, actual: actual, order: differing + same, differing: differing)
    }

    private func holds(_ hypothesis: Hypothesis, _ block: Case) -> Bool {
        hypothesis.predict(block.context)?.gives(block.actual, order: block.order) ?? false
    }

    /// More blocks that differ, and some that do not.
    private func verification(_ differing: [Int]) -> (unlike: [Case], alike: [Case]) {
        let known = Set(differing)
        let alike = (0..<min(blocks.count, known.count + Self.verifiedBlocks)).lazy.filter { !known.contains($0) }.prefix(
            Self.verifiedBlocks)
        return (Self.sample(differing, Self.verifiedBlocks).compactMap(blockCase), alike.compactMap(blockCase))
    }

    /// A mistake that holds in the first blocks, tried on more of both kinds.
    private func verified(_ hypothesis: Hypothesis, _ unlike: [Case], _ alike: [Case]) -> Explanation {
        Explanation(
            id: hypothesis.id, sentence: hypothesis.sentence, field: hypothesis.field, isGeneral: true, block: nil, examined: unlike.count,
            reproduced: unlike.count { holds(hypothesis, $0) }, equalExamined: alike.count,
            equalReproduced: alike.count { holds(hypothesis, $0) })
    }

    /// One wrong header, where all blocks that differ are of one row.
    private func thisRow(_ cases: [Case], _ differing: [Int]) -> [Explanation] {
        guard let rows = blocks.rows, let last = differing.last, differing[0] / rows.blocks == last / rows.blocks else { return [] }
        // The blocks of the row that do not differ have to stay as they are.
        let first = differing[0] / rows.blocks * rows.blocks
        let others = Set(first..<min(blocks.count, first + rows.blocks)).subtracting(differing).sorted()
        let (unlike, alike) = (
            Self.sample(differing, Self.verifiedBlocks).compactMap(blockCase),
            Self.sample(others, Self.verifiedBlocks).compactMap(blockCase)
        )
        return Hypothesis.thisRow(cases[0].context, actual: cases[0].actual, order: cases[0].order).lazy.filter { hypothesis in
            (unlike + alike).allSatisfy { holds(hypothesis, $0) }
        }.prefix(3).map {
            Explanation(
                id: $0.id, sentence: $0.sentence, field: $0.field, isGeneral: false, block: nil, examined: unlike.count,
                reproduced: unlike.count, equalExamined: alike.count, equalReproduced: alike.count)
        }
    }

    private func thisBlock(_ block: Case) -> [Explanation] {
        guard !block.differing.isEmpty else { return [] }
        return Hypothesis.thisBlock(block.context, actual: block.actual, differing: block.differing, order: block.order).lazy.filter {
            holds($0, block)
        }.prefix(3).map {
            Explanation(
                id: $0.id, sentence: $0.sentence, field: $0.field, isGeneral: false, block: block.context.index, examined: 1, reproduced: 1,
                equalExamined: 0, equalReproduced: 0)
        }
    }

    /// The first half from the start, the rest evenly spread.
    private static func sample(_ indices: [Int], _ count: Int) -> [Int] {
        guard indices.count > count else { return indices }
        let head = Array(indices.prefix(count / 2))
        let rest = count - head.count
        return head + (0..<rest).map { indices[head.count + $0 * (indices.count - head.count) / rest] }
    }
}
