import Foundation
import HIFIKernels
import TestSupport
import Testing

@Suite("hifi conformance")
struct ConformanceCommandTests {
    @Test("the reference passes every case")
    func passes() throws {
        let outcome = try Tool.run(["conformance", "--backend", "reference"])
        #expect(outcome.status == 0, "\(outcome.text.suffix(2000))\(outcome.errors)")
    }

    @Test("what no case can meet is refused before anything runs", arguments: ["nonsense", "format:nonsense", "id:x*"])
    func impossible(_ requirement: String) throws {
        // A system that is not there would be noticed when it is started.
        let outcome = try Tool.run(["conformance", "--exec", "/nowhere/adapter", "--require", requirement])
        #expect(outcome.status == 64 && outcome.errors.contains("no case of \(requirement)"), "\(outcome.errors)")
        let filtered = try Tool.run([
            "conformance", "--exec", "/nowhere/adapter", "--filter", "format:q4_0", "--require", "format:q4_1",
        ])
        #expect(filtered.status == 64)
    }

    /// Some vectors by every set that this machine has, chosen as a user chooses it. `SuiteTests` puts all vectors to each.
    @Test("kernels forced by the environment run, and pass every case they take", arguments: InstructionSet.allCases)
    func forced(_ isa: InstructionSet) throws {
        let words = ["conformance", "--backend", "cpu", "--filter", "format:q3_k*"]
        let outcome = try Tool.run(words, environment: ["HIFI_FORCE_ISA": isa.rawValue])
        guard InstructionSet.available.contains(isa) else {
            #expect(outcome.status == 69, "\(outcome.text.suffix(2000))\(outcome.errors)")
            print("SKIPPED: the vectors were not run by \(isa.rawValue): this machine does not have it")
            try Test.cancel("\(isa.rawValue) is not available on this machine")
        }
        #expect(outcome.status == 0, "\(outcome.text.suffix(2000))\(outcome.errors)")
        #expect(outcome.text.contains("\ncpu:\(isa.rawValue) conforms to suite "), "\(outcome.text.suffix(200))")
    }

    @Test("a run as a page: the verdict, and each failure with its explanation")
    func page() throws {
        let good = try Tool.run(["conformance", "--filter", "id:q3_k-dec-00*", "--format", "html"])
        #expect(good.status == 0 && good.text.contains("<h1>Conforms</h1>") && !good.text.contains("Failures"))
        // The example adapter with a mistake, and with an error message that would be markup.
        let folder = try TemporaryFolder()
        let example = try Repository.text("Vectors/adapters/example_adapter.py")
        let broken = example.replacingOccurrences(of: "(code - 4)", with: "(code - 3)")
            .replacingOccurrences(of: "def q8_k(b):", with: "def q8_k(b):\n    raise ValueError(\"<script>boom</script>\")")
        #expect(broken != example)
        let path = try folder.file("adapter.py", Array(broken.utf8))
        let bad = try Tool.run([
            "conformance", "--exec", "python3 \(path)", "--filter", "id:q3_k-dec-00000*", "--filter", "id:q8_k-dec-00000*", "--format",
            "html",
        ])
        #expect(bad.status == 1 && bad.text.contains("<h1>Does not conform</h1>"), "\(bad.errors)")
        #expect(bad.text.contains("✗ fail") && bad.text.contains("q3_k-dec-") && !bad.text.contains("<script"))
        #expect(bad.text.contains("q8_k-dec-") && bad.text.contains("&lt;script&gt;boom"), "what the adapter said stands there as text")
        #expect(try Tool.run(["conformance", "--self-test", "--format", "html"]).status == 64)
    }

    @Test("a system that is not there, a filter that matches nothing")
    func failures() throws {
        #expect(try Tool.run(["conformance", "--exec", "/nowhere/adapter"]).status == 69)
        #expect(try Tool.run(["conformance", "--filter", "id:nothing"]).status == 64)
        #expect(try Tool.run(["conformance", "--vectors", "/nowhere"]).status == 74)
    }
}
