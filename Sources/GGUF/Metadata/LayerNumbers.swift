/// A whole number of a model: one for all layers, or one for each.
public enum LayerNumbers: Sendable, Hashable {
    /// The same for all.
    case all(Int)
    /// By layer.
    case each([Int])

    /// Arrays of more layers are something else.
    private static let limit = 65_536

    /// What an entry holds: an integer or a boolean (1 or 0), or an array of either; nil for anything else, and for numbers beyond `Int`.
    public init?(_ entry: MetadataEntry) {
        if let value = entry.integer {
            self = .all(value)
        } else if let value = entry.bool {
            self = .all(value ? 1 : 0)
        } else if let count = entry.elementCount, (1...Self.limit).contains(count), let values = Self.elements(entry) {
            self = .each(values)
        } else {
            return nil
        }
    }

    /// The value in a layer; 0 past the end, as loaders' own arrays hold there.
    public subscript(layer: Int) -> Int {
        switch self {
        case .all(let value): value
        case .each(let values): values.indices.contains(layer) ? values[layer] : 0
        }
    }

    private static func elements(_ entry: MetadataEntry) -> [Int]? {
        func integers<T: FixedWidthMetadataElement & FixedWidthInteger>(_: T.Type) -> [Int]? {
            guard let values = T.decodeElements(of: entry) else { return nil }
            let exact = values.compactMap { Int(exactly: $0) }
            return exact.count == values.count ? exact : nil
        }
        return switch entry.elementType {
        case .uint8: integers(UInt8.self)
        case .int8: integers(Int8.self)
        case .uint16: integers(UInt16.self)
        case .int16: integers(Int16.self)
        case .uint32: integers(UInt32.self)
        case .int32: integers(Int32.self)
        case .uint64: integers(UInt64.self)
        case .int64: integers(Int64.self)
        case .bool: entry.value(as: [Bool].self)?.map { $0 ? 1 : 0 }
        default: nil
        }
    }
}
