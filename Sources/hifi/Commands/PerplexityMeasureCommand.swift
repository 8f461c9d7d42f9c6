import ArgumentParser
import Console
import Inference
import Rendering
import Runs

struct PerplexityMeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Measure perplexity; the default.",
        discussion: """
            Prints the running value after each chunk and, last, the estimate with its standard error, as llama-perplexity does. \
            Results do not depend on the number of threads.

            A baseline holds the logits of every scored position in fp32 (--write-kl-base: 4 bytes x vocabulary x positions); a \
            model compared with its own baseline diverges by exactly 0. Files that llama-perplexity wrote (16 bits) are read, too; \
            their rounding leaves a floor under every divergence. Without -f the text is the baseline's.

            With --device cuda the weights stay in the memory of an NVIDIA device and all layers run there. With --exact the \
            figures equal the processor's to the last bit; without, products of quantized matrices are summed in another order.

            Runs llama, qwen2, qwen2moe, qwen3 and qwen3moe. Anything in a file that is not computed - a tensor, a key that may \
            change the result, an unsupported tokenizer - is refused by name; nothing is silently ignored. What is odd but \
            harmless is noted and recorded: a context beyond the trained one, text that is not UTF-8.

            With --record, finished chunks are kept in RECORD.partial every few seconds and when the run is interrupted. The same \
            command with --resume continues from them and gives the bits of an uninterrupted run; it is refused if model, text, \
            context, arithmetic or anything else that a figure depends on has changed (exit status 1). With --kl-base or \
            --write-kl-base nothing is kept.

            EXAMPLES
              hifi perplexity -m model.gguf -f text.txt
              hifi perplexity -m model.gguf -f text.txt --record model.json --resume
              hifi perplexity -m model.gguf -f text.txt --device cuda
              hifi perplexity -m model.gguf -f text.txt --chunks 51..100 --record b.json
              hifi perplexity -m f16.gguf -f text.txt --write-kl-base f16.kl
              hifi perplexity -m q3.gguf --kl-base f16.kl

            \(ExitStatus.section("measured", [.unread, .damaged, .unavailable, .unwritable]))
            """)

    @OptionGroup var model: ModelOptions
    @OptionGroup var place: DeviceOption
    @Option(name: .shortAndLong, help: "File of UTF-8 text; a line break at its end is ignored.", completion: .anyFile) var file: String?
    @Option(name: .shortAndLong, help: "Tokens in a chunk; 512, or those of the baseline.") var context: Int?
    @Option(help: "N for the first N chunks, A..B for chunks A to B, counted from 1.") var chunks: ChunkChoice?
    @Option(help: "Baseline to compare with, of this program or of llama-perplexity.", completion: .anyFile) var klBase: String?
    @Option(help: "Write the logits as a baseline.", completion: .anyFile) var writeKlBase: String?
    @Option(help: "Write a record as JSON: conditions, digests, every chunk.", completion: .file(extensions: ["json"])) var record: String?
    @Flag(help: "Continue from the chunks that an interrupted run with the same --record kept.") var resume = false
    @Option(help: "text or json (the record).") var format = ResultFormat.text
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if file == nil, klBase == nil { throw ValidationError("a text is needed: -f FILE, or --kl-base FILE, which holds one in tokens") }
        if file == nil, record != nil || format == .json { throw ValidationError("a record pins the text: name it with -f") }
        if klBase != nil, writeKlBase != nil { throw ValidationError("one of --kl-base and --write-kl-base at most") }
        if file == nil, context != nil { throw ValidationError("the context is the baseline's; --context goes with -f") }
        if resume, record == nil { throw ValidationError("--resume goes on from what --record has kept: name the record") }
        if resume, klBase != nil || writeKlBase != nil {
            throw ValidationError("--resume has kept no logits: it goes neither with --kl-base nor with --write-kl-base")
        }
        try place.validate(with: model)
        if let context, !(4...1 << 20).contains(context) { throw ValidationError("--context needs a number from 4 to 1048576") }
    }

    func run() throws {
        var places = OutputPlaces()
        places.reads(model: model.model, as: "-m")
        places.reads(file, as: "-f")
        places.reads(klBase, as: "--kl-base")
        places.writes(record, as: "--record")
        if klBase == nil, writeKlBase == nil, record != "-" {
            places.writes(record.map(UnfinishedRun.path(of:)), as: "what is kept of an interrupted run,")
        }
        places.writes(writeKlBase, as: "--write-kl-base")
        try places.check()
        let input = try RunnableModel(argument: model.model)
        let prepared = try PerplexityMeasurement(input, request())
        output.note(prepared.notes)
        let outcome = try measure(prepared)
        let made = record != nil || format == .json ? outcome.record() : nil
        if let record, let made { try RawFiles.write(RecordFile.bytes(made), to: record) }
        outcome.discardKept()
        if format == .json, let made { return try output.show(made, as: format, []) }
        output.show([""] + (outcome.divergence.map(PerplexityText.lines) ?? []) + [PerplexityText.last(PerplexityEstimate(outcome.scores))])
    }

    private func request() throws -> PerplexityMeasurement.Request {
        var request = PerplexityMeasurement.Request()
        (request.context, request.chunks, request.resumes) = (context, chunks, resume)
        (request.baselineOutput, request.record) = (writeKlBase, record)
        do { request.baseline = try klBase.map { path throws(BaselineError) in try Baseline(path: path) } } catch {
            throw RunError.perplexity(path: model.model, .baseline(error))
        }
        request.text = try file.map { path throws(RunError) in try TextFile(path) }
        (request.device, request.options) = (place.device, try model.inference())
        return request
    }

    /// The measurement with its notes, running values and progress.
    private func measure(_ prepared: PerplexityMeasurement) throws -> PerplexityMeasurement.Outcome {
        let (loading, progress) = (output.progress(counting: .things("layers")), output.progress(counting: .things("chunks")))
        let values = RunningValues(isShown: format == .text && !output.quiet, hasProgress: !output.noProgress)
        defer {
            loading.finish()
            progress.finish()
        }
        var watcher = PerplexityMeasurement.Watcher()
        watcher.loading = loading.update
        watcher.began = { earlier in
            loading.finish()
            if resume, earlier.isEmpty { output.note(["there is nothing to go on from; beginning with the first chunk"]) }
            progress.start(at: earlier.count)
            for number in earlier.indices { values.add(earlier[...number]) }
        }
        watcher.scored = { scores in
            values.add(scores)
            progress.update(values.last, done: scores.count, of: prepared.run.chunks.count)
        }
        watcher.notKept = { Standard.printError("note: \($0); until that is remedied no chunks are kept") }
        watcher.interrupted = { $0.sentence }
        let outcome = try prepared.measure(watcher)
        progress.finish()
        values.finish()
        return outcome
    }
}

