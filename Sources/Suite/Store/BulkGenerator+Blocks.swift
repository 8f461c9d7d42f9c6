import HIFIBlockSpec

extension BulkGenerator {
    /// `count` blocks of a format, from the seed.
    public func blocks(of format: BlockFormat, seed: UInt64, count: Int) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        var all: [UInt8] = []
        all.reserveCapacity(count * format.bytes)
        for index in 0..<count {
            switch self {
            case .uniformBytes: all += random.bytes(format.bytes)
            case .moderateScales: all += Self.moderate(random.bytes(format.bytes), format)
            case .everyHalf:
                var block = Self.moderate(random.bytes(format.bytes), format)
                if let field = format.fields.first(where: { $0.type == .f16 && $0.parts.isEmpty }) {
                    block[field.offset] = UInt8(truncatingIfNeeded: index)
                    block[field.offset + 1] = UInt8(truncatingIfNeeded: index >> 8)
                }
                all += block
            case .slotPositions: all += Self.slotBlock(format, index)
            }
        }
        return all
    }

    /// Clears the upper of the exponent bits of every float in a block, so that values stay moderate.
    public static func moderate(_ block: [UInt8], _ format: BlockFormat) -> [UInt8] {
        var block = block
        for field in format.fields where field.type.canBeNonFinite {
            if !field.parts.isEmpty {
                // The uppermost bit of the exponent of an fp16.
                guard field.type == .f16 else { continue }
                var draft = BlockDraft(format, bytes: block)
                draft.set(field, bits: draft.bits(field) & 0xBFFF)
                block = draft.bytes
                continue
            }
            for index in 0..<field.count {
                let last = field.offset + (index + 1) * field.type.bytes - 1
                // fp16: exponents below 16; wider types: below half of the range, and large enough not to vanish.
                block[last] = field.type == .f16 ? block[last] & 0xBF : block[last] & 0xBF | 0x38
            }
        }
        return block
    }

    private static func slotBlock(_ format: BlockFormat, _ index: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: format.bytes)
        guard let slots = format.outliers else { return block }
        func store(_ bits: Int, _ field: Field, _ scalar: Int) {
            for byte in 0..<field.type.bytes {
                block[field.offset + scalar * field.type.bytes + byte] = UInt8(truncatingIfNeeded: bits >> (8 * byte))
            }
        }
        if let count = slots.count { store(slots.number, count, 0) }
        for slot in 0..<slots.number {
            let shift = (slot - index % slots.number + slots.number) % slots.number
            store((index / slots.number + shift) % format.elements, slots.index, slot)
            for field in slots.operands {
                switch field.type {
                case .f16: store(0x3C00 + (field.count == 1 ? 0 : slot * 64), field, field.count == 1 ? 0 : slot)
                case .f32: store(0x3F80_0000, field, 0)
                case .e4m3hifi: store(0x38, field, 0)
                default: store(slot + 1, field, slot)
                }
            }
        }
        return block
    }
}
