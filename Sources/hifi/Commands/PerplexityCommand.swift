import ArgumentParser
import GGUF
import Inference

struct PerplexityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perplexity",
        abstract: "Measure the perplexity of a model on a text, as llama-perplexity does, with everything pinned.",
        subcommands: [PerplexityMeasureCommand.self, PerplexityTokensCommand.self], defaultSubcommand: PerplexityMeasureCommand.self)
}

struct PerplexityTokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Print the tokens of texts, a line for each file.",
        discussion: """
            EXAMPLES
              hifi perplexity tokens -m model.gguf text.txt
            """)

    @Option(name: .shortAndLong, help: "GGUF file with the tokenizer.") var model: String
    @Flag(help: "Recognise special tokens spelled out in the text.") var special = false
    @Argument(help: "Files of text; - is standard input.") var files: [String]

    func run() throws {
        let file = try GGUFInput.open(model)
        let tokenizer: Tokenizer
        do { tokenizer = try Tokenizer(file.metadata) } catch { throw Failure(.malformed, "\(model): \(error)") }
        for path in files {
            let tokens = tokenizer.encode(try RawFiles.read(path), special: special ? .recognised : .asText)
            Standard.print(tokens.map(String.init).joined(separator: " "))
        }
    }
}
