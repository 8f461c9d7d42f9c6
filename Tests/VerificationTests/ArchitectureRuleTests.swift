import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

/// Findings about the tensors and keys of an architecture name them.
@Suite("Architectures of files")
struct ArchitectureRuleTests {
    private func tiny(_ id: String, _ changes: [String: [Int]] = [:]) throws -> GGUFBuilder {
        TinyModel(try #require(Spec.architecture(id)), changes).builder()
    }

    private func errors(_ builder: GGUFBuilder, _ profile: RuleProfile = .runtime) throws -> [Finding] {
        try report(builder.build().bytes, .with(profile) { $0.headerOnly = true }, identify: TensorFormats.upstream).findings
            .filter { $0.severity == .error }
    }

    @Test("A llama without one matrix is told which, in both profiles (GGUF-71)", arguments: RuleProfile.allCases)
    func missing(_ profile: RuleProfile) throws {
        var builder = try tiny("llama")
        builder.tensors.removeAll { $0.nameText == "blk.1.ffn_up.weight" }
        let findings = try errors(builder, profile)
        #expect(findings.map(\.rule) == ["GGUF-71"])
        #expect(findings.first?.location.tensor == "blk.1.ffn_up.weight")
    }

    @Test("A gemma3 with two tensors missing and one misshapen is told all three (GGUF-71, GGUF-72)")
    func gemma() throws {
        var builder = try tiny("gemma3")
        builder.tensors.removeAll { ["blk.0.attn_q_norm.weight", "blk.1.post_ffw_norm.weight"].contains($0.nameText) }
        let index = try #require(builder.tensorIndex("blk.0.ffn_down.weight"))
        builder.tensors[index].dimensions = [48, 128]
        let findings = try errors(builder, .spec)
        #expect(Set(findings.map(\.rule)) == ["GGUF-71", "GGUF-72"])
        let missing = try #require(findings.first { $0.rule == "GGUF-71" })
        let names = [missing.location.tensor] + missing.examples.map(\.tensor)
        #expect(Set(names) == ["blk.0.attn_q_norm.weight", "blk.1.post_ffw_norm.weight"])
        let shape = try #require(findings.first { $0.rule == "GGUF-72" })
        #expect(shape.location.tensor == "blk.0.ffn_down.weight")
        #expect(shape.expected == "96 x 64" && shape.found == "48 x 128")
    }

    @Test("An architecture that nobody knows is said not to be described, a misspelt one gets the nearest name (ARCH-01, ARCH-02)")
    func names() throws {
        for (name, hint) in [("lama", "perhaps llama"), ("qwne3", "perhaps qwen3"), ("Gemma3", "perhaps gemma3"), ("zebra-9000", nil)] {
            var builder = try tiny("llama")
            builder.entries[0] = .init("general.architecture", .string(name))
            for profile in RuleProfile.allCases {
                let all = try report(builder.build().bytes, .with(profile) { $0.headerOnly = true }).findings
                #expect(all.first { $0.rule == "ARCH-01" }?.message.contains("is not described") == true)
                let known = try #require(all.first { $0.rule == "ARCH-02" })
                #expect(known.severity == (profile == .runtime ? .error : .note))
                if let hint { #expect(known.expected == hint) } else { #expect(known.advice?.contains("is meant") == false) }
                #expect(!all.contains { ["GGUF-71", "GGUF-72", "GGUF-73"].contains($0.rule) })
            }
        }
    }

    @Test(
        "Layers that predict further tokens may stand alone, and so may the others; a layer must be whole all the same (GGUF-71)",
        arguments: ["glm4moe", "deepseek2"])
    func predictors(_ id: String) throws {
        let whole = try tiny(id, ["nextn_layers": [1]])
        #expect(try errors(whole).map(\.message) == [])
        let layers = try #require(Set(whole.tensors.compactMap { $0.nameText.layer }).max())
        try #require(layers > 0)
        func without(_ left: (String) -> Bool) -> GGUFBuilder {
            var builder = whole
            builder.tensors.removeAll { left($0.nameText) }
            return builder
        }
        #expect(try errors(without { ($0.layer ?? layers) < layers }).isEmpty)
        #expect(try errors(without { $0.layer == layers }).isEmpty)
        for name in ["blk.\(layers).attn_norm.weight", "blk.0.attn_output.weight"] {
            #expect(try errors(without { $0 == name }).map(\.location.tensor?.raw) == [name])
        }
    }

    @Test("The loader takes one expert of hunyuan-dense for none, whatever else is said of experts (ARCH-06)")
    func oneExpert() throws {
        for (stated, used) in [(nil, 2), (1, 2), (1, 1), (0, 4)] as [(UInt32?, UInt32)] {
            var builder = try tiny("hunyuan-dense")
            if let stated { builder.entries.append(.init("hunyuan-dense.expert_count", .uint32(stated))) }
            builder.entries.append(.init("hunyuan-dense.expert_used_count", .uint32(used)))
            #expect(try errors(builder).map(\.message) == [], "\(stated ?? 0) \(used)")
        }
        var builder = try tiny("hunyuan-dense")
        builder.entries.append(.init("hunyuan-dense.expert_count", .uint32(4)))
        builder.entries.append(.init("hunyuan-dense.expert_used_count", .uint32(5)))
        #expect(try errors(builder).map(\.rule) == ["ARCH-06"])
    }

    @Test("Scales beside a decoder's matrices have the names of other architectures, and one number (GGUF-72, GGUF-73)")
    func decoderScales() throws {
        for (name, size, rules) in [
            ("blk.0.attn_q.scale", 1, []), ("blk.0.ffn_up.input_scale", 1, []), ("blk.0.attn_k.scale", 2, ["GGUF-72"]),
            ("blk.1.attn_q.scale", 1, ["GGUF-73"]), ("blk.0.attn_qkv.scale", 1, ["GGUF-73"]),
        ] as [(String, UInt64, [String])] {
            var builder = try tiny("t5")
            builder.tensors.append(VerdictCaseTests.floats(name, [size], [Float](repeating: 1, count: Int(size))))
            #expect(try errors(builder).map(\.rule) == rules, "\(name)")
        }
    }

    @Test("The pattern of windows is read where there are windows (ARCH-04)", arguments: ["gemma3", "olmo2"])
    func patternWithoutWindow(_ id: String) throws {
        for (window, rules) in [(nil, []), (0, []), (16, ["ARCH-04"])] as [(UInt32?, [String])] {
            var builder = try tiny(id)
            builder.entries.removeAll { String(decoding: $0.key, as: UTF8.self).contains(".sliding_window") }
            if let window { builder.entries.append(.init("\(id).attention.sliding_window", .uint32(window))) }
            builder.entries.append(.init("\(id).attention.sliding_window_pattern", .string("x")))
            #expect(try errors(builder).map(\.rule) == rules, "\(window ?? 0)")
        }
    }

    @Test("Of an architecture that the loader knows and nobody describes, the keys of all are judged (ARCH-01, ARCH-03)")
    func undescribed() throws {
        #expect(Spec.architecture("afmoe") == nil)
        var builder = GGUFBuilder.smallLlama()
        builder.entries[0] = .init("general.architecture", .string("afmoe"))
        let findings = try report(builder.build().bytes, .with(.runtime) { $0.headerOnly = true }).findings
        #expect(findings.contains { $0.rule == "ARCH-01" && $0.severity == .note })
        #expect(findings.filter { $0.severity == .error }.map(\.location.key).contains("afmoe.context_length"))
    }

    @Test(
        "Keys that the loader reads in one type only are errors of the runtime profile in every other (ARCH-04, GGUF-33)",
        arguments: [
            ("general.architecture", MetadataValue.uint32(7), "GGUF-33"), ("llama.vocab_size", .string("288"), "ARCH-04"),
            ("tokenizer.ggml.token_type_count", .int32(2), "ARCH-04"),
        ])
    func loaderTypes(_ key: String, _ value: MetadataValue, _ rule: String) throws {
        var builder = try tiny("llama")
        builder.entries.removeAll { $0.key == Array(key.utf8) }
        builder.entries.append(.init(key, value))
        let bytes = builder.build().bytes
        let runtime = try report(bytes, .with(.runtime) { $0.headerOnly = true }).findings.filter { $0.rule == rule }
        #expect(runtime.contains { $0.severity == .error && $0.location.key == key })
        guard rule == "ARCH-04" else { return }
        #expect(try report(bytes, .with(.spec) { $0.headerOnly = true }).findings.allSatisfy { $0.rule != rule || $0.severity < .error })
    }

    @Test(
        "A model without a vocabulary has no rows for the tokens that are listed all the same (GGUF-72)",
        arguments: ["none", "no_vocab"])
    func noVocabulary(_ kind: String) throws {
        var builder = try tiny("llama")
        builder.entries.removeAll { $0.key == Array("tokenizer.ggml.model".utf8) }
        builder.entries.append(.init("tokenizer.ggml.model", .string(kind)))
        let found = try report(builder.build().bytes, .with(.runtime) { $0.headerOnly = true }).findings
        #expect(found.contains { $0.rule == "GGUF-72" && $0.location.tensor == "token_embd.weight" })
    }

    @Test("A rank of 0 that is stated is stated: DeepSeek-V2 with plain queries (ARCH-06)")
    func plainQueries() throws {
        var builder = try tiny("deepseek2")
        builder.entries.removeAll { $0.key == Array("deepseek2.attention.q_lora_rank".utf8) }
        let before = try report(builder.build().bytes, .with(.runtime) { $0.headerOnly = true }).findings
        #expect(before.contains { $0.severity == .error && $0.location.key == "deepseek2.attention.q_lora_rank" })
        builder.entries.append(.init("deepseek2.attention.q_lora_rank", .uint32(0)))
        let after = try report(builder.build().bytes, .with(.runtime) { $0.headerOnly = true }).findings
        #expect(!after.contains { $0.rule == "ARCH-06" || $0.location.key == "deepseek2.attention.q_lora_rank" })
    }

    @Test("A file without tensors has no tensors missing (GGUF-42)")
    func vocabularyOnly() throws {
        var builder = try tiny("qwen3")
        builder.tensors = []
        let findings = try report(builder.build().bytes, .with(.spec)).findings
        #expect(findings.contains { $0.rule == "GGUF-42" && $0.severity == .note })
        #expect(findings.filter { $0.severity > .note } == [])
    }

    @Test("A bias that no Qwen3 has is a warning for loaders and a note for the format, that of a Qwen2 is nothing (ARCH-07)")
    func unusual() throws {
        for (id, found) in [("qwen3", Finding.Severity.warning as Finding.Severity?), ("qwen2", nil)] {
            var builder = try tiny(id)
            let rows = try #require(builder.tensors.first { $0.nameText == "blk.0.attn_q.weight" }).dimensions[1]
            builder.tensors.append(
                .init("blk.0.attn_q.bias", [rows], typeID: 0, data: (0..<Int(rows)).flatMap { [0, 0, UInt8($0), 63] }))
            let findings = try report(builder.build().bytes, .with(.runtime) { $0.headerOnly = true }).findings
            #expect(findings.first { $0.rule == "ARCH-07" }?.severity == found, "\(id)")
            #expect(!findings.contains { $0.severity == .error })
        }
    }

    @Test("An absent key on which shapes depend is the mistake, not the shapes (GGUF-37)")
    func absentKey() throws {
        var builder = try tiny("llama")
        builder.entries.removeAll { $0.key == Array("llama.feed_forward_length".utf8) }
        let findings = try errors(builder)
        #expect(findings.map(\.rule) == ["GGUF-37"])
        #expect(findings.first?.location.key == "llama.feed_forward_length")
        #expect(findings.first?.examples.compactMap(\.tensor).contains("blk.1.ffn_down.weight") == true)
    }

    @Test("Many unlisted tensors and a claim of many layers are taken in stride")
    func many() throws {
        var builder = try tiny("qwen3moe")
        builder.entries[try #require(builder.entryIndex("qwen3moe.block_count"))] = .init("qwen3moe.block_count", .uint32(.max))
        builder.tensors += (0..<20_000).map { .init("blk.\($0).ffn_gate_exps.scale", [1], typeID: 0, data: [0, 0, 0, 63]) }
        let clock = ContinuousClock()
        let start = clock.now
        let findings = try errors(builder)
        #expect(findings.contains { $0.rule == "GGUF-71" } && findings.contains { $0.rule == "ARCH-06" })
        #expect(clock.now - start < .seconds(60))
    }
}

extension String {
    /// The number of the layer that a tensor of this name is in.
    fileprivate var layer: Int? { hasPrefix("blk.") ? split(separator: ".").dropFirst().first.flatMap { Int($0) } : nil }
}
