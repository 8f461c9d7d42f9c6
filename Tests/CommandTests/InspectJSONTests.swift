import Foundation
import TestSupport
import Testing

@Suite("hifi inspect --format json has real values")
struct InspectJSONTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        var builder = GGUFBuilder.smallLlama()
        builder.entries += [
            .init("test.largest", .uint64(.max)), .init("test.edge", .uint64(1 << 53)), .init("test.beyond", .int64(-(1 << 53) - 1)),
            .init("test.tenth", .float32(0.1)), .init("test.inf", .float32(-.infinity)), .init("test.nan", .float64(.nan)),
            .init("test.third", .float64(1.0 / 3)), .init("test.yes", .bool(true)),
            .init("test.latin", .array(.uint8, (0..<1200).map { .uint8(UInt8($0 % 256)) })),
            .init("test.nested", .array(.array, [.array(.int16, [.int16(-1), .int16(2)]), .array(.string, [.string("a\"\n\u{1}é")])])),
            .init("test.empty", .array(.string, [])),
        ]
        var bytes = builder.build().bytes
        // "llama" as the architecture's value becomes no UTF-8: the name of the model, "test", of another key.
        let name = Array("general.name".utf8)
        let at = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        bytes[at + name.count + 12] = 0xFF
        path = try folder.file("m.gguf", bytes)
    }

    private func values(_ options: String...) throws -> [String: Any] {
        let outcome = try Tool.run(["inspect", "--format", "json"] + options + [path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try OutputSchemaTests.violations(of: outcome.output, schema: "inspect") == [])
        let object = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
        let keys = try #require(object["keys"] as? [[String: Any]])
        return Dictionary(keys.map { ($0["key"] as? String ?? "", $0["value"] ?? "absent") }) { first, _ in first }
    }

    @Test("scalars")
    func scalars() throws {
        let values = try values()
        #expect(values["test.largest"] as? String == "18446744073709551615")
        #expect(values["test.edge"] as? Int == 1 << 53)
        #expect(values["test.beyond"] as? String == "-9007199254740993")
        #expect(values["test.tenth"] as? Double == 0.1)
        #expect(values["test.third"] as? Double == 1.0 / 3)
        #expect(values["test.inf"] as? String == "-inf")
        #expect(values["test.nan"] as? String == "nan")
        #expect(values["test.yes"] as? Bool == true)
        #expect(values["llama.block_count"] as? Int == 2)
        #expect(values["general.architecture"] as? String == "llama")
        let bytes = try #require((values["general.name"] as? [String: String])?["bytes"])
        #expect(bytes.hasPrefix("ff"))
    }

    @Test("arrays, with a limit that is told, whole on demand")
    func arrays() throws {
        func array(_ value: Any?) throws -> (length: Int, truncated: Bool, elements: [Any]) {
            let value = try #require(value as? [String: Any])
            return (
                try #require(value["length"] as? Int), try #require(value["truncated"] as? Bool), try #require(value["elements"] as? [Any])
            )
        }
        let normal = try values()
        let cut = try array(normal["test.latin"])
        #expect(cut.length == 1200 && cut.truncated && cut.elements.count == 1000)
        #expect(cut.elements as? [Int] == (0..<1000).map { $0 % 256 })
        let tokens = try array(normal["tokenizer.ggml.tokens"])
        #expect(tokens.length == 64 && !tokens.truncated && tokens.elements.count == 64)
        let nested = try array(normal["test.nested"])
        #expect(try array(nested.elements[0]).elements as? [Int] == [-1, 2])
        #expect(try array(nested.elements[1]).elements as? [String] == ["a\"\n\u{1}é"])
        #expect(try array(normal["test.empty"]).length == 0)
        let whole = try array(try values("--array-limit", "0")["test.latin"])
        #expect(!whole.truncated && whole.elements.count == 1200)
        let short = try values("--array-limit", "1")
        #expect(try array(short["test.latin"]).elements.count == 1)
        #expect(try array(short["test.nested"]).truncated)
        #expect(try Tool.run(["inspect", "--array-limit", "3", path]).status == 64)
    }

    @Test("dimensions that no reader of JSON holds are digits")
    func dimensions() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors[0].dimensions = [1, 1 << 60]
        let file = try folder.file("big.gguf", builder.build().bytes)
        let outcome = try Tool.run(["inspect", "--format", "json", file])
        #expect(try OutputSchemaTests.violations(of: outcome.output, schema: "inspect") == [])
        #expect(outcome.text.contains("\"1152921504606846976\""))
    }
}
