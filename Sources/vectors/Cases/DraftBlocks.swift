import HIFIBlockSpec
import Suite

/// Ready-made blocks that cases start from.
enum DraftBlocks {
    /// The scalar fields of the value rule: `d`, `dmin`, `m`, `e`, `scale16`, …, not those of slots.
    static func scales(of format: BlockFormat) -> [Field] {
        guard let decoding = format.decoding else { return [] }
        return decoding.value.names.compactMap(format.field)
    }

    /// Bits of a moderate scale for a field, different for different numbers.
    static func scaleBits(_ field: Field, _ number: Int = 0) -> UInt64 {
        switch field.type {
        case .f16: UInt64(0x2C5B + 0x0153 * number)
        case .f32: UInt64(0x3D8B_A6F1 + 0x2A_31C7 * number)
        case .bf16: UInt64(0x3DAB + 5 * number)
        case .f64: UInt64(0x3FB1_74DE_3456_789A) + UInt64(number) << 40
        case .e8m0half: UInt64(124 + number)
        case .e4m3hifi: UInt64(0x2D + number)
        default: UInt64(3 + number)
        }
    }

    /// A block whose codes run through all values, whose scales and minima are all different, and whose slots are in use.
    static func ramp(_ format: BlockFormat, number: Int = 0) -> BlockDraft {
        var draft = BlockDraft(format)
        fillRamp(&draft, number)
        fillSlots(&draft, number)
        return draft
    }

    private static func fillRamp(_ draft: inout BlockDraft, _ number: Int) {
        for (index, field) in scales(of: draft.format).enumerated() { draft.set(field, bits: scaleBits(field, number + 2 * index)) }
        let codes = 1 << draft.codeWidth
        for i in 0..<draft.codeCount { draft.setCode(i, (5 * i + i / 8 + i / 32 + number) % codes) }
        let scales = 1 << draft.scaleWidth
        for s in 0..<draft.scaleCount { draft.setScale(s, (7 + 11 * s + 3 * number) % scales) }
        let minima = 1 << draft.minimumWidth
        for s in 0..<draft.minimumCount { draft.setMinimum(s, (3 + 5 * s + number) % minima) }
    }

    /// Different positions in rising order, different values, count of all slots, for formats that have slots.
    static func fillSlots(_ draft: inout BlockDraft, _ number: Int = 0) {
        guard let slots = draft.slots else { return }
        let step = (draft.format.elements - 16) / slots.number
        for slot in 0..<slots.number {
            let position = 7 + step * slot + (number + slot) % 8
            let value =
                slots.storesHalves ? 0x3400 + 0x99 * slot + 0x8000 * (slot % 2) + number : (slot % 2 == 0 ? 1 : -1) * (127 - 9 * slot)
            draft.setSlot(slot, position: position, value: value)
        }
        draft.setCount(slots.number)
        if let scale = slots.scale { draft.set(scale, bits: residualScaleBits(scale)) }
    }

    /// Bits of a moderate scale of residuals.
    static func residualScaleBits(_ field: Field) -> UInt64 {
        switch field.type {
        case .f16: 0x1D37
        case .f32: 0x3A9D_F3B7
        case .e4m3hifi: 0x2D
        default: 1
        }
    }

    /// Zero everywhere but for a scale: every weight of the base is a zero, where the format can.
    static func zeroBase(_ format: BlockFormat) -> BlockDraft {
        var draft = BlockDraft(format)
        for field in scales(of: format).prefix(1) { draft.set(field, bits: scaleBits(field)) }
        for s in 0..<draft.scaleCount { draft.setScale(s, (1 + s) % (1 << draft.scaleWidth)) }
        if let zero = draft.zeroCode { for i in 0..<draft.codeCount { draft.setCode(i, zero) } }
        return draft
    }

    /// A block like those of real weights: codes in a bell, scales of one size, slots as an encoder fills them.
    static func weightLike(_ format: BlockFormat, _ random: inout SeededRandom) -> BlockDraft {
        var draft = BlockDraft(format)
        for field in scales(of: format) {
            let bits: UInt64 =
                switch field.type {
                case .f16: 0x1400 + random.next() % 0x1400
                case .f32: 0x3C00_0000 + random.next() % 0x100_0000
                case .e8m0half: 118 + random.next() % 8
                default: random.next()
                }
            draft.set(field, bits: bits)
        }
        if format.elements == 1 { draft.bytes = BulkGenerator.moderate(random.bytes(format.bytes), format) }
        let codes = 1 << draft.codeWidth
        for i in 0..<draft.codeCount {
            let sum = (0..<4).reduce(0) { total, _ in total + Int(random.next() % UInt64(codes)) }
            // Eight-bit codes are signed: the bell is around their zero.
            draft.setCode(i, ((sum + 2) / 4 + (draft.codeWidth == 8 ? codes / 2 : 0)) & (codes - 1))
        }
        for s in 0..<draft.scaleCount { draft.setScale(s, Int(random.next() % UInt64(1 << draft.scaleWidth))) }
        for s in 0..<draft.minimumCount { draft.setMinimum(s, Int(random.next() % UInt64(1 << draft.minimumWidth))) }
        guard let slots = draft.slots else { return draft }
        var positions: Set<Int> = []
        while positions.count < slots.number { positions.insert(Int(random.next() % 256)) }
        for (slot, position) in positions.sorted().enumerated() {
            let value = slots.storesHalves ? Int(0x3000 + random.next() % 0xC00 + (random.next() & 0x8000)) : Int(random.next() % 255) - 127
            draft.setSlot(slot, position: position, value: value)
            if slots.storesHalves, slots.rule.mode == .replace, let zero = draft.zeroCode { draft.setCode(position, zero) }
        }
        draft.setCount(slots.number)
        if let scale = slots.scale {
            draft.set(scale, bits: scale.type == .e4m3hifi ? 0x10 + random.next() % 0x20 : residualScaleBits(scale) + random.next() % 0x400)
        }
        return draft
    }
}
