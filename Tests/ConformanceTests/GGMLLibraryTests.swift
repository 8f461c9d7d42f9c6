import Conformance
import Foundation
import TestSupport
import Testing

@Suite("hifi bench --against", .enabled(if: Fixture.compiler != nil && Fixture.tool != nil, "needs a C compiler and the built tool"))
struct GGMLLibraryTests {
    /// Runs the tool beside the fake library; foreign code had better not run in the tests' own process.
    private func bench(_ words: [String], library options: [String] = ["-DLAYOUT=56"]) throws -> (
        status: Int32, output: String, errors: String
    ) {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        try FakeGGML.build(in: folder, options: options)
        let tool = try #require(Fixture.tool)
        return try Fixture.run([tool, "bench", "--against", "ggml:\(folder.path)", "--samples", "2", "--rows", "2"] + words)
    }

    private struct Report: Decodable {
        struct Measured: Decodable { let operation: String, format: String }
        struct Peer: Decodable {
            struct Ratio: Decodable { let low: Double, median: Double, high: Double }
            let name: String, ratio: Ratio
        }
        struct Result: Decodable { let measured: Measured, peer: Peer?, peerMissing: String? }
        let results: [Result]
    }

    private func report(_ words: [String], library options: [String] = ["-DLAYOUT=56"]) throws -> [String: Report.Result] {
        let outcome = try bench(words + ["--format", "json"], library: options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let results = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8)).results
        return Dictionary(uniqueKeysWithValues: results.map { ("\($0.measured.operation) \($0.measured.format)", $0) })
    }

    @Test("every function of the library runs in turn with the kernel", arguments: [48, 56, 120])
    func functions(layout: Int) throws {
        let results = try report(["--type", "q8_0"], library: ["-DLAYOUT=\(layout)"])
        let names = results.compactMapValues(\.peer?.name)
        #expect(names["decode q8_0"] == "to_float")
        #expect(names["dot q8_0"] == "vec_dot with q8_0")
        #expect(names["gemm q8_0"] == "vec_dot with q8_0, pair by pair")
        #expect(names["activation q8_0"] == "from_float")
        #expect(names["encode q8_0"] == "ggml_quantize_chunk")
        for peer in results.values.compactMap(\.peer) {
            #expect(peer.ratio.low > 0 && peer.ratio.low <= peer.ratio.median && peer.ratio.median <= peer.ratio.high)
        }
    }

    @Test("what the library lacks is said, case by case")
    func missing() throws {
        let results = try report(["--type", "q8_0", "--type", "q3_k_hifi@r6", "--type", "q6_k"])
        #expect(results["decode q3_k_hifi@r6"]?.peer?.name == "to_float")
        #expect(results["dot q3_k_hifi@r6"]?.peerMissing == "Q3_HIFI has no vec_dot")
        // The library's type of that name has another size.
        #expect(results["decode q6_k"]?.peerMissing == "no type q6_k")
        #expect(results["decode-f16 q8_0"]?.peerMissing == "no conversion of blocks to fp16")
        #expect(results["scan q8_0"]?.peerMissing == "no ggml_validate_row_data")
        let text = try bench(["--type", "q6_k", "--op", "decode"]).output
        #expect(text.contains("NOT COMPARED: no type q6_k") && text.contains("1 of 1 NOT compared"))
    }

    @Test("a folder without a ggml is a missing library, and a comparison by many threads is refused")
    func refused() throws {
        let tool = try #require(Fixture.tool)
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        let empty = try Fixture.run([tool, "bench", "--against", "ggml:\(folder.path)"])
        #expect(empty.status == 69 && empty.errors.contains("no shared libraries there"))
        #expect(try Fixture.run([tool, "bench", "--against", folder.path]).status == 64)
        #expect(try Fixture.run([tool, "bench", "--against", "ggml:\(folder.path)", "--threads", "2"]).status == 64)
    }

    @Test("stand-ins for an interpreter's symbols go where TMPDIR says")
    func temporaryFolder() throws {
        // Without a place to write there is no stand-in, and the library cannot be loaded.
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        try FakeGGML.build(in: folder, options: ["-DLAYOUT=56", "-DNEEDS_PYTHON"])
        let tool = try #require(Fixture.tool)
        func status(_ temporary: String) throws -> Int32 {
            let words = [
                "bench", "--against", "ggml:\(folder.path)", "--op", "decode", "--type", "q8_0", "--rows", "1", "--samples", "1",
            ]
            return try Fixture.run(["/usr/bin/env", "TMPDIR=\(temporary)", tool] + words).status
        }
        #expect(try status(folder.path) == 0)
        #expect(try status(folder.path + "/nowhere") == 69)
    }
}
