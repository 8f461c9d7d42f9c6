import ArgumentParser
import HIFIForeign
import Inference
import Rendering
import Runs

struct PerplexityCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two recorded perplexities, or refuse because their conditions differ.",
        discussion: """
            The ratio is taken chunk by chunk, which is far less noisy than the two figures. An importance matrix on one side only is a \
            condition that differs. The number of threads is not, since results do not depend on it.

            EXAMPLES
              hifi perplexity compare q3_k_m.json q3_k_hifi.json
              hifi perplexity compare avx2.json avx512.json --allow kernel

            \(ExitStatus.section(
                "compared", [.findings("refused, with a list of what differs"), .malformed("a record that is damaged"), .unreadable]))
            """)

    @Argument(help: "Record of the first model, the base of the ratio.", completion: .file(extensions: ["json"])) var first: String
    @Argument(help: "Record of the second model.", completion: .file(extensions: ["json"])) var second: String
    @Option(help: "Conditions that may differ: text, tokenizer, context, batch, chunks, arithmetic, kernel, cache, spec, imatrix.")
    var allow: [String] = []
    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var output: QuietOption

    func run() throws {
        let records = (try RecordFile.read(first), try RecordFile.read(second))
        let comparison: RecordComparison
        do throws(RecordComparison.Refusal) {
            comparison = try RecordComparison(records.0, records.1, allowing: Set(allow))
        } catch .noSuchPin(let name, let known) {
            throw Failure(.usage, "\(RecordComparison.Refusal.noSuchPin(name, known: known))")
        } catch {
            throw Failure(.findings, "\(error)")
        }
        try output.show(comparison, as: format, PerplexityText.lines(comparison, first, second))
    }
}

struct PerplexityMergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Join the records of one run's parts into the figure of the whole, bit for bit.",
        discussion: """
            Refuses parts of different runs, parts that overlap, and gaps between them.

            EXAMPLES
              hifi perplexity merge part-1.json part-2.json part-3.json --record whole.json

            \(ExitStatus.section(
                "joined", [.findings("parts that do not make a whole"), .malformed("a record that is damaged"), .unwritable]))
            """)

    @Argument(help: "Records of parts, in any order.", completion: .file(extensions: ["json"])) var parts: [String]
    @Option(help: "Where the record of the whole goes.", completion: .file(extensions: ["json"])) var record: String?
    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var output: QuietOption

    func run() throws {
        var places = OutputPlaces()
        for part in parts { places.reads(part, as: "the part") }
        places.writes(record, as: "--record")
        try places.check()
        let records = try parts.map { try RecordFile.read($0) }
        let whole: PerplexityRecord
        do throws(PerplexityRecord.MergeProblem) {
            whole = try PerplexityRecord.merging(records)
        } catch {
            throw Failure(.findings, "\(error)")
        }
        if let record { try RawFiles.write(RecordFile.bytes(whole), to: record) }
        try output.show(whole, as: format, [PerplexityText.last(whole.result)])
    }
}
