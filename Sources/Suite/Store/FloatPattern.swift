/// fp32 values as the vector files write them: bit patterns in hexadecimal, separated by spaces, `3f800000*16` for sixteen
/// equal ones in a row, `nan` for any NaN.
///
/// In memory the class "any NaN" is the bit pattern 0x7FC00000. A text keeps no other NaN where results are meant; inputs may
/// name a NaN by its bits.
public enum FloatPattern {
    /// Stands for any NaN.
    public static let anyNaN: UInt32 = 0x7FC0_0000

    /// True for the bit pattern of a NaN.
    public static func isNaN(_ bits: UInt32) -> Bool { bits & 0x7FFF_FFFF > 0x7F80_0000 }

    /// All NaNs become the class.
    public static func classified(_ bits: UInt32) -> UInt32 { isNaN(bits) ? anyNaN : bits }

    /// The text of these bit patterns.
    public static func text(_ values: [UInt32]) -> String {
        var text = ""
        var index = 0
        while index < values.count {
            var end = index + 1
            while end < values.count, values[end] == values[index] { end += 1 }
            if !text.isEmpty { text += " " }
            text += values[index] == anyNaN ? "nan" : Hex.text(values[index])
            if end - index > 1 { text += "*\(end - index)" }
            index = end
        }
        return text
    }

    /// The bit patterns of a text; nil if it is malformed or has more than `limit` values.
    public static func parse(_ text: String, limit: Int = 1 << 20) -> [UInt32]? {
        var values: [UInt32] = []
        guard !text.isEmpty else { return values }
        var text = text
        return text.withUTF8 { bytes in
            var start = 0
            while start <= bytes.count {
                let end = bytes[start...].firstIndex(of: UInt8(ascii: " ")) ?? bytes.count
                guard let (bits, count) = token(bytes[start..<end]), count <= limit - values.count else { return nil }
                if count == 1 { values.append(bits) } else { values += repeatElement(bits, count: count) }
                start = end + 1
            }
            return values
        }
    }

    /// A pattern, and how often it stands in a row: `nan`, `3f800000`, `3f800000*16`.
    private static func token(_ token: Slice<UnsafeBufferPointer<UInt8>>) -> (bits: UInt32, count: Int)? {
        let star = token.firstIndex(of: UInt8(ascii: "*")) ?? token.endIndex
        guard let bits = bits(token[..<star]) else { return nil }
        guard star < token.endIndex else { return (bits, 1) }
        let digits = token[(star + 1)...]
        guard let count = Int(String(decoding: digits, as: UTF8.self)), count > 1 else { return nil }
        return (bits, count)
    }

    private static func bits(_ token: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
        if token.elementsEqual("nan".utf8) { return anyNaN }
        guard token.count == 8 else { return nil }
        var bits: UInt32 = 0
        for character in token {
            guard let digit = Hex.digit(character) else { return nil }
            bits = bits << 4 | UInt32(digit)
        }
        return bits
    }
}
