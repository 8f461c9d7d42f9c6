import Foundation
import SpecLoader
import TestSupport
import Testing

@Suite("JSON output satisfies its documented schema (Spec/schema/output)")
struct OutputSchemaTests {
    static let schemas = SpecSource(root: Repository.root.appendingPathComponent("Spec/schema/output"))
    static let names = [
        "verify", "identify", "inspect", "hash-check", "figures-sizes", "figures-audit", "bench", "bench-model", "perplexity",
    ]

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

    @Test("for a manifest")
    func manifest() throws {
        let folder = try TemporaryFolder()
        try Tool.run(["hash", VerifyCommandTests.model]).output.write(to: folder.url("m"))
        let output = try Tool.run(["hash", "--check", folder.path("m"), "--format", "json", VerifyCommandTests.model]).output
        #expect(try Self.violations(of: output, schema: "hash-check") == [])
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
