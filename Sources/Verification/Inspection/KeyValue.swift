import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// A metadata value with everything that the file holds of it, for machines.
///
/// As JSON, booleans are booleans and numbers numbers, but what readers of JSON cannot hold exactly is a string: integers beyond 2^53 in
/// decimal digits, `"inf"`, `"-inf"` and `"nan"`. A float32 is the shortest decimal number that is no other float32. Text is a string, or
/// where it is not UTF-8 an object `{"bytes": …}` with the bytes in hexadecimal digits. An array is an object with its element type
/// (`"type"`), its `"length"`, whether elements are left out (`"truncated"`) and the `"elements"` that are not.
public enum KeyValue: Sendable, Hashable {
    case bool(Bool)
    /// A whole number whose magnitude is at most 2^53.
    case integer(Int64)
    case float(Float)
    case double(Double)
    case text(ForeignText)
    /// A whole number in digits that is too large to be a number in JSON.
    case digits(String)
    /// Text that is not UTF-8.
    case bytes([UInt8])
    case array(type: String, length: Int, elements: [KeyValue])
    /// An array beyond the depth that is followed, or a value that cannot be read.
    case unread

    /// Elements given of an array, by default.
    public static let defaultArrayLimit = 1000
    /// Whole numbers up to this are exact in every reader of JSON.
    private static let largestNumber = 1 << 53
    /// Arrays in arrays are followed this deep.
    fileprivate static let depthLimit = 8

    /// - Parameter arrayLimit: elements given of each array; nil for all.
    init(_ entry: MetadataEntry, arrayLimit: Int?) {
        var reader = Reader(bytes: entry.valueBytes, limit: arrayLimit ?? .max)
        self = reader.value(entry.valueType, depth: 0) ?? .unread
    }

    static func whole<T: FixedWidthInteger>(_ value: T) -> KeyValue {
        value.magnitude <= T.Magnitude(clamping: largestNumber) ? .integer(Int64(value)) : .digits("\(value)")
    }

    /// The bytes of a text that is not UTF-8 in hexadecimal digits; nil for one that is.
    static func invalid(_ bytes: ByteView) -> String? {
        if case .bytes(let bytes) = text(bytes) { hex(bytes) } else { nil }
    }

    static func text(_ bytes: ByteView) -> KeyValue {
        let bytes = bytes.withUnsafeBytes { Array($0) }
        return String(validating: bytes, as: UTF8.self).map { .text(ForeignText($0)) } ?? .bytes(bytes)
    }

    /// Decodes a value in stored form; of elements that are left out nothing is made, since an array may be as large as the file.
    private struct Reader {
        let bytes: ByteView
        let limit: Int
        var offset = 0

        init(bytes: ByteView, limit: Int) { (self.bytes, self.limit) = (bytes, limit) }

        mutating func value(_ type: MetadataValueType, depth: Int) -> KeyValue? {
            switch type {
            case .uint8: next(UInt8.self).map(KeyValue.whole)
            case .int8: next(Int8.self).map(KeyValue.whole)
            case .uint16: next(UInt16.self).map(KeyValue.whole)
            case .int16: next(Int16.self).map(KeyValue.whole)
            case .uint32: next(UInt32.self).map(KeyValue.whole)
            case .int32: next(Int32.self).map(KeyValue.whole)
            case .uint64: next(UInt64.self).map(KeyValue.whole)
            case .int64: next(Int64.self).map(KeyValue.whole)
            case .float32: next(UInt32.self).map { .float(Float(bitPattern: $0)) }
            case .float64: next(UInt64.self).map { .double(Double(bitPattern: $0)) }
            case .bool: next(UInt8.self).map { .bool($0 != 0) }
            case .string: string().map(KeyValue.text)
            case .array: array(depth: depth)
            }
        }

        private mutating func next<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) -> T? {
            defer { offset += MemoryLayout<T>.size }
            return bytes.load(type, at: offset)
        }

        private mutating func string() -> ByteView? {
            guard let length = next(UInt64.self), let count = Int(exactly: length), count <= bytes.count - offset else { return nil }
            defer { offset += count }
            return bytes.slice(offset..<offset + count)
        }

        private mutating func array(depth: Int) -> KeyValue? {
            guard depth < KeyValue.depthLimit, let id = next(UInt32.self), let type = MetadataValueType(rawValue: id),
                let stated = next(UInt64.self), let length = Int(exactly: stated)
            else { return nil }
            var elements: [KeyValue] = []
            for index in 0..<length {
                if index >= limit, let width = type.fixedWidth {
                    offset += (length - index) * width
                    break
                }
                guard let element = value(type, depth: depth + 1) else { return nil }
                if index < limit { elements.append(element) }
            }
            return .array(type: "\(type)", length: length, elements: elements)
        }
    }
}

extension KeyValue: Encodable {
    private enum Names: CodingKey { case bytes, type, length, truncated, elements }

    /// Writes the JSON form; see ``KeyValue``.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .bool(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .integer(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .float(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .double(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .text(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .digits(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .unread:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bytes(let bytes):
            var container = encoder.container(keyedBy: Names.self)
            try container.encode(Self.hex(bytes), forKey: .bytes)
        case .array(let type, let length, let elements):
            var container = encoder.container(keyedBy: Names.self)
            try container.encode(type, forKey: .type)
            try container.encode(length, forKey: .length)
            try container.encode(elements.count < length, forKey: .truncated)
            try container.encode(elements, forKey: .elements)
        }
    }

    fileprivate static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
