import HIFIFiles
import HIFIForeign

extension MetadataEntry {
    /// Decodes the value, arrays in full; nil for arrays nested deeper than `ScanLimits.arrayNesting`.
    ///
    /// Bytes of strings that are not UTF-8 become U+FFFD, and any bool that is not 0 is true.
    public func value() -> MetadataValue? {
        var offset = 0
        return Self.decode(valueType, valueBytes, &offset, depth: 0, limit: nestingLimit)
    }

    private static func decode(
        _ type: MetadataValueType, _ bytes: ByteView, _ offset: inout Int, depth: Int, limit: Int
    ) -> MetadataValue? {
        func next<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) -> T? {
            defer { offset += MemoryLayout<T>.size }
            return bytes.load(type, at: offset)
        }
        switch type {
        case .uint8: return next(UInt8.self).map { .uint8($0) }
        case .int8: return next(Int8.self).map { .int8($0) }
        case .uint16: return next(UInt16.self).map { .uint16($0) }
        case .int16: return next(Int16.self).map { .int16($0) }
        case .uint32: return next(UInt32.self).map { .uint32($0) }
        case .int32: return next(Int32.self).map { .int32($0) }
        case .uint64: return next(UInt64.self).map { .uint64($0) }
        case .int64: return next(Int64.self).map { .int64($0) }
        case .float32: return next(UInt32.self).map { .float32(Float(bitPattern: $0)) }
        case .float64: return next(UInt64.self).map { .float64(Double(bitPattern: $0)) }
        case .bool: return next(UInt8.self).map { .bool($0 != 0) }
        case .string:
            guard let length = next(UInt64.self), let count = Int(exactly: length), count <= bytes.count - offset,
                let text = bytes.slice(offset..<offset + count)
            else { return nil }
            offset += count
            return .string(String(decoding: text, as: UTF8.self))
        case .array:
            guard depth < limit, let id = next(UInt32.self), let elementType = MetadataValueType(rawValue: id),
                let length = next(UInt64.self), let count = Int(exactly: length)
            else { return nil }
            var elements: [MetadataValue] = []
            for _ in 0..<count {
                guard let element = decode(elementType, bytes, &offset, depth: depth + 1, limit: limit) else { return nil }
                elements.append(element)
            }
            return .array(elementType, elements)
        }
    }

    /// The value as the given type, or nil where it is stored as another. Integers are not converted; see `integer`.
    public func value<T: MetadataDecodable>(as type: T.Type) -> T? { T.decode(self) }

    /// The value of a uint8 entry, nil for others.
    public var uint8: UInt8? { value(as: UInt8.self) }
    /// The value of an int8 entry, nil for others.
    public var int8: Int8? { value(as: Int8.self) }
    /// The value of a uint16 entry, nil for others.
    public var uint16: UInt16? { value(as: UInt16.self) }
    /// The value of an int16 entry, nil for others.
    public var int16: Int16? { value(as: Int16.self) }
    /// The value of a uint32 entry, nil for others.
    public var uint32: UInt32? { value(as: UInt32.self) }
    /// The value of an int32 entry, nil for others.
    public var int32: Int32? { value(as: Int32.self) }
    /// The value of a uint64 entry, nil for others.
    public var uint64: UInt64? { value(as: UInt64.self) }
    /// The value of an int64 entry, nil for others.
    public var int64: Int64? { value(as: Int64.self) }
    /// The value of a float32 entry, nil for others.
    public var float32: Float? { value(as: Float.self) }
    /// The value of a float64 entry, nil for others.
    public var float64: Double? { value(as: Double.self) }
    /// The value of a bool entry, nil for others. Any byte but 0 is true.
    public var bool: Bool? { value(as: Bool.self) }
    /// The value of a string entry, nil for others. Bytes that are not UTF-8 become U+FFFD.
    public var string: ForeignText? { value(as: ForeignText.self) }

    /// The value of an entry of any integer type that fits an `Int`, nil for others.
    public var integer: Int? {
        switch valueType {
        case .uint8: uint8.map(Int.init)
        case .int8: int8.map(Int.init)
        case .uint16: uint16.map(Int.init)
        case .int16: int16.map(Int.init)
        case .uint32: uint32.map(Int.init)
        case .int32: int32.map(Int.init)
        case .uint64: uint64.flatMap { Int(exactly: $0) }
        case .int64: int64.map(Int.init)
        case .float32, .float64, .bool, .string, .array: nil
        }
    }

    /// The value of an entry of any integer type, or the first one of an array of integers of four or eight bytes; nil for others.
    public var firstInteger: Int? {
        guard let type = elementType else { return integer }
        let start = 12
        guard let count = elementCount, count > 0 else { return nil }
        return switch type {
        case .uint32: valueBytes.load(UInt32.self, at: start).map(Int.init)
        case .int32: valueBytes.load(Int32.self, at: start).map(Int.init)
        case .uint64: valueBytes.load(UInt64.self, at: start).flatMap { Int(exactly: $0) }
        case .int64: valueBytes.load(Int64.self, at: start).map(Int.init)
        default: nil
        }
    }

    /// The strings of an array of strings as byte views, one after the other without decoding them; nil for other values.
    public var stringElements: StringElements? {
        guard elementType == .string, let count = elementCount else { return nil }
        return StringElements(bytes: valueBytes, count: count)
    }

    /// The elements of a stored array of strings.
    public struct StringElements: Sequence, IteratorProtocol, Sendable {
        private let bytes: ByteView
        private var remaining: Int
        private var offset = 12

        init(bytes: ByteView, count: Int) {
            (self.bytes, remaining) = (bytes, count)
        }

        /// The bytes of the next string, or nil after the last.
        public mutating func next() -> ByteView? {
            guard remaining > 0, let length = bytes.load(UInt64.self, at: offset), let count = Int(exactly: length),
                count <= bytes.count - offset - 8
            else { return nil }
            remaining -= 1
            offset += 8 + count
            return bytes.slice(offset - count..<offset)
        }
    }
}
