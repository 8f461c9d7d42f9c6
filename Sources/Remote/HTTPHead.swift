/// The head of a server's answer: status and header fields.
package struct HTTPHead: Hashable, Sendable {
    package let status: Int
    /// By their names in lower case; of several the last.
    package let fields: [String: String]

    /// - Parameter lines: as received, without the ends of lines.
    package init?(_ lines: [String]) {
        let words = lines.first?.split(separator: " ") ?? []
        guard let protocolName = words.first, protocolName.hasPrefix("HTTP/"), words.count > 1, let status = Int(words[1]) else {
            return nil
        }
        self.status = status
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            fields[line[..<colon].lowercased()] = String(value)
        }
        self.fields = fields
    }

    /// Another answer follows: it leads elsewhere, or is an interim one.
    package var isFollowed: Bool { (100..<200).contains(status) || (300..<400).contains(status) && fields["location"] != nil }

    /// The bytes that a part of a file holds, and the size of the whole, by `Content-Range`; nil where it does not say both.
    package var contentRange: (bytes: Range<Int>?, total: Int)? {
        guard let text = fields["content-range"], let match = text.wholeMatch(of: #/bytes (?:(\d{1,18})-(\d{1,18})|\*)\/(\d{1,18})/#),
            let total = Int(match.output.3)
        else { return nil }
        guard let first = match.output.1.flatMap({ Int($0) }), let last = match.output.2.flatMap({ Int($0) }) else { return (nil, total) }
        guard first <= last, last < total else { return nil }
        return (first..<last + 1, total)
    }
}

/// Takes an answer apart as it comes in: heads of answers that are followed by others, the last head, the body.
package struct HTTPAnswer {
    private var line: [UInt8] = []
    private var lines: [String] = []
    private var headBytes = 0
    /// Nil until it is complete.
    package private(set) var head: HTTPHead?

    package init() {}

    /// Bytes of all heads; longer ones are refused.
    private static let headLimit = 1 << 18

    package enum Outcome {
        /// Bytes of the body, which may be none.
        case body(ArraySlice<UInt8>)
        /// This is no answer of a server.
        case malformed(String)
    }

    /// Takes the next bytes.
    package mutating func take(_ bytes: ArraySlice<UInt8>) -> Outcome {
        var rest = bytes
        while head == nil, let byte = rest.popFirst() {
            headBytes += 1
            guard headBytes <= Self.headLimit else { return .malformed("more than \(Self.headLimit >> 10) KiB of header fields") }
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if !line.isEmpty {
                lines.append(String(decoding: line, as: UTF8.self))
                line.removeAll(keepingCapacity: true)
                continue
            }
            guard let head = HTTPHead(lines) else { return .malformed("no status line") }
            lines.removeAll()
            if !head.isFollowed { self.head = head }
        }
        return .body(rest)
    }
}
