import HIFIBlockSpec
import HIFIGGUF
import HIFIVerification
import TestSupport

/// Small changes to a valid file that break one rule each: the rules that the catalogue of damaged files leaves out.
struct RuleCase: Sendable, CustomStringConvertible {
    let rule: String
    let sentence: String
    let bytes: [UInt8]
    var limits = ScanLimits()

    var description: String { "\(rule) \(sentence)" }

    init(_ rule: String, _ sentence: String, bytes: [UInt8]) { (self.rule, self.sentence, self.bytes) = (rule, sentence, bytes) }

    init(_ rule: String, _ sentence: String, _ change: (inout GGUFBuilder) -> Void) {
        var builder = GGUFBuilder.smallLlama()
        change(&builder)
        self.init(rule, sentence, bytes: builder.build().bytes)
    }

    static let all = header + metadata + meaning + records + layout + content + companions + identity + stamps + vocabulary

    private static let header = [
        RuleCase("GGUF-03", "a web page", bytes: Array("<!DOCTYPE html><html></html>".utf8)),
        RuleCase("GGUF-07", "version 1") { $0.version = 1 },
        RuleCase("GGUF-08", "version 2") { $0.version = 2 },
        {
            var limited = RuleCase("GGUF-11", "more entries than are taken") { _ in }
            limited.limits.metadataEntries = 5
            return limited
        }(),
    ]

    private static let metadata = [
        RuleCase("GGUF-14", "a key of 70,000 bytes") { $0.entries.append(.init(String(repeating: "k", count: 70_000), .uint8(1))) },
        RuleCase("GGUF-15", "an empty key") { $0.entries.append(.init("", .uint8(1))) },
        RuleCase("GGUF-23", "an array of arrays") {
            $0.entries.append(.init("test.nested", .array(.array, [.array(.uint8, [.uint8(1)])])))
        },
        RuleCase("GGUF-26", "a string of 2^61 bytes") { $0.entries[1].value.replace(at: 0, with: UInt64(1) << 61) },
        RuleCase("GGUF-28", "NUL in a string") { $0.entries[1] = .init("general.name", .string("a\0b")) },
        RuleCase("GGUF-31", "an alignment of 2 MiB") { $0.entries.append(.init("general.alignment", .uint32(2 << 20))) },
    ]

    private static let meaning = [
        RuleCase("GGUF-33", "an architecture with a blank") { $0.entries[0] = .init("general.architecture", .string("My Llama")) },
        RuleCase("GGUF-33", "an architecture that is a number") { $0.entries[0] = .init("general.architecture", .uint32(7)) },
        RuleCase("GGUF-34", "quantization version 1") { $0.entries[3] = .init("general.quantization_version", .uint32(1)) },
        RuleCase("GGUF-34", "no quantization version") { $0.entries.remove(at: 3) },
        RuleCase("GGUF-35", "file type 9999") { $0.entries[2] = .init("general.file_type", .uint32(9999)) },
        RuleCase("GGUF-37", "no embedding length") { $0.entries.remove(at: 6) },
        RuleCase("GGUF-38", "an embedding length of 0") { $0.entries[6] = .init("llama.embedding_length", .uint32(0)) },
        RuleCase("GGUF-38", "a head count that is a string") { $0.entries[8] = .init("llama.attention.head_count", .string("4")) },
        RuleCase("GGUF-82", "a chat template that reaches for a class") {
            $0.entries.append(.init("tokenizer.chat_template", .string("{{ messages.__class__ }}")))
        },
        RuleCase("ARCH-01", "an architecture that nobody knows") { $0.entries[0] = .init("general.architecture", .string("lama")) },
        RuleCase("ARCH-02", "an architecture misspelt") { $0.entries[0] = .init("general.architecture", .string("lama")) },
        RuleCase("ARCH-03", "no epsilon") { $0.entries.remove(at: 10) },
        RuleCase("ARCH-04", "a number of layers in 64 bits") { $0.entries[4] = .init("llama.block_count", .uint64(2)) },
        RuleCase("ARCH-05", "one width for two layers") { $0.entries[7] = .init("llama.feed_forward_length", .uint32s([96])) },
        RuleCase("ARCH-06", "half a head rotated") { $0.entries[11] = .init("llama.rope.dimension_count", .uint32(8)) },
        RuleCase(
            "ARCH-07", "a bias that no model has",
            bytes: {
                var builder = GGUFBuilder.smallQwen3(.narrow)
                builder.tensors.append(extra("blk.0.attn_q.bias", count: 256))
                return builder.build().bytes
            }()),
        RuleCase("ARCH-08", "a scaling of positions that nobody knows") {
            $0.entries.append(.init("llama.rope.scaling.type", .string("spiral")))
        },
        RuleCase("GGUF-40", "60 tokens for 64 rows") {
            $0.entries[14] = .init("tokenizer.ggml.tokens", .strings((0..<60).map { "t\($0)" }))
        },
    ]

