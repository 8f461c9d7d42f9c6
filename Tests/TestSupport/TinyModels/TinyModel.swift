import HIFIBlockSpec
import HIFIGGUF

/// A tiny sound model of a described architecture, made from its description alone: every key that a loader asks for, every tensor
/// that it requires, two layers, weights that are the same on every call. About 100 KB.
public struct TinyModel: Sendable {
    /// The architecture.
    public let architecture: Architecture
    /// Hyper-parameters by their names in formulas; keys of others are left out, unless they are required.
    public var parameters: [String: [Int]]
    /// Which tensors there are.
    public var extent: Extent

    /// Which of the tensors that a file may have it has.
    public enum Extent: String, Sendable, CaseIterable {
        /// Those that it must have.
        case required
        /// All that it may have, one form of each.
        case everything
        /// Queries, keys and values in one matrix, gates and up projections of experts in one.
        case fused
    }

    /// - Parameter changes: hyper-parameters that differ from those of all tiny models.
    public init(_ architecture: Architecture, _ changes: [String: [Int]] = [:], extent: Extent = .required) {
        self.architecture = architecture
        self.extent = extent
        let known = Set(architecture.allKeys.compactMap(\.parameter) + LoaderRules.counts)
        parameters = Self.common.merging(Self.own[architecture.id] ?? [:]) { $1 }.merging(changes) { $1 }
            .filter { known.contains($0.key) }
    }

    /// Numbers that are not easily taken for each other.
    private static let common: [String: [Int]] = [
        "context": [40], "embedding": [64], "layers": [2], "feed_forward": [96], "heads": [4], "heads_kv": [2], "head_size": [12],
        "value_size": [20], "vocabulary": [48], "token_types": [2], "expert_feed_forward": [24], "shared_feed_forward": [28],
        "experts_shared": [2], "leading_dense": [1], "moe_step": [2], "q_rank": [18], "kv_rank": [22], "buckets": [6],
        "decoder_layers": [1], "conv_length": [3], "ssm_kernel": [4], "ssm_inner": [128], "ssm_state": [8], "ssm_rank": [6],
        "ssm_groups": [2], "wkv_head": [16], "mix_rank": [14], "decay_rank": [10], "rate_rank": [9], "value_rank": [11],
        "gate_rank": [13], "window": [16], "conv_kernel": [4], "state_size": [8], "value_heads": [6], "key_heads": [3],
        "full_attention_interval": [2], "embedding_out": [30], "dense_2_feat_in": [64], "dense_2_feat_out": [34],
        "dense_3_feat_in": [34], "dense_3_feat_out": [64],
    ]

    private static let experts: [String: [Int]] = ["experts": [5], "experts_used": [2]]

    private static let own: [String: [String: [Int]]] = [
        "qwen2moe": experts, "qwen3moe": experts, "qwen3next": experts, "llama4": experts, "olmoe": experts, "granitemoe": experts,
        "phimoe": experts, "deepseek": experts, "dots1": experts, "glm4moe": experts, "gpt-oss": experts, "nomic-bert-moe": experts,
        "ernie4_5-moe": experts, "dbrx": experts,
        "deepseek2": experts.merging(["rope_size": [4]]) { $1 },
        "minicpm3": ["rope_size": [4]],
        "lfm2": ["heads_kv": [0, 2], "value_size": [12]],
        "lfm2moe": experts.merging(["heads_kv": [0, 2], "value_size": [12]]) { $1 },
        "granitehybrid": experts.merging(["heads_kv": [0, 2], "heads": [4, 3]]) { $1 },
        "openelm": ["heads": [4, 3], "heads_kv": [2, 1], "feed_forward": [96, 80]],
        "jina-bert-v2": [:], "command-r": [:],
    ]

    // MARK: - The file

    /// The file, ready to be damaged.
    public func builder() -> GGUFBuilder {
        var builder = GGUFBuilder()
        builder.entries = entries()
        let values = TinyValues(self)
        builder.tensors = names(values).map { name, dimensions in
            GGUFBuilder.Tensor(name, dimensions, typeID: GGUFBuilder.SampleType.f32, data: Self.weights(name, dimensions))
        }
        return builder
    }

    private func entries() -> [GGUFBuilder.Entry] {
        let id = architecture.id
        let vocabulary = parameters["vocabulary"]?.first ?? 0
        var entries: [GGUFBuilder.Entry] = [
            .init("general.architecture", .string(id)),
            .init("general.name", .string("tiny \(id)")),
            .init("general.file_type", .uint32(0)),
        ]
        for key in architecture.allKeys {
            guard let value = value(of: key) else { continue }
            entries.append(.init("\(id).\(key.key)", value))
        }
        // The loader looks for the fourth by name in vocabularies of Phi-3.
        let tokens = ["<unk>", "<s>", "</s>", id == "phi3" ? "<|endoftext|>" : "▁t3"] + (4..<max(4, vocabulary)).map { "▁t\($0)" }
        return entries + [
            .init("tokenizer.ggml.model", .string("llama")),
            .init("tokenizer.ggml.tokens", .strings(tokens)),
            .init("tokenizer.ggml.scores", .float32s((0..<tokens.count).map { -Float($0) })),
            .init("tokenizer.ggml.token_type", .int32s([2, 3, 3] + [Int32](repeating: 1, count: tokens.count - 3))),
            .init("tokenizer.ggml.token_type_count", .uint32(UInt32(parameters["token_types"]?.first ?? 1))),
            .init("tokenizer.ggml.bos_token_id", .uint32(1)),
            .init("tokenizer.ggml.eos_token_id", .uint32(2)),
        ]
    }

