import Console
import HIFIForeign
import HIFIIdentification
import Repair

/// What became of a damaged file, for people and machines.
package struct RepairReport: Encodable {
    /// Neighbouring pieces in the same state.
    struct Stretch: Encodable {
        let pieces: [Int]
        let begin: Int
        let end: Int
        /// Where they lie instead; nil for missing ones.
        let foundAt: Int?
    }

    let file: ForeignText
    /// Bytes of the file, and of the whole one.
    let size: Int
    let rightSize: Int
    let chunk: Int
    let pieces: Int
    let damaged: Int
    let missing: Int
    let stretches: [Stretch]
    let source: ForeignText?
    let fetched: Int?
    let written: ForeignText?
    /// `whole`, `damaged` or `repaired`.
    let result: String

    /// - Parameters:
    ///   - written: the file that was put together; nil where none was.
    ///   - outcome: what that took.
    package init(
        _ list: ChunkList, _ survey: DamageSurvey, file: String, source: String?, written: String?, _ outcome: Repair.Outcome?
    ) {
        self.file = ForeignText(path: file)
        (size, rightSize, chunk, pieces) = (survey.size, list.size, list.chunkBytes, list.pieces.count)
        (damaged, missing) = (survey.damaged.count, survey.missing.count)
        stretches = Self.stretches(list, survey)
        self.source = source.map { ForeignText(path: $0) }
        fetched = outcome?.fetched
        self.written = written.map { ForeignText(path: $0) }
        let isWhole = survey.damaged.isEmpty && survey.size == list.size
        result = isWhole ? "whole" : outcome == nil ? "damaged" : "repaired"
    }

    private static func stretches(_ list: ChunkList, _ survey: DamageSurvey) -> [Stretch] {
        var stretches: [Stretch] = []
        for piece in survey.damaged {
            let range = list.range(of: piece)
            var place: Int?
            if case .displaced(let found) = survey.states[piece] { place = found }
            if let last = stretches.last, last.end == range.lowerBound, let first = last.pieces.first,
                last.foundAt.map({ $0 + last.end - last.begin }) == place
            {
                stretches[stretches.count - 1] = Stretch(
                    pieces: [first, piece], begin: last.begin, end: range.upperBound, foundAt: last.foundAt)
            } else {
                stretches.append(Stretch(pieces: [piece, piece], begin: range.lowerBound, end: range.upperBound, foundAt: place))
            }
        }
        return stretches
    }

    /// Stretches that are listed one by one.
    private static let listed = 12

    /// - Parameter hint: how the caller does what helps: an option.
    package func lines(hint: String) -> [String] {
        var lines: [String] = []
        switch result {
        case "whole":
            let copy = written.map { "; a copy is \($0)" } ?? ""
            lines.append("\(Style.green("whole"))  \(file): \(NumberText.count(pieces, "piece")), all right\(copy)")
        case "repaired":
            var line = "\(Style.green("repaired"))  \(written ?? file): \(NumberText.count(pieces, "piece")), each proven"
            if let source, let fetched, fetched > 0 { line += "; \(NumberText.grouped(fetched)) bytes came from \(source)" }
            lines.append(line)
        default:
            let what =
                damaged == 0
                ? "it has \(NumberText.grouped(size)) bytes, \(NumberText.grouped(max(0, size - rightSize))) too many"
                : "\(damaged) of \(NumberText.count(pieces, "piece")) damaged"
            lines.append("\(Style.red("damaged"))  \(file): \(what)")
        }
        for stretch in stretches.prefix(Self.listed) {
            let numbers =
                stretch.pieces[0] == stretch.pieces[1]
                ? "piece \(stretch.pieces[0])" : "pieces \(stretch.pieces[0]) to \(stretch.pieces[1])"
            let what =
                stretch.foundAt.map { "found at byte \(NumberText.grouped($0))" }
                ?? (result == "repaired" ? "taken from the source" : "missing")
            lines.append(
                "    \(numbers), bytes \(NumberText.grouped(stretch.begin)) to \(NumberText.grouped(stretch.end - 1)): \(what)"
            )
        }
        if stretches.count > Self.listed { lines.append("    and \(stretches.count - Self.listed) more stretches") }
        if result == "damaged" {
            let remedy =
                missing == 0
                ? "nothing is lost: the pieces only need to be put in order"
                : "\(NumberText.count(missing, "piece")) must come from elsewhere: name a file with what is missing"
            lines.append("    → \(remedy) (\(hint))")
        }
        return lines
    }
}
