import ArgumentParser
import GGUF
import Inference

struct PerplexityMeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Measure perplexity; the default.",
        discussion: """
            EXAMPLES
              hifi perplexity -m model.gguf -f text.txt
            """)

    @OptionGroup var model: ModelOptions
    @Option(name: .shortAndLong, help: "File of UTF-8 text.") var file: String
    @Option(name: [.customShort("c"), .long], help: "Tokens in a chunk.") var context = 512
    @Option(help: "N for the first N chunks, A..B for chunks A to B, counted from 1.") var chunks: ChunkChoice?
    @OptionGroup var output: OutputOptions

    func run() throws {
        let input = try ModelInput(model.model)
        let tokens = input.tokens(ofText: try RawFiles.read(file))
        let run: PerplexityRun
        do throws(PerplexityError) {
            run = try PerplexityRun(
                tokens: tokens, context: context, chunks: chunks?.range(of: tokens.count / max(1, context)),
                beginning: input.tokenizer.addsBeginning ? input.tokenizer.beginning : nil)
        } catch { throw Failure(file, error) }
        let session = try input.session(context: context, options: model.inference)
        var scores: [ChunkScore] = []
        do throws(PerplexityError) {
            _ = try run.scores(session) { score in
                scores.append(score)
                let text = "[\(score.chunk)]\(PerplexityEstimate(scores).perplexity.rounded(toPlaces: 4)),"
                Standard.write(Array(text.utf8))
            }
        } catch { throw Failure(model.model, error) }
        let e = PerplexityEstimate(scores)
        Standard.print("\nFinal estimate: PPL = \(e.perplexity.rounded(toPlaces: 4)) +/- \((e.error ?? 0).rounded(toPlaces: 5))")
    }
}

/// Which chunks of a text to score.
struct ChunkChoice: ExpressibleByArgument {
    let first: Int
    /// Nil for a number of chunks that may be more than there are.
    let last: Int?
    let count: Int

    init?(argument: String) {
        let parts = argument.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 1, let count = Int(argument), count > 0 {
            (first, last, self.count) = (1, nil, count)
        } else if parts.count == 3, parts[1].isEmpty, let first = Int(parts[0]), let last = Int(parts[2]), first >= 1, last >= first {
            (self.first, self.last, count) = (first, last, last - first + 1)
        } else {
            return nil
        }
    }

    /// The range in a text of so many chunks.
    func range(of available: Int) -> ClosedRange<Int> { first...(last ?? max(1, min(count, available))) }
}
