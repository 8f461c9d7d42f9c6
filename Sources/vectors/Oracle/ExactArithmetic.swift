/// fp32 arithmetic by way of fp64, independent of the reference implementation.
///
/// Each result equals that of one fp32 operation rounded to nearest, ties to even:
/// - a product of two fp32 numbers has at most 48 significant bits and an exponent far inside fp64's range, so fp64 holds it
///   exactly and the conversion rounds once;
/// - a sum, a difference or a quotient of two fp32 numbers is rounded twice, which is harmless because fp64 has at least
///   2·24 + 2 significant bits (Figueroa's theorem); sums in the subnormal range of fp32 are exact, and the quotients formed
///   here (a byte by 127) are normal.
///
/// NaNs come back as the class.
enum ExactArithmetic {
    static func multiply(_ a: Float, _ b: Float) -> Float { Float(Double(a) * Double(b)) }
    static func add(_ a: Float, _ b: Float) -> Float { Float(Double(a) + Double(b)) }
    static func subtract(_ a: Float, _ b: Float) -> Float { Float(Double(a) - Double(b)) }
    static func divide(_ a: Float, _ b: Float) -> Float { Float(Double(a) / Double(b)) }

    /// fp16 by its definition: sign, five exponent bits, ten fraction bits.
    static func half(_ bits: Int) -> Float {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let exponent = bits >> 10 & 31
        let fraction = Double(bits & 0x3FF)
        if exponent == 31 { return fraction == 0 ? Float(sign) * .infinity : .nan }
        let value = exponent == 0 ? fraction * power(-24) : (1024 + fraction) * power(exponent - 25)
        return Float(sign * value)
    }

    /// The HIFI family's E4M3 by its sentence (NUM-09).
    static func e4m3(_ code: Int) -> Float {
        guard code != 0 else { return 0 }
        let sign: Double = code & 0x80 == 0 ? 1 : -1
        return Float(sign * (1 + Double(code & 7) / 8) * power((code >> 3 & 15) - 7))
    }

    /// 2 to the power of a whole number in fp64's normal range.
    static func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }
}
