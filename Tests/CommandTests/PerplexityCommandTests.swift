import Foundation
import TestSupport
import Testing

@Suite("hifi perplexity and hifi imatrix")
struct PerplexityCommandTests {
    static let model = "Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf"
    static let text = "Tests/InferenceTests/Fixtures/persuasion.txt"

    @Test("Running values and the last line have the form of llama-perplexity")
    func output() throws {
        let outcome = try Tool.run(["perplexity", "-m", Self.model, "-f", Self.text, "-c", "200", "--exact"])
        #expect(outcome.status == 0)
        let lines = outcome.text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("[1]42.7162,[2]35.5268,[3]35.5522,"))
        #expect(lines[0].hasSuffix("[8]37.7776,"))
        #expect(lines[1].hasPrefix("Final estimate: PPL = 37.7776 +/- "))
        #expect(outcome.errors.isEmpty)
    }

    @Test("Parts are merged to the record of the whole; records of different conditions are not compared")
    func records() throws {
        let folder = try TemporaryFolder()
        func measure(_ name: String, _ more: String...) throws {
            let record = folder.path("\(name).json")
            let outcome = try Tool.run(["perplexity", "-m", Self.model, "-f", Self.text, "-c", "100", "-q", "--record", record] + more)
            #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
        }
        try measure("whole", "--chunks", "1..5", "-t", "1")
        try measure("a", "--chunks", "2", "-t", "1")
        try measure("b", "--chunks", "3..5", "-t", "2")
        try measure("exact", "--chunks", "5", "--exact")
        let merged = try Tool.run(["perplexity", "merge", folder.path("b.json"), folder.path("a.json"), "--record", folder.path("ab.json")])
        #expect(merged.status == 0)
        #expect(merged.text.hasPrefix("Final estimate: PPL = "))
        let (whole, joined) = (try Data(contentsOf: folder.url("whole.json")), try Data(contentsOf: folder.url("ab.json")))
        // Part b, the first given, ran on two threads.
        #expect(
            String(decoding: joined, as: UTF8.self).replacingOccurrences(of: "\"threads\" : 2", with: "\"threads\" : 1")
                == String(decoding: whole, as: UTF8.self))

        let refused = try Tool.run(["perplexity", "compare", folder.path("whole.json"), folder.path("exact.json")])
        #expect(refused.status == 1)
        #expect(refused.errors.contains("arithmetic (kernels against exact)"))
        let allowed = try Tool.run(
            ["perplexity", "compare", folder.path("whole.json"), folder.path("exact.json"), "--allow", "arithmetic"])
        #expect(allowed.status == 0)
        #expect(allowed.text.contains("chunk by chunk"))
        let gap = try Tool.run(["perplexity", "merge", folder.path("a.json"), folder.path("a.json")])
        #expect(gap.status == 1)
        #expect(gap.errors.contains("1..2"))
        #expect(try Tool.run(["perplexity", "merge", Self.text]).status == 2)
        #expect(try Tool.run(["perplexity", "merge", folder.path("none.json")]).status == 74)
    }

    @Test("A model compared with its own baseline diverges by nothing")
    func baseline() throws {
        let folder = try TemporaryFolder()
        let write = ["perplexity", "-m", Self.model, "-f", Self.text, "-c", "64", "--chunks", "2", "--write-kl-base", folder.path("b")]
        #expect(try Tool.run(write).status == 0)
        let outcome = try Tool.run(["perplexity", "-m", Self.model, "--kl-base", folder.path("b")])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("KLD mean                 0.000000  +/- 0.000000\n"))
        #expect(outcome.text.contains("same top token, %         100.000  +/- 0.000\n"))
        let wrong = try Tool.run(["perplexity", "-m", Self.model, "--kl-base", Self.text])
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("is not a baseline"))
        #expect(try Tool.run(["perplexity", "-m", Self.model, "--kl-base", folder.path("none")]).status == 74)
    }

    @Test(
        "Bad input: the right exit status, one line that names what is wrong",
        arguments: [
            (["-m", model, "-f", "LICENSE", "-c", "4096"], 2, "tokens"),
            (["-m", model, "-f", text, "--chunks", "2..9000"], 64, "9000"),
            (["-m", text, "-f", text], 2, "GGUF"),
            (["-m", "none.gguf", "-f", text], 74, "none.gguf"),
            (["-m", model, "-f", "none.txt"], 74, "none.txt"),
            (["-m", model, "-f", text, "--backend", "abacus"], 64, "abacus"),
            (["-m", model, "-f", text, "-t", "0"], 64, "threads"),
            (["-m", model], 64, "text"),
        ] as [([String], Int32, String)])
    func badInput(arguments: [String], status: Int32, word: String) throws {
        let outcome = try Tool.run(["perplexity"] + arguments)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errors.contains(word), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test("Tokens of files, a line each")
    func tokens() throws {
        let outcome = try Tool.run(["perplexity", "tokens", "-m", Self.model, "-"], input: Data("Hello, world!".utf8))
        #expect(outcome.text == "39 594 78 11 1246 0\n")
    }

    @Test("An importance matrix is written as GGUF")
    func imatrix() throws {
        let folder = try TemporaryFolder()
        let outcome = try Tool.run(
            ["imatrix", "-m", Self.model, "-f", Self.text, "-o", folder.path("m.gguf"), "-c", "64", "--chunks", "2"])
        #expect(outcome.status == 0)
        #expect(outcome.text.hasSuffix("42 matrices, 2 chunks of 64\n"))
        let inspected = try Tool.run(["inspect", folder.path("m.gguf")])
        #expect(inspected.text.contains("84 tensors, 4 keys"))
    }
}
