/// Bytes and numbers as lower-case hexadecimal text.
public enum Hex {
    /// Two digits per byte.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            digits.append(character(byte >> 4))
            digits.append(character(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// All digits of a number, most significant first.
    public static func text<Bits: FixedWidthInteger & UnsignedInteger>(_ bits: Bits) -> String {
        let count = Bits.bitWidth / 4
        return String(
            decoding: (0..<count).map { character(UInt8(truncatingIfNeeded: bits >> Bits(4 * (count - 1 - $0))) & 15) }, as: UTF8.self)
    }

    /// The bytes of an even number of digits; nil for anything else.
    public static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digit(digits[index]), let low = digit(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    /// A number of exactly its number of digits; nil for anything else.
    public static func bits<Bits: FixedWidthInteger & UnsignedInteger>(_ text: some StringProtocol, as type: Bits.Type = Bits.self) -> Bits?
    {
        guard text.utf8.count == Bits.bitWidth / 4 else { return nil }
        var bits: Bits = 0
        for character in text.utf8 {
            guard let value = digit(character) else { return nil }
            bits = bits << 4 | Bits(value)
        }
        return bits
    }

    /// The value of a lower- or upper-case digit.
    package static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func character(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value }
}

/// fp32 arrays and their little-endian bytes.
package enum FloatBytes {
    package static func bytes(_ values: some Sequence<UInt32>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 * values.underestimatedCount)
        for value in values {
            for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        return bytes
    }

    /// Nil if the bytes are not whole scalars.
    package static func bits(_ bytes: [UInt8]) -> [UInt32]? {
        guard bytes.count % 4 == 0 else { return nil }
        return bytes.withUnsafeBytes { raw in
            (0..<raw.count / 4).map { UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)) }
        }
    }
}
