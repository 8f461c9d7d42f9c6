import HIFIBlockSpec
import Testing

@Suite("Mixes")
struct MixTests {
    @Test(
        "more bits go to the first and last eighth and every third layer between",
        arguments: [
            (28, [0, 1, 2, 5, 8, 11, 14, 17, 20, 23, 24, 25, 26, 27]),
            (36, [0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 31, 32, 33, 34, 35]),
            (5, [2, 4]),
        ])
    func useMoreBits(layers: Int, expected: [Int]) {
        #expect((0..<layers).filter { Mix.useMoreBits(layer: $0, layers: layers) } == expected)
    }

    /// ffn_down of the published routing: layers, those in HIFI, those in Q4_K, and how many stay Q3_K.
    static let feedForwardDown: [(layers: Int, hifi: Int, q4: [Int], q3: Int)] = [
        (28, 9, [11, 14, 17, 20, 23, 24, 25, 26, 27], 10),
        (36, 12, [12, 15, 18, 21, 24, 27, 30, 31, 32, 33, 34, 35], 12),
        (40, 13, [13, 16, 19, 22, 25, 28, 31, 34, 35, 36, 37, 38, 39], 14),
        (64, 21, [22, 25, 28, 31, 34, 37, 40, 43, 46, 49, 52, 55, 56, 57, 58, 59, 60, 61, 62, 63], 23),
    ]

    @Test("the published routing gives ffn_down three types by layer", arguments: feedForwardDown.indices)
    func publishedFeedForwardDown(index: Int) throws {
        let row = Self.feedForwardDown[index]
        let mix = try #require(Spec.mix("q3_k_hifi"))
        let context = Self.context(layers: row.layers)
        let types = (0..<row.layers).map { mix.type(of: .feedForwardDown, layer: $0, context: context) }
        #expect(types.indices.filter { types[$0] == "q3_k_hifi@r6" } == Array(0..<row.hifi))
        #expect(types.indices.filter { types[$0] == "q4_k" } == row.q4)
        #expect(types.filter { $0 == "q3_k" }.count == row.q3)
    }

    @Test("the token embedding is routed as the output matrix where the file holds no other")
    func head() throws {
        let mix = try #require(Spec.mix("q3_k_m"))
        var context = Self.context(layers: 36)
        #expect(mix.type(of: .tokenEmbedding, layer: nil, context: context) == "q3_k")
        #expect(mix.type(of: .output, layer: nil, context: context) == "q6_k")
        context.hasOutputTensor = false
        #expect(mix.type(of: .tokenEmbedding, layer: nil, context: context) == "q6_k")
    }

    /// Mix, tensor, layer of 28, and the type.
    static let stock: [(mix: String, kind: TensorKind, layer: Int?, type: String)] = [
        ("q3_k_s", .attentionV, 0, "q3_k"), ("q3_k_s", .norm, 0, "f32"), ("q3_k_m", .attentionV, 1, "q5_k"),
        ("q3_k_m", .attentionV, 2, "q4_k"), ("q3_k_m", .feedForwardDown, 0, "q5_k"), ("q3_k_m", .feedForwardDown, 1, "q4_k"),
        ("q3_k_m", .attentionOutput, 9, "q4_k"), ("q3_k_m", .attentionQ, 9, "q3_k"), ("q3_k_l", .attentionV, 9, "q5_k"),
        ("q3_k_l", .feedForwardUp, 9, "q3_k"), ("q4_k_m", .attentionV, 0, "q6_k"), ("q4_k_m", .attentionV, 3, "q4_k"),
        ("q4_k_m", .feedForwardDown, 5, "q6_k"), ("q4_k_m", .feedForwardDown, 4, "q4_k"), ("q4_k_m", .attentionOutput, 0, "q4_k"),
        ("q4_k_m", .output, nil, "q6_k"), ("q4_k_m", .tokenEmbedding, nil, "q4_k"), ("q4_k_m", .attentionQKV, 3, "q4_k"),
        ("q4_k_m", .attentionQKV, 5, "q6_k"),
        ("q4_k_m", .attentionKVB, 0, "q6_k"), ("q2_k", .attentionV, 0, "q3_k"), ("q2_k", .attentionQ, 0, "q2_k"),
        ("q4_k_s", .attentionV, 3, "q5_k"), ("q4_k_s", .attentionV, 4, "q4_k"), ("q4_k_s", .feedForwardDown, 2, "q5_k"),
        ("q4_k_s", .feedForwardDown, 3, "q4_k"), ("q5_k_s", .attentionV, 0, "q5_k"), ("q5_k_m", .attentionV, 0, "q6_k"),
        ("q6_k", .tokenEmbedding, nil, "q6_k"), ("q6_k", .output, nil, "q6_k"), ("q6_k", .attentionV, 3, "q6_k"),
        ("q8_0", .output, nil, "q8_0"), ("q8_0", .tokenEmbedding, nil, "q8_0"), ("q8_0", .norm, 3, "f32"),
    ]

