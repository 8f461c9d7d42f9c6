import Foundation
import TestSupport
import Testing

/// A command in a document, and what the document says that it prints.
struct DocumentExample: Sendable, CustomStringConvertible {
    let document: String
    let command: String
    let output: [String]

    var description: String { "\(document): \(command)" }

    /// The examples of README.md and `docs/`: blocks marked `console`, each with one command after `$`, and its output.
    static let all: [DocumentExample] = {
        let documents = ["README.md"] + Repository.files(below: "docs", withExtension: "md")
        return documents.flatMap { name in ((try? Repository.text(name)).map { blocks(of: $0) } ?? []).compactMap { example($0, in: name) }
        }
    }()

    private static func blocks(of text: String) -> [[String]] {
        var blocks: [[String]] = []
        var block: [String]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line == "```console" {
                block = []
            } else if line == "```", let done = block {
                blocks.append(done)
                block = nil
            } else {
                block?.append(line)
            }
        }
        return blocks
    }

    private static func example(_ block: [String], in document: String) -> DocumentExample? {
        guard let first = block.first, first.hasPrefix("$ ") else { return nil }
        return DocumentExample(document: document, command: String(first.dropFirst(2)), output: Array(block.dropFirst()))
    }

    /// Whether the lines are those of the document, in which a line with `…` alone stands for any lines, and one that ends in ` …` for any
    /// that begins so.
    func matches(_ lines: [String]) -> Bool { Self.matches(output[...], lines[...]) }

    private static func matches(_ pattern: ArraySlice<String>, _ lines: ArraySlice<String>) -> Bool {
        guard let wanted = pattern.first else { return lines.isEmpty }
        if wanted == "…" { return (lines.startIndex...lines.endIndex).contains { matches(pattern.dropFirst(), lines[$0...]) } }
        guard let line = lines.first else { return false }
        let fits = wanted.hasSuffix(" …") ? line.hasPrefix(wanted.dropLast(2)) : line == wanted
        return fits && matches(pattern.dropFirst(), lines.dropFirst())
    }
}

@Suite("Examples in documents print what the documents say")
struct DocumentExampleTests {
    @Test("there are examples to run")
    func some() { #expect(DocumentExample.all.count { $0.document == "README.md" } >= 5) }

    @Test("an omission stands for any lines, and nothing else does")
    func omissions() {
        let example = DocumentExample(document: "", command: "", output: ["a", "…", "c …"])
        #expect(example.matches(["a", "c d"]) && example.matches(["a", "x", "y", "c d"]))
        #expect(!example.matches(["a", "x"]) && !example.matches(["b", "c d"]) && !example.matches(["a", "c d", "e"]))
    }

    @Test("each example", arguments: DocumentExample.all)
    func example(_ example: DocumentExample) throws {
        let folder = try TemporaryFolder()
        let output = folder.url("OUT.gguf").path
        let line = example.command.replacing("hifi ", with: "\"$HIFI\" ", maxReplacements: 1).replacing("OUT.gguf", with: "'\(output)'")
        let outcome = try Tool.shell(line)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = outcome.text.replacing(output, with: "OUT.gguf").split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        #expect(example.matches(Array(lines.dropLast())), "\(outcome.text)")
    }
}
