import FoundationEssentials
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Inference
import Suite
import TestSupport

/// Inputs that are no models.
extension FuzzSeeds {
    /// Texts that are cut into tokens.
    static let texts: [[UInt8]] = [
        Array("a b  abc\n\t<s>12345 don't größe 漢字 🙂".utf8), [0xFF, 0x00, 0xC3, 0x28, 0xF0, 0x9F], [UInt8](repeating: 0x61, count: 70),
    ]

    /// The keys of vocabularies of the three algorithms.
    @Sendable static func vocabularies() -> [[UInt8]] {
        func file(_ entries: [GGUFBuilder.Entry]) -> [UInt8] {
            var builder = GGUFBuilder()
            builder.entries = entries
            return builder.build().bytes
        }
        let bytes = byteSpellings
        let pairs: [GGUFBuilder.Entry] = [
            .init("tokenizer.ggml.model", .string("gpt2")), .init("tokenizer.ggml.pre", .string("smollm")),
            .init("tokenizer.ggml.tokens", .strings(bytes + ["ab", "abc", "<s>"])),
            .init("tokenizer.ggml.merges", .strings(["a b", "ab c"])), .init("tokenizer.ggml.bos_token_id", .uint32(258)),
            .init("tokenizer.ggml.add_bos_token", .bool(true)),
            .init("tokenizer.ggml.token_type", .int32s([Int32](repeating: 1, count: 258) + [3])),
        ]
        let pieces = ["<unk>", "<s>", "</s>", "▁", "a", "b", "▁a", "ab", "abc", "<0x0A>", "<0xFF>", "größe", "1"]
        func sentence(_ model: String) -> [GGUFBuilder.Entry] {
            [
                .init("tokenizer.ggml.model", .string(model)), .init("tokenizer.ggml.tokens", .strings(pieces)),
                .init("tokenizer.ggml.scores", .float32s(pieces.indices.map { -Float($0) })),
                .init("tokenizer.ggml.token_type", .int32s([2, 3, 3] + [1, 1, 1, 1, 1, 1] + [6, 6, 4, 1])),
                .init("tokenizer.ggml.unknown_token_id", .uint32(0)), .init("tokenizer.ggml.bos_token_id", .uint32(1)),
                .init("tokenizer.ggml.eos_token_id", .uint32(2)), .init("tokenizer.ggml.add_space_prefix", .bool(true)),
                .init("tokenizer.ggml.remove_extra_whitespaces", .bool(true)),
                // Four bytes of length, one node of the map's array, one text.
                .init("tokenizer.ggml.precompiled_charsmap", .array(.uint8, [4, 0, 0, 0, 0, 0, 0, 0, 0x61, 0].map { .uint8($0) })),
            ]
        }
        return [file(pairs), file(sentence("llama")), file(sentence("t5"))]
    }

    /// The 256 bytes as byte-pair vocabularies spell them.
    private static var byteSpellings: [String] {
        var next: UInt32 = 256
        return (0..<256 as Range<UInt32>).map { byte in
            if (33...126).contains(byte) || (161...172).contains(byte) || byte >= 174 {
                return UnicodeScalar(byte).map { String(Character($0)) } ?? ""
            }
            defer { next += 1 }
            return UnicodeScalar(next).map { String(Character($0)) } ?? ""
        }
    }

    /// Arrays with NumPy's header and without.
    @Sendable static func arrays() -> [[UInt8]] {
        let numbers: [Float] = [1, -2, 0.5, .infinity, .nan, 0]
        var shapes = [[6], [2, 3], [1, 1, 6]].map { FloatFile(shape: $0, values: numbers).bytes(as: .npy) }
        shapes.append(FloatFile(numbers).bytes(as: .raw))
        // Version 2 has four bytes of length.
        var second = shapes[0]
        second[6] = 2
        second.insert(contentsOf: [0, 0], at: 10)
        return shapes + [second]
    }

    /// Both forms of importance matrices.
    @Sendable static func importances() -> [[UInt8]] {
        var old: [UInt8] = []
        func append(_ text: String) {
            old.append(integer: Int32(text.utf8.count))
            old += text.utf8
        }
        old.append(integer: Int32(2))
        for name in ["blk.0.attn_q.weight", "output.weight"] {
            append(name)
            old.append(integer: Int32(4))
            old.append(integer: Int32(3))
            for value in [1, 0, 0.5] as [Float] { old.append(integer: value.bitPattern) }
        }
        let older = old
        old.append(integer: Int32(12))
        append("text.txt")
        var new = GGUFBuilder()
        new.entries = [
            .init("general.type", .string("imatrix")), .init("imatrix.datasets", .strings(["text.txt"])),
            .init("imatrix.chunk_count", .uint32(12)), .init("imatrix.chunk_size", .uint32(512)),
        ]
        let one: [UInt8] = [0, 0, 0x80, 0x3F]
        new.tensors = [
            .init("x.in_sum2", [2, 2], typeID: 0, data: one + one + one + one),
            .init("x.counts", [1, 2], typeID: 0, data: one + [0, 0, 0, 0]),
        ]
        return [old, older, new.build().bytes]
    }

