import HIFIBlockSpec

/// One content check, made ready to run over many blocks.
///
/// Implementations read inside the block only: their offsets come from a `BlockFormat`, whose fields were checked to lie
/// inside the block, and `scan` hands out whole blocks.
package protocol BlockPredicate {
    /// The scalar or slot that breaks the rule first, or -1. (An optional would cost the hot loop a branch and a register.)
    func violation(_ block: UnsafeRawPointer) -> Int

    /// The first block at or after `first` that breaks the rule, or `count`.
    ///
    /// A requirement, so that the default below is compiled once for each kind of check with the check inlined; calling
    /// `violation` from outside would be a dynamic call for every block.
    func nextViolation(_ start: UnsafeRawPointer, from first: Int, count: Int, stride: Int) -> Int
}

extension BlockPredicate {
    @inline(__always)
    package func nextViolation(_ start: UnsafeRawPointer, from first: Int, count: Int, stride: Int) -> Int {
        var block = start + first &* stride
        var index = first
        while index < count {
            if violation(block) >= 0 { return index }
            block += stride
            index &+= 1
        }
        return count
    }
}

/// No NaN or infinity in an fp16 scalar: its exponent bits are not all set.
struct HalfIsFinite: BlockPredicate, Sendable {
    let offset: Int

    @inline(__always)
    func violation(_ block: UnsafeRawPointer) -> Int { block.half(offset) & 0x7C00 == 0x7C00 ? 0 : -1 }
}

/// No NaN or infinity in a run of fp16 scalars.
struct HalvesAreFinite: BlockPredicate, Sendable {
    let offset: Int
    let count: Int

    @inline(__always)
    func violation(_ block: UnsafeRawPointer) -> Int {
        var index = 0
        // Four at a time: without the sign, adding one to the exponent carries into the sign's place if all its bits are set.
        while index &+ 4 <= count {
            let four = block.loadUnaligned(fromByteOffset: offset &+ 2 &* index, as: UInt64.self).littleEndian
            if ((four & 0x7FFF_7FFF_7FFF_7FFF) &+ 0x0400_0400_0400_0400) & 0x8000_8000_8000_8000 != 0 { break }
            index &+= 4
        }
        while index < count {
            if block.half(offset &+ 2 &* index) & 0x7C00 == 0x7C00 { return index }
            index &+= 1
        }
        return -1
    }
}

/// No NaN or infinity in a run of wider floats.
struct FloatsAreFinite: BlockPredicate, Sendable {
    let offset: Int
    let count: Int
    let type: ScalarType

    func violation(_ block: UnsafeRawPointer) -> Int {
        for index in 0..<count where !isFinite(block + offset + type.bytes * index) { return index }
        return -1
    }

    private func isFinite(_ scalar: UnsafeRawPointer) -> Bool {
        switch type {
        case .bf16: scalar.half(0) & 0x7F80 != 0x7F80
        case .f64: scalar.loadUnaligned(as: UInt64.self).littleEndian & 0x7FF0_0000_0000_0000 != 0x7FF0_0000_0000_0000
        default: scalar.loadUnaligned(as: UInt32.self).littleEndian & 0x7F80_0000 != 0x7F80_0000
        }
    }
}

/// No NaN or infinity in an fp16 that is cut up.
struct PartedHalfIsFinite: BlockPredicate, Sendable {
    let field: Field

    func violation(_ block: UnsafeRawPointer) -> Int { field.gathered { block.byte($0) } & 0x7C00 == 0x7C00 ? 0 : -1 }
}

/// Every byte of a field is one of a set.
struct BytesAreAmong: BlockPredicate, Sendable {
    let range: Range<Int>
    let bytes: ByteSet

    func violation(_ block: UnsafeRawPointer) -> Int {
        for offset in range where !bytes.contains(block.byte(offset)) { return offset - range.lowerBound }
        return -1
    }
}

/// Every byte of a field is zero.
package struct BytesAreZero: BlockPredicate, Sendable {
    let range: Range<Int>

    package init(range: Range<Int>) { self.range = range }

    package func violation(_ block: UnsafeRawPointer) -> Int {
        for offset in range where block.byte(offset) != 0 { return offset - range.lowerBound }
        return -1
    }
}

/// The stored count is at most the number of slots.
package struct CountFitsSlots: BlockPredicate, Sendable {
    let slots: SlotReader

    package init(slots: SlotReader) { self.slots = slots }

    package func violation(_ block: UnsafeRawPointer) -> Int { slots.storedCount(block) > slots.maximum ? 0 : -1 }
}