    private static let records = [
        RuleCase("GGUF-42", "no tensors") { $0.tensors = [] },
        RuleCase("GGUF-43", "a tensor without a name") { $0.tensors[3].name = [] },
        RuleCase("GGUF-44", "a name of 64 bytes") { $0.tensors.append(extra(String(repeating: "n", count: 64))) },
        RuleCase("GGUF-46", "a line feed in a name") { $0.tensors.append(extra("two\nlines")) },
        RuleCase("GGUF-49", "no dimensions") { $0.tensors.append(.init("one", [], typeID: 0, data: [0, 0, 128, 63])) },
        RuleCase("GGUF-71", "a tensor of a layer missing") { $0.tensors.remove(at: 3) },
        RuleCase("GGUF-73", "a tensor of another kind") { $0.tensors.append(extra("blk.0.made_up.weight")) },
        RuleCase("GGUF-74", "a norm in Q4_1") {
            $0.tensors[1] = .init("blk.0.attn_norm.weight", [64], typeID: 3, data: Array($0.tensors[0].data[..<40]))
        },
    ]

    /// Eight floats.
    private static func extra(_ name: String, count: UInt64 = 8) -> GGUFBuilder.Tensor {
        .init(name, [count], typeID: 0, data: (0..<Int(count)).flatMap { [0, 0, UInt8($0), 63] })
    }

    private static let layout = [
        RuleCase("GGUF-65", "nothing at the start of the data") { $0.tensors[0].gapBefore = 32 },
        RuleCase("GGUF-68", "padding of ones after a tensor") {
            $0.tensors.append(extra("extra", count: 3))
            $0.tensorPadding = 1
        },
        RuleCase(
            "GGUF-69", "no padding at the end",
            bytes: {
                var builder = GGUFBuilder.smallLlama()
                builder.tensors.append(extra("extra", count: 3))
                return Array(builder.build().bytes.dropLast(20))
            }()),
    ]

    private static let content = [
        RuleCase("CONTENT-04", "infinity in a norm") { $0.tensors[1].data.replace(at: 40, with: UInt32(0xFF80_0000)) },
        RuleCase("CONTENT-06", "one value throughout") { builder in
            for block in stride(from: 0, to: builder.tensors[2].data.count, by: 20) {
                builder.tensors[2].data.replace(at: block, with: UInt32(0x3C00_0000))
            }
        },
        RuleCase("CONTENT-05", "scales and minima zero, codes not") { builder in
            for block in stride(from: 0, to: builder.tensors[2].data.count, by: 20) {
                builder.tensors[2].data.replace(at: block, with: UInt32(0))
            }
        },
        RuleCase("CONTENT-07", "one block over and over") { builder in
            // Eight blocks are the unit that small blocks are compared by.
            let unit = Array(builder.tensors[2].data[..<160])
            builder.tensors[2].data = Array((0..<16).map { _ in unit }.joined())
        },
        RuleCase("CONTENT-08", "a row of zeros") { $0.tensors[0].data.replaceSubrange(40..<80, with: [UInt8](repeating: 0, count: 40)) },
        RuleCase("CONTENT-09", "a subnormal scale") { $0.tensors[0].data.replace(at: 200, with: UInt16(0x0200)) },
        RuleCase("CONTENT-11", "one scale of 128 far above the others") { $0.tensors[0].data.replace(at: 600, with: UInt16(0x7A00)) },
        RuleCase("CONTENT-12", "a norm of numbers around 1e-34") { builder in
            for index in 0..<64 { builder.tensors[1].data.replace(at: 4 * index, with: (Float(index + 1) * 1e-34).bitPattern) }
        },
        RuleCase("CONTENT-13", "a norm of ones in the other byte order") { builder in
            for index in 0..<64 {
                builder.tensors[1].data.replace(at: 4 * index, with: Float(1 + Float(index) / 64).bitPattern.byteSwapped)
            }
        },
        RuleCase("CONTENT-10", "a tensor of integers") {
            $0.tensors.append(.init("ids", [8], typeID: 26, data: [UInt8](repeating: 1, count: 32)))
        },
    ]

    /// Tensors that need something beside their blocks, and types that are not made for files.
    private static let companions = [
        RuleCase("GGUF-83", "NVFP4 without the scale of the tensor") { $0.tensors[2] = nvfp4("blk.0.attn_q.weight") },
        RuleCase("GGUF-84", "PQ2_0 without a word on the rotation") { $0.tensors.append(pq2) },
        RuleCase("GGUF-84", "a rotation that is described in part") {
            $0.tensors.append(pq2)
            $0.entries += rotation.filter { $0.key != Array("prism.hadamard.sign_mode".utf8) }
        },
        RuleCase("GGUF-84", "a rotation of a tensor that is not there") {
            $0.tensors.append(pq2)
            $0.entries += rotation
            $0.entries[$0.entries.count - 1] = .init("prism.hadamard.weight_names", .strings(["rotated.weight", "lost.weight"]))
        },
        RuleCase("GGUF-85", "rows interleaved at load") {
            $0.tensors.append(.init("packed.weight", [64, 8], typeID: 353, data: (0..<272).map { UInt8($0 % 51) }))
        },
        RuleCase("GGUF-86", "twelve rows in groups of eight") {
            $0.tensors.append(.init("packed.weight", [64, 12], typeID: 202, data: (0..<432).map { UInt8($0 % 51) }))
        },
    ]

