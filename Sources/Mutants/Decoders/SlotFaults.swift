import HIFIBlockSpec
import HIFIReference
import Suite

/// How a faulty decoder treats outlier slots. All defaults are right.
package struct SlotFaults: Sendable {
    /// Slots are taken from the last to the first.
    package var reversed = false
    /// A slot of value zero ends the list.
    package var stopsAtZero = false
    /// A slot of value zero does nothing.
    package var skipsZero = false
    /// A slot (position, 0) with one of these positions does nothing.
    package var exempt: Set<Int> = []
    /// A position that does not rise ends the list.
    package var stopsUnlessRising = false
    /// Of equal positions only the first acts.
    package var firstOnly = false
    /// Slots that are looked at, at most.
    package var most = Int.max
    /// The count is taken as it is, and slots past the arrays are read from the bytes that follow.
    package var countUnlimited = false
    /// This byte is taken for a count; 0 may stand for all slots. Bytes past the block are those of what follows.
    package var countByte: (offset: Int, zeroMeansAll: Bool)?
    /// Which weight a position stands for.
    package var place: @Sendable (Int) -> Int = { $0 }
    /// Another value for a slot, from the right one.
    package var value: @Sendable (Float) -> Float = { $0 }
    /// Adding takes the product of scale and byte in without rounding it first.
    package var fuses = false
    /// Positions past the block wrap around instead of being passed over.
    package var wraps = false
    /// Whether a slot acts on a base of this value.
    package var actsOn: @Sendable (Float) -> Bool = { _ in true }
    /// Which slots are looked at, by their number.
    package var takes: @Sendable (Int) -> Bool = { _ in true }
    /// Whether a value acts on a base.
    package var wins: @Sendable (_ value: Float, _ base: Float) -> Bool = { _, _ in true }
    /// What becomes of value and base instead.
    package var combine: (@Sendable (_ value: Float, _ base: Float) -> Float)?
    /// A scalar of the block that values are multiplied by.
    package var unit: String?
    /// A slot's contribution is multiplied by how often it is applied.
    package var times = 1
    /// An unused slot does not take its weight out of a packed stream.
    package var unusedKeepsCode = false

    package init() {}

    package func skippedPositions(_ slots: [(Int, UInt64)]) -> Set<Int> {
        Set(slots.filter { !(unusedKeepsCode && $0.0 == 0 && $0.1 == 0) }.map(\.0))
    }

    package func apply(_ draft: BlockDraft, _ weights: inout [Float]) {
        guard let slots = draft.slots else { return }
        let rule = slots.rule
        var used = rule.slots
        if let count = rule.count, let field = slots.count {
            let stored = Int(draft.bits(field)) & count.mask
            used = countUnlimited ? stored : min(stored, count.maximum)
        }
        if let (offset, zeroMeansAll) = countByte {
            let stored = offset < draft.bytes.count ? Int(draft.bytes[offset]) : 0
            used = stored == 0 && zeroMeansAll ? rule.slots : min(stored, rule.slots)
        }
        used = min(used, most)
        let mode = slots.mode { Int(draft.bits($0)) }
        var seen: Set<Int> = []
        var previous = -1
        for slot in reversed ? Array((0..<used).reversed()) : Array(0..<used) {
            let bytes = slots.index.offset + (slot + 1) * slots.index.type.bytes
            let valueEnd = slots.values.offset + (slot + 1) * slots.values.type.bytes
            guard bytes <= draft.bytes.count, valueEnd <= draft.bytes.count else { break }
            guard takes(slot) else { continue }
            let position = Int(draft.bits(slots.index, slot))
            let bits = draft.bits(slots.values, slot)
            if stopsAtZero, bits == 0 { break }
            if skipsZero, bits == 0 { continue }
            if bits == 0, exempt.contains(position) { continue }
            if stopsUnlessRising, position <= previous { break }
            previous = position
            if !seen.insert(position).inserted, firstOnly || rule.duplicates == .first { continue }
            var target = place(position)
            if wraps { target %= weights.count }
            guard weights.indices.contains(target), actsOn(weights[target]) else { continue }
            for _ in 0..<times { act(draft, rule, mode, slot, &weights[target]) }
        }
    }

    private func act(_ draft: BlockDraft, _ rule: Correction, _ mode: Correction.Mode, _ slot: Int, _ weight: inout Float) {
        let scalar: (String) -> Float = { name in
            guard let field = draft.format.field(name) else { return 0 }
            return Self.float(draft, field, field.count == 1 ? 0 : slot)
        }
        if fuses, mode == .add, case .multiply(let a, let b) = rule.value {
            let twin = DecoderTwin(draft.format)
            weight = weight.addingProduct(twin.evaluate(a, scalar), twin.evaluate(b, scalar))
            return
        }
        var stored = value(DecoderTwin(draft.format).evaluate(rule.value, scalar))
        if let unit { stored *= scalar(unit) }
        guard wins(stored, weight) else { return }
        if let combine {
            weight = combine(stored, weight)
            return
        }
        weight = mode == .add ? stored + weight : stored
    }

    /// A scalar as fp32.
    package static func float(_ draft: BlockDraft, _ field: Field, _ index: Int) -> Float {
        let bits = draft.bits(field, index)
        switch field.type {
        case .f16: return SmallFloats.float(half: UInt16(truncatingIfNeeded: bits))
        case .bf16: return SmallFloats.float(bfloat16: UInt16(truncatingIfNeeded: bits))
        case .f32: return Float(bitPattern: UInt32(truncatingIfNeeded: bits))
        case .f64: return Float(Double(bitPattern: bits))
        case .e4m3hifi: return SmallFloats.float(e4m3: UInt8(truncatingIfNeeded: bits))
        case .e8m0half: return SmallFloats.float(e8m0half: UInt8(truncatingIfNeeded: bits))
        case .i8: return Float(Int8(truncatingIfNeeded: bits))
        case .i16: return Float(Int16(truncatingIfNeeded: bits))
        case .i32: return Float(Int32(truncatingIfNeeded: bits))
        case .i64: return Float(Int64(bitPattern: bits))
        case .u8, .u16, .u32: return Float(bits)
        }
    }
}
