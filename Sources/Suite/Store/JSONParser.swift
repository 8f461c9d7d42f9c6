/// Reads JSON (RFC 8259) as the vector files use it: UTF-8, whole numbers, no name twice in one object.
///
/// Depth is limited, so that no file can exhaust the stack; memory grows with the text alone.
public struct JSONParser {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// Nesting beyond this is refused.
    public static let depthLimit = 64

    /// Why a text is not such a document.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        /// Bytes from the start of the text.
        public let offset: Int
        /// What is wrong there.
        public let what: String

        /// What and where.
        public var description: String { "byte \(offset): \(what)" }
    }

    /// Parses one document and nothing after it.
    public static func parse(_ text: [UInt8]) throws(Problem) -> JSONValue {
        let result: Result<JSONValue, Problem> = text.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(text: buffer)
            return Result { () throws(Problem) in try parser.document() }
        }
        return try result.get()
    }

    private mutating func document() throws(Problem) -> JSONValue {
        // Editors put a mark in front of UTF-8.
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value(depth: 0)
        skipSpace()
        guard position == text.count else { throw problem("more text after the end of the document") }
        return value
    }

    private mutating func value(depth: Int) throws(Problem) -> JSONValue {
        guard depth < Self.depthLimit else { throw problem("nested deeper than \(Self.depthLimit)") }
        skipSpace()
        guard position < text.count else { throw problem("the text ends where a value is needed") }
        switch text[position] {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(_ depth: Int) throws(Problem) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([]) }
        while true {
            skipSpace()
            guard position < text.count, text[position] == UInt8(ascii: "\"") else { throw problem("a member name is needed") }
            let name = try string()
            guard names.insert(name).inserted else { throw problem("\"\(name)\" occurs twice in one object") }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw problem("a colon is needed") }
            members.append(.init(name, try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw problem("a comma or } is needed") }
        }
    }

    private mutating func array(_ depth: Int) throws(Problem) -> JSONValue {
        position += 1
        var values: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(values) }
            guard take(UInt8(ascii: ",")) else { throw problem("a comma or ] is needed") }
        }
    }

    private mutating func string() throws(Problem) -> String {
        position += 1
        let start = position
        // Nearly all strings have no escapes: found by their end alone.
        while position < text.count, text[position] != UInt8(ascii: "\""), text[position] != UInt8(ascii: "\\"), text[position] >= 0x20 {
            position += 1
        }
        guard position < text.count else { throw problem("a string does not end") }
        var bytes = Array(text[start..<position])
        while position < text.count {
            let byte = text[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: bytes, as: UTF8.self) else { throw problem("a string is not UTF-8") }
                return string
            case UInt8(ascii: "\\"): try escape(into: &bytes)
            case 0..<0x20: throw problem("a control character in a string")
            default: bytes.append(byte)
            }
        }
        throw problem("a string does not end")
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(Problem) {
        guard position < text.count else { throw problem("a string does not end") }
        let kind = text[position]
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(kind)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "u"):
            var code = try fourDigits()
            if 0xD800..<0xDC00 ~= code {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw problem("half of a surrogate pair") }
                let low = try fourDigits()
                guard 0xDC00..<0xE000 ~= low else { throw problem("half of a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw problem("half of a surrogate pair") }
            bytes += String(Character(scalar)).utf8
        default: throw problem("an unknown escape")
        }
    }

    private mutating func fourDigits() throws(Problem) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard position < text.count, let digit = Hex.digit(text[position]) else { throw problem("four hexadecimal digits are needed") }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }

    private mutating func number() throws(Problem) -> JSONValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        while position < text.count, text[position] >= UInt8(ascii: "0"), text[position] <= UInt8(ascii: "9") { position += 1 }
        let digits = String(decoding: text[start..<position], as: UTF8.self)
        guard let value = Int(digits) else { throw problem("a value is needed") }
        if position < text.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(text[position]) {
            throw problem("only whole numbers are used here")
        }
        return .number(value)
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Problem) -> JSONValue {
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard text.count - position >= expected.count, text[position..<position + expected.count].elementsEqual(expected) else {
            throw problem("a value is needed")
        }
        position += expected.count
        return value
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < text.count, [0x20, 0x0A, 0x0D, 0x09].contains(text[position]) { position += 1 }
    }

    private func problem(_ what: String) -> Problem { Problem(offset: position, what: what) }
}
