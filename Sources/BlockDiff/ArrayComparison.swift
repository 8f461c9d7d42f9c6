import HIFIBlockSpec
import HIFIForeign
import HIFIReference
import Suite

/// One side of a comparison: an array of fp32, read in pieces.
public struct FloatSource: Sendable {
    /// Number of values.
    public let count: Int
    /// The block format that the values come from; nil for plain floats.
    public let format: BlockFormat?
    /// The blocks that the values come from.
    public let blocks: BlockArray?
    private let read: @Sendable (Range<Int>) -> [UInt32]?

    /// Floats in memory.
    public init(_ values: [Float]) {
        (count, format, blocks) = (values.count, nil, nil)
        read = { range in
            values.indices.contains(range.lowerBound) && range.upperBound <= values.count ? values[range].map(\.bitPattern) : nil
        }
    }

    /// Blocks that are decoded when they are needed.
    public init(_ blocks: BlockArray, format: BlockFormat) throws(DecodeError) {
        let decoder = try ReferenceDecoder(format)
        (count, self.format, self.blocks) = (blocks.count * format.elements, format, blocks)
        read = { range in
            let first = range.lowerBound / format.elements
            let last = (range.upperBound + format.elements - 1) / format.elements
            guard last > first, let bytes = blocks.bytes(at: first * format.bytes, (last - first) * format.bytes),
                let values = try? decoder.decode(bytes)
            else { return range.isEmpty ? [] : nil }
            let start = range.lowerBound - first * format.elements
            return values[start..<start + range.count].map(\.bitPattern)
        }
    }

    /// The bits of values; nil where they are not all there.
    public func bits(_ range: Range<Int>) -> [UInt32]? {
        guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
        return read(range)
    }
}

/// Compares two arrays and explains what differs.
public struct ArrayComparison: Sendable {
    /// How values are compared and how many differences are listed.
    public var options = FloatComparer.Options()
    /// The format and the blocks that both sides come from, where the sides do not bring them.
    public var format: BlockFormat?
    /// The blocks of `format`.
    public var blocks: BlockArray?
    /// Called with the number of values done.
    public var progress: (@Sendable (Int) -> Void)?

    /// Values compared at a time: a multiple of every block length.
    private static let chunk = 1 << 18

    /// A comparison with the usual options.
    public init() {}

    /// Compares; arrays of different lengths are compared as far as the shorter one goes.
    ///
    /// - Returns: the entry of a report, and the numbers of differing blocks with their numbers of differing weights.
    public func run(_ name: ForeignText, _ expected: FloatSource, _ actual: FloatSource) -> (diff: ArrayDiff, blocks: [Int], weights: [Int])
    {
        let format = format ?? expected.format ?? actual.format
        var entry = ArrayDiff(
            name: name, expectedFormat: expected.format?.id ?? self.format?.id, actualFormat: actual.format?.id ?? self.format?.id)
        if expected.count != actual.count { entry.problem = "\(expected.count) values on one side, \(actual.count) on the other" }
        var comparer = FloatComparer(format: format, options: options)
        let count = min(expected.count, actual.count)
        for start in stride(from: 0, to: count, by: Self.chunk) {
            let range = start..<min(count, start + Self.chunk)
            // Blocks that are the same bytes need no decoding.
            if let same = sameBytes(expected, actual, range), same {
                comparer.appendEqual(range.count)
            } else if let a = expected.bits(range), let b = actual.bits(range) {
                comparer.append(a, b)
            } else {
                entry.problem = "the values from \(start) on cannot be read"
                break
            }
            progress?(range.upperBound)
        }
        comparer.finish()
        let array = blocks ?? expected.blocks ?? actual.blocks
        if let array { comparer.explain(with: array.block) }
        entry.statistics = comparer.statistics
        entry.first = comparer.first
        entry.stored = storedDifferences(expected, actual, comparer.blocks)
        explain(&entry, format, array, expected, actual, comparer.blocks)
        return (entry, comparer.blocks, comparer.weightsInBlock)
    }

    private func sameBytes(_ a: FloatSource, _ b: FloatSource, _ range: Range<Int>) -> Bool? {
        guard let format = a.format, format.id == b.format?.id, range.lowerBound % format.elements == 0,
            range.upperBound % format.elements == 0,
            let first = a.blocks, let second = b.blocks
        else { return nil }
        let (offset, count) = (range.lowerBound / format.elements * format.bytes, range.count / format.elements * format.bytes)
        guard let x = first.bytes(at: offset, count), let y = second.bytes(at: offset, count) else { return nil }
        return x == y
    }

    private func storedDifferences(_ a: FloatSource, _ b: FloatSource, _ differing: [Int]) -> [StoredDifference] {
        guard let format = a.format, format.id == b.format?.id, let first = a.blocks, let second = b.blocks else { return [] }
        var all: [StoredDifference] = []
        for index in differing.prefix(options.listed) {
            guard let x = first.block(index), let y = second.block(index) else { continue }
            for byte in x.indices where x[byte] != y[byte] && all.count < options.listed {
                let field = format.fields.last { $0.range.contains(byte) }
                let name = field.map { "\($0.name)[\((byte - $0.offset) / $0.type.bytes)]" } ?? "byte"
                all.append(
                    StoredDifference(block: index, field: name, byte: byte, expected: Hex.text([x[byte]]), actual: Hex.text([y[byte]])))
            }
        }
        return all
    }

    /// Explains differences of values that come from the same blocks; other blocks explain themselves.
    private func explain(
        _ entry: inout ArrayDiff, _ format: BlockFormat?, _ array: BlockArray?, _ expected: FloatSource, _ actual: FloatSource,
        _ differing: [Int]
    ) {
        guard let format, format.elements > 1, let array, array.blockBytes == format.bytes, !differing.isEmpty,
            expected.blocks == nil || actual.blocks == nil
        else { return }
        let side: (FloatSource) -> @Sendable (Int) -> [UInt32]? = { source in
            { index in source.bits(index * format.elements..<(index + 1) * format.elements) }
        }
        let forward = BlockExplainer(format: format, blocks: array, expected: side(expected), actual: side(actual))
        let referee = forward.referee(differing)
        entry.referee = referee
        entry.explainsExpected = referee.examined > 0 && referee.actualIsReference == referee.examined
        let explainer =
            entry.explainsExpected
            ? BlockExplainer(format: format, blocks: array, expected: side(actual), actual: side(expected)) : forward
        entry.explanations = explainer.explain(differing)
    }

    /// The smallest failing case of a comparison, with explanations of its own; nil without blocks or differences.
    public func minimal(_ expected: FloatSource, _ actual: FloatSource, blocks: [Int], weights: [Int]) -> MinimalCase? {
        guard let format = format ?? expected.format ?? actual.format, let index = Minimiser.mostTelling(blocks, weights) else {
            return nil
        }
        let range = index * format.elements..<(index + 1) * format.elements
        guard let a = expected.bits(range), let b = actual.bits(range) else { return nil }
        let array = self.blocks ?? expected.blocks ?? actual.blocks
        let bytes = array?.block(index)
        let explanations = bytes.map { bytes in
            BlockExplainer(
                format: format, blocks: BlockArray(bytes, blockBytes: format.bytes), expected: { $0 == 0 ? a : nil },
                actual: { $0 == 0 ? b : nil }
            )
            .explain([0])
        }
        return MinimalCase(
            format: format.id, block: index, blockBytes: bytes.map { Hex.text($0) } ?? "", expected: a.map { Hex.text($0) },
            actual: b.map { Hex.text($0) }, differing: a.indices.filter { a[$0] != b[$0] }, explanations: explanations ?? [])
    }
}