    @Test("stock mixes route as llama.cpp does", arguments: stock.indices)
    func stockRouting(index: Int) throws {
        let (mix, kind, layer, type) = Self.stock[index]
        #expect(try #require(Spec.mix(mix)).type(of: kind, layer: layer, context: Self.context(layers: 28)) == type)
    }

    @Test("the caller may name another block format for hifi")
    func otherFormat() throws {
        let mix = try #require(Spec.mix("q3_k_hifi"))
        let context = Self.context(layers: 28)
        #expect(mix.type(of: .attentionV, layer: 5, context: context, hifi: "q3_k_hifi@r12") == "q3_k_hifi@r12c")
        #expect(mix.type(of: .attentionQ, layer: 5, context: context, hifi: "q3_k_hifi@r12") == "q3_k")
    }

    @Test("layer conditions do not hold outside the layers")
    func noLayer() throws {
        let mix = try #require(Spec.mix("q3_k_hifi"))
        #expect(mix.type(of: .feedForwardDown, layer: nil, context: Self.context(layers: 28)) == "q3_k")
    }

    @Test("the fork's parameter estimate is that of its quantizer")
    func parameterEstimate() throws {
        let expected = [0.382, 1.527, 3.633, 7.852, 14.890, 31.877]
        let loaded = [0.693, 2.149, 4.411, 9.096, 16.446, 33.433]
        let models = try #require(Spec.architecture("qwen3")).models
        #expect(models.map { ($0.forkParameterEstimate * 1000).rounded() / 1000 } == expected)
        #expect(models.map { ($0.forkParameterEstimate(vocabulary: $0.vocabulary) * 1000).rounded() / 1000 } == loaded)
    }