    /// The value of a key; nil for one that is left out.
    private func value(of key: ArchitectureKey) -> MetadataValue? {
        if let parameter = key.parameter, let numbers = parameters[parameter] {
            return numbers.count == 1 ? .uint32(UInt32(numbers[0])) : .uint32s(numbers.map(UInt32.init))
        }
        guard key.isRequired else { return nil }
        switch key.type {
        case .u16: return .uint16(1)
        case .u32: return .uint32(1)
        case .f32: return .float32(1e-5)
        case .bool: return .bool(true)
        case .string: return .string(key.allowed.first ?? "none")
        }
    }

    /// Names and dimensions of the tensors, in the order of the description, layers one after another.
    private func names(_ values: TinyValues) -> [(String, [UInt64])] {
        var chosen: [(name: String, dimensions: [UInt64])] = []
        var seen: Set<String> = []
        for (template, layer) in places(values) {
            let name = template.name(layer: layer)
            guard values.names.contains(name), !seen.contains(name), template.condition?.holds(values, layer: layer ?? 0) != false else {
                continue
            }
            seen.insert(name)
            chosen.append((name, template.dimensions(values, layer: layer) ?? []))
        }
        return chosen
    }

    /// Every template with every layer that it may be in.
    fileprivate func places(_ values: some FormulaValues) -> [(TensorTemplate, Int?)] {
        let layers = max(1, architecture.tensors.compactMap { $0.layers.value(values) }.max() ?? 1)
        let outside = architecture.tensors.filter { $0.scope == .model }.map { ($0, nil as Int?) }
        let inside = (0..<layers).flatMap { layer in
            architecture.tensors.filter { $0.scope == .layer && layer < $0.layers.value(values) ?? 0 }.map { ($0, layer as Int?) }
        }
        return outside + inside
    }

    /// Numbers of ordinary size, by the name of the tensor.
    private static func weights(_ name: String, _ dimensions: [UInt64]) -> [UInt8] {
        var random = SplitMix64(seed: name.utf8.reduce(0x7469_6e79) { $0 &* 31 &+ UInt64($1) })
        let count = Int(dimensions.reduce(1, *))
        var data: [UInt8] = []
        data.reserveCapacity(count * 4)
        // Sign and exponent of 0.5 to 1 or its negative, the rest random.
        for _ in 0..<count {
            let bits = random.next()
            data.append(integer: 0x3f00_0000 | UInt32(truncatingIfNeeded: bits & 0x807f_ffff))
        }
        return data
    }
}

/// What formulas see of a tiny model: its hyper-parameters, and the tensors chosen so far.
private final class TinyValues: FormulaValues {
    private let model: TinyModel
    private let fallbacks: [String: Formula]
    private(set) var names: Set<String> = []

    init(_ model: TinyModel) {
        self.model = model
        fallbacks = Dictionary(
            model.architecture.allKeys.compactMap { key in key.parameter.flatMap { name in key.fallback.map { (name, $0) } } }
                + model.architecture.values.map { ($0.name, $0.formula) }
        ) { $1 }
        choose()
    }

    private func choose() {
        let places = model.places(self)
        func names(where isChosen: (TensorTemplate) -> Bool) {
            for (template, layer) in places where isChosen(template) && template.condition?.holds(self, layer: layer ?? 0) != false {
                self.names.insert(template.name(layer: layer))
            }
        }
        let fusing = ["attn_qkv.weight", "ffn_gate_up_exps.weight"]
        func isFusing(_ template: TensorTemplate) -> Bool { fusing.contains { template.name.hasSuffix($0) } }
        if model.extent == .fused { names { isFusing($0) } }
        names { $0.isRequired }
        if model.extent == .everything { names { !isFusing($0) && !$0.name.contains("lerp_fused") } }
    }

    func value(of parameter: String, in layer: Int) -> Int? {
        if let numbers = model.parameters[parameter] {
            return numbers.count == 1 ? numbers[0] : numbers.indices.contains(layer) ? numbers[layer] : 0
        }
        if parameter == "labels" { return 1 }
        return fallbacks[parameter]?.value(self, layer: layer, plain: layer) ?? 0
    }

    func text(of parameter: String) -> String? { nil }
    func hasTensor(_ name: String) -> Bool { names.contains(name) }
    func rows(ofTensor name: String) -> Int? { nil }
}
