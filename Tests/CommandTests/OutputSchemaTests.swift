import Foundation
import SpecLoader
import TestSupport
import Testing

@Suite("JSON output satisfies its documented schema (Spec/schema/output)")
struct OutputSchemaTests {
    static let schemas = SpecSource(root: Repository.root.appendingPathComponent("Spec/schema/output"))
    static let names = ["verify", "identify", "inspect", "hash-check", "bench"]

    /// What the tool printed breaks of the schema of that name.
    private func violations(of output: Data, schema name: String) throws -> [String] {
        let folder = try TemporaryFolder()
        try output.write(to: folder.url("output.json"))
        let others = Dictionary(uniqueKeysWithValues: try Self.names.map { ("\($0).json", try Self.schemas.value(at: "\($0).json")) })
        let schema = try Self.schemas.value(at: "\(name).json")
        return try JSONSchemaSubset(schema, others: others).violations(in: SpecSource(root: folder.url(".")).value(at: "output.json"))
    }

    @Test("for the real model", arguments: [["verify", "--digests"], ["identify"], ["inspect"]])
    func realModel(command: [String]) throws {
        let output = try Tool.run(command + ["--format", "json", VerifyCommandTests.model]).output
        #expect(try violations(of: output, schema: command[0]) == [])
    }

    @Test(
        "for damaged files",
        arguments: ["t05-tinfo", "h07-nt-minus1", "k11-blockcount", "n14-type-wrong", "n12-type-unknown", "o02-off-overlap", "p06-nan-all"])
    func damaged(id: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("file.gguf", #require(CorruptionCorpus.named(id)).bytes)
        #expect(try violations(of: Tool.run(["verify", "--format", "json", path, "nothing.gguf"]).output, schema: "verify") == [])
    }

    @Test("for a manifest")
    func manifest() throws {
        let folder = try TemporaryFolder()
        try Tool.run(["hash", VerifyCommandTests.model]).output.write(to: folder.url("m"))
        let output = try Tool.run(["hash", "--check", folder.path("m"), "--format", "json", VerifyCommandTests.model]).output
        #expect(try violations(of: output, schema: "hash-check") == [])
    }

    @Test("for measurements")
    func bench() throws {
        let command = [
            "bench", "--type", "q3_k", "--type", "q8_0", "--rows", "1", "--columns", "256", "--samples", "1", "--format", "json",
        ]
        let outcome = try Tool.run(command)
        #expect(outcome.status == 0)
        #expect(try violations(of: outcome.output, schema: "bench") == [])
    }
}
