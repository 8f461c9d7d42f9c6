import Suite

/// Bytes in a message of the adapter protocol.
enum ExecPayload {
    case bytes([UInt8])
    /// In the bulk file.
    case bulk(offset: Int, count: Int)

    /// The largest payload that is sent inside the message.
    static let inlineLimit = 4096

    /// As a message has it: a string of hexadecimal digits, `{"base64": …}` or `{"offset": …, "bytes": …}`.
    var json: JSONValue {
        switch self {
        case .bytes(let bytes): .string(Hex.text(bytes))
        case .bulk(let offset, let count): .object([.init("offset", .number(offset)), .init("bytes", .number(count))])
        }
    }

    /// Reads the form that a message has; nil for anything else.
    init?(_ json: JSONValue) {
        switch json {
        case .string(let digits):
            guard let bytes = Hex.bytes(digits) else { return nil }
            self = .bytes(bytes)
        case .object:
            if let offset = json["offset"]?.number, let count = json["bytes"]?.number, offset >= 0, count >= 0 {
                self = .bulk(offset: offset, count: count)
            } else if let text = json["base64"]?.string, let bytes = Base64.bytes(text) {
                self = .bytes(bytes)
            } else {
                return nil
            }
        default: return nil
        }
    }
}

/// Base64 with the usual alphabet (RFC 4648 §4), padded.
enum Base64 {
    /// Nil where the text has other characters, a wrong length or bits left over.
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 4 == 0 else { return nil }
        let padding = digits.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3)
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for digit in digits.dropLast(padding) {
            guard let value = value(digit) else { return nil }
            buffer = buffer << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
                buffer &= 1 << bits - 1
            }
        }
        return buffer == 0 ? bytes : nil
    }

    private static func value(_ digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
