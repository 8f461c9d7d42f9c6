import ArgumentParser
import FoundationEssentials
import HIFIForeign
import Inference

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
        switch format {
        case _ where output.quiet: break
        case .json: Standard.print(try JSONText.render(comparison))
        case .text:
            var table = TextTable([("", .left), ("PPL", .right), ("+/-", .right)])
            for (path, estimate) in [(first, comparison.first), (second, comparison.second)] {
                table.add(path, estimate.perplexity.rounded(toPlaces: 4), estimate.error?.rounded(toPlaces: 5) ?? "-")
            }
            var lines = table.lines()
            if let ratio = comparison.ratio {
                lines.append("second / first, chunk by chunk: \(ratio.value.rounded(toPlaces: 6)) +/- \(ratio.error.rounded(toPlaces: 6))")
            }
            lines += comparison.differences.map { "differs, as allowed: \($0.pin) (\($0.first) against \($0.second))" }
            Standard.print(lines.joined(separator: "\n"))
        }
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
        if let record { try RecordFile.write(whole, to: record) }
        switch format {
        case _ where output.quiet: break
        case .json: Standard.print(try JSONText.render(whole))
        case .text: Standard.print(PerplexityText.last(whole.result))
        }
    }
}

/// Records as files.
enum RecordFile {
    /// - Parameter partial: whether the record of an interrupted run will do.
    static func read(_ path: String, partial: Bool = false) throws -> PerplexityRecord {
        let record: PerplexityRecord
        do {
            record = try JSONDecoder().decode(PerplexityRecord.self, from: Data(try RawFiles.readText(path, .record)))
        } catch let error as Failure {
            throw error
        } catch let error as DecodingError {
            throw Failure(.malformed, "\(ForeignText(path: path)): no record of a perplexity: \(ForeignText(sentence: describe(error)))")
        }
        if let problem = record.problem { throw Failure(.malformed, "\(ForeignText(path: path)): \(problem)") }
        if let whole = record.partial, !partial {
            throw Failure(
                .malformed,
                "\(ForeignText(path: path)): it has \(record.chunks.count) of the chunks \(whole.first)..\(whole.last) of a run that was "
                    + "interrupted; finish that with `hifi perplexity --resume`")
        }
        return record
    }

    static func write(_ record: PerplexityRecord, to path: String) throws {
        try RawFiles.write(Array((JSONText.render(record) + "\n").utf8), to: path)
    }

    private static func describe(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "not JSON" : "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" is of another kind"
        @unknown default: "not JSON"
        }
    }
}
