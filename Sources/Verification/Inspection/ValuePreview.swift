import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// A metadata value as one line: scalars and strings whole, arrays by their first elements, however long they are.
enum ValuePreview {
    private static let elements = 6
    private static let stringBytes = 4096

    static func text(of entry: MetadataEntry) -> String {
        switch entry.valueType {
        case .string: return quoted(entry.stringBytes)
        case .array: return array(entry)
        default: return entry.value().map(scalar) ?? "?"
        }
    }

    private static func array(_ entry: MetadataEntry) -> String {
        guard let count = entry.elementCount, let type = entry.elementType else { return "[?]" }
        var parts: [String] = []
        if let strings = entry.stringElements {
            parts = strings.prefix(elements).map { quoted($0) }
        } else if let width = type.fixedWidth {
            // The first elements alone: an array may be as large as the file.
            parts = (0..<min(count, elements)).map { element(type, entry.valueBytes, at: 12 + $0 * width) }
        } else {
            return "[\(count) arrays]"
        }
        return "[" + parts.joined(separator: ", ") + (count > elements ? ", … \(count) in all]" : "]")
    }

    private static func element(_ type: MetadataValueType, _ bytes: ByteView, at offset: Int) -> String {
        switch type {
        case .uint8: load(UInt8.self, bytes, offset)
        case .int8: load(Int8.self, bytes, offset)
        case .uint16: load(UInt16.self, bytes, offset)
        case .int16: load(Int16.self, bytes, offset)
        case .uint32: load(UInt32.self, bytes, offset)
        case .int32: load(Int32.self, bytes, offset)
        case .uint64: load(UInt64.self, bytes, offset)
        case .int64: load(Int64.self, bytes, offset)
        case .float32: bytes.load(UInt32.self, at: offset).map { "\(Float(bitPattern: $0))" } ?? "?"
        case .float64: bytes.load(UInt64.self, at: offset).map { "\(Double(bitPattern: $0))" } ?? "?"
        case .bool: bytes.load(UInt8.self, at: offset).map { $0 == 0 ? "false" : "true" } ?? "?"
        case .string, .array: "?"
        }
    }

    private static func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, _ bytes: ByteView, _ offset: Int) -> String {
        bytes.load(type, at: offset).map { "\($0)" } ?? "?"
    }

    private static func scalar(_ value: MetadataValue) -> String {
        switch value {
        case .uint8(let value): "\(value)"
        case .int8(let value): "\(value)"
        case .uint16(let value): "\(value)"
        case .int16(let value): "\(value)"
        case .uint32(let value): "\(value)"
        case .int32(let value): "\(value)"
        case .uint64(let value): "\(value)"
        case .int64(let value): "\(value)"
        case .float32(let value): "\(value)"
        case .float64(let value): "\(value)"
        case .bool(let value): "\(value)"
        case .string, .array, .stored: "?"
        }
    }

    /// In quotes, escaped what cannot be seen or steers a terminal, cut where it is very long.
    private static func quoted(_ bytes: ByteView?) -> String {
        guard let bytes else { return "?" }
        let text = String(decoding: bytes.slice(0..<min(bytes.count, stringBytes)) ?? bytes, as: UTF8.self)
        return Printable.lines(text.debugDescription) + (bytes.count > stringBytes ? "… \(bytes.count) bytes in all" : "")
    }
}
