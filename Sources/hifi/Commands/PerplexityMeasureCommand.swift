import ArgumentParser
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Inference

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
        if keepsChunks { places.writes(record.map(UnfinishedRun.path(of:)), as: "what is kept of an interrupted run,") }
        places.writes(writeKlBase, as: "--write-kl-base")
        try places.check()
        let input = try ModelInput(model.model)
        let baseline: Baseline?
        do throws(PerplexityError) {
            do { baseline = try klBase.map { path throws(BaselineError) in try Baseline(path: path) } } catch { throw .baseline(error) }
        } catch { throw Failure(model.model, error) }
        let read = try file.map(ModelInput.text)
        let text = read?.bytes
        let run = try chosen(input, baseline, text)
        let notes = (read?.notes ?? []) + input.notes(context: run.context)
        if !output.quiet { for note in notes { Standard.printError("note: \(note)") } }
        let evaluator = try input.evaluator(
            context: run.context, options: model.inference(), device: place.device,
            progress: output.progress(counting: .things("layers")))
        let setting = record == nil ? nil : text.map { makeSetting(input, run, evaluator, $0, notes) }
        let kept = keepsChunks ? setting : nil
        let earlier = resume ? try kept?.earlierChunks(of: run.chunks) ?? [] : []
        if resume, earlier.isEmpty, !output.quiet {
            Standard.printError("note: there is nothing to go on from; beginning with the first chunk")
        }
        let unfinished = UnfinishedRun(kept, range: run.chunks, done: earlier)
        let progress = output.progress(counting: .things("chunks"))
        progress.start(at: earlier.count)
        defer { progress.finish() }
        let vocabulary = input.model.shape.vocabulary
        var values = RunningValues(isShown: format == .text && !output.quiet, hasProgress: !output.noProgress)
        var scores = earlier
        for number in scores.indices { values.add(scores[...number]) }
        var meter: DivergenceMeter?
        do throws(PerplexityError) {
            meter = try baseline.map { baseline throws(PerplexityError) in
                try DivergenceMeter(baseline, run: run, vocabulary: vocabulary)
            }
            let writer: BaselineWriter?
            do throws(BaselineError) {
                writer = try writeKlBase.map { path throws(BaselineError) in
                    try BaselineWriter(path: path, run: run, vocabulary: vocabulary)
                }
            } catch { throw .baseline(error) }
            _ = try run.scores(evaluator, from: run.chunks.lowerBound + earlier.count, watcher: meter ?? writer) { score in
                scores.append(score)
                if let failure = unfinished.add(score) {
                    Standard.printError("note: \(failure); until that is remedied no chunks are kept")
                }
                values.add(scores[...])
                progress.update(values.last, done: scores.count, of: run.chunks.count)
            }
            do { try writer?.finish() } catch { throw .baseline(error) }
        } catch { throw Failure(model.model, error) }
        progress.finish()
        values.finish()
        try GGUFInput.checkUnchanged(input.files)
        var made: PerplexityRecord?
        if let text, record != nil || format == .json {
            let setting = setting ?? makeSetting(input, run, evaluator, text, notes)
            made = PerplexityRecord(
                conditions: setting.conditions, model: setting.model, threads: setting.threads, device: setting.device, chunks: scores,
                divergence: meter?.report(), notes: notes)
        }
        if let record, let made { try RecordFile.write(made, to: record) }
        unfinished.finish()
        try report(made, scores, meter?.report())
    }

    /// Whether chunks are kept in case of an interruption: logits are not.
    private var keepsChunks: Bool { record != nil && record != "-" && klBase == nil && writeKlBase == nil }

    private func makeSetting(
        _ input: ModelInput, _ run: PerplexityRun, _ evaluator: any ChunkEvaluator, _ text: [UInt8], _ notes: [String]
    ) -> UnfinishedRun.Setting {
        let conditions = PerplexityRecord.Conditions(
            run: run, text: ByteView(text), tokenizer: input.tokenizer, evaluator: evaluator, spec: Spec.version)
        return UnfinishedRun.Setting(
            record: record ?? "", conditions: conditions, model: .init(input.model, file: ForeignText(path: model.model)),
            threads: evaluator.threads,
            device: evaluator.device, notes: notes)
    }

    /// What to score: the text's tokens, or the baseline's.
    private func chosen(_ input: ModelInput, _ baseline: Baseline?, _ text: [UInt8]?) throws -> PerplexityRun {
        let beginning = try input.beginning()
        do throws(PerplexityError) {
            if text == nil, let baseline {
                return try PerplexityRun(baseline, chunks: chunks?.range(of: baseline.chunks.upperBound), beginning: beginning)
            }
            let tokens = text.map(input.tokens) ?? []
            let context = context ?? baseline?.context ?? 512
            return try PerplexityRun(
                tokens: tokens, context: context, chunks: chunks?.range(of: tokens.count / context) ?? baseline?.chunks,
                beginning: beginning)
        } catch { throw Failure(file ?? klBase ?? "", error) }
    }

    private func report(_ made: PerplexityRecord?, _ scores: [ChunkScore], _ divergence: DivergenceReport?) throws {
        guard !output.quiet else { return }
        if format == .json, let made { return Standard.print(try JSONText.render(made)) }
        Standard.print("")
        if let divergence { Standard.print(PerplexityText.lines(divergence).joined(separator: "\n")) }
        Standard.print(PerplexityText.last(PerplexityEstimate(scores)))
    }
}

/// The value after each chunk, as it grows.
///
/// It is printed at once, as llama-perplexity does. Where results and progress share a terminal the progress line shows the last value
/// instead, and all are printed at the end.
private struct RunningValues {
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
    mutating func add(_ scores: ArraySlice<ChunkScore>) {
        guard isShown, let newest = scores.last else { return }
        let value = PerplexityEstimate(scores).perplexity.rounded(toPlaces: 4)
        last = "PPL \(value)"
        let text = "[\(newest.chunk)]\(value),"
        if isHeldBack { held += text } else { Standard.write(Array(text.utf8)) }
    }

    mutating func finish() {
        if !held.isEmpty { Standard.write(Array(held.utf8)) }
        held = ""
    }
}

/// Which chunks of a text to score.
struct ChunkChoice: ExpressibleByArgument {
    private let first: Int
    private let last: Int
    /// A number of chunks may be more than there are, a range may not.
    private let isRange: Bool

    init?(argument: String) {
        let parts = argument.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 1, let count = Int(argument), count > 0 {
            (first, last, isRange) = (1, count, false)
        } else if parts.count == 3, parts[1].isEmpty, let first = Int(parts[0]), let last = Int(parts[2]), first >= 1, last >= first {
            (self.first, self.last, isRange) = (first, last, true)
        } else {
            return nil
        }
    }

    /// The range in a text of so many chunks.
    func range(of available: Int) -> ClosedRange<Int> { isRange ? first...last : 1...max(1, min(last, available)) }
}
