import ArgumentParser
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

            EXAMPLES
              hifi hash model.gguf > model.manifest
              hifi hash --check model.manifest model.gguf
              hifi hash --algorithm sha256 --form common model.gguf
            """)

    @Argument(help: "GGUF files.") var files: [String]
    @Option(name: .shortAndLong, help: "xxh64, xxh3 (64 bits), xxh128 (XXH3, 128 bits), sha1, sha256; may be repeated. Default: xxh128.")
    var algorithm: [AlgorithmName] = []
    @Option(help: "hifi or common.") var form = FormName.hifi
    @Option(help: "Check the files against this manifest (of either form) instead of printing one.") var check: String?
    @Option(help: "With --check: text or json.") var format = ResultFormat.text
    @OptionGroup var output: OutputOptions

    func run() throws {
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
        if let problem = problems.first { throw Failure(.malformed, "\(path): \(problem)") }
        if manifest.entries.isEmpty { throw Failure(.malformed, "\(path): no digests in it") }
        let differences = manifest.check(against: try digests(manifest.algorithms))
        let result = CheckResult(manifest: path, files: files, digests: manifest.entries.count, differences: differences.map(\.description))
        if !output.quiet {
            switch format {
            case .json: Standard.print(try JSONText.render(result))
            case .text: Standard.print(result.text)
            }
        }
        if !differences.isEmpty { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func digests(_ algorithms: [Digest.Algorithm]) throws -> [FileDigests] {
        let progress = output.progress
        defer { progress.finish() }
        return try files.map { path in
            let file = try GGUFInput.open(path)
            let layout = Identification.identify(file.scan).layout(of: file.scan)
            var done = 0
            let digests = FileDigests(file.scan, fileName: path, layout: layout, algorithms: algorithms) { bytes in
                done += bytes
                progress.update(path, done: done, of: file.bytes.count)
            }
            try GGUFInput.checkUnchanged(file)
            return digests
        }
    }

    private struct CheckResult: Encodable {
        let manifest: String
        let files: [String]
        /// Lines of the manifest.
        let digests: Int
        let differences: [String]

        var text: String {
            if differences.isEmpty {
                return Style.green("ok") + "  \(files.joined(separator: ", ")): as \(manifest) says (\(digests) digests)"
            }
            return differences.map { Style.red("differs") + "  \($0)" }.joined(separator: "\n")
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
