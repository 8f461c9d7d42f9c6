import HIFIBlockSpec
import HIFIContent

/// Something that every block of a format shows and blocks of others do not, unless by accident.
struct StructureMark: Sendable {
    /// The clause that asks for it.
    let clause: String
    /// What it is, as in "with …".
    let text: String
    private let predicate: any BlockPredicate & Sendable

    func holds(_ block: UnsafeRawPointer) -> Bool { predicate.violation(block) < 0 }

    private init(_ clause: String, _ text: String, _ predicate: any BlockPredicate & Sendable) {
        self.clause = clause
        self.text = text
        self.predicate = predicate
    }

    /// The marks of a format: its declared checks that concern the form of the block, and those that it declares besides.
    static func marks(of format: BlockFormat) -> [StructureMark] {
        ofChecks(format) + format.marks.forms.compactMap { mark in format.field(mark.field).flatMap { of(mark, $0, format) } }
    }

    private static func ofChecks(_ format: BlockFormat) -> [StructureMark] {
        let slots = SlotReader(format)
        return format.checks.compactMap { check in
            guard let field = format.field(check.field) else { return nil }
            switch check.kind {
            case .zero:
                return StructureMark(check.clause, "zero in \(field.name) at \(field.offset)", BytesAreZero(range: field.range))
            case .countWithinSlots:
                return slots.map { StructureMark(check.clause, "a count of at most \($0.maximum)", CountFitsSlots(slots: $0)) }
            case .unusedSlotsZero:
                return slots.map { StructureMark(check.clause, "empty slots after the count", UnusedSlotsAreZero(slots: $0)) }
            case .countZeroButSlotsFilled:
                return slots.map { StructureMark(check.clause, "no filled slot under a zero count", ZeroCountMeansEmptySlots(slots: $0)) }
            case .indexInBlock:
                return slots.map {
                    StructureMark(check.clause, "positions inside the block", IndicesLieInBlock(slots: $0, elements: format.elements))
                }
            // Infinite values are damage or overflow, and happen in every revision; so is a byte that no encoder writes.
            case .finite, .bytesWritten, .distinct, .ascending, .baseZeroUnderOutlier, .sentinelSparesWeights: return nil
            }
        }
    }

    private static func of(_ mark: Mark, _ field: Field, _ format: BlockFormat) -> StructureMark? {
        switch mark.kind {
        case .plausibleScale:
            return StructureMark(mark.clause, "an f32 scale of a weight's size", ScaleIsPlausible(offset: field.offset))
        case .smallPositive:
            return StructureMark(mark.clause, "a positive scale below 16", HalfIsSmallPositive(offset: field.offset))
        case .zeroFrom:
            return StructureMark(
                mark.clause, "zero after the last code", BytesAreZero(range: field.offset + mark.from..<field.range.upperBound))
        case .agreeingCount:
            guard let slots = format.outliers, slots.index.type == .u8, slots.storesHalves else { return nil }
            let (index, value) = (slots.index, slots.values)
            return StructureMark(
                mark.clause, "a count at \(field.offset) that the filled slots agree with",
                CountTellsFilledSlots(count: field.offset, index: index.offset, value: value.offset, slots: index.count))
        case .plausibleExponent:
            return StructureMark(mark.clause, "exponents of weights", ExponentIsPlausible(offset: field.offset))
        }
    }
}

/// A positive finite f32 between 2^-40 and 2^20, or zero: what a scale of weights can be.
private struct ScaleIsPlausible: BlockPredicate {
    let offset: Int

    func violation(_ block: UnsafeRawPointer) -> Int {
        let bits = block.word(offset)
        return bits == 0 || (127 - 40...127 + 20).contains(bits >> 23) ? -1 : 0
    }
}

/// A positive fp16 below 16, subnormals included.
private struct HalfIsSmallPositive: BlockPredicate {
    let offset: Int

    func violation(_ block: UnsafeRawPointer) -> Int { (1..<0x4C00).contains(block.half(offset)) ? -1 : 0 }
}

/// A count byte of at most `slots`, and nothing in the slots from there on.
private struct CountTellsFilledSlots: BlockPredicate {
    let count: Int
    let index: Int
    let value: Int
    let slots: Int

    func violation(_ block: UnsafeRawPointer) -> Int {
        let filled = Int(block.byte(count))
        guard filled <= slots else { return 0 }
        for slot in filled..<slots where block.byte(index + slot) != 0 || block.half(value + 2 * slot) != 0 { return slot }
        return -1
    }
}

/// An E8M0 exponent between 2^-63 and 2^32, or none.
private struct ExponentIsPlausible: BlockPredicate {
    let offset: Int

    func violation(_ block: UnsafeRawPointer) -> Int {
        let exponent = block.byte(offset)
        return exponent == 0 || (64...160).contains(exponent) ? -1 : 0
    }
}
