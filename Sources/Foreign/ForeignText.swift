/// Text that this program did not write: a key, string or tensor name of a file, a path, the reply of an adapter, a name that a driver or a
/// library gives. It may hold anything, control characters for the reader's terminal included.
///
/// What an interpolation, a message or a page gets is `description`: on one line, printable, of bounded length. The text as it came is
/// `raw`, for look-up, comparison, access to files and values of JSON, which has escapes of its own.
public struct ForeignText: Sendable {
    /// The text as it came; bytes that are not UTF-8 have become U+FFFD.
    public let raw: String
    /// Scalars that `description` shows at most.
    private let limit: Int

    /// Scalars of a name or value that a message shows.
    public static let nameLimit = 160
    /// Scalars of a sentence, or a few, of another program that a message shows.
    public static let sentenceLimit = 1024
    /// Scalars of a path that a message shows: systems take no longer ones, so that paths are shown whole.
    public static let pathLimit = 4096

    /// A name, a value or a message.
    public init(_ raw: String) { (self.raw, limit) = (raw, Self.nameLimit) }
    private init(_ raw: String, limit: Int) { (self.raw, self.limit) = (raw, limit) }
    /// A part of a text.
    public init(_ raw: Substring) { self.init(String(raw)) }
    /// What another program has to say.
    public init(sentence raw: String) { self.init(raw, limit: Self.sentenceLimit) }
    /// The path of a file.
    public init(path: String) { (raw, limit) = (path, Self.pathLimit) }
    /// Text in UTF-8; what is not UTF-8 becomes U+FFFD.
    public init<Bytes: Collection>(decoding bytes: Bytes) where Bytes.Element == UInt8 { self.init(String(decoding: bytes, as: UTF8.self)) }
    /// What a value or an error of a library says of itself.
    public init(describing value: some Any) { self.init(sentence: String(describing: value)) }
}

extension ForeignText: CustomStringConvertible, CustomDebugStringConvertible {
    /// The printable form: escapes for whatever is invisible or steers a terminal, a mark where it is cut.
    public var description: String { Printable.name(raw, limit: limit) }
    /// The printable form.
    public var debugDescription: String { description }
}

extension ForeignText: Hashable, Comparable {
    /// Equal where the text is.
    public static func == (a: ForeignText, b: ForeignText) -> Bool { a.raw == b.raw }
    /// The order of the text.
    public static func < (a: ForeignText, b: ForeignText) -> Bool { a.raw < b.raw }
    /// Feeds the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(raw) }

    /// Whether the text is this one.
    public static func == (a: ForeignText, b: String) -> Bool { a.raw == b }
    /// Whether the text is another one.
    public static func != (a: ForeignText, b: String) -> Bool { a.raw != b }
    /// Whether the text is this one.
    public static func == (a: String, b: ForeignText) -> Bool { a == b.raw }
    /// Whether the text matches, as a pattern of `switch`.
    public static func ~= (pattern: String, text: ForeignText) -> Bool { pattern == text.raw }
}

extension ForeignText: ExpressibleByStringLiteral {
    /// A text of our own in the place of a foreign one.
    public init(stringLiteral value: String) { self.init(value) }
}

extension ForeignText: Codable {
    /// A string.
    public init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(String.self)) }
    /// The text as it came, as a string; the renderer of JSON escapes what needs it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(raw)
    }
}

extension ForeignText {
    /// The text with something of our own after it: the key of an architecture, `ARCH.block_count`.
    public func adding(_ suffix: String) -> ForeignText { ForeignText(raw + suffix, limit: limit) }
    /// Whether there is no text.
    public var isEmpty: Bool { raw.isEmpty }
    /// The bytes of the text.
    public var utf8: String.UTF8View { raw.utf8 }
    /// Whether the text begins so.
    public func hasPrefix(_ prefix: String) -> Bool { raw.hasPrefix(prefix) }
    /// Whether the text ends so.
    public func hasSuffix(_ suffix: String) -> Bool { raw.hasSuffix(suffix) }
    /// Whether this character is in the text.
    public func contains(_ character: Character) -> Bool { raw.contains(character) }
    /// The path's last part.
    public var lastPathComponent: ForeignText {
        let parts = raw.split(separator: "/")
        return ForeignText(path: parts.last.map(String.init) ?? raw)
    }
}

extension Sequence where Element == ForeignText {
    /// The printable forms, joined.
    public func joined(separator: String = "") -> String { map(\.description).joined(separator: separator) }
}

extension Optional where Wrapped == ForeignText {
    /// Whether there is a text and it is this one.
    public static func == (a: ForeignText?, b: String) -> Bool { a?.raw == b }
    /// Whether there is no text or another one.
    public static func != (a: ForeignText?, b: String) -> Bool { a?.raw != b }
}
