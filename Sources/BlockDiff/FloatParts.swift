import Suite

/// An fp32 number taken apart for reports.
public struct FloatParts: Sendable, Hashable, Codable {
    /// Shortest decimal text that gives the same number.
    public let value: String
    /// Eight hexadecimal digits.
    public let bits: String
    /// `+` or `-`.
    public let sign: String
    /// Power of two of the leading bit; nil for zero, subnormal, infinite and NaN.
    public let exponent: Int?
    /// The 23 stored bits below the leading one, in hexadecimal.
    public let mantissa: String

    /// Takes a bit pattern apart.
    public init(_ bits: UInt32) {
        let float = Float(bitPattern: bits)
        value = float.isNaN ? "nan" : "\(float)"
        self.bits = Hex.text(bits)
        sign = bits >> 31 == 0 ? "+" : "-"
        exponent = float.isNormal ? Int(bits >> 23 & 0xFF) - 127 : nil
        mantissa = String(Hex.text(bits & 0x7F_FFFF).suffix(6))
    }
}

/// Distances between fp32 bit patterns.
enum FloatDistance {
    static func isNaN(_ bits: UInt32) -> Bool { bits & 0x7FFF_FFFF > 0x7F80_0000 }
    static func isInfinite(_ bits: UInt32) -> Bool { bits & 0x7FFF_FFFF == 0x7F80_0000 }

    /// Steps on the line of all fp32 numbers, both zeros being one point; nil if one is a NaN.
    static func ulps(_ a: UInt32, _ b: UInt32) -> UInt64? {
        guard !isNaN(a), !isNaN(b) else { return nil }
        func place(_ bits: UInt32) -> Int64 { bits >> 31 == 0 ? Int64(bits) : -Int64(bits & 0x7FFF_FFFF) }
        return (place(a) - place(b)).magnitude
    }
}
