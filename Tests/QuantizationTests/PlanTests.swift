import HIFIBlockSpec
import HIFIForeign
import Importance
import Quantization
import TestSupport
import Testing

@Suite("Which tensor gets which type")
struct PlanTests {
    @Test("the published routing: attn_v and a third of ffn_down HIFI, the tied embedding Q6_K")
    func published() throws {
        let plan = try Trial().plan("q3_k_hifi")
        #expect(plan.format("token_embd.weight") == "q6_k")
        #expect((0..<8).allSatisfy { plan.format("blk.\($0).attn_v.weight") == "q3_k_hifi@r6" })
        let down = (0..<8).map { plan.format("blk.\($0).ffn_down.weight") ?? "" }
        #expect(down == ["q3_k_hifi@r6", "q3_k_hifi@r6", "q3_k", "q4_k", "q3_k", "q3_k", "q4_k", "q4_k"])
        #expect(plan.dialect.id == "fork-2025-12-22" && plan.fileType == 41)
    }

    @Test("tensors outside the layers come first, then layer by layer, by name (QUANT-06)")
    func order() throws {
        var shape = GGUFBuilder.Qwen3Shape()
        (shape.layers, shape.feedForward) = (11, 256)
        let names = try Trial(.smallQwen3(shape)).plan("q6_k").tensors.map(\.source.name)
        #expect(names.prefix(3) == ["output_norm.weight", "token_embd.weight", "blk.0.attn_k.weight"])
        let layers = names.dropFirst(2).map { $0.raw.split(separator: ".")[1] }.compactMap { Int($0) }
        #expect(layers == layers.sorted() && layers.last == 10)
        let first = Array(names.filter { $0.hasPrefix("blk.0.") })
        #expect(first == first.sorted())
    }

    @Test(
        "a revision brings the routing, the dialect and the file type that were in force with it",
        arguments: [
            ("r6", "q3_k_hifi", "fork-2025-12-22", 41), ("r5", "a1", "fork-2025-12-12", 41), ("r7a", "j26b", "fork-2026-01-18", 45),
            ("r9", "j26b", "fork-2026-01-26-late", 45), ("r12b", "j26b", "fork-2026-02-04", 45), ("r12", "f08", "fork-2026-02-22", 45),
            ("r13", "f08", "fork-report", 45),
        ])
    func revisions(revision: String, mix: String, dialect: String, fileType: Int) throws {
        // HIFI tensors by name, since some routings have none in so small a model.
        let plan = try Trial().plan("q3_k_hifi", revision: revision) {
            $0.overrides = [try TypeOverride("attn_q=q3_k_hifi@\(revision)")]
        }
        #expect(plan.routing.mix.id == mix)
        #expect(plan.dialect.id == dialect)
        #expect(plan.fileType == UInt32(fileType))
    }

    @Test(
        "rows that are not whole blocks fall back, the head to Q8_0; what a pattern asks for comes before that (QUANT-03 to QUANT-05)"
    )
    func fallback() throws {
        let plan = try Trial(.smallQwen3(.ragged)).plan("q3_k_m") {
            $0.overrides = [try TypeOverride("ffn_up=q8_0"), try TypeOverride("ffn_gate=q4_k")]
        }
        #expect(plan.format("output.weight") == "q8_0")
        #expect(plan.format("token_embd.weight") == "q4_0")
        #expect(plan.format("blk.0.attn_v.weight") == "q5_1")
        #expect(plan.format("blk.2.attn_v.weight") == "q5_0")
        #expect(plan.format("blk.0.attn_output.weight") == "q4_k")
        #expect(plan.format("blk.0.ffn_up.weight") == "q8_0")
        #expect(plan.format("blk.0.ffn_gate.weight") == "q5_0")
        #expect(plan.notes.contains { $0.hasPrefix("blk.0.ffn_gate.weight") && $0.hasSuffix("q5_0 in place of q4_k") })
    }

    @Test("under a HIFI mix the fallback comes first, whatever overrides say (QUANT-05)")
    func fallbackOfFork() throws {
        let plan = try Trial(.smallQwen3(.ragged)).plan("q3_k_hifi", revision: "r9") { $0.overrides = [try TypeOverride("ffn_up=q8_0")] }
        #expect(plan.format("blk.0.ffn_up.weight") == "iq4_nl")
        #expect(plan.notes.contains { $0.hasPrefix("blk.0.ffn_up.weight") && $0.hasSuffix("the override q8_0 is not applied") })
    }

    @Test("r6 has no fallback: the fork refused, later revisions step down to IQ4_NL (QUANT-03)")
    func hifiFallback() throws {
        let trial = try Trial(.smallQwen3(.ragged))
        #expect(throws: QuantizationError.self) { try trial.plan("q3_k_hifi") }
        #expect(try trial.plan("q3_k_hifi", revision: "r9").format("blk.0.attn_q.weight") == "iq4_nl")
    }

