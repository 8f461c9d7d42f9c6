import ArgumentParser
import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIReference
import Importance
import Quantization
import Rendering

struct QuantizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize",
        abstract: "Quantize a model file, byte for byte as llama-quantize does.",
        discussion: """
            Reads a GGUF model in F32, F16 or BF16 and writes one whose tensors have the types that the mix gives them. The whole \
            output equals what llama-quantize writes with one thread, header and padding included, whatever the number of threads \
            here. The output appears complete, or not at all.

            Stock mixes are those of llama.cpp as in llama-cpp-python 0.3.36: q2_k, q2_k_s, q3_k_s, q3_k_m, q3_k_l, q4_0, q4_1, \
            q4_k_s, q4_k_m, q5_0, q5_1, q5_k_s, q5_k_m, q6_k, q8_0, iq1_s, iq1_m, iq2_xxs, iq2_xs, iq2_s, iq2_m, iq3_xxs, iq3_xs, \
            iq3_s, iq3_m, iq4_nl, iq4_xs, tq1_0, tq2_0, q1_0, q2_0, mxfp4_moe, f16, bf16, f32, for nearly all architectures that it \
            knows; the others are refused by name. Those of IQ1 and IQ2, iq3_xxs, iq3_xs and q2_k_s need --imatrix. HIFI mixes are \
            those of the llama.cpp HIFI fork: q3_k_hifi (the routing of the published table, r6) and its other routings over time (a1, \
            j18, f08, …: see Spec/mixes), for dense models. --revision r12 with q3_k_hifi takes the last routing that was in force with \
            that revision.

            Weights that a type cannot hold, importances whose sums overflow or vanish, and matrices that would become all zeros \
            are refused: no scale that is not finite is ever written, and no tensor silently becomes zeros.

            EXAMPLES
              hifi quantize model-F16.gguf model.gguf --mix q3_k_hifi --imatrix model.imatrix.gguf
              hifi quantize model-F16.gguf model.gguf --mix q3_k_m --tensor-type 'attn_v=q3_k_hifi' --tensor-type 'blk\\.0\\.=q6_k'
              hifi quantize model-F16.gguf model.gguf --mix q3_k_hifi --revision r12 --dry-run
              hifi quantize model-F16.gguf model.gguf --mix q3_k_hifi --stamp --dialect fork-2025-12-13

            \(ExitStatus.section("written", [.unread, .damaged, .unwritable]))
            """)

    @Argument(help: "The model to read; any part of a split one.", completion: .models) var input: String
    @Argument(help: "The file to write.", completion: .models) var output: String
    @Option(help: "Which tensor gets which type.", completion: .mixes) var mix: String
    @Option(help: "Revision of Q3_K_HIFI, for HIFI mixes: r6, r12, r13, …", completion: .revisions) var revision: String?
    @Option(help: "Importance matrix, GGUF or the older .dat. Its path is stored in the output as given here.", completion: .anyFile)
    var imatrix: String?
    @Option(
        name: .customLong("tensor-type"),
        help: """
            PATTERN=TYPE: tensors in whose name the regular expression occurs get this type. Of several that match, the first wins under a \
            stock mix, the last under a HIFI mix, as in llama.cpp and its HIFI fork.
            """)
    var tensorTypes: [String] = []
    @Option(
        help: "Dialect whose type ids to write (ids of Spec/dialects.yaml); by default the usual one for the types.", completion: .dialects)
    var dialect: String?
    @Option(help: "Dialect of the input, where it cannot be identified.", completion: .dialects) var inputDialect: String?
    @Flag(help: "Also take tensors that are already quantized as input.") var allowRequantize = false
    @Flag(help: "Encode without importances where the matrix has no entry, and take entries of zeros as they are.")
    var allowPartialImatrix = false
    @Option(
        name: .customLong("on-nonfinite"),
        help: "What to do with NaN, infinities and weights too large for the type: error, clamp, or original (as llama-quantize).")
    var onNonFinite = EncodeCommand.Policy.error
    @Flag(help: "Add keys that name the specification's version, the dialect and each type's revision (hifi.*).") var stamp = false
    @Option(help: "Number of threads; by default one per processor.") var threads: Int?
    @Flag(help: "Show what each tensor would become; write nothing.") var dryRun = false
    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var result: OutputOptions

    func validate() throws {
        if dryRun, threads != nil { throw ValidationError("--threads does nothing with --dry-run, which encodes nothing") }
        if allowPartialImatrix, imatrix == nil { throw ValidationError("--allow-partial-imatrix goes with --imatrix") }
    }

    func run() throws {
        var places = OutputPlaces()
        places.reads(model: input, as: "the input")
        places.reads(imatrix, as: "--imatrix")
        if !dryRun { places.writes(output, as: "the output") }
        try places.check()
        let options = try options()
        try GGUFInput.refuseStandardInput(input)
        let model = try SourceModel.open(path: input, dialect: DialectName.find(inputDialect))
        let plan = try QuantizationPlan(model, options)
        guard !dryRun else { return try show(QuantizationReport(model, plan, summary: nil, output: output), plan) }
        let progress = result.progress()
        defer { progress.finish() }
        let summary = try Quantizer.write(model, plan: plan, options: options, to: output) {
            progress.update("\($0.tensor)", done: $0.done, of: $0.total)
        }
        progress.finish()
        try show(QuantizationReport(model, plan, summary: summary, output: output), plan)
    }

    private func options() throws -> QuantizationOptions {
        var options = QuantizationOptions(routing: try Routing(mix: mix, revision: revision))
        options.overrides = try tensorTypes.map { try TypeOverride($0) }
        options.imatrix = try imatrix.map { try ImportanceMatrix.read(path: $0) }
        options.dialect = try DialectName.find(dialect)
        options.allowsRequantizing = allowRequantize
        options.allowsPartialImatrix = allowPartialImatrix
        options.policy = onNonFinite.input
        options.stamp = stamp ? Spec.version : nil
        options.threads = try ThreadCount.checked(threads)
        return options
    }

    private func show(_ report: QuantizationReport, _ plan: QuantizationPlan) throws {
        try result.show(report, as: format, report.lines(listing: dryRun ? plan.tensors : [], unwritten: "--dry-run"))
    }
}
