import BlockSpec
import GGUF

/// The numbers that a forward pass needs, all checked: positive, and consistent with each other.
public struct HyperParameters: Sendable, Hashable {
    /// `general.architecture`.
    public let architecture: String
    /// Length of a token's vector.
    public let embedding: Int
    /// Number of layers.
    public let layers: Int
    /// Width of the feed-forward part.
    public let feedForward: Int
    /// Query heads.
    public let heads: Int
    /// Key and value heads; a divisor of `heads`.
    public let headsKV: Int
    /// Length of one head's vector; even.
    public let headSize: Int
    /// Rows of the token embedding.
    public let vocabulary: Int
    /// Added to the mean of squares in norms.
    public let epsilon: Float
    /// Base of the rotation's wave lengths.
    public let rotationBase: Float
    /// Positions are divided by this (`rope.scaling.factor` of kind `linear`); 1 for none.
    public let rotationFactor: Float
    /// Which numbers of a head rotate together.
    public let rotation: Rotation
    /// Whether queries and keys have norms of their own.
    public let hasHeadNorms: Bool
    /// Positions that the model was trained for; nil where the file does not say.
    public let trainedContext: Int?

    /// How a head's numbers pair up to be rotated.
    public enum Rotation: Sendable, Hashable {
        /// i and i + half.
        case halves
        /// 2 i and 2 i + 1.
        case pairs
    }

    /// Width of all query heads together.
    public var queryWidth: Int { heads * headSize }
    /// Width of all key heads together.
    public var keyWidth: Int { headsKV * headSize }
}

/// Reads hyper-parameters from metadata by the architecture's description in the spec.
struct ModelShapeReader {
    /// Architectures with a forward pass.
    static let architectures = ["qwen3", "llama"]

    let metadata: Metadata
    let architecture: Architecture

    init(_ metadata: Metadata) throws(ModelError) {
        self.metadata = metadata
        let name: String
        do { name = try metadata.value("general.architecture", as: String.self) } catch { throw .metadata(error) }
        guard Self.architectures.contains(name), let architecture = Spec.architecture(name) else { throw .unsupportedArchitecture(name) }
        self.architecture = architecture
    }

    /// - Parameter vocabulary: rows of the token embedding.
    func read(vocabulary: Int) throws(ModelError) -> HyperParameters {
        let embedding = try positive(.embedding)
        let heads = try positive(.heads)
        let headsKV = try optional(.headsKV) ?? heads
        let headSize: Int
        if let stated = try optional(.headSize) {
            headSize = stated
        } else {
            guard architecture.headSizeFallback == .embeddingPerHead else { throw .metadata(.missing(key: key(.headSize))) }
            headSize = embedding / heads
        }
        let result = HyperParameters(
            architecture: architecture.id, embedding: embedding, layers: try positive(.layers), feedForward: try positive(.feedForward),
            heads: heads, headsKV: headsKV, headSize: headSize, vocabulary: vocabulary,
            epsilon: try float("attention.layer_norm_rms_epsilon"), rotationBase: try float("rope.freq_base", default: 10000),
            rotationFactor: try rotationFactor(), rotation: architecture.id == "llama" ? .pairs : .halves,
            hasHeadNorms: architecture.tensors.contains { $0.name.hasSuffix("attn_q_norm.weight") },
            trainedContext: metadata["\(architecture.id).context_length"]?.integer)
        try check(result)
        return result
    }

    private func check(_ model: HyperParameters) throws(ModelError) {
        guard model.heads % model.headsKV == 0 else {
            throw .metadata(.badValue(key: key(.headsKV), expected: "a divisor of \(model.heads) heads", found: "\(model.headsKV)"))
        }
        guard model.headSize > 0, model.headSize % 2 == 0 else {
            throw .metadata(.badValue(key: key(.headSize), expected: "a positive even number", found: "\(model.headSize)"))
        }
        // Buffers are products of these; the tensors' shapes bound them further, but tensors can be empty of sense too.
        for (parameter, value) in [(HyperParameter.embedding, model.embedding), (.feedForward, model.feedForward)] where value > 1 << 24 {
            throw .metadata(.badValue(key: key(parameter), expected: "at most \(1 << 24)", found: "\(value)"))
        }
        guard model.heads <= 1 << 16, model.headSize <= 1 << 16 else {
            throw .metadata(.badValue(key: key(.heads), expected: "at most 65536", found: "\(model.heads)"))
        }
        for (name, expected) in [("attention.value_length", model.headSize), ("rope.dimension_count", model.headSize)] {
            guard let value = metadata["\(architecture.id).\(name)"]?.integer, value != expected else { continue }
            throw .unsupported(key: "\(architecture.id).\(name)", value: "\(value) beside heads of \(expected)")
        }
        for name in ["expert_count", "attention.sliding_window"] {
            guard let value = metadata["\(architecture.id).\(name)"]?.integer, value != 0 else { continue }
            throw .unsupported(key: "\(architecture.id).\(name)", value: "\(value)")
        }
    }

    private func rotationFactor() throws(ModelError) -> Float {
        let key = "\(architecture.id).rope.scaling.type"
        guard let kind = metadata[key]?.string, kind != "none" else { return 1 }
        guard kind == "linear" else { throw .unsupported(key: key, value: "\"\(kind)\"") }
        return try float("rope.scaling.factor")
    }

    private func key(_ parameter: HyperParameter) -> String {
        let name = architecture.metadata.first { $0.parameter == parameter }?.key ?? parameter.rawValue
        return "\(architecture.id).\(name)"
    }

    private func positive(_ parameter: HyperParameter) throws(ModelError) -> Int {
        guard let value = try optional(parameter) else { throw .metadata(.missing(key: key(parameter))) }
        return value
    }

    private func optional(_ parameter: HyperParameter) throws(ModelError) -> Int? {
        let key = key(parameter)
        guard let entry = metadata[key] else { return nil }
        guard let value = entry.integer else {
            throw .metadata(.wrongType(key: key, expected: "an integer", found: entry.typeDescription))
        }
        guard value > 0, value <= Int(Int32.max) else {
            throw .metadata(.badValue(key: key, expected: "a positive number", found: "\(value)"))
        }
        return value
    }

    private func float(_ name: String, default fallback: Float? = nil) throws(ModelError) -> Float {
        let key = "\(architecture.id).\(name)"
        do {
            guard let value = try metadata.valueIfPresent(key, as: Float.self) ?? fallback else { throw MetadataError.missing(key: key) }
            guard value.isFinite, value > 0 else {
                throw MetadataError.badValue(key: key, expected: "a positive number", found: "\(value)")
            }
            return value
        } catch let error as MetadataError {
            throw .metadata(error)
        } catch {
            throw .metadata(.missing(key: key))
        }
    }
}
