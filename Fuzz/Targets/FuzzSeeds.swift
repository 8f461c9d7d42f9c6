import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFIIdentification
import HIFIVerification
import TestSupport

/// Good inputs, as small as can be: a fuzzer changes few bytes at a time.
enum FuzzSeeds {
    /// Files of HIFI blocks, about 9 KB each, one for each format of the corpus.
    static let hifi: [[UInt8]] = HIFICorpus.cases.filter { $0.id.hasSuffix("00-valid") }.map(\.bytes).filter { $0.count <= 11 << 10 }

    /// Whole models and parts of them, sound and not.
    static let containers: [[UInt8]] =
        hifi + [llama(), llama("qwen3"), llama(quantized: true), everyValue.build().bytes]
        + HIFICorpus.cases.filter { $0.kind == "damaged" }.map(\.bytes).filter { $0.count <= 11 << 10 }.prefix(12)

    /// A value of every type.
    private static var everyValue: GGUFBuilder {
        var builder = GGUFBuilder()
        builder.entries = [
            .init("general.architecture", .string("llama")), .init("general.alignment", .uint32(64)),
            .init("a.u8", .uint8(1)), .init("a.i8", .int8(-1)), .init("a.u16", .uint16(2)), .init("a.i16", .int16(-2)),
            .init("a.i32", .int32(-3)), .init("a.u64", .uint64(3)), .init("a.i64", .int64(-4)), .init("a.f64", .float64(4)),
            .init("a.flag", .bool(true)), .init("a.strings", .strings(["", "x", "größe"])), .init("a.floats", .float32s([1, 2, 3])),
            .init("a.nested", .array(.array, [.uint32s([1]), .strings(["y"])])), .init("split.no", .uint16(0)),
            .init("split.count", .uint16(1)), .init("split.tensors.count", .int32(2)),
            .init("hifi.spec_version", .string("1.0.0")), .init("hifi.dialect", .string("fork-report")),
            .init("hifi.types", .strings(["40=q3_k_hifi@r13"])), .init("tokenizer.chat_template", .string("{{ x }}")),
        ]
        builder.alignment = 64
        builder.tensors = [
            .init("one", [32, 2], typeID: 3, data: [UInt8](repeating: 7, count: 40)),
            .init("two", [3], typeID: 0, data: [UInt8](repeating: 1, count: 12)),
        ]
        return builder
    }

    // MARK: - Models

    /// A model of one layer that can be run; fp32 and 16 wide, or Q4_0 and 32 wide.
    static func llama(_ architecture: String = "llama", quantized: Bool = false) -> [UInt8] {
        let width: UInt64 = quantized ? 32 : 16
        var random = SplitMix64(seed: 5)
        func vector(_ name: String, _ count: UInt64) -> GGUFBuilder.Tensor {
            .init(name, [count], typeID: 0, data: (0..<count).flatMap { _ in [0, 0, 0x80, 0x3F] as [UInt8] })
        }
        func matrix(_ name: String, _ columns: UInt64, _ rows: UInt64) -> GGUFBuilder.Tensor {
            var data: [UInt8] = []
            if quantized {
                for _ in 0..<columns * rows / 32 { data += [0x00, 0x2C] + random.bytes(16) }
            } else {
                for _ in 0..<columns * rows { data.append(integer: 0x3E00_0000 | UInt32(truncatingIfNeeded: random.next() & 0x807F_FFFF)) }
            }
            return .init(name, [columns, rows], typeID: quantized ? 2 : 0, data: data)
        }
        var builder = GGUFBuilder()
        func key(_ name: String, _ value: Int) -> GGUFBuilder.Entry { .init("\(architecture).\(name)", .uint32(UInt32(value))) }
        builder.entries = [
            .init("general.architecture", .string(architecture)), .init("general.file_type", .uint32(quantized ? 2 : 0)),
            key("block_count", 1), key("context_length", 32), key("embedding_length", Int(width)), key("feed_forward_length", Int(width)),
            key("attention.head_count", 2), key("attention.head_count_kv", 1), key("attention.key_length", Int(width / 2)),
            key("attention.value_length", Int(width / 2)), .init("\(architecture).attention.layer_norm_rms_epsilon", .float32(1e-5)),
            .init("\(architecture).rope.freq_base", .float32(10000)), .init("\(architecture).rope.scaling.type", .string("linear")),
            .init("\(architecture).rope.scaling.factor", .float32(2)),
        ]
        builder.entries += tokenizerEntries(["<unk>", "<s>", "</s>", "▁a", "b", "c", "▁", "d"])
        builder.tensors = [matrix("token_embd.weight", width, 8), vector("blk.0.attn_norm.weight", width)]
        if architecture == "qwen3" {
            builder.tensors += [vector("blk.0.attn_q_norm.weight", width / 2), vector("blk.0.attn_k_norm.weight", width / 2)]
        }
        builder.tensors += [
            matrix("blk.0.attn_q.weight", width, width), matrix("blk.0.attn_k.weight", width, width / 2),
            matrix("blk.0.attn_v.weight", width, width / 2), matrix("blk.0.attn_output.weight", width, width),
            vector("blk.0.ffn_norm.weight", width), matrix("blk.0.ffn_gate.weight", width, width),
            matrix("blk.0.ffn_up.weight", width, width), matrix("blk.0.ffn_down.weight", width, width),
            vector("output_norm.weight", width),
        ]
        return builder.build().bytes
    }

