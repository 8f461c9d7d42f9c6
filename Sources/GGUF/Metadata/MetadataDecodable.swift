import HIFIForeign

/// A Swift type that one type of metadata value is decoded to, without conversion.
public protocol MetadataDecodable {
    /// The stored type, for messages: `uint32`, `array of string`.
    static var metadataType: String { get }
    /// The value of `entry`, or nil where it is stored as another type.
    static func decode(_ entry: MetadataEntry) -> Self?
}

/// A type that may be the element of a metadata array.
public protocol MetadataElement: MetadataDecodable {
    /// The type under which elements are stored.
    static var elementType: MetadataValueType { get }
    /// All elements of an array of this type; nil for other values.
    static func decodeElements(of entry: MetadataEntry) -> [Self]?
}

extension MetadataElement {
    /// The name of the stored type.
    public static var metadataType: String { elementType.description }
}

/// A value of fixed width, stored as the bits of an integer.
public protocol FixedWidthMetadataElement: MetadataElement {
    /// The integer of the same width.
    associatedtype Bits: FixedWidthInteger & BitwiseCopyable
    /// The value of stored bits.
    init(metadataBits: Bits)
}

extension FixedWidthMetadataElement {
    /// The value of an entry of this type.
    public static func decode(_ entry: MetadataEntry) -> Self? {
        guard entry.valueType == elementType, let bits = entry.valueBytes.load(Bits.self, at: 0) else { return nil }
        return Self(metadataBits: bits)
    }

    /// The elements of an array of this type.
    public static func decodeElements(of entry: MetadataEntry) -> [Self]? {
        guard entry.elementType == elementType, let count = entry.elementCount,
            let bytes = entry.valueBytes.slice(12..<max(12, entry.valueBytes.count)), bytes.count == count * MemoryLayout<Bits>.size
        else { return nil }
        return bytes.withUnsafeBytes { raw in
            (0..<count).map {
                Self(metadataBits: Bits(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Bits>.size, as: Bits.self)))
            }
        }
    }
}

extension FixedWidthMetadataElement where Self: FixedWidthInteger & BitwiseCopyable, Bits == Self {
    /// The integer itself.
    public init(metadataBits: Self) { self = metadataBits }
}

extension UInt8: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = UInt8
    /// `uint8`.
    public static var elementType: MetadataValueType { .uint8 }
}
extension Int8: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = Int8
    /// `int8`.
    public static var elementType: MetadataValueType { .int8 }
}
extension UInt16: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = UInt16
    /// `uint16`.
    public static var elementType: MetadataValueType { .uint16 }
}
extension Int16: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = Int16
    /// `int16`.
    public static var elementType: MetadataValueType { .int16 }
}
extension UInt32: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = UInt32
    /// `uint32`.
    public static var elementType: MetadataValueType { .uint32 }
}
extension Int32: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = Int32
    /// `int32`.
    public static var elementType: MetadataValueType { .int32 }
}
extension UInt64: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = UInt64
    /// `uint64`.
    public static var elementType: MetadataValueType { .uint64 }
}
extension Int64: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = Int64
    /// `int64`.
    public static var elementType: MetadataValueType { .int64 }
}
extension Float: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = UInt32
    /// `float32`.
    public static var elementType: MetadataValueType { .float32 }
    /// The number with these bits; NaN payloads stay.
    public init(metadataBits: UInt32) { self.init(bitPattern: metadataBits) }
}
extension Double: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = UInt64
    /// `float64`.
    public static var elementType: MetadataValueType { .float64 }
    /// The number with these bits; NaN payloads stay.
    public init(metadataBits: UInt64) { self.init(bitPattern: metadataBits) }
}
extension Bool: FixedWidthMetadataElement {
    /// The stored bits.
    public typealias Bits = UInt8
    /// `bool`.
    public static var elementType: MetadataValueType { .bool }
    /// True for every byte but 0.
    public init(metadataBits: UInt8) { self = metadataBits != 0 }
}

extension ForeignText: MetadataElement {
    /// `string`.
    public static var elementType: MetadataValueType { .string }
    /// The text of a string entry, repaired where it is not UTF-8.
    public static func decode(_ entry: MetadataEntry) -> ForeignText? {
        entry.stringBytes.map { ForeignText(decoding: $0) }
    }
    /// The texts of an array of strings.
    public static func decodeElements(of entry: MetadataEntry) -> [ForeignText]? {
        entry.stringElements.map { elements in elements.map { ForeignText(decoding: $0) } }
    }
}

extension Array: MetadataDecodable where Element: MetadataElement {
    /// `array of` the element type.
    public static var metadataType: String { "array of \(Element.elementType)" }
    /// The elements of an array of this element type.
    public static func decode(_ entry: MetadataEntry) -> [Element]? { Element.decodeElements(of: entry) }
}
