import Conformance
import Foundation
import HIFIKernels
import Suite
import TestSupport
import Testing

@Suite("Encoding kernels and the suite's vectors")
struct EncodeConformanceTests {
    @Test("every encoding vector of a format with kernels passes", arguments: InstructionSet.available)
    func vectors(_ isa: InstructionSet) throws {
        let store = try VectorStore.load(Repository.root.appendingPathComponent("Vectors").path)
        let options = ConformanceRunner.Options(filter: try CaseFilter(terms: ["kind:encode", "kind:bulk"]))
        let report = ConformanceRunner.run(store, options, system: KernelSystem(try CPUBackend(isa: isa)))
        #expect(report.results.filter { $0.outcome != .pass && $0.outcome != .skip }.map { "\($0.id): \($0.detail ?? "")" } == [])
        let passed = Set(report.results.filter { $0.kind == .encode && $0.outcome == .pass }.map(\.format))
        #expect(
            passed.isSuperset(of: [
                "q2_k", "iq4_nl", "q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q3_k_hifi@r6", "q3_k_hifi@r12c", "q3_k_hifi@r13",
            ]))
    }
}
