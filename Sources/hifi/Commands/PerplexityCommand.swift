import ArgumentParser
import HIFIFiles
import HIFIForeign
import Runs

struct PerplexityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perplexity",
        abstract: "Measure the perplexity of a model on a text as llama-perplexity does, and record all conditions.",
        discussion: """
            Without a subcommand, measures: `hifi perplexity measure --help` has all options.

            The text is cut into chunks of one context; the second half of each is scored. The last line is that of \
            llama-perplexity. A record (--record) also keeps the digests of model, text and tokenizer, the arithmetic and every \
            chunk's sums. Records are compared only where all conditions are the same; parts measured on different machines join \
            to exactly the figure of the whole.

            EXAMPLES
              hifi perplexity -m model.gguf -f wiki.test.raw
              hifi perplexity -m model.gguf -f text.txt --chunks 50 --threads 8 --record model.json
              hifi perplexity compare q3_k_m.json q3_k_hifi.json
              hifi perplexity -m f16.gguf -f text.txt --write-kl-base f16.kl
              hifi perplexity -m q3.gguf --kl-base f16.kl

            A JOB ARRAY OF THREE PARTS
              hifi perplexity -m model.gguf -f text.txt -q --chunks 1..50 --record part-1.json
              hifi perplexity -m model.gguf -f text.txt -q --chunks 51..100 --record part-2.json
              hifi perplexity -m model.gguf -f text.txt -q --chunks 101..150 --record part-3.json
              hifi perplexity merge part-*.json --record whole.json
            """,
        subcommands: [
            PerplexityMeasureCommand.self, PerplexityCompareCommand.self, PerplexityMergeCommand.self, PerplexityTokensCommand.self,
        ],
        defaultSubcommand: PerplexityMeasureCommand.self)
}

struct PerplexityTokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Print the tokens of texts, a line for each file.",
        discussion: """
            EXAMPLES
              hifi perplexity tokens -m model.gguf text.txt

            \(ExitStatus.section("printed", [.unread, .damaged, .unreadable]))
            """)

    @Option(name: .shortAndLong, help: "GGUF file with the tokenizer.", completion: .models) var model: String
    @Flag(help: "Recognize special tokens spelled out in the text.") var special = false
    @Argument(help: "Files of text; - is standard input.", completion: .anyFile) var files: [String]
    @OptionGroup var result: QuietOption

    func run() throws {
        guard let metadata = try GGUFInput.openModel(model).metadata else {
            throw Failure(.malformed, "\(ForeignText(path: model)): it has no first part")
        }
        let tokenizer = try RunnableModel.tokenizer(metadata, model)
        for path in files {
            let tokens = tokenizer.encode(try WholeFile.read(argument: path, .text), special: special ? .recognised : .asText)
            result.show([tokens.map(String.init).joined(separator: " ")])
        }
    }
}
