/// The visible characters by which byte-level vocabularies spell bytes: a printable byte by itself, the others by U+0100 and on.
enum ByteAlphabet {
    /// The character of each byte.
    static let points: [UInt32] = {
        var next: UInt32 = 0x100
        return (0..<256).map { (byte: UInt32) -> UInt32 in
            if (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte) { return byte }
            defer { next += 1 }
            return next
        }
    }()

    private static let bytes = Dictionary(uniqueKeysWithValues: zip(points, UInt8.min...UInt8.max))

    private static let spellings: [[UInt8]] = points.map { point in
        var bytes: [UInt8] = []
        CodePoints.append(point, to: &bytes)
        return bytes
    }

    /// UTF-8 of a byte's character.
    static func spelling(of byte: UInt8) -> [UInt8] { spellings[Int(byte)] }

    /// The bytes behind a spelling. Characters outside the alphabet, which such a vocabulary should not have, stand for themselves.
    static func bytes(spelledBy text: some RandomAccessCollection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for point in CodePoints.decode(text) {
            if let byte = bytes[point] { result.append(byte) } else { CodePoints.append(point, to: &result) }
        }
        return result
    }
}
