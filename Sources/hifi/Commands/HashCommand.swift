import ArgumentParser
import Foreign
import GGUF
import Verification

struct HashCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash",
        abstract: "Digest tensors, header and file; write or check manifests.",
        discussion: """
            The `hifi` form of a manifest has a line for each tensor (with type id and dimensions), for the data of all tensors, for the \
            header and for the whole file, so that a renamed tensor or a changed key is noticed. The `common` form is that of \
            llama.cpp's llama-gguf-hash, which covers tensor data only.

            A split model is one unit: name any part, and all parts are digested and checked. A part that is missing is an error. Parts \
            under other names, which only their keys call parts, are one unit where all of them are given.

            --check says how much it compared: digests of how many tensors, and which files of the manifest were not given.

            EXAMPLES
              hifi hash model.gguf > model.manifest
              hifi hash --check model.manifest model.gguf
              hifi hash model-00001-of-00003.gguf > model.manifest
              hifi hash --algorithm sha256 --form common model.gguf
            """)

    @Argument(help: "GGUF files; of a split model, any part.") var files: [String]
    @Option(name: .shortAndLong, help: "xxh64, xxh3 (64 bits), xxh128 (XXH3, 128 bits), sha1, sha256; may be repeated. Default: xxh128.")
    var algorithm: [AlgorithmName] = []
    @Option(help: "hifi or common.") var form = FormName.hifi
    @Option(help: "Check the files against this manifest (of either form) instead of printing one.") var check: String?
    @Option(help: "With --check: text or json.") var format = ResultFormat.text
    @OptionGroup var output: OutputOptions

    func run() throws {
        var places = OutputPlaces()
        for file in files { places.reads(model: file, as: "the file") }
        places.reads(check, as: "--check")
        places.writesStandardOutput()
        try places.check()
        if let check { try self.check(against: check) } else { try printManifest() }
    }

    private func printManifest() throws {
        let chosen = algorithm.isEmpty ? [form == .hifi ? .xxh128 : .xxh64] : algorithm.map(\.algorithm)
        if form == .common, chosen == [.xxh128] {
            throw Failure(.usage, "the common form has no XXH3 of 128 bits; choose another --algorithm")
        }
        let digests = try digests(chosen)
        for file in digests where !file.skippedTensors.isEmpty {
            let names = file.skippedTensors.prefix(3).joined(separator: ", ") + (file.skippedTensors.count > 3 ? ", …" : "")
            throw Failure(
                .malformed,
                "\(file.fileName): data of \(file.skippedTensors.count) tensors (\(names)) is not in the file or overlaps; see `hifi verify`"
            )
        }
        do {
            Standard.write(Array(try Manifest(digests, form: form.form).text().utf8))
        } catch {
            throw Failure(.usage, "\(error)")
        }
    }

    private func check(against path: String) throws {
        let (manifest, problems) = Manifest.parse(ByteView(try RawFiles.read(path)))
        if let problem = problems.first { throw Failure(.malformed, "\(ForeignText(path: path)): \(problem)") }
        if manifest.entries.isEmpty { throw Failure(.malformed, "\(ForeignText(path: path)): no digests in it") }
        let digests = try digests(manifest.algorithms)
        let result = CheckResult(path, manifest.check(against: digests), manifest.coverage(of: digests), files: digests.map(\.fileName))
        if !output.quiet {
            switch format {
            case .json: Standard.print(try JSONText.render(result))
            case .text: Standard.print(result.text)
            }
        }
        if !result.differences.isEmpty { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    /// The digests of every file, split models with all their parts, each file once.
    private func digests(_ algorithms: [Digest.Algorithm]) throws -> [FileDigests] {
        let models = try GGUFInput.openModels(files)
        let total = models.reduce(0) { $0 + $1.byteCount }
        let progress = output.progress
        defer { progress.finish() }
        var done = 0
        return try models.flatMap { model in
            let digests = zip(model.parts, Identification.identify(model)).map { part, identification in
                FileDigests(
                    part.file.scan, fileName: part.file.path, layout: identification.layout(of: part.file.scan), algorithms: algorithms
                ) { bytes in
                    done += bytes
                    progress.update("\(part.file.path)", done: done, of: total)
                }
            }
            try GGUFInput.checkUnchanged(model)
            return digests
        }
    }

    private struct CheckResult: Encodable {
        let manifest: String
        let files: [ForeignText]
        /// Lines of the manifest, and those that were compared.
        let digests: Int
        let compared: Int
        /// Tensors of the files, and those whose data was compared.
        let tensors: Int
        let tensorsCompared: Int
        let filesNotGiven: [ForeignText]
        let differences: [String]

        init(_ manifest: String, _ differences: [ManifestDifference], _ coverage: ManifestCoverage, files: [ForeignText]) {
            (self.manifest, self.files) = (manifest, files)
            (digests, compared) = (coverage.listed, coverage.compared)
            (tensors, tensorsCompared) = (coverage.tensors, coverage.tensorsCompared)
            filesNotGiven = coverage.filesNotGiven
            self.differences = differences.map(\.description)
        }

        var text: String {
            var lines = differences.map { Style.red("differs") + "  \($0)" }
            let isWhole = tensorsCompared == tensors
            if lines.isEmpty {
                let mark = isWhole ? Style.green("ok") : Style.yellow("ok as far as compared")
                lines.append("\(mark)  \(files.joined(separator: ", ")): as \(ForeignText(path: manifest)) says")
            }
            lines.append("    compared \(compared) of \(digests) digests, the data of \(tensorsCompared) of \(tensors) tensors")
            if !isWhole { lines.append("    the manifest has no digest of the other tensors' data: make one with `hifi hash`") }
            if !filesNotGiven.isEmpty {
                let names = filesNotGiven.prefix(5).joined(separator: ", ") + (filesNotGiven.count > 5 ? ", …" : "")
                lines.append("    not given, though listed: \(names)")
            }
            return lines.joined(separator: "\n")
        }
    }
}

/// The algorithms as the user writes them; `xxh3-128` is another name of xxh128.
struct AlgorithmName: ExpressibleByArgument {
    let algorithm: Digest.Algorithm

    init?(argument: String) {
        let names = ["xxh3-128": "xxh128", "xxh3-64": "xxh3", "xxh3_128": "xxh128"]
        let name = argument.lowercased()
        guard let algorithm = Digest.Algorithm(rawValue: names[name] ?? name) else { return nil }
        self.algorithm = algorithm
    }

    static var allValueStrings: [String] { Digest.Algorithm.allCases.map(\.rawValue) }
}

enum FormName: String, ExpressibleByArgument, CaseIterable {
    case hifi, common

    var form: Manifest.Form { self == .hifi ? .hifi : .common }
}
