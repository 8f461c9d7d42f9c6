import HIFIFiles

/// A decoded metadata value: what a writer is given, and what `MetadataEntry.value()` makes of stored bytes.
public enum MetadataValue: Sendable {
    case uint8(UInt8)
    case int8(Int8)
    case uint16(UInt16)
    case int16(Int16)
    case uint32(UInt32)
    case int32(Int32)
    case uint64(UInt64)
    case int64(Int64)
    case float32(Float)
    case float64(Double)
    case bool(Bool)
    case string(String)
    /// An array of values of one type. All elements must have that type.
    indirect case array(MetadataValueType, [MetadataValue])
    /// A value in stored form, as `MetadataEntry.valueBytes` has it: copied from one file to another without being decoded.
    case stored(MetadataValueType, ByteView)

    /// An array of strings.
    public static func strings(_ values: [String]) -> MetadataValue { .array(.string, values.map { .string($0) }) }
    /// An array of uint32.
    public static func uint32s(_ values: [UInt32]) -> MetadataValue { .array(.uint32, values.map { .uint32($0) }) }
    /// An array of int32.
    public static func int32s(_ values: [Int32]) -> MetadataValue { .array(.int32, values.map { .int32($0) }) }
    /// An array of float32.
    public static func float32s(_ values: [Float]) -> MetadataValue { .array(.float32, values.map { .float32($0) }) }

    /// The type under which the value is stored.
    public var type: MetadataValueType {
        switch self {
        case .uint8: .uint8
        case .int8: .int8
        case .uint16: .uint16
        case .int16: .int16
        case .uint32: .uint32
        case .int32: .int32
        case .uint64: .uint64
        case .int64: .int64
        case .float32: .float32
        case .float64: .float64
        case .bool: .bool
        case .string: .string
        case .array: .array
        case .stored(let type, _): type
        }
    }

    /// Appends the stored form, little-endian: what follows the type id in a file.
    ///
    /// Elements of an array are appended as they are; `GGUFWriter` refuses arrays whose elements have another type than stated.
    public func append(to bytes: inout [UInt8]) {
        switch self {
        case .uint8(let value): bytes.appendLittleEndian(value)
        case .int8(let value): bytes.appendLittleEndian(value)
        case .uint16(let value): bytes.appendLittleEndian(value)
        case .int16(let value): bytes.appendLittleEndian(value)
        case .uint32(let value): bytes.appendLittleEndian(value)
        case .int32(let value): bytes.appendLittleEndian(value)
        case .uint64(let value): bytes.appendLittleEndian(value)
        case .int64(let value): bytes.appendLittleEndian(value)
        case .float32(let value): bytes.appendLittleEndian(value.bitPattern)
        case .float64(let value): bytes.appendLittleEndian(value.bitPattern)
        case .bool(let value): bytes.append(value ? 1 : 0)
        case .string(let value):
            bytes.appendLittleEndian(UInt64(value.utf8.count))
            bytes.append(contentsOf: value.utf8)
        case .array(let type, let elements):
            bytes.appendLittleEndian(type.rawValue)
            bytes.appendLittleEndian(UInt64(elements.count))
            for element in elements { element.append(to: &bytes) }
        case .stored(_, let stored): bytes.append(contentsOf: stored)
        }
    }

    /// Whether every array in this value holds elements of its stated type only.
    var isConsistent: Bool {
        guard case .array(let type, let elements) = self else { return true }
        return elements.allSatisfy { $0.type == type && $0.isConsistent }
    }
}

extension [UInt8] {
    /// Appends the bytes of an integer, least significant first.
    mutating func appendLittleEndian<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
