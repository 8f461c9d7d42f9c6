import HIFIForeign

/// A line as the checksum programs write it, of a whole file:
///
/// - `DIGEST  NAME` or `DIGEST *NAME`, of `sha256sum` (64 digits) and `sha1sum` (40);
/// - `\\DIGEST  NAME`, where a line feed, carriage return or backslash in the name is written `\\n`, `\\r`, `\\\\`;
/// - `SHA256 (NAME) = DIGEST`, of BSD programs and of `sha256sum --tag`, with `SHA1`, `XXH64`, `XXH3` or `XXH128` likewise.
struct ChecksumLine {
    let digest: Digest
    let file: ForeignText

    /// Why a line that looks like one is none.
    struct Problem: Error {
        let reason: String
    }

    /// Nil for a line of another kind.
    static func parse(_ line: Substring) -> Result<ChecksumLine, Problem>? { tagged(line) ?? plain(line) }

    private static let tags: [String: Digest.Algorithm] = [
        "SHA256": .sha256, "SHA1": .sha1, "XXH64": .xxh64, "XXH3": .xxh3, "XXH128": .xxh128,
    ]

    private static func plain(_ line: Substring) -> Result<ChecksumLine, Problem>? {
        let isEscaped = line.utf8.first == UInt8(ascii: "\\")
        let text = isEscaped ? line.dropFirst() : line
        let digits = text.utf8.prefix { ASCII.isHexDigit($0) }
        let rest = text.utf8[digits.endIndex...]
        guard digits.count >= 32, rest.first == UInt8(ascii: " ") else { return nil }
        let algorithm: Digest.Algorithm
        switch digits.count {
        case 64: algorithm = .sha256
        case 40: algorithm = .sha1
        default:
            return .failure(
                Problem(reason: "a digest of \(4 * digits.count) bits; of sums without the algorithm's name SHA-256 and SHA-1 are known"))
        }
        let mark = rest.dropFirst().first
        guard mark == UInt8(ascii: " ") || mark == UInt8(ascii: "*") else { return nil }
        return entry(algorithm, Substring(digits), Substring(rest.dropFirst(2)), isEscaped)
    }

    private static func tagged(_ line: Substring) -> Result<ChecksumLine, Problem>? {
        let isEscaped = line.utf8.first == UInt8(ascii: "\\")
        let text = isEscaped ? line.dropFirst() : line
        guard let open = text.firstRange(of: " ("), let close = lastRange(of: ") = ", in: text), open.upperBound <= close.lowerBound else {
            return nil
        }
        let tag = text[..<open.lowerBound]
        guard tag.utf8.allSatisfy({ ASCII.isUpperOrDigit($0) || $0 == UInt8(ascii: "-") }), !tag.isEmpty else { return nil }
        guard let algorithm = tags[String(tag)] else {
            return .failure(Problem(reason: "a \(ForeignText(tag)) digest; known are \(tags.keys.sorted().joined(separator: ", "))"))
        }
        return entry(algorithm, text[close.upperBound...], text[open.upperBound..<close.lowerBound], isEscaped)
    }

    private static func lastRange(of mark: String, in text: Substring) -> Range<Substring.Index>? { text.ranges(of: mark).last }

    private static func entry(
        _ algorithm: Digest.Algorithm, _ digits: Substring, _ name: Substring, _ isEscaped: Bool
    ) -> Result<ChecksumLine, Problem> {
        guard let digest = Digest(algorithm, hex: digits) else {
            return .failure(Problem(reason: "expected \(2 * algorithm.byteCount) hexadecimal digits for \(algorithm.rawValue)"))
        }
        guard let file = isEscaped ? unescaped(name) : String(name), !file.isEmpty else {
            return .failure(Problem(reason: "there is no file name after the digest"))
        }
        return .success(ChecksumLine(digest: digest, file: ForeignText(path: file)))
    }

    private static func unescaped(_ name: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = name.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

private enum ASCII {
    static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }

    static func isUpperOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
    }
}
