import HIFIBlockSpec

/// Reads the outlier slots of a block in place: positions, raw values, count.
package struct SlotReader: Sendable {
    package let slots: Int
    package let maximum: Int
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
    package init?(_ format: BlockFormat) {
        guard let outliers = format.outliers else { return nil }
        slots = outliers.number
        hasCount = outliers.count != nil
        maximum = outliers.rule.count?.maximum ?? outliers.number
        indexOffset = outliers.index.offset
        wideIndex = outliers.index.type == .u16
        valueOffset = outliers.values.offset
        wideValue = outliers.values.type.bytes == 2
        countOffset = outliers.count?.offset ?? 0
        countMask = outliers.rule.count?.mask ?? 0
        eightBytesAlways = slots == 8 && !wideIndex && !hasCount
    }

    /// The count as stored (masked), before it is limited to the slots; for formats without a count, all slots.
    @inline(__always)
    func storedCount(_ block: UnsafeRawPointer) -> Int { hasCount ? Int(block.byte(countOffset)) & countMask : slots }

    /// Slots that act.
    @inline(__always)
    package func used(_ block: UnsafeRawPointer) -> Int { min(storedCount(block), maximum) }

    /// The weight that a slot is about.
    @inline(__always)
    package func position(_ block: UnsafeRawPointer, _ slot: Int) -> Int {
        wideIndex ? Int(block.half(indexOffset + 2 * slot)) : Int(block.byte(indexOffset + slot))
    }

    /// The stored bits of a slot's value, sign of zero ignored.
    @inline(__always)
    package func value(_ block: UnsafeRawPointer, _ slot: Int) -> Int {
        wideValue ? Int(block.half(valueOffset + 2 * slot) & 0x7FFF) : Int(block.byte(valueOffset + slot))
    }
}

/// Tells whether the base of a block decodes to zero at a weight, from its code alone.
struct ZeroCode: Sendable {
    private let table: Table
    private let planes: Int

    /// For each weight and plane, what to look at: byte of the block (16 bits), mask in that byte, masked bits of a code of zero.
    ///
    /// A table of its own, not an array, since the hot loop reads it without a check: positions are below 256 or compared first.
    private final class Table: @unchecked Sendable {
        // Safety: written in `init` only.
        let entries: UnsafeMutablePointer<UInt32>
        let weights: Int

        init(_ values: [UInt32], weights: Int) {
            entries = .allocate(capacity: values.count)
            entries.initialize(from: values, count: values.count)
            self.weights = weights
        }

        deinit { entries.deallocate() }
    }

    /// Nil where zero is not one fixed code: formats with a minimum or a codebook have no code that always means zero.
    init?(_ format: BlockFormat) {
        guard let decoding = format.decoding, let code = decoding.code, decoding.minimum == nil, code.codebook == nil,
            code.selection == nil,
            code.skipping == nil
        else { return nil }
        let weights = code.digits.reduce(1) { $0 * $1.radix }
        var entries: [UInt32] = []
        let places = code.planes.indices.map { code.positions(ofPlane: $0, in: format) }
        for weight in 0..<weights {
            for (number, plane) in code.planes.enumerated() {
                let position = places[number][weight]
                let shift = position & 7
                // A code that straddles bytes would need a second load; no format with a check on its base has one.
                guard shift + plane.width <= 8, position >= 0, position >> 3 < min(format.bytes, 1 << 16) else { return nil }
                let mask = 1 << plane.width - 1
                let zero = -code.bias >> plane.place & mask
                entries.append(UInt32(position >> 3) | UInt32(mask << shift) << 16 | UInt32(zero << shift) << 24)
            }
        }
        guard !entries.isEmpty else { return nil }
        table = Table(entries, weights: weights)
        planes = code.planes.count
    }

    /// The bits in which the code of a weight differs from that of zero; the weight must be below `table.weights`.
    @inline(__always)
    private func difference(_ block: UnsafeRawPointer, _ entries: UnsafeMutablePointer<UInt32>, _ weight: Int) -> UInt32 {
        var difference: UInt32 = 0
        var entry = entries + weight &* planes
        for _ in 0..<planes {
            let value = entry.pointee
            difference |= UInt32(block.byte(Int(value & 0xFFFF))) & (value >> 16 & 0xFF) ^ value >> 24
            entry += 1
        }
        return difference
    }

    /// `weight` must be inside the block; positions outside count as zero (they are another finding).
    @inline(__always)
    func isZero(_ block: UnsafeRawPointer, at weight: Int) -> Bool {
        weight >= table.weights || difference(block, table.entries, weight) == 0
    }

    /// Whether the base is zero at all of eight byte-wide positions. May say no where `isZero(_:at:)` says yes eight times: for blocks
    /// of fewer than 256 weights.
    @inline(__always)
    func isZero(_ block: UnsafeRawPointer, atEach positions: UInt64) -> Bool {
        guard table.weights >= 256 else { return false }
        let entries = table.entries
        var positions = positions
        var differences: UInt32 = 0
        for _ in 0..<8 {
            differences |= difference(block, entries, Int(positions & 0xFF))
            positions >>= 8
        }
        return differences == 0
    }
}