    @Test("every mix is known by its id, once")
    func ids() {
        #expect(Set(Spec.mixes.map(\.id)).count == Spec.mixes.count)
        #expect(
            Spec.mixes.filter { $0.kind == .stock }.map(\.id) == [
                "q2_k", "q2_k_s", "q3_k_s", "q3_k_m", "q3_k_l", "q4_0", "q4_1", "q4_k_s", "q4_k_m", "q5_0", "q5_1", "q5_k_s", "q5_k_m",
                "q6_k",
                "q8_0", "iq4_nl", "iq4_xs", "iq3_xxs", "iq3_xs", "iq3_s", "iq3_m", "tq1_0", "tq2_0", "q1_0", "q2_0", "iq1_s", "iq1_m",
                "iq2_xxs", "iq2_xs", "iq2_s", "iq2_m", "mxfp4_moe", "f32", "f16", "bf16",
            ])
        #expect(Spec.mix("q3_k_xl") == nil)
    }

    /// A mix, and what attn_v gets in how many of 80 layers where keys and values are shared and where they are not.
    static let attentionV: [(mix: String, shared: [String: Int], own: [String: Int])] = [
        ("q3_k_s", ["q5_k": 80], ["q3_k": 80]),
        ("q3_k_m", ["q5_k": 80], ["q5_k": 2, "q4_k": 78]),
        ("q3_k_l", ["q5_k": 80], ["q5_k": 80]),
        ("q4_k_m", ["q6_k": 40, "q5_k": 40], ["q6_k": 40, "q4_k": 40]),
        ("q6_k", ["q6_k": 80], ["q6_k": 80]),
        ("q8_0", ["q8_0": 80], ["q8_0": 80]),
        ("q3_k_hifi", ["q3_k_hifi@r6": 80], ["q3_k_hifi@r6": 80]),
        ("a1", ["q3_k_hifi@r5": 4, "q5_k": 76], ["q3_k_hifi@r5": 4, "q4_k": 76]),
        ("j25", ["q5_k": 80], ["q5_k": 5, "q4_k": 75]),
        ("f08", ["q5_k": 80], ["q5_k": 2, "q4_k": 78]),
    ]

    @Test("in a Llama model of 80 layers attn_v gets more bits if heads share it, and nothing else does (QUANT-16)")
    func called70B() throws {
        let llama = try #require(Spec.architecture("llama"))
        func routed(_ mix: Mix, headsKV: Int) -> [(tensor: ModelTensor, type: String)] {
            let shape = ModelShape(
                id: "made-up", label: "70B", embedding: 8192, layers: 80, feedForward: 28672, heads: 64, headsKV: headsKV, headSize: 128,
                vocabulary: 32000, tied: false, outputTensor: true)
            let context = MixContext(model: shape, of: llama)
            return llama.tensors(of: shape).map { ($0, mix.type(of: $0.kind, layer: $0.layer, context: context)) }
        }
        func count(_ tensors: [(tensor: ModelTensor, type: String)]) -> [String: Int] {
            Dictionary(tensors.filter { $0.tensor.kind == .attentionV }.map { ($0.type, 1) }, uniquingKeysWith: +)
        }
        for expected in Self.attentionV {
            let mix = try #require(Spec.mix(expected.mix))
            #expect(count(routed(mix, headsKV: 8)) == expected.shared, "\(mix.id)")
            #expect(count(routed(mix, headsKV: 64)) == expected.own, "\(mix.id)")
        }
        // Some mixes look at shared heads by themselves.
        let bySharing: (MixRule) -> Bool = { $0.conditions.contains { if case .headGroupAtLeast = $0 { true } else { false } } }
        for mix in Spec.mixes where !mix.rules.contains(where: bySharing) {
            let (shared, own) = (routed(mix, headsKV: 8), routed(mix, headsKV: 64))
            #expect(shared.count == own.count && shared.count > 720)
            for (one, other) in zip(shared, own) where one.type != other.type {
                #expect(one.tensor.kind == .attentionV && one.type == "q5_k" && ["q3_k", "q4_k"].contains(other.type), "\(mix.id)")
            }
        }
    }

    /// Mix, tensor, architecture, experts, heads for each key head, and the type of layer 10 of 32.
    static let special: [(mix: String, kind: TensorKind, architecture: String, experts: Int, headGroup: Int, type: String)] = [
        ("q4_k_m", .attentionV, "llama", 8, 4, "q8_0"), ("q4_k_m", .attentionK, "llama", 8, 4, "q8_0"),
        ("q4_k_m", .attentionOutput, "llama", 8, 4, "q5_k"), ("q4_k_m", .attentionOutput, "llama", 4, 4, "q4_k"),
        ("q5_k_m", .attentionOutput, "llama", 8, 4, "q5_k"), ("q3_k_l", .attentionOutput, "llama", 8, 4, "q3_k"),
        ("q2_k", .attentionV, "llama", 0, 4, "q4_k"), ("q2_k", .attentionV, "llama", 0, 3, "q3_k"),
        ("q2_k", .attentionOutput, "falcon", 0, 1, "q2_k"),
        ("q3_k_m", .feedForwardDown, "falcon", 0, 1, "q3_k"), ("q3_k_l", .feedForwardDown, "falcon", 0, 1, "q4_k"),
        ("q4_k_m", .feedForwardDown, "falcon", 0, 1, "q4_k"), ("q4_k_m", .output, "falcon", 0, 1, "q8_0"),
        ("q3_k_s", .attentionOutput, "falcon", 8, 1, "q3_k"), ("q8_0", .output, "falcon", 0, 1, "q8_0"),
        ("f16", .output, "falcon", 0, 1, "f16"),
    ]

    @Test("experts, shared heads and Falcon have rules of their own (QUANT-17)", arguments: special.indices)
    func specialRouting(index: Int) throws {
        let row = Self.special[index]
        var context = Self.context(layers: 32)
        (context.architecture, context.experts, context.headGroup) = (row.architecture, row.experts, row.headGroup)
        #expect(try #require(Spec.mix(row.mix)).type(of: row.kind, layer: 10, context: context) == row.type)
    }

    static func context(layers: Int) -> MixContext {
        MixContext(
            layers: layers, hasOutputTensor: true, parameterEstimate: 1.5, usesImatrix: false, isImportant: true,
            isCalled70B: false)
    }
}

