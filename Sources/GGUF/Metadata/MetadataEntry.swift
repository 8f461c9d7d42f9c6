import HIFIFiles
import HIFIForeign

/// One key and its value, not yet decoded: the scan only finds out where the value lies.
public struct MetadataEntry: Sendable {
    /// Number of the entry in the file, from 0, counting those with unreadably long keys, which are not kept.
    public let index: Int
    /// The key; bytes that are not UTF-8 are replaced by U+FFFD (`keyBytes` has them as stored).
    public let key: ForeignText
    /// The key's bytes, without its length field.
    public let keyBytes: ByteView
    /// Where the key's bytes lie in the file.
    public let keyRange: Range<Int>
    /// The type of the value.
    public let valueType: MetadataValueType
    /// Where the value lies in the file, after its type id: for a string with its length, for an array with element type and count.
    public let valueRange: Range<Int>
    /// The bytes of `valueRange`.
    public let valueBytes: ByteView
    /// The largest number of array levels that `value` decodes.
    let nestingLimit: Int

    /// Where the value's type id (u32) is stored.
    public var valueTypeOffset: Int { keyRange.upperBound }

    /// The element type, where the value is an array.
    public var elementType: MetadataValueType? {
        guard valueType == .array, let id = valueBytes.load(UInt32.self, at: 0) else { return nil }
        return MetadataValueType(rawValue: id)
    }

    /// The number of elements, where the value is an array. No larger than the value has bytes.
    public var elementCount: Int? {
        guard valueType == .array, let count = valueBytes.load(UInt64.self, at: 4) else { return nil }
        return Int(exactly: count)
    }

    /// The bytes of a string value, without its length; nil for other types.
    public var stringBytes: ByteView? {
        guard valueType == .string else { return nil }
        return valueBytes.slice(8..<valueBytes.count)
    }

    /// What the value is, for messages: `uint32`, `array of 151936 string`.
    public var typeDescription: String {
        guard valueType == .array else { return valueType.description }
        return "array of \(elementCount ?? 0) \(elementType?.description ?? "?")"
    }
}
