import Foundation
import HIFIBlockSpec
import Mutants
import Suite
import TestSupport
import Testing

@Suite("The suite's own test")
struct SelfTestTests {
    static let store = Result { try VectorStore.load(Repository.root.appendingPathComponent("Vectors").path) }
    /// What the tool says of all mutants, which takes a minute: asked once.
    static let outcome = Result { try Tool.run(["conformance", "--self-test", "--format", "json"]) }
    static let report = Result { try JSONDecoder().decode(SelfTestReport.self, from: outcome.get().output) }

    @Test("the tool reports it as the schema says")
    func output() throws {
        let outcome = try Self.outcome.get()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try OutputSchemaTests.violations(of: outcome.output, schema: "conformance-self-test") == [])
    }

    @Test("every mutant is killed or proven equivalent; unmutated twins pass")
    func complete() throws {
        let report = try Self.report.get()
        #expect(report.results.filter { $0.fate == .survived }.map(\.id) == [])
        #expect(report.failingControls == [])
        #expect(report.isComplete)
        #expect(report.score == 1)
        #expect(report.count(.killed) >= 200)
    }

    @Test("killed mutants name vectors that exist; equivalent ones have an argument")
    func witnesses() throws {
        let report = try Self.report.get()
        let ids = Set(try Self.store.get().cases.map(\.id))
        for result in report.results {
            switch result.fate {
            case .killed: #expect(!result.killers.isEmpty && result.killers.allSatisfy(ids.contains), "\(result.id)")
            case .equivalent: #expect(result.argument?.isEmpty == false, "\(result.id)")
            case .survived: break
            }
        }
        #expect(Set(report.results.map(\.id)).count == report.results.count)
    }

    @Test("every defect of history and every planted fault is re-enacted and caught by a vector that names it")
    func defects() throws {
        let report = try Self.report.get()
        let cases = Dictionary(try Self.store.get().cases.map { ($0.id, $0.flags) }, uniquingKeysWith: { first, _ in first })
        for defect in Spec.defects where defect.id.hasPrefix("B") || defect.id.hasPrefix("F") {
            let mutants = report.results.filter { $0.defect == defect.id }
            #expect(!mutants.isEmpty, "\(defect.id)")
            let named = mutants.filter { $0.killers.contains { cases[$0]?.contains(defect.id) == true } }
            #expect(!named.isEmpty, "\(defect.id): no vector flagged so kills it")
        }
    }

    @Test("mutants cover decoders, encoders, products, activations, content, files and series")
    func kinds() throws {
        let kinds = Set(try Self.report.get().results.compactMap { $0.id.split(separator: "/").first.map(String.init) })
        #expect(kinds == ["decoder", "encoder", "dot", "activation", "content", "container", "series"])
    }

    @Test("a suite without its vectors for a format lets mutants live")
    func weakened() throws {
        let store = try Self.store.get()
        let files = store.files.filter { $0.format != "q5_0" }
        let weak = VectorStore(folder: store.folder, version: store.version, files: files, notes: store.notes)
        // Of the format and of one that has all its vectors.
        let mutants = ConformanceSelfTest.allMutants().filter { $0.id.contains("/q5_0/") || $0.id.contains("/q5_1/") }
        let report = ConformanceSelfTest.run(weak, mutants: mutants, controls: [], witnesses: 1)
        #expect(!report.isComplete && report.results.contains { $0.id.contains("/q5_1/") })
        #expect(report.results.filter { $0.fate == .survived }.allSatisfy { $0.id.contains("/q5_0/") })
    }
}
