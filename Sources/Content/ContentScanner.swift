import HIFIBlockSpec
import HIFICKernels
import HIFIKernels

/// Runs the content checks of one format over blocks, at a speed near that of reading them.
///
/// Kernels look over groups of blocks first. Where they see nothing suspicious, nothing is wrong; elsewhere each check passes
/// over the group and decides. So what is found does not depend on the kernels, only how fast.
public struct ContentScanner: Sendable {
    /// The format of the blocks.
    public let format: BlockFormat
    /// The checks that can run, in the order of the format's declaration; `ContentTally.counts` has one entry for each.
    public let checks: [ContentCheck]
    private let predicates: [any BlockPredicate & Sendable]
    private let quick: QuickScan?
    private let magnitudes: [MagnitudeField]

    /// A format known by size only has no checks.
    ///
    /// - Parameter isa: whose kernels look first; nil takes what `HIFI_FORCE_ISA` names, else the fastest that the processor has.
    public init(_ format: BlockFormat, isa: InstructionSet? = nil) {
        self.init(format) { QuickScan(format, $0, isa: isa) }
    }

    /// The rules alone, slowly: what is right where kernels are doubted.
    public static func withoutKernels(_ format: BlockFormat) -> ContentScanner { ContentScanner(format) { _ in nil } }

    private init(_ format: BlockFormat, quick: ([ContentCheck]) -> QuickScan?) {
        self.format = format
        let prepared = format.checks.compactMap { check in
            Self.predicate(for: check, in: format).map { (check, $0) }
        }
        checks = prepared.map(\.0)
        predicates = prepared.map(\.1)
        self.quick = quick(checks)
        magnitudes = MagnitudeField.all(of: format)
    }

    /// The checks that kernels answer for: a clean block passes them at the speed of memory.
    public var quickChecks: [ContentCheck] { zip(checks, quick?.covers ?? []).filter(\.1).map(\.0) }

    /// Bytes to be read before the same bytes are looked at again: well inside a usual second-level cache.
    package static let stretch = 256 << 10

    /// The largest number of whole blocks' bytes that is at most a stretch: what to digest and scan in turn.
    public var chunkBytes: Int { max(1, Self.stretch / format.bytes) * format.bytes }

    /// Checks whole blocks.
    ///
    /// - Parameters:
    ///   - blocks: a whole number of blocks, any alignment; a rest shorter than a block is ignored.
    ///   - firstBlock: the number in the tensor of the first block given, for the tally's examples.
    public func scan(_ blocks: UnsafeRawBufferPointer, firstBlock: Int, into tally: inout ContentTally) {
        var seen = hifi_scan_found.nothing
        _ = look(blocks, firstBlock: firstBlock, into: &tally, seen: &seen)
    }

    /// As `scan`; also returns the number of subnormal fp16 scales, or nil where nothing counts them.
    ///
    /// - Parameter seen: what kernels see on the way is added.
    package func look(
        _ blocks: UnsafeRawBufferPointer, firstBlock: Int, into tally: inout ContentTally, seen: inout hifi_scan_found
    ) -> Int? {
        guard let start = blocks.baseAddress else { return 0 }
        let count = blocks.count / format.bytes
        guard let quick else {
            for check in checks.indices { run(check, start, 0..<count, firstBlock, &tally) }
            return nil
        }
        for check in checks.indices where !quick.covers[check] { run(check, start, 0..<count, firstBlock, &tally) }
        let before = seen.subnormal
        var first = 0
        while first < count {
            first += quick.clean(start + first * format.bytes, count: count - first, seen: &seen)
            let end = min(first + quick.group, count)
            for check in checks.indices where quick.covers[check] { run(check, start, first..<end, firstBlock, &tally) }
            first = end
        }
        return quick.countsSubnormals ? Int(seen.subnormal - before) : nil
    }

    /// Fields with numbers out of all proportion to the others of their tensor (CONTENT-11).
    ///
    /// - Parameters:
    ///   - tensor: whole blocks.
    ///   - exampleLimit: places kept for each field.
    public func disproportions(in tensor: UnsafeRawBufferPointer, exampleLimit: Int) -> [Disproportion] {
        var tally = ContentTally(checks: checks.count, exampleLimit: 0)
        var seen = hifi_scan_found.nothing
        for start in stride(from: 0, to: tensor.count, by: chunkBytes) {
            let chunk = UnsafeRawBufferPointer(rebasing: tensor[start..<min(start + chunkBytes, tensor.count)])
            _ = look(chunk, firstBlock: start / format.bytes, into: &tally, seen: &seen)
        }
        return disproportions(seen, in: tensor, exampleLimit: exampleLimit)
    }

    /// The same after the pass over the tensor.
    ///
    /// - Parameter seen: what kernels saw of all the tensor's blocks, which nearly always settles it.
    package func disproportions(
        _ seen: hifi_scan_found, in tensor: UnsafeRawBufferPointer, exampleLimit: Int
    ) -> [Disproportion] {
        magnitudes.enumerated().compactMap { place, field in
            if let quick, field.isInProportion(seen, blocks: tensor.count / format.bytes, lanes: quick.lanes[place]) { return nil }
            return field.disproportion(in: tensor, stride: format.bytes, exampleLimit: exampleLimit)
        }
    }

    /// One check over some of the blocks: what a check looks at is little, and a loop with one test in it is what a compiler can
    /// make fast.
    private func run(
        _ check: Int, _ start: UnsafeRawPointer, _ range: Range<Int>, _ firstBlock: Int, _ tally: inout ContentTally
    ) {
        let predicate = predicates[check]
        var block = range.lowerBound
        while true {
            block = predicate.nextViolation(start, from: block, count: range.upperBound, stride: format.bytes)
            guard block < range.upperBound else { return }
            tally.add(check: check, block: firstBlock + block, scalar: predicate.violation(start + block * format.bytes))
            block += 1
        }
    }

    private static func predicate(for check: ContentCheck, in format: BlockFormat) -> (any BlockPredicate & Sendable)? {
        guard let field = format.field(check.field) else { return nil }
        let slots = SlotReader(format)
        switch check.kind {
        case .finite where !field.parts.isEmpty: return field.type == .f16 ? PartedHalfIsFinite(field: field) : nil
        case .bytesWritten: return check.bytes.map { BytesAreAmong(range: field.range, bytes: $0) }
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
    /// How many blocks are named for each check.
    public let exampleLimit: Int

    /// A place in a tensor.
    public struct Example: Sendable, Hashable {
        /// Number of the block in the tensor.
        public let block: Int
        /// Number of the scalar in the field, or of the slot.
        public let scalar: Int
    }

    /// An empty tally for this many checks.
    public init(checks: Int, exampleLimit: Int) {
        counts = Array(repeating: 0, count: checks)
        examples = Array(repeating: [], count: checks)
        self.exampleLimit = exampleLimit
    }

    package mutating func add(check: Int, block: Int, scalar: Int) {
        counts[check] += 1
        if examples[check].count < exampleLimit { examples[check].append(Example(block: block, scalar: scalar)) }
    }
}
