import ArgumentParser
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import Inference
import Suite

struct FiguresPerplexityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perplexity",
        abstract: "Measure models and compare with the published perplexities.",
        discussion: """
            Runs each model over the text (context 512, all chunks) and compares with the cell of the published table that has its \
            shape and its mix: inside if the published value lies within two standard errors (plus the rounding of what is \
            printed). The publication does not state its conditions; each of them is listed with what was done here. A verdict is \
            only as good as their agreement.

            EXAMPLES
              hifi figures perplexity --model Qwen3-0.6B-Q3_HIFI.gguf --text wiki.test.raw --threads 8
              hifi figures perplexity --model Qwen3-32B-Q3_HIFI.gguf --text wiki.test.raw --device cuda
              hifi figures perplexity --model a.gguf --model b.gguf --text wiki.test.raw --chunks 100 --format json

            \(ExitStatus.section(
                "all inside",
                [.findings("some outside, or without a published cell", orUnread: true), .damaged, .unavailable, .unreadable]))
            """)

    @Option(name: [.customShort("m"), .long], help: "GGUF file; may be repeated.", completion: .models) var model: [String]
    @Option(name: [.customShort("f"), .long], help: "File of UTF-8 text.", completion: .anyFile) var text: String
    @Option(help: "N for the first N chunks, A..B for chunks A to B, counted from 1.") var chunks: ChunkChoice?
    @Option(name: .shortAndLong, help: "Number of threads, by default one per processor; results do not depend on it.") var threads: Int?
    @OptionGroup var place: DeviceOption
    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !model.isEmpty else { throw ValidationError("a model is needed: --model FILE") }
    }

    func run() throws {
        guard let table = Spec.published.first else { throw Failure(.internal, "the spec has no published table") }
        let text = try ModelInput.text(text).bytes
        var results: [Result] = []
        for path in model {
            let input = try ModelInput(path)
            let record = try measure(input, text)
            let comparison = PublishedPerplexity(
                table, model: PublishedPerplexity.model(input.model.shape, in: table),
                mixes: Identification.exactMixes(input.identifications), record: record,
                processor: record.device?.description ?? "CPU (\(record.conditions.kernel))")
            results.append(Result(file: path, comparison: comparison))
        }
        if !output.quiet {
            switch format {
            case .json: Standard.print(try JSONText.render(results))
            case .text: Standard.print(Self.lines(results).joined(separator: "\n"))
            }
        }
        if results.contains(where: { $0.comparison.verdict != .inside }) { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func measure(_ input: ModelInput, _ text: [UInt8]) throws -> PerplexityRecord {
        let context = 512
        let tokens = input.tokens(ofText: text)
        let beginning = try input.beginning()
        let run: PerplexityRun
        do throws(PerplexityError) {
            run = try PerplexityRun(
                tokens: tokens, context: context, chunks: chunks?.range(of: tokens.count / context),
                beginning: beginning)
        } catch { throw Failure(self.text, error) }
        let progress = output.progress(counting: .things("chunks"))
        let evaluator = try input.evaluator(
            context: context, options: .init(threads: try ThreadCount.checked(threads)), device: place.device, progress: progress)
        defer { progress.finish() }
        let scores: [ChunkScore]
        do throws(PerplexityError) {
            scores = try run.scores(evaluator) { progress.update(done: $0.chunk - run.chunks.lowerBound + 1, of: run.chunks.count) }
        } catch { throw Failure(input.path, error) }
        try GGUFInput.checkUnchanged(input.files)
        let conditions = PerplexityRecord.Conditions(
            run: run, text: ByteView(text), tokenizer: input.tokenizer, evaluator: evaluator, spec: Spec.version)
        return PerplexityRecord(
            conditions: conditions, model: .init(input.model, file: ForeignText(path: input.path)), threads: evaluator.threads,
            device: evaluator.device, chunks: scores, notes: input.notes(context: run.context))
    }

    private static func lines(_ results: [Result]) -> [String] {
        var table = TextTable([
            ("file", .left), ("model", .left), ("mix", .left), ("measured", .right), ("+/-", .right), ("published", .right),
            ("off by errors", .right), ("", .left),
        ])
        for result in results {
            let it = result.comparison
            let verdict =
                switch it.verdict {
                case .inside: Style.green("inside")
                case .outside: Style.red("outside")
                case .none: Style.yellow("no published cell")
                }
            table.add(
                result.file, it.model ?? "-", it.mix ?? "-", it.measured.perplexity.rounded(toPlaces: 4),
                it.measured.error?.rounded(toPlaces: 5) ?? "-", it.published ?? "-", it.deviation?.rounded(toPlaces: 1) ?? "-", verdict)
        }
        var lines = table.lines()
        for result in results {
            lines += ["", "\(ForeignText(path: result.file)): conditions"] + result.comparison.conditions.map { "  \($0)" }
        }
        return lines
    }

    private struct Result: Encodable {
        let file: String
        let comparison: PublishedPerplexity
    }
}
