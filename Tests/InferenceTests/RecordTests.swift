import Foundation
import HIFIFiles
import HIFIGGUF
import HIFITokenization
import Inference
import TestSupport
import Testing

@Suite("Records are compared only where all else is the same")
struct RecordTests {
    private func record(
        context: Int = 100, chunks: ClosedRange<Int> = 1...4, options: InferenceOptions = .init(), text: [UInt8]? = nil
    ) throws -> PerplexityRecord {
        let model = try TinyModel.load()
        let run = try TinyModel.run(context: context, chunks: chunks)
        let session = try InferenceSession(model, context: context, options: options)
        let scores = try run.scores(session)
        let conditions = PerplexityRecord.Conditions(
            run: run, text: ByteView(try text ?? TinyModel.text()), tokenizer: try Tokenizer(model.metadata), evaluator: session,
            spec: "test")
        return PerplexityRecord(conditions: conditions, model: .init(model, file: "m"), threads: session.threads, chunks: scores)
    }

    @Test("A record survives JSON with every bit, and pins the bytes of model and text")
    func roundTrip() throws {
        let record = try record()
        let again = try JSONDecoder().decode(PerplexityRecord.self, from: JSONEncoder().encode(record))
        #expect(again == record)
        #expect(record.problem == nil)
        #expect(record.model.sha256 == "eb861b840a3180f55f2c3a0ce5922c7357515da7d879202b24139b9ce23eccd5")
        #expect(record.model.formats == ["q6_k", "q3_k", "q4_k", "q3_k_hifi@r6"])
        #expect(record.model.imatrix == nil)
    }

    @Test("A record that was tampered with is refused")
    func tampered() throws {
        let text = String(decoding: try JSONEncoder().encode(record()), as: UTF8.self)
        func problem(_ old: String, _ new: String) throws -> String? {
            #expect(text.contains(old))
            let data = Data(text.replacingOccurrences(of: old, with: new).utf8)
            return try JSONDecoder().decode(PerplexityRecord.self, from: data).problem
        }
        #expect(try problem("\"chunk\":2", "\"chunk\":1")?.contains("order") == true)
        #expect(try problem("\"version\":1", "\"version\":2")?.contains("version 2") == true)
        #expect(try problem("\"count\":49", "\"count\":50")?.contains("result") == true)
    }

    @Test("The same run again, on another number of threads: a ratio of exactly 1")
    func same() throws {
        let comparison = try RecordComparison(record(), record(options: .init(threads: 2)))
        #expect(comparison.differences.isEmpty)
        #expect(comparison.ratio == Estimate(value: 1, error: 0))
    }

    @Test("Each condition that differs is listed and refuses, unless it is allowed")
    func differences() throws {
        let base = try record()
        func differing(_ other: PerplexityRecord) throws -> [String] {
            let refusal = #expect(throws: RecordComparison.Refusal.self) { try RecordComparison(base, other) }
            guard case .differences(let all) = refusal else { return [] }
            return all.map(\.pin)
        }
        #expect(try differing(record(context: 120)) == ["context", "batch"])
        #expect(try differing(record(chunks: 1...3)) == ["chunks"])
        #expect(try differing(record(options: .init(arithmetic: .exact))) == ["arithmetic"])
        #expect(try differing(record(text: [1, 2, 3])) == ["text"])
        let allowed = try RecordComparison(base, record(options: .init(arithmetic: .exact)), allowing: ["arithmetic"])
        #expect(allowed.ratio.map { abs($0.value - 1) < 0.01 && $0.value != 1 && $0.error > 0 } == true)
        #expect(throws: RecordComparison.Refusal.self) { try RecordComparison(base, base, allowing: ["weather"]) }
    }

    @Test("Parts join to the bits of the whole; gaps, overlaps and parts of other runs are refused")
    func merging() throws {
        let whole = try record()
        let parts = [try record(chunks: 3...4), try record(chunks: 1...1), try record(chunks: 2...2)]
        #expect(try PerplexityRecord.merging(parts) == whole)
        #expect(throws: PerplexityRecord.MergeProblem.gap(chunks: "2..2")) { try PerplexityRecord.merging(Array(parts.prefix(2))) }
        #expect(throws: PerplexityRecord.MergeProblem.overlap(part: 2, chunks: "1..1")) {
            try PerplexityRecord.merging([try record(chunks: 1...2), parts[1]])
        }
        #expect(throws: PerplexityRecord.MergeProblem.self) {
            try PerplexityRecord.merging([parts[1], try record(chunks: 2...2, options: .init(arithmetic: .exact))])
        }
        #expect(throws: PerplexityRecord.MergeProblem.noParts) { try PerplexityRecord.merging([]) }
    }
}
