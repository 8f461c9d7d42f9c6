import ArgumentParser
import Console
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Remote
import Rendering
import Repair

struct RepairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Find the damaged pieces of a file, and put it right without downloading all of it again.",
        discussion: """
            `hifi hash --chunks` writes a list with digests of every piece of a file that is right; this compares a damaged copy \
            with it. Pieces that lie at another place, because something was inserted or cut out, are found too. Without --output or \
            --in-place nothing is written: the report says what is damaged.

            --from names a file that is right where this one is not: another copy, an older download, or an https:// or hf:// address. \
            Only what is nowhere in the damaged file is read from it, or fetched. Every piece is proven by its digest before it is \
            written, and the file appears complete or not at all. It may be missing altogether: then all of it comes from the source, \
            and is proven.

            The list must come from somebody you trust: a file that agrees with it is what its maker had.

            EXAMPLES
              hifi hash --chunks model.gguf > model.chunks
              hifi repair model.gguf --manifest model.chunks
              hifi repair model.gguf --manifest model.chunks --from /mnt/copy/model.gguf --in-place
              hifi repair model.gguf --manifest model.chunks --from hf://owner/repository/model.gguf --in-place
              hifi repair cut.gguf --manifest model.chunks --from other.gguf -o model.gguf

            \(ExitStatus.section(
                "every piece is right, or the file was put right",
                [.findings("damaged pieces, and nothing was written"),
                    .malformed("a list that is damaged, or a source that is not right where it is needed"), .unwritable]))
            """)

    @Argument(help: "The damaged file; a file of any kind.", completion: .anyFile) var file: String
    @Option(help: "The list of pieces, from hifi hash --chunks.", completion: .anyFile) var manifest: String
    @Option(help: "A file, or its address, to take missing pieces from.", completion: .anyFile) var from: String?
    @Option(name: .shortAndLong, help: "Write the whole file here.", completion: .anyFile) var output: String?
    @Flag(help: "Replace the file by the whole one.") var inPlace = false
    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var result: OutputOptions

    func validate() throws {
        try RemoteInput.validate(from.map { [$0] } ?? [])
        if output != nil, inPlace { throw ValidationError("--output and --in-place say two different things; choose one") }
        if from != nil, output == nil, !inPlace {
            throw ValidationError("--from is of use where something is written; add --in-place or --output")
        }
    }

    func run() throws {
        try GGUFInput.refuseStandardInput(file)
        var places = OutputPlaces()
        places.reads(manifest, as: "--manifest")
        places.reads(from, as: "--from")
        if !inPlace { places.reads(file, as: "the file") }
        places.writes(inPlace ? file : output, as: inPlace ? "the file" : "--output")
        try places.check()
        let list = try chunkList()
        let progress = result.progress()
        defer { progress.finish() }
        let damaged = try damagedFile()
        let size = damaged?.bytes.count ?? 0
        let survey = DamageSurvey(of: damaged?.bytes ?? ByteView([]), by: list) {
            progress.update("\(ForeignText(path: file))", done: $0, of: 2 * size)
        }
        try damaged?.checkUnchanged()
        progress.finish()
        let isWhole = survey.damaged.isEmpty && survey.size == list.size
        var outcome: Repair.Outcome?
        if let target = inPlace ? file : output, !(isWhole && inPlace), from != nil || survey.missing.isEmpty {
            outcome = try write(list, survey, damaged, to: target, progress)
        }
        let report = RepairReport(
            list, survey, file: file, source: from.map { "\(RemoteInput.name($0))" },
            written: outcome == nil ? nil : inPlace ? file : output, outcome)
        let writing = inPlace || output != nil ? "" : "--in-place or --output"
        let hint = survey.missing.isEmpty ? writing : writing.isEmpty ? "--from" : "--from, with \(writing)"
        try result.show(report, as: format, report.lines(hint: hint))
        if !isWhole, outcome == nil { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func chunkList() throws -> ChunkList {
        let text = try WholeFile.readText(argument: manifest, ChunkList.limit)
        do { return try ChunkList.parse(text) } catch {
            throw Failure(.malformed, "\(ForeignText(path: manifest)): \(error) (hifi hash --chunks writes such lists)")
        }
    }

    /// Nil where there is none yet, and all of it comes from a source.
    private func damagedFile() throws -> MappedFile? {
        if from != nil, try FileIdentity(path: file) == nil { return nil }
        return try MappedFile(path: file)
    }

    private func write(
        _ list: ChunkList, _ survey: DamageSurvey, _ damaged: MappedFile?, to target: String, _ progress: ProgressLine
    ) throws -> Repair.Outcome {
        let repair = Repair(damaged, path: ForeignText(path: file), survey, by: list)
        var output = try AtomicFile(path: target)
        let source = try from.map { path throws(FileError) -> any PieceSource in
            Address.isOne(path) ? try RemotePieces(path, hub: RemoteInput.hub, size: list.size) : try FilePieces(path: path)
        }
        let outcome: Repair.Outcome
        do throws(RepairError) {
            outcome = try repair.write(from: source, to: &output) {
                progress.update("\(ForeignText(path: target))", done: $0, of: list.size)
            }
        } catch { throw Failure(error.isOfFiles ? .inputOutput : .malformed, "\(error)") }
        try output.commit()
        progress.finish()
        return outcome
    }
}
