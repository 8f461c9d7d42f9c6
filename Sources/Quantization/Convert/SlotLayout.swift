import HIFIBlockSpec

/// Where a revision with a Q3_K base and replacing fp16 outliers keeps its slots, and how its encoder orders and fills them.
struct SlotLayout: Sendable {
    let format: BlockFormat
    let slots: Int
    let positions: Int
    let values: Int
    /// Offset of a count that decoding obeys.
    let count: Int?
    /// Offset of a count that decoding ignores.
    let statedCount: Int?
    /// Positions rise; otherwise values fall by magnitude.
    let isRising: Bool

    /// Nil for formats whose blocks are built otherwise.
    init?(_ format: BlockFormat) {
        guard format.base == "q3_k", let outliers = format.outliers, outliers.rule.mode == .replace, outliers.switching == nil,
            outliers.rule.duplicates == .each, outliers.index.type == .u8, outliers.operands == [outliers.values], outliers.storesHalves,
            outliers.rule.count.map({ $0.mask & 0xFF == 0xFF && $0.maximum == outliers.number }) ?? true,
            let encoder = format.encoding?.outliers
        else { return nil }
        self.format = format
        slots = outliers.number
        positions = outliers.index.offset
        values = outliers.values.offset
        count = outliers.count?.offset
        statedCount = outliers.stated?.offset
        isRising = encoder.order == .position
    }

    /// Slots that decoding applies.
    func used(_ block: UnsafeRawBufferPointer) -> Int { count.map { min(Int(block[$0]), slots) } ?? slots }

    func position(_ slot: Int, _ block: UnsafeRawBufferPointer) -> Int { Int(block[positions + slot]) }

    func value(_ slot: Int, _ block: UnsafeRawBufferPointer) -> UInt16 {
        UInt16(block[values + 2 * slot]) | UInt16(block[values + 2 * slot + 1]) << 8
    }

    func set(_ slot: Int, _ position: Int, _ value: UInt16, _ block: UnsafeMutableRawBufferPointer) {
        block[positions + slot] = UInt8(truncatingIfNeeded: position)
        block[values + 2 * slot] = UInt8(truncatingIfNeeded: value)
        block[values + 2 * slot + 1] = UInt8(truncatingIfNeeded: value >> 8)
    }
}
