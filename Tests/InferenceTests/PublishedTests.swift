import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFITokenization
import Inference
import Testing

@Suite("A measured perplexity compared with the published one")
struct PublishedTests {
    private let table: PublishedTable
    private let conditions: PerplexityRecord.Conditions
    private let model: LanguageModel

    init() throws {
        table = try #require(Spec.published.first { $0.id == "qwen3" })
        model = try TinyModel.load()
        conditions = PerplexityRecord.Conditions(
            run: try TinyModel.run(), text: ByteView(try TinyModel.text()), tokenizer: try Tokenizer(model.metadata),
            evaluator: try InferenceSession(model, context: 200), spec: "test")
    }

    /// A record with this perplexity and a standard error of one per cent.
    private func record(_ perplexity: Double) -> PerplexityRecord {
        let (count, mean) = (10_001, log(perplexity))
        let squares = Double(count) * (mean * mean + 1)
        return PerplexityRecord(
            conditions: conditions, model: .init(model, file: "m"), threads: 1,
            chunks: [.init(chunk: 1, count: count, sum: Double(count) * mean, squares: squares)])
    }

    private func compare(_ perplexity: Double, model: String? = "qwen3-0.6b", mixes: [String] = ["q3_k_hifi"]) -> PublishedPerplexity {
        PublishedPerplexity(table, model: model, mixes: mixes, record: record(perplexity), processor: "CPU (test)")
    }

    @Test(
        "Inside within two standard errors of the printed figure",
        arguments: [(26.43, true), (26.9, true), (26.95, true), (27.0, false), (25.92, true), (25.89, false), (31.64, false)])
    func verdict(perplexity: Double, isInside: Bool) {
        let result = compare(perplexity)
        #expect(result.published == "26.43")
        #expect(result.verdict == (isInside ? .inside : .outside))
        #expect(result.deviation.map { abs($0 - (perplexity - 26.43) / (0.01 * perplexity)) < 1e-6 } == true)
    }

    @Test("The mix decides about the cell; without a cell there is no verdict")
    func cells() {
        #expect(compare(20, mixes: ["q2_k", "q3_k_m"]).published == "31.64")
        #expect(compare(20, model: "qwen3-32b", mixes: ["q3_k_s"]).published == "20.19")
        #expect(compare(20, mixes: ["q8_0"]).verdict == .none)
        #expect(compare(20, model: nil).verdict == .none)
        #expect(PublishedPerplexity.model(model.shape, in: table) == nil)
    }

    @Test("Everything that the publication does not state is listed with what was done here")
    func conditionsListed() {
        let conditions = compare(26.43).conditions
        for item in table.provenance.notStated { #expect(conditions.contains { $0.hasPrefix("\(item): not stated; here ") }) }
        #expect(conditions.contains("imatrix: not stated; here none"))
        #expect(conditions.contains("context length: not stated; here 200"))
        #expect(conditions.contains { $0.contains("two L40S") && $0.contains("CPU (test)") })
        #expect(conditions.contains { $0.contains("1 of 8 chunks only") })
        // The file has blocks of the published revision.
        #expect(!conditions.contains { $0.hasPrefix("revision") })
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
