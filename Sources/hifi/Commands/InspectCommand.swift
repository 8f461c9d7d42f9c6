import ArgumentParser
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIVerification
import Rendering
import Runs

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what a GGUF file contains: keys, tensors, types, sizes.",
        discussion: """
            Sizes and bits per weight are those that loaders print: the bytes of all tensors, without header and padding. Nothing \
            is judged here; see `hifi verify`. Each part of a split model is shown separately; what its types mean and which model \
            it is follows from all parts that are there.

            JSON has every key with its value and every tensor. The first \(KeyValue.defaultArrayLimit) elements of an array are \
            given, or as many as --array-limit says (0: all); "length" and "truncated" say how much that is. Numbers are numbers; \
            integers beyond 2^53, infinities and NaN are strings; text that is not UTF-8 has "bytes" in hexadecimal digits. One \
            file gives an object, several files or a folder an array, in which a file that could not be read has "error".

            The worst file decides the exit status.

            EXAMPLES
              hifi inspect model.gguf
              hifi inspect model.gguf --tensors --keys
              hifi inspect model.gguf --format json --array-limit 0
              hifi inspect models/
              hifi inspect https://example.org/model.gguf

            \(ExitStatus.section("shown", [.unread, .damaged, .unreadable]))
            """)

    @Argument(help: ModelFiles.help, completion: .models) var files: [String]
    @Flag(help: "List the tensors.") var tensors = false
    @Flag(help: "List the metadata keys with their values.") var keys = false
    @Option(help: "With --format json: how many elements of an array to give, 0 for all. Default: \(KeyValue.defaultArrayLimit).")
    var arrayLimit: Int?
    @Option(help: "text or json (json always has everything).") var format = ResultFormat.text
    @OptionGroup var result: QuietOption

    func validate() throws {
        try ModelFiles.validate(files)
        if result.quiet, tensors || keys { throw ValidationError("--tensors and --keys print, which --quiet forbids") }
        if format == .json, tensors || keys { throw ValidationError("--tensors and --keys are for text: json always has everything") }
        guard let arrayLimit else { return }
        if arrayLimit < 0 { throw ValidationError("--array-limit takes 0 (all) or a number of elements") }
        if format != .json { throw ValidationError("--array-limit is for --format json; leave it out, or add that") }
    }

    func run() throws {
        let source = RemoteInput.source(showsProgress: !result.quiet)
        let isFolder = try files.count == 1 && files[0] != "-" && !RemoteInput.hasAddress(files) && FolderWalk.isFolder(files[0])
        let (paths, unread) = ModelInputs.expand(files, source: source)
        let limit = arrayLimit == 0 ? nil : arrayLimit ?? KeyValue.defaultArrayLimit
        var entries: [FileEntry<Inspection>] = []
        for path in paths {
            do { entries.append(.result(try Inspection.read(path, arrayLimit: limit, source: source))) } catch {
                entries.append(.failure(FileFailure(RemoteInput.name(path), error)))
            }
        }
        entries += unread.map { .failure(FileFailure($0.path, .file($0))) }
        let failures = entries.compactMap { if case .failure(let failure) = $0 { failure } else { nil } }
        ModelFiles.report(failures)
        let shown = entries.compactMap { if case .result(let inspection) = $0 { inspection } else { nil } }
        let lines = Array(shown.map { InspectionText($0, tensors: tensors, keys: keys).lines }.joined(separator: [""]))
        // One file is one object.
        let isSingle = files.count == 1 && !isFolder && entries.count == 1
        if isSingle { try result.show(entries[0], as: format, lines) } else { try result.show(entries, as: format, lines) }
        if let worst = failures.map(\.error.exitCode).max() { throw ExitCode(worst) }
    }
}
