import Foundation
import TestSupport
import Testing

@Suite("Commands take any part of a split model for the model")
struct SplitModelCommandTests {
    private let folder: TemporaryFolder
    private let paths: [String]

    init() throws {
        folder = try TemporaryFolder()
        paths = try SplitModel.write(
            Repository.root.appendingPathComponent(VerifyCommandTests.model).path, tensors: [0, 1], prefix: folder.path("model"))
    }

    @Test("hifi perplexity prints what it prints for one file")
    func perplexity() throws {
        let arguments = ["-f", PerplexityCommandTests.text, "-c", "100", "--chunks", "2"]
        let whole = try Tool.run(["perplexity", "-m", VerifyCommandTests.model] + arguments)
        let split = try Tool.run(["perplexity", "-m", paths[1]] + arguments)
        #expect(split.status == 0 && split.output == whole.output, "\(split.errors)")
        let tokens = try Tool.run(["perplexity", "tokens", "-m", paths[2], PerplexityCommandTests.text])
        #expect(
            try tokens.output == Tool.run(["perplexity", "tokens", "-m", VerifyCommandTests.model, PerplexityCommandTests.text]).output)
    }

    @Test("hifi identify tells every part by the first one's keys; one of keys only does not count")
    func identify() throws {
        for path in paths {
            let outcome = try Tool.run(["identify", path])
            #expect(outcome.status == 0, "\(outcome.text)\(outcome.errors)")
            for part in paths { #expect(outcome.text.contains(part)) }
            #expect(outcome.text.contains("file type 41 is MOSTLY_Q3_HIFI in fork-2025-12-22"))
        }
        #expect(try Tool.run(["identify"] + paths).output == Tool.run(["identify", paths[0]]).output)
    }

    @Test("hifi inspect shows one part, by the keys of the model")
    func inspect() throws {
        let outcome = try Tool.run(["inspect", paths[2]])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("part 3 of 3, GGUF v3"))
        #expect(outcome.text.contains("qwen3, Tiny Qwen3 A"))
        #expect(outcome.text.contains("fork-2025-12-22 (certain)"))
        let json = try Tool.run(["inspect", "--format", "json", paths[1]]).output
        #expect(try OutputSchemaTests.violations(of: json, schema: "inspect") == [])
        #expect(String(decoding: json, as: UTF8.self).filter { !$0.isWhitespace }.contains(#""part":{"count":3,"number":2}"#))
        try FileManager.default.removeItem(atPath: paths[0])
        let alone = try Tool.run(["inspect", paths[2]])
        #expect(alone.status == 0 && !alone.text.contains("qwen3"))
    }

    @Test("hifi verify finds no fault where the first part has keys only, or stock types only")
    func verify() throws {
        let outcome = try Tool.run(["verify", paths[0]])
        #expect(outcome.status == 0, "\(outcome.text)")
    }

    @Test("hifi diff finds a split model equal to the whole one, and names a tensor of it by any part")
    func diff() throws {
        let whole = try Tool.run(["diff", VerifyCommandTests.model, paths[1]])
        #expect(whole.status == 0, "\(whole.text)\(whole.errors)")
        let tensor = try Tool.run(["diff", "\(VerifyCommandTests.model):token_embd.weight", "\(paths[0]):token_embd.weight"])
        #expect(tensor.status == 0, "\(tensor.text)\(tensor.errors)")
    }

    @Test("A broken part is named with the tensor")
    func damage() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: paths[2]))
        try data.prefix(data.count - 5000).write(to: URL(fileURLWithPath: paths[2]))
        for command in [["perplexity", "-m", paths[0], "-f", PerplexityCommandTests.text], ["bench", "--op", "pp4", "-m", paths[0]]] {
            let outcome = try Tool.run(command)
            #expect(outcome.status == 2)
            #expect(outcome.errors.hasPrefix("hifi: error: \(paths[2]): tensor blk."), "\(outcome.errors)")
        }
        try FileManager.default.removeItem(atPath: paths[2])
        let missing = try Tool.run(["perplexity", "-m", paths[0], "-f", PerplexityCommandTests.text])
        #expect(missing.status == 2)
        #expect(missing.errors.contains("part 3 of the set: ") && missing.errors.contains(paths[2]), "\(missing.errors)")
    }
}
