import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// Mistakes about the floats of a block, about weights, and about outliers.
extension DecodingMistakeMaker {
    package mutating func fields() {
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
        for field in floats {
            for factor in floats {
                guard let value = format.decoding?.value else { continue }
                var twin = DecoderTwin(format)
                let plain = twin
                twin.value = { scalar, _, _ in
                    plain.evaluate(value) { $0 == field.name ? scalar(field.name) * scalar(factor.name) : scalar($0) }
                }
                let changed = twin
                let words = field.name == factor.name ? "\(field.name) is applied twice" : "\(field.name) is multiplied by \(factor.name)"
                add("\(field.name)-times-\(factor.name)", words, decode: { changed.decode($0).map(FloatPattern.classified) })
            }
        }
        scales(floats.map(\.name))
        if floats.count == 2 {
            add("\(floats[0].name)-\(floats[1].name)", "\(floats[0].name) and \(floats[1].name) are exchanged") { old, new in
                new.set(floats[0], bits: old.bits(floats[1]))
                new.set(floats[1], bits: old.bits(floats[0]))
            }
        }
    }

    /// Scales that are rounded or divided on the way, and minima under the scale of the codes.
    private mutating func scales(_ names: [String]) {
        guard let value = format.decoding?.value else { return }
        let plain = DecoderTwin(format)
        func scalars(_ id: String, _ words: String, _ change: @escaping @Sendable (_ name: String, _ scalar: (String) -> Float) -> Float) {
            var twin = plain
            twin.value = { scalar, _, _ in plain.evaluate(value) { change($0, scalar) } }
            let changed = twin
            add(id, words, decode: { changed.decode($0).map(FloatPattern.classified) })
        }
        for name in names {
            for (words, factor) in [
                ("divided by 127", Float(1) / 127), ("divided by 128", 1 / 128), ("divided by 16", 1 / 16), ("divided by 8", 1 / 8),
            ] {
                scalars("\(name)-\(words.replacing(" ", with: "-"))", "\(name) is \(words)") { $0 == name ? $1(name) * factor : $1($0) }
            }
            scalars("\(name)-by-127", "\(name) is divided by 127") { $0 == name ? $1(name) / 127 : $1($0) }
        }
        for name in names where name != "d" && names.contains("d") && format.decoding?.scale != nil {
            scalars("\(name)-is-d-scale", "minima are multiplied by d and the scale, not by \(name)") {
                $0 == name ? $1("d") * $1("scale") : $1($0)
            }
        }
        for (kind, round) in [
            ("fp16", { @Sendable in SmallFloats.float(half: SmallFloats.half($0)) }),
            ("bf16", { @Sendable in SmallFloats.float(bfloat16: SmallFloats.bfloat16($0)) }),
        ] as [(String, @Sendable (Float) -> Float)] {
            var twin = plain
            twin.value = { scalar, _, _ in Self.evaluate(value, scalar, plain, round) }
            let changed = twin
            add(
                "scale-through-\(kind)", "the product of d and a scale is rounded to \(kind)",
                decode: { changed.decode($0).map(FloatPattern.classified) })
        }
    }

    /// With products of d and a scale rounded further.
    private static func evaluate(
        _ value: Expression, _ scalar: (String) -> Float, _ plain: DecoderTwin, _ round: (Float) -> Float
    ) -> Float {
        switch value {
        case .multiply(.f32("d"), .f32("scale")): round(scalar("d") * scalar("scale"))
        case .multiply(let a, let b): evaluate(a, scalar, plain, round) * evaluate(b, scalar, plain, round)
        case .add(let a, let b): evaluate(a, scalar, plain, round) + evaluate(b, scalar, plain, round)
        case .subtract(let a, let b): evaluate(a, scalar, plain, round) - evaluate(b, scalar, plain, round)
        default: plain.evaluate(value, scalar)
        }
    }

    package mutating func values() {
        let factors: [(id: String, words: String, factor: Float)] = [
            ("double", "weights are twice as large", 2), ("half", "weights are half as large", 0.5),
            ("four", "weights are four times as large", 4), ("sixteen", "weights are sixteen times as large", 16),
            ("127th", "weights are a 127th as large", 1 / 127), ("127", "weights are 127 times as large", 127),
            ("eighth", "weights are an eighth as large", 0.125), ("sixteenth", "weights are a sixteenth as large", 0.0625),
            ("negated", "weights are negated", -1), ("zero", "weights are left at zero", 0),
        ]
        for (id, words, factor) in factors {
            add("weights-\(id)", words, weights: { weights in weights.map { factor == 0 ? 0 : $0 * factor } })
        }
        add("weights-absolute", "weights lose their sign", weights: { weights in weights.map(\.magnitude) })
    }

