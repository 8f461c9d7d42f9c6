import BlockSpec
import Reference

/// A way to decode blocks wrongly: one that the self-test plants, or one that people make in other forms than it does.
struct DecodingMistake: Sendable {
    /// The mutant, or the name of the mistake.
    let id: String
    /// What is done, as a sentence without a full stop.
    let words: String
    /// The defect of the catalogue.
    let defect: String?
    /// Blocks to the bits of weights, those of NaNs as a class.
    let decode: @Sendable ([UInt8]) -> [UInt32]

    /// All mistakes of a format, catalogued defects first.
    static func all(of format: BlockFormat) -> [DecodingMistake] {
        let planted = (DeclarationMutants.mutants(of: format) + DecoderFaults.mutants(of: format)).compactMap { mutant -> DecodingMistake? in
            guard let decode = (mutant.system as? FunctionSystem)?.decode else { return nil }
            return DecodingMistake(id: mutant.id, words: mutant.fault, defect: mutant.defect) { decode($0).map(FloatPattern.classified) }
        }
        return planted.filter { $0.defect != nil } + planted.filter { $0.defect == nil } + Maker(format).made
    }
}

/// Mistakes about the integers of a block, for every format that declares them.
private struct Maker {
    private let format: BlockFormat
    private let decoder: ReferenceDecoder
    private(set) var made: [DecodingMistake] = []

    init(_ format: BlockFormat) {
        self.format = format
        guard let decoder = try? ReferenceDecoder(format) else { preconditionFailure("formats with mistakes can be decoded") }
        self.decoder = decoder
        guard format.elements > 1 else { return }
        let draft = BlockDraft(format)
        places(draft)
        bits("code", draft.codeWidth, draft.codeCount, { $0.code($1) }, { $0.setCode($1, $2) })
        integers("scale", draft.scaleWidth, draft.scaleCount, { $0.scale($1) }, { $0.setScale($1, $2) })
        integers("minimum", draft.minimumWidth, draft.minimumCount, { $0.minimum($1) }, { $0.setMinimum($1, $2) })
        if draft.scaleCount > 0, draft.scaleCount == draft.minimumCount {
            add("scale-is-minimum", "scales are read for minima, and minima for scales") { old, new in
                for i in 0..<old.scaleCount { (new.setScale(i, old.minimum(i)), new.setMinimum(i, old.scale(i))) }
            }
        }
        fields()
        values()
        slots(draft)
    }

    // MARK: Adding

    private mutating func add(_ id: String, _ words: String, decode: @escaping @Sendable ([UInt8]) -> [UInt32]) {
        made.append(DecodingMistake(id: "\(id)", words: words, defect: nil, decode: decode))
    }

    /// One that reads another block than there is.
    private mutating func add(_ id: String, _ words: String, change: @escaping @Sendable (BlockDraft, inout BlockDraft) -> Void) {
        let (format, decoder) = (format, decoder)
        add(id, words) { bytes in
            var changed: [UInt8] = []
            changed.reserveCapacity(bytes.count)
            for start in stride(from: 0, to: bytes.count - format.bytes + 1, by: format.bytes) {
                let old = BlockDraft(format, bytes: Array(bytes[start..<start + format.bytes]))
                var new = old
                change(old, &new)
                changed += new.bytes
            }
            return ((try? decoder.decode(changed)) ?? []).map { FloatPattern.classified($0.bitPattern) }
        }
    }

    /// One that changes weights, by their place in the block.
    private mutating func add(_ id: String, _ words: String, weights change: @escaping @Sendable ([Float]) -> [Float]) {
        let (elements, decoder) = (format.elements, decoder)
        add(id, words) { bytes in
            let weights = (try? decoder.decode(bytes)) ?? []
            return stride(from: 0, to: weights.count, by: elements).flatMap { start in
                change(Array(weights[start..<start + elements])).map { FloatPattern.classified($0.bitPattern) }
            }
        }
    }

    // MARK: Places

