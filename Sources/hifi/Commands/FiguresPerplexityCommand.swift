import ArgumentParser
import HIFIBlockSpec
import HIFIForeign
import HIFIIdentification
import Inference
import Rendering
import Runs

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
        let text = try TextFile(text)
        var cells: [MeasuredCell] = []
        for path in model {
            let input = try RunnableModel(argument: path)
            let record = try measure(input, text)
            let comparison = PublishedPerplexity(
                table, model: PublishedPerplexity.model(input.model.shape, in: table),
                mixes: Identification.exactMixes(input.identifications), record: record,
                processor: record.device?.description ?? "CPU (\(record.conditions.kernel))")
            cells.append(MeasuredCell(file: path, comparison))
        }
        try output.show(cells, as: format, MeasuredCell.lines(cells))
        if cells.contains(where: { $0.comparison.verdict != .inside }) { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func measure(_ input: RunnableModel, _ text: TextFile) throws -> PerplexityRecord {
        var request = PerplexityMeasurement.Request()
        (request.text, request.context, request.chunks) = (text, 512, chunks)
        (request.device, request.options) = (place.device, .init(threads: try ThreadCount.checked(threads)))
        let prepared = try PerplexityMeasurement(input, request)
        let progress = output.progress(counting: .things("chunks"))
        defer { progress.finish() }
        var watcher = PerplexityMeasurement.Watcher()
        watcher.scored = { progress.update(done: $0.count, of: prepared.run.chunks.count) }
        guard let record = try prepared.measure(watcher).record() else { throw Failure(.internal, "a text was measured without a record") }
        return record
    }
}
