import BlockSpec
import Reference

/// Mistakes about the floats of a block, about weights, and about outliers.
extension DecodingMistakeMaker {
    mutating func fields() {
        let floats = format.fields.filter { $0.type == .f16 && $0.count == 1 }
        for field in floats {
            add("\(field.name)-absolute", "\(field.name) loses its sign") { old, new in new.set(field, bits: old.bits(field) & 0x7FFF) }
            add("\(field.name)-negated", "\(field.name) is negated") { old, new in new.set(field, bits: old.bits(field) ^ 0x8000) }
            add("\(field.name)-swapped", "the bytes of \(field.name) are exchanged") { old, new in
                let bits = old.bits(field)
                new.set(field, bits: bits >> 8 & 0xFF | bits << 8 & 0xFF00)
            }
            add("\(field.name)-zero", "\(field.name) is taken for zero") { _, new in new.set(field, bits: 0) }
            add("\(field.name)-one", "\(field.name) is left out") { _, new in new.set(field, bits: 0x3C00) }
            for other in floats where other.name != field.name {
                add("\(field.name)-is-\(other.name)", "\(other.name) is read for \(field.name)") { old, new in
                    new.set(field, bits: old.bits(other))
                }
            }
        }
        if floats.count == 2 {
            add("\(floats[0].name)-\(floats[1].name)", "\(floats[0].name) and \(floats[1].name) are exchanged") { old, new in
                new.set(floats[0], bits: old.bits(floats[1]))
                new.set(floats[1], bits: old.bits(floats[0]))
            }
        }
    }

    mutating func values() {
        let factors: [(id: String, words: String, factor: Float)] = [
            ("double", "weights are twice as large", 2), ("half", "weights are half as large", 0.5),
            ("four", "weights are four times as large", 4), ("sixteen", "weights are sixteen times as large", 16),
            ("eighth", "weights are an eighth as large", 0.125), ("sixteenth", "weights are a sixteenth as large", 0.0625),
            ("negated", "weights are negated", -1), ("zero", "weights are left at zero", 0),
        ]
        for (id, words, factor) in factors {
            add("weights-\(id)", words, weights: { weights in weights.map { factor == 0 ? 0 : $0 * factor } })
        }
        add("weights-absolute", "weights lose their sign", weights: { weights in weights.map(\.magnitude) })
    }

    mutating func slots(_ draft: BlockDraft) {
        guard let slots = draft.slots else { return }
        let number = slots.number
        add("slots-plus", "outliers land one place after theirs") { old, new in
            for slot in 0..<number { new.set(slots.index, slot, bits: old.bits(slots.index, slot) + 1) }
        }
        add("slots-minus", "outliers land one place before theirs") { old, new in
            for slot in 0..<number { new.set(slots.index, slot, bits: old.bits(slots.index, slot) &- 1) }
        }
        for bit in [4, 5, 6, 7] {
            add("slots-bit\(bit)", "outliers land at places without bit \(bit)") { old, new in
                for slot in 0..<number { new.set(slots.index, slot, bits: old.bits(slots.index, slot) & ~(1 << UInt64(bit))) }
            }
        }
        for (id, words, step) in [("next", "the next slot", 1), ("previous", "the slot before", number - 1)] {
            add("slots-value-\(id)", "an outlier takes the value of \(words)") { old, new in
                for slot in 0..<number { new.set(slots.values, slot, bits: old.bits(slots.values, (slot + step) % number)) }
            }
        }
        add("slots-reverse", "the values of slots are in reverse order") { old, new in
            for slot in 0..<number { new.set(slots.values, slot, bits: old.bits(slots.values, number - 1 - slot)) }
        }
        for kept in 1..<number {
            let words = "only the first \(kept) slot\(kept == 1 ? " is" : "s are") used"
            if let count = slots.count {
                add("slots-first-\(kept)", words) { old, new in new.set(count, bits: min(old.bits(count), UInt64(kept))) }
            } else if let fewer = try? ReferenceDecoder(FormatEdit.correction(format) { FormatEdit.with($0, slots: kept) }) {
                add("slots-first-\(kept)", words, decode: { ((try? fewer.decode($0)) ?? []).map { FloatPattern.classified($0.bitPattern) } })
            }
        }
        if let count = slots.count {
            add("slots-count-less", "the count of outliers is taken one too small") { old, new in
                new.set(count, bits: old.bits(count) == 0 ? 0 : old.bits(count) - 1)
            }
            add("slots-count-more", "the count of outliers is taken one too large") { old, new in new.set(count, bits: old.bits(count) + 1) }
            add("slots-count-all", "the count of outliers is ignored") { _, new in new.set(count, bits: UInt64(number)) }
            add("slots-count-none", "outliers are left out") { _, new in new.set(count, bits: 0) }
        }
        if slots.storesHalves {
            add("slots-sign", "outliers lose their sign") { old, new in
                for slot in 0..<number { new.set(slots.values, slot, bits: old.bits(slots.values, slot) & 0x7FFF) }
            }
        }
    }
}
