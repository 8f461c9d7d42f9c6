import Foundation
import TestSupport
import Testing

@Suite("hifi figures")
struct FiguresCommandTests {
    @Test("sizes says that all eighteen cells follow")
    func sizes() throws {
        let outcome = try Tool.run(["figures", "sizes"])
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(outcome.text.hasPrefix("18 of 18 published cells follow"))
        #expect(outcome.text.contains("389.12 MiB, 4.34") && outcome.text.contains("the loader's text rounded once more"))
        let quiet = try Tool.run(["figures", "sizes", "-q"])
        #expect(quiet.status == 0 && quiet.output.isEmpty)
    }

    @Test("sizes of a config.json are those of the same hyper-parameters")
    func configuration() throws {
        let folder = try TemporaryFolder()
        let config = """
            {"model_type": "qwen3", "hidden_size": 2048, "num_hidden_layers": 28, "intermediate_size": 6144, "num_attention_heads": 16,
             "num_key_value_heads": 8, "head_dim": 128, "vocab_size": 151936, "tie_word_embeddings": true, "rope_theta": 1e6}
            """
        let path = try folder.file("config.json", Array(config.utf8))
        let outcome = try Tool.run(["figures", "sizes", "--config", path, "--output-tensor", "present"])
        #expect(outcome.status == 0 && outcome.text.contains("1,041,764,352") && outcome.text.contains("hyper-parameters of qwen3-1.7b"))
        let flags = [
            "--layers", "28", "--embedding", "2048", "--feed-forward", "6144", "--heads", "16", "--heads-kv", "8", "--head-size", "128",
            "--vocabulary", "151936", "--tied", "--output-tensor", "present",
        ]
        #expect(try Tool.run(["figures", "sizes"] + flags).text.contains("1,041,764,352"))
    }

    @Test("files that are not models and names that are none are refused, each with its status")
    func refusals() throws {
        let folder = try TemporaryFolder()
        let empty = try folder.file("empty.json", Array("{}".utf8))
        let wrong = try folder.file("wrong.json", Array(#"{"hidden_size": "many"}"#.utf8))
        let huge = try folder.file(
            "huge.json",
            Array(
                #"{"hidden_size": 1e15, "num_hidden_layers": 1, "intermediate_size": 1, "num_attention_heads": 1, "vocab_size": 1}"#.utf8))
        let deep = try folder.file("deep.json", Array(String(repeating: "[", count: 100_000).utf8))
        for path in [empty, wrong, huge, deep] {
            let outcome = try Tool.run(["figures", "sizes", "--config", path])
            #expect(outcome.status == 2 && outcome.exited && outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        }
        #expect(try Tool.run(["figures", "sizes", "--config", "nothing.json"]).status == 74)
        #expect(try Tool.run(["figures", "sizes", "--model", "nothing.gguf"]).status == 74)
        #expect(try Tool.run(["figures", "sizes", "--model", "README.md"]).status == 2)
        #expect(try Tool.run(["figures", "sizes", "--mix", "q9"]).status == 64)
        #expect(try Tool.run(["figures", "sizes", "--revision", "r99"]).status == 64)
        #expect(try Tool.run(["figures", "sizes", "--layers", "0"]).status == 64)
        #expect(try Tool.run(["figures", "sizes", "--model", "qwen3-4b", "--output-tensor", "absent"]).status == 64)
    }

    @Test("sizes of damaged files are refused or computed, never a crash", arguments: CorruptionCorpus.cases.map(\.id))
    func damaged(id: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("file.gguf", #require(CorruptionCorpus.named(id)).bytes)
        let outcome = try Tool.run(["figures", "sizes", "--model", path, "-q"])
        #expect(outcome.exited && [0, 2].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
    }

    @Test("audit succeeds and tells what does not follow")
    func audit() throws {
        let outcome = try Tool.run(["figures", "audit"])
        #expect(outcome.status == 0)
        #expect(
            outcome.text.contains("33 of 36 percentages follow") && outcome.text.components(separatedBy: "does not follow (").count == 4)
        #expect(outcome.text.contains("P3  contradicted") && outcome.text.contains("the ranking turns around with the conditions"))
    }

    @Test("report writes a page, whole or not at all")
    func report() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("report.html")
        #expect(try Tool.run(["figures", "report", "--output", path, "--rows", "2"]).status == 0)
        #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
        #expect(try Tool.run(["figures", "report", "--output", "-", "--rows", "1"]).text.hasSuffix("</html>\n"))
        #expect(try Tool.run(["figures", "report", "--output", folder.path("none/report.html"), "--rows", "1"]).status == 74)
        #expect(try Tool.run(["figures", "report", "--output", path, "--rows", "0"]).status == 64)
    }
}
