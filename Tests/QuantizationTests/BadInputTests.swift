import Foundation
import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import Importance
import Quantization
import TestSupport
import Testing

@Suite("Bad input is named in one line, and nothing is lost")
struct BadInputTests {
    /// Quantizes and expects a failure: its text, and a folder in which nothing has changed.
    static func fails(
        _ trial: Trial, _ mix: String = "q3_k_m", kind: QuantizationError.Kind = .malformed, containing parts: [String],
        _ change: (inout QuantizationOptions) throws -> Void = { _ in }
    ) throws {
        let before = trial.folder.names
        let error = #expect(throws: QuantizationError.self) { try trial.quantize(mix, change) }
        let text = error.map { "\($0)" } ?? "nothing"
        for part in parts where !part.isEmpty { #expect(text.contains(part), "\(text)") }
        #expect(error?.kind == kind, "\(text)")
        #expect(!text.contains("\n"))
        #expect(trial.folder.names == before)
    }

    @Test(
        "a weight that no type can hold is named with tensor, row and column",
        arguments: [("nan", UInt16(0x7E01)), ("-inf", 0xFC00), ("inf", 0x7C00)])
    func badWeight(name: String, bits: UInt16) throws {
        var builder = GGUFBuilder.smallQwen3()
        let index = try #require(builder.tensorIndex("blk.5.ffn_up.weight"))
        builder.tensors[index].data.replaceSubrange(
            2 * (201 * 256 + 77)..<2 * (201 * 256 + 77) + 2, with: [UInt8(bits & 0xFF), UInt8(bits >> 8)])
        let trial = try Trial(builder)
        try Self.fails(trial, containing: ["tensor blk.5.ffn_up.weight", "row 201, column 77", name])
        // With leave to clamp it is not an obstacle.
        try trial.quantize("q3_k_m") { $0.policy = .clamp }
    }

    @Test("an importance matrix without a matrix of the layers; with leave it is encoded without importances")
    func missingEntry() throws {
        let trial = try Trial()
        var entries = importances()
        for layer in 3..<6 { entries[ForeignText("blk.\(layer).attn_k.weight")] = nil }
        let matrix = try ImportanceMatrix(path: "m.imatrix", entries: entries, dataset: nil, chunks: 1)
        let words = ["m.imatrix", "no entry for tensor blk.3.attn_k.weight (nor for 2 more)", "allow encoding without importances"]
        try Self.fails(trial, containing: words) {
            $0.imatrix = matrix
        }
        let partial = try trial.quantize("q3_k_m") {
            $0.imatrix = matrix
            $0.allowsPartialImatrix = true
        }
        let plain = try trial.quantize("q3_k_m")
        func data(_ bytes: [UInt8], _ name: String) throws -> [UInt8] {
            let scan = GGUFScan.scan(bytes)
            let tensor = try #require(scan.tensor(named: name))
            let start = try #require(scan.start(of: tensor))
            return Array(bytes[start..<start + 256 * 128 / 256 * 110])
        }
        #expect(try data(partial, "blk.3.attn_k.weight") == data(plain, "blk.3.attn_k.weight"))
        #expect(try data(partial, "blk.2.attn_k.weight") != data(plain, "blk.2.attn_k.weight"))
    }

    @Test("large losses are noted: importances that dwarf the others, weights too small for the scales (QUANT-22)")
    func hardlyKept() throws {
        func notes(_ mix: String, _ builder: GGUFBuilder = .smallQwen3(), _ importance: ((Int) -> Float)? = nil) throws -> [String] {
            let trial = try Trial(builder)
            var options = QuantizationOptions(routing: try Routing(mix: mix, revision: nil))
            var entries = importances()
            if let importance {
                entries["blk.1.ffn_gate.weight"] = (0..<256).map(importance)
                options.imatrix = try ImportanceMatrix(path: "m.imatrix", entries: entries, dataset: nil, chunks: 1)
            }
            let model = try SourceModel.open(path: trial.input)
            let plan = try QuantizationPlan(model, options)
            return try Quantizer.write(model, plan: plan, options: options, to: trial.output).notes
        }
        #expect(try notes("q4_k_m") == [])
        #expect(try notes("q4_k_m", .smallQwen3()) { 1 + Float($0 % 7) } == [])
        let zeros = try notes("q6_k", .smallQwen3()) { $0 < 32 ? 0 : 1 }
        #expect(zeros.count == 1 && zeros[0].hasPrefix("blk.1.ffn_gate.weight: q6_k loses most of 32 of 256 columns"), "\(zeros)")
        // Q8_0 does not look at importances, and Q4_K keeps sub-blocks that have none: nothing is lost by them there.
        for mix in ["q8_0", "q4_k_s"] { #expect(try notes(mix, .smallQwen3()) { $0 < 32 ? 0 : 1 } == []) }
        // Weights of 1e-5: the super-scale of a block, a 945th of what they span, is less than any fp16.
        var small = GGUFBuilder.smallQwen3()
        let index = try #require(small.tensorIndex("blk.1.ffn_gate.weight"))
        let count = small.tensors[index].data.count / 2
        small.tensors[index].data = (0..<count).flatMap { place -> [UInt8] in
            let bits = Float16(1.2e-5 * Float(place % 17 - 8) / 8).bitPattern
            return [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
        }
        let lost = try notes("q4_k_s", small)
        #expect(lost.contains { $0.hasPrefix("blk.1.ffn_gate.weight: q4_k loses most of it") }, "\(lost)")
        #expect(try notes("q8_0", small).isEmpty)
    }

    @Test("an entry of zeros, by which nothing of the tensor would be left (QUANT-21)")
    func zeroEntry() throws {
        let trial = try Trial()
        var entries = importances()
        entries["blk.1.ffn_gate.weight"] = [Float](repeating: 0, count: 256)
        let matrix = try ImportanceMatrix(path: "m.imatrix", entries: entries, dataset: nil, chunks: 1)
        try Self.fails(trial, containing: ["blk.1.ffn_gate.weight is all zeros"]) { $0.imatrix = matrix }
        try Self.fails(trial, containing: ["blk.1.ffn_gate.weight", "would become zero in q3_k", "m.imatrix"]) {
            $0.imatrix = matrix
            $0.allowsPartialImatrix = true
        }
        // Q8_0 does not look at importances.
        try trial.quantize("q8_0") {
            $0.imatrix = matrix
            $0.allowsPartialImatrix = true
        }
        // Asked to write what llama.cpp writes, it does.
        try trial.quantize("q3_k_m") {
            $0.imatrix = matrix
            $0.allowsPartialImatrix = true
            $0.policy = .asOriginal
        }
    }

    @Test(
        "importances whose sums overflow or vanish are named with entry, column and value (QUANT-20)",
        arguments: [(Float(3.75e37), "large"), (1e-45, "small")], ["q2_k", "q3_k_m", "q4_k_m", "q5_k_s", "q6_k", "q4_0", "iq4_nl"])
    func spoilingImportances(value: (Float, String), mix: String) throws {
        let trial = try Trial()
        var entries = importances()
        entries["blk.2.attn_v.weight"] = [Float](repeating: value.0, count: 256)
        let matrix = try ImportanceMatrix(path: "m.imatrix", entries: entries, dataset: nil, chunks: 1)
        try Self.fails(
            trial, mix, containing: ["m.imatrix: entry blk.2.attn_v.weight has \(value.0) in column", "too \(value.1) for sums"]
        ) { $0.imatrix = matrix }
    }

    @Test("of a tensor of several matrices the column is that of the entry, and each matrix must keep something (QUANT-20, QUANT-21)")
    func experts() throws {
        let name = "blk.0.ffn_up_exps.weight"
        func model(_ weights: (Int) -> Float) throws -> Trial {
            var builder = GGUFBuilder.smallQwen3()
            var data: [UInt8] = []
            for index in 0..<256 * 2 * 3 { data.append(integer: weights(index).bitPattern) }
            builder.tensors.append(.init(name, [256, 2, 3], typeID: 0, data: data))
            return try Trial(builder)
        }
        var entries = importances()
        entries[ForeignText(name)] = (0..<768).map { $0 / 256 == 2 ? 1e38 : 1 }
        let matrix = try ImportanceMatrix(path: "m.imatrix", entries: entries, dataset: nil, chunks: 1)
        try Self.fails(model { Float($0 % 17 - 8) / 64 }, containing: ["entry \(name) has 1e+38 in column 5", "too large"]) {
            $0.imatrix = matrix
        }
        // The second matrix is far below what the scales of Q3_K reach; all zeros lose nothing.
        try Self.fails(
            model { index in index / 512 == 1 ? 1e-12 : index / 512 == 2 ? 0 : 0.5 }, "q3_k_s",
            containing: ["matrix 1 of tensor \(name)", "would become zero in q3_k", "the largest is 1e-12", "=f32"])
        try model { index in index / 512 == 1 ? 0 : 0.5 }.quantize("q3_k_s")
    }

    @Test("an entry of another size (QUANT-15), and a matrix of another model")
    func foreignEntries() throws {
        let trial = try Trial()
        var entries = importances()
        entries["blk.1.ffn_gate.weight"] = [Float](repeating: 1, count: 160)
        let matrix = try ImportanceMatrix(path: "m.imatrix", entries: entries, dataset: nil, chunks: 1)
        try Self.fails(trial, containing: ["blk.1.ffn_gate.weight has 160 values, the tensor needs 256"]) { $0.imatrix = matrix }
        let other = try ImportanceMatrix(path: "m.imatrix", entries: ["enc.0.q": [1]], dataset: nil, chunks: 1)
        try Self.fails(trial, containing: ["none of its 1 entries names a tensor"]) { $0.imatrix = other }
    }

    @Test("overrides that name nothing, no type, or no expression")
    func overrides() throws {
        let trial = try Trial()
        try Self.fails(trial, kind: .usage, containing: ["attn_w=q6_k", "no tensor that is quantized has such a name"]) {
            $0.overrides = [try TypeOverride("attn_w=q6_k")]
        }
        try Self.fails(trial, kind: .usage, containing: ["norm=q6_k"]) { $0.overrides = [try TypeOverride("attn_q_norm=q6_k")] }
        for text in ["attn_v", "=q6_k", "attn_v=q9_k", "attn_v=q3_k_lite", "attn_v=q8_1", "(=q6_k"] {
            let error = #expect(throws: QuantizationError.self) { try TypeOverride(text) }
            #expect(error?.kind == .usage, "\(text)")
        }
        let ragged = try Trial(.smallQwen3(.ragged))
        // A stock mix steps down (QUANT-05).
        #expect(try ragged.plan("q8_0") { $0.overrides = [try TypeOverride("ffn_up=q6_k")] }.format("blk.0.ffn_up.weight") == "q8_0")
    }

    @Test("the input as output, by its name, a symbolic and a hard link, and the importance matrix as output")
    func sameFile() throws {
        let trial = try Trial()
        let before = try trial.folder.bytes("in.gguf")
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: trial.folder.path("soft.gguf"), withDestinationPath: trial.input)
        try manager.linkItem(atPath: trial.input, toPath: trial.folder.path("hard.gguf"))
        let matrix = try trial.folder.file("m.gguf", ImportanceMatrixTests.gguf(importances()).build().bytes)
        let model = try SourceModel.open(path: trial.input)
        var options = QuantizationOptions(routing: try Routing(mix: "q3_k_m"))
        options.imatrix = try ImportanceMatrix.load(path: matrix)
        let plan = try QuantizationPlan(model, options)
        for name in ["in.gguf", "soft.gguf", "hard.gguf", "m.gguf", "./m.gguf"] {
            let error = #expect(throws: QuantizationError.self) {
                try Quantizer.write(model, plan: plan, options: options, to: trial.folder.path(name))
            }
            #expect(error?.kind == .usage, "\(name)")
            let converting = #expect(throws: QuantizationError.self) {
                guard !name.hasSuffix("m.gguf") else { throw QuantizationError.usage("not read by a conversion") }
                _ = try Converter.convert(model, ConvertTests.options(nil, dialect: "fork-2025-12-22"), to: trial.folder.path(name))
            }
            #expect(converting?.kind == .usage, "\(name)")
        }
        #expect(try trial.folder.bytes("in.gguf") == before)
    }

