/// Code points of a text that may be damaged, as llama.cpp's tool reads it.
enum CodePoints {
    /// Stands for a byte that begins no sequence.
    static let replacement: UInt32 = 0xFFFD

    /// Decodes UTF-8 by the shape of sequences alone, as llama.cpp does: overlong forms give the code point they spell and
    /// surrogates stay, and each byte that begins no sequence of the right shape becomes U+FFFD, one for one. Beyond U+10FFFF, where the
    /// original gives up on the whole text, every byte becomes U+FFFD too.
    static func decode(_ bytes: some RandomAccessCollection<UInt8>) -> [UInt32] {
        var points: [UInt32] = []
        points.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let first = rest.first {
            let (point, length) = sequence(first, rest)
            points.append(point)
            rest = rest.dropFirst(length)
        }
        return points
    }

    private static func sequence<Bytes: RandomAccessCollection<UInt8>>(_ first: UInt8, _ bytes: Bytes) -> (point: UInt32, length: Int) {
        if first < 0x80 { return (UInt32(first), 1) }
        let length = first & 0xE0 == 0xC0 ? 2 : first & 0xF0 == 0xE0 ? 3 : first & 0xF8 == 0xF0 ? 4 : 0
        guard length > 0, bytes.count >= length else { return (replacement, 1) }
        var point = UInt32(first) & (0x7F >> UInt32(length))
        for byte in bytes.dropFirst().prefix(length - 1) {
            guard byte & 0xC0 == 0x80 else { return (replacement, 1) }
            point = point << 6 | UInt32(byte & 0x3F)
        }
        return point <= 0x10FFFF ? (point, length) : (replacement, 1)
    }

    /// The length of the sequence of the right shape that bytes begin with; nil where they begin none.
    static func length(_ bytes: some RandomAccessCollection<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        let (point, length) = sequence(first, bytes)
        return point == replacement && length == 1 ? nil : length
    }

    /// The length of the well-formed UTF-8 sequence at a place; nil where there is none.
    static func wellFormedLength(_ bytes: [UInt8], at place: Int) -> Int? {
        let first = bytes[place]
        if first < 0x80 { return 1 }
        let length = first >= 0xC2 && first < 0xE0 ? 2 : first & 0xF0 == 0xE0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0
        guard length > 0, bytes.count - place >= length else { return nil }
        guard bytes[place + 1..<place + length].allSatisfy({ $0 & 0xC0 == 0x80 }) else { return nil }
        switch (first, bytes[place + 1]) {
        case (0xE0, ..<0xA0), (0xED, 0xA0...), (0xF0, ..<0x90), (0xF4, 0x90...): return nil
        default: return length
        }
    }

    /// Appends the shortest UTF-8 form; surrogates take three bytes.
    static func append(_ point: UInt32, to bytes: inout [UInt8]) {
        switch point {
        case ..<0x80:
            bytes.append(UInt8(point))
        case ..<0x800:
            bytes.append(UInt8(0xC0 | point >> 6))
            bytes.append(UInt8(0x80 | point & 0x3F))
        case ..<0x10000:
            bytes.append(UInt8(0xE0 | point >> 12))
            bytes.append(UInt8(0x80 | point >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | point & 0x3F))
        default:
            bytes.append(UInt8(0xF0 | point >> 18 & 7))
            bytes.append(UInt8(0x80 | point >> 12 & 0x3F))
            bytes.append(UInt8(0x80 | point >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | point & 0x3F))
        }
    }
}
