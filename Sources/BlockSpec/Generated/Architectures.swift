// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let architecture0: Architecture = Architecture(
    id: "llama",
    title: "Llama, dense",
    headSizeFallback: .embeddingPerHead,
    metadata: [
        HyperParameterKey(parameter: .embedding, key: "embedding_length", isRequired: true),
        HyperParameterKey(parameter: .layers, key: "block_count", isRequired: true),
        HyperParameterKey(parameter: .feedForward, key: "feed_forward_length", isRequired: true),
        HyperParameterKey(parameter: .heads, key: "attention.head_count", isRequired: true),
        HyperParameterKey(parameter: .headsKV, key: "attention.head_count_kv", isRequired: false),
        HyperParameterKey(parameter: .headSize, key: "attention.key_length", isRequired: false)
    ],
    tensors: [
        TensorTemplate(
            name: "token_embd.weight",
            kind: .tokenEmbedding,
            scope: .model,
            shape: [[.embedding], [.vocabulary]],
            isRequired: true
        ),
        TensorTemplate(name: "blk.{layer}.attn_norm.weight", kind: .norm, scope: .layer, shape: [[.embedding]], isRequired: true),
        TensorTemplate(
            name: "blk.{layer}.attn_q.weight",
            kind: .attentionQ,
            scope: .layer,
            shape: [[.embedding], [.heads, .headSize]],
            isRequired: true
        ),
        TensorTemplate(
            name: "blk.{layer}.attn_k.weight",
            kind: .attentionK,
            scope: .layer,
            shape: [[.embedding], [.headsKV, .headSize]],
            isRequired: true
        ),
        TensorTemplate(
            name: "blk.{layer}.attn_v.weight",
            kind: .attentionV,
            scope: .layer,
            shape: [[.embedding], [.headsKV, .headSize]],
            isRequired: true
        ),
        TensorTemplate(
            name: "blk.{layer}.attn_output.weight",
            kind: .attentionOutput,
            scope: .layer,
            shape: [[.heads, .headSize], [.embedding]],
            isRequired: true
        ),
        TensorTemplate(name: "blk.{layer}.ffn_norm.weight", kind: .norm, scope: .layer, shape: [[.embedding]], isRequired: true),
        TensorTemplate(
            name: "blk.{layer}.ffn_gate.weight",
            kind: .feedForwardGate,
            scope: .layer,
            shape: [[.embedding], [.feedForward]],
            isRequired: false
        ),
        TensorTemplate(
            name: "blk.{layer}.ffn_up.weight",
            kind: .feedForwardUp,
            scope: .layer,
            shape: [[.embedding], [.feedForward]],
            isRequired: false
        ),
        TensorTemplate(
            name: "blk.{layer}.ffn_down.weight",
            kind: .feedForwardDown,
            scope: .layer,
            shape: [[.feedForward], [.embedding]],
            isRequired: false
        ),
        TensorTemplate(name: "output_norm.weight", kind: .norm, scope: .model, shape: [[.embedding]], isRequired: true),
        TensorTemplate(
            name: "output.weight",
            kind: .output,
            scope: .model,
            shape: [[.embedding], [.vocabulary]],
            isRequired: false
        )
    ],
    models: []
)

private let architecture1: Architecture = Architecture(
    id: "qwen3",
    title: "Qwen3, dense",
    headSizeFallback: .none,
    metadata: [
        HyperParameterKey(parameter: .embedding, key: "embedding_length", isRequired: true),
        HyperParameterKey(parameter: .layers, key: "block_count", isRequired: true),
        HyperParameterKey(parameter: .feedForward, key: "feed_forward_length", isRequired: true),
        HyperParameterKey(parameter: .heads, key: "attention.head_count", isRequired: true),
        HyperParameterKey(parameter: .headsKV, key: "attention.head_count_kv", isRequired: true),
        HyperParameterKey(parameter: .headSize, key: "attention.key_length", isRequired: true)
    ],
    tensors: [
        TensorTemplate(
            name: "token_embd.weight",
            kind: .tokenEmbedding,
            scope: .model,
            shape: [[.embedding], [.vocabulary]],
            isRequired: true
        ),
        TensorTemplate(name: "blk.{layer}.attn_norm.weight", kind: .norm, scope: .layer, shape: [[.embedding]], isRequired: true),
        TensorTemplate(
            name: "blk.{layer}.attn_q.weight",
            kind: .attentionQ,
            scope: .layer,
            shape: [[.embedding], [.heads, .headSize]],
            isRequired: true
        ),
        TensorTemplate(name: "blk.{layer}.attn_q_norm.weight", kind: .norm, scope: .layer, shape: [[.headSize]], isRequired: true),
        TensorTemplate(
            name: "blk.{layer}.attn_k.weight",
            kind: .attentionK,
            scope: .layer,
            shape: [[.embedding], [.headsKV, .headSize]],
            isRequired: true
        ),
        TensorTemplate(name: "blk.{layer}.attn_k_norm.weight", kind: .norm, scope: .layer, shape: [[.headSize]], isRequired: true),
        TensorTemplate(
            name: "blk.{layer}.attn_v.weight",
            kind: .attentionV,
            scope: .layer,
            shape: [[.embedding], [.headsKV, .headSize]],
            isRequired: true
        ),
        TensorTemplate(
            name: "blk.{layer}.attn_output.weight",
            kind: .attentionOutput,
            scope: .layer,
            shape: [[.heads, .headSize], [.embedding]],
            isRequired: true
        ),
        TensorTemplate(name: "blk.{layer}.ffn_norm.weight", kind: .norm, scope: .layer, shape: [[.embedding]], isRequired: true),
        TensorTemplate(
            name: "blk.{layer}.ffn_gate.weight",
            kind: .feedForwardGate,
            scope: .layer,
            shape: [[.embedding], [.feedForward]],
            isRequired: true
        ),
        TensorTemplate(
            name: "blk.{layer}.ffn_up.weight",
            kind: .feedForwardUp,
            scope: .layer,
            shape: [[.embedding], [.feedForward]],
            isRequired: true
        ),
        TensorTemplate(
            name: "blk.{layer}.ffn_down.weight",
            kind: .feedForwardDown,
            scope: .layer,
            shape: [[.feedForward], [.embedding]],
            isRequired: true
        ),
        TensorTemplate(name: "output_norm.weight", kind: .norm, scope: .model, shape: [[.embedding]], isRequired: true),
        TensorTemplate(
            name: "output.weight",
            kind: .output,
            scope: .model,
            shape: [[.embedding], [.vocabulary]],
            isRequired: false
        )
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

extension Spec {
    static let architectureTable: [Architecture] = [architecture0, architecture1]
}
