// Written out, since damaged files may state sizes that not every reader of JSON holds exactly: see `KeyValue`.

extension Inspection: Encodable {
    private enum Names: CodingKey {
        case path, part, bytes, version, alignment, dataStart, architecture, name, dialect, confidence, elements, tensorBytes,
            bitsPerWeight, histogram, keys, tensors
    }

    /// Writes the JSON form (`Spec/schema/output/inspect.json`).
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Names.self)
        try container.encode(path, forKey: .path)
        try container.encodeIfPresent(part, forKey: .part)
        try container.encode(bytes, forKey: .bytes)
        try container.encodeIfPresent(version, forKey: .version)
        try container.encode(alignment, forKey: .alignment)
        try container.encodeIfPresent(dataStart, forKey: .dataStart)
        try container.encodeIfPresent(architecture, forKey: .architecture)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(dialect, forKey: .dialect)
        try container.encode(confidence, forKey: .confidence)
        try container.encode(KeyValue.whole(elements), forKey: .elements)
        try container.encode(KeyValue.whole(tensorBytes), forKey: .tensorBytes)
        try container.encodeIfPresent(bitsPerWeight, forKey: .bitsPerWeight)
        try container.encode(histogram, forKey: .histogram)
        try container.encode(keys, forKey: .keys)
        try container.encode(tensors, forKey: .tensors)
    }
}

extension Inspection.TypeCount: Encodable {
    private enum Names: CodingKey { case typeID, format, tensors, elements, bytes }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Names.self)
        try container.encode(typeID, forKey: .typeID)
        try container.encodeIfPresent(format, forKey: .format)
        try container.encode(tensors, forKey: .tensors)
        try container.encode(KeyValue.whole(elements), forKey: .elements)
        try container.encode(KeyValue.whole(bytes), forKey: .bytes)
    }
}

extension Inspection.Tensor: Encodable {
    private enum Names: CodingKey { case name, nameBytes, typeID, format, dimensions, elements, offset, bytes, bitsPerWeight }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Names.self)
        try container.encode(name, forKey: .name)
        try container.encodeIfPresent(nameBytes, forKey: .nameBytes)
        try container.encode(typeID, forKey: .typeID)
        try container.encodeIfPresent(format, forKey: .format)
        try container.encode(dimensions.map(KeyValue.whole), forKey: .dimensions)
        try container.encodeIfPresent(elements.map(KeyValue.whole), forKey: .elements)
        try container.encodeIfPresent(offset, forKey: .offset)
        try container.encodeIfPresent(bytes.map(KeyValue.whole), forKey: .bytes)
        try container.encodeIfPresent(bitsPerWeight, forKey: .bitsPerWeight)
    }
}
