import ArgumentParser
import Foreign
import GGUF
import Verification

struct IdentifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify",
        abstract: "Tell which numbering and which revision a file uses, and who reads it right.",
        discussion: """
            GGUF files do not say which revision of Q3_K_HIFI they hold, and the same type id has meant different formats. This command \
            works it out from the distances between tensors, the header and the blocks themselves, and says what each known reader will \
            do with the file: read it rightly, refuse it, or misread it without a word.

            Of a split model all parts are identified together, whichever of them is named: keys are those of the first.

            Exit status: 0 identified; 1 ambiguous or readable only in part; 2 no numbering explains the file.

            EXAMPLES
              hifi identify model.gguf
              hifi identify model.gguf --all-content --format json
            """)

    @Argument(help: "GGUF files.") var files: [String]
    @Flag(help: "Look at every block of the HIFI family instead of a sample.") var allContent = false
    @Option(help: "text or json.") var format = ResultFormat.text

    func run() throws {
        var results: [Result] = []
        var seen: Set<ForeignText> = []
        for path in files where !seen.contains(ForeignText(path: path)) {
            let model = try GGUFInput.openModel(path)
            let identifications = Identification.identify(model, options: .init(readsAllContent: allContent))
            try GGUFInput.checkUnchanged(model)
            results += zip(model.parts, identifications).map { Result(file: $0.file.path, identification: $1) }
            if model.isSplit { seen.formUnion(model.parts.map(\.file.path)) }
        }
        switch format {
        case .json: Standard.print(try JSONText.render(results))
        case .text:
            let texts = results.map { IdentificationText($0.file, $0.identification).lines.joined(separator: "\n") }
            Standard.print(texts.joined(separator: "\n\n"))
        }
        // Parts with keys only, as splitting tools make them, say nothing about the others.
        let telling = results.filter { !$0.identification.tensorFormats.isEmpty }
        let worst = (telling.isEmpty ? results : telling).map { Self.status($0.identification) }.max() ?? 0
        if worst > 0 { throw ExitCode(worst) }
    }

    private static func status(_ identification: Identification) -> Int32 {
        switch identification.confidence {
        case .certain, .likely: identification.misfitCount > 0 ? 1 : 0
        case .ambiguous: 1
        case .none: 2
        }
    }

    private struct Result: Encodable {
        let file: ForeignText
        let identification: Identification
    }
}