extension UnfinishedRun.Fate {
    /// What an interruption says of the chunks.
    fileprivate var sentence: String {
        switch self {
        case .lost(let done, let all): "\(done) of \(all) chunks were done and are not kept; with --record they would be"
        case .noneDone: "no chunk was done yet"
        case .kept(let done, let all, let path):
            "\(done) of \(all) chunks are kept in \(path); the same command with --resume goes on from them"
        case .keptInPart(let kept, let done, let all, let failure): "\(kept) of \(done) of \(all) chunks are kept: \(failure)"
        }
    }
}

/// The value after each chunk, as it grows.
///
/// It is printed at once, as llama-perplexity does. Where results and progress share a terminal the progress line shows the last value
/// instead, and all are printed at the end.
private final class RunningValues {
    private let isShown: Bool
    private let isHeldBack: Bool
    private var held = ""
    /// The last one, for the progress line.
    private(set) var last = ""

    init(isShown: Bool, hasProgress: Bool) {
        self.isShown = isShown
        isHeldBack = hasProgress && Terminal.errorIsInteractive && Terminal.outputIsTerminal
    }

    /// Takes the scores so far, the newest at the end.
    func add(_ scores: ArraySlice<ChunkScore>) {
        guard isShown, let newest = scores.last else { return }
        let value = PerplexityText.value(PerplexityEstimate(scores))
        last = "PPL \(value)"
        let text = "[\(newest.chunk)]\(value),"
        if isHeldBack { held += text } else { Standard.write(Array(text.utf8)) }
    }

    func finish() {
        if !held.isEmpty { Standard.write(Array(held.utf8)) }
        held = ""
    }
}
