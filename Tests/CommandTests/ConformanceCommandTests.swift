import Foundation
import Testing

@Suite("hifi conformance")
struct ConformanceCommandTests {
    @Test("the reference and the portable kernels pass every case they take", arguments: ["reference", "scalar"])
    func passes(backend: String) throws {
        let outcome = try Tool.run(["conformance", "--backend", backend])
        #expect(outcome.status == 0, "\(outcome.text.suffix(2000))\(outcome.errors)")
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
