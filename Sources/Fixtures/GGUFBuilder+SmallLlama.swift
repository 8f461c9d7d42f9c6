import HIFIGGUF

extension GGUFBuilder {
    /// Upstream type ids used by the sample files.
    public enum SampleType {
        /// 32-bit floats, one per block.
        public static let f32: UInt32 = 0
        /// 18 bytes per 32 weights.
        public static let q4_0: UInt32 = 2
        /// 20 bytes per 32 weights: fp16 scale, fp16 minimum, 32 four-bit codes.
        public static let q4_1: UInt32 = 3

        /// Block sizes of the ids above, nil for others.
        public static func blockSize(_ id: UInt32) -> BlockSize? {
            switch id {
            case f32: BlockSize(elements: 1, bytes: 4)
            case q4_0: BlockSize(elements: 32, bytes: 18)
            case q4_1: BlockSize(elements: 32, bytes: 20)
            default: nil
            }
        }
    }

    /// A small file of the shape of a Llama model: two layers, F32 norms, Q4_1 matrices, a vocabulary of 64; about 47 KB, valid in
    /// every respect, the same bytes on every call.
    public static func smallLlama() -> GGUFBuilder {
        var builder = GGUFBuilder()
        builder.entries = smallLlamaEntries()
        var random = SplitMix64(seed: 0x4849_4649)
        func norm(_ name: String) -> Tensor {
            var data: [UInt8] = []
            for _ in 0..<64 { data.append(integer: Float.random(in: 0.5..<1.5, using: &random).bitPattern) }
            return Tensor(name, [64], typeID: SampleType.f32, data: data)
        }
        func matrix(_ name: String, _ columns: UInt64, _ rows: UInt64) -> Tensor {
            var data: [UInt8] = []
            for _ in 0..<Int(columns * rows / 32) {
                // Scales between 2^-5 and 2^-4, minima between -0.5 and -0.25, as halves.
                data.append(integer: 0x2800 | UInt16.random(in: 0..<0x400, using: &random))
                data.append(integer: 0xb400 | UInt16.random(in: 0..<0x400, using: &random))
                data += random.bytes(16)
            }
            return Tensor(name, [columns, rows], typeID: SampleType.q4_1, data: data)
        }
        builder.tensors = [matrix("token_embd.weight", 64, 64)]
        for layer in 0..<2 {
            let prefix = "blk.\(layer)."
            builder.tensors += [
                norm(prefix + "attn_norm.weight"),
                matrix(prefix + "attn_q.weight", 64, 64),
                matrix(prefix + "attn_k.weight", 64, 32),
                matrix(prefix + "attn_v.weight", 64, 32),
                matrix(prefix + "attn_output.weight", 64, 64),
                norm(prefix + "ffn_norm.weight"),
                matrix(prefix + "ffn_gate.weight", 64, 96),
                matrix(prefix + "ffn_up.weight", 64, 96),
                matrix(prefix + "ffn_down.weight", 96, 64),
            ]
        }
        builder.tensors += [norm("output_norm.weight"), matrix("output.weight", 64, 64)]
        return builder
    }

    private static func smallLlamaEntries() -> [Entry] {
        let tokens = ["<unk>", "<s>", "</s>"] + (3..<64).map { "▁t\($0)" }
        return [
            Entry("general.architecture", .string("llama")),
            Entry("general.name", .string("small sample")),
            Entry("general.file_type", .uint32(3)),
            Entry("general.quantization_version", .uint32(2)),
            Entry("llama.block_count", .uint32(2)),
            Entry("llama.context_length", .uint32(128)),
            Entry("llama.embedding_length", .uint32(64)),
            Entry("llama.feed_forward_length", .uint32(96)),
            Entry("llama.attention.head_count", .uint32(4)),
            Entry("llama.attention.head_count_kv", .uint32(2)),
            Entry("llama.attention.layer_norm_rms_epsilon", .float32(1e-5)),
            Entry("llama.rope.dimension_count", .uint32(16)),
            Entry("llama.vocab_size", .uint32(64)),
            Entry("tokenizer.ggml.model", .string("llama")),
            Entry("tokenizer.ggml.tokens", .strings(tokens)),
            Entry("tokenizer.ggml.scores", .float32s((0..<64).map { -Float($0) })),
            Entry("tokenizer.ggml.token_type", .int32s([2, 3, 3] + [Int32](repeating: 1, count: 61))),
            Entry("tokenizer.ggml.bos_token_id", .uint32(1)),
            Entry("tokenizer.ggml.eos_token_id", .uint32(2)),
            Entry("tokenizer.ggml.add_bos_token", .bool(true)),
        ]
    }
}
