// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let architecture0 = architecture0Made()
@_optimize(none) private func architecture0Made() -> Architecture {
Architecture(
    id: "arcee",
    title: "Arcee AFM",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("rope_freqs.weight", .norm, ["rope_size/2"], .optional),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture1 = architecture1Made()
@_optimize(none) private func architecture1Made() -> Architecture {
Architecture(
    id: "baichuan",
    title: "Baichuan",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture2 = architecture2Made()
@_optimize(none) private func architecture2Made() -> Architecture {
Architecture(
    id: "bert",
    title: "BERT",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [ArchitectureConstraint(holds: "token_types > 0", text: "tokenizer.ggml.token_type_count is at least 1")],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("token_types.weight", .other, ["embedding", "token_types"], .optional),
        TensorTemplate("position_embd.weight", .other, ["embedding", "context"]),
        TensorTemplate("cls.weight", .other, ["embedding", "embedding"], .optional),
        TensorTemplate("cls.bias", .norm, ["embedding"], .optional),
        TensorTemplate("cls.output.weight", .other, ["embedding", "labels"], .optional),
        TensorTemplate("cls.output.bias", .norm, ["labels"], .optional),
        TensorTemplate("token_embd_norm.weight", .norm, ["embedding"]),
        TensorTemplate("token_embd_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.layer_output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.layer_output_norm.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture3 = architecture3Made()
@_optimize(none) private func architecture3Made() -> Architecture {
Architecture(
    id: "bitnet",
    title: "BitNet b1.58",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_sub_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_sub_norm.weight", .norm, ["feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture4 = architecture4Made()
@_optimize(none) private func architecture4Made() -> Architecture {
Architecture(
    id: "bloom",
    title: "BLOOM",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("token_embd_norm.weight", .norm, ["embedding"]),
        TensorTemplate("token_embd_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture5 = architecture5Made()
@_optimize(none) private func architecture5Made() -> Architecture {
Architecture(
    id: "chatglm",
    title: "ChatGLM and GLM-4 of 2024",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "2*feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture6 = architecture6Made()
@_optimize(none) private func architecture6Made() -> Architecture {
Architecture(
    id: "codeshell",
    title: "CodeShell",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"], .optional),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture7 = architecture7Made()
@_optimize(none) private func architecture7Made() -> Architecture {
Architecture(
    id: "cohere2",
    title: "Command-R7B and Command-A",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true),
        ArchitectureKey("logit_scale", .f32, required: true),
        ArchitectureKey("attention.sliding_window", as: "window", .u32, required: true),
        ArchitectureKey("attention.sliding_window_pattern", .u32, .singleOrArray),
        ArchitectureKey("rope.freq_base_swa", .f32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture8 = architecture8Made()
@_optimize(none) private func architecture8Made() -> Architecture {
Architecture(
    id: "command-r",
    title: "Command-R",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true), ArchitectureKey("logit_scale", .f32)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size", "heads"], when: "layers - nextn_layers >= 64"),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size", "heads_kv"], when: "layers - nextn_layers >= 64"),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture9 = architecture9Made()
@_optimize(none) private func architecture9Made() -> Architecture {
Architecture(
    id: "dbrx",
    title: "DBRX",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true),
        ArchitectureKey("attention.clamp_kqv", .f32, required: true)
    ],
    values: [],
    constraints: [ArchitectureConstraint(holds: "experts > 0", text: "expert_count is at least 1")],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "feed_forward", "experts"]),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"]),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"])
    ],
    models: []
)
}

private let architecture10 = architecture10Made()
@_optimize(none) private func architecture10Made() -> Architecture {
Architecture(
    id: "deepseek",
    title: "DeepSeek MoE",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("leading_dense_block_count", as: "leading_dense", .u32),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer, required: true),
        ArchitectureKey("expert_shared_count", as: "experts_shared", .u32, required: true),
        ArchitectureKey("expert_weights_scale", .f32)
    ],
    values: [],
    constraints: [
        ArchitectureConstraint(holds: "leading_dense >= layers - nextn_layers or experts > 0", text: "expert_count is at least 1"),
        ArchitectureConstraint(
            holds: "leading_dense >= layers - nextn_layers or experts_used > 0",
            text: "expert_used_count is at least 1"
        )
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_feed_forward", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_feed_forward", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_feed_forward", "embedding", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "expert_feed_forward*experts_shared"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "expert_feed_forward*experts_shared"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["expert_feed_forward*experts_shared", "embedding"], when: "layer >= leading_dense")
    ],
    models: []
)
}

private let architecture11 = architecture11Made()
@_optimize(none) private func architecture11Made() -> Architecture {
Architecture(
    id: "deepseek2",
    title: "DeepSeek-V2, V3 and R1",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("leading_dense_block_count", as: "leading_dense", .u32),
        ArchitectureKey("attention.q_lora_rank", as: "q_rank", .u32, required: true, when: "(layers - nextn_layers == 27 or layers - nextn_layers == 26 or layers - nextn_layers == 48 and vocabulary == 128256) == 0"),
        ArchitectureKey("vocab_size", .u32),
        ArchitectureKey("attention.kv_lora_rank", as: "kv_rank", .u32, required: true),
        ArchitectureKey("attention.key_length_mla", as: "key_length_mla", .u32),
        ArchitectureKey("attention.value_length_mla", as: "value_length_mla", .u32),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer, required: true),
        ArchitectureKey("expert_shared_count", as: "experts_shared", .u32, required: true),
        ArchitectureKey("expert_weights_scale", .f32),
        ArchitectureKey("expert_weights_norm", .bool),
        ArchitectureKey("expert_gating_func", .u32),
        ArchitectureKey("rope.scaling.yarn_log_multiplier", .f32),
        ArchitectureKey("attention.temperature_scale", .f32),
        ArchitectureKey("attention.temperature_length", .u32)
    ],
    values: [
        DerivedValue(
            name: "is_lite",
            formula: "layers - nextn_layers == 27 or layers - nextn_layers == 26 or layers - nextn_layers == 48 and vocabulary == 128256"
        ),
        DerivedValue(name: "query_rank", formula: "is_lite ? 0 : q_rank"),
        DerivedValue(name: "is_mla", formula: "key_length_mla != 0 and value_length_mla != 0"),
        DerivedValue(name: "k_mla", formula: "is_mla ? key_length_mla : head_size"),
        DerivedValue(name: "v_mla", formula: "is_mla ? value_length_mla : value_size"),
        DerivedValue(name: "k_plain", formula: "k_mla - rope_size"),
        DerivedValue(name: "has_trunk", formula: "nextn_layers == 0 or has(blk.0.attn_norm.weight) != 0")
    ],
    constraints: [
        ArchitectureConstraint(holds: "k_plain >= 1", text: "a head has more than what is rotated"),
        ArchitectureConstraint(holds: "leading_dense >= layers or experts > 0", text: "expert_count is at least 1"),
        ArchitectureConstraint(holds: "leading_dense >= layers or experts_used > 0", text: "expert_used_count is at least 1")
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"], needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_q_a_norm.weight", .norm, ["query_rank"], when: "query_rank > 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_kv_a_norm.weight", .norm, ["kv_rank"], needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_q_a.weight", .other, ["embedding", "query_rank"], when: "query_rank > 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_q_b.weight", .other, ["query_rank", "heads*k_mla"], when: "query_rank > 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*k_mla"], when: "query_rank == 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_kv_a_mqa.weight", .other, ["embedding", "kv_rank + rope_size"], needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_k_b.weight", .other, ["k_plain", "kv_rank", "heads"], when: "is_mla != 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_v_b.weight", .other, ["kv_rank", "v_mla", "heads"], when: "is_mla != 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_kv_b.weight", .other, ["kv_rank", "heads*(k_plain + v_mla)"], when: "is_mla == 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*v_mla", "embedding"], needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"], needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "layer < leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "layer < leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "layer < leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "layer >= leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.exp_probs_b.bias", .norm, ["experts"], when: "layer >= leading_dense", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_up_exps.weight", .feedForwardGate, ["embedding", "2*expert_feed_forward", "experts"], when: "layer >= leading_dense", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_feed_forward", "experts"], when: "layer >= leading_dense and has(blk.{layer}.ffn_gate_up_exps.weight) == 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_feed_forward", "experts"], when: "layer >= leading_dense and has(blk.{layer}.ffn_gate_up_exps.weight) == 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_feed_forward", "embedding", "experts"], when: "layer >= leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "expert_feed_forward*experts_shared"], when: "layer >= leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "expert_feed_forward*experts_shared"], when: "layer >= leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["expert_feed_forward*experts_shared", "embedding"], when: "layer >= leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_q_a_norm.weight", .norm, ["query_rank"], layers: "layers", when: "layer >= layers - nextn_layers and query_rank > 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_kv_a_norm.weight", .norm, ["kv_rank"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_q_a.weight", .other, ["embedding", "query_rank"], layers: "layers", when: "layer >= layers - nextn_layers and query_rank > 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_q_b.weight", .other, ["query_rank", "heads*k_mla"], layers: "layers", when: "layer >= layers - nextn_layers and query_rank > 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*k_mla"], layers: "layers", when: "layer >= layers - nextn_layers and query_rank == 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_kv_a_mqa.weight", .other, ["embedding", "kv_rank + rope_size"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_k_b.weight", .other, ["k_plain", "kv_rank", "heads"], layers: "layers", when: "layer >= layers - nextn_layers and is_mla != 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_v_b.weight", .other, ["kv_rank", "v_mla", "heads"], layers: "layers", when: "layer >= layers - nextn_layers and is_mla != 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_kv_b.weight", .other, ["kv_rank", "heads*(k_plain + v_mla)"], layers: "layers", when: "layer >= layers - nextn_layers and is_mla == 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*v_mla", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], layers: "layers", when: "layer >= layers - nextn_layers and layer < leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], layers: "layers", when: "layer >= layers - nextn_layers and layer < leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers and layer < leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.exp_probs_b.bias", .norm, ["experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_up_exps.weight", .feedForwardGate, ["embedding", "2*expert_feed_forward", "experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_feed_forward", "experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense and has(blk.{layer}.ffn_gate_up_exps.weight) == 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_feed_forward", "experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense and has(blk.{layer}.ffn_gate_up_exps.weight) == 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_feed_forward", "embedding", "experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "expert_feed_forward*experts_shared"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "expert_feed_forward*experts_shared"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["expert_feed_forward*experts_shared", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.nextn.eh_proj.weight", .other, ["2*embedding", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.nextn.enorm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.nextn.hnorm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.nextn.embed_tokens.weight", .other, ["embedding", "vocabulary"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.nextn.shared_head_head.weight", .other, ["embedding", "vocabulary"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.nextn.shared_head_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", .optional)
    ],
    models: []
)
}

private let architecture12 = architecture12Made()
@_optimize(none) private func architecture12Made() -> Architecture {
Architecture(
    id: "dots1",
    title: "dots.llm1",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("leading_dense_block_count", as: "leading_dense", .u32),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer, required: true),
        ArchitectureKey("expert_shared_count", as: "experts_shared", .u32, required: true),
        ArchitectureKey("expert_weights_scale", .f32),
        ArchitectureKey("expert_weights_norm", .bool),
        ArchitectureKey("expert_gating_func", .u32)
    ],
    values: [],
    constraints: [
        ArchitectureConstraint(holds: "leading_dense >= layers - nextn_layers or experts > 0", text: "expert_count is at least 1"),
        ArchitectureConstraint(
            holds: "leading_dense >= layers - nextn_layers or experts_used > 0",
            text: "expert_used_count is at least 1"
        )
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + 2*heads*head_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + 2*heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.exp_probs_b.bias", .norm, ["experts"], when: "layer >= leading_dense", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_feed_forward", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_feed_forward", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_feed_forward", "embedding", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "expert_feed_forward*experts_shared"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "expert_feed_forward*experts_shared"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["expert_feed_forward*experts_shared", "embedding"], when: "layer >= leading_dense")
    ],
    models: []
)
}

private let architecture13 = architecture13Made()
@_optimize(none) private func architecture13Made() -> Architecture {
Architecture(
    id: "ernie4_5-moe",
    title: "ERNIE 4.5, with experts",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("rope.dimension_sections", .u32, .four),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer, required: true),
        ArchitectureKey("expert_shared_feed_forward_length", as: "shared_feed_forward", .u32),
        ArchitectureKey("interleave_moe_layer_step", .u32, required: true),
        ArchitectureKey("leading_dense_block_count", as: "leading_dense", .u32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.exp_probs_b.bias", .norm, ["experts"], when: "layer >= leading_dense", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_feed_forward", "experts"], when: "layer >= leading_dense", .optional),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_feed_forward", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_feed_forward", "embedding", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "shared_feed_forward"], when: "layer >= leading_dense and shared_feed_forward > 0"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "shared_feed_forward"], when: "layer >= leading_dense and shared_feed_forward > 0"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["shared_feed_forward", "embedding"], when: "layer >= leading_dense and shared_feed_forward > 0")
    ],
    models: []
)
}

