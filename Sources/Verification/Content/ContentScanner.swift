import BlockSpec

/// Runs the content checks of one format over blocks, at a speed near that of reading them.
///
/// Each check passes over the bytes on its own: a check looks at a few bytes of each block, the chunks are small enough to
/// stay in cache between passes, and a loop with one test in it is what a compiler can make fast.
public struct ContentScanner: Sendable {
    public let format: BlockFormat
    /// The checks that can run, in the order of the format's declaration; `ContentTally.counts` has one entry for each.
    public let checks: [ContentCheck]
    private let predicates: [any BlockPredicate & Sendable]
    private let plainFloats: ScalarType?

    /// A format known by size only has no checks.
    public init(_ format: BlockFormat) {
        self.format = format
        let prepared = format.checks.compactMap { check in
            Self.predicate(for: check, in: format).map { (check, $0) }
        }
        checks = prepared.map(\.0)
        predicates = prepared.map(\.1)
        let isPlain = format.elements == 1 && format.fields.count == 1 && !format.checks.isEmpty
        plainFloats = isPlain ? format.fields.first?.type : nil
    }

    /// Checks whole blocks.
    ///
    /// - Parameters:
    ///   - blocks: a whole number of blocks, any alignment; a rest shorter than a block is ignored.
    ///   - firstBlock: the number in the tensor of the first block given, for the tally's examples.
    public func scan(_ blocks: UnsafeRawBufferPointer, firstBlock: Int, into tally: inout ContentTally) {
        guard let start = blocks.baseAddress else { return }
        let count = blocks.count / format.bytes
        for (index, predicate) in predicates.enumerated() {
            if let plainFloats, FloatSweep.allFinite(blocks, type: plainFloats) { continue }
            var block = predicate.nextViolation(start, from: 0, count: count, stride: format.bytes)
            while block < count {
                tally.add(check: index, block: firstBlock + block, scalar: predicate.violation(start + block * format.bytes))
                block = predicate.nextViolation(start, from: block + 1, count: count, stride: format.bytes)
            }
        }
    }

    private static func predicate(for check: ContentCheck, in format: BlockFormat) -> (any BlockPredicate & Sendable)? {
        guard let field = format.field(check.field) else { return nil }
        let slots = SlotReader(format)
        switch check.kind {
        case .finite where field.type == .f16 && field.count == 1: return HalfIsFinite(offset: field.offset)
        case .finite where field.type == .f16: return HalvesAreFinite(offset: field.offset, count: field.count)
        case .finite: return FloatsAreFinite(offset: field.offset, count: field.count, type: field.type)
        case .zero: return BytesAreZero(range: field.range)
        case .countWithinSlots: return slots.map(CountFitsSlots.init)
        case .indexInBlock: return slots.map { IndicesLieInBlock(slots: $0, elements: format.elements) }
        case .distinct: return slots.map(IndicesAreDistinct.init)
        case .ascending: return slots.map(IndicesRise.init)
        case .unusedSlotsZero: return slots.map(UnusedSlotsAreZero.init)
        case .countZeroButSlotsFilled: return slots.map(ZeroCountMeansEmptySlots.init)
        case .baseZeroUnderOutlier:
            guard let slots, let base = ZeroCode(format) else { return nil }
            return BaseIsZeroUnderOutliers(slots: slots, base: base)
        case .sentinelSparesWeights: return slots.map { SentinelsSpareWeights(slots: $0, base: ZeroCode(format)) }
        }
    }
}

/// What the checks of a tensor found: how many blocks, and the first few of them.
public struct ContentTally: Sendable, Hashable {
    /// Blocks that break each check, in the order of `ContentScanner.checks`.
    public private(set) var counts: [Int]
    /// The first blocks found for each check, at most `exampleLimit`.
    public private(set) var examples: [[Example]]
    public let exampleLimit: Int

    /// A place in a tensor.
    public struct Example: Sendable, Hashable {
        /// Number of the block in the tensor.
        public let block: Int
        /// Number of the scalar in the field, or of the slot.
        public let scalar: Int
    }

    public init(checks: Int, exampleLimit: Int) {
        counts = Array(repeating: 0, count: checks)
        examples = Array(repeating: [], count: checks)
        self.exampleLimit = exampleLimit
    }

    mutating func add(check: Int, block: Int, scalar: Int) {
        counts[check] += 1
        if examples[check].count < exampleLimit { examples[check].append(Example(block: block, scalar: scalar)) }
    }
}
