import HIFIBlockSpec
import HIFIReference
import Testing

@Suite("What the quantizer decides by names, shapes and sizes")
struct QuantizerRuleTests {
    /// Name, dimensions, and whether the quantizer takes it.
    static let tensors: [(name: String, dimensions: [UInt64], quantized: Bool)] = [
        ("blk.0.attn_q.weight", [256, 256], true), ("token_embd.weight", [256, 1000], true),
        ("blk.0.ffn_up_exps.weight", [256, 64, 8], true),
        ("blk.0.attn_q.weight", [256], false), ("blk.0.attn_q.weight", [256, 1, 1], false), ("blk.0.attn_q.weight", [], false),
        ("blk.0.attn_q.bias", [256, 256], false), ("blk.0.attn_q_norm.weight", [128, 4], false),
        ("position_embd.weight", [256, 64], false), ("my.position_embd.weight", [256, 64], false), ("token_types.weight", [256, 2], false),
        ("blk.1.ffn_gate_inp.weight", [256, 8], false), ("blk.1.ssm_conv1d.weight", [4, 256], false),
        ("blk.1.time_mix_w2.weight", [256, 8], false), ("blk.1.time_mix_key.weight", [256, 256], true),
    ]

    @Test("matrices called weight are quantized, but for those that are listed (QUANT-01)", arguments: tensors.indices)
    func quantized(index: Int) {
        let (name, dimensions, quantized) = Self.tensors[index]
        for kind in MixKind.allCases {
            #expect(Spec.quantizer.routing(of: kind).isQuantized(name: name, dimensions: dimensions) == quantized)
        }
    }

    @Test("stock mixes leave some tensors that HIFI mixes do not know of (QUANT-01)")
    func leftByLaterBuilds() {
        let (stock, hifi) = (Spec.quantizer.routing(of: .stock), Spec.quantizer.routing(of: .hifi))
        for name in ["v.patch_embd.weight", "blk.0.indexer.k_proj.weight", "sam.pos_embd.weight"] {
            #expect(!stock.isQuantized(name: name, dimensions: [256, 8]), "\(name)")
            #expect(hifi.isQuantized(name: name, dimensions: [256, 8]), "\(name)")
        }
    }

