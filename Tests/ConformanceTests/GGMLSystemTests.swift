import Adapters
import Foundation
import HIFIBlockSpec
import HIFIReference
import Suite
import TestSupport
import Testing

@Suite(
    "ggml libraries are driven in a process that may die",
    .enabled(if: Fixture.compiler != nil && Fixture.tool != nil, "needs a C compiler and the built tool"))
struct GGMLSystemTests {
    private func withSystem(
        _ options: [String] = ["-DLAYOUT=56"], name: String = "libggml-base.so", timeout: Duration = .seconds(30),
        _ body: (ExecSystem) throws -> Void
    ) throws {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        try FakeGGML.build(in: folder, name: name, options: options)
        let system = ExecSystem.ggml(directory: folder.path, executable: Fixture.tool, timeout: timeout)
        defer { system.stop() }
        try body(system)
    }

    private func noise(_ format: BlockFormat, _ count: Int) -> [UInt8] {
        var blocks = Fixture.noise(count * format.bytes, seed: 11)
        for block in 0..<count {
            for field in format.fields where field.type.canBeNonFinite {
                for index in 0..<field.count { blocks[block * format.bytes + field.offset + 2 * index + 1] &= 0xBF }
            }
        }
        return blocks
    }

    private func decodes(_ system: ExecSystem, _ name: String, count: Int = 20) throws -> Bool {
        let format = try #require(Spec.format(name))
        let blocks = noise(format, count)
        return system.answer(.decode(format: format.id, blocks: blocks))
            == .floats(try ReferenceDecoder(format).decode(blocks).map(\.bitPattern))
    }

    @Test("every known layout of the type tables is read", arguments: [48, 56, 120])
    func layouts(_ layout: Int) throws {
        try withSystem(["-DLAYOUT=\(layout)"]) { (system: ExecSystem) throws in
            let greeting = try system.start()
            #expect(greeting.supports["decode"]?.isSuperset(of: ["q8_0", "q3_k_hifi@r6", "q3_k_hifi@r12c"]) == true)
            #expect(greeting.supports["dot"] == ["q8_0"])
            #expect(try decodes(system, "q8_0"))
            #expect(try decodes(system, "q8_0", count: 4000), "through the bulk file")
            let ones: [UInt8] = [0, 0x3C] + [UInt8](repeating: 1, count: 32)
            let request = Request.dot(format: "q8_0", blocks: ones + ones, activationFormat: "q8_0", activations: ones + ones)
            #expect(system.answer(request) == .floats([Float(64).bitPattern]))
        }
    }

