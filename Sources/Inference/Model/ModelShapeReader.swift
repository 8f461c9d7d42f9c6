import HIFIForeign
import HIFIGGUF

/// Reads hyper-parameters from metadata.
///
/// Every key under the architecture's name is either used here, or known to change nothing, or the model is refused by that key's name:
/// a key that is passed over in silence may be the one that changes the result.
struct ModelShapeReader {
    let metadata: Metadata
    let family: Family

    init(_ metadata: Metadata) throws(ModelError) {
        self.metadata = metadata
        let name: ForeignText
        do { name = try metadata.value("general.architecture", as: ForeignText.self) } catch { throw .metadata(error) }
        guard let family = Family.named(name.raw) else { throw .unsupportedArchitecture(name) }
        self.family = family
        if let type = metadata["general.type"]?.string, type != "model" {
            throw .unsupported(key: "general.type", value: ForeignText("\"\(type.raw)\""))
        }
    }

    /// - Parameter vocabulary: rows of the token embedding.
    func read(vocabulary: Int) throws(ModelError) -> HyperParameters {
        try checkKeys()
        let embedding = try positive("embedding_length")
        let heads = try positive("attention.head_count")
        let headsKV = try optional("attention.head_count_kv") ?? heads
        let headSize = try optional("attention.key_length") ?? (embedding / heads)
        let experts = try experts()
        let result = HyperParameters(
            architecture: family.id, embedding: embedding, layers: try positive("block_count"),
            feedForward: try feedForward(experts), heads: heads, headsKV: headsKV, headSize: headSize, vocabulary: vocabulary,
            epsilon: try positiveFloat("attention.layer_norm_rms_epsilon"), rotation: family.rotation,
            rotated: try optional("rope.dimension_count") ?? headSize,
            rotationBase: try positiveFloat("rope.freq_base", default: 10000), scaling: try scaling(), hasHeadNorms: family.hasHeadNorms,
            experts: experts, trainedContext: try optional("context_length"))
        try check(result)
        return result
    }

    private func check(_ model: HyperParameters) throws(ModelError) {
        guard model.heads % model.headsKV == 0 else {
            throw .metadata(
                .badValue(
                    key: ForeignText(key("attention.head_count_kv")), expected: "a divisor of \(model.heads) heads",
                    found: ForeignText("\(model.headsKV)")))
        }
        guard model.headSize > 0, model.headSize % 2 == 0 else {
            throw .metadata(
                .badValue(
                    key: ForeignText(key("attention.key_length")), expected: "a positive even number",
                    found: ForeignText("\(model.headSize)")))
        }
        guard model.rotated % 2 == 0, model.rotated <= model.headSize else {
            throw .metadata(
                .badValue(
                    key: ForeignText(key("rope.dimension_count")), expected: "an even number up to the head's size of \(model.headSize)",
                    found: ForeignText("\(model.rotated)")))
        }
        guard model.scaling.kind != .yarn || model.rotationBase > 1 else {
            throw .metadata(
                .badValue(
                    key: ForeignText(key("rope.freq_base")), expected: "more than 1 for yarn", found: ForeignText("\(model.rotationBase)")))
        }
        // Buffers are products of these; the tensors' shapes bound them further, but tensors can be empty of sense too.
        for (name, value) in [("embedding_length", model.embedding), ("feed_forward_length", model.feedForward)] where value > 1 << 24 {
            throw .metadata(.badValue(key: ForeignText(key(name)), expected: "at most \(1 << 24)", found: ForeignText("\(value)")))
        }
        guard model.heads <= 1 << 16, model.headSize <= 1 << 16 else {
            throw .metadata(
                .badValue(key: ForeignText(key("attention.head_count")), expected: "at most 65536", found: ForeignText("\(model.heads)")))
        }
        if let value = try optional("attention.value_length"), value != model.headSize {
            throw .unsupported(
                key: ForeignText(key("attention.value_length")), value: ForeignText("\(value) beside keys of \(model.headSize)"))
        }
    }

    // MARK: - Keys that are not used

    /// Keys that this reader uses, without the architecture's name.
    private static let used: Set<String> = [
        "context_length", "embedding_length", "block_count", "feed_forward_length", "attention.head_count", "attention.head_count_kv",
        "attention.key_length", "attention.value_length", "attention.layer_norm_rms_epsilon", "rope.dimension_count", "rope.freq_base",
        "rope.scale_linear", "rope.scaling.type", "rope.scaling.factor", "rope.scaling.attn_factor",
        "rope.scaling.original_context_length", "expert_count", "expert_used_count", "expert_feed_forward_length",
        "expert_shared_feed_forward_length",
    ]

