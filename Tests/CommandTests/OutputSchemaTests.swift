import Foundation
import SpecLoader
import TestSupport
import Testing

@Suite("JSON output satisfies its documented schema (Spec/schema/output)")
struct OutputSchemaTests {
    static let schemas = SpecSource(root: Repository.root.appendingPathComponent("Spec/schema/output"))
    /// Every schema of the folder.
    static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: Repository.root.appendingPathComponent("Spec/schema/output").path)
        return (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }()

    /// What the tool printed breaks of the schema of that name.
    static func violations(of output: Data, schema name: String) throws -> [String] {
        let folder = try TemporaryFolder()
        try output.write(to: folder.url("output.json"))
        let others = Dictionary(uniqueKeysWithValues: try names.map { ("\($0).json", try schemas.value(at: "\($0).json")) })
        let schema = try schemas.value(at: "\(name).json")
        return try JSONSchemaSubset(schema, others: others).violations(in: SpecSource(root: folder.url(".")).value(at: "output.json"))
    }

    /// The schema of policies, which `verify` reads and writes.
    static var policySchema: JSONSchemaSubset {
        get throws {
            try JSONSchemaSubset(
                SpecSource(root: Repository.root.appendingPathComponent("Spec/schema")).value(at: "policy.json"), others: [:])
        }
    }

    static func policyValue(at folder: URL, _ name: String) throws -> SpecValue { try SpecSource(root: folder).value(at: name) }

    @Test("schemas refer to each other by file name: nothing is fetched from anywhere")
    func local() throws {
        func references(_ value: SpecValue) -> [String] {
            switch value {
            case .array(let elements): elements.flatMap(references)
            case .object(let members):
                members.flatMap { name, member in
                    if name == "$ref", case .string(let target) = member { return [target] }
                    return references(member)
                }
            default: []
            }
        }
        #expect(Self.names.count > 15)
        for name in Self.names {
            let schema = try Self.schemas.value(at: "\(name).json")
            guard case .object(let members) = schema else { continue }
            #expect(members["$id"] == .string("\(name).json"))
            for target in references(schema) {
                let file = target.prefix { $0 != "#" }
                #expect(file.isEmpty || Self.names.contains(String(file.dropLast(5))), "\(name): \(target)")
            }
            // Reads all keywords, and follows all references.
            let others = try Dictionary(uniqueKeysWithValues: Self.names.map { ("\($0).json", try Self.schemas.value(at: "\($0).json")) })
            _ = try JSONSchemaSubset(schema, others: others)
        }
    }

    @Test("for the real model", arguments: [["verify", "--digests"], ["identify"], ["inspect"]])
    func realModel(command: [String]) throws {
        let output = try Tool.run(command + ["--format", "json", VerifyCommandTests.model]).output
        #expect(try Self.violations(of: output, schema: command[0]) == [])
    }

    @Test(
        "for damaged files",
        arguments: ["t05-tinfo", "h07-nt-minus1", "k11-blockcount", "n14-type-wrong", "n12-type-unknown", "o02-off-overlap", "p06-nan-all"])
    func damaged(id: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("file.gguf", #require(CorruptionCorpus.named(id)).bytes)
        #expect(try Self.violations(of: Tool.run(["verify", "--format", "json", path, "nothing.gguf"]).output, schema: "verify") == [])
    }

    @Test(
        "for figures",
        arguments: [
            ["sizes"], ["sizes", "--model", VerifyCommandTests.model, "--mix", "all"],
            ["sizes", "--model", "qwen3-8b", "--mix", "f08", "--imatrix"],
            ["sizes", "--layers", "1", "--embedding", "256", "--feed-forward", "256", "--heads", "2", "--vocabulary", "9"], ["audit"],
        ])
    func figures(command: [String]) throws {
        let output = try Tool.run(["figures"] + command + ["--format", "json"]).output
        #expect(try Self.violations(of: output, schema: "figures-\(command[0])") == [])
    }

    @Test("for the registry of types", arguments: [["types"], ["types", "43"], ["types", "--project", "ik-llama", "--known", "sized"]])
    func types(command: [String]) throws {
        #expect(try Self.violations(of: Tool.run(command + ["--format", "json"]).output, schema: "types") == [])
    }

    @Test("for a manifest")
    func manifest() throws {
        let folder = try TemporaryFolder()
        try Tool.run(["hash", VerifyCommandTests.model]).output.write(to: folder.url("m"))
        let output = try Tool.run(["hash", "--check", folder.path("m"), "--format", "json", VerifyCommandTests.model]).output
        #expect(try Self.violations(of: output, schema: "hash-check") == [])
    }

    @Test("for a repair: of a whole file, of a damaged one, and of one that was put right")
    func repair() throws {
        let folder = try TemporaryFolder()
        let model = VerifyCommandTests.model
        try Tool.run(["hash", "--chunks", "--chunk-size", "65536", model]).output.write(to: folder.url("c"))
        let damaged = try folder.file("damaged", [7] + Repository.bytes(model).dropLast(70_000))
        for words in [[model], [damaged], [damaged, "--from", model, "--in-place"]] {
            let output = try Tool.run(["repair", "--manifest", folder.path("c"), "--format", "json"] + words).output
            #expect(try Self.violations(of: output, schema: "repair") == [])
        }
        #expect(try folder.bytes("damaged") == Repository.bytes(model))
    }

    @Test("for an attribution: of a copy, and of a file that was made")
    func attribution() throws {
        let folder = try TemporaryFolder()
        let model = VerifyCommandTests.model
        let made = ["quantize", model, folder.path("q.gguf"), "--mix", "q4_k_m", "--allow-requantize"]
        #expect(try Tool.run(made).status == 0)
        for file in [model, folder.path("q.gguf")] {
            let outcome = try Tool.run(["attribute", file, "--source", model, "--format", "json"])
            #expect(outcome.status == 0, "\(outcome.text)")
            #expect(try Self.violations(of: outcome.output, schema: "attribute") == [])
        }
    }

    @Test("for perplexity, alone and beside a baseline")
    func perplexity() throws {
        let folder = try TemporaryFolder()
        let text = Repository.root.appendingPathComponent("Tests/InferenceTests/Fixtures/persuasion.txt").path
        let common = ["perplexity", "-m", VerifyCommandTests.model, "-f", text, "-c", "40", "--chunks", "2", "--format", "json"]
        for more in [["--write-kl-base", folder.path("base.kl")], ["--kl-base", folder.path("base.kl")]] {
            let outcome = try Tool.run(common + more)
            #expect(outcome.status == 0)
            #expect(try Self.violations(of: outcome.output, schema: "perplexity") == [])
        }
    }

    @Test("for tokens a second")
    func modelBench() throws {
        let command = [
            "bench", "--op", "pp7", "--op", "tg2", "--op", "ppl8", "-m", VerifyCommandTests.model, "--samples", "2", "--format", "json",
        ]
        let outcome = try Tool.run(command)
        #expect(outcome.status == 0)
        #expect(try Self.violations(of: outcome.output, schema: "bench-model") == [])
        #expect(try Tool.run(["bench", "--op", "pp7"]).status == 64)
        // A whole model of half a billion made-up weights.
        let shape = ["bench", "--op", "tg1", "--shape", "qwen3-0.6b", "--mix", "q3_k_s", "--samples", "1", "--format", "json"]
        let madeUp = try Tool.run(shape)
        #expect(madeUp.status == 0)
        #expect(try Self.violations(of: madeUp.output, schema: "bench-model") == [])
        #expect(try Tool.run(["bench", "--op", "tg1", "--shape", "qwen3-0.5b"]).status == 64)
        #expect(try Tool.run(["bench", "--op", "ppl3", "-m", VerifyCommandTests.model]).status == 64)
        #expect(try Tool.run(["bench", "--op", "pp7", "--op", "dot", "-m", VerifyCommandTests.model]).status == 64)
    }

    @Test("for differences, and the smallest case of one")
    func diff() throws {
        let folder = try TemporaryFolder()
        let blocks = try folder.file(
            "b", Array(try Data(contentsOf: Repository.root.appendingPathComponent(VerifyCommandTests.model)).suffix(268)))
        try Tool.run(["decode", "--type", "q3_k_hifi@r6", "--blocks", blocks, "-o", folder.path("a.f32")]).output.write(
            to: folder.url("log"))
        var values = try folder.bytes("a.f32")
        for at in stride(from: 3, to: 400, by: 8) { values[at] ^= 0xC0 }
        let other = try folder.file("b.f32", values)
        let arguments = ["diff", folder.path("a.f32"), other, "--type", "q3_k_hifi@r6", "--blocks", blocks, "--format", "json"]
        let outcome = try Tool.run(arguments + ["--minimise", folder.path("m")])
        #expect(outcome.status == 1, "\(outcome.errors)")
        #expect(try Self.violations(of: outcome.output, schema: "diff") == [])
        #expect(try Self.violations(of: Data(folder.bytes("m.json")), schema: "diff-minimal") == [])
        let files = try Tool.run(["diff", VerifyCommandTests.model, VerifyCommandTests.model, "--format", "json"])
        #expect(files.status == 0)
        #expect(try Self.violations(of: files.output, schema: "diff") == [])
        let plain = try folder.file("plain.gguf", GGUFBuilder.smallLlama().build().bytes)
        let unlike = try Tool.run(["diff", VerifyCommandTests.model, plain, "--format", "json"])
        #expect(unlike.status == 1)
        #expect(try Self.violations(of: unlike.output, schema: "diff") == [])
    }

    @Test("for conformance, of a system that conforms and of one that does not")
    func conformance() throws {
        for (options, status) in [
            (["--backend", "reference"], 0), (["--exec", "python3 Vectors/adapters/example_adapter.py"], 0), (["--exec", "false"], 69),
            (["--backend", "reference", "--require", "100000"], 1),
        ] {
            let outcome = try Tool.run(["conformance", "--filter", "kind:decode", "--filter", "format:q3_k", "--format", "json"] + options)
            #expect(outcome.status == Int32(status), "\(outcome.errors)")
            #expect(try Self.violations(of: outcome.output, schema: status == 69 ? "error" : "conformance") == [])
        }
    }

    @Test("for quantizing and converting")
    func writing() throws {
        let folder = try TemporaryFolder()
        let options = ["--format", "json", VerifyCommandTests.model, folder.path("o.gguf")]
        for more in [["--dry-run"], []] {
            let quantized = try Tool.run(["quantize", "--mix", "q3_k_hifi", "--allow-requantize"] + options + more)
            #expect(quantized.status == 0, "\(quantized.errors)")
            #expect(try Self.violations(of: quantized.output, schema: "quantize") == [])
        }
        let converted = try Tool.run(["convert", "--to", "r13"] + options)
        #expect(converted.status == 0, "\(converted.errors)")
        #expect(try Self.violations(of: converted.output, schema: "convert") == [])
    }

    @Test("for records compared and joined, and for a measurement beside the published table")
    func records() throws {
        let folder = try TemporaryFolder()
        let common = ["perplexity", "-m", VerifyCommandTests.model, "-f", PerplexityCommandTests.text, "-c", "40", "--format", "json"]
        for (name, chunks) in [("1", "1..2"), ("2", "3..4")] {
            #expect(try Tool.run(common + ["--chunks", chunks, "--record", folder.path(name)]).status == 0)
        }
        let merged = try Tool.run(["perplexity", "merge", folder.path("1"), folder.path("2"), "--format", "json"])
        #expect(try Self.violations(of: merged.output, schema: "perplexity") == [])
        // Editors put a mark in front of UTF-8.
        try (Data([0xEF, 0xBB, 0xBF]) + Data(folder.bytes("1"))).write(to: folder.url("marked"))
        let compared = try Tool.run(["perplexity", "compare", folder.path("1"), folder.path("marked"), "--format", "json"])
        #expect(compared.status == 0, "\(compared.errors)")
        #expect(try Self.violations(of: compared.output, schema: "perplexity-compare") == [])
        let refused = try Tool.run(["perplexity", "compare", folder.path("1"), folder.path("2"), "--format", "json"])
        #expect(refused.status == 1)
        #expect(try Self.violations(of: refused.output, schema: "error") == [])
        let text = Data(repeating: UInt8(ascii: "a"), count: 6000)
        try text.write(to: folder.url("t.txt"))
        let beside = try Tool.run([
            "figures", "perplexity", "-m", VerifyCommandTests.model, "-f", folder.path("t.txt"), "--chunks", "1", "--format", "json",
        ])
        #expect(beside.status == 1, "\(beside.errors)")
        #expect(try Self.violations(of: beside.output, schema: "figures-perplexity") == [])
    }

    @Test(
        "a failure is an object with an error and the exit status",
        arguments: [
            (["diff", "nothing.f32", "nothing.f32"], 74), (["conformance", "--filter", "id:nothing"], 64), (["quantize", "a", "b"], 64),
            (["convert", "--to", "r13", "nothing.gguf", "out.gguf"], 74), (["figures", "sizes", "--model", "nothing"], 74),
            (["perplexity", "-m", "nothing.gguf", "-f", "nothing.txt"], 74), (["verify"], 64),
            (["hash", "--check", "nothing", VerifyCommandTests.model], 74),
        ])
    func failure(command: [String], status: Int) throws {
        for format in [["--format", "json"], ["--format=json"]] {
            let outcome = try Tool.run(command + format)
            #expect(outcome.status == Int32(status), "\(outcome.errors)")
            #expect(outcome.errors.contains("rror: "))
            #expect(try Self.violations(of: outcome.output, schema: "error") == [])
            #expect(outcome.text.contains("\"exitCode\" : \(status)"))
        }
        #expect(try Tool.run(command + ["--format", "text"]).output.isEmpty)
    }

    @Test("for measurements")
    func bench() throws {
        let command = [
            "bench", "--type", "q3_k", "--type", "q8_0", "--rows", "1", "--columns", "256", "--samples", "1", "--format", "json",
        ]
        let outcome = try Tool.run(command)
        #expect(outcome.status == 0)
        #expect(try Self.violations(of: outcome.output, schema: "bench") == [])
    }
}