    /// Other orders of the weights in a block, and what they are called.
    private func orders() -> [(id: String, words: String, order: [Int])] {
        let count = format.elements
        var orders: [(String, String, [Int])] = []
        var size = 1
        while size < count {
            let run = size
            orders.append(
                ("swap-\(run)", run == 1 ? "neighbours change places" : "runs of \(run) weights change places, each two", (0..<count).map { $0 ^ run }))
            if run > 1 { orders.append(("reverse-\(run)", "runs of \(run) weights are in reverse order", (0..<count).map { $0 ^ (run - 1) })) }
            size *= 2
        }
        orders.append(("reverse-\(count)", "the weights of a block are in reverse order", (0..<count).map { count - 1 - $0 }))
        for run in [16, 32, 64] where 4 * run <= count {
            for (a, b) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
                orders.append(
                    (
                        "quarters-\(run)-\(a)\(b)", "runs \(a) and \(b) of each four of \(run) weights change places",
                        (0..<count).map { place in
                            let part = place / run % 4
                            return part == a ? place + (b - a) * run : part == b ? place + (a - b) * run : place
                        }
                    ))
            }
            for turn in 1...3 {
                orders.append(
                    (
                        "turn-\(run)-\(turn)", "each four runs of \(run) weights are turned by \(turn)",
                        (0..<count).map { place in place - place % (4 * run) + (place + turn * run) % (4 * run) }
                    ))
            }
        }
        // Pairs that lie side by side instead of half a run apart, and the other way round.
        for run in [16, 32, 64, 128, 256] where run <= count {
            let spread = (0..<count).map { place in place - place % run + (place % run % 2) * (run / 2) + place % run / 2 }
            let joined = (0..<count).map { place in place - place % run + (place % run % (run / 2)) * 2 + place % run / (run / 2) }
            orders.append(("spread-\(run)", "in runs of \(run) the two halves of a byte are taken for neighbours", spread))
            orders.append(("joined-\(run)", "in runs of \(run) neighbours are taken to lie half a run apart", joined))
        }
        for shift in [1, -1] {
            orders.append(
                ("shift\(shift)", "each weight is the one \(shift > 0 ? "behind" : "before") it", (0..<count).map { ($0 + shift + count) % count }))
        }
        return orders
    }

    private mutating func places(_ draft: BlockDraft) {
        for (id, words, order) in orders() {
            add("places-\(id)", words, weights: { weights in order.map { weights[$0] } })
            guard draft.codeCount == format.elements, draft.scaleCount > 0 else { continue }
            add("codes-\(id)", "\(words), but not their scales") { old, new in
                for i in 0..<old.codeCount { new.setCode(i, old.code(order[i])) }
            }
        }
    }

    // MARK: Integers

    private mutating func bits(
        _ name: String, _ width: Int, _ count: Int, _ get: @escaping @Sendable (BlockDraft, Int) -> Int,
        _ set: @escaping @Sendable (inout BlockDraft, Int, Int) -> Void
    ) {
        guard width > 0, count > 0 else { return }
        func all(_ id: String, _ words: String, _ change: @escaping @Sendable (Int) -> Int) {
            add("\(name)-\(id)", words) { old, new in for i in 0..<count { set(&new, i, change(get(old, i)) & ((1 << width) - 1)) } }
        }
        for bit in 0..<width {
            all("bit\(bit)-0", "bit \(bit) of each \(name) is taken for 0") { $0 & ~(1 << bit) }
            all("bit\(bit)-1", "bit \(bit) of each \(name) is taken for 1") { $0 | 1 << bit }
            all("bit\(bit)-not", "bit \(bit) of each \(name) is inverted") { $0 ^ 1 << bit }
            if bit > 0 { all("bits\(bit)-up", "bits from \(bit) on of each \(name) are lost") { $0 & ((1 << bit) - 1) } }
            if bit > 0 {
                all("bits\(bit)-swapped", "bits \(bit - 1) and \(bit) of each \(name) change places") { raw in
                    let (low, high) = (raw >> (bit - 1) & 1, raw >> bit & 1)
                    return raw & ~(3 << (bit - 1)) | low << bit | high << (bit - 1)
                }
            }
        }
        all("plus", "each \(name) is one too large") { $0 + 1 }
        all("minus", "each \(name) is one too small") { $0 - 1 }
        all("negative", "each \(name) is negated") { -$0 }
        // The upper bits of one integer beside the lower bits of another.
        for bit in 1..<max(2, width) where bit < width {
            for (id, words, step) in [("next", "the next", 1), ("previous", "the one before", -1), ("half", "the one half a block away", count / 2)] {
                guard step % count != 0 else { continue }
                add("\(name)-high\(bit)-\(id)", "bits from \(bit) on of each \(name) are those of \(words)") { old, new in
                    for i in 0..<count {
                        let other = get(old, (i + step + count) % count)
                        set(&new, i, get(old, i) & ((1 << bit) - 1) | other & ~((1 << bit) - 1))
                    }
                }
            }
        }
    }

    private mutating func integers(
        _ name: String, _ width: Int, _ count: Int, _ get: @escaping @Sendable (BlockDraft, Int) -> Int,
        _ set: @escaping @Sendable (inout BlockDraft, Int, Int) -> Void
    ) {
        bits(name, width, count, get, set)
        guard count > 1 else { return }
        func moved(_ id: String, _ words: String, _ place: @escaping @Sendable (Int) -> Int) {
            add("\(name)s-\(id)", words) { old, new in for i in 0..<count { set(&new, i, get(old, place(i))) } }
        }
        var run = 1
        while run < count {
            let size = run
            moved("swap-\(size)", "\(name)s change places, \(size) by \(size)") { $0 ^ size }
            moved("repeat-\(size)", "\(2 * size) sub-blocks share \(size == 1 ? "a \(name)" : "\(size) \(name)s")") { $0 & ~size }
            run *= 2
        }
        moved("next", "each sub-block takes the \(name) of the next") { ($0 + 1) % count }
        moved("previous", "each sub-block takes the \(name) of the one before") { ($0 + count - 1) % count }
        moved("reverse", "\(name)s are in reverse order") { count - 1 - $0 }
        moved("first", "every sub-block takes the first \(name)") { _ in 0 }
        moved("halves", "\(name)s of the two halves are taken in turn") { $0 % 2 * (count / 2) + $0 / 2 }
        moved("turns", "\(name)s that lie in turn are taken half by half") { $0 % (count / 2) * 2 + $0 / (count / 2) }
    }

    // MARK: Numbers

    private mutating func fields() {
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

    private mutating func values() {
        for (id, words, change) in [
            ("double", "weights are twice as large", { $0 * 2 }), ("half", "weights are half as large", { $0 / 2 }),
            ("four", "weights are four times as large", { $0 * 4 }), ("sixteen", "weights are sixteen times as large", { $0 * 16 }),
            ("eighth", "weights are an eighth as large", { $0 / 8 }), ("sixteenth", "weights are a sixteenth as large", { $0 / 16 }),
            ("negated", "weights are negated", { -$0 }), ("zero", "weights are left at zero", { _ in 0 }),
            ("absolute", "weights lose their sign", { $0.magnitude }),
        ] as [(String, String, @Sendable (Float) -> Float)] {
            add("weights-\(id)", words, weights: { $0.map(change) })
        }
    }

    private mutating func slots(_ draft: BlockDraft) {
        guard let slots = draft.slots else { return }
        let number = slots.number
        func position(_ draft: BlockDraft, _ slot: Int) -> UInt64 { draft.bits(slots.index, slot) }
        add("slots-plus", "outliers land one place behind theirs") { old, new in
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
        for slot in 0..<number {
            add("slots-without-\(slot)", "slot \(slot) is left out") { old, new in
                // The place of another slot with that one's value changes nothing, where slots replace.
                let other = slot == 0 ? 1 % number : 0
                new.set(slots.index, slot, bits: old.bits(slots.index, other))
                new.set(slots.values, slot, bits: slots.rule.mode == .replace ? old.bits(slots.values, other) : 0)
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