    package mutating func slots(_ draft: BlockDraft) {
        guard let slots = draft.slots else { return }
        let number = slots.number
        add("slots-plus", "outliers land one position too high") { old, new in
            for slot in 0..<number { new.set(slots.index, slot, bits: old.bits(slots.index, slot) + 1) }
        }
        add("slots-minus", "outliers land one position too low") { old, new in
            for slot in 0..<number { new.set(slots.index, slot, bits: old.bits(slots.index, slot) &- 1) }
        }
        for bit in 0..<8 {
            add("slots-bit\(bit)-not", "bit \(bit) of the positions of outliers is inverted") { old, new in
                for slot in 0..<number { new.set(slots.index, slot, bits: old.bits(slots.index, slot) ^ 1 << UInt64(bit)) }
            }
        }
        add("slots-halved", "outliers land at half their position") { old, new in
            for slot in 0..<number { new.set(slots.index, slot, bits: old.bits(slots.index, slot) >> 1) }
        }
        for bit in [4, 5, 6, 7] {
            add("slots-bit\(bit)", "bit \(bit) of the positions of outliers is taken for 0") { old, new in
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
        for (id, words, slot) in [("first", "the first", 0), ("last", "the last", number - 1)] {
            add("slots-value-\(id)", "every outlier takes the value of \(words) slot") { old, new in
                for i in 0..<number { new.set(slots.values, i, bits: old.bits(slots.values, slot)) }
            }
        }
        let top = UInt64(format.elements - 1)
        add("slots-mirrored", "the positions of outliers are counted from the end") { old, new in
            for slot in 0..<number { new.set(slots.index, slot, bits: top &- old.bits(slots.index, slot)) }
        }
        stale(slots)
        twins(number)
        for kept in 1..<number {
            let words = "only the first \(kept) slot\(kept == 1 ? " is" : "s are") used"
            if let count = slots.count {
                add("slots-first-\(kept)", words) { old, new in new.set(count, bits: min(old.bits(count), UInt64(kept))) }
            } else if let fewer = try? ReferenceDecoder(FormatEdit.correction(format) { $0.with(slots: kept) }) {
                add(
                    "slots-first-\(kept)", words, decode: { ((try? fewer.decode($0)) ?? []).map { FloatPattern.classified($0.bitPattern) } }
                )
            }
        }
        if let count = slots.count {
            add("slots-count-less", "the count of outliers is taken one too small") { old, new in
                new.set(count, bits: old.bits(count) == 0 ? 0 : old.bits(count) - 1)
            }
            add("slots-count-more", "the count of outliers is taken one too large") { old, new in new.set(count, bits: old.bits(count) + 1)
            }
            add("slots-count-all", "the count of outliers is ignored") { _, new in new.set(count, bits: UInt64(number)) }
            add("slots-count-none", "outliers are left out") { _, new in new.set(count, bits: 0) }
        }
        if slots.storesHalves {
            add("slots-sign", "outliers lose their sign") { old, new in
                for slot in 0..<number { new.set(slots.values, slot, bits: old.bits(slots.values, slot) & 0x7FFF) }
            }
        }
    }

    /// Positions or values of another block of the row, such as a pointer that does not move on finds.
    private mutating func stale(_ slots: OutlierSlots) {
        let (format, decoder) = (format, decoder)
        for (id, what, fields) in [
            ("slots", "slots", [slots.index, slots.values]), ("positions", "positions", [slots.index]),
            ("values", "values", [slots.values]),
        ] {
            for isFirst in [true, false] {
                let words = isFirst ? "all blocks of a row take the \(what) of the first" : "each block takes the \(what) of the one before"
                add("slots-\(id)-\(isFirst ? "first" : "before")", words) { row in
                    let drafts = stride(from: 0, to: row.count - format.bytes + 1, by: format.bytes).map {
                        BlockDraft(format, bytes: Array(row[$0..<$0 + format.bytes]))
                    }
                    let changed = drafts.indices.flatMap { block -> [UInt8] in
                        var draft = drafts[block]
                        let other = drafts[isFirst ? 0 : max(0, block - 1)]
                        for field in fields { for slot in 0..<field.count { draft.set(field, slot, bits: other.bits(field, slot)) } }
                        return draft.bytes
                    }
                    return ((try? decoder.decode(changed)) ?? []).map { FloatPattern.classified($0.bitPattern) }
                }
            }
        }
    }

    /// Slots that act on some conditions only, or with another value.
    private mutating func twins(_ number: Int) {
        func twin(_ id: String, _ words: String, _ plant: (inout DecoderTwin) -> Void) {
            var changed = DecoderTwin(format)
            plant(&changed)
            let twin = changed
            add("slots-\(id)", words, decode: { twin.decode($0).map(FloatPattern.classified) })
        }
        twin("even", "only slots 0, 2, 4 and so on are used") { $0.slots.takes = { $0 % 2 == 0 } }
        twin("odd", "only slots 1, 3, 5 and so on are used") { $0.slots.takes = { $0 % 2 == 1 } }
        for first in 1..<min(number, 4) {
            twin("after-\(first)", "the first \(first == 1 ? "slot is" : "\(first) slots are") left out") {
                $0.slots.takes = { $0 >= first }
            }
        }
        if let d = format.field("d"), d.type == .f16, d.count == 1 {
            twin("times-d", "outliers are multiplied by d") { $0.slots.unit = d.name }
        }
        twin("subtracted", "outliers are subtracted from the base") { $0.slots.combine = { $1 - $0 } }
        twin("multiplied", "outliers are multiplied with the base") { $0.slots.combine = { $1 * $0 } }
        twin("larger", "outliers act only where they are larger than the base") { $0.slots.wins = { $0.magnitude >= $1.magnitude } }
        twin("smaller", "outliers act only where they are smaller than the base") { $0.slots.wins = { $0.magnitude <= $1.magnitude } }
        for (words, factor) in [("half", Float(0.5)), ("twice", 2), ("a 127th of", 1 / 127), ("127 times", 127), ("minus", -1)] {
            twin("factor-\(factor)", "outliers count \(words) what they are") { $0.slots.value = { $0 * factor } }
        }
    }
}