    /// Logits kept in either form.
    @Sendable static func baselines() -> [[UInt8]] {
        func words(_ numbers: [UInt32]) -> [UInt8] { numbers.flatMap { [UInt8](littleEndian: $0) } }
        let (context, vocabulary, chunks) = (4, 3, 2) as (UInt32, UInt32, UInt32)
        let tokens = words([0, 1, 2, 1, 2, 2, 0, 1])
        let ours = Array("HIFIKLB1".utf8) + words([context, vocabulary, 1, chunks]) + tokens + [UInt8](repeating: 0, count: 4 * 3 * 2)
        let others = Array("_logits_".utf8) + words([context, vocabulary, chunks]) + tokens + [UInt8](repeating: 0, count: 16 * 2)
        return [ours, others]
    }

    /// A record of two chunks.
    @Sendable static func records() throws -> [[UInt8]] {
        let scores = [
            ChunkScore(chunk: 1, count: 50, sum: 150.5, squares: 600.25), ChunkScore(chunk: 2, count: 50, sum: 140, squares: 500),
        ]
        let hash = String(repeating: "0a", count: 32)
        let text = """
            {"kind": "hifi-perplexity", "version": 1, "threads": 2, "device": "gpu", "notes": ["odd"],
            "conditions": {"text": "\(hash)", "textBytes": 900, "tokens": 300, "tokenizer": "\(hash)", "beginning": 1, "context": 100,
            "batch": 100, "firstScored": 50, "arithmetic": "exact", "kernel": "avx2", "cache": "f32", "spec": "1.0.0"},
            "model": {"file": "m.gguf", "bytes": 1000, "sha256": "\(hash)", "architecture": "qwen3", "formats": ["q3_k", "q3_k_hifi@r6"],
            "imatrix": {"file": "i.dat", "dataset": "text", "entries": 2, "chunks": 3}},
            "partial": {"first": 1, "last": 4},
            "chunks": \(try JSONText.render(scores)), "result": \(try JSONText.render(PerplexityEstimate(scores)))}
            """
        let plain = text.split(separator: "\n").filter { !$0.hasPrefix("\"partial\"") }.joined(separator: "\n")
        return [Array(text.utf8), Array(plain.utf8)]
    }

    /// Configurations of transformers.
    @Sendable static func configurations() -> [[UInt8]] {
        [
            #"{"model_type": "qwen3", "hidden_size": 1024, "num_hidden_layers": 28, "intermediate_size": 3072, "num_attention_heads": 16, "#
                + #""num_key_value_heads": 8, "head_dim": 128, "vocab_size": 151936, "tie_word_embeddings": true}"#,
            #"{"hidden_size": 64, "num_hidden_layers": 2, "intermediate_size": 96, "num_attention_heads": 4, "vocab_size": 48}"#,
        ].map { Array($0.utf8) }
    }

    /// Answers to request 1, and a greeting.
    @Sendable static func answers() -> [[UInt8]] {
        let zeros = String(repeating: "00", count: 128)
        return [
            #"{"id": 1, "floats": "\#(zeros)"}"#, #"{"id": 1, "floats": "0000803f"}"#, #"{"id": 1, "bytes": "\#(zeros.prefix(68))"}"#,
            #"{"id": 1, "bytes": {"base64": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}}"#,
            #"{"id": 1, "bytes": "\#(zeros.prefix(68))", "check": {"verdict": "rejects", "by": "validate"}}"#,
            #"{"id": 1, "floats": {"offset": 0, "bytes": 128}}"#, #"{"id": 1, "skipped": "no such type"}"#, #"{"id": 1, "error": "x"}"#,
            #"{"id": 1, "protocol": 1, "name": "n", "version": "2", "supports": {"decode": ["*", "q4_0"], "dot": []}}"#,
        ].map { Array($0.utf8) }
    }

    /// A case or two of each kind, out of the frozen ones.
    @Sendable static func vectorFiles() throws -> [[UInt8]] {
        let paths = ["decode/f16", "encode/bf16", "dot/q4_0", "content/bf16", "series/iq6_k", "activation/q8_1", "bulk/q8_k", "gguf/files"]
        return try paths.compactMap { path in
            let file = try VectorFile(path: "\(path).json", text: Repository.bytes("Vectors/\(path).json"))
            let short = file.cases.sorted { "\($0)".utf8.count < "\($1)".utf8.count }.prefix(2)
            let part = VectorFile(
                path: file.path, kind: file.kind, format: file.format, lastNumber: file.lastNumber, cases: Array(short))
            return part.text.utf8.count <= 6 << 10 ? Array(part.text.utf8) : nil
        }
    }
}

extension [UInt8] {
    fileprivate init(littleEndian value: UInt32) {
        self = (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
