import Adapters
import Conformance
import Foundation
import HIFIBlockSpec
import HIFIReference
import Suite
import TestSupport
import Testing

@Suite("The example adapter decodes what it claims, bit for bit", .enabled(if: Fixture.python != nil))
struct ExecExampleTests {
    private func example() throws -> ExecSystem {
        ExecSystem(command: [
            try #require(Fixture.python), Repository.root.appendingPathComponent("Vectors/adapters/example_adapter.py").path,
        ])
    }

    private static let formats = ["q3_k", "q3_k_hifi@r6", "q3_k_hifi@r12c", "q8_k"]

    /// Random bytes, through the message (few) and through the bulk file (many).
    @Test("random blocks", arguments: formats, [1, 300])
    func decode(_ name: String, _ count: Int) throws {
        let format = try #require(Spec.format(name))
        let blocks = Fixture.noise(count * format.bytes, seed: UInt64(count))
        let expected = try ReferenceDecoder(format).decode(blocks)
        let system = try example()
        defer { system.stop() }
        guard case .floats(let bits) = system.answer(.decode(format: format.id, blocks: blocks)) else { return #expect(Bool(false)) }
        #expect(bits.count == expected.count)
        let wrong = zip(bits, expected).first { $0 != $1.bitPattern && !(Float(bitPattern: $0).isNaN && $1.isNaN) }
        #expect(wrong == nil, "\(String(describing: wrong))")
    }

    @Test("what it does not do is skipped")
    func skips() throws {
        let system = try example()
        defer { system.stop() }
        for request in [Request.decode(format: "q6_k", blocks: []), .quantizeActivations(format: "q8_k", values: [])] {
            guard case .skipped = system.answer(request) else { return #expect(Bool(false)) }
        }
    }

    @Test("its product is inside the bound")
    func dot() throws {
        let (weights, activation) = (try #require(Spec.format("q3_k_hifi")), try #require(Spec.format("q8_k")))
        let values = (0..<1024).map { Float(sin(Double($0) * 1.7)) }
        let blocks = try ReferenceEncoder(weights).encode(values, columns: 1024)
        let activations = try ActivationQuantizer(activation).quantize(values.reversed(), columns: 1024)
        let exact = try ReferenceDot(weights, activation: activation).dot(blocks, activations)
        let system = try example()
        defer { system.stop() }
        let request = Request.dot(format: weights.id, blocks: blocks, activationFormat: "q8_k", activations: activations)
        guard case .floats(let bits) = system.answer(request), let result = bits.first else { return #expect(Bool(false)) }
        #expect(exact.admits(Float(bitPattern: result)))
    }
}

@Suite("The example adapter in C passes what it claims", .enabled(if: Fixture.compiler != nil))
struct ExecExampleInCTests {
    @Test("every case of Q8_0 that it lists, series included")
    func conforms() throws {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        let program = folder.appendingPathComponent("example_adapter").path
        let source = Repository.root.appendingPathComponent("Vectors/adapters/example_adapter.c").path
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: try #require(Fixture.compiler))
        compiler.arguments = ["-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source, "-lm"]
        try compiler.run()
        compiler.waitUntilExit()
        #expect(compiler.terminationStatus == 0)
        let system = ExecSystem(command: [program])
        defer { system.stop() }
        let options = ConformanceRunner.Options(filter: try CaseFilter(terms: ["format:q8_0"]), level: .optional)
        let report = ConformanceRunner.run(try StoredVectors.result.get(), options, system: system)
        #expect(report.isConforming, "\(report.results.first { $0.outcome.isFailure }?.detail ?? "")")
        let kinds = Set(report.results.filter { $0.outcome == .pass }.map(\.kind))
        #expect(kinds == [.decode, .dot, .bulk, .series])
    }
}
