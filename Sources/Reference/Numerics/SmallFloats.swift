/// Conversions between fp32 and the smaller float encodings, in integer arithmetic so that no processor mode, library or
/// instruction set can change a bit.
public enum SmallFloats {
    /// fp16 → fp32, exact. Subnormals are kept; a NaN keeps sign and payload and becomes quiet (NUM-03).
    public static func float(half bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10) & 0x1F
        let fraction = UInt32(bits & 0x3FF)
        switch (exponent, fraction) {
        case (0, 0):
            return Float(bitPattern: sign)
        case (0, _):
            // Subnormal: fraction · 2^−24, normalised by hand.
            let shift = UInt32(fraction.leadingZeroBitCount) - 21
            let normal = (fraction << shift) & 0x3FF
            return Float(bitPattern: sign | (113 - shift) << 23 | normal << 13)
        case (31, 0):
            return Float(bitPattern: sign | 0x7F80_0000)
        case (31, _):
            return Float(bitPattern: sign | 0x7FC0_0000 | fraction << 13)
        default:
            return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }

    /// fp32 → fp16, to nearest, ties to even. |x| ≥ 65520 becomes an infinity; a NaN becomes the quiet NaN 0x7E00 with
    /// its sign.
    public static func half(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
        let magnitude = bits & 0x7FFF_FFFF
        if magnitude > 0x7F80_0000 { return sign | 0x7E00 }
        if magnitude >= 0x477F_F000 { return sign | 0x7C00 }  // 65520 and above
        if magnitude >= 0x3880_0000 {  // 2^−14: normal in fp16
            let rebased = magnitude - (112 << 23)
            return sign | UInt16(truncatingIfNeeded: roundShift(rebased, by: 13))
        }
        let exponent = magnitude >> 23
        if exponent < 102 { return sign }  // below 2^−25: rounds to zero
        let significand = (magnitude & 0x7F_FFFF) | 0x80_0000
        return sign | UInt16(truncatingIfNeeded: roundShift(significand, by: 126 - exponent))
    }

    /// bf16 → fp32: the bits are the upper half.
    public static func float(bfloat16 bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

    /// fp32 → bf16, to nearest, ties to even; a NaN keeps its upper bits and becomes quiet.
    public static func bfloat16(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if bits & 0x7FFF_FFFF > 0x7F80_0000 { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
        return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
    }

    /// The HIFI family's E4M3 → fp32 (NUM-09).
    public static func float(e4m3 code: UInt8) -> Float {
        guard code != 0 else { return 0 }
        let sign = UInt32(code & 0x80) << 24
        let exponent = UInt32(code >> 3) & 0xF
        return Float(bitPattern: sign | (exponent + 120) << 23 | UInt32(code & 7) << 20)
    }

    /// 2^(e − 128) (NUM-08).
    public static func float(e8m0half code: UInt8) -> Float {
        code < 2 ? Float(bitPattern: 0x0020_0000 << UInt32(code)) : Float(bitPattern: UInt32(code - 1) << 23)
    }

    /// `value >> shift`, to nearest, ties to even. `shift` is 1…31.
    private static func roundShift(_ value: UInt32, by shift: UInt32) -> UInt32 {
        let kept = value >> shift
        let rest = value & (1 << shift - 1)
        let half: UInt32 = 1 << (shift - 1)
        return rest > half || (rest == half && kept & 1 == 1) ? kept + 1 : kept
    }
}
