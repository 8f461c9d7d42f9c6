import HIFIBlockSpec
import HIFIReference
import Suite

/// A case that was answered wrongly, and the answer.
public struct WrongAnswer: Sendable {
    /// The case.
    public let entry: ConformanceCase
    /// What the system said; of a series to the first question that it got wrong.
    public let answer: Answer
    /// Of a series, the number of that question.
    public let step: Int?

    /// Creates a wrong answer.
    public init(entry: ConformanceCase, answer: Answer, step: Int? = nil) { (self.entry, self.answer, self.step) = (entry, answer, step) }
}

/// A question as evidence: what was asked, what is right, what was answered.
package struct Evidence: Sendable {
    package let id: String
    package let entry: ConformanceCase
    /// The question; of much input the part that shows the difference.
    package let request: Request
    package let shift: Int
    /// Questions of the series before it.
    package let before: [SeriesStep]
    package let found: Answer
    package let right: Right

    package enum Right: Sendable {
        case weights([UInt32])
        case products([SeriesRecipe.Product])
        case other
    }

    package var operation: SeriesRecipe.Operation { request.operation }

    /// Whether the system died of the question instead of answering.
    var isCrash: Bool { if case .crash = found { true } else { false } }

    /// Whether a product is farther off than rounding allows.
    var isOutside: Bool {
        guard case .products(let products) = right, case .floats(let bits) = found else { return false }
        return zip(products, bits).contains { !Judge.isInside($0.exact, $0.bound, $1) }
    }

    /// Whether no product is farther off than twice what rounding allows.
    var isMarginal: Bool {
        guard case .products(let products) = right, case .floats(let bits) = found else { return false }
        return zip(products, bits).allSatisfy { abs(Double(Float(bitPattern: $1)) - $0.exact) <= 2 * $0.bound }
    }

    /// Blocks that were decoded, one by one.
    func samples(_ format: BlockFormat) -> [Sample] {
        guard case .decode(_, let row) = request, case .floats(let bits) = found else { return [] }
        let blocks = format.blocks(ofRow: row)
        guard bits.count == blocks.count / format.bytes * format.elements else { return [] }
        return (0..<blocks.count / format.bytes).map { block in
            Sample(
                bytes: Array(blocks[block * format.bytes..<(block + 1) * format.bytes]),
                found: Array(bits[block * format.elements..<(block + 1) * format.elements]), tolerance: 0)
        }
    }

    /// The lone products that a product of rows and columns consists of; empty for other questions.
    package var pairs: [Evidence] {
        guard case .product(let name, let blocks, let rows, let type, let activations, let columns) = request,
            case .products(let products) = right, case .floats(let bits) = found, rows > 0, columns > 0, products.count == rows * columns,
            bits.count == products.count
        else { return [] }
        let (row, column) = (blocks.count / rows, activations.count / columns)
        return products.indices.map { place in
            let (i, j) = (place % rows, place / rows)
            return Evidence(
                of: self,
                .dot(
                    format: name, blocks: Array(blocks[i * row..<(i + 1) * row]), activationFormat: type,
                    activations: Array(activations[j * column..<(j + 1) * column])),
                found: .floats([bits[place]]), right: .products([products[place]]))
        }
    }

    private init(of whole: Evidence, _ request: Request, found: Answer, right: Right) {
        (id, entry, shift, before) = (whole.id, whole.entry, 0, [])
        (self.request, self.found, self.right) = (request, found, right)
    }

    /// Blocks of much input that are looked at.
    private static let blocksLookedAt = 4

    /// Nil for cases about content and files, and for answers that are of no use.
    package init?(_ wrong: WrongAnswer, _ format: BlockFormat, _ store: VectorStore) {
        entry = wrong.entry
        id = wrong.entry.id
        var before: [SeriesStep] = []
        var shift = 0
        var found = wrong.answer.unchecked
        var right = Right.other
        var request: Request
        switch wrong.entry.task {
        case .decode(let blocks, let weights): (request, right) = (.decode(format: format.id, blocks: blocks), .weights(weights))
        case .encode(let path, let values, let columns, let importance, let blocks):
            guard blocks != nil else { return nil }
            request = .encode(
                format: format.id, path: path, values: values.map(Float.init(bitPattern:)), columns: columns,
                importance: importance?.map(Float.init(bitPattern:)))
        case .activations(let values, _): request = .quantizeActivations(format: format.id, values: values.map(Float.init(bitPattern:)))
        case .dot(let blocks, let name, let activations, let exact, let bound):
            request = .dot(format: format.id, blocks: blocks, activationFormat: name, activations: activations)
            right = .products([.init(exact: exact, bound: bound)])
        case .bulk(let recipe):
            guard let whole = try? recipe.request(format: format.id, in: store) else { return nil }
            request = whole
            if case .decode = whole, case .floats = found {
                guard let part = Self.part(whole, found, format) else { return nil }
                (request, found, right) = part
            }
        case .series(let recipe):
            guard let step = wrong.step, let steps = try? recipe.steps(of: format), steps.indices.contains(step) else { return nil }
            before = Array(steps.prefix(step))
            (request, shift) = (steps[step].request, steps[step].shift)
            if case .products(let products) = recipe.expected[step] { right = .products(products) }
            if case .decode = request, case .floats(let weights) = ReferenceSystem.shared.answer(request) {
                right = .weights(weights.map(FloatPattern.classified))
            }
        case .content, .container: return nil
        }
        if case .crash = found { right = .other }
        switch (right, found) {
        case (_, .crash): break
        case (.weights(let right), .floats(let bits)):
            guard right.count == bits.count else { return nil }
            found = .floats(bits.map(FloatPattern.classified))
        case (.products(let products), .floats(let bits)): guard bits.count == products.count else { return nil }
        case (.other, .bytes): break
        default: return nil
        }
        (self.request, self.shift, self.before, self.found, self.right) = (request, shift, before, found, right)
    }

    /// The first blocks of a decoding that differ.
    private static func part(_ request: Request, _ found: Answer, _ format: BlockFormat) -> (Request, Answer, Right)? {
        guard case .decode(_, let row) = request, case .floats(let bits) = found,
            case .floats(let right) = ReferenceSystem.shared.answer(request), right.count == bits.count
        else { return nil }
        var (someBlocks, someBits, someRight): ([UInt8], [UInt32], [UInt32]) = ([], [], [])
        let blocks = format.blocks(ofRow: row)
        for block in 0..<blocks.count / format.bytes where someRight.count < blocksLookedAt * format.elements {
            let weights = block * format.elements..<(block + 1) * format.elements
            // Where a header is mistaken, it matters where in its row a block is.
            guard
                format.headBytes > 0
                    || weights.contains(where: { FloatPattern.classified(bits[$0]) != FloatPattern.classified(right[$0]) })
            else { continue }
            someBlocks += blocks[block * format.bytes..<(block + 1) * format.bytes]
            someBits += bits[weights]
            someRight += right[weights].map(FloatPattern.classified)
        }
        guard someBits.map(FloatPattern.classified) != someRight else { return nil }
        return (.decode(format: format.id, blocks: format.row(of: someBlocks)), .floats(someBits), .weights(someRight))
    }

    /// Numbers that a product is made of.
    struct Terms {
        let weights: [Double]
        let activations: [Double]
        /// Σ |weight · activation|
        let size: Double

        init?(_ request: Request, _ format: BlockFormat) {
            guard case .dot(_, let blocks, let name, let column) = request, let activation = Spec.format(name),
                let weights = try? ReferenceDecoder(format).decode(format.blocks(ofRow: blocks)),
                let values = try? ReferenceDecoder(activation).decode(column),
                weights.count == values.count
            else { return nil }
            self.weights = weights.map(Double.init)
            activations = values.map(Double.init)
            size = zip(self.weights, activations).reduce(0) { $0 + abs($1.0 * $1.1) }
        }
    }
}
