import ArgumentParser
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIVerification
import Rendering

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Report everything that is wrong with a GGUF file, in one pass.",
        discussion: """
            Checks the container (header, keys, tensor table, extents), the header against the architecture and the tensors, and \
            the content of blocks: scales, outliers, positions, counts, padding. A split model is checked as a whole; name any \
            part.

            Every verdict says what it covers: container, blocks (by content, or by size only), architecture, tokenizer, label, \
            digests, parts. Plain "conforming" means that everything was checked except digests, which need a manifest; otherwise \
            the verdict says "as far as checked" and lists the gaps. --require turns such a gap into an error (COVER-01 to \
            COVER-07): "full" requires all areas but digests, or list them: --require blocks,architecture.

            A finding names its rule and the tensor, row, block, field and byte. "damaged" means that the bytes contradict \
            themselves, "unsupported" that the file is well-formed but of a kind that this program does not read, "suspicious" \
            that it is readable but odd.

            Altered weights are noticed when they hit a scale and leave it not finite or far out of proportion. Quantized codes \
            may hold any value: only digests (--manifest) tell whether they are the ones that were written.

            --rule and --policy silence, lower or raise rules, each with a reason; the verdict says so. A policy is a JSON file \
            (Spec/schema/policy.json); it can limit a rule to tensors, keys or files by patterns (* and ?), and list known \
            findings. --write-baseline writes a policy that lists all errors and warnings of this run; with it, only new ones \
            count, and those that are gone are noted (POLICY-01). Errors of the container cannot be silenced.

            Of a file at an address (`hifi --help` says which) --header-only fetches the header, and --tensor some tensors besides.

            Folders are searched for *.gguf. A file that cannot be read gets its own error and does not hide the others; the worst \
            file decides the exit status. A manifest is one that `hifi hash` writes, in either form, or a list by sha256sum.

            SARIF lists errors and warnings as results, so a conforming file has none; notes are in its properties. A file that \
            could not be read makes the invocation unsuccessful. Rules link to Spec/RULES.md (--rules-uri says where that is \
            served).

            EXAMPLES
              hifi verify model.gguf
              hifi verify --header-only *.gguf
              hifi verify --header-only hf://owner/repository/model-00001-of-00003.gguf
              hifi verify --manifest model.manifest model.gguf
              hifi verify --profile runtime --format sarif model.gguf > findings.sarif
              hifi verify --require full --rule GGUF-36=off:"the label is that of the base model" model.gguf
              hifi verify --write-baseline known.json model.gguf
              hifi verify --policy known.json model.gguf

            \(ExitStatus.section(
                "conforming, with notes at most; also if only as far as checked, and with --write-baseline",
                [.findings("errors or warnings", orUnread: true),
                    .malformed("the container is malformed or not what it claims to be"), .unreadable]))
            """)

    @Argument(help: ModelFiles.help, completion: .models) var files: [String]
    @Option(help: "spec: the written format; runtime: what llama.cpp's loader accepts.") var profile = RuleProfile.spec
    @Option(help: "Compare digests with this manifest (see `hifi hash`).", completion: .anyFile) var manifest: String?
    @Flag(help: "Check the header and where data lies, not the data itself.") var headerOnly = false
    @OptionGroup var tensor: TensorChoice
    @Option(
        help: "Areas that must be checked, separated by commas: full, container, blocks, architecture, tokenizer, label, digests, parts."
    )
    var require: String?
    @Option(
        name: .customLong("rule"),
        help: ArgumentHelp(
            "Silence, lower or raise a rule: RULE=off|note|warning|error:REASON. May be repeated.", valueName: "rule"))
    var rules: [String] = []
    @Option(
        help: "Silence, lower or raise rules and list known findings by this JSON file; may be repeated, the last decides.",
        completion: .file(extensions: ["json"]))
    var policy: [String] = []
    @Option(help: "Write a policy that lists the errors and warnings of this run as known.", completion: .file(extensions: ["json"]))
    var writeBaseline: String?
    @Option(help: "How many places of one finding to name besides the first.") var examples = 8
    @Option(help: "text, json, sarif or junit.") var format = VerifyFormat.text
    @Option(
        help: ArgumentHelp("With --format sarif: where Spec/RULES.md is served, for links to rules.", valueName: "uri"))
    var rulesUri: String?
    @Flag(help: "Also print digests of header, tensors and file.") var digests = false
    @Option(help: "Number of threads, by default one per processor; results do not depend on it.") var threads: Int?
    @OptionGroup var output: OutputOptions

    /// The options that do what remedies ask for, by id of the rule.
    private static let remedyHints: [String: String] = {
        var hints = ["COVER-06": "--manifest"]
        for rule in Spec.containerRules where rule.id.hasPrefix("STAMP-") && rule.id != "STAMP-04" {
            hints[rule.id] = "hifi convert --stamp"
        }
        return hints
    }()

    func validate() throws {
        try ModelFiles.validate(files, besides: manifest)
        try tensor.validate(files)
        if let address = files.first(where: Address.isOne), !headerOnly, tensor.names.isEmpty {
            throw ValidationError(
                "\(RemoteInput.name(address)): of a file that is elsewhere the header is read (--header-only), and some tensors "
                    + "(--tensor); to check all of it, download it")
        }
        if !tensor.names.isEmpty, manifest != nil {
            throw ValidationError("--manifest compares all of the data, of which --tensor takes a part")
        }
        if examples < 0 || examples > 1000 { throw ValidationError("--examples takes 0 to 1000") }
        if let rulesUri {
            if format != .sarif { throw ValidationError("--rules-uri is for --format sarif; leave it out, or add that") }
            guard rulesUri.wholeMatch(of: #/[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?@!$&'()*+,;=%\[\]]+/#) != nil else {
                throw ValidationError("--rules-uri takes an absolute URI without #, such as https://example.org/Spec/RULES.md")
            }
        }
        if headerOnly, manifest != nil { throw ValidationError("--manifest compares data, which --header-only does not look at") }
        if headerOnly, digests { throw ValidationError("--digests are those of data, which --header-only does not look at") }
        if digests, format == .sarif || format == .junit {
            throw ValidationError("--digests go with text and json; \(format) has no place for them")
        }
        let required = try RequiredAreas.parse(require)
        if required.isEmpty, let rule = rules.first(where: { $0.hasPrefix("COVER-") }) {
            throw ValidationError("--rule \(ForeignText(rule)): rules about coverage hold only for areas that --require names")
        }
        if required.contains(.digests), manifest == nil {
            throw ValidationError("--require digests needs something to compare them with: name a manifest (--manifest)")
        }
    }

    func run() throws {
        var options = VerifierOptions()
        options.profile = profile
        options.manifestPath = manifest
        let source = RemoteInput.source(tensors: tensor.names, showsProgress: !output.quiet && !output.noProgress)
        try tensor.check(files, source)
        options.source = source
        options.tensors = tensor.chosen
        // Tensors that are named are looked at, whatever else is not.
        options.headerOnly = headerOnly && tensor.names.isEmpty
        options.exampleLimit = examples
        options.wholeFileDigest = digests
        // Digests are taken where they are shown; a manifest takes its own.
        options.hashing = digests || format == .json
        options.threads = try ThreadCount.checked(threads)
        options.required = try RequiredAreas.parse(require)
        options.remedyHints = Self.remedyHints
        options.policy = try PolicyInput.read(files: policy, rules: rules, profile: profile)
        if let writeBaseline {
            var places = OutputPlaces()
            for file in files { places.reads(file, as: "the file") }
            places.reads(manifest, as: "--manifest")
            places.writes(writeBaseline, as: "--write-baseline")
            try places.check()
            options.findingsCap = BaselineOutput.findingsCap
        }
        let progress = output.progress()
        let report = Verifier(options).verify(files) { state in
            progress.update("\(state.tensor ?? state.file)", done: state.bytesDone, of: state.bytesTotal)
        }
        progress.finish()
        let baseline = try writeBaseline.map { try BaselineOutput.write(report, keeping: options.policy, to: $0) }
        for failure in report.failures { Standard.printError("hifi: error: \(failure.message)") }
        if !output.quiet {
            switch format {
            case .text: output.show(VerificationText(report, digests: digests).lines)
            case .json: Standard.print(try JSONText.render(report))
            case .sarif: Standard.print(try JSONText.render(SARIFLog(report, RuleReference(page: rulesUri))))
            case .junit: Standard.print(VerificationJUnit.text(report))
            }
        }
        if let baseline {
            Standard.printError("hifi: \(baseline.line)")
            if baseline.isRefused, report.exitCode <= 1 { throw ExitCode(Failure.Status.usage.rawValue) }
        }
        if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    }
}

enum VerifyFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, junit
}

extension RuleProfile: ExpressibleByArgument {}
