import Foundation
import Kernels
import Testing

@Suite("hifi conformance")
struct ConformanceCommandTests {
    @Test("the reference and the portable kernels pass every case they take", arguments: ["reference", "scalar"])
    func passes(backend: String) throws {
        let outcome = try Tool.run(["conformance", "--backend", backend])
        #expect(outcome.status == 0, "\(outcome.text.suffix(2000))\(outcome.errors)")
    }

    /// All vectors by every set that this machine has, chosen as a user chooses it.
    @Test("kernels forced by the environment run, and pass every case they take", arguments: InstructionSet.allCases)
    func forced(_ isa: InstructionSet) throws {
        let outcome = try Tool.run(["conformance", "--backend", "cpu"], environment: ["HIFI_FORCE_ISA": isa.rawValue])
        guard InstructionSet.available.contains(isa) else {
            #expect(outcome.status == 69, "\(outcome.text.suffix(2000))\(outcome.errors)")
            print("SKIPPED: the vectors were not run by \(isa.rawValue): this machine does not have it")
            try Test.cancel("\(isa.rawValue) is not available on this machine")
        }
        #expect(outcome.status == 0, "\(outcome.text.suffix(2000))\(outcome.errors)")
        #expect(outcome.text.contains("\ncpu:\(isa.rawValue) conforms to suite "), "\(outcome.text.suffix(200))")
    }

    @Test("no mutant survives the suite")
    func selfTest() throws {
        let outcome = try Tool.run(["conformance", "--self-test"])
        #expect(outcome.status == 0, "\(outcome.text.suffix(2000))\(outcome.errors)")
        #expect(outcome.text.contains("0 survived"))
    }

    @Test("a system that is not there, a filter that matches nothing")
    func failures() throws {
        #expect(try Tool.run(["conformance", "--exec", "/nowhere/adapter"]).status == 69)
        #expect(try Tool.run(["conformance", "--filter", "id:nothing"]).status == 64)
        #expect(try Tool.run(["conformance", "--vectors", "/nowhere"]).status == 74)
    }
}