private let architecture14 = architecture14Made()
@_optimize(none) private func architecture14Made() -> Architecture {
Architecture(
    id: "ernie4_5",
    title: "ERNIE 4.5, dense",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("rope.dimension_sections", .u32, .four)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture15 = architecture15Made()
@_optimize(none) private func architecture15Made() -> Architecture {
Architecture(
    id: "exaone",
    title: "EXAONE 3",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("rope_freqs.weight", .norm, ["rope_size/2"], .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture16 = architecture16Made()
@_optimize(none) private func architecture16Made() -> Architecture {
Architecture(
    id: "falcon",
    title: "Falcon",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [
        ArchitectureConstraint(
            holds: "rope_size == head_size",
            text: "all of a head is rotated: rope.dimension_count is attention.key_length"
        )
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm_2.weight", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_norm_2.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture17 = architecture17Made()
@_optimize(none) private func architecture17Made() -> Architecture {
Architecture(
    id: "gemma-embedding",
    title: "EmbeddingGemma",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("attention.sliding_window", as: "window", .u32, required: true),
        ArchitectureKey("attention.sliding_window_pattern", .u32, .singleOrArray),
        ArchitectureKey("rope.freq_base_swa", .f32),
        ArchitectureKey("dense_2_feat_in", as: "dense_2_feat_in", .u32),
        ArchitectureKey("dense_2_feat_out", as: "dense_2_feat_out", .u32),
        ArchitectureKey("dense_3_feat_in", as: "dense_3_feat_in", .u32),
        ArchitectureKey("dense_3_feat_out", as: "dense_3_feat_out", .u32)
    ],
    values: [],
    constraints: [
        ArchitectureConstraint(
            holds: "dense_2_feat_in == 0 or dense_2_feat_in == embedding",
            text: "dense_2_feat_in is embedding_length"
        ),
        ArchitectureConstraint(
            holds: "dense_3_feat_out == 0 or dense_3_feat_out == embedding",
            text: "dense_3_feat_out is embedding_length"
        )
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("dense_2.weight", .other, ["embedding", "dense_2_feat_out"], .optional),
        TensorTemplate("dense_3.weight", .other, ["dense_3_feat_in", "embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.post_ffw_norm.weight", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture18 = architecture18Made()
@_optimize(none) private func architecture18Made() -> Architecture {
Architecture(
    id: "gemma",
    title: "Gemma",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture19 = architecture19Made()
@_optimize(none) private func architecture19Made() -> Architecture {
Architecture(
    id: "gemma2",
    title: "Gemma 2",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("attention.sliding_window", as: "window", .u32),
        ArchitectureKey("attention.sliding_window_pattern", .u32, .singleOrArray),
        ArchitectureKey("rope.freq_base_swa", .f32),
        ArchitectureKey("attn_logit_softcapping", .f32),
        ArchitectureKey("final_logit_softcapping", .f32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.post_ffw_norm.weight", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture20 = architecture20Made()
@_optimize(none) private func architecture20Made() -> Architecture {
Architecture(
    id: "gemma3",
    title: "Gemma 3",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("attention.sliding_window", as: "window", .u32),
        ArchitectureKey("attention.sliding_window_pattern", .u32, .singleOrArray, when: "window > 0"),
        ArchitectureKey("rope.freq_base_swa", .f32),
        ArchitectureKey("final_logit_softcapping", .f32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.post_ffw_norm.weight", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture21 = architecture21Made()
@_optimize(none) private func architecture21Made() -> Architecture {
Architecture(
    id: "gemma3n",
    title: "Gemma 3n",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("attention.sliding_window", as: "window", .u32, required: true),
        ArchitectureKey("attention.sliding_window_pattern", .u32, .singleOrArray),
        ArchitectureKey("rope.freq_base_swa", .f32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("altup_proj.weight", .other, ["embedding", "embedding", "3"]),
        TensorTemplate("altup_unembd_proj.weight", .other, ["embedding", "embedding", "3"]),
        TensorTemplate("per_layer_token_embd.weight", .other, ["256*(layers - nextn_layers)", "vocabulary"]),
        TensorTemplate("per_layer_model_proj.weight", .other, ["embedding", "256*(layers - nextn_layers)"]),
        TensorTemplate("per_layer_proj_norm.weight", .norm, ["256"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.post_ffw_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.inp_gate.weight", .other, ["embedding", "256"]),
        TensorTemplate("blk.{layer}.proj.weight", .other, ["256", "embedding"]),
        TensorTemplate("blk.{layer}.post_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.altup_correct_coef.weight", .other, ["4", "4"]),
        TensorTemplate("blk.{layer}.altup_correct_scale.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.altup_predict_coef.weight", .other, ["4", "16"]),
        TensorTemplate("blk.{layer}.altup_router.weight", .other, ["embedding", "4"]),
        TensorTemplate("blk.{layer}.altup_router_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.laurel_l.weight", .other, ["embedding", "64"]),
        TensorTemplate("blk.{layer}.laurel_r.weight", .other, ["64", "embedding"]),
        TensorTemplate("blk.{layer}.laurel_post_norm.weight", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture22 = architecture22Made()
@_optimize(none) private func architecture22Made() -> Architecture {
Architecture(
    id: "glm4",
    title: "GLM-4 of 2025",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("rope.dimension_sections", .u32, .four)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "2*feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.post_ffw_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "2*feed_forward"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.post_ffw_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.nextn.eh_proj.weight", .other, ["2*embedding", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.nextn.enorm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.nextn.hnorm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.nextn.embed_tokens.weight", .other, ["embedding", "vocabulary"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.nextn.shared_head_head.weight", .other, ["embedding", "vocabulary"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.nextn.shared_head_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", .optional)
    ],
    models: []
)
}

private let architecture23 = architecture23Made()
@_optimize(none) private func architecture23Made() -> Architecture {
Architecture(
    id: "glm4moe",
    title: "GLM-4.5 and later, with experts",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("leading_dense_block_count", as: "leading_dense", .u32),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer, required: true),
        ArchitectureKey("rope.dimension_sections", .u32, .four),
        ArchitectureKey("expert_shared_count", as: "experts_shared", .u32, required: true),
        ArchitectureKey("expert_weights_scale", .f32),
        ArchitectureKey("expert_weights_norm", .bool),
        ArchitectureKey("expert_gating_func", .u32)
    ],
    values: [
        DerivedValue(name: "expert_width", formula: "expert_feed_forward != 0 ? expert_feed_forward : feed_forward/experts_used"),
        DerivedValue(name: "has_trunk", formula: "nextn_layers == 0 or has(blk.0.attn_norm.weight) != 0")
    ],
    constraints: [
        ArchitectureConstraint(holds: "experts > 0", text: "expert_count is at least 1"),
        ArchitectureConstraint(holds: "experts_used > 0", text: "expert_used_count is at least 1")
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"], needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"], needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"], .optional),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"], .optional),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"], needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "layer >= leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.exp_probs_b.bias", .norm, ["experts"], when: "layer >= leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_width", "experts"], when: "layer >= leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_width", "experts"], when: "layer >= leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_width", "embedding", "experts"], when: "layer >= leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "expert_width*experts_shared"], when: "layer >= leading_dense and experts_shared > 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "expert_width*experts_shared"], when: "layer >= leading_dense and experts_shared > 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["expert_width*experts_shared", "embedding"], when: "layer >= leading_dense and experts_shared > 0", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "layer < leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "layer < leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "layer < leading_dense", needed: "has_trunk != 0"),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.exp_probs_b.bias", .norm, ["experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_width", "experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_width", "experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_width", "embedding", "experts"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "expert_width*experts_shared"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense and experts_shared > 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "expert_width*experts_shared"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense and experts_shared > 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["expert_width*experts_shared", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers and layer >= leading_dense and experts_shared > 0", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], layers: "layers", when: "layer >= layers - nextn_layers and layer < leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], layers: "layers", when: "layer >= layers - nextn_layers and layer < leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers and layer < leading_dense", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.nextn.eh_proj.weight", .other, ["2*embedding", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.nextn.enorm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.nextn.hnorm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", needed: "has(blk.{layer}.nextn.eh_proj.weight) != 0"),
        TensorTemplate("blk.{layer}.nextn.embed_tokens.weight", .other, ["embedding", "vocabulary"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.nextn.shared_head_head.weight", .other, ["embedding", "vocabulary"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.nextn.shared_head_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", .optional)
    ],
    models: []
)
}

private let architecture24 = architecture24Made()
@_optimize(none) private func architecture24Made() -> Architecture {
Architecture(
    id: "gpt-oss",
    title: "gpt-oss",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer, required: true),
        ArchitectureKey("attention.sliding_window", as: "window", .u32, required: true),
        ArchitectureKey("attention.sliding_window_pattern", .u32, .singleOrArray),
        ArchitectureKey("rope.freq_base_swa", .f32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*rope_size + 2*heads_kv*rope_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*rope_size + 2*heads_kv*rope_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*rope_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*rope_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*rope_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*rope_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*rope_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*rope_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*rope_size", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_sinks.weight", .norm, ["heads"]),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_feed_forward", "experts"]),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_feed_forward", "experts"]),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_feed_forward", "embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_inp.bias", .norm, ["experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_exps.bias", .other, ["expert_feed_forward", "experts"]),
        TensorTemplate("blk.{layer}.ffn_down_exps.bias", .other, ["embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_up_exps.bias", .other, ["expert_feed_forward", "experts"])
    ],
    models: []
)
}

private let architecture25 = architecture25Made()
@_optimize(none) private func architecture25Made() -> Architecture {
Architecture(
    id: "gpt2",
    title: "GPT-2",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("position_embd.weight", .other, ["embedding", "context"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture26 = architecture26Made()
@_optimize(none) private func architecture26Made() -> Architecture {
Architecture(
    id: "gptneox",
    title: "GPT-NeoX",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true),
        ArchitectureKey("use_parallel_residual", .bool, required: true)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture27 = architecture27Made()
@_optimize(none) private func architecture27Made() -> Architecture {
Architecture(
    id: "granite",
    title: "Granite",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("logit_scale", .f32, required: true),
        ArchitectureKey("residual_scale", .f32),
        ArchitectureKey("embedding_scale", .f32),
        ArchitectureKey("attention.scale", .f32),
        ArchitectureKey("expert_shared_feed_forward_length", as: "shared_feed_forward", .u32),
        ArchitectureKey("deepstack_mapping", .u32, .array)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("rope_factors_long.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_factors_short.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_freqs.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_gate.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "feed_forward", "experts"], when: "experts > 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "shared_feed_forward"], when: "experts > 0 and shared_feed_forward > 0"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "shared_feed_forward"], when: "experts > 0 and shared_feed_forward > 0"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["shared_feed_forward", "embedding"], when: "experts > 0 and shared_feed_forward > 0")
    ],
    models: []
)
}

private let architecture28 = architecture28Made()
@_optimize(none) private func architecture28Made() -> Architecture {
Architecture(
    id: "granitehybrid",
    title: "Granite 4, Mamba-2 and attention",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("ssm.conv_kernel", as: "ssm_kernel", .u32, required: true),
        ArchitectureKey("ssm.inner_size", as: "ssm_inner", .u32, required: true),
        ArchitectureKey("ssm.state_size", as: "ssm_state", .u32, required: true),
        ArchitectureKey("ssm.time_step_rank", as: "ssm_rank", .u32, required: true),
        ArchitectureKey("ssm.group_count", as: "ssm_groups", .u32, required: true),
        ArchitectureKey("logit_scale", .f32),
        ArchitectureKey("residual_scale", .f32),
        ArchitectureKey("embedding_scale", .f32),
        ArchitectureKey("attention.scale", .f32),
        ArchitectureKey("expert_shared_feed_forward_length", as: "shared_feed_forward", .u32)
    ],
    values: [],
    constraints: [ArchitectureConstraint(holds: "ssm_inner == 2*embedding", text: "ssm.inner_size is twice embedding_length")],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ssm_in.weight", .other, ["embedding", "2*ssm_inner + 2*ssm_groups*ssm_state + ssm_rank"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.ssm_conv1d.weight", .other, ["ssm_kernel", "ssm_inner + 2*ssm_groups*ssm_state"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.ssm_conv1d.bias", .norm, ["ssm_inner + 2*ssm_groups*ssm_state"], when: "heads_kv[layer] == 0", .optional),
        TensorTemplate("blk.{layer}.ssm_dt.bias", .norm, ["ssm_rank"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.ssm_a", .other, ["1", "ssm_rank"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.ssm_d", .other, ["1", "ssm_rank"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.ssm_norm.weight", .norm, ["ssm_inner/ssm_groups", "ssm_groups"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.ssm_out.weight", .other, ["ssm_inner", "embedding"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads[layer]*head_size + heads_kv[layer]*head_size + heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0", .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads[layer]*head_size + heads_kv[layer]*head_size + heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads[layer]*head_size"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv[layer]*head_size"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads[layer]*head_size"], when: "heads_kv[layer] != 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv[layer]*head_size"], when: "heads_kv[layer] != 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads[layer]*head_size", "embedding"], when: "heads_kv[layer] != 0"),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], when: "heads_kv[layer] != 0", .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("rope_freqs.weight", .norm, ["rope_size/2"], .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_gate.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "feed_forward", "experts"], when: "experts > 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "shared_feed_forward"], when: "experts > 0 and shared_feed_forward > 0"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "shared_feed_forward"], when: "experts > 0 and shared_feed_forward > 0"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["shared_feed_forward", "embedding"], when: "experts > 0 and shared_feed_forward > 0")
    ],
    models: []
)
}

private let architecture29 = architecture29Made()
@_optimize(none) private func architecture29Made() -> Architecture {
Architecture(
    id: "granitemoe",
    title: "Granite, with experts",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("logit_scale", .f32, required: true),
        ArchitectureKey("residual_scale", .f32),
        ArchitectureKey("embedding_scale", .f32),
        ArchitectureKey("attention.scale", .f32),
        ArchitectureKey("expert_shared_feed_forward_length", as: "shared_feed_forward", .u32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("rope_factors_long.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_factors_short.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_freqs.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_gate.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "feed_forward", "experts"], when: "experts > 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "shared_feed_forward"], when: "experts > 0 and shared_feed_forward > 0"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "shared_feed_forward"], when: "experts > 0 and shared_feed_forward > 0"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["shared_feed_forward", "embedding"], when: "experts > 0 and shared_feed_forward > 0")
    ],
    models: []
)
}

private let architecture30 = architecture30Made()
@_optimize(none) private func architecture30Made() -> Architecture {
Architecture(
    id: "hunyuan-dense",
    title: "Hunyuan, dense",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("rope.dimension_sections", .u32, .four),
        ArchitectureKey("expert_count", as: "experts_stated", .u32),
        ArchitectureKey("expert_used_count", as: "experts_used_stated", .u32, .perLayer)
    ],
    values: [
        DerivedValue(name: "experts", formula: "experts_stated > 1 ? experts_stated : 0"),
        DerivedValue(name: "experts_used", formula: "experts_stated > 1 ? experts_used_stated : 0")
    ],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture31 = architecture31Made()
@_optimize(none) private func architecture31Made() -> Architecture {
Architecture(
    id: "internlm2",
    title: "InternLM2",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture32 = architecture32Made()
@_optimize(none) private func architecture32Made() -> Architecture {
Architecture(
    id: "jais",
    title: "Jais",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true), ArchitectureKey("attention.max_alibi_bias", .f32)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.bias", .norm, ["feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture33 = architecture33Made()
@_optimize(none) private func architecture33Made() -> Architecture {
Architecture(
    id: "jina-bert-v2",
    title: "Jina Embeddings v2",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("token_types.weight", .other, ["embedding", "token_types"]),
        TensorTemplate("token_embd_norm.weight", .norm, ["embedding"]),
        TensorTemplate("token_embd_norm.bias", .norm, ["embedding"]),
        TensorTemplate("cls.weight", .other, ["embedding", "1"], .optional),
        TensorTemplate("cls.bias", .norm, ["1"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_q_norm.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_k_norm.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm_2.weight", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_norm_2.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], .optional),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "rows(blk.{layer}.ffn_up.weight) == 2*feed_forward ? 2*feed_forward : feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["rows(blk.{layer}.ffn_up.weight) == 2*feed_forward ? 2*feed_forward : feed_forward"], .optional),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.layer_output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.layer_output_norm.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture34 = architecture34Made()
@_optimize(none) private func architecture34Made() -> Architecture {
Architecture(
    id: "lfm2",
    title: "LFM2",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("shortconv.l_cache", as: "conv_length", .u32, required: true),
        ArchitectureKey("attention.sliding_window", .u32)
    ],
    values: [],
    constraints: [
        ArchitectureConstraint(
            holds: "heads_kv*value_size == heads_kv*head_size",
            text: "keys and values of the first layer are as wide as each other"
        )
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("token_embd_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("dense_2.weight", .other, ["embedding", "embedding_out != 0 ? embedding_out : embedding"], .optional),
        TensorTemplate("dense_2.bias", .norm, ["embedding_out != 0 ? embedding_out : embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"], when: "heads_kv[layer] != 0"),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"], when: "heads_kv[layer] != 0"),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + heads_kv[layer]*head_size + heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0", .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + heads_kv[layer]*head_size + heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv[layer]*head_size"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "heads_kv[layer] != 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv[layer]*head_size"], when: "heads_kv[layer] != 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"], when: "heads_kv[layer] != 0"),
        TensorTemplate("blk.{layer}.shortconv.conv.weight", .other, ["conv_length", "embedding"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.shortconv.in_proj.weight", .other, ["embedding", "3*embedding"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.shortconv.out_proj.weight", .other, ["embedding", "embedding"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture35 = architecture35Made()
@_optimize(none) private func architecture35Made() -> Architecture {
Architecture(
    id: "lfm2moe",
    title: "LFM2, with experts",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("shortconv.l_cache", as: "conv_length", .u32, required: true),
        ArchitectureKey("leading_dense_block_count", as: "leading_dense", .u32),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer, required: true),
        ArchitectureKey("expert_gating_func", .u32, required: true)
    ],
    values: [],
    constraints: [
        ArchitectureConstraint(
            holds: "heads_kv*value_size == heads_kv*head_size",
            text: "keys and values of the first layer are as wide as each other"
        ),
        ArchitectureConstraint(holds: "leading_dense >= layers - nextn_layers or experts > 0", text: "expert_count is at least 1")
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("token_embd_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("dense_2.weight", .other, ["embedding", "embedding_out != 0 ? embedding_out : embedding"], .optional),
        TensorTemplate("dense_2.bias", .norm, ["embedding_out != 0 ? embedding_out : embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"], when: "heads_kv[layer] != 0"),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"], when: "heads_kv[layer] != 0"),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + heads_kv[layer]*head_size + heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0", .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + heads_kv[layer]*head_size + heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv[layer]*head_size"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "heads_kv[layer] != 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv[layer]*head_size"], when: "heads_kv[layer] != 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv[layer]*value_size"], when: "heads_kv[layer] != 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"], when: "heads_kv[layer] != 0"),
        TensorTemplate("blk.{layer}.shortconv.conv.weight", .other, ["conv_length", "embedding"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.shortconv.in_proj.weight", .other, ["embedding", "3*embedding"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.shortconv.out_proj.weight", .other, ["embedding", "embedding"], when: "heads_kv[layer] == 0"),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "layer < leading_dense"),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.exp_probs_b.bias", .norm, ["experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_feed_forward", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_feed_forward", "experts"], when: "layer >= leading_dense"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_feed_forward", "embedding", "experts"], when: "layer >= leading_dense")
    ],
    models: []
)
}

private let architecture36 = architecture36Made()
@_optimize(none) private func architecture36Made() -> Architecture {
Architecture(
    id: "llama",
    title: "Llama, dense and with experts",
    ownKeys: [ArchitectureKey("vocab_size", .u32), ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [
        ArchitectureConstraint(
            holds: "rope_size == head_size",
            text: "all of a head is rotated: rope.dimension_count is attention.key_length"
        )
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("rope_factors_long.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_factors_short.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_freqs.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_gate.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "feed_forward", "experts"], when: "experts > 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"], when: "experts > 0")
    ],
    models: []
)
}

private let architecture37 = architecture37Made()
@_optimize(none) private func architecture37Made() -> Architecture {
Architecture(
    id: "llama4",
    title: "Llama 4, with experts",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer, required: true),
        ArchitectureKey("interleave_moe_layer_step", as: "moe_step", .u32, required: true),
        ArchitectureKey("attention.sliding_window", as: "window", .u32),
        ArchitectureKey("attention.sliding_window_pattern", .u32, .singleOrArray),
        ArchitectureKey("rope.freq_base_swa", .f32)
    ],
    values: [],
    constraints: [ArchitectureConstraint(holds: "experts > 0", text: "expert_count is at least 1")],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("rope_freqs.weight", .norm, ["rope_size/2"], .optional),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "moe_step > 0 and (layer + 1)%moe_step == 0"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_feed_forward", "experts"], when: "moe_step > 0 and (layer + 1)%moe_step == 0"),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_feed_forward", "experts"], when: "moe_step > 0 and (layer + 1)%moe_step == 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_feed_forward", "embedding", "experts"], when: "moe_step > 0 and (layer + 1)%moe_step == 0"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "expert_feed_forward"], when: "moe_step > 0 and (layer + 1)%moe_step == 0"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "expert_feed_forward"], when: "moe_step > 0 and (layer + 1)%moe_step == 0"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["expert_feed_forward", "embedding"], when: "moe_step > 0 and (layer + 1)%moe_step == 0"),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "moe_step == 0 or (layer + 1)%moe_step != 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "moe_step == 0 or (layer + 1)%moe_step != 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "moe_step == 0 or (layer + 1)%moe_step != 0")
    ],
    models: []
)
}

private let architecture38 = architecture38Made()
@_optimize(none) private func architecture38Made() -> Architecture {
Architecture(
    id: "mamba",
    title: "Mamba",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("ssm.conv_kernel", as: "ssm_kernel", .u32, required: true),
        ArchitectureKey("ssm.inner_size", as: "ssm_inner", .u32, required: true),
        ArchitectureKey("ssm.state_size", as: "ssm_state", .u32, required: true),
        ArchitectureKey("ssm.time_step_rank", as: "ssm_rank", .u32, required: true),
        ArchitectureKey("ssm.dt_b_c_rms", .bool)
    ],
    values: [],
    constraints: [ArchitectureConstraint(holds: "ssm_inner == 2*embedding", text: "ssm.inner_size is twice embedding_length")],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ssm_in.weight", .other, ["embedding", "2*ssm_inner"]),
        TensorTemplate("blk.{layer}.ssm_conv1d.weight", .other, ["ssm_kernel", "ssm_inner"]),
        TensorTemplate("blk.{layer}.ssm_conv1d.bias", .norm, ["ssm_inner"]),
        TensorTemplate("blk.{layer}.ssm_x.weight", .other, ["ssm_inner", "ssm_rank + 2*ssm_state"]),
        TensorTemplate("blk.{layer}.ssm_dt.weight", .other, ["ssm_rank", "ssm_inner"]),
        TensorTemplate("blk.{layer}.ssm_dt.bias", .norm, ["ssm_inner"]),
        TensorTemplate("blk.{layer}.ssm_a", .other, ["ssm_state", "ssm_inner"]),
        TensorTemplate("blk.{layer}.ssm_d", .norm, ["ssm_inner"]),
        TensorTemplate("blk.{layer}.ssm_out.weight", .other, ["ssm_inner", "embedding"])
    ],
    models: []
)
}

private let architecture39 = architecture39Made()
@_optimize(none) private func architecture39Made() -> Architecture {
Architecture(
    id: "mamba2",
    title: "Mamba-2",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("ssm.conv_kernel", as: "ssm_kernel", .u32, required: true),
        ArchitectureKey("ssm.inner_size", as: "ssm_inner", .u32, required: true),
        ArchitectureKey("ssm.state_size", as: "ssm_state", .u32, required: true),
        ArchitectureKey("ssm.time_step_rank", as: "ssm_rank", .u32, required: true),
        ArchitectureKey("ssm.group_count", as: "ssm_groups", .u32, required: true)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ssm_in.weight", .other, ["embedding", "2*ssm_inner + 2*ssm_groups*ssm_state + ssm_rank"]),
        TensorTemplate("blk.{layer}.ssm_conv1d.weight", .other, ["ssm_kernel", "ssm_inner + 2*ssm_groups*ssm_state"]),
        TensorTemplate("blk.{layer}.ssm_conv1d.bias", .norm, ["ssm_inner + 2*ssm_groups*ssm_state"]),
        TensorTemplate("blk.{layer}.ssm_dt.bias", .norm, ["ssm_rank"]),
        TensorTemplate("blk.{layer}.ssm_a", .other, ["1", "ssm_rank"]),
        TensorTemplate("blk.{layer}.ssm_d", .other, ["1", "ssm_rank"]),
        TensorTemplate("blk.{layer}.ssm_norm.weight", .norm, ["ssm_inner/ssm_groups", "ssm_groups"]),
        TensorTemplate("blk.{layer}.ssm_out.weight", .other, ["ssm_inner", "embedding"])
    ],
    models: []
)
}

private let architecture40 = architecture40Made()
@_optimize(none) private func architecture40Made() -> Architecture {
Architecture(
    id: "minicpm",
    title: "MiniCPM",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("embedding_scale", .f32),
        ArchitectureKey("residual_scale", .f32),
        ArchitectureKey("logit_scale", .f32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("rope_factors_long.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_factors_short.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_freqs.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_gate.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "feed_forward", "experts"], when: "experts > 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"], when: "experts > 0")
    ],
    models: []
)
}

private let architecture41 = architecture41Made()
@_optimize(none) private func architecture41Made() -> Architecture {
Architecture(
    id: "minicpm3",
    title: "MiniCPM3",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("attention.q_lora_rank", as: "q_rank", .u32, required: true),
        ArchitectureKey("attention.kv_lora_rank", as: "kv_rank", .u32, required: true)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_q_a_norm.weight", .norm, ["q_rank"]),
        TensorTemplate("blk.{layer}.attn_kv_a_norm.weight", .norm, ["kv_rank"]),
        TensorTemplate("blk.{layer}.attn_q_a.weight", .other, ["embedding", "q_rank"]),
        TensorTemplate("blk.{layer}.attn_q_b.weight", .other, ["q_rank", "heads*head_size"]),
        TensorTemplate("blk.{layer}.attn_kv_a_mqa.weight", .other, ["embedding", "kv_rank + rope_size"]),
        TensorTemplate("blk.{layer}.attn_kv_b.weight", .other, ["kv_rank", "heads*(head_size - rope_size + value_size)"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*value_size", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("rope_factors_long.weight", .norm, ["rope_size/2"], .optional),
        TensorTemplate("rope_factors_short.weight", .norm, ["rope_size/2"], .optional)
    ],
    models: []
)
}

private let architecture42 = architecture42Made()
@_optimize(none) private func architecture42Made() -> Architecture {
Architecture(
    id: "mistral3",
    title: "Mistral 3",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("attention.temperature_scale", .f32),
        ArchitectureKey("rope.scaling.yarn_beta_fast", .f32),
        ArchitectureKey("rope.scaling.yarn_beta_slow", .f32),
        ArchitectureKey("rope.scaling.yarn_log_multiplier", .f32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("rope_factors_long.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_factors_short.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_freqs.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_gate.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "feed_forward", "experts"], when: "experts > 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"], when: "experts > 0")
    ],
    models: []
)
}

private let architecture43 = architecture43Made()
@_optimize(none) private func architecture43Made() -> Architecture {
Architecture(
    id: "mpt",
    title: "MPT",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true),
        ArchitectureKey("attention.clamp_kqv", .f32),
        ArchitectureKey("attention.max_alibi_bias", .f32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("position_embd.weight", .other, ["embedding", "context"], .optional),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"], .optional),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_q_norm.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_k_norm.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn.act.scales", .norm, ["feed_forward"], .optional)
    ],
    models: []
)
}

private let architecture44 = architecture44Made()
@_optimize(none) private func architecture44Made() -> Architecture {
Architecture(
    id: "nemotron",
    title: "Nemotron",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], .optional)
    ],
    models: []
)
}

private let architecture45 = architecture45Made()
@_optimize(none) private func architecture45Made() -> Architecture {
Architecture(
    id: "nomic-bert-moe",
    title: "Nomic Embed, with experts",
    ownKeys: [
        ArchitectureKey("moe_every_n_layers", as: "moe_step", .u32),
        ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)
    ],
    values: [],
    constraints: [ArchitectureConstraint(holds: "token_types > 0", text: "tokenizer.ggml.token_type_count is at least 1")],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("token_types.weight", .other, ["embedding", "token_types"], .optional),
        TensorTemplate("token_embd_norm.weight", .norm, ["embedding"]),
        TensorTemplate("token_embd_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "moe_step > 0 and layer%moe_step == 1"),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"], when: "moe_step > 0 and layer%moe_step == 1"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"], when: "moe_step > 0 and layer%moe_step == 1"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "moe_step == 0 or layer%moe_step != 1"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "moe_step == 0 or layer%moe_step != 1"),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], when: "moe_step == 0 or layer%moe_step != 1", .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], when: "moe_step == 0 or layer%moe_step != 1", .optional),
        TensorTemplate("blk.{layer}.layer_output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.layer_output_norm.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture46 = architecture46Made()
@_optimize(none) private func architecture46Made() -> Architecture {
Architecture(
    id: "nomic-bert",
    title: "Nomic Embed",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [ArchitectureConstraint(holds: "token_types > 0", text: "tokenizer.ggml.token_type_count is at least 1")],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("token_types.weight", .other, ["embedding", "token_types"], .optional),
        TensorTemplate("token_embd_norm.weight", .norm, ["embedding"]),
        TensorTemplate("token_embd_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.attn_output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], .optional),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.layer_output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.layer_output_norm.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture47 = architecture47Made()
@_optimize(none) private func architecture47Made() -> Architecture {
Architecture(
    id: "olmo",
    title: "OLMo",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true), ArchitectureKey("attention.clamp_kqv", .f32)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture48 = architecture48Made()
@_optimize(none) private func architecture48Made() -> Architecture {
Architecture(
    id: "olmo2",
    title: "OLMo 2 and 3",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("attention.sliding_window", as: "window", .u32),
        ArchitectureKey("attention.sliding_window_pattern", .u32, .singleOrArray, when: "window > 0"),
        ArchitectureKey("rope.freq_base_swa", .f32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["heads_kv*(embedding/heads)"]),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.post_ffw_norm.weight", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture49 = architecture49Made()
@_optimize(none) private func architecture49Made() -> Architecture {
Architecture(
    id: "olmoe",
    title: "OLMoE",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [
        ArchitectureConstraint(holds: "experts > 0", text: "expert_count is at least 1"),
        ArchitectureConstraint(holds: "experts_used > 0", text: "expert_used_count is at least 1")
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "feed_forward", "experts"]),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"]),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"])
    ],
    models: []
)
}

private let architecture50 = architecture50Made()
@_optimize(none) private func architecture50Made() -> Architecture {
Architecture(
    id: "openelm",
    title: "OpenELM",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "(heads[layer] + 2*heads_kv[layer])*head_size"]),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads[layer]*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward[layer]"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward[layer]"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward[layer]", "embedding"])
    ],
    models: []
)
}

private let architecture51 = architecture51Made()
@_optimize(none) private func architecture51Made() -> Architecture {
Architecture(
    id: "orion",
    title: "Orion",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture52 = architecture52Made()
@_optimize(none) private func architecture52Made() -> Architecture {
Architecture(
    id: "phi2",
    title: "Phi-2",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("output.bias", .norm, ["vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture53 = architecture53Made()
@_optimize(none) private func architecture53Made() -> Architecture {
Architecture(
    id: "phi3",
    title: "Phi-3",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true), ArchitectureKey("attention.sliding_window", .u32)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "2*feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("rope_factors_long.weight", .norm, ["rope_size/2"], .optional),
        TensorTemplate("rope_factors_short.weight", .norm, ["rope_size/2"], .optional)
    ],
    models: []
)
}

private let architecture54 = architecture54Made()
@_optimize(none) private func architecture54Made() -> Architecture {
Architecture(
    id: "phimoe",
    title: "Phi-3.5-MoE",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("output.bias", .norm, ["vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "feed_forward", "experts"]),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"]),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"]),
        TensorTemplate("rope_factors_long.weight", .norm, ["embedding/heads/2"], .optional),
        TensorTemplate("rope_factors_short.weight", .norm, ["embedding/heads/2"], .optional)
    ],
    models: []
)
}

private let architecture55 = architecture55Made()
@_optimize(none) private func architecture55Made() -> Architecture {
Architecture(
    id: "plamo",
    title: "PLaMo",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture56 = architecture56Made()
@_optimize(none) private func architecture56Made() -> Architecture {
Architecture(
    id: "qwen",
    title: "Qwen, first generation",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "3*embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["3*embedding"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward/2"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward/2"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward/2", "embedding"])
    ],
    models: []
)
}

private let architecture57 = architecture57Made()
@_optimize(none) private func architecture57Made() -> Architecture {
Architecture(
    id: "qwen2",
    title: "Qwen2, dense",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("output.bias", .norm, ["vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture58 = architecture58Made()
@_optimize(none) private func architecture58Made() -> Architecture {
Architecture(
    id: "qwen2moe",
    title: "Qwen2, with experts",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer),
        ArchitectureKey("expert_shared_feed_forward_length", as: "shared_feed_forward", .u32)
    ],
    values: [
        DerivedValue(name: "expert_width", formula: "expert_feed_forward != 0 ? expert_feed_forward : feed_forward/experts_used"),
        DerivedValue(name: "shared_width", formula: "shared_feed_forward != 0 ? shared_feed_forward : feed_forward")
    ],
    constraints: [
        ArchitectureConstraint(holds: "experts > 0", text: "expert_count is at least 1"),
        ArchitectureConstraint(holds: "experts_used > 0", text: "expert_used_count is at least 1")
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_width", "experts"]),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_width", "experts"]),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_width", "embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_inp_shexp.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "shared_width"]),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "shared_width"]),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["shared_width", "embedding"])
    ],
    models: []
)
}

private let architecture59 = architecture59Made()
@_optimize(none) private func architecture59Made() -> Architecture {
Architecture(
    id: "qwen3",
    title: "Qwen3, dense",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("cls.output.weight", .other, ["embedding", "labels"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: [
        ModelShape(
            id: "qwen3-0.6b",
            label: "0.6B",
            embedding: 1024,
            layers: 28,
            feedForward: 3072,
            heads: 16,
            headsKV: 8,
            headSize: 128,
            vocabulary: 151936,
            tied: true,
            outputTensor: true
        ),
        ModelShape(
            id: "qwen3-1.7b",
            label: "1.7B",
            embedding: 2048,
            layers: 28,
            feedForward: 6144,
            heads: 16,
            headsKV: 8,
            headSize: 128,
            vocabulary: 151936,
            tied: true,
            outputTensor: true
        ),
        ModelShape(
            id: "qwen3-4b",
            label: "4B",
            embedding: 2560,
            layers: 36,
            feedForward: 9728,
            heads: 32,
            headsKV: 8,
            headSize: 128,
            vocabulary: 151936,
            tied: true,
            outputTensor: false
        ),
        ModelShape(
            id: "qwen3-8b",
            label: "8B",
            embedding: 4096,
            layers: 36,
            feedForward: 12288,
            heads: 32,
            headsKV: 8,
            headSize: 128,
            vocabulary: 151936,
            tied: false,
            outputTensor: true
        ),
        ModelShape(
            id: "qwen3-14b",
            label: "14B",
            embedding: 5120,
            layers: 40,
            feedForward: 17408,
            heads: 40,
            headsKV: 8,
            headSize: 128,
            vocabulary: 151936,
            tied: false,
            outputTensor: true
        ),
        ModelShape(
            id: "qwen3-32b",
            label: "32B",
            embedding: 5120,
            layers: 64,
            feedForward: 25600,
            heads: 64,
            headsKV: 8,
            headSize: 128,
            vocabulary: 151936,
            tied: false,
            outputTensor: true
        )
    ]
)
}

private let architecture60 = architecture60Made()
@_optimize(none) private func architecture60Made() -> Architecture {
Architecture(
    id: "qwen3moe",
    title: "Qwen3, with experts",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer)
    ],
    values: [DerivedValue(name: "expert_width", formula: "expert_feed_forward != 0 ? expert_feed_forward : feed_forward/experts_used")],
    constraints: [
        ArchitectureConstraint(holds: "experts > 0", text: "expert_count is at least 1"),
        ArchitectureConstraint(holds: "experts_used > 0", text: "expert_used_count is at least 1")
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_width", "experts"]),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_width", "experts"]),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_width", "embedding", "experts"])
    ],
    models: []
)
}

private let architecture61 = architecture61Made()
@_optimize(none) private func architecture61Made() -> Architecture {
Architecture(
    id: "qwen3next",
    title: "Qwen3-Next, linear and full attention, with experts",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("expert_feed_forward_length", as: "expert_feed_forward", .u32, .perLayer),
        ArchitectureKey("expert_shared_feed_forward_length", as: "shared_feed_forward", .u32),
        ArchitectureKey("ssm.conv_kernel", as: "conv_kernel", .u32, required: true),
        ArchitectureKey("ssm.inner_size", as: "ssm_inner", .u32, required: true),
        ArchitectureKey("ssm.state_size", as: "state_size", .u32, required: true),
        ArchitectureKey("ssm.time_step_rank", as: "value_heads", .u32, required: true),
        ArchitectureKey("ssm.group_count", as: "key_heads", .u32, required: true),
        ArchitectureKey("attention.recurrent_layers", as: "recurrent", .u32, .perLayer, fallback: "layer < layers - nextn_layers and (layer + 1)%full_attention_interval != 0"),
        ArchitectureKey("full_attention_interval", as: "full_attention_interval", .u32, fallback: "4")
    ],
    values: [
        DerivedValue(name: "expert_width", formula: "expert_feed_forward != 0 ? expert_feed_forward : feed_forward/experts_used"),
        DerivedValue(name: "shared_width", formula: "shared_feed_forward > 0 ? shared_feed_forward : feed_forward"),
        DerivedValue(name: "key_width", formula: "state_size*key_heads"),
        DerivedValue(name: "value_width", formula: "state_size*value_heads")
    ],
    constraints: [
        ArchitectureConstraint(holds: "experts > 0", text: "expert_count is at least 1"),
        ArchitectureConstraint(holds: "experts_used > 0", text: "expert_used_count is at least 1")
    ],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "2*heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "recurrent[layer] == 0", .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["2*heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "recurrent[layer] == 0 and has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "2*heads*head_size"], when: "recurrent[layer] == 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "recurrent[layer] == 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "recurrent[layer] == 0 and has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["2*heads*head_size"], when: "recurrent[layer] == 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "recurrent[layer] == 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "recurrent[layer] == 0 and (has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0)", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"], when: "recurrent[layer] == 0"),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"], when: "recurrent[layer] == 0"),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"], when: "recurrent[layer] == 0"),
        TensorTemplate("blk.{layer}.ssm_in.weight", .other, ["embedding", "2*key_width + 2*value_width"], when: "recurrent[layer] != 0", .optional),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "2*key_width + value_width"], when: "recurrent[layer] != 0", .optional),
        TensorTemplate("blk.{layer}.attn_gate.weight", .other, ["embedding", "value_width"], when: "recurrent[layer] != 0", .optional),
        TensorTemplate("blk.{layer}.ssm_conv1d.weight", .other, ["conv_kernel", "2*key_width + value_width"], when: "recurrent[layer] != 0"),
        TensorTemplate("blk.{layer}.ssm_dt.bias", .norm, ["value_heads"], when: "recurrent[layer] != 0"),
        TensorTemplate("blk.{layer}.ssm_a", .norm, ["value_heads"], when: "recurrent[layer] != 0"),
        TensorTemplate("blk.{layer}.ssm_ba.weight", .other, ["embedding", "2*value_heads"], when: "recurrent[layer] != 0"),
        TensorTemplate("blk.{layer}.ssm_norm.weight", .norm, ["state_size"], when: "recurrent[layer] != 0"),
        TensorTemplate("blk.{layer}.ssm_out.weight", .other, ["value_width", "embedding"], when: "recurrent[layer] != 0"),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_up_exps.weight", .feedForwardGate, ["embedding", "2*expert_width", "experts"], .optional),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_width", "experts"], when: "has(blk.{layer}.ffn_gate_up_exps.weight) == 0"),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_width", "experts"], when: "has(blk.{layer}.ffn_gate_up_exps.weight) == 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_width", "embedding", "experts"]),
        TensorTemplate("blk.{layer}.ffn_gate_inp_shexp.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "shared_width[layer]"]),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "shared_width[layer]"]),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["shared_width[layer]", "embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "2*heads*head_size + heads_kv*head_size + heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["2*heads*head_size + heads_kv*head_size + heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "2*heads*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["2*heads*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.ffn_gate_up_exps.weight", .feedForwardGate, ["embedding", "2*expert_width", "experts"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "expert_width", "experts"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "expert_width", "experts"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["expert_width", "embedding", "experts"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.ffn_gate_inp_shexp.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.ffn_gate_shexp.weight", .feedForwardGate, ["embedding", "shared_width[layer]"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.ffn_up_shexp.weight", .feedForwardUp, ["embedding", "shared_width[layer]"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.ffn_down_shexp.weight", .feedForwardDown, ["shared_width[layer]", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.nextn.eh_proj.weight", .other, ["2*embedding", "embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.nextn.enorm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.nextn.hnorm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers"),
        TensorTemplate("blk.{layer}.nextn.embed_tokens.weight", .other, ["embedding", "vocabulary"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.nextn.shared_head_head.weight", .other, ["embedding", "vocabulary"], layers: "layers", when: "layer >= layers - nextn_layers", .optional),
        TensorTemplate("blk.{layer}.nextn.shared_head_norm.weight", .norm, ["embedding"], layers: "layers", when: "layer >= layers - nextn_layers", .optional)
    ],
    models: []
)
}

private let architecture62 = architecture62Made()
@_optimize(none) private func architecture62Made() -> Architecture {
Architecture(
    id: "refact",
    title: "Refact",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("rope_factors_long.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_factors_short.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope", .optional),
        TensorTemplate("rope_freqs.weight", .norm, ["rope_size/2"], when: "rope_scaling is longrope == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], when: "experts == 0"),
        TensorTemplate("blk.{layer}.ffn_gate.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"], when: "experts == 0", .optional),
        TensorTemplate("blk.{layer}.ffn_gate_inp.weight", .other, ["embedding", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_gate_exps.weight", .feedForwardGate, ["embedding", "feed_forward", "experts"], when: "experts > 0", .optional),
        TensorTemplate("blk.{layer}.ffn_up_exps.weight", .feedForwardUp, ["embedding", "feed_forward", "experts"], when: "experts > 0"),
        TensorTemplate("blk.{layer}.ffn_down_exps.weight", .feedForwardDown, ["feed_forward", "embedding", "experts"], when: "experts > 0")
    ],
    models: []
)
}

private let architecture63 = architecture63Made()
@_optimize(none) private func architecture63Made() -> Architecture {
Architecture(
    id: "rwkv6",
    title: "RWKV-6",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_epsilon", .f32),
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32),
        ArchitectureKey("wkv.head_size", as: "wkv_head", .u32, required: true),
        ArchitectureKey("time_mix_extra_dim", as: "mix_rank", .u32, required: true),
        ArchitectureKey("time_decay_extra_dim", as: "decay_rank", .u32, required: true),
        ArchitectureKey("rescale_every_n_layers", .u32),
        ArchitectureKey("token_shift_count", .u32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("token_embd_norm.weight", .norm, ["embedding"]),
        TensorTemplate("token_embd_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm_2.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm_2.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_w1.weight", .other, ["embedding", "5*mix_rank"]),
        TensorTemplate("blk.{layer}.time_mix_w2.weight", .other, ["mix_rank", "embedding", "5"]),
        TensorTemplate("blk.{layer}.time_mix_lerp_x.weight", .norm, ["embedding", "1", "1"]),
        TensorTemplate("blk.{layer}.time_mix_lerp_w.weight", .norm, ["embedding", "1", "1"], when: "has(blk.{layer}.time_mix_lerp_fused.weight) == 0"),
        TensorTemplate("blk.{layer}.time_mix_lerp_w.weight", .norm, ["embedding", "1", "1"], when: "has(blk.{layer}.time_mix_lerp_fused.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.time_mix_lerp_k.weight", .norm, ["embedding", "1", "1"], .optional),
        TensorTemplate("blk.{layer}.time_mix_lerp_v.weight", .norm, ["embedding", "1", "1"], .optional),
        TensorTemplate("blk.{layer}.time_mix_lerp_r.weight", .norm, ["embedding", "1", "1"], .optional),
        TensorTemplate("blk.{layer}.time_mix_lerp_g.weight", .norm, ["embedding", "1", "1"], .optional),
        TensorTemplate("blk.{layer}.time_mix_lerp_fused.weight", .norm, ["embedding", "1", "1", "5"], .optional),
        TensorTemplate("blk.{layer}.time_mix_first.weight", .other, ["wkv_head", "embedding/wkv_head"]),
        TensorTemplate("blk.{layer}.time_mix_decay.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_decay_w1.weight", .other, ["embedding", "decay_rank"]),
        TensorTemplate("blk.{layer}.time_mix_decay_w2.weight", .other, ["decay_rank", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_key.weight", .other, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_value.weight", .other, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_receptance.weight", .other, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_gate.weight", .other, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_ln.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_ln.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_output.weight", .other, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.channel_mix_lerp_k.weight", .norm, ["embedding", "1", "1"]),
        TensorTemplate("blk.{layer}.channel_mix_lerp_r.weight", .norm, ["embedding", "1", "1"]),
        TensorTemplate("blk.{layer}.channel_mix_key.weight", .other, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.channel_mix_value.weight", .other, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.channel_mix_receptance.weight", .other, ["embedding", "embedding"])
    ],
    models: []
)
}

private let architecture64 = architecture64Made()
@_optimize(none) private func architecture64Made() -> Architecture {
Architecture(
    id: "rwkv7",
    title: "RWKV-7",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_epsilon", .f32),
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32),
        ArchitectureKey("wkv.head_size", as: "wkv_head", .u32, required: true),
        ArchitectureKey("attention.decay_lora_rank", as: "decay_rank", .u32, required: true),
        ArchitectureKey("attention.iclr_lora_rank", as: "rate_rank", .u32, required: true),
        ArchitectureKey("attention.value_residual_mix_lora_rank", as: "value_rank", .u32, required: true),
        ArchitectureKey("attention.gate_lora_rank", as: "gate_rank", .u32),
        ArchitectureKey("token_shift_count", .u32)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("token_embd_norm.weight", .norm, ["embedding"]),
        TensorTemplate("token_embd_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm_2.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm_2.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_w0.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_w1.weight", .other, ["embedding", "decay_rank"]),
        TensorTemplate("blk.{layer}.time_mix_w2.weight", .other, ["decay_rank", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_a0.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_a1.weight", .other, ["embedding", "rate_rank"]),
        TensorTemplate("blk.{layer}.time_mix_a2.weight", .other, ["rate_rank", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_v0.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_v1.weight", .other, ["embedding", "layer == 0 ? rate_rank : value_rank"]),
        TensorTemplate("blk.{layer}.time_mix_v2.weight", .other, ["layer == 0 ? rate_rank : value_rank", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_g1.weight", .other, ["embedding", "gate_rank"]),
        TensorTemplate("blk.{layer}.time_mix_g2.weight", .other, ["gate_rank", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_lerp_fused.weight", .norm, ["embedding", "1", "1", "6"]),
        TensorTemplate("blk.{layer}.time_mix_k_k.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_k_a.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_r_k.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_key.weight", .other, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_value.weight", .other, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_receptance.weight", .other, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.time_mix_ln.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_ln.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.time_mix_output.weight", .other, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.channel_mix_lerp_k.weight", .norm, ["embedding", "1", "1"]),
        TensorTemplate("blk.{layer}.channel_mix_key.weight", .other, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.channel_mix_value.weight", .other, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture65 = architecture65Made()
@_optimize(none) private func architecture65Made() -> Architecture {
Architecture(
    id: "seed_oss",
    title: "Seed-OSS",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + 2*heads_kv*head_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + 2*heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.post_attention_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture66 = architecture66Made()
@_optimize(none) private func architecture66Made() -> Architecture {
Architecture(
    id: "smollm3",
    title: "SmolLM3",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "heads*head_size + heads_kv*head_size + heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["heads*head_size + heads_kv*head_size + heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["heads*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*head_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["heads*head_size", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture67 = architecture67Made()
@_optimize(none) private func architecture67Made() -> Architecture {
Architecture(
    id: "stablelm",
    title: "StableLM",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_q_norm.weight", .norm, ["head_size", "heads"], .optional),
        TensorTemplate("blk.{layer}.attn_k_norm.weight", .norm, ["head_size", "heads_kv"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"], .optional),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

private let architecture68 = architecture68Made()
@_optimize(none) private func architecture68Made() -> Architecture {
Architecture(
    id: "starcoder",
    title: "StarCoder",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("position_embd.weight", .other, ["embedding", "context"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"]),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture69 = architecture69Made()
@_optimize(none) private func architecture69Made() -> Architecture {
Architecture(
    id: "starcoder2",
    title: "StarCoder2",
    ownKeys: [ArchitectureKey("attention.layer_norm_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output_norm.bias", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .optional),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .optional),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.attn_output.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.bias", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_up.bias", .norm, ["feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.bias", .norm, ["embedding"])
    ],
    models: []
)
}

private let architecture70 = architecture70Made()
@_optimize(none) private func architecture70Made() -> Architecture {
Architecture(
    id: "t5",
    title: "T5",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("attention.relative_buckets_count", as: "buckets", .u32, required: true),
        ArchitectureKey("decoder_start_token_id", .u32),
        ArchitectureKey("decoder_block_count", as: "decoder_layers", .u32, fallback: "layers - nextn_layers")
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("enc.output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("dec.output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("enc.blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("enc.blk.{layer}.attn_rel_b.weight", .other, ["heads", "buckets"], .optional),
        TensorTemplate("enc.blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads_kv*head_size"]),
        TensorTemplate("enc.blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"]),
        TensorTemplate("enc.blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"]),
        TensorTemplate("enc.blk.{layer}.attn_o.weight", .attentionOutput, ["heads_kv*value_size", "embedding"]),
        TensorTemplate("enc.blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("enc.blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], .optional),
        TensorTemplate("enc.blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("enc.blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("dec.blk.{layer}.attn_norm.weight", .norm, ["embedding"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.attn_rel_b.weight", .other, ["heads", "buckets"], layers: "decoder_layers", .optional),
        TensorTemplate("dec.blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads_kv*head_size"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.attn_o.weight", .attentionOutput, ["heads_kv*value_size", "embedding"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.cross_attn_norm.weight", .norm, ["embedding"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.cross_attn_rel_b.weight", .other, ["heads", "buckets"], layers: "decoder_layers", .optional),
        TensorTemplate("dec.blk.{layer}.cross_attn_q.weight", .attentionQ, ["embedding", "heads_kv*head_size"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.cross_attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.cross_attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.cross_attn_o.weight", .attentionOutput, ["heads_kv*value_size", "embedding"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.ffn_norm.weight", .norm, ["embedding"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], layers: "decoder_layers", .optional),
        TensorTemplate("dec.blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"], layers: "decoder_layers"),
        TensorTemplate("dec.blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"], layers: "decoder_layers"),
        TensorTemplate("blk.{layer}.attn_q.scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.attn_q.input_scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.attn_k.scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.attn_k.input_scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.attn_v.scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.attn_v.input_scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.attn_output.scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.attn_output.input_scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.ffn_gate.scale", .norm, ["1"], layers: "decoder_layers", when: "has(dec.blk.{layer}.ffn_gate.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.ffn_gate.input_scale", .norm, ["1"], layers: "decoder_layers", when: "has(dec.blk.{layer}.ffn_gate.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.ffn_down.scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.ffn_down.input_scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.ffn_up.scale", .norm, ["1"], layers: "decoder_layers", .unusual),
        TensorTemplate("blk.{layer}.ffn_up.input_scale", .norm, ["1"], layers: "decoder_layers", .unusual)
    ],
    models: []
)
}

private let architecture71 = architecture71Made()
@_optimize(none) private func architecture71Made() -> Architecture {
Architecture(
    id: "t5encoder",
    title: "T5, encoder only",
    ownKeys: [
        ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true),
        ArchitectureKey("attention.relative_buckets_count", as: "buckets", .u32, required: true)
    ],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("enc.output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"], .optional),
        TensorTemplate("enc.blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("enc.blk.{layer}.attn_rel_b.weight", .other, ["heads", "buckets"], .optional),
        TensorTemplate("enc.blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "heads_kv*head_size"]),
        TensorTemplate("enc.blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*head_size"]),
        TensorTemplate("enc.blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"]),
        TensorTemplate("enc.blk.{layer}.attn_o.weight", .attentionOutput, ["heads_kv*value_size", "embedding"]),
        TensorTemplate("enc.blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("enc.blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"], .optional),
        TensorTemplate("enc.blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"]),
        TensorTemplate("enc.blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"])
    ],
    models: []
)
}

private let architecture72 = architecture72Made()
@_optimize(none) private func architecture72Made() -> Architecture {
Architecture(
    id: "xverse",
    title: "XVERSE",
    ownKeys: [ArchitectureKey("attention.layer_norm_rms_epsilon", .f32, required: true)],
    values: [],
    constraints: [],
    tensors: [
        TensorTemplate("token_embd.weight", .tokenEmbedding, ["embedding", "vocabulary"]),
        TensorTemplate("output_norm.weight", .norm, ["embedding"]),
        TensorTemplate("output.weight", .output, ["embedding", "vocabulary"]),
        TensorTemplate("blk.{layer}.attn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.attn_qkv.weight", .attentionQKV, ["embedding", "embedding + 2*heads_kv*value_size"], .optional),
        TensorTemplate("blk.{layer}.attn_qkv.bias", .norm, ["embedding + 2*heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) != 0", .unusual),
        TensorTemplate("blk.{layer}.attn_q.weight", .attentionQ, ["embedding", "embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_k.weight", .attentionK, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_v.weight", .attentionV, ["embedding", "heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0"),
        TensorTemplate("blk.{layer}.attn_q.bias", .norm, ["embedding"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_k.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_v.bias", .norm, ["heads_kv*value_size"], when: "has(blk.{layer}.attn_qkv.weight) == 0 or has(blk.{layer}.attn_qkv.bias) == 0", .unusual),
        TensorTemplate("blk.{layer}.attn_output.weight", .attentionOutput, ["embedding", "embedding"]),
        TensorTemplate("blk.{layer}.ffn_norm.weight", .norm, ["embedding"]),
        TensorTemplate("blk.{layer}.ffn_gate.weight", .feedForwardGate, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_up.weight", .feedForwardUp, ["embedding", "feed_forward"]),
        TensorTemplate("blk.{layer}.ffn_down.weight", .feedForwardDown, ["feed_forward", "embedding"])
    ],
    models: []
)
}

extension Spec {
    static let architectureTable: [Architecture] = [architecture0, architecture1, architecture2, architecture3, architecture4, architecture5, architecture6, architecture7, architecture8, architecture9, architecture10, architecture11, architecture12, architecture13, architecture14, architecture15, architecture16, architecture17, architecture18, architecture19, architecture20, architecture21, architecture22, architecture23, architecture24, architecture25, architecture26, architecture27, architecture28, architecture29, architecture30, architecture31, architecture32, architecture33, architecture34, architecture35, architecture36, architecture37, architecture38, architecture39, architecture40, architecture41, architecture42, architecture43, architecture44, architecture45, architecture46, architecture47, architecture48, architecture49, architecture50, architecture51, architecture52, architecture53, architecture54, architecture55, architecture56, architecture57, architecture58, architecture59, architecture60, architecture61, architecture62, architecture63, architecture64, architecture65, architecture66, architecture67, architecture68, architecture69, architecture70, architecture71, architecture72]
}

extension Spec {
    static func architectureEntry(_ id: String) -> Architecture? {
        switch id {
        case "arcee": architecture0
        case "baichuan": architecture1
        case "bert": architecture2
        case "bitnet": architecture3
        case "bloom": architecture4
        case "chatglm": architecture5
        case "codeshell": architecture6
        case "cohere2": architecture7
        case "command-r": architecture8
        case "dbrx": architecture9
        case "deepseek": architecture10
        case "deepseek2": architecture11
        case "dots1": architecture12
        case "ernie4_5-moe": architecture13
        case "ernie4_5": architecture14
        case "exaone": architecture15
        case "falcon": architecture16
        case "gemma-embedding": architecture17
        case "gemma": architecture18
        case "gemma2": architecture19
        case "gemma3": architecture20
        case "gemma3n": architecture21
        case "glm4": architecture22
        case "glm4moe": architecture23
        case "gpt-oss": architecture24
        case "gpt2": architecture25
        case "gptneox": architecture26
        case "granite": architecture27
        case "granitehybrid": architecture28
        case "granitemoe": architecture29
        case "hunyuan-dense": architecture30
        case "internlm2": architecture31
        case "jais": architecture32
        case "jina-bert-v2": architecture33
        case "lfm2": architecture34
        case "lfm2moe": architecture35
        case "llama": architecture36
        case "llama4": architecture37
        case "mamba": architecture38
        case "mamba2": architecture39
        case "minicpm": architecture40
        case "minicpm3": architecture41
        case "mistral3": architecture42
        case "mpt": architecture43
        case "nemotron": architecture44
        case "nomic-bert-moe": architecture45
        case "nomic-bert": architecture46
        case "olmo": architecture47
        case "olmo2": architecture48
        case "olmoe": architecture49
        case "openelm": architecture50
        case "orion": architecture51
        case "phi2": architecture52
        case "phi3": architecture53
        case "phimoe": architecture54
        case "plamo": architecture55
        case "qwen": architecture56
        case "qwen2": architecture57
        case "qwen2moe": architecture58
        case "qwen3": architecture59
        case "qwen3moe": architecture60
        case "qwen3next": architecture61
        case "refact": architecture62
        case "rwkv6": architecture63
        case "rwkv7": architecture64
        case "seed_oss": architecture65
        case "smollm3": architecture66
        case "stablelm": architecture67
        case "starcoder": architecture68
        case "starcoder2": architecture69
        case "t5": architecture70
        case "t5encoder": architecture71
        case "xverse": architecture72
        default: nil
        }
    }
}
