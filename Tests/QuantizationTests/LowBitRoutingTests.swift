import Foundation
import HIFIBlockSpec
import HIFIForeign
import Importance
import Quantization
import TestSupport
import Testing

/// What llama-quantize makes of the models of `StockRecord` under mixes that the record there does not have:
/// `Fixtures/low-bit-routing.json`. Models that it refuses under a mix are left out.
struct LowBitRecord: Decodable {
    struct Model: Decodable {
        /// The model, as `StockRecord.Model.input`.
        let input: String
        /// By mix, without importances, as `StockRecord.Model.types`.
        let types: [String: String]
        /// SHA-256 of the file without importances, by mix, 32 digits.
        let digests: [String: String]?
        /// The same with `importances`.
        let guided: [String: String]?
    }

    let legend: [String: String]
    let models: [Model]

    static let all: LowBitRecord = {
        do {
            return try JSONDecoder().decode(
                LowBitRecord.self, from: Data(Repository.bytes("Tests/QuantizationTests/Fixtures/low-bit-routing.json")))
        } catch { fatalError("low-bit-routing.json: \(error)") }
    }()

    /// The entries of every matrix: 1 + (7 · place) mod 11, as the file `imatrix.dat` that llama-quantize was given.
    static func importances(_ model: StockRecord.Model) throws -> ImportanceMatrix {
        var entries: [ForeignText: [Float]] = [:]
        for (name, template) in model.named where template.dimensions.count >= 2 {
            let matrices = template.dimensions.count > 2 ? template.dimensions[2] : 1
            entries[ForeignText(name)] = (0..<Int(template.dimensions[0] * matrices)).map { Float(1 + 7 * $0 % 11) }
        }
        return try ImportanceMatrix(path: "imatrix.dat", entries: entries, dataset: nil, chunks: 0)
    }
}

@Suite("Mixes of few bits route and write as llama-quantize of 2026-08-22 does")
struct LowBitRoutingTests {
    static let models = LowBitRecord.all.models
    static let mixes: Set = [
        "iq1_s", "iq1_m", "iq2_xxs", "iq2_xs", "iq2_s", "iq2_m", "iq3_xxs", "iq3_xs", "iq3_s", "iq3_m", "iq4_xs", "tq1_0", "tq2_0",
        "mxfp4_moe", "q1_0", "q2_0",
    ]

    @Test("all models of the other record under sixteen mixes")
    func extent() {
        #expect(Self.models.map(\.input) == StockRecord.all.models.map(\.input))
        #expect(Set(Self.models.flatMap(\.types.keys)) == Self.mixes)
        #expect(Self.models.reduce(0) { $0 + $1.types.count } == 1047)
        let guided = Set(Self.models.flatMap { model in (model.guided ?? [:]).map(\.key) })
        #expect(guided.isSuperset(of: ["iq1_s", "iq1_m", "iq2_m", "iq3_xs"]))
    }

    @Test("every tensor gets the tool's type (QUANT-03, QUANT-17, QUANT-18)", arguments: models.indices)
    func types(index: Int) throws {
        let model = StockRecord.all.models[index]
        let routing = TensorRouting(model.named.map { ($0.name, $0.template.dimensions) }, under: Spec.quantizer.routing(of: .stock))
        func key(_ suffix: String) -> Int? { model.keys.first { $0.name == "~.\(suffix)" }?.number }
        let context = MixContext(
            architecture: model.architecture, layers: model.layers, hasOutputTensor: routing.hasOutputTensor, key: key)
        for (mix, runs) in Self.models[index].types {
            let recorded = StockRecord.formats(runs, legend: LowBitRecord.all.legend)
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

    @Test("whole files, byte for byte, with and without importances", arguments: models.indices.filter { models[$0].digests != nil })
    func files(index: Int) throws {
        let model = StockRecord.all.models[index]
        let trial = try Trial(model.builder())
        for (mix, digest) in Self.models[index].digests ?? [:] {
            #expect(try sha256(trial.quantize(mix)).hasPrefix(digest), "\(model) \(mix)")
        }
        let matrix = try LowBitRecord.importances(model)
        for (mix, digest) in Self.models[index].guided ?? [:] {
            #expect(try sha256(trial.quantize(mix) { $0.imatrix = matrix }).hasPrefix(digest), "\(model) \(mix) with importances")
        }
    }

    @Test("types of few bits need importances, whatever mix or pattern asks for them (QUANT-19)")
    func needsImportances() throws {
        let trial = try Trial()
        for mix in ["iq1_s", "iq1_m", "iq2_xxs", "iq2_xs", "iq2_s", "iq2_m", "iq3_xxs", "iq3_xs"] {
            let error = #expect(throws: QuantizationError.self) { try trial.plan(mix) }
            #expect("\(error as Any)".contains("needs importances"), "\(mix)")
        }
        for type in ["iq1_s", "iq1_m", "iq2_xxs", "iq2_xs", "iq2_s", "iq3_xxs"] {
            let error = #expect(throws: QuantizationError.self) {
                try trial.plan("q4_k_m") { $0.overrides = [try TypeOverride("attn_q=\(type)")] }
            }
            #expect("\(error as Any)".contains("needs importances"), "\(type)")
        }
        for mix in ["iq3_s", "iq3_m", "iq4_xs", "tq1_0", "tq2_0", "mxfp4_moe"] { _ = try trial.plan(mix) }
    }
}
