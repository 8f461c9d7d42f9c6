import ArgumentParser
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import HIFIKernels
import Importance
import Quantization
import Rendering

struct AttributeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attribute",
        abstract: "Find out who made a quantized file: which encoder, with which importance matrix.",
        discussion: """
            Encodes the source again in every way that is known here, and compares blocks byte by byte: with and without each importance \
            matrix that --imatrix names, by ggml's quantizing routine and its reference routine, with other numbers of outliers, and after \
            having been in another format first. The encoders are those of llama.cpp and the HIFI fork, compiled without contraction.

            Of each tensor some rows are compared, evenly spread, unless --all-content says all. A tensor that no way gives is said to be \
            by another hand, with its error against the source: near that of an encoder here for another search or other importances, far \
            above for other weights. An importance matrix that is not named can only be inferred so.

            EXAMPLES
              hifi attribute model-Q3_K_M.gguf --source model-F16.gguf
              hifi attribute model-Q3_K_M.gguf --source model-F16.gguf --imatrix a.imatrix.gguf --imatrix b.dat --tensors

            \(ExitStatus.section(
                "every tensor that was encoded is explained by one way",
                [.findings("tensors by another hand, or by several", orUnread: true), .malformed("a file that is damaged"), .unreadable]))
            """)

    @Argument(help: "The quantized GGUF file, or any part of a split one.", completion: .models) var file: String
    @Option(help: "The model that it was made from, such as its F16 or BF16 file.", completion: .models) var source: String
    @Option(help: "An importance matrix that may have been used; may be repeated.", completion: .anyFile) var imatrix: [String] = []
    @Option(help: "Dialect of the file, where it cannot be identified.", completion: .dialects) var inputDialect: String?
    @Flag(help: "Compare every block instead of a sample.") var allContent = false
    @Flag(help: "Name every tensor.") var tensors = false
    @Option(help: "Number of threads; by default one per processor.") var threads: Int?
    @Option(help: "text or json (json always names every tensor).") var format = ResultFormat.text
    @OptionGroup var result: OutputOptions

    func validate() throws {
        if tensors, format == .json { throw ValidationError("--tensors is for text: json always names every tensor") }
        if tensors, result.quiet { throw ValidationError("--tensors prints, which --quiet forbids") }
    }

    func run() throws {
        for path in [file, source] { try GGUFInput.refuseStandardInput(path) }
        let matrices = try imatrix.map { try ImportanceMatrix.read(path: $0) }
        let made = try SourceModel.open(path: file, dialect: DialectName.find(inputDialect))
        let original = try SourceModel.open(path: source)
        let attributor = try Attributor(
            importances: matrices, sampleWeights: allContent ? nil : Attributor.usualSample, threads: ThreadCount.checked(threads))
        let progress = result.progress(counting: .things("tensors"))
        defer { progress.finish() }
        let attribution = try attributor.attribute(made, from: original) { progress.update($0, $1) }
        progress.finish()
        let report = AttributionReport(attribution, Identification.identify(made.files))
        try result.show(report, as: format, report.lines(listing: tensors))
        if !report.isExplained { throw ExitCode(Failure.Status.findings.rawValue) }
    }
}
