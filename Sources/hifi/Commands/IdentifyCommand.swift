import ArgumentParser
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import Rendering

struct IdentifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify",
        abstract: "Tell which dialect and which revision a file uses, and who reads it correctly.",
        discussion: """
            GGUF files do not say which revision of Q3_K_HIFI they hold, and the same type id has meant different formats. This \
            command works it out from the distances between tensors, the header and the blocks themselves, and says what each \
            known reader will do with the file: read it correctly, refuse it, or misread it silently.

            A dialect is what the type ids meant in one project during one period. All parts of a split model are identified \
            together; name any part. Keys are those of the first.

            Of a file at an address the header is fetched, and the blocks of tensors that --tensor names: where the same sizes may mean \
            several formats, one tensor of each type settles it.

            Each file has its own result or error; in JSON an entry has "identification" or "error". Folders are searched for \
            *.gguf. The worst file decides the exit status.

            EXAMPLES
              hifi identify model.gguf
              hifi identify model.gguf --all-content --format json
              hifi identify hf://owner/repository/model.gguf

            \(ExitStatus.section(
                "identified",
                [.findings("ambiguous, or readable only in part", orUnread: true),
                    .malformed("no dialect explains the file, or its header is damaged"), .unreadable]))
            """)

    @Argument(help: ModelFiles.help, completion: .models) var files: [String]
    @OptionGroup var tensor: TensorChoice
    @Flag(help: "Examine every block of the HIFI family instead of a sample.") var allContent = false
    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var output: QuietOption

    func validate() throws {
        try ModelFiles.validate(files)
        try tensor.validate(files)
    }

    func run() throws {
        let source = RemoteInput.source(tensors: tensor.names, showsProgress: !output.quiet)
        try tensor.check(files, source)
        var results: [IdentifiedFile] = []
        var failures: [FileFailure] = []
        for entry in ModelFiles(files, source: source).entries {
            switch entry {
            case .failure(let failure): failures.append(failure)
            case .model(let model):
                let identifications = Identification.identify(model, options: .init(readsAllContent: allContent, tensors: tensor.chosen))
                do {
                    try model.checkUnchanged()
                    results += zip(model.parts, identifications).map { IdentifiedFile(file: $0.file.path, identification: $1) }
                } catch { failures.append(FileFailure(error.path, .file(error))) }
            }
        }
        ModelFiles.report(failures)
        try output.show(
            results.map(FileEntry.result) + failures.map(FileEntry.failure), as: format,
            Array(results.map { IdentificationText($0).lines }.joined(separator: [""])))
        // Parts with keys only, as splitting tools make them, say nothing about the others.
        let telling = results.filter { !$0.identification.tensorFormats.isEmpty }
        let statuses = (telling.isEmpty ? results : telling).map { Self.status($0.identification) } + failures.map(\.error.exitCode)
        if let worst = statuses.max(), worst > 0 { throw ExitCode(worst) }
    }

    private static func status(_ identification: Identification) -> Int32 {
        switch identification.confidence {
        case .certain, .likely: identification.misfitCount > 0 ? 1 : 0
        case .ambiguous: 1
        case .none: 2
        }
    }
}