    @Test("the first override that matches wins under a stock mix, the last under a HIFI mix; norms are out of reach (QUANT-05)")
    func overrides() throws {
        let asked = [try TypeOverride(#"blk\.[0-3]\.attn_v=f16"#), try TypeOverride("attn_=q4_k"), try TypeOverride("attn_q=bf16")]
        for (mix, attnQ) in [("q3_k_s", "q4_k"), ("q3_k_hifi", "bf16")] {
            let plan = try Trial().plan(mix) { $0.overrides = mix == "q3_k_s" ? asked : [asked[1], asked[0], asked[2]] }
            #expect(plan.format("blk.0.attn_k.weight") == "q4_k")
            #expect(plan.format("blk.3.attn_v.weight") == "f16")
            #expect(plan.format("blk.4.attn_v.weight") == "q4_k")
            #expect(plan.format("blk.4.attn_q.weight") == attnQ)
            #expect(plan.format("blk.4.attn_q_norm.weight") == "f32")
        }
    }

    @Test(
        "from 2 billion weights on f08 gives HIFI, and more outliers, to the most uneven importances (QUANT-11, QUANT-12)"
    )
    func importance() throws {
        // The estimate looks at keys, not at tensors.
        var builder = GGUFBuilder.smallQwen3()
        for (key, value) in [("embedding_length", 8192), ("feed_forward_length", 16384)] {
            let index = try #require(builder.entryIndex("qwen3.\(key)"))
            builder.entries[index] = .init("qwen3.\(key)", .uint32(UInt32(value)))
        }
        let trial = try Trial(builder)
        let plain = try trial.plan("f08")
        #expect(plain.tensors.filter { $0.format.id == "q3_k_hifi@r12c" }.count == 8 * 4)  // q, k, gate, up
        #expect(plain.tensors.compactMap(\.outliers).allSatisfy { $0 == 6 })

        var entries = importances()
        let uneven = (0..<8).map { ForeignText("blk.\($0).ffn_gate.weight") }
        for name in entries.keys { entries[name] = [Float](repeating: 1, count: entries[name]?.count ?? 0) }
        for name in uneven { entries[name] = [1000] + [Float](repeating: 0.001, count: 255) }
        let guided = try trial.plan("f08") { $0.imatrix = try ImportanceMatrix(path: "m", entries: entries, dataset: nil, chunks: 1) }
        let chosen = guided.tensors.filter { $0.format.id == "q3_k_hifi@r12c" }
        // 7 candidates a layer, of which p of 5 to 10 takes the first fifth (11 of 56) and all that equal the last of them: norms are
        // candidates of middling importance, so only the uneven ones reach the threshold among matrices.
        #expect(chosen.map(\.source.name).sorted() == uneven)
        #expect(chosen.allSatisfy { $0.outliers == 8 })
    }

    /// Architecture, what to change of its keys, and the type of attn_v in layer 5 under Q3_K_M.
    static let eighty: [(architecture: String, change: @Sendable (inout [GGUFBuilder.Entry]) -> Void, type: String)] = [
        ("llama", { _ in }, "q5_k"), ("qwen2", { _ in }, "q5_k"), ("qwen3", { _ in }, "q4_k"),
        ("llama", { $0.removeAll { $0.key == Array("llama.attention.head_count_kv".utf8) } }, "q4_k"),
        ("qwen2", { $0.removeAll { $0.key == Array("qwen2.attention.head_count_kv".utf8) } }, "q5_k"),
        (
            "llama",
            {
                $0.removeAll { $0.key == Array("llama.attention.head_count_kv".utf8) }
                $0.append(.init("llama.attention.head_count_kv", .int32s([4] + [Int32](repeating: 2, count: 79))))
            }, "q4_k"
        ),
    ]

    @Test("the keys of a file say whether it is a 70B model; with one number of heads a layer the first counts (QUANT-16)")
    func eightyLayers() throws {
        for (architecture, change, type) in Self.eighty {
            var builder = GGUFBuilder.smallQwen3()
            for index in builder.entries.indices {
                let key = String(decoding: builder.entries[index].key, as: UTF8.self)
                if key.hasPrefix("qwen3.") { builder.entries[index].key = Array("\(architecture).\(key.dropFirst(6))".utf8) }
            }
            builder.entries.removeAll { $0.key == Array("\(architecture).block_count".utf8) }
            builder.entries.append(.init("\(architecture).block_count", .uint32(80)))
            let name = try #require(builder.entryIndex("general.architecture"))
            builder.entries[name] = .init("general.architecture", .string(architecture))
            change(&builder.entries)
            let trial = try Trial(builder)
            let plan = try trial.plan("q3_k_m")
            #expect(plan.format("blk.5.attn_v.weight") == type, "\(architecture)")
            #expect(plan.format("blk.5.attn_k.weight") == "q3_k" && plan.format("blk.5.attn_output.weight") == "q4_k")
            #expect(try trial.plan("q3_k_s").format("blk.5.attn_v.weight") == (type == "q5_k" ? "q5_k" : "q3_k"))
        }
    }

    @Test(
        "impossible requests",
        arguments: [
            ("q3_k_xl", nil, "there is no mix"), ("q3_k_m", "r6", "has no revisions"), ("q3_k_hifi", "r99", "there is no revision"),
            ("q3_k_hifi", "q4_k_hifi@r1", "there is no revision"), ("u128", "r6", "was not used with"),
        ] as [(String, String?, String)])
    func nonsense(mix: String, revision: String?, text: String) {
        let error = #expect(throws: QuantizationError.self) { try Routing(mix: mix, revision: revision) }
        #expect(error?.kind == .usage)
        #expect("\(error as Any)".contains(text))
    }
}