/// Positions in use lie inside the block.
package struct IndicesLieInBlock: BlockPredicate, Sendable {
    let slots: SlotReader
    let elements: Int

    package init(slots: SlotReader, elements: Int) { (self.slots, self.elements) = (slots, elements) }

    package func violation(_ block: UnsafeRawPointer) -> Int {
        for slot in 0..<slots.used(block) where slots.position(block, slot) >= elements { return slot }
        return -1
    }
}

/// No position is used twice.
struct IndicesAreDistinct: BlockPredicate, Sendable {
    let slots: SlotReader

    @inline(__always)
    func violation(_ block: UnsafeRawPointer) -> Int {
        if slots.eightBytesAlways, !hasEqualBytes(block.loadUnaligned(fromByteOffset: slots.indexOffset, as: UInt64.self)) { return -1 }
        for slot in 1..<max(1, slots.used(block)) {
            let position = slots.position(block, slot)
            for earlier in 0..<slot where slots.position(block, earlier) == position { return slot }
        }
        return -1
    }

    /// Whether two of the eight bytes are equal: each is compared with the four bytes after it, cyclically, which covers
    /// all pairs; a zero byte in the difference shows in the borrow of `x − 0x01…` where `x` had no high bit.
    @inline(__always)
    private func hasEqualBytes(_ word: UInt64) -> Bool {
        var zeros: UInt64 = 0
        for turn: UInt64 in 1...4 {
            let difference = word ^ (word << (8 * turn) | word >> (64 - 8 * turn))
            zeros |= (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
        }
        return zeros != 0
    }
}

/// Positions in use rise. Unused slots of formats without a count (value 0, at the end) may repeat a position.
struct IndicesRise: BlockPredicate, Sendable {
    let slots: SlotReader

    func violation(_ block: UnsafeRawPointer) -> Int {
        for slot in 1..<max(1, slots.used(block)) {
            let (previous, position) = (slots.position(block, slot - 1), slots.position(block, slot))
            if position > previous { continue }
            let isUnused = !slots.hasCount && position == previous && slots.value(block, slot) == 0
            if !isUnused { return slot }
        }
        return -1
    }
}

/// Slots past the count hold position 0 and value 0.
package struct UnusedSlotsAreZero: BlockPredicate, Sendable {
    let slots: SlotReader

    package init(slots: SlotReader) { self.slots = slots }

    package func violation(_ block: UnsafeRawPointer) -> Int {
        for slot in slots.used(block)..<slots.slots where slots.position(block, slot) != 0 || slots.value(block, slot) != 0 { return slot }
        return -1
    }
}

/// A count of zero goes with empty slots; (255, 0) is an empty slot of an older revision.
package struct ZeroCountMeansEmptySlots: BlockPredicate, Sendable {
    let slots: SlotReader

    package init(slots: SlotReader) { self.slots = slots }

    package func violation(_ block: UnsafeRawPointer) -> Int {
        guard slots.storedCount(block) == 0 else { return -1 }
        for slot in 0..<slots.slots where slots.value(block, slot) != 0 { return slot }
        return -1
    }
}

/// The base is zero at every position that a slot replaces.
struct BaseIsZeroUnderOutliers: BlockPredicate, Sendable {
    let slots: SlotReader
    let base: ZeroCode

    @inline(__always)
    func violation(_ block: UnsafeRawPointer) -> Int {
        if slots.eightBytesAlways, base.isZero(block, atEach: block.loadUnaligned(fromByteOffset: slots.indexOffset, as: UInt64.self)) {
            return -1
        }
        for slot in 0..<slots.used(block) where !base.isZero(block, at: slots.position(block, slot)) { return slot }
        return -1
    }
}

/// No position is used twice, and no unused slot (value 0, position 0 or 255) replaces a weight that is not zero. Without a
/// code that means zero (formats with minima) every such slot counts as replacing a live weight.
struct SentinelsSpareWeights: BlockPredicate, Sendable {
    let slots: SlotReader
    let base: ZeroCode?

    func violation(_ block: UnsafeRawPointer) -> Int {
        for slot in 0..<slots.used(block) {
            let position = slots.position(block, slot)
            let isUnused = slots.value(block, slot) == 0 && (position == 0 || position == 255)
            if isUnused, base?.isZero(block, at: position) != true { return slot }
            for earlier in 0..<slot where slots.position(block, earlier) == position {
                // An unused slot may repeat another unused one.
                if !(isUnused && slots.value(block, earlier) == 0) { return slot }
            }
        }
        return -1
    }
}

extension UnsafeRawPointer {
    @inline(__always) package func byte(_ offset: Int) -> UInt8 { load(fromByteOffset: offset, as: UInt8.self) }
    @inline(__always) package func half(_ offset: Int) -> UInt16 { loadUnaligned(fromByteOffset: offset, as: UInt16.self).littleEndian }
}
