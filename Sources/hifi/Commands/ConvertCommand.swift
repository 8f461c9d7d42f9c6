import ArgumentParser
import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import Quantization
import Rendering

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Change the revision or the type ids of a file without changing a weight.",
        discussion: """
            --to rewrites every Q3_K_HIFI tensor in another revision. Each block is decoded before and after; if a single weight \
            would change, nothing is written, and the message names tensor, row and block. --renumber writes the same blocks under \
            the type ids of another dialect (ids of Spec/dialects.yaml). Keys, tensors and their order stay; general.file_type and \
            the type ids follow the dialect.

            EXAMPLES
              hifi convert r6.gguf r12.gguf --to q3_k_hifi@r12
              hifi convert r12.gguf r13.gguf --to r13 --stamp
              hifi convert published.gguf readable.gguf --renumber fork-2025-12-22

            \(ExitStatus.section("written", [.findings("refused, since weights would change", orUnread: true), .damaged, .unwritable]))
            """)

    @Argument(help: "The model to read; any part of a split one.", completion: .models) var input: String
    @Argument(help: "The file to write.", completion: .models) var output: String
    @Option(help: "Revision of Q3_K_HIFI to convert to: q3_k_hifi@r13, or just r13.", completion: .revisions) var to: String?
    @Option(help: "Dialect whose type ids to write; by default the input's if it has them all.", completion: .dialects) var renumber:
        String?
    @Option(help: "Dialect of the input, where it cannot be identified.", completion: .dialects) var inputDialect: String?
    @Flag(help: "Add keys that name the specification's version, the dialect and each type's revision (hifi.*).") var stamp = false
    @Option(help: "Number of threads; by default one per processor.") var threads: Int?
    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var result: OutputOptions

    func validate() throws {
        if threads != nil, to == nil { throw ValidationError("--threads goes with --to: without it blocks are copied") }
    }

    func run() throws {
        var options = ConversionOptions()
        options.target = try to.map(Self.target)
        options.dialect = try DialectName.find(renumber)
        options.stamp = stamp ? Spec.version : nil
        options.threads = try ThreadCount.checked(threads)
        if options.target == nil, options.dialect == nil, !stamp {
            throw Failure(.usage, "--to or --renumber is needed: one says what to change")
        }
        var places = OutputPlaces()
        places.reads(model: input, as: "the input")
        places.writes(output, as: "the output")
        try places.check()
        try GGUFInput.refuseStandardInput(input)
        let model = try SourceModel.open(path: input, dialect: DialectName.find(inputDialect))
        let progress = result.progress()
        defer { progress.finish() }
        let summary = try Converter.convert(model, options, to: output) {
            progress.update("\($0.tensor)", done: $0.done, of: $0.total)
        }
        progress.finish()
        let report = ConversionReport(summary, input: input, output: output)
        try result.show(report, as: format, report.lines)
    }

    private static func target(_ name: String) throws -> BlockFormat {
        guard let format = Spec.format(name.contains("@" as Character) || name.hasPrefix("q3") ? name : "q3_k_hifi@\(name)"),
            format.family == "q3_k_hifi"
        else {
            throw Failure(
                .usage,
                "there is no revision \(ForeignText(name)) of q3_k_hifi to convert to; \(NearNames.hint(name, in: KnownNames.revisions))")
        }
        return format
    }
}
