import ArgumentParser
import HIFIForeign
import Importance
import Runs

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
        let input = try RunnableModel(argument: model.model)
        let text = try TextFile(file)
        options.note(text.notes + input.notes(context: context))
        let run = try input.run(text, context: context, chunks: chunks)
        let progress = options.progress(counting: .things("chunks"))
        defer { progress.finish() }
        let matrix = try input.importances(
            of: run, dataset: file, options: model.inference(), includesOutput: processOutput, progress: progress.update)
        progress.finish()
        do { try matrix.write(to: output) } catch { throw Failure(.inputOutput, "\(error)") }
        options.show(["\(ForeignText(path: output)): \(matrix.entries.count) matrices, \(matrix.chunks) chunks of \(matrix.chunkSize)"])
    }
}
