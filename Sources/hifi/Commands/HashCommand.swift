import ArgumentParser
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import Rendering
import Repair
import Runs

struct HashCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash",
        abstract: "Digest tensors, header and file; write or check manifests.",
        discussion: """
            The `hifi` form of a manifest has a line for each tensor (with type id and dimensions), one for the data of all \
            tensors, one for the header and one for the whole file, so that a renamed tensor or a changed key is noticed. The \
            `common` form is that of llama.cpp's llama-gguf-hash, which covers tensor data only.

            The `in-toto` form is what tools sign: a statement with the SHA-256 of every file, as OpenSSF's Model Signing has it. \
            --check reads such statements too, and the bundles that they were signed in; it does not check signatures.

            A split model is digested and checked as a whole; name any part. A missing part is an error. Parts with other file \
            names, recognized by their keys alone, form a model if all of them are given.

            --check says how much it compared: the digests of how many tensors, and which files of the manifest were not given. It \
            reads both forms, and what sha256sum and sha1sum write (DIGEST  NAME, DIGEST *NAME, SHA256 (NAME) = DIGEST).

            --chunks digests one file of any kind piece by piece, each with a sum that finds it at another place: a list of 0.008 % of \
            the file, by which `hifi repair` mends a damaged copy. SHA-256 by default, since pieces may come from strangers.

            All of a file at an address (`hifi --help` says which) is fetched once, and nothing of it is kept.

            Folders are searched for *.gguf. A file that cannot be read gets its own error and does not hide the others.

            The worst file decides the exit status.

            EXAMPLES
              hifi hash model.gguf > model.manifest
              hifi hash --check model.manifest model.gguf
              hifi hash model-00001-of-00003.gguf > model.manifest
              sha256sum *.gguf > sums && hifi hash --check sums *.gguf
              hifi hash --check model.manifest https://example.org/model.gguf
              hifi hash --algorithm sha256 --form common model.gguf
              hifi hash --form in-toto model.gguf > model.statement.json
              hifi hash --chunks model.gguf > model.chunks

            \(ExitStatus.section(
                "printed, or --check found nothing to differ",
                [.findings("--check found differences", orUnread: true), .damaged, .unreadable]))
            """)

    @Argument(help: ModelFiles.help, completion: .models) var files: [String]
    @Option(name: .shortAndLong, help: "xxh64, xxh3 (64 bits), xxh128 (XXH3, 128 bits), sha1, sha256; may be repeated. Default: xxh128.")
    var algorithm: [AlgorithmName] = []
    @Option(help: "hifi, common or in-toto. [hifi]") var form: FormName?
    @Option(help: "Check the files against this manifest (of either form) instead of printing one.", completion: .anyFile) var check:
        String?
    @Flag(help: "Print digests of the pieces of one file, for hifi repair.") var chunks = false
    @Option(help: ArgumentHelp("With --chunks: bytes of a piece. [1048576]", valueName: "bytes")) var chunkSize: Int?
    @Option(help: "With --check: text or json. [text]") var format: ResultFormat?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try ModelFiles.validate(files, besides: check)
        if chunkSize != nil, !chunks { throw ValidationError("--chunk-size goes with --chunks") }
        if chunks {
            if check != nil || form != nil { throw ValidationError("--chunks goes without --check and --form") }
            if algorithm.count > 1 { throw ValidationError("--chunks takes one --algorithm") }
            if let size = chunkSize, !ChunkList.chunkLimits.contains(size) {
                throw ValidationError("--chunk-size takes \(ChunkList.chunkLimits.lowerBound) to \(ChunkList.chunkLimits.upperBound) bytes")
            }
        }
        if check != nil, !algorithm.isEmpty || form != nil {
            throw ValidationError("--algorithm and --form say what is printed; with --check the manifest has both")
        }
        if check == nil, format != nil { throw ValidationError("--format goes with --check: a manifest has one form") }
        if check == nil, output.quiet { throw ValidationError("--quiet goes with --check: without it, printing is all that is done") }
    }

    func run() throws {
        if chunks { return try printChunks() }
        var places = OutputPlaces()
        for file in ModelInputs.expand(files.filter { !Address.isOne($0) }).paths { places.reads(model: file, as: "the file") }
        places.reads(check, as: "--check")
        places.writesStandardOutput()
        try places.check()
        if let check { try self.check(against: check) } else { try printManifest() }
    }

    private func printManifest() throws {
        if form == .inToto { return try printStatement() }
        let chosen = algorithm.isEmpty ? [form != .common ? .xxh128 : .xxh64] : algorithm.map(\.algorithm)
        if form == .common, chosen == [.xxh128] {
            throw Failure(.usage, "the common form has no XXH3 of 128 bits; choose another --algorithm")
        }
        var (digests, failures) = digests(chosen)
        for file in digests where !file.skippedTensors.isEmpty {
            let names = file.skippedTensors.prefix(3).joined(separator: ", ") + (file.skippedTensors.count > 3 ? ", …" : "")
            failures.append(
                FileFailure(
                    file.fileName, .malformed,
                    "\(file.fileName): data of \(NumberText.count(file.skippedTensors.count, "tensor")) (\(names)) is not in the file or "
                        + "overlaps; see `hifi verify`"))
        }
        digests.removeAll { !$0.skippedTensors.isEmpty }
        ModelFiles.report(failures)
        do {
            if !digests.isEmpty { Standard.write(Array(try Manifest(digests, form: form == .common ? .common : .hifi).text().utf8)) }
        } catch {
            throw Failure(.usage, "\(error)")
        }
        if let worst = failures.map(\.error.exitCode).max() { throw ExitCode(worst) }
    }

    private func printStatement() throws {
        guard algorithm.isEmpty || algorithm.map(\.algorithm) == [.sha256] else {
            throw Failure(.usage, "--form in-toto takes --algorithm sha256: signatures need a digest that nobody can forge")
        }
        let (digests, failures) = digests([.sha256], parts: .file)
        ModelFiles.report(failures)
        // A statement about some of the files would be signed as if it were about all.
        if let worst = failures.map(\.error.exitCode).max() { throw ExitCode(worst) }
        let folder = try files.count == 1 && files[0] != StandardInput.path && !Address.isOne(files[0]) && FolderWalk.isFolder(files[0])
        let statement: SigningStatement
        do throws(SigningStatement.SameName) { statement = try SigningStatement(digests, below: folder ? files[0] : nil) } catch {
            throw Failure(.usage, "two files would both be named \(error.name) in the statement; name the folder that they are in")
        }
        Standard.print(try JSONText.render(statement))
    }

    private func printChunks() throws {
        guard files.count == 1, let path = files.first else { throw Failure(.usage, "--chunks takes one file at a time") }
        try GGUFInput.refuseStandardInput(path)
        if Address.isOne(path) {
            throw Failure(.usage, "--chunks takes a file that is here: a list of its pieces is as good as the copy that it is made from")
        }
        let chosen = algorithm.first?.algorithm ?? .sha256
        guard ChunkList.algorithms.contains(chosen) else {
            throw Failure(.usage, "--chunks takes --algorithm sha256 or xxh128; others are too short to prove a piece")
        }
        var places = OutputPlaces()
        places.reads(path, as: "the file")
        places.writesStandardOutput()
        try places.check()
        let file = try MappedFile(path: path)
        let progress = output.progress()
        defer { progress.finish() }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let list = ChunkList(
            of: file.bytes, name: ForeignText(path: name), chunkBytes: chunkSize ?? ChunkList.usualChunkBytes, algorithm: chosen
        ) { progress.update("\(file.path)", done: $0, of: file.bytes.count) }
        try file.checkUnchanged()
        progress.finish()
        Standard.write(Array(list.text().utf8))
    }

    private func check(against path: String) throws {
        let (manifest, isStatement) = try manifest(path)
        let (digests, failures) = digests(manifest.algorithms)
        let result = ManifestCheck(manifest, path: path, digests, failures, wantsAll: isStatement)
        ModelFiles.report(failures)
        try output.show(result, as: format ?? .text, digests.isEmpty ? [] : result.lines)
        let statuses = failures.map(\.error.exitCode) + (result.differences.isEmpty ? [] : [Failure.Status.findings.rawValue])
        if let worst = statuses.max() { throw ExitCode(worst) }
    }

    /// - Returns: what is listed, and whether it is stated to be all of a model.
    private func manifest(_ path: String) throws -> (Manifest, isStatement: Bool) {
        let text = try WholeFile.read(argument: path, Manifest.limit)
        if SignedDigests.isMeant(by: text) {
            let signed: SignedDigests
            do throws(SignedDigests.Problem) { signed = try SignedDigests(text) } catch {
                throw Failure(.malformed, "\(ForeignText(path: path)): \(error)")
            }
            if signed.hasSignatures { output.note(["\(ForeignText(path: path)): its signatures are not checked here"]) }
            return (signed.manifest, true)
        }
        let bytes = ByteView(text)
        let (manifest, problems) = Manifest.parse(bytes)
        if manifest.entries.isEmpty { throw Failure(.malformed, "\(ForeignText(path: path)): \(Manifest.noManifest(bytes))") }
        if let problem = problems.first { throw Failure(.malformed, "\(ForeignText(path: path)): \(problem)") }
        return (manifest, false)
    }

    /// The digests of every file that can be read, split models with all their parts, each file once.
    private func digests(
        _ algorithms: [Digest.Algorithm], parts: FileDigests.Parts = .all
    ) -> (digests: [FileDigests], failures: [FileFailure]) {
        let source = RemoteInput.source(showsProgress: !output.quiet && !output.noProgress)
        let entries = ModelFiles(files, source: source).entries
        let total = entries.reduce(0) { if case .model(let model) = $1 { $0 + model.byteCount } else { $0 } }
        let progress = output.progress()
        defer { progress.finish() }
        var done = 0
        var all: [FileDigests] = []
        var failures: [FileFailure] = []
        for entry in entries {
            guard case .model(let model) = entry else {
                if case .failure(let failure) = entry { failures.append(failure) }
                continue
            }
            do throws(FileError) {
                var digests: [FileDigests] = []
                for (part, identification) in zip(model.parts, Identification.identify(model)) {
                    let (file, layout) = (part.file, identification.layout(of: part.file.scan))
                    let progress = { (bytes: Int) in
                        done += bytes
                        progress.update("\(file.path)", done: done, of: total)
                    }
                    guard !file.bytes.isWhole else {
                        digests.append(
                            FileDigests(
                                file.scan, fileName: RemoteInput.fileName(file.path), layout: layout, algorithms: algorithms, parts: parts,
                                progress: progress))
                        continue
                    }
                    let name = RemoteInput.fileName(file.path)
                    digests.append(
                        try FileDigests(file.scan, fileName: name, layout: layout, algorithms: algorithms) { take throws(FileError) in
                            try source.stream(file.mapping, progress, take)
                        })
                }
                try model.checkUnchanged()
                all += digests
            } catch { failures.append(FileFailure(error.path, .file(error))) }
        }
        return (all, failures)
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
    case inToto = "in-toto"
}
