import ArgumentParser
import Figures
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Rendering

struct FiguresSizesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sizes",
        abstract: "Compute the sizes of models from shapes and routing alone, without weights.",
        discussion: """
            Without a model: the eighteen cells of the published table, each compared with what was printed. Sizes are those that \
            loaders print, the bytes of all tensors without header and padding, rounded as C's printf does.

            A model is a GGUF file or any part of a split one (only shapes count), a model of the published table (qwen3-1.7b), a \
            config.json as Hugging Face writes it, or a set of hyper-parameters. Some files hold output.weight although the model \
            ties it to the token embedding: --output-tensor says so for a config.json or hyper-parameters.

            EXAMPLES
              hifi figures sizes
              hifi figures sizes --mix q3_k_l --mix q3_k_hifi --revision r12
              hifi figures sizes --model model.gguf --mix all
              hifi figures sizes --model hf://owner/repository/model.gguf --mix q3_k_m
              hifi figures sizes --config config.json --output-tensor present
              hifi figures sizes --layers 28 --embedding 1024 --feed-forward 3072 --heads 16 --heads-kv 8 \\
                --head-size 128 --vocabulary 151936 --tied --output-tensor present

            \(ExitStatus.section(
                "computed; published cells follow", [.findings("a published cell does not follow"), .damaged, .unreadable]))
            """)

    @Option(help: "A GGUF file or its address, or the id of a published model.", completion: .models) var model: String?
    @Option(help: "A config.json in Hugging Face form.", completion: .file(extensions: ["json"])) var config: String?
    @OptionGroup(title: "Hyper-parameters") var shape: ShapeOptions
    @Option(help: "Routing of tensors to types; may be repeated; all for every known one. [q3_k_hifi, q3_k_m, q3_k_s]", completion: .mixes)
    var mix: [String] = []
    @Option(help: "HIFI revision of the blocks (r1 to r13) instead of the mix's own.", completion: .revisions) var revision: String?
    @Flag(help: "Assume an importance matrix, for mixes that depend on it.") var imatrix = false
    @Option(name: .customLong("output-tensor"), help: "Whether the file holds output.weight: present or absent.") var outputTensor:
        Presence?
    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var output: QuietOption

    enum Presence: String, ExpressibleByArgument, CaseIterable {
        case present, absent
    }

    func validate() throws {
        try RemoteInput.validate(model.map { [$0] } ?? [])
        let sources = [model != nil, config != nil, shape.isGiven].count { $0 }
        if sources > 1 { throw ValidationError("one of --model, --config and hyper-parameters at most") }
        if outputTensor != nil, config == nil, !shape.isGiven {
            throw ValidationError("--output-tensor needs --config or hyper-parameters: files and published models already say so")
        }
        if shape.isGiven { try shape.validate() }
    }

    func run() throws {
        let report: SizeReport
        do {
            report = try self.report()
        } catch let error as FiguresError {
            throw Failure(status(of: error), "\(error)")
        }
        try output.show(report, as: format, SizesText(report).lines)
        if !report.agrees { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func report() throws -> SizeReport {
        let table = Spec.published.first
        let requests = try requests()
        if let config {
            let text = try WholeFile.readText(argument: config, .settings)
            let model = try HuggingFaceConfig(text, of: config).model(id: config, outputTensor: outputTensor.map { $0 == .present })
            return try SizeReport([model], requests)
        }
        if shape.isGiven {
            let model = try shape.configuration.model(id: "hyper-parameters", outputTensor: outputTensor.map { $0 == .present })
            return try SizeReport([model], requests)
        }
        if let model {
            if Spec.model(model) != nil { return try SizeReport([SizedModel(known: model)], requests, table: table) }
            let files = try GGUFInput.openModel(
                model, unread: .malformed, source: RemoteInput.source(showsProgress: !output.quiet))
            let report = try SizeReport([SizedModel(files, path: RemoteInput.name(model))], requests, stored: SizeReport.Stored(files))
            try files.checkUnchanged()
            return report
        }
        guard let table else { throw Failure(.internal, "the spec holds no published table") }
        return try SizeReport.published(table, requests)
    }

    private func requests() throws -> [ModelSize.Request] {
        var names = mix.isEmpty ? SizeReport.publishedMixes : mix
        if names.contains("all") { names = Spec.mixes.map(\.id) }
        return try names.map { try ModelSize.Request(mix: $0, revision: revision, imatrix: imatrix) }
    }

    /// What a file says wrong is malformed input; what the user says wrong is usage.
    private func status(of error: FiguresError) -> Failure.Status {
        switch error {
        case .unknown(let what, _, _): what == "architecture" && config != nil ? .malformed : .usage
        case .missing, .outOfRange: config == nil ? .usage : .malformed
        case .notConfiguration: .malformed
        case .noWholeBlocks, .unroutable, .tooLarge, .noTensors: config == nil && shape.isGiven ? .usage : .malformed
        }
    }
}

/// The hyper-parameters of a model, one option each.
struct ShapeOptions: ParsableArguments {
    @Option(help: "Architecture: qwen3 or llama.") var architecture: String?
    @Option(help: "Number of layers.") var layers: Int?
    @Option(help: "Length of a token's vector.") var embedding: Int?
    @Option(name: .customLong("feed-forward"), help: "Width of the feed-forward part.") var feedForward: Int?
    @Option(help: "Number of query heads.") var heads: Int?
    @Option(name: .customLong("heads-kv"), help: "Number of key and value heads. [as many as query heads]") var headsKV: Int?
    @Option(name: .customLong("head-size"), help: "Length of one head's vector. [embedding / heads]") var headSize: Int?
    @Option(help: "Number of tokens.") var vocabulary: Int?
    @Flag(help: "The token embedding is the output matrix too.") var tied = false

    var isGiven: Bool {
        architecture != nil || tied || [layers, embedding, feedForward, heads, headsKV, headSize, vocabulary].contains { $0 != nil }
    }

    func validate() throws {
        guard isGiven else { return }
        let needed = [("--layers", layers), ("--embedding", embedding), ("--feed-forward", feedForward), ("--heads", heads)]
        for (name, value) in needed + [("--vocabulary", vocabulary)] where value == nil {
            throw ValidationError("\(name) is needed with other hyper-parameters")
        }
    }

    var configuration: HuggingFaceConfig {
        HuggingFaceConfig(
            modelType: architecture ?? "qwen3", hiddenSize: embedding, layers: layers, intermediateSize: feedForward, heads: heads,
            headsKV: headsKV, headSize: headSize, vocabulary: vocabulary, tied: tied)
    }
}