    private static func nvfp4(_ name: String) -> GGUFBuilder.Tensor {
        let data = (0..<64 * 36).map { (place: Int) -> UInt8 in
            place % 36 < 4 ? UInt8(0x30 + place % 7) : UInt8(truncatingIfNeeded: 37 * place)
        }
        return .init(name, [64, 64], typeID: 40, data: data)
    }

    static let pq2: GGUFBuilder.Tensor = {
        let data = (0..<4 * 34).map { (place: Int) -> UInt8 in place % 34 == 1 ? 0x2C : UInt8(truncatingIfNeeded: 29 * place) }
        return .init("rotated.weight", [128, 4], typeID: 142, data: data)
    }()

    /// The keys of a rotation without signs.
    static let rotation: [GGUFBuilder.Entry] = [
        .init("prism.hadamard.version", .uint32(1)), .init("prism.hadamard.block_size", .uint32(128)),
        .init("prism.hadamard.transform", .string("normalized-sylvester-walsh-hadamard")),
        .init("prism.hadamard.axis", .string("input-last-dimension")), .init("prism.hadamard.sign_mode", .string("identity")),
        .init("prism.hadamard.weight_names", .strings(["rotated.weight"])),
    ]

    /// Files whose dialect is the point; identification reads them.
    private static let identity = [
        RuleCase("IDENT-02", "types that nobody assigns") { for index in $0.tensors.indices { $0.tensors[index].typeID = 120 } },
        RuleCase("IDENT-04", "stock types one too high", bytes: shifted()),
        RuleCase(
            "IDENT-13", "a file type of another time",
            bytes: {
                var builder = HIFICorpus.builder(.init(format: "q3_k_hifi@r6", dialect: "", typeID: 40))
                builder.entries.append(.init("general.file_type", .uint32(46)))
                return builder.build().bytes
            }()),
        RuleCase("IDENT-15", "blocks of 159 bytes", bytes: hifi("q3_k_hifi@r11", 40)),
        RuleCase("IDENT-16", "blocks of r9", bytes: hifi("q3_k_hifi@r9", 40)),
        RuleCase("IDENT-01", "blocks of r6", bytes: hifi("q3_k_hifi@r6", 40)),
        RuleCase("IDENT-05", "blocks of r6 under NVFP4's number", bytes: hifi("q3_k_hifi@r6", 40)),
        RuleCase("IDENT-07", "blocks of r12 with unused slots, which their own kernels misread", bytes: sentinels()),
        RuleCase("IDENT-06", "blocks of 160 bytes that could be of several revisions", bytes: hifi("q3_k_hifi@r10", 40)),
        RuleCase("IDENT-03", "blocks of 160 bytes, which fit several dialects", bytes: hifi("q3_k_hifi@r10", 40)),
        RuleCase("IDENT-14", "blocks at the distances of the Python package", bytes: pythonDistances()),
    ]

    private static func hifi(_ format: String, _ typeID: UInt32) -> [UInt8] {
        HIFICorpus.builder(.init(format: format, dialect: "", typeID: typeID)).build().bytes
    }

    /// Blocks of 196 bytes, each followed by 36 of nothing.
    private static func pythonDistances() -> [UInt8] {
        var builder = HIFICorpus.builder(.init(format: "q6_k_lite", dialect: "", typeID: 54))
        for index in [2, 4] {
            let data = builder.tensors[index].data
            builder.tensors[index].data = stride(from: 0, to: data.count, by: 196).flatMap {
                Array(data[$0..<$0 + 196]) + [UInt8](repeating: 0, count: 36)
            }
        }
        return builder.build().bytes
    }

    /// R6 at 41 and Q6_K at 15, the published dialect.
    private static func shifted() -> [UInt8] {
        var builder = HIFICorpus.builder(.init(format: "q3_k_hifi@r6", dialect: "", typeID: 41, fileType: 41))
        var random = SplitMix64(seed: 6)
        if let format = Spec.format("q6_k") {
            builder.tensors[0] = .init(
                "token_embd.weight", [256, 16], typeID: 15, data: (0..<16).flatMap { _ in HIFIBlock.valid(format, &random) })
        }
        return builder.build().bytes
    }

    /// R12 with two unused slots in every block: (255, 0), over a weight that is not zero.
    private static func sentinels() -> [UInt8] {
        var builder = HIFICorpus.builder(.init(format: "q3_k_hifi@r12c", dialect: "", typeID: 40))
        guard let format = Spec.format("q3_k_hifi@r12c") else { return [] }
        for index in [2, 4] {
            builder.tensors[index].data = stride(from: 0, to: builder.tensors[index].data.count, by: format.bytes).flatMap { start in
                var block = HIFIBlock(format, Array(builder.tensors[index].data[start..<start + format.bytes]))
                for slot in 6...7 {
                    block.set("outlier_idx", slot, to: 255)
                    block.set("outlier_vals", slot, to: 0)
                }
                block.setCode(of: 255, to: 6)
                return block.bytes
            }
        }
        return builder.build().bytes
    }
}
