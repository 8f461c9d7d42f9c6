import Foundation
import TestSupport
import Testing

@Suite("hifi evidence")
struct EvidenceCommandTests {
    private let folder: TemporaryFolder
    /// What the quantized model decodes to, the model, and another of it.
    private let (source, model, other): (String, String, String)
    private let text: String

    init() throws {
        folder = try TemporaryFolder()
        (source, model, other) = (folder.path("source.gguf"), folder.path("model.gguf"), folder.path("other.gguf"))
        text = folder.path("text.txt")
        try folder.file("model.gguf", Repository.bytes(VerifyCommandTests.model))
        try folder.file("text.txt", Repository.bytes("Tests/InferenceTests/Fixtures/persuasion.txt"))
        #expect(try Tool.run(["quantize", model, source, "--mix", "f16", "--allow-requantize"]).status == 0)
        #expect(try Tool.run(["quantize", source, other, "--mix", "q4_k_m"]).status == 0)
    }

    private func make(_ name: String, _ more: String...) throws -> Tool.Outcome {
        let words = ["evidence", model, other, "--source", source, "--text", text, "-c", "64", "--chunks", "3", "-o", folder.path(name)]
        return try Tool.run(words + more)
    }

    private func json(_ name: String) throws -> NSDictionary {
        try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: folder.url("\(name)/evidence.json"))) as? NSDictionary)
    }

    @Test("two runs write the same bytes but for timings, and both are as hifi perplexity measures")
    func same() throws {
        let (first, second) = (try make("one", "--threads", "1"), try make("two", "--threads", "2"))
        #expect(first.status == 0 && second.status == 0, "\(first.errors)\(second.errors)")
        #expect(first.text.contains("model.gguf: 4.") && first.text.contains(", KLD "), "\(first.text)")
        for name in ["evidence.json", "index.html", "SHA256SUMS"] {
            #expect(try folder.bytes("one/\(name)") == folder.bytes("two/\(name)"), "\(name)")
        }
        #expect(try folder.bytes("one/timings.json") != folder.bytes("two/timings.json"))
        #expect(try OutputSchemaTests.violations(of: Data(folder.bytes("one/evidence.json")), schema: "evidence") == [])

        let evidence = try json("one")
        let models = try #require(evidence["models"] as? [[String: Any]])
        let common = ["-f", text, "-c", "64", "--chunks", "3", "--exact", "--format", "json"]
        let base = try Tool.run(["perplexity", "-m", source, "--write-kl-base", folder.path("kl")] + common)
        let record = try Tool.run(["perplexity", "-m", model, "--kl-base", folder.path("kl")] + common)
        #expect(base.status == 0 && record.status == 0, "\(base.errors)\(record.errors)")
        let measured = try #require(try JSONSerialization.jsonObject(with: record.output) as? [String: Any])
        #expect(measured["result"] as? NSDictionary == models[0]["perplexity"] as? NSDictionary)
        #expect(measured["divergence"] as? NSDictionary == models[0]["divergence"] as? NSDictionary)
        // Weights that the source has rounded to halves only; Q4_K loses more.
        func largest(_ model: [String: Any]) -> Double {
            (model["errors"] as? [[String: Any]] ?? []).compactMap { $0["relative"] as? Double }.max() ?? 0
        }
        #expect(largest(models[0]) < 0.001 && largest(models[1]) > 0.001, "\(largest(models[0])) \(largest(models[1]))")
        // What other tools can repeat.
        let lines = try String(decoding: folder.bytes("one/SHA256SUMS"), as: UTF8.self)
        #expect(lines.split(separator: "\n").count == 6)
        for name in ["source.gguf", "model.gguf", "other.gguf", "text.txt"] {
            try FileManager.default.createSymbolicLink(atPath: folder.path("one/\(name)"), withDestinationPath: folder.path(name))
        }
        let sums = try Tool.shell("cd '\(folder.path("one"))' && sha256sum --quiet -c SHA256SUMS")
        #expect(sums.status == 0, "\(sums.errors)")
    }

    @Test("a check says what is not as stated")
    func check() throws {
        #expect(try make("e").status == 0)
        let words = ["--source", source, "--text", text]
        let right = try Tool.run(["evidence", "check", folder.path("e"), model, other] + words)
        #expect(right.status == 0 && right.text.hasPrefix("as stated  "), "\(right.text)\(right.errors)")
        let swapped = try Tool.run(["evidence", "check", folder.path("e"), other, model] + words)
        #expect(swapped.status == 1 && swapped.text.contains("model.gguf: digest: "), "\(swapped.text)")
        let path = folder.path("e/evidence.json")
        let stated = try String(contentsOfFile: path, encoding: .utf8)
        let value = try #require(stated.firstMatch(of: #/"relative" : ([0-9.e-]+)/#)?.output.1)
        try stated.replacing(value, with: "0.5", maxReplacements: 1).write(toFile: path, atomically: true, encoding: .utf8)
        let altered = try Tool.run(["evidence", "check", folder.path("e"), model, other] + words)
        #expect(altered.status == 1 && altered.text.contains(", 0.5 in the evidence"), "\(altered.text)")
        try "{}".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try Tool.run(["evidence", "check", folder.path("e"), model, other] + words).status == 2)
    }

    @Test("a folder with something in it is left alone, and models of another tokenizer are not compared")
    func refusals() throws {
        try FileManager.default.createDirectory(at: folder.url("full"), withIntermediateDirectories: true)
        try folder.file("full/precious", [1])
        let full = try make("full")
        #expect(full.status == 74 && full.errors.contains("it is not empty (precious is in it)"), "\(full.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("full")) == ["precious"])
        let file = try make("text.txt")
        #expect(file.status == 74 && file.errors.contains("it is not a folder"), "\(file.errors)")
        let stranger = try folder.file("stranger.gguf", GGUFBuilder.smallQwen3().build().bytes)
        let outcome = try Tool.run(["evidence", stranger, "--source", source, "--text", text, "-o", folder.path("new")])
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
    }
}
