import HIFIBlockSpec

/// Compares two arrays of fp32, chunk by chunk: memory stays small however long they are.
public struct FloatComparer: Sendable {
    /// How a comparison is made.
    public struct Options: Sendable {
        /// Take two NaNs with other bits for a difference.
        public var strictNaN = false
        /// First differences kept.
        public var listed = 10

        /// The usual ones.
        public init() {}
    }

    /// The figures so far.
    public private(set) var statistics = DiffStatistics()
    /// The first differences.
    public private(set) var first: [WeightDifference] = []
    /// Numbers of the first blocks with a difference, ascending.
    public private(set) var blocks: [Int] = []
    /// Differing weights in each of `blocks`.
    public private(set) var weightsInBlock: [Int] = []

    private let options: Options
    private let format: BlockFormat?
    private let elements: Int
    private let subBlock: Int?
    private var squares = 0.0
    private var classes = [Int](repeating: 0, count: 34)
    private var lastBlock = -1
    private static let blocksKept = 1 << 16

    /// - Parameter format: gives the places of differences names; nil where the arrays have no blocks.
    public init(format: BlockFormat?, options: Options = Options()) {
        self.options = options
        self.format = format
        elements = max(1, format?.elements ?? 1)
        subBlock = format?.decoding.flatMap { [$0.scale?.every, $0.minimum?.every].compactMap { $0 }.min() }
    }

    /// The next values of both; the two chunks are of one length.
    public mutating func append(_ expected: some RandomAccessCollection<UInt32>, _ actual: some RandomAccessCollection<UInt32>) {
        precondition(expected.count == actual.count, "chunks of two lengths")
        for (a, b) in zip(expected, actual) {
            if a == b {
                statistics.sameBits += 1
            } else {
                compare(a, b, at: statistics.compared)
            }
            statistics.compared += 1
        }
    }

    /// The next values, known to be the same on both sides.
    mutating func appendEqual(_ count: Int) {
        statistics.sameBits += count
        statistics.compared += count
    }

    /// Brings the figures that need all values up to date.
    public mutating func finish() {
        let pairs = statistics.compared - statistics.nanMismatches - statistics.infinityMismatches
        statistics.rootMeanSquare = pairs == 0 ? 0 : (squares / Double(pairs)).squareRoot()
        statistics.histogram = classes.enumerated().compactMap { index, count in
            guard count > 0 else { return nil }
            let high: UInt64 = index == 0 ? 0 : 1 << UInt64(index - 1)
            return .init(low: index < 2 ? high : high / 2 + 1, high: high, count: count)
        }
    }

    private mutating func compare(_ a: UInt32, _ b: UInt32, at index: Int) {
        let (aIsNaN, bIsNaN) = (FloatDistance.isNaN(a), FloatDistance.isNaN(b))
        if aIsNaN, bIsNaN, !options.strictNaN {
            statistics.otherNaNBits += 1
            return
        }
        statistics.differing += 1
        let ulps = FloatDistance.ulps(a, b)
        var absolute: Double?
        if aIsNaN || bIsNaN {
            statistics.nanMismatches += 1
        } else if FloatDistance.isInfinite(a) || FloatDistance.isInfinite(b) {
            statistics.infinityMismatches += 1
        } else {
            absolute = difference(a, b, at: index)
        }
        if let ulps {
            statistics.maximumULPs = max(statistics.maximumULPs, ulps)
            // Class 0 is distance 0, class k > 0 has distances above 2^(k−2) up to 2^(k−1).
            classes[ulps == 0 ? 0 : 65 - (ulps - 1).leadingZeroBitCount] += 1
        }
        note(index, a, b, ulps, absolute)
    }

    private mutating func difference(_ a: UInt32, _ b: UInt32, at index: Int) -> Double {
        let (x, y) = (Double(Float(bitPattern: a)), Double(Float(bitPattern: b)))
        let absolute = abs(x - y)
        squares += absolute * absolute
        if absolute == 0 { statistics.zeroSigns += 1 }
        if absolute > statistics.maximumAbsolute { (statistics.maximumAbsolute, statistics.maximumAbsoluteAt) = (absolute, index) }
        if x != 0, absolute / abs(x) > statistics.maximumRelative {
            (statistics.maximumRelative, statistics.maximumRelativeAt) = (absolute / abs(x), index)
        }
        return absolute
    }

    private mutating func note(_ index: Int, _ a: UInt32, _ b: UInt32, _ ulps: UInt64?, _ absolute: Double?) {
        let block = index / elements
        if block != lastBlock {
            lastBlock = block
            statistics.differingBlocks += 1
            if blocks.count < Self.blocksKept {
                blocks.append(block)
                weightsInBlock.append(0)
            }
        }
        if blocks.last == block { weightsInBlock[blocks.count - 1] += 1 }
        guard first.count < options.listed else { return }
        let hasBlocks = format != nil && elements > 1
        first.append(
            WeightDifference(
                index: index, block: hasBlocks ? block : nil, weight: hasBlocks ? index % elements : nil,
                subBlock: hasBlocks ? subBlock.map { index % elements / $0 } : nil, expected: FloatParts(a), actual: FloatParts(b),
                ulps: ulps,
                absolute: absolute))
    }

    /// Adds what the blocks hold to the listed differences.
    mutating func explain(with blocks: (Int) -> [UInt8]?) {
        guard let anatomist = format.flatMap({ BlockAnatomist($0) }) else { return }
        for index in first.indices {
            guard let number = first[index].block, let weight = first[index].weight, let bytes = blocks(number) else { continue }
            first[index].anatomy = anatomist.model(bytes)?.anatomy(of: weight) ?? []
        }
    }
}
