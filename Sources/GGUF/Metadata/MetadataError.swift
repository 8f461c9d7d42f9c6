import HIFIForeign

/// A metadata value that is needed and not there, or there as something else.
public enum MetadataError: Error, Hashable, Sendable {
    /// No entry has this key.
    case missing(key: ForeignText)
    /// The entry has another type.
    case wrongType(key: ForeignText, expected: String, found: String)
    /// The entry has the right type, but its value is not usable.
    case badValue(key: ForeignText, expected: String, found: ForeignText)
}

extension MetadataError: CustomStringConvertible {
    /// One line naming the key and what was expected.
    public var description: String {
        switch self {
        case .missing(let key): "key \(key) is missing"
        case .wrongType(let key, let expected, let found): "key \(key) is stored as \(found), expected \(expected)"
        case .badValue(let key, let expected, let found): "key \(key) is \(found), expected \(expected)"
        }
    }
}

extension Metadata {
    /// The value of `key`, which must be there and stored as exactly this type.
    public func value<T: MetadataDecodable>(_ key: String, as type: T.Type = T.self) throws(MetadataError) -> T {
        guard let value = try valueIfPresent(key, as: type) else { throw .missing(key: ForeignText(key)) }
        return value
    }

    /// The value of `key`, or nil where there is none; throws where it is stored as another type.
    public func valueIfPresent<T: MetadataDecodable>(_ key: String, as type: T.Type = T.self) throws(MetadataError) -> T? {
        guard let entry = self[key] else { return nil }
        guard let value = T.decode(entry) else {
            throw .wrongType(key: ForeignText(key), expected: T.metadataType, found: entry.typeDescription)
        }
        return value
    }

    /// The value of `key` as a non-negative integer of whatever integer type it is stored as.
    public func count(_ key: String) throws(MetadataError) -> Int {
        guard let entry = self[key] else { throw .missing(key: ForeignText(key)) }
        guard let integer = entry.integer else {
            throw .wrongType(key: ForeignText(key), expected: "an integer", found: entry.typeDescription)
        }
        guard integer >= 0 else { throw .badValue(key: ForeignText(key), expected: "0 or more", found: ForeignText("\(integer)")) }
        return integer
    }
}
