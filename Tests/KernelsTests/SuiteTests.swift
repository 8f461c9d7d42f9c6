import Conformance
import Foundation
import HIFIKernels
import Suite
import TestSupport
import Testing

@Suite("Every instruction set conforms")
struct SuiteTests {
    /// All vectors, by each set that this machine has. The command line's tests put some by way of HIFI_FORCE_ISA.
    @Test("the suite passes", arguments: InstructionSet.allCases)
    func conforms(_ isa: InstructionSet) throws {
        guard InstructionSet.available.contains(isa) else {
            print("SKIPPED: the vectors were not run by \(isa.rawValue): this machine does not have it")
            try Test.cancel("\(isa.rawValue) is not available on this machine")
        }
        let backend = try CPUBackend(isa: isa)
        let before = backend.entries
        let store = try VectorStore.load(Repository.root.appendingPathComponent("Vectors").path)
        let report = ConformanceRunner.run(store, ConformanceRunner.Options(), system: KernelSystem(backend))
        let failed = report.results.filter { $0.outcome != .pass && $0.outcome != .skip }.map(\.id)
        #expect(failed == [], "\(isa.rawValue)")
        #expect(report.isConforming)
        // That they ran: products and decoding of every format with kernels, and calls that went to this set.
        #expect(report.results.filter { $0.outcome == .pass }.count > 7000)
        #expect(backend.entries - before > 7000)
    }
}
