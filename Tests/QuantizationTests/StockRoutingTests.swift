import HIFIBlockSpec
import Importance
import Quantization
import TestSupport
import Testing

@Suite("Stock mixes route the tensors of every architecture as llama.cpp as in llama-cpp-python 0.3.36 does")
struct StockRoutingTests {
    static let models = StockRecord.all.models

    @Test("36 architectures, dense and with 4 and 8 experts, and 17 mixes are recorded")
    func extent() {
        #expect(Set(Self.models.map(\.architecture)).count == 36)
        #expect(Self.models.count == 74)
        #expect(Set(Self.models.flatMap(\.types.keys)).count == 17)
        #expect(Self.models.allSatisfy { $0.types.count == 17 })
    }

    @Test("every tensor gets the library's type (QUANT-01 to QUANT-04, QUANT-17, QUANT-18)", arguments: models.indices)
    func types(index: Int) throws {
        let model = Self.models[index]
        let rules = Spec.quantizer.routing(of: .stock)
        #expect(rules.knows(architecture: model.architecture))
        let routing = TensorRouting(model.named.map { ($0.name, $0.template.dimensions) }, under: rules)
        func key(_ suffix: String) -> Int? { model.keys.first { $0.name == "~.\(suffix)" }?.number }
        let context = MixContext(
            architecture: model.architecture, layers: model.layers, hasOutputTensor: routing.hasOutputTensor, key: key)
        for mix in model.types.keys.sorted() {
            let recorded = StockRecord.all.formats(model, mix)
            let routes = routing.routes(by: try #require(Spec.mix(mix)), context: context)
            let found = zip(model.named, routes).map { tensor, route in
                switch route {
                case .kept: tensor.template.type
                case .type(_, let stored): stored
                case .refused(let refusal): "\(refusal)"
                }
            }
            let wrong = zip(model.named, zip(found, recorded)).first { $1.0 != $1.1 }
            #expect(found == recorded, "\(model) \(mix): \(wrong.map { "\($0.name) \($1)" } ?? "")")
        }
    }

    @Test("whole files are the library's, byte for byte (QUANT-06)", arguments: models.indices.filter { !models[$0].digests.isEmpty })
    func files(index: Int) throws {
        let model = Self.models[index]
        let builder = model.builder()
        #expect(sha256(builder.build().bytes).hasPrefix(model.input), "the model is not the one that was recorded")
        let trial = try Trial(builder)
        for (mix, digest) in model.digests {
            #expect(try sha256(trial.quantize(mix)).hasPrefix(digest), "\(model) \(mix)")
        }
    }

    /// A model of the record by architecture and number of experts.
    private static func model(_ architecture: String, experts: Int? = nil) throws -> StockRecord.Model {
        try #require(
            models.first { model in
                model.architecture == architecture
                    && (experts == nil || model.keys.contains { $0.name == "~.expert_count" && $0.number == experts })
            })
    }

    @Test("architectures that are not described are refused by name (QUANT-17)")
    func unknown() throws {
        for architecture in ["nosucharch", "glm5-next", "clip", "nanbeige", "graniteswitch", "deepseek4"] {
            var builder = GGUFBuilder.smallQwen3()
            for index in builder.entries.indices {
                let key = String(decoding: builder.entries[index].key, as: UTF8.self)
                if key.hasPrefix("qwen3.") { builder.entries[index].key = Array("\(architecture).\(key.dropFirst(6))".utf8) }
            }
            let name = try #require(builder.entryIndex("general.architecture"))
            builder.entries[name] = .init("general.architecture", .string(architecture))
            let trial = try Trial(builder)
            let error = #expect(throws: QuantizationError.self) { try trial.plan("q4_k_m") }
            #expect("\(error as Any)".contains("architecture \(architecture)"))
        }
    }

    @Test("in models with experts the layer must be in the name, and one of the model's (QUANT-18)")
    func layersByName() throws {
        for (name, text) in [
            ("blk.9.ffn_down_exps.weight", "layer 9 of a model of 9 layers"), ("extra.ffn_up.weight", "the name, which has no blk."),
        ] {
            var builder = try Self.model("llama", experts: 8).builder()
            let index = try #require(builder.tensorIndex("blk.8.ffn_down_exps.weight"))
            builder.tensors[index].name = Array(name.utf8)
            let trial = try Trial(builder)
            let error = #expect(throws: QuantizationError.self) { try trial.plan("q4_k_m") }
            #expect("\(error as Any)".contains(text) && "\(error as Any)".contains(name))
        }
    }

    @Test("Q2_K_S takes an importance matrix for its Q2_K tensors (QUANT-19)")
    func needsImatrix() throws {
        let trial = try Trial()
        let error = #expect(throws: QuantizationError.self) { try trial.plan("q2_k_s") }
        #expect("\(error as Any)".contains("needs importances"))
        let matrix = try ImportanceMatrix(path: "m", entries: importances(), dataset: nil, chunks: 1)
        let plan = try trial.plan("q2_k_s") { $0.imatrix = matrix }
        #expect(plan.format("blk.7.ffn_down.weight") == "q2_k" && plan.format("blk.0.ffn_down.weight") == "q4_k")
        var partial = importances()
        partial["blk.3.attn_q.weight"] = nil
        let incomplete = try ImportanceMatrix(path: "m", entries: partial, dataset: nil, chunks: 1)
        #expect(throws: QuantizationError.self) {
            try trial.plan("q2_k_s") {
                $0.imatrix = incomplete
                $0.allowsPartialImatrix = true
            }
        }
    }

    @Test("with an importance matrix Q4_0 and Q5_0 make the first eighth of ffn_down Q4_1 and Q5_1, and IQ4_NL leaves it")
    func imatrix() throws {
        let trial = try Trial()
        let matrix = try ImportanceMatrix(path: "m", entries: importances(), dataset: nil, chunks: 1)
        for (mix, plain, guided) in [("q4_0", "q4_0", "q4_1"), ("q5_0", "q5_0", "q5_1"), ("iq4_nl", "q5_k", "iq4_nl")] {
            #expect(try trial.plan(mix).format("blk.0.ffn_down.weight") == plain)
            #expect(try trial.plan(mix) { $0.imatrix = matrix }.format("blk.0.ffn_down.weight") == guided)
        }
    }

    @Test("types for all matrices alike take no patterns (QUANT-05)")
    func plainTypes() throws {
        let trial = try Trial()
        #expect(try trial.plan("bf16").tensors.filter { $0.source.info.dimensions.count == 2 }.allSatisfy { $0.format.id == "bf16" })
        let error = #expect(throws: QuantizationError.self) { try trial.plan("f16") { $0.overrides = [try TypeOverride("attn=q4_k")] } }
        #expect("\(error as Any)".contains("f16 has one type for all"))
    }

    @Test("a tensor that a pattern gives a type is not counted (QUANT-05)")
    func notCounted() throws {
        // Q3_K_M gives the first two values Q5_K: with the first taken out, those of layers 1 and 2.
        let plan = try Trial().plan("q3_k_m") { $0.overrides = [try TypeOverride(#"blk\.0\.attn_v=q8_0"#)] }
        #expect((0..<4).map { plan.format("blk.\($0).attn_v.weight") } == ["q8_0", "q5_k", "q5_k", "q4_k"])
    }

    @Test("short names are those of llama-quantize")
    func aliases() throws {
        for (name, mix) in [("q3_k", "q3_k_m"), ("Q4_K", "q4_k_m"), ("q5_k", "q5_k_m")] { #expect(try Routing(mix: name).mix.id == mix) }
    }
}