@Suite("Architectures")
struct ArchitectureTests {
    @Test("names are found with their layer, and only exact ones")
    func templates() throws {
        let qwen3 = try #require(Spec.architecture("qwen3"))
        let found = try #require(qwen3.template(named: "blk.27.ffn_down.weight"))
        #expect(found.layer == 27)
        #expect(found.template.kind == .feedForwardDown)
        #expect(qwen3.template(named: "output.weight")?.template.kind == .output)
        for name in [
            "blk..ffn_down.weight", "blk.-1.ffn_down.weight", "blk.01.ffn_down.weight", "blk.1x.ffn_down.weight", "blk.1.ffn_down.bias",
            "blk.99999999999999999999.ffn_down.weight",
            "blk.{layer}.ffn_down.weight", "", "output", "xoutput.weight", "blk.ffn_down.weight",
        ] { #expect(qwen3.template(named: name) == nil, "\(name)") }
    }

    @Test("dimensions are in file order and overflow is noticed")
    func dimensions() throws {
        let qwen3 = try #require(Spec.architecture("qwen3"))
        let small = try #require(qwen3.models.first)
        let tensors = qwen3.tensors(of: small)
        #expect(tensors.first { $0.name == "blk.3.attn_q.weight" }?.dimensions == [1024, 2048])
        #expect(tensors.first { $0.name == "blk.3.attn_v.weight" }?.dimensions == [1024, 1024])
        #expect(tensors.first { $0.name == "blk.3.attn_output.weight" }?.dimensions == [2048, 1024])
        #expect(tensors.first { $0.name == "blk.3.ffn_down.weight" }?.dimensions == [3072, 1024])
        #expect(tensors.first { $0.name == "token_embd.weight" }?.dimensions == [1024, 151_936])
        #expect(tensors.first { $0.name == "blk.27.attn_k_norm.weight" }?.dimensions == [128])
        #expect(Set(tensors.map(\.name)).count == tensors.count)

        let query = try #require(qwen3.template(named: "blk.0.attn_q.weight")).template
        #expect(query.dimensions { _ in UInt64.max } == nil)
        #expect(query.dimensions { $0 == .heads ? nil : 1 } == nil)
    }

    @Test("the layers of a model stay together")
    func order() throws {
        let qwen3 = try #require(Spec.architecture("qwen3"))
        let layers = qwen3.tensors(of: try #require(qwen3.models.first)).compactMap(\.layer)
        #expect(layers == layers.sorted())
        #expect(layers.count == 28 * 11)
    }

    @Test("Llama's head size and key heads may be left to the fallback")
    func llama() throws {
        let llama = try #require(Spec.architecture("llama"))
        #expect(llama.headSizeFallback == .embeddingPerHead)
        #expect(llama.metadata.filter { !$0.isRequired }.map(\.parameter) == [.headsKV, .headSize])
        #expect(llama.template(named: "blk.0.attn_q_norm.weight") == nil)
    }
}