    /// Keys that say something about the model and change no result.
    private static let without: Set<String> = ["vocab_size", "rope.scaling.finetuned", "tensor_data_layout"]

    /// Keys with a value at which they change no result.
    private static let neutral: [String: [Double]] = [
        "attention.sliding_window": [0], "attention.scale": [0], "attention.causal": [1], "attention.max_alibi_bias": [0],
        "attention.clamp_kqv": [0], "attn_logit_softcapping": [0], "final_logit_softcapping": [0], "router_logit_softcapping": [0],
        "logit_scale": [0, 1], "embedding_scale": [0, 1], "residual_scale": [0, 1], "use_parallel_residual": [0],
        "expert_group_count": [0, 1], "expert_group_used_count": [0, 1], "expert_weights_scale": [0, 1], "expert_gating_func": [0, 1],
        "expert_shared_count": [0], "leading_dense_block_count": [0], "interleave_moe_layer_step": [0, 1], "nextn_predict_layers": [0],
        "pooling_type": [0], "rope.scaling.alpha": [0], "rope.scaling.yarn_log_multiplier": [0], "rope.scaling.yarn_attn_factor": [1],
        // llama.cpp does not read these for the architectures that run here: with other values readers would disagree.
        "rope.scaling.yarn_beta_fast": [32], "rope.scaling.yarn_beta_slow": [1], "rope.scaling.yarn_ext_factor": [-1, 1],
        "attention.temperature_scale": [0], "attention.temperature_length": [0],
    ]

    private func checkKeys() throws(ModelError) {
        let prefix = family.id + "."
        for entry in metadata where entry.key.hasPrefix(prefix) {
            let name = String(entry.key.raw.dropFirst(prefix.count))
            guard !Self.used.contains(name), !Self.without.contains(name) else { continue }
            guard let value = number(entry), Self.neutral[name, default: []].contains(value) || isExpectedOfExperts(name, value) else {
                throw .unsupported(key: entry.key, value: text(entry))
            }
        }
    }

    /// Whether a key says of the experts what this architecture does anyway.
    private func isExpectedOfExperts(_ name: String, _ value: Double) -> Bool {
        switch (name, family.experts) {
        case ("expert_weights_norm", .always(let normalizes, _)): value == (normalizes ? 1 : 0)
        case ("expert_weights_norm", .possible): value == 1
        case ("expert_shared_count", .always(_, shared: true)): value == 1
        default: false
        }
    }

    private func number(_ entry: MetadataEntry) -> Double? {
        entry.integer.map(Double.init) ?? entry.float32.map(Double.init) ?? entry.float64 ?? entry.bool.map { $0 ? 1 : 0 }
    }

    private func text(_ entry: MetadataEntry) -> ForeignText {
        if let text = entry.string { return ForeignText("\"\(text.raw)\"") }
        return ForeignText(
            entry.integer.map(String.init) ?? entry.float32.map { "\($0)" } ?? entry.float64.map { "\($0)" } ?? entry.bool.map { "\($0)" }
                ?? entry.typeDescription)
    }

    // MARK: - Parts

    private func feedForward(_ experts: HyperParameters.Experts?) throws(ModelError) -> Int {
        guard let experts else { return try positive("feed_forward_length") }
        // Mixtral's experts have the model's own width; the others state theirs, or share the model's.
        guard case .always = family.experts else { return try positive("feed_forward_length") }
        if let stated = try optional("expert_feed_forward_length") { return stated }
        return max(1, try positive("feed_forward_length") / experts.used)
    }

    private func experts() throws(ModelError) -> HyperParameters.Experts? {
        let count = try whole("expert_count") ?? 0
        let used = try whole("expert_used_count") ?? 0
        let expected: (normalizes: Bool, shared: Bool)
        switch family.experts {
        case .never:
            guard count == 0 else { throw .unsupported(key: ForeignText(key("expert_count")), value: ForeignText("\(count)")) }
            return nil
        case .possible:
            if count == 0 { return nil }
            expected = (true, false)
        case .always(let normalizes, let shared):
            guard count > 0 else { throw .metadata(.missing(key: ForeignText(key("expert_count")))) }
            expected = (normalizes, shared)
        }
        guard count <= 1 << 16, (1...count).contains(used) else {
            throw .metadata(
                .badValue(key: ForeignText(key("expert_used_count")), expected: "1 to the \(count) experts", found: ForeignText("\(used)")))
        }
        let shared: Int?
        if expected.shared {
            if let stated = try optional("expert_shared_feed_forward_length") {
                shared = stated
            } else {
                shared = try positive("feed_forward_length")
            }
        } else {
            if let stated = try optional("expert_shared_feed_forward_length") {
                throw .unsupported(key: ForeignText(key("expert_shared_feed_forward_length")), value: ForeignText("\(stated)"))
            }
            shared = nil
        }
        return .init(count: count, used: used, normalizesWeights: expected.normalizes, sharedFeedForward: shared)
    }

