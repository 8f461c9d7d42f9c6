import FoundationEssentials
import HIFIFiles
import HIFIForeign
import Inference

/// Records as files.
package enum RecordFile {
    /// - Parameter partial: whether the record of an interrupted run will do.
    /// - Throws: `file`, `malformed`.
    package static func read(_ path: String, partial: Bool = false) throws(RunError) -> PerplexityRecord {
        let text: [UInt8]
        do throws(FileError) { text = try WholeFile.readText(argument: path, .record) } catch { throw .file(error) }
        let record: PerplexityRecord
        do { record = try JSONDecoder().decode(PerplexityRecord.self, from: Data(text)) } catch {
            let words = (error as? DecodingError).map(describe) ?? "not JSON"
            throw .malformed("\(ForeignText(path: path)): no record of a perplexity: \(ForeignText(sentence: words))")
        }
        if let problem = record.problem { throw .malformed("\(ForeignText(path: path)): \(problem)") }
        if let whole = record.partial, !partial {
            throw .malformed(
                "\(ForeignText(path: path)): it has \(record.chunks.count) of the chunks \(whole.first)..\(whole.last) of a run that was "
                    + "interrupted; resume that run to its end first")
        }
        return record
    }

    /// The bytes of a file.
    package static func bytes(_ record: PerplexityRecord) throws -> [UInt8] { Array((try JSONText.render(record) + "\n").utf8) }

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
