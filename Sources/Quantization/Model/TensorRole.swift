import BlockSpec

/// What a tensor is to the original's quantizer, which goes by names.
struct TensorRole: Sendable, Hashable {
    /// Its part in routing.
    let kind: TensorKind
    /// Its layer; nil outside the layers.
    let layer: Int?

    init(name: String) {
        kind = Self.kinds.first { name.contains($0.part) }?.kind ?? Self.wholeNames[name] ?? .other
        let layer = TensorOrder.layer(of: name)
        self.layer = layer < 0 ? nil : layer
    }

    private static let wholeNames: [String: TensorKind] = ["output.weight": .output, "token_embd.weight": .tokenEmbedding]

    /// In the order in which they are looked for.
    private static let kinds: [(part: String, kind: TensorKind)] = [
        ("attn_v.weight", .attentionV), ("attn_k.weight", .attentionK), ("attn_q.weight", .attentionQ), ("ffn_down", .feedForwardDown),
        ("attn_output.weight", .attentionOutput), ("attn_qkv.weight", .attentionQKV), ("ffn_gate", .feedForwardGate),
        ("ffn_up", .feedForwardUp),
    ]

    /// Whether the original's quantizer touches the tensor at all: matrices called `…weight` but for the small ones that it lists.
    static func isQuantized(name: String, dimensions: [UInt64]) -> Bool {
        let rank = (dimensions.lastIndex { $0 != 1 } ?? 0) + 1
        return name.hasSuffix("weight") && rank >= 2 && !keptNames.contains(name) && !keptParts.contains { name.contains($0) }
    }

    private static let keptNames: Set<String> = ["position_embd.weight", "token_types.weight"]

    private static let keptParts: [String] =
        [
            "_norm.weight", "ffn_gate_inp.weight", "altup", "laurel", "per_layer_model_proj", "ssm_conv1d.weight",
            "shortconv.conv.weight", "attn_rel_b.weight", ".position_embd.",
        ]
        + ["first", "w0", "w1", "w2", "v0", "v1", "v2", "a0", "a1", "a2", "g1", "g2", "decay_w1", "decay_w2", "lerp_fused"]
        .map { "time_mix_\($0).weight" }
}
