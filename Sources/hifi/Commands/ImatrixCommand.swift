import ArgumentParser
import HIFIForeign
import Importance
import Inference

struct ImatrixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "imatrix",
        abstract: "Collect an importance matrix: how strongly each column of a model's matrices is used on a text.",
        discussion: """
            Runs the model over the text in chunks of one context and sums the squares of every product's input, as llama-imatrix \
            does. The file has the GGUF form that llama-quantize reads. Use the unquantized model, and a text other than the one \
            to be scored. An interrupted run leaves no file.

            EXAMPLES
              hifi imatrix -m model-f16.gguf -f calibration.txt -o model.imatrix.gguf
              hifi imatrix -m model-f16.gguf -f calibration.txt -o model.imatrix.gguf --chunks 100 --threads 8

            \(ExitStatus.section("collected", [.unread, .damaged, .unavailable, .unwritable]))
            """)

    @OptionGroup var model: ModelOptions
    @Option(name: .shortAndLong, help: "File of UTF-8 text; its name is kept in the result.", completion: .anyFile) var file: String
    @Option(name: .shortAndLong, help: "Where the importance matrix goes.", completion: .anyFile) var output: String
    @Option(name: .shortAndLong, help: "Tokens in a chunk.") var context = 512
    @Option(help: "N for the first N chunks, A..B for chunks A to B, counted from 1.") var chunks: ChunkChoice?
    @Flag(help: "Also collect for output.weight.") var processOutput = false
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if !(4...1 << 20).contains(context) { throw ValidationError("--context needs a number from 4 to 1048576") }
    }

    func run() throws {
        var places = OutputPlaces()
        places.reads(model: model.model, as: "-m")
        places.reads(file, as: "-f")
        places.writes(output, as: "--output")
        try places.check()
        let input = try ModelInput(model.model)
        let (text, oddities) = try ModelInput.text(file)
        if !options.quiet { for note in oddities + input.notes(context: context) { Standard.printError("note: \(note)") } }
        let tokens = input.tokens(ofText: text)
        let beginning = try input.beginning()
        let run: PerplexityRun
        do throws(PerplexityError) {
            run = try PerplexityRun(
                tokens: tokens, context: context, chunks: chunks?.range(of: tokens.count / context),
                beginning: beginning)
        } catch { throw Failure(file, error) }
        let session = try input.session(context: context, options: model.inference())
        let progress = options.progress(counting: .things("chunks"))
        let matrix: ImportanceSums
        do throws(PerplexityError) {
            matrix = try ImportanceCollector(session, includesOutput: processOutput).collect(run, dataset: file) {
                progress.update(done: $0 - run.chunks.lowerBound + 1, of: run.chunks.count)
            }
        } catch { throw Failure(model.model, error) }
        progress.finish()
        try GGUFInput.checkUnchanged(input.files)
        do { try matrix.write(to: output) } catch { throw Failure(.inputOutput, "\(error)") }
        guard !options.quiet else { return }
        Standard.print("\(ForeignText(path: output)): \(matrix.entries.count) matrices, \(matrix.chunks) chunks of \(matrix.chunkSize)")
    }
}
