import HIFIGGUF

extension GGUFBuilder {
    /// The shape of a small dense model. All extents are numbers of weights.
    public struct Qwen3Shape: Sendable {
        /// Length of an embedding.
        public var embedding = 256
        /// Length of the feed-forward layer.
        public var feedForward = 256
        /// Attention heads.
        public var heads = 4
        /// Heads of keys and values.
        public var headsKV = 2
        /// Length of a head.
        public var headSize = 64
        /// Blocks of the model.
        public var layers = 8
        /// Tokens.
        public var vocabulary = 64
        /// Whether the head is a tensor of its own.
        public var hasOutput = false

        /// A tied model of eight layers whose rows are whole blocks of 256.
        public init() {}

        /// Rows of whole blocks of 32, but not of 256, and a separate output matrix.
        public static var ragged: Qwen3Shape {
            var shape = Qwen3Shape()
            (shape.embedding, shape.feedForward, shape.layers, shape.hasOutput) = (160, 320, 4, true)
            return shape
        }

        /// Some rows that are not even whole blocks of 32.
        public static var narrow: Qwen3Shape {
            var shape = Qwen3Shape()
            (shape.feedForward, shape.layers) = (144, 2)
            return shape
        }
    }

    /// How weights are stored.
    public enum WeightType: UInt32, Sendable, CaseIterable {
        case f32 = 0
        case f16 = 1
        case bf16 = 30
    }

    /// A model of the shape of Qwen3 with heavy-tailed random weights, the same on every call. Norms are F32; every weight of a matrix
    /// is a number that fp16 holds, and bf16 where that is asked for.
    public static func smallQwen3(_ shape: Qwen3Shape = Qwen3Shape(), type: WeightType = .f16, seed: UInt64 = 3) -> GGUFBuilder {
        var builder = GGUFBuilder()
        builder.entries = qwen3Entries(shape, type)
        var random = SplitMix64(seed: seed)
        func norm(_ name: String, _ count: Int) -> Tensor {
            var data: [UInt8] = []
            for _ in 0..<count { data.append(integer: Float.random(in: 0.5..<1.5, using: &random).bitPattern) }
            return Tensor(name, [UInt64(count)], typeID: 0, data: data)
        }
        func matrix(_ name: String, _ columns: Int, _ rows: Int) -> Tensor {
            let bytes = weights(columns * rows, type, &random)
            return Tensor(name, [UInt64(columns), UInt64(rows)], typeID: type.rawValue, data: bytes)
        }
        let (width, inner) = (shape.embedding, shape.feedForward)
        builder.tensors = [matrix("token_embd.weight", width, shape.vocabulary)]
        for layer in 0..<shape.layers {
            let prefix = "blk.\(layer)."
            builder.tensors += [
                norm(prefix + "attn_norm.weight", width),
                matrix(prefix + "ffn_down.weight", inner, width),
                matrix(prefix + "ffn_gate.weight", width, inner),
                matrix(prefix + "ffn_up.weight", width, inner),
                norm(prefix + "ffn_norm.weight", width),
                norm(prefix + "attn_k_norm.weight", shape.headSize),
                matrix(prefix + "attn_k.weight", width, shape.headsKV * shape.headSize),
                matrix(prefix + "attn_output.weight", shape.heads * shape.headSize, width),
                norm(prefix + "attn_q_norm.weight", shape.headSize),
                matrix(prefix + "attn_q.weight", width, shape.heads * shape.headSize),
                matrix(prefix + "attn_v.weight", width, shape.headsKV * shape.headSize),
            ]
        }
        builder.tensors.append(norm("output_norm.weight", width))
        if shape.hasOutput { builder.tensors.append(matrix("output.weight", width, shape.vocabulary)) }
        return builder
    }

    /// Random weights: the fifth power of a uniform number, so that a few stand out, with seven bits of precision.
    private static func weights(_ count: Int, _ type: WeightType, _ random: inout SplitMix64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 4)
        for _ in 0..<count {
            let uniform = Float(Int64(random.next() >> 40) - (1 << 23)) / Float(1 << 23)
            let value = uniform * uniform * uniform * uniform * uniform / 4
            // Cut to what both small types hold: the top seven bits after the point, nothing below 2^-12.
            let bits = abs(value) < 0x1p-12 ? 0 : value.bitPattern & 0xFFFF_0000
            switch type {
            case .f32: bytes.append(integer: bits)
            case .bf16: bytes.append(integer: UInt16(truncatingIfNeeded: bits >> 16))
            case .f16: bytes.append(integer: half(bits))
            }
        }
        return bytes
    }

    /// The fp16 pattern of an fp32 pattern that fp16 holds as a normal number or zero.
    private static func half(_ bits: UInt32) -> UInt16 {
        guard bits & 0x7FFF_FFFF != 0 else { return 0 }
        let exponent = bits >> 23 & 0xFF
        return UInt16(truncatingIfNeeded: (bits >> 31) << 15 | (exponent - 112) << 10 | (bits & 0x7F_FFFF) >> 13)
    }

    private static func qwen3Entries(_ shape: Qwen3Shape, _ type: WeightType) -> [Entry] {
        [
            Entry("general.architecture", .string("qwen3")),
            Entry("general.type", .string("model")),
            Entry("general.name", .string("small sample")),
            Entry("qwen3.block_count", .uint32(UInt32(shape.layers))),
            Entry("qwen3.context_length", .uint32(128)),
            Entry("qwen3.embedding_length", .uint32(UInt32(shape.embedding))),
            Entry("qwen3.feed_forward_length", .uint32(UInt32(shape.feedForward))),
            Entry("qwen3.attention.head_count", .uint32(UInt32(shape.heads))),
            Entry("qwen3.attention.head_count_kv", .uint32(UInt32(shape.headsKV))),
            Entry("qwen3.rope.freq_base", .float32(1_000_000)),
            Entry("qwen3.attention.layer_norm_rms_epsilon", .float32(1e-6)),
            Entry("qwen3.attention.key_length", .uint32(UInt32(shape.headSize))),
            Entry("qwen3.attention.value_length", .uint32(UInt32(shape.headSize))),
            Entry("general.file_type", .uint32(type == .f32 ? 0 : type == .f16 ? 1 : 32)),
            Entry("general.quantization_version", .uint32(2)),
            Entry("tokenizer.ggml.model", .string("gpt2")),
            Entry("tokenizer.ggml.pre", .string("qwen2")),
            Entry("tokenizer.ggml.tokens", .strings((0..<shape.vocabulary).map { "t\($0)" })),
            Entry("tokenizer.ggml.token_type", .int32s([Int32](repeating: 1, count: shape.vocabulary))),
            Entry("tokenizer.ggml.merges", .strings([])),
            Entry("tokenizer.ggml.eos_token_id", .uint32(0)),
        ]
    }
}
