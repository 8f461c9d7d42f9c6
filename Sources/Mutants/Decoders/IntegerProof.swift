import HIFIBlockSpec

/// Proofs that the sign of a position or of a count makes no difference.
enum IntegerProof {
    /// What may be claimed of reading a field as another integer type, checked for every value that the field can hold.
    static func equivalence(of field: Field, as type: ScalarType, in format: BlockFormat) -> Mutant.Equivalence? {
        guard let rule = format.decoding?.correction, field.type.bytes == type.bytes else { return nil }
        let patterns = 0..<(1 << (8 * field.type.bytes))
        if rule.count?.field == field.name, let count = rule.count {
            return .init(
                argument:
                    "the count is masked after it is read, which takes the sign away; every value of the byte gives as many slots"
            ) {
                patterns.allSatisfy { used(signed($0, type), count) == used(signed($0, field.type), count) }
            }
        }
        guard rule.index == field.name else { return nil }
        return .init(
            argument:
                "positions outside the block are passed over, negative ones like large ones; every value names the same weight or none"
        ) {
            patterns.allSatisfy { inside(signed($0, type), format) == inside(signed($0, field.type), format) }
        }
    }

    private static func signed(_ bits: Int, _ type: ScalarType) -> Int {
        switch type {
        case .i8: Int(Int8(truncatingIfNeeded: bits))
        case .i16: Int(Int16(truncatingIfNeeded: bits))
        default: bits
        }
    }

    private static func used(_ value: Int, _ count: Correction.Count) -> Int { min(value & count.mask, count.maximum) }
    private static func inside(_ position: Int, _ format: BlockFormat) -> Int? { (0..<format.elements).contains(position) ? position : nil }
}
