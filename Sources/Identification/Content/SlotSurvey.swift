import HIFIBlockSpec
import HIFIContent

/// Reads blocks in one format and gathers their `SlotStatistics`.
struct SlotSurvey {
    let format: BlockFormat
    private let marks: [StructureMark]
    private let slots: SlotReader?
    private let zero: BaseZero?
    /// The format has neither a count nor a fixed number of outliers, so that some slots may mean nothing.
    private let hasUnusedSlots: Bool
    private let beyondBase: Range<Int>
    private var statistics: SlotStatistics

    init(_ format: BlockFormat, typeID: UInt32) {
        self.format = format
        marks = StructureMark.marks(of: format)
        slots = SlotReader(format)
        zero = BaseZero(format)
        hasUnusedSlots = format.checks.contains { $0.kind == .sentinelSparesWeights }
        let baseBytes = format.base.flatMap { KnownFormats.byID[$0]?.bytes } ?? 0
        beyondBase = min(baseBytes, format.bytes)..<format.bytes
        statistics = SlotStatistics(format: format.id, typeID: typeID)
        if zero != nil, slots != nil { statistics.listedZero = 0 }
    }

    /// The result.
    func finish(available: Int) -> SlotStatistics {
        var result = statistics
        result.blocksAvailable = available
        return result
    }

    /// `block` points to `format.bytes` readable bytes.
    mutating func look(at block: UnsafeRawPointer) {
        statistics.blocks += 1
        guard beyondBase.contains(where: { block.byte($0) != 0 }) else { return }
        statistics.informative += 1
        var isWellFormed = true
        for mark in marks where !mark.holds(block) {
            isWellFormed = false
            statistics.broken[mark.clause, default: 0] += 1
        }
        if isWellFormed { statistics.wellFormed += 1 }
        if let slots { look(at: block, slots) }
    }

    private mutating func look(at block: UnsafeRawPointer, _ slots: SlotReader) {
        var (used, previous, rises) = (0, -1, true)
        var (empty0, empty255, lost) = (false, false, false)
        var listed = WeightSet()
        let active = slots.used(block)
        for slot in 0..<active {
            let position = slots.position(block, slot)
            if isUnused(block, slots, slot, of: active, usedBefore: used > 0) {
                if position == 0 { empty0 = true } else { empty255 = true }
                lost = lost || listed.contains(position) || zero?.isZero(block, at: position) == false
                continue
            }
            used += 1
            if position <= previous { rises = false }
            previous = position
            listed.insert(position)
            statistics.listed += 1
            if let zero, position < format.elements, zero.isZero(block, at: position) { statistics.listedZero? += 1 }
        }
        statistics.fewestUsed = min(statistics.fewestUsed ?? used, used)
        statistics.mostUsed = max(statistics.mostUsed ?? used, used)
        if used < slots.slots { statistics.partlyFilled += 1 }
        if used >= 2 {
            statistics.ordered += 1
            if rises { statistics.rising += 1 }
        }
        if empty255 { statistics.sentinel255 += 1 }
        if empty0, used > 0 { statistics.sentinel0 += 1 }
        if lost { statistics.lostWeights += 1 }
        if let zero { compareOthers(block, zero, listed) }
    }

    /// Whether a slot is one that the encoder had no outlier for: (255, 0), or (0, 0) after another slot. In a block that is mostly
    /// zeros a slot may well list a zero weight at position 0; then it is the first one and the next lists another.
    private func isUnused(_ block: UnsafeRawPointer, _ slots: SlotReader, _ slot: Int, of active: Int, usedBefore: Bool) -> Bool {
        guard hasUnusedSlots, slots.value(block, slot) == 0 else { return false }
        let position = slots.position(block, slot)
        if position == 255 { return true }
        guard position == 0 else { return false }
        return usedBefore || slot + 1 == active || slots.position(block, slot + 1) == 0
    }

    /// Eight weights that no slot lists, at places that move from block to block.
    private mutating func compareOthers(_ block: UnsafeRawPointer, _ zero: BaseZero, _ listed: WeightSet) {
        let start = statistics.blocks &* 37
        for step in 0..<8 {
            let position = (start &+ 32 * step) & 255
            if position >= format.elements || listed.contains(position) { continue }
            statistics.others += 1
            if zero.isZero(block, at: position) { statistics.othersZero += 1 }
        }
    }
}

/// A set of weights of a block.
private struct WeightSet {
    private var words = SIMD4<UInt64>()

    /// Positions after weight 255 are left out: they are another finding.
    mutating func insert(_ position: Int) {
        if position < 256 { words[position >> 6] |= 1 << UInt64(position & 63) }
    }

    func contains(_ position: Int) -> Bool {
        position < 256 && words[position >> 6] >> UInt64(position & 63) & 1 == 1
    }
}