    @Test("a quantized input without leave, and experts")
    func unsuitable() throws {
        let quantized = try Trial()
        let middle = try Trial(.smallQwen3())
        _ = try middle.quantize("q8_0")
        try FileManager.default.removeItem(atPath: quantized.input)
        try FileManager.default.copyItem(atPath: middle.output, toPath: quantized.input)
        try Self.fails(quantized, kind: .usage, containing: ["token_embd.weight is already quantized (q8_0)", "allow quantizing it again"])
        for (key, value, text) in [("expert_count", 8, "experts")] {
            var builder = GGUFBuilder.smallQwen3()
            builder.entries.removeAll { $0.key == Array("qwen3.\(key)".utf8) }
            builder.entries.append(.init("qwen3.\(key)", .uint32(UInt32(value))))
            try Self.fails(Trial(builder), "q3_k_hifi", kind: .usage, containing: [text, "not specified"])
        }
    }

    @Test("no model: an importance matrix, an empty file, a text, a cut model, no architecture, no number of layers")
    func noModel() throws {
        var nameless = GGUFBuilder.smallQwen3()
        nameless.entries.remove(at: try #require(nameless.entryIndex("general.architecture")))
        var shapeless = GGUFBuilder.smallQwen3()
        shapeless.entries.remove(at: try #require(shapeless.entryIndex("qwen3.block_count")))
        let whole = GGUFBuilder.smallQwen3().build().bytes
        let cases: [([UInt8], String)] = [
            (ImportanceMatrixTests.gguf(importances()).build().bytes, "is an importance matrix, not a model"),
            ([], ""), (Array("text".utf8), ""), (Array(whole.prefix(whole.count / 2)), "blk."), (Array(whole.prefix(1000)), ""),
            (nameless.build().bytes, "general.architecture"), (shapeless.build().bytes, "qwen3.block_count"),
        ]
        for (bytes, text) in cases {
            let trial = try Trial(GGUFBuilder())
            try Data(bytes).write(to: URL(fileURLWithPath: trial.input))
            try Self.fails(trial, containing: [text])
        }
        let error = #expect(throws: QuantizationError.self) { try SourceModel.open(path: "/nonexistent/model.gguf") }
        #expect(error?.kind == .inputOutput)
    }

    @Test("a shape that does not match the data")
    func shapes() throws {
        var builder = GGUFBuilder.smallQwen3()
        let index = try #require(builder.tensorIndex("blk.7.attn_v.weight"))
        for dimensions in [[256, 1 << 40], [1 << 33, 1 << 33], [16, 16, 8, 16]] as [[UInt64]] {
            builder.tensors[index].dimensions = dimensions
            try Self.fails(Trial(builder), containing: ["blk.7.attn_v.weight"])
        }
    }

    @Test("impossible outputs: in a missing folder, a folder itself")
    func places() throws {
        let trial = try Trial()
        let model = try SourceModel.open(path: trial.input)
        let options = QuantizationOptions(routing: try Routing(mix: "q3_k_m"))
        let plan = try QuantizationPlan(model, options)
        for place in [trial.folder.path("missing/out.gguf"), trial.folder.root.path] {
            let error = #expect(throws: QuantizationError.self) {
                try Quantizer.write(model, plan: plan, options: options, to: place)
            }
            #expect(error?.kind == .inputOutput, "\(place)")
        }
        #expect(trial.folder.names == ["in.gguf"])
    }
}