    @Test(
        "names say which part a tensor plays (QUANT-02)",
        arguments: [
            ("blk.0.attn_v.weight", .attentionV), ("blk.0.attn_k.weight", .attentionK), ("blk.0.attn_q.weight", .attentionQ),
            ("blk.0.attn_qkv.weight", .attentionQKV), ("blk.0.attn_output.weight", .attentionOutput),
            ("blk.3.ffn_down.weight", .feedForwardDown),
            ("blk.3.ffn_down_exps.weight", .feedForwardDown), ("blk.3.ffn_gate.weight", .feedForwardGate),
            ("blk.3.ffn_up.weight", .feedForwardUp),
            ("output.weight", .output), ("my.output.weight", .other), ("token_embd.weight", .tokenEmbedding),
            ("per_layer_token_embd.weight", .other), ("blk.0.ssm_in.weight", .other),
        ] as [(String, TensorKind)])
    func roles(name: String, kind: TensorKind) {
        #expect(Spec.quantizer.routing(of: .hifi).kind(named: name) == kind)
        if name != "per_layer_token_embd.weight" { #expect(Spec.quantizer.routing(of: .stock).kind(named: name) == kind) }
    }

    @Test("stock mixes know the embeddings of single layers and keys and values in one (QUANT-02)")
    func stockRoles() {
        let rules = Spec.quantizer.routing(of: .stock)
        #expect(rules.kind(named: "per_layer_token_embd.weight") == .tokenEmbedding)
        #expect(rules.kind(named: "blk.0.attn_kv_b.weight") == .attentionKVB)
        #expect(rules.kind(named: "dec.blk.0.attn_v.weight") == .attentionV)
        #expect(rules.kind(named: "dec.blk.0.cross_attn_output.weight") == .attentionOutput)
    }

    /// The type that the mix gives, weights in a row, and the type that the tensor gets under HIFI and stock mixes; nil where it is
    /// refused.
    static let fallbacks: [(type: String, columns: Int, hifi: String?, stock: String?)] = [
        ("q3_k", 512, "q3_k", "q3_k"), ("q3_k", 320, "iq4_nl", "q4_0"), ("q3_k", 330, "f16", "f16"), ("q2_k", 96, "iq4_nl", "q4_0"),
        ("iq4_xs", 96, "iq4_nl", "iq4_nl"), ("q4_k", 96, "q5_0", "q5_0"), ("q4_k", 95, "f16", "f16"), ("q5_k", 96, "q5_1", "q5_1"),
        ("q6_k", 96, "q8_0", "q8_0"), ("q8_0", 96, "q8_0", "q8_0"), ("q8_0", 95, nil, "f16"), ("q4_0", 95, nil, "f16"),
        ("q3_k_hifi@r1", 96, nil, nil), ("q3_k_hifi@r6", 96, nil, nil), ("q3_k_hifi@r6", 512, "q3_k_hifi@r6", "q3_k_hifi@r6"),
        ("q3_k_hifi@r7a", 96, "iq4_nl", nil), ("q3_k_hifi@r9", 96, "iq4_nl", nil), ("q3_k_hifi@r12c", 95, "f16", nil),
        ("q3_k_hifi@r13", 96, "iq4_nl", nil), ("q3_k_hifi_res8", 96, nil, nil), ("q4_k_hifi", 96, nil, nil), ("f16", 95, "f16", "f16"),
    ]

    @Test("rows that are not whole blocks get the type that is listed, then f16, or are refused (QUANT-03)", arguments: fallbacks.indices)
    func fallback(index: Int) throws {
        let row = Self.fallbacks[index]
        let format = try #require(Spec.format(row.type))
        #expect(Spec.quantizer.routing(of: .hifi).fallback(for: format, columns: row.columns) == row.hifi)
        #expect(Spec.quantizer.routing(of: .stock).fallback(for: format, columns: row.columns) == row.stock)
    }

    @Test("every revision of Q3_K_HIFI after r6 falls back to IQ4_NL, none before (QUANT-03)")
    func revisions() {
        let rules = Spec.quantizer.routing(of: .hifi)
        for format in Spec.formats where format.family == "q3_k_hifi" && format.elements == 256 {
            let number = format.id.split(separator: "@r").last.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
            #expect(rules.fallback(for: format, columns: 32) == (number > 6 ? "iq4_nl" : nil), "\(format.id)")
        }
    }

    @Test("the estimate of the size counts no grouped heads, and tokens only where asked (QUANT-07)")
    func estimate() throws {
        let model = try #require(Spec.model("qwen3-1.7b")).model
        #expect(QuantizerRules.parameterEstimate(embedding: 2048, feedForward: 6144, layers: 28) == model.forkParameterEstimate)
        #expect(abs(model.forkParameterEstimate - 1.527) < 0.0005)
        let loaded = QuantizerRules.parameterEstimate(embedding: 2048, feedForward: 6144, layers: 28, vocabulary: 151_936)
        #expect(abs(loaded - 2.149) < 0.0005)
    }

    @Test("an encoder takes the standard number of outliers and refuses numbers out of range (QUANT-08)")
    func counts() throws {
        var formats = 0
        for format in Spec.formats where ReferenceEncoder.canEncode(format) {
            guard let count = format.encoding?.outliers, let most = format.decoding?.correction?.slots else {
                #expect(format.decoding?.correction == nil, "\(format.id)")
                continue
            }
            formats += 1
            #expect(try ReferenceEncoder(format).outliers == count.standard)
            #expect(try ReferenceEncoder(format, outliers: count.least).outliers == count.least)
            #expect(try ReferenceEncoder(format, outliers: most).outliers == most)
            for wrong in [count.least - 1, most + 1] {
                #expect(throws: EncodeError.self, "\(format.id)") { try ReferenceEncoder(format, outliers: wrong) }
            }
        }
        #expect(formats == 29)
        let standard = { (id: String) in Spec.format(id)?.encoding?.outliers?.standard }
        #expect(["q3_k_hifi@r1", "q3_k_hifi@r4", "q3_k_hifi@r6", "q3_k_hifi@r7a", "q3_k_hifi@r12c"].map(standard) == [4, 6, 8, 16, 8])
        #expect(["q6_k_hifi_dynamic", "q2_k_hifi", "q6_k_hifi", "q3_k"].map(standard) == [6, 3, 4, nil])
    }

    @Test(
        "from r7b to r12 the number of outliers follows the size of the model (QUANT-09)",
        arguments: [
            (Float(0.693), 0), (0.8, 0), (0.801, 2), (1.7, 2), (2.149, 8), (4.411, 8), (5, 8), (9.096, 6), (10, 6), (16.446, 4), (29.9, 4),
            (30, 2), (33.433, 2),
        ])
    func sized(billions: Float, outliers: Int) throws {
        for id in ["q3_k_hifi@r7b", "q3_k_hifi@r8", "q3_k_hifi@r9", "q3_k_hifi@r11", "q3_k_hifi@r12c"] {
            #expect(Spec.quantizer.sizedOutliers(of: try #require(Spec.format(id)), billions: billions) == outliers)
        }
        for id in ["q3_k_hifi@r6", "q3_k_hifi@r7a", "q3_k_hifi@r13", "q3_k_hifi_res8", "q3_k"] {
            #expect(Spec.quantizer.sizedOutliers(of: try #require(Spec.format(id)), billions: billions) == nil)
        }
    }

    @Test(
        "which models llama.cpp calls 70B (QUANT-16)",
        arguments: [
            ("llama", 80, 64, 8, true), ("llama", 80, 64, 64, false), ("llama", 80, 64, nil, false), ("llama", 79, 64, 8, false),
            ("llama", 80, nil, 8, true), ("qwen2", 80, 64, 8, true), ("qwen2", 80, 64, 64, true), ("qwen2", 64, 64, 8, false),
            ("olmo", 80, 64, nil, true), ("deci", 80, 64, 8, true), ("jais2", 68, 64, 64, true), ("jais2", 80, 64, 8, false),
            ("llama-embed", 80, 64, 8, true), ("qwen3", 80, 64, 8, false), ("", 80, 64, 8, false),
        ] as [(String, Int, Int?, Int?, Bool)])
    func called70B(architecture: String, layers: Int, heads: Int?, headsKV: Int?, called: Bool) {
        #expect(Spec.quantizer.isCalled70B(architecture: architecture, layers: layers, heads: heads, headsKV: headsKV) == called)
    }

    @Test(
        "norms of q and k are among the candidates, outputs are not (QUANT-12)",
        arguments: [
            ("blk.0.attn_q.weight", true), ("blk.0.attn_q_norm.weight", true), ("blk.0.attn_qkv.weight", true),
            ("blk.0.ffn_up.weight", true),
            ("blk.0.ffn_gate.weight", true), ("blk.0.attn_v.weight", true), ("blk.0.attn_output.weight", false),
            ("blk.0.ffn_down.weight", false),
            ("output.weight", false), ("token_embd.weight", false), ("blk.0.attn_norm.weight", false),
        ])
    func candidates(name: String, isCandidate: Bool) {
        #expect(Spec.quantizer.isImportanceCandidate(name) == isCandidate)
    }
}
