import HIFIBlockSpec

/// A block that is filled field by field, by offsets that the test computes itself.
struct DraftBlock {
    let format: BlockFormat
    var bytes: [UInt8]

    /// A well-formed block: numbers for the whole block are 1, codes mean zero where a fixed code does, all slots are in use,
    /// at rising positions that are neither 0 nor 255.
    init(wellFormed format: BlockFormat) {
        self.format = format
        bytes = [UInt8](repeating: 0, count: format.bytes)
        for field in format.fields where field.count == 1 { setFloat(field, 0, .one) }
        // Q3_K and r4 lower a code by 4 unless its third bit is set.
        for field in format.fields where field.name == "hmask" || (field.name == "qh" && format.id != "tq1_0") {
            for offset in field.range { bytes[offset] = 0xFF }
        }
        guard let correction = format.decoding?.correction else { return }
        for slot in 0..<correction.slots {
            setPosition(slot, 10 + 9 * slot)
            setValue(slot, isZero: false)
        }
        setCount(correction.count?.maximum ?? 0)
    }

    enum Special { case one, infinity, negativeInfinity, quietNaN, signallingNaN }

    /// Writes a float by its bits; leaves fields of other types alone.
    mutating func setFloat(_ field: Field, _ index: Int, _ value: Special) {
        let (one, exponent, quiet): (UInt64, UInt64, UInt64)
        switch field.type {
        case .f16: (one, exponent, quiet) = (0x3C00, 0x7C00, 0x0200)
        case .bf16: (one, exponent, quiet) = (0x3F80, 0x7F80, 0x0040)
        case .f32: (one, exponent, quiet) = (0x3F80_0000, 0x7F80_0000, 0x0040_0000)
        case .f64: (one, exponent, quiet) = (0x3FF0_0000_0000_0000, 0x7FF0_0000_0000_0000, 0x0008_0000_0000_0000)
        default: return
        }
        let sign = UInt64(1) << UInt64(8 * field.type.bytes - 1)
        let bits =
            switch value {
            case .one: one
            case .infinity: exponent
            case .negativeInfinity: exponent | sign
            case .quietNaN: exponent | quiet
            case .signallingNaN: exponent | 1
            }
        if format.id == "iq1_m" {
            // Four bits of the scale are the upper ones of each of four words.
            for word in 0..<4 {
                let place = 48 + 2 * word + 1
                bytes[place] = bytes[place] & 0x0F | UInt8(bits >> UInt64(4 * word) & 15) << 4
            }
            return
        }
        for byte in 0..<field.type.bytes {
            bytes[field.offset + index * field.type.bytes + byte] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * byte))
        }
    }

    mutating func setPosition(_ slot: Int, _ position: Int) {
        guard let field = format.decoding?.correction.flatMap({ format.field($0.index) }) else { return }
        bytes[field.offset + slot * field.type.bytes] = UInt8(truncatingIfNeeded: position)
        if field.type == .u16 { bytes[field.offset + 2 * slot + 1] = UInt8(position >> 8) }
    }

    mutating func setValue(_ slot: Int, isZero: Bool) {
        if let values = format.field("outlier_vals") {
            bytes[values.offset + 2 * slot] = 0
            bytes[values.offset + 2 * slot + 1] = isZero ? 0 : 0x3C
        } else if let residuals = format.field("residual_vals") {
            bytes[residuals.offset + slot] = isZero ? 0 : 5
        }
    }

    /// Formats call the byte `outlier_count`; those whose readers ignore it have a name for it that is not a count of a correction.
    mutating func setCount(_ count: Int) {
        guard format.decoding?.correction?.count != nil else { return }
        if let field = format.field("outlier_count") ?? format.field("n_outliers") { bytes[field.offset] = UInt8(count) }
    }

    /// Makes the code of a weight other than the one that means zero, in formats that have such a code.
    mutating func enliven(_ weight: Int) {
        if let hmask = format.field("hmask") { bytes[hmask.offset + weight % 32] &= ~(1 << UInt8(weight / 32)) }
        if let qh = format.field("qh"), format.id == "q3_k_hifi@r4" { bytes[qh.offset + weight / 8] &= ~(1 << UInt8(weight % 8)) }
    }
}
