#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import ArgumentParser
import HIFIForeign
import Rendering
import Runs

struct EvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence",
        abstract: "Measure quantized models beside their source, and keep all of it in one folder.",
        discussion: """
            What a new quantization is asked for: sizes, perplexity and Kullback-Leibler divergence from the source with their errors, the \
            error of every tensor, digests of everything, and the command that does it again. Perplexities multiply decoded weights in \
            fp32 (--exact of `hifi perplexity`), so that two machines write the same bytes; only timings.json differs.

            The folder must be new or empty. While it is at work, the source's logits lie in TMPDIR: 4 bytes for each scored position and \
            token of the vocabulary. --chunks bounds that, and the time.

            `hifi evidence check` measures again, and says what is not as a folder states.

            EXAMPLES
              hifi evidence q3.gguf q4.gguf --source f16.gguf --text wiki.test.raw --chunks 20 --output evidence
              hifi evidence check evidence q3.gguf q4.gguf --source f16.gguf --text wiki.test.raw
            """,
        subcommands: [EvidenceMakeCommand.self, EvidenceCheckCommand.self], defaultSubcommand: EvidenceMakeCommand.self)
}

/// What is measured, and how.
struct EvidenceOptions: ParsableArguments {
    @Option(help: "The model that they were made from, such as its F16 or BF16 file.", completion: .models) var source: String
    @Option(help: "A text that no model was trained on.", completion: .anyFile) var text: String
    @Option(name: .shortAndLong, help: "Number of threads, by default one per processor; results do not depend on it.") var threads: Int?

    func request(_ models: [String]) throws -> EvidenceRun.Request {
        for path in models + [source] { try GGUFInput.refuseStandardInput(path) }
        var request = EvidenceRun.Request(source: source, models: models, text: text)
        request.threads = try ThreadCount.checked(threads)
        return request
    }

    /// Measures, with progress on the terminal.
    static func measure(_ request: EvidenceRun.Request, _ output: OutputOptions) throws -> (Evidence, EvidenceTimings) {
        let progress = output.progress(counting: .things("steps"))
        defer { progress.finish() }
        let scratch = getenv("TMPDIR").flatMap { $0[0] == 0 ? nil : String(validatingCString: $0) } ?? "/tmp"
        return try EvidenceRun(request).measure(scratch: scratch) { what, done, total in progress.update(what, done: done, of: total) }
    }
}

struct EvidenceMakeCommand: ParsableCommand, TakingArguments {
    static let configuration = CommandConfiguration(
        commandName: "make",
        abstract: "Measure, and write the folder.",
        discussion: """
            EXAMPLES
              hifi evidence q3.gguf --source f16.gguf --text wiki.test.raw --chunks 20 --output evidence

            \(ExitStatus.section("written", [.unread, .damaged, .unavailable, .unwritable]))
            """)

    @Argument(help: "Quantized GGUF files of one source, or any part of split ones.", completion: .models) var models: [String]
    @OptionGroup var options: EvidenceOptions
    @Option(name: .shortAndLong, help: "Tokens in a chunk.") var context = 512
    @Option(help: "How many chunks to score (N), or which (A..B, from 1); by default all.") var chunks: ChunkChoice?
    @Option(name: .shortAndLong, help: "The folder.", completion: .directory) var output: String
    @OptionGroup var result: OutputOptions

    func validate() throws {
        if !(4...1 << 20).contains(context) { throw ValidationError("--context needs a number from 4 to 1048576") }
    }

    func run() throws {
        try EvidenceFolder.check(output)
        var request = try options.request(models)
        (request.context, request.chunks) = (context, chunks)
        var (evidence, timings) = try EvidenceOptions.measure(request, result)
        evidence.command = Self.command(evidence)
        try EvidenceFolder.write(evidence, timings, page: EvidencePage(evidence).text, to: output)
        result.show(EvidenceText.lines(evidence, folder: output))
    }
}

extension EvidenceMakeCommand {
    /// The command that measures the same, with the names of the files.
    static func command(_ evidence: Evidence) -> String {
        let method = evidence.method
        let (source, chunks) = (shellWord(evidence.source.name), "\(method.firstChunk)..\(method.lastChunk)")
        let words =
            ["hifi evidence"] + evidence.models.map { shellWord($0.name) }
            + [
                "--source", source, "--text", shellWord(method.text), "--context", "\(method.context)", "--chunks", chunks,
                "--output evidence",
            ]
        return words.joined(separator: " ")
    }

    /// A word of a shell's command line.
    private static func shellWord(_ file: ForeignText) -> String {
        let text = "\(file)"
        return text.allSatisfy { $0.isLetter || $0.isNumber || "-_.+@".contains($0) } && !text.hasPrefix("-")
            ? text : "'\(text.replacing("'", with: "'\\''"))'"
    }
}

struct EvidenceCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Measure again, and say what is not as a folder of evidence states.",
        discussion: """
            Takes the same files, which may lie elsewhere, and the chunks that the evidence names.

            EXAMPLES
              hifi evidence check evidence q3.gguf --source f16.gguf --text wiki.test.raw

            \(ExitStatus.section(
                "everything is as stated", [.findings("something differs", orUnread: true), .damaged, .unavailable, .unwritable]))
            """)

    @Argument(help: "The folder of evidence.", completion: .directory) var folder: String
    @Argument(help: "The quantized GGUF files, in the order of the evidence.", completion: .models) var models: [String]
    @OptionGroup var options: EvidenceOptions
    @OptionGroup var result: OutputOptions

    func run() throws {
        let stated = try EvidenceFolder.read(folder)
        var request = try options.request(models)
        request.context = stated.method.context
        request.chunks = ChunkChoice(first: stated.method.firstChunk, last: stated.method.lastChunk)
        let (evidence, _) = try EvidenceOptions.measure(request, result)
        let differences = evidence.differences(from: stated)
        result.show(
            differences.isEmpty
                ? ["as stated  \(ForeignText(path: folder)): every figure of \(1 + stated.models.count) models"]
                : ["differs  \(ForeignText(path: folder))"] + differences.map { "    \($0)" })
        if !differences.isEmpty { throw ExitCode(Failure.Status.findings.rawValue) }
    }
}
