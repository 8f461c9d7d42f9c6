import BlockSpec

/// Reads the outlier slots of a block in place: positions, raw values, count.
struct SlotReader: Sendable {
    let slots: Int
    let maximum: Int
    let hasCount: Bool
    let indexOffset: Int
    /// Eight byte-wide positions, all always in use: the common case has a fast path.
    let eightBytesAlways: Bool
    private let wideIndex: Bool
    private let valueOffset: Int
    private let wideValue: Bool
    private let countOffset: Int
    private let countMask: Int

    /// Nil for formats without a correction.
    init?(_ format: BlockFormat) {
        guard let correction = format.decoding?.correction, let index = format.field(correction.index),
            let value = correction.value.names.compactMap(format.field).first(where: { $0.count == correction.slots })
        else { return nil }
        slots = correction.slots
        hasCount = correction.count != nil
        maximum = correction.count?.maximum ?? correction.slots
        indexOffset = index.offset
        wideIndex = index.type == .u16
        valueOffset = value.offset
        wideValue = value.type.bytes == 2
        countOffset = correction.count.flatMap { format.field($0.field) }?.offset ?? 0
        countMask = correction.count?.mask ?? 0
        eightBytesAlways = correction.slots == 8 && !wideIndex && !hasCount
    }

    /// The count as stored (masked), before it is limited to the slots; for formats without a count, all slots.
    @inline(__always)
    func storedCount(_ block: UnsafeRawPointer) -> Int { hasCount ? Int(block.byte(countOffset)) & countMask : slots }

    /// Slots that act.
    @inline(__always)
    func used(_ block: UnsafeRawPointer) -> Int { min(storedCount(block), maximum) }

    /// The weight that a slot is about.
    @inline(__always)
    func position(_ block: UnsafeRawPointer, _ slot: Int) -> Int {
        wideIndex ? Int(block.half(indexOffset + 2 * slot)) : Int(block.byte(indexOffset + slot))
    }

    /// The stored bits of a slot's value, sign of zero ignored.
    @inline(__always)
    func value(_ block: UnsafeRawPointer, _ slot: Int) -> Int {
        wideValue ? Int(block.half(valueOffset + 2 * slot) & 0x7FFF) : Int(block.byte(valueOffset + slot))
    }
}

/// Tells whether the base of a block decodes to zero at a weight, from its code alone.
struct ZeroCode: Sendable {
    /// Per plane: where weight `i` has its bits, and what they are for a code of zero.
    private struct Plane: Sendable {
        let positions: [Int32]
        let mask: Int
        let zero: Int
    }

    private let planes: [Plane]

    /// Nil where zero is not one fixed code: formats with a minimum or a codebook have no code that always means zero.
    init?(_ format: BlockFormat) {
        guard let decoding = format.decoding, let code = decoding.code, decoding.minimum == nil, code.codebook == nil, code.skipping == nil
        else { return nil }
        let count = code.digits.reduce(1) { $0 * $1.radix }
        var planes: [Plane] = []
        for plane in code.planes {
            guard let field = format.field(plane.field) else { return nil }
            let positions = (0..<count).map { Int32(8 * field.offset + plane.firstBit + code.offset(of: $0, strides: plane.strides)) }
            // A code that straddles bytes would need a second load; no format with a check on its base has one.
            guard positions.allSatisfy({ Int($0 & 7) + plane.width <= 8 }) else { return nil }
            let mask = 1 << plane.width - 1
            planes.append(Plane(positions: positions, mask: mask, zero: -code.bias >> plane.place & mask))
        }
        self.planes = planes
    }

    /// `weight` must be inside the block; positions outside count as zero (they are another finding).
    @inline(__always)
    func isZero(_ block: UnsafeRawPointer, at weight: Int) -> Bool {
        for plane in planes {
            guard weight < plane.positions.count else { return true }
            let position = Int(plane.positions[weight])
            if Int(block.byte(position >> 3)) >> (position & 7) & plane.mask != plane.zero { return false }
        }
        return true
    }
}
