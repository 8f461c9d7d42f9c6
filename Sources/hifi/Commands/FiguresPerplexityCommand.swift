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

            With --record nothing is measured: each model has a record of `hifi perplexity`, of one run or merged from parts, which has \
            to be a record of this very file.

            EXAMPLES
              hifi figures perplexity --model Qwen3-0.6B-Q3_HIFI.gguf --text wiki.test.raw --threads 8
              hifi figures perplexity --model Qwen3-32B-Q3_HIFI.gguf --text wiki.test.raw --device cuda
              hifi figures perplexity --model a.gguf --model b.gguf --text wiki.test.raw --chunks 100 --format json
              hifi figures perplexity --model a.gguf --record a.json --model b.gguf --record b.json

            \(ExitStatus.section(
                "all inside",
                [.findings("some outside, or without a published cell", orUnread: true), .damaged, .unavailable, .unreadable]))
            """)

    @Option(name: [.customShort("m"), .long], help: "GGUF file; may be repeated.", completion: .models) var model: [String]
    @Option(name: [.customShort("f"), .long], help: "File of UTF-8 text.", completion: .anyFile) var text: String?
    @Option(
        help: "Record of the model in the same place, instead of a measurement; one for each model, in their order.",
        completion: .file(extensions: ["json"]))
    var record: [String] = []
    @Option(help: "N for the first N chunks, A..B for chunks A to B, counted from 1.") var chunks: ChunkChoice?
    @Option(name: .shortAndLong, help: "Number of threads, by default one per processor; results do not depend on it.") var threads: Int?
    @OptionGroup var place: DeviceOption
    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !model.isEmpty else { throw ValidationError("a model is needed: --model FILE") }
        if record.isEmpty {
            guard text != nil else { throw ValidationError("a text is needed: --text FILE; or what was measured: --record FILE") }
            return
        }
        guard record.count == model.count else {
            throw ValidationError("\(model.count) × --model and \(record.count) × --record: each model needs its record, in the same order")
        }
        let useless = [
            ("--text", text != nil), ("--chunks", chunks != nil), ("--threads", threads != nil), ("--device", place.device == .cuda),
        ]
        for (option, isGiven) in useless where isGiven {
            throw ValidationError("\(option) does nothing with --record, which holds what was measured")
        }
    }

    func run() throws {
        guard let table = Spec.published.first else { throw Failure(.internal, "the spec has no published table") }
        let text = try text.map { try TextFile($0) }
        var cells: [MeasuredCell] = []
        for (index, path) in model.enumerated() {
            let input = try RunnableModel(argument: path)
            let record = if let text { try measure(input, text) } else { try recorded(record[index], of: input, path) }
            let comparison = PublishedPerplexity(
                table, model: PublishedPerplexity.model(input.model.shape, in: table),
                mixes: Identification.exactMixes(input.identifications), record: record,
                processor: Self.processor(record))
            cells.append(MeasuredCell(file: path, comparison))
        }
        try output.show(cells, as: format, MeasuredCell.lines(cells))
        if cells.contains(where: { $0.comparison.verdict != .inside }) { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    /// A merged record does not name the device.
    private static func processor(_ record: PerplexityRecord) -> String {
        if let device = record.device { return device.description }
        return record.conditions.kernel == "cuda" ? "an NVIDIA device" : "CPU (\(ForeignText(record.conditions.kernel)))"
    }

    private func recorded(_ path: String, of input: RunnableModel, _ model: String) throws -> PerplexityRecord {
        let record = try RecordFile.read(path)
        let digest = input.model.files.digest(.sha256).hex
        guard record.model.sha256 == digest else {
            throw Failure(
                .malformed,
                "\(ForeignText(path: path)): the record of another model, SHA-256 \(ForeignText(record.model.sha256)); "
                    + "\(ForeignText(path: model)) has \(digest)")
        }
        return record
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
