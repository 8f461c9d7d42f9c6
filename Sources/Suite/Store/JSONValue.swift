/// A JSON document in memory. Numbers are whole numbers only: vectors hold every other number as a bit pattern.
public indirect enum JSONValue: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A whole number in the range of Int64.
    case number(Int)
    /// A string.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Members in the order of the document. Names are unique.
    case object([Member])

    /// A name and its value.
    public struct Member: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value.
        public let value: JSONValue

        /// Creates a member.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The member of an object with this name.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    /// True or false.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The value of a number.
    public var number: Int? { if case .number(let value) = self { value } else { nil } }
    /// The elements of a list.
    public var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    /// The members of an object.
    public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    /// The elements of a list of strings; nil if anything else is in it.
    public var strings: [String]? {
        guard let values = array else { return nil }
        let texts = values.compactMap(\.string)
        return texts.count == values.count ? texts : nil
    }
}

extension JSONValue {
    /// The document on one line, without spaces but for one after each comma and colon.
    public var line: String {
        var text: [UInt8] = []
        append(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    package func append(to text: inout [UInt8]) {
        switch self {
        case .null: text += "null".utf8
        case .bool(let value): text += (value ? "true" : "false").utf8
        case .number(let value): text += String(value).utf8
        case .string(let value): Self.append(value, to: &text)
        case .array(let values):
            text.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { text += ", ".utf8 }
                value.append(to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { text += ", ".utf8 }
                Self.append(member.name, to: &text)
                text += ": ".utf8
                member.value.append(to: &text)
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    private static func append(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): text += "\\n".utf8
            case UInt8(ascii: "\t"): text += "\\t".utf8
            case UInt8(ascii: "\r"): text += "\\r".utf8
            case 0..<0x20:
                text += "\\u00".utf8
                text += Hex.text([byte]).utf8
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