    private static func tokenizerEntries(_ tokens: [String]) -> [GGUFBuilder.Entry] {
        [
            .init("tokenizer.ggml.model", .string("llama")), .init("tokenizer.ggml.tokens", .strings(tokens)),
            .init("tokenizer.ggml.scores", .float32s(tokens.indices.map { -Float($0) })),
            .init("tokenizer.ggml.token_type", .int32s([2, 3, 3] + [Int32](repeating: 1, count: tokens.count - 3))),
            .init("tokenizer.ggml.bos_token_id", .uint32(1)), .init("tokenizer.ggml.eos_token_id", .uint32(2)),
        ]
    }

    /// Models to load.
    @Sendable static func models() -> [[UInt8]] { [llama(), llama("qwen2"), llama("qwen3"), llama(quantized: true)] }

    /// Models to quantize, each with the mix that its last byte chooses.
    @Sendable static func sources() -> [[UInt8]] {
        // Rows of whole blocks of 256, few of them.
        var wide = GGUFBuilder()
        wide.entries = [.init("general.architecture", .string("llama")), .init("llama.block_count", .uint32(1))]
        var random = SplitMix64(seed: 6)
        for name in ["token_embd", "blk.0.attn_q", "blk.0.attn_v", "blk.0.ffn_down", "output"] {
            let data = (0..<512).flatMap { _ in [UInt8(truncatingIfNeeded: random.next()), 0x30 | UInt8(random.next() & 0x87)] as [UInt8] }
            wide.tensors.append(.init("\(name).weight", [256, 2], typeID: 1, data: data))
        }
        let model = wide.build().bytes
        return Spec.mixes.indices.prefix(128).flatMap { [model + [UInt8($0)]] } + [llama() + [3], llama("qwen3") + [140]]
    }

    /// Files of HIFI blocks, each with the revision that its last byte chooses.
    @Sendable static func conversions() -> [[UInt8]] {
        hifi.flatMap { file in stride(from: 0, to: 20, by: 4).map { file + [$0] } }
    }

    /// Two sides: a file, and the one that its last byte chooses.
    @Sendable static func comparisons() -> [[UInt8]] { hifi.indices.flatMap { [hifi[$0] + [UInt8($0)], hifi[$0] + [0]] } }

    // MARK: - Manifests and policies

    /// Digests of a file, to compare manifests with.
    static let digests: FileDigests = {
        let scan = GGUFScan.scan(hifi[0])
        return FileDigests(
            scan, fileName: "in.gguf", layout: Identification.identify(scan).layout(of: scan), algorithms: [.xxh3, .sha256])
    }()

    /// Manifests of either form, and what `sha256sum` writes.
    @Sendable static func manifests() throws -> [[UInt8]] {
        let text = try Manifest([digests], form: .hifi).text()
        let common = try Manifest([digests], form: .common).text()
        let sum = (digests.file.last?.hex ?? "") + "  in.gguf\n"
        let head = text.split(separator: "\n").prefix(6).joined(separator: "\n")
        return [text, head, common, sum, "SHA256 (in.gguf) = " + (digests.file.last?.hex ?? "")].map { Array($0.utf8) }
    }

    /// A file with findings that a policy may excuse.
    static let policyFile: [UInt8] = HIFICorpus.cases.first { $0.id == "q3_k_hifi@r6-05-duplicate" }?.bytes ?? []

    /// Policies with decisions and known findings.
    @Sendable static func policies() -> [[UInt8]] {
        [
            #"{"version": 1, "rules": [{"rule": "R6-05", "severity": "off", "reason": "why", "tensors": ["blk.*"], "files": ["*.gguf"]}]}"#,
            #"{"version": 1, "known": [{"fingerprint": "0123456789abcdef", "rule": "R6-05", "file": "in.gguf", "reason": "why"}]}"#,
            #"{"version": 1, "rules": [{"rule": "GGUF-36", "severity": "error", "reason": "why", "keys": ["general.*", "?"]}]}"#,
        ].map { Array($0.utf8) }
    }
}