    @Test("types are matched by name and size: Q3_HIFI of 134 bytes is r6, whatever its number")
    func names() throws {
        try withSystem { (system: ExecSystem) throws in
            #expect(try decodes(system, "q3_k_hifi@r6"))
            #expect(try decodes(system, "q3_k_hifi@r12"))
            #expect(
                system.answer(.decode(format: "q6_k", blocks: []))
                    == .skipped(reason: "ggml (libggml-base.so) does not list decode of q6_k"))
        }
    }

    @Test("of revisions with one name and size it is the one that is decoded correctly")
    func revisions() throws {
        try withSystem { (system: ExecSystem) throws in
            #expect(try system.start().supports["decode"]?.contains("q3_k_hifi@r13") == false)
        }
        try withSystem(["-DLAYOUT=56", "-DWITH_COUNT"]) { (system: ExecSystem) throws in
            #expect(try system.start().supports["decode"]?.contains("q3_k_hifi@r12c") == false)
            #expect(try decodes(system, "q3_k_hifi@r13"))
        }
    }

    @Test("encoders: both ways in, importances, and activations")
    func encode() throws {
        try withSystem { (system: ExecSystem) throws in
            let values = (0..<64).map { Float($0) }
            let block = { (start: Int) -> [UInt8] in [0, 0x3C] + (start..<start + 32).map { UInt8($0) } }
            for path in [Request.EncodePath.reference, .chunk] {
                let request = Request.encode(format: "q8_0", path: path, values: values, columns: 32, importance: nil)
                let reason = path == .chunk ? "no ggml_validate_row_data in this library" : "from_float_ref has no way to refuse"
                #expect(system.answer(request) == .checkedBytes(block(0) + block(32), .none(reason: reason)))
            }
            var weighted = block(0) + block(32)
            weighted[2] = 9
            let importance = [Float](repeating: 1, count: 31) + [9]
            #expect(
                system.answer(.encode(format: "q8_0", path: .chunk, values: values, columns: 32, importance: importance)).unchecked
                    == .bytes(weighted))
            #expect(system.answer(.quantizeActivations(format: "q8_0", values: values)) == .bytes(block(0) + block(32)))
            guard
                case .skipped = system.answer(
                    .encode(format: "q8_0", path: .reference, values: values, columns: 32, importance: importance))
            else {
                return #expect(Bool(false))
            }
        }
    }

    @Test("what ggml_quantize_chunk wrote and ggml_validate_row_data rejects is a refusal, if it does not reject everything")
    func refusal() throws {
        func check(_ options: [String], first: Float) throws -> OwnCheck? {
            var check: OwnCheck?
            try withSystem(["-DLAYOUT=56"] + options) { (system: ExecSystem) throws in
                let values = [first] + [Float](repeating: 1, count: 31)
                let answer = system.answer(.encode(format: "q8_0", path: .chunk, values: values, columns: 32, importance: nil))
                if case .checkedBytes(_, let said) = answer { check = said }
            }
            return check
        }
        #expect(try check(["-DVALIDATE=1"], first: 1e5) == .rejects(by: "ggml_validate_row_data"))
        #expect(try check(["-DVALIDATE=1"], first: 1) == .accepts(by: "ggml_validate_row_data"))
        let reason = "ggml_validate_row_data of this library rejects every block of q8_0"
        #expect(try check(["-DVALIDATE=0"], first: 1e5) == .none(reason: reason))
    }

    @Test("a crash, a hang and a write past the end are answers, and the library serves on")
    func misbehaviour() throws {
        try withSystem(timeout: .seconds(4)) { (system: ExecSystem) throws in
            guard case .crash(let text) = system.answer(.decode(format: "q4_0", blocks: [UInt8](repeating: 0, count: 18))) else {
                return #expect(Bool(false))
            }
            #expect(text.contains("SIGSEGV"))
            #expect(try decodes(system, "q8_0"))
            #expect(system.answer(.decode(format: "q4_1", blocks: [UInt8](repeating: 0, count: 20))) == .timeout(seconds: 4))
            #expect(try decodes(system, "q8_0"))
            #expect(
                system.answer(.decode(format: "q5_0", blocks: [UInt8](repeating: 0, count: 22)))
                    == .broken("to_float wrote past the end of its output"))
        }
    }

    @Test("what a library prints is not taken for an answer")
    func talk() throws {
        try withSystem { (system: ExecSystem) throws in
            let ones = [UInt32](repeating: 0x3F80_0000, count: 32)
            #expect(system.answer(.decode(format: "q5_1", blocks: [UInt8](repeating: 0, count: 24))) == .floats(ones))
            #expect(try decodes(system, "q8_0"))
        }
    }

    @Test("a library linked into a Python module loads without Python")
    func pythonModule() throws {
        try withSystem(["-DLAYOUT=56", "-DNEEDS_PYTHON"], name: "module.abi3.so") { (system: ExecSystem) throws in
            #expect(try decodes(system, "q8_0"))
        }
    }

    @Test("of libraries for several processors the one with the highest score is taken, and those that do not run are not")
    func variants() throws {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        let inner = folder.appendingPathComponent("pkg/lib")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        try FakeGGML.build(in: inner, name: "libggml-base-1a2b3c.so.0", options: ["-DLAYOUT=56", "-DNO_CPU"])
        for (name, score) in [("libggml-cpu-old.so", 1), ("libggml-cpu-best.so", 64), ("libggml-cpu-unfit.so", 0)] {
            try FakeGGML.build(in: inner, name: name, options: ["-DLAYOUT=56", "-DNO_TRAITS", "-DSCORE=\(score)"])
        }
        let system = ExecSystem.ggml(directory: folder.path, executable: Fixture.tool)
        defer { system.stop() }
        let greeting = try system.start()
        #expect(greeting.name == "ggml (libggml-cpu-best.so)")
        #expect(greeting.supports["dot"] == ["q8_0"])
    }

    @Test("a table that contradicts the library's own functions is not believed")
    func contradiction() throws {
        try withSystem(["-DLAYOUT=56", "-DWRONG_SIZE"]) { (system: ExecSystem) throws in
            #expect { try system.start() } throws: { "\($0)".contains("another size") }
        }
    }

    @Test("a library without anything usable is unavailable, with the reason")
    func unavailable() throws {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        let tool = Fixture.tool
        func reason(_ path: String) -> String {
            let system = ExecSystem.ggml(directory: path, executable: tool)
            do throws(ExecStartError) {
                try system.start()
                return ""
            } catch {
                guard case .unavailable(let reason) = error else { return "\(error)" }
                return reason
            }
        }
        #expect(reason(folder.path).contains("no shared libraries there"))
        #expect(reason(folder.path + "/none").contains("No such file"))
        try Data("not a library".utf8).write(to: folder.appendingPathComponent("libggml-base.so"))
        #expect(reason(folder.path).contains("no shared libraries there"))
        try FakeGGML.build(in: folder, name: "libother.so", options: ["-DLAYOUT=56", "-DNO_TRAITS", "-DNO_CPU"])
        #expect(reason(folder.path).contains("offers ggml_get_type_traits"))
    }
}
