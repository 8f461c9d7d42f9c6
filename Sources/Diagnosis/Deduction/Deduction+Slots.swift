import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// What may be wrong with outliers: where positions and values are read, as what numbers, and what becomes of them.
extension Deduction {
    /// Where and how one array of slots is read.
    private struct Column: Sendable {
        var offset: Int
        var step: Int
        var type: ScalarType
        /// Slot i is taken for slot i ^ mask.
        var mask = 0

        func value(_ draft: BlockDraft, _ slot: Int) -> (number: Float, integer: Int)? {
            let start = offset + (slot ^ mask) * step
            guard start >= 0, start + type.bytes <= draft.bytes.count else { return nil }
            let field = Field(name: "", offset: start, type: type, count: 1)
            return (SlotFaults.float(draft, field, 0), Int(truncatingIfNeeded: draft.bits(field)))
        }
    }

    /// Readings of whole blocks, outliers and all.
    func slots() -> [Reading] {
        guard let slots = reader.layout.slots else { return [] }
        let index = Column(offset: slots.index.offset, step: slots.index.type.bytes, type: slots.index.type)
        let values = Column(offset: slots.values.offset, step: slots.values.type.bytes, type: slots.values.type)
        var readings: [Reading] = []
        func add(
            _ id: String, _ words: String, _ index: Column, _ values: Column,
            _ change: @escaping @Sendable (_ slot: Int, _ position: Int, _ value: Float) -> (Int, Float)? = { ($1, $2) }
        ) {
            let (reader, rule) = (reader, slots)
            readings.append(
                Reading(id: "slots-\(id)", words: words, isWhole: true) { reading in
                    var weights = reader.base(reading)
                    Self.apply(reading.draft, rule, index, values, change, &weights)
                    return weights
                })
        }
        let (position, value) = (slots.index.name, slots.values.name)
        for delta in -8...8 {
            for step in 1...4 where delta != 0 || step != index.step {
                var other = index
                (other.offset, other.step) = (index.offset + delta, step)
                add("index-\(delta)-\(step)", Self.words(position, delta, step, index.step), other, values)
            }
        }
        for delta in -8...8 {
            for step in 1...4 where delta != 0 || step != values.step {
                var other = values
                (other.offset, other.step) = (values.offset + delta, step)
                add("values-\(delta)-\(step)", Self.words(value, delta, step, values.step), index, other)
            }
        }
        for type in [ScalarType.u8, .i8, .u16, .i16] where type != index.type && type.bytes == index.type.bytes {
            var other = index
            other.type = type
            add("index-\(type)", "\(position) is read as \(type.rawValue)", other, values)
        }
        for type in [ScalarType.f16, .bf16, .i16, .u16, .u8, .i8] where type != values.type && type.bytes == values.type.bytes {
            var other = values
            other.type = type
            add("values-\(type)", "\(value) is read as \(type.rawValue)", index, other)
        }
        for mask in 1..<8 where slots.number % 8 == 0 {
            var (others, otherValues) = (index, values)
            (others.mask, otherValues.mask) = (mask, mask)
            add("index-xor\(mask)", "the position of slot i ^ \(mask) is taken for that of slot i", others, values)
            add("values-xor\(mask)", "the value of slot i ^ \(mask) is taken for that of slot i", index, otherValues)
            add("both-xor\(mask)", "slot i ^ \(mask) is applied for slot i, which matters for positions listed twice", others, otherValues)
        }
        for (id, words, change) in Self.changes(slots.values) {
            add("value-\(id)", words.replacing("%", with: "each of \(value)"), index, values) { ($1, change($2)) }
        }
        for bit in 0..<8 {
            add("position-bit\(bit)-0", "bit \(bit) of positions is lost", index, values) { ($1 & ~(1 << bit), $2) }
            add("position-bit\(bit)-not", "bit \(bit) of positions is inverted", index, values) { ($1 ^ 1 << bit, $2) }
        }
        for shift in 1...7 {
            add("position-low-\(shift)", "of positions the lowest \(shift) bits are taken", index, values) { ($1 & ((1 << shift) - 1), $2) }
            add("position-down-\(shift)", "positions are divided by \(1 << shift)", index, values) { ($1 >> shift, $2) }
        }
        for size in 1...32 {
            add("position-up-\(size)", "outliers land \(size) weights too far, within the block", index, values) { ($1 + size, $2) }
            add("position-up-\(size)-ring", "outliers land \(size) weights too far, around the block's end", index, values) {
                (($1 + size) % 256, $2)
            }
            add("position-back-\(size)", "outliers land \(size) weights too early", index, values) { ($1 - size, $2) }
        }
        let limits = [1, 15, 16, 31, 32, 63, 64, 127, 128, 191, 192, 254, 255]
        for limit in limits {
            add("below-\(limit)", "outliers at positions from \(limit) on are left out", index, values) { $1 < limit ? ($1, $2) : nil }
            add("from-\(limit)", "outliers at positions below \(limit) are left out", index, values) { $1 >= limit ? ($1, $2) : nil }
        }
        for slot in 0..<slots.number {
            add("without-\(slot)", "slot \(slot) is left out", index, values) { $0 == slot ? nil : ($1, $2) }
            add("zero-\(slot)", "the value of slot \(slot) is taken for 0", index, values) { $0 == slot ? ($1, 0) : ($1, $2) }
        }
        add("not-first", "outliers at position 0 are left out", index, values) { $1 == 0 ? nil : ($1, $2) }
        add("not-last", "outliers at the last position are left out", index, values) { $1 == 255 ? nil : ($1, $2) }
        add("not-zero", "outliers of value 0 are left out", index, values) { $2 == 0 ? nil : ($1, $2) }
        add("positive", "only positive outliers act", index, values) { $2 > 0 ? ($1, $2) : nil }
        add("negative", "only negative outliers act", index, values) { $2 < 0 ? ($1, $2) : nil }
        return readings
    }

    private static func words(_ name: String, _ delta: Int, _ step: Int, _ right: Int) -> String {
        let start = delta == 0 ? "" : "\(abs(delta)) byte\(abs(delta) == 1 ? "" : "s") too \(delta > 0 ? "far" : "early")"
        let every = step == right ? "" : "every \(step) byte\(step == 1 ? "" : "s") where they lie every \(right)"
        return "\(name) is read \([start, every].filter { !$0.isEmpty }.joined(separator: " and "))"
    }

    private static func apply(
        _ draft: BlockDraft, _ slots: OutlierSlots, _ index: Column, _ values: Column,
        _ change: (Int, Int, Float) -> (Int, Float)?, _ weights: inout [Float]
    ) {
        let used = slots.used { Int(draft.bits($0)) }
        let mode = slots.mode { Int(draft.bits($0)) }
        let formula = Formula(slots.rule.value, fields: slots.operands.map(\.name))
        var seen: Set<Int> = []
        for slot in 0..<used {
            guard let position = index.value(draft, slot)?.integer, let stored = values.value(draft, slot)?.number else { continue }
            let fields = slots.operands.map { operand in
                operand == slots.values ? stored : SlotFaults.float(draft, operand, operand.count == 1 ? 0 : slot)
            }
            guard let (place, value) = change(slot, position, formula.evaluate(.init(fields: fields))), weights.indices.contains(place)
            else {
                continue
            }
            if !seen.insert(place).inserted, slots.rule.duplicates == .first { continue }
            weights[place] = mode == .add ? value + weights[place] : value
        }
    }
}
