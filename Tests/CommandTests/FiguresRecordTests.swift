import Foundation
import TestSupport
import Testing

@Suite("hifi figures perplexity --record")
struct FiguresRecordTests {
    private static let model = PerplexityCommandTests.model

    private func record(_ folder: TemporaryFolder, _ name: String, _ options: String...) throws -> String {
        let path = folder.path(name)
        let outcome = try Tool.run(["perplexity", "-m", Self.model, "-f", PerplexityCommandTests.text, "-q", "--record", path] + options)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return path
    }

    @Test("merged parts give what measuring the whole gives")
    func parts() throws {
        let folder = try TemporaryFolder()
        let parts = [try record(folder, "b.json", "--chunks", "2..3"), try record(folder, "a.json", "--chunks", "1..1")]
        let merged = folder.path("merged.json")
        #expect(try Tool.run(["perplexity", "merge", "-q", "--record", merged] + parts).status == 0)
        for format in ["text", "json"] {
            let ask = ["figures", "perplexity", "-m", Self.model, "--format", format]
            let (read, measured) = (try Tool.run(ask + ["--record", merged]), try Tool.run(ask + ["-f", PerplexityCommandTests.text]))
            // The tiny model has no published cell.
            #expect(read.status == 1 && measured.status == 1, "\(read.errors)\(measured.errors)")
            #expect(read.text == measured.text)
        }
    }

    @Test("a record of chunks at another context says so")
    func conditions() throws {
        let folder = try TemporaryFolder()
        let path = try record(folder, "short.json", "-c", "64", "--chunks", "2")
        let outcome = try Tool.run(["figures", "perplexity", "-m", Self.model, "--record", path])
        #expect(outcome.text.contains("context length: not stated; here 64"))
        #expect(outcome.text.contains("text: 2 of 25 chunks only, up to 2"))
    }

    @Test("a record of another model is refused, and so is a device's without its name taken for the processor's")
    func others() throws {
        let folder = try TemporaryFolder()
        let path = try record(folder, "whole.json", "-c", "64", "--chunks", "1")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let other = try folder.file("other.json", Array(text.replacing("\"sha256\" : \"eb", with: "\"sha256\" : \"be").utf8))
        let refused = try Tool.run(["figures", "perplexity", "-m", Self.model, "--record", other])
        #expect(refused.status == 2 && refused.errors.contains("the record of another model"), "\(refused.errors)")
        let kernel = /"kernel" : "[^"]*"/
        let device = try folder.file("device.json", Array(text.replacing(kernel, with: "\"kernel\" : \"cuda\"").utf8))
        let outcome = try Tool.run(["figures", "perplexity", "-m", Self.model, "--record", device])
        #expect(outcome.text.contains("here an NVIDIA device, arithmetic kernels"))
    }

    @Test("a text or records are needed, a record for each model")
    func usage() throws {
        for (line, words) in [
            ("-m x", "--text FILE"), ("-m x -m y --record z", "2 × --model and 1 × --record"),
            ("-m x --record y --device cuda", "--device"),
        ] {
            let outcome = try Tool.run(["figures", "perplexity"] + line.split(separator: " ").map(String.init))
            #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
        }
    }
}
