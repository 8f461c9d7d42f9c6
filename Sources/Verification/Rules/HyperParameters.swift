import BlockSpec
import GGUF

/// The hyper-parameters of a model, read from its metadata; reading reports what is missing or of the wrong kind.
struct HyperParameters {
    /// One value, or one for each layer.
    private enum Stored {
        case all(UInt64)
        case perLayer([UInt64])
    }

    private var stored: [HyperParameter: Stored] = [:]
    private let fallback: HeadSizeFallback

    init(_ model: ModelView, _ architecture: Architecture, into findings: inout FindingCollector) {
        fallback = architecture.headSizeFallback
        for item in architecture.metadata {
            let key = "\(architecture.id).\(item.key)"
            guard let entry = model.metadata[key] else {
                if item.isRequired {
                    findings.add(
                        .hyperParameterMissing, .init(key: key), "The key \(key) is missing, which the architecture requires.",
                        expected: "an integer", found: "no such key")
                }
                continue
            }
            if let value = Self.read(entry) {
                stored[item.parameter] = value
            } else {
                findings.add(
                    .hyperParameterType, .init(key: key, offset: entry.valueRange.lowerBound), "The value of \(key) makes no sense.",
                    expected: "a positive integer, or one integer for each layer",
                    found: entry.integer.map(String.init) ?? entry.typeDescription)
            }
        }
        // The vocabulary has no key of its own. Without a token list, the embedding is what defines it.
        let rows = model.tensor("token_embd.weight")?.info.dimensions.dropFirst().first
        if let size = model.vocabularySize.map(UInt64.init) ?? rows { stored[.vocabulary] = .all(size) }
    }

    private static func read(_ entry: MetadataEntry) -> Stored? {
        if let value = entry.integer { return value > 0 ? .all(UInt64(value)) : nil }
        // Layers are few; a long array is something else.
        guard let count = entry.elementCount, (1...65_536).contains(count), let type = entry.elementType, type.fixedWidth != nil else {
            return nil
        }
        var values: [UInt64] = []
        for index in 0..<count {
            guard let value = element(entry, type, index) else { return nil }
            values.append(value)
        }
        return values.contains { $0 > 0 } ? .perLayer(values) : nil
    }

    /// Element `index` of a stored array of integers of 4 or 8 bytes; nil for negative ones and other types.
    private static func element(_ entry: MetadataEntry, _ type: MetadataValueType, _ index: Int) -> UInt64? {
        let start = 12
        switch type {
        case .uint32: return entry.valueBytes.load(UInt32.self, at: start + 4 * index).map(UInt64.init)
        case .int32: return entry.valueBytes.load(Int32.self, at: start + 4 * index).flatMap { UInt64(exactly: $0) }
        case .uint64: return entry.valueBytes.load(UInt64.self, at: start + 8 * index)
        case .int64: return entry.valueBytes.load(Int64.self, at: start + 8 * index).flatMap { UInt64(exactly: $0) }
        default: return nil
        }
    }

    /// The value for a layer (nil: outside the layers); nil where the file does not give it.
    func value(_ parameter: HyperParameter, layer: Int?) -> UInt64? {
        switch stored[parameter] {
        case .all(let value): return value
        case .perLayer(let values): return layer.flatMap { values.indices.contains($0) ? values[$0] : nil }
        case nil: break
        }
        switch parameter {
        case .headsKV: return value(.heads, layer: layer)
        case .headSize where fallback == .embeddingPerHead:
            guard let embedding = value(.embedding, layer: layer), let heads = value(.heads, layer: layer), heads > 0 else { return nil }
            return embedding / heads
        default: return nil
        }
    }
}