    private func scaling() throws(ModelError) -> RotationScaling {
        let name = key("rope.scaling.type")
        let stated: ForeignText?
        do { stated = try metadata.valueIfPresent(name, as: ForeignText.self) } catch { throw .metadata(error) }
        guard let kind = stated.map({ RotationScaling.Kind(rawValue: $0.raw) }) ?? .linear else {
            throw .unsupported(key: ForeignText(name), value: ForeignText("\"\(stated?.raw ?? "")\""))
        }
        guard kind != .longrope || family.hasRotationFactors else { throw .unsupported(key: ForeignText(name), value: "\"longrope\"") }
        // The old key counts only where the new one is absent; zero means none.
        let oldFactor = try float("rope.scale_linear") ?? 0
        let factor = try float("rope.scaling.factor") ?? oldFactor
        let trained = try optional("context_length") ?? 0
        let original = try optional("rope.scaling.original_context_length") ?? trained
        guard original > 0 || kind == .none || kind == .linear else {
            throw .metadata(.missing(key: ForeignText(key("rope.scaling.original_context_length"))))
        }
        return RotationScaling(
            kind: kind, factor: kind == .none || factor == 0 ? 1 : factor,
            attentionFactor: try positiveFloat("rope.scaling.attn_factor", default: 1), originalContext: original)
    }

    // MARK: - Values

    private func key(_ name: String) -> String { "\(family.id).\(name)" }

    private func positive(_ name: String) throws(ModelError) -> Int {
        guard let value = try optional(name) else { throw .metadata(.missing(key: ForeignText(key(name)))) }
        return value
    }

    private func optional(_ name: String) throws(ModelError) -> Int? {
        guard let value = try whole(name) else { return nil }
        guard value > 0 else {
            throw .metadata(.badValue(key: ForeignText(key(name)), expected: "a positive number", found: ForeignText("\(value)")))
        }
        return value
    }

    /// A number of zero or more. An array of one value for each layer counts where all of them are the same.
    private func whole(_ name: String) throws(ModelError) -> Int? {
        let key = key(name)
        guard let entry = metadata[key] else { return nil }
        let value: Int
        let isRead = entry.valueType != .bool && [nil, .int32, .uint32].contains(entry.elementType)
        switch isRead ? LayerNumbers(entry) : nil {
        case .all(let single): value = single
        case .each(let values):
            guard values.count == metadata[self.key("block_count")]?.integer, let first = values.first, values.allSatisfy({ $0 == first })
            else { throw .unsupported(key: ForeignText(key), value: "an array of different values for the layers, or not one for each") }
            value = first
        case nil: throw .metadata(.wrongType(key: ForeignText(key), expected: "an integer", found: entry.typeDescription))
        }
        guard value >= 0, value <= Int(Int32.max) else {
            throw .metadata(.badValue(key: ForeignText(key), expected: "a positive number", found: ForeignText("\(value)")))
        }
        return value
    }

    private func float(_ name: String) throws(ModelError) -> Float? {
        let key = key(name)
        do {
            guard let value = try metadata.valueIfPresent(key, as: Float.self) else { return nil }
            guard value.isFinite, value >= 0 else {
                throw MetadataError.badValue(key: ForeignText(key), expected: "a positive number", found: ForeignText("\(value)"))
            }
            return value
        } catch let error as MetadataError {
            throw .metadata(error)
        } catch {
            throw .metadata(.missing(key: ForeignText(key)))
        }
    }

    private func positiveFloat(_ name: String, default fallback: Float? = nil) throws(ModelError) -> Float {
        guard let value = try float(name) ?? fallback else { throw .metadata(.missing(key: ForeignText(key(name)))) }
        guard value > 0 else {
            throw .metadata(.badValue(key: ForeignText(key(name)), expected: "a positive number", found: ForeignText("\(value)")))
        }
        return value
    }
}
