/// Whether bytes are the UTF-8 that tokenizers take.
public enum TextEncoding {
    /// A text in an encoding that no tokenizer takes for what it is.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// The encoding, as far as it shows.
        public let encoding: String
        /// The bytes that show it.
        public let evidence: String
        /// One line that says what is wrong with the text.
        public var description: String {
            "the text is \(encoding) (\(evidence)), not UTF-8: its tokens would be those of other characters; convert it, as with "
                + "iconv -f \(encoding) -t UTF-8"
        }
    }

    /// Looks at a text before it is made into tokens.
    ///
    /// - Returns: what is odd about it, to be said beside any result: a byte order mark, bytes that are not UTF-8.
    /// - Throws: ``Problem`` for UTF-16 and UTF-32, by their byte order marks or by the zeros that ASCII has in them.
    public static func check(_ bytes: [UInt8]) throws(Problem) -> [String] {
        for (mark, name) in [
            ([0xFF, 0xFE, 0x00, 0x00], "UTF-32LE"), ([0x00, 0x00, 0xFE, 0xFF], "UTF-32BE"), ([0xFF, 0xFE], "UTF-16LE"),
            ([0xFE, 0xFF], "UTF-16BE"),
        ] as [([UInt8], String)] where bytes.starts(with: mark) {
            throw Problem(encoding: name, evidence: "byte order mark " + mark.map { hex($0) }.joined(separator: " ") + " at byte 0")
        }
        if let problem = zeros(bytes.prefix(4096)) { throw problem }
        var notes: [String] = []
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            notes.append("the text begins with a byte order mark (EF BB BF at byte 0), which is tokenized like any other character")
        }
        if let (first, count) = invalid(bytes) {
            notes.append(
                "the text is not UTF-8: byte \(first) is \(hex(bytes[first])), and "
                    + "\(count == 1 ? "it becomes" : "\(count) bytes in all become") U+FFFD")
        }
        return notes
    }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }

    /// ASCII in UTF-16 has a zero in every other place, and no others.
    private static func zeros(_ bytes: ArraySlice<UInt8>) -> Problem? {
        var counts = [0, 0]
        for (index, byte) in bytes.enumerated() where byte == 0 { counts[index % 2] += 1 }
        for place in 0...1 where counts[place] * 5 > bytes.count && counts[1 - place] * 20 < counts[place] {
            return Problem(
                encoding: place == 1 ? "UTF-16LE" : "UTF-16BE",
                evidence: "\(counts[place]) of the first \(bytes.count) bytes are zeros at \(place == 1 ? "odd" : "even") places")
        }
        return nil
    }

    /// The first byte that belongs to no well-formed sequence, and how many there are; nil for UTF-8.
    private static func invalid(_ bytes: [UInt8]) -> (first: Int, count: Int)? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var (first, count, place) = (Int?.none, 0, 0)
        while place < bytes.count {
            if let length = CodePoints.wellFormedLength(bytes, at: place) {
                place += length
                continue
            }
            first = first ?? place
            (count, place) = (count + 1, place + 1)
        }
        return first.map { ($0, count) }
    }
}
