import Foundation
import HIFIBlockSpec
import HIFIGGUF
import HIFIReference
import TestSupport
import Testing

@Suite("The commands diff, encode and dot keep their promises", .enabled(if: Fixture.tool != nil, "needs the built tool"))
struct DiffCommandTests {
    private let folder: URL
    private let tool: String

    init() throws {
        folder = try Fixture.folder()
        tool = try #require(Fixture.tool)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: folder.appendingPathComponent(name))
        return path(name)
    }

    private func write(_ name: String, _ floats: [Float]) throws -> String {
        try write(name, floats.flatMap { f in (0..<4).map { UInt8(truncatingIfNeeded: f.bitPattern >> (8 * $0)) } })
    }

    private func run(_ words: String...) throws -> (status: Int32, output: String, errors: String) { try Fixture.run([tool] + words) }

    private func model(_ change: (inout GGUFBuilder) -> Void = { _ in }) throws -> [UInt8] {
        var builder = GGUFBuilder()
        builder.entries = [.init("general.architecture", .string("qwen3")), .init("general.name", .string("x"))]
        let blocks = try ReferenceEncoder(#require(Spec.format("q3_k"))).encode((0..<1024).map { sin(Float($0)) }, columns: 256)
        builder.tensors = [
            .init("a", [256, 4], typeID: 11, data: blocks),
            .init("b", [8], typeID: 0, data: [UInt8](repeating: 0x3F, count: 32)),
            .init("strange", [4], typeID: 12345, data: [1, 2, 3, 4]),
        ]
        change(&builder)
        return builder.build().bytes
    }

    @Test("equal files end with 0, different ones with 1, broken ones with 2, missing ones with 74, nonsense with 64")
    func statuses() throws {
        defer { Fixture.remove(folder) }
        let (a, b) = (try write("a.f32", [Float(1), 2, .nan]), try write("b.f32", [Float(1), 2.5, .nan]))
        let equal = try run("diff", a, a)
        #expect(equal.status == 0 && equal.output.contains("equal: all 3 values"))
        let different = try run("diff", a, b)
        #expect(different.status == 1 && different.output.contains("1 of 3 values differ") && different.errors.isEmpty)
        #expect(try run("diff", a, b, "--quiet").output.isEmpty)
        #expect(try run("diff", a, try write("c.f32", [1, 2, 3] as [UInt8])).status == 2)
        #expect(try run("diff", a, try write("d.gguf", Array("GGUF".utf8) + [9, 9])).status == 2)
        #expect(try run("diff", a, path("none")).status == 74)
        #expect(try run("diff", a, b, "--type", "q9").status == 64)
        #expect(try run("diff", a, b, "--blocks", a).status == 64)
        #expect(try run("diff", a, b, "--type", "q3_k", "--blocks", a).status == 2)
        #expect(try run("diff", a, b, "--dialect", "nobody").status == 64)
    }

    @Test("whole files are compared key by key and tensor by tensor")
    func files() throws {
        defer { Fixture.remove(folder) }
        let a = try write("a.gguf", try model())
        #expect(try run("diff", a, try write("same.gguf", try model())).status == 0)
        let b = try write(
            "b.gguf",
            try model { builder in
                builder.entries[1] = .init("general.name", .string("y"))
                builder.tensors[0].data[3 * 110 + 100] ^= 0x10
                builder.tensors[1] = .init("c", [8], typeID: 0, data: [UInt8](repeating: 0, count: 32))
                builder.tensors[2].data[0] = 9
            })
        let text = try run("diff", a, b)
        #expect(text.status == 1)
        for words in [
            "general.name", "\"x\"", "\"y\"", "scales[4] (byte 100)", "only in \(a)", "only in \(b)",
            "the meaning of type id 12345 in this file is not known",
            "0 of 4 tensors are equal",
        ] {
            #expect(text.output.contains(words), "\(words): \(text.output)")
        }
        let json = try run("diff", a, b, "--format", "json")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["isEqual"] as? Bool == false && (object["arrays"] as? [Any])?.count == 4)
        let page = try run("diff", a, b, "--format", "html").output
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("</html>") && !page.contains("http"))
        #expect(try run("diff", a, b, "--minimise", path("m")).status == 64)
    }

    @Test("a tensor of a file explains an output made from it, and the case is reduced to a block")
    func tensor() throws {
        defer { Fixture.remove(folder) }
        let a = try write("a.gguf", try model())
        let weights = try ReferenceDecoder(#require(Spec.format("q3_k"))).decode(
            try ReferenceEncoder(#require(Spec.format("q3_k"))).encode((0..<1024).map { sin(Float($0)) }, columns: 256))
        #expect(try run("diff", "\(a):a", try write("right.f32", weights)).status == 0)
        let wrong = try write("wrong.f32", weights.map { -$0 })
        let found = try run("diff", "\(a):a", wrong, "--minimise", path("case"))
        #expect(found.status == 1 && found.output.contains("A is right, B is wrong") && found.output.contains("has the other sign"))
        let block = try Data(contentsOf: URL(fileURLWithPath: path("case.blocks.bin")))
        #expect(block.count == 110)
        _ = try run("decode", "--type", "q3_k", "--blocks", path("case.blocks.bin"), "-o", path("again.f32"))
        #expect(try run("diff", path("again.f32"), path("case.expected.f32")).status == 0)
        #expect(try run("diff", path("again.f32"), path("case.actual.f32")).status == 1)
        #expect(try run("diff", "\(a):none", wrong).status == 2)
    }

    @Test("tensors of interleaved rows, and of rows with headers, are compared and explained as single rows")
    func rowsOfTensors() throws {
        defer { Fixture.remove(folder) }
        let unweaver = try #require(Spec.format("iq4_ks_r4").flatMap(Unweaver.init))
        let group = try Repository.bytes("Vectors/recorded/woven/iq4_ks_r4.bin")
        let rows = try (0..<unweaver.rows).flatMap { try #require(unweaver.row($0, of: group)) }
        let a = try write(
            "rows.gguf",
            model {
                $0.tensors = [
                    .init("woven", [512, 8], typeID: 344, data: group + group), .init("single", [512, 4], typeID: 144, data: rows),
                ]
            })
        let weights = try unweaver.decode(group)
        let right = try write("right.f32", weights)
        let words = ["--dialect", "ik-llama"]
        #expect(try Fixture.run([tool, "diff", "\(a):single", right] + words).status == 0)
        #expect(try Fixture.run([tool, "diff", "\(a):woven", try write("twice.f32", weights + weights)] + words).status == 0)
        let found = try Fixture.run([tool, "diff", "\(a):single", try write("wrong.f32", weights.map { -$0 })] + words)
        #expect(found.status == 1 && found.output.contains("has the other sign"), "\(found.output)")
    }

    @Test("encode writes the reference's bytes, and refuses or clamps what does not fit")
    func encode() throws {
        defer { Fixture.remove(folder) }
        var weights = (0..<512).map { sin(Float($0) * 0.7) }
        let format = try #require(Spec.format("q3_k_hifi"))
        let input = try write("w.f32", weights)
        #expect(try run("encode", "--type", "q3_k_hifi", "--columns", "256", "--input", input, "-o", path("b.bin")).status == 0)
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: path("b.bin"))) == Data(try ReferenceEncoder(format).encode(weights, columns: 256)))
        let importance = (0..<256).map { Float($0 % 9) }
        let guide = try write("i.f32", importance)
        #expect(
            try run("encode", "--type", "q3_k_hifi", "--columns", "256", "--input", input, "--imatrix", guide, "-o", path("b.bin")).status
                == 0)
        let guided = try ReferenceEncoder(format).encode(weights, columns: 256, importance: importance)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path("b.bin"))) == Data(guided))

        weights[300] = .infinity
        let bad = try write("bad.f32", weights)
        let refused = try run("encode", "--type", "q3_k", "--columns", "256", "--input", bad, "-o", path("n.bin"))
        #expect(
            refused.status == 2 && refused.errors.contains("row 1, column 44") && !FileManager.default.fileExists(atPath: path("n.bin")))
        #expect(
            try run("encode", "--type", "q3_k", "--columns", "256", "--input", bad, "-o", path("n.bin"), "--on-nonfinite", "clamp").status
                == 0)
        #expect(try run("encode", "--type", "q3_k", "--columns", "100", "--input", input, "-o", path("n.bin")).status == 64)
        #expect(
            try run("encode", "--type", "q3_k", "--columns", "256", "--input", try write("o.f32", [1] as [Float]), "-o", path("n.bin"))
                .status == 2)
        #expect(try run("encode", "--type", "q3_k", "--input", input, "-o", path("n.bin")).status == 64)
        #expect(
            try run(
                "encode", "--type", "q3_k", "--columns", "256", "--input", input, "-o", path("n.bin"), "--backend", "ggml:\(folder.path)"
            ).status == 69)
    }

    @Test("dot gives one product per row, and says how far a kernel may be off")
    func dot() throws {
        defer { Fixture.remove(folder) }
        let format = try #require(Spec.format("q3_k_hifi"))
        let weights = (0..<1024).map { sin(Float($0) * 0.7) }
        let vector = (0..<512).map { cos(Float($0)) }
        let blocks = try ReferenceEncoder(format).encode(weights, columns: 512)
        let (b, x) = (try write("b.bin", blocks), try write("x.f32", vector))
        let result = try run("dot", "--type", "q3_k_hifi", "--blocks", b, "--activations", x, "-o", path("y.f32"), "--bounds")
        #expect(result.status == 0 && result.output.contains("may be off by"))
        let activation = try #require(Spec.format("q8_k"))
        let quantized = try ActivationQuantizer(activation).quantize(vector, columns: 512)
        let dot = try ReferenceDot(format, activation: activation)
        let expected = try [blocks[..<268], blocks[268...]].map { Float(try dot.dot(Array($0), quantized).value) }
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: path("y.f32")))
                == Data(expected.flatMap { f in (0..<4).map { UInt8(truncatingIfNeeded: f.bitPattern >> (8 * $0)) } }))
        #expect(try run("dot", "--type", "q3_k_hifi", "--blocks", x, "--activations", x, "-o", path("y.f32")).status == 2)
        #expect(
            try run("dot", "--type", "q3_k_hifi", "--blocks", b, "--activations", x, "-o", path("y.f32"), "--activation-type", "q4_0")
                .status == 64)
        let python = try #require(Fixture.python)
        let adapter = Repository.root.appendingPathComponent("Vectors/adapters/example_adapter.py").path
        let foreign = try run(
            "dot", "--type", "q3_k_hifi", "--blocks", b, "--activations", x, "-o", path("z.f32"), "--bounds", "--backend",
            "exec:\(python) '\(adapter)'")
        #expect(foreign.status == 0, "\(foreign.errors)")
    }
}
