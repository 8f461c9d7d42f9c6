/// Finds clause ids in text: `Q3K-07` alone, and ranges such as `Q3K-01 to Q3K-07`.
///
/// Only ids with a known prefix count, so `UTF-16` or `SHA-25` are not citations.
public struct CitationScanner: Sendable {
    /// Prefixes that are clause prefixes.
    let prefixes: Set<String>

    /// Looks for ids with these prefixes.
    public init(prefixes: Set<String>) { self.prefixes = prefixes }

    /// An id in a text.
    public struct Citation: Sendable, Hashable {
        /// The clause that is cited.
        public let id: ClauseID
        /// Line, from 1.
        public let line: Int
    }

    /// The citations of a text in order, ranges spelt out.
    public func citations(in text: String) -> [Citation] {
        var found: [Citation] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var previous: (id: ClauseID, end: Substring.Index)?
            for (id, range) in ids(in: line) {
                if let previous, previous.id.prefix == id.prefix, previous.id < id, line[previous.end..<range.lowerBound] == " to " {
                    for number in (previous.id.number + 1)..<id.number {
                        found.append(Citation(id: ClauseID(prefix: id.prefix, number: number), line: index + 1))
                    }
                }
                found.append(Citation(id: id, line: index + 1))
                previous = (id, range.upperBound)
            }
        }
        return found
    }

    /// Maximal runs of letters, digits and hyphens that are clause ids.
    private func ids(in line: Substring) -> [(ClauseID, Range<Substring.Index>)] {
        let bytes = line.utf8
        guard bytes.contains(UInt8(ascii: "-")) else { return [] }
        var found: [(ClauseID, Range<Substring.Index>)] = []
        var start: Substring.Index?
        func close(_ end: Substring.Index) {
            if let from = start, let id = ClauseID(line[from..<end]), prefixes.contains(id.prefix) { found.append((id, from..<end)) }
            start = nil
        }
        for index in bytes.indices {
            if Self.isWordByte(bytes[index]) {
                if start == nil { start = index }
            } else {
                close(index)
            }
        }
        close(bytes.endIndex)
        return found
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
