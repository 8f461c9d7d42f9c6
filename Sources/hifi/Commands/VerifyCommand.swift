import ArgumentParser
import BlockSpec
import Verification

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Say everything that is wrong with a GGUF file, in one pass.",
        discussion: """
            Checks the container (header, keys, tensor table, extents), what the header promises about the model, and every block: scales and \
            outliers, positions, counts, padding. Split sets are taken as one unit: name any part.

            A finding names its rule, the tensor, row, block, field and byte. "damaged" means that the bytes contradict themselves, \
            "unsupported" that the file is well-formed but of a kind that is not read, "suspicious" that it is readable yet odd.

            Altered weights show where they hit a scale that is then not finite or out of all proportion. Codes may hold anything: only \
            digests, compared by --manifest, tell whether they are the ones that were written.

            Exit status: 0 conforming (notes at most); 1 errors or warnings; 2 the container is malformed or not what it claims to be; \
            74 a file could not be read.

            EXAMPLES
              hifi verify model.gguf
              hifi verify --header-only *.gguf
              hifi verify --manifest model.manifest model.gguf
              hifi verify --profile runtime --format sarif model.gguf > findings.sarif
            """)

    @Argument(help: "GGUF files.") var files: [String]
    @Option(help: "spec: the written format; runtime: what the common loader accepts.") var profile = RuleProfile.spec
    @Option(help: "Compare digests with this manifest (see `hifi hash`).") var manifest: String?
    @Flag(help: "Look at the header and at where data lies, not at the data.") var headerOnly = false
    @Option(help: "Places named for one finding besides the first.") var examples = 8
    @Option(help: "text, json, sarif or junit.") var format = VerifyFormat.text
    @Flag(help: "Print digests of header, tensors and file too.") var digests = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if examples < 0 || examples > 1000 { throw ValidationError("--examples takes 0 to 1000") }
    }

    func run() throws {
        var options = VerifierOptions()
        options.profile = profile
        options.manifestPath = manifest
        options.headerOnly = headerOnly
        options.exampleLimit = examples
        options.wholeFileDigest = digests
        let progress = output.progress
        let report = Verifier(options).verify(files) { state in
            progress.update(state.tensor ?? state.file, done: state.bytesDone, of: state.bytesTotal)
        }
        progress.finish()
        for failure in report.failures { Standard.printError("hifi: error: \(failure.message)") }
        if !output.quiet {
            switch format {
            case .text:
                let lines = VerificationText(report, digests: digests).lines
                if !lines.isEmpty { Standard.print(lines.joined(separator: "\n")) }
            case .json: Standard.print(try JSONText.render(report))
            case .sarif: Standard.print(try JSONText.render(SARIFLog(report)))
            case .junit: Standard.print(VerificationJUnit.text(report))
            }
        }
        if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    }
}

enum VerifyFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, junit
}

extension RuleProfile: ExpressibleByArgument {}
