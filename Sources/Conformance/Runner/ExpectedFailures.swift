import HIFIForeign

/// A list of cases that a system is known to fail, each with a reason.
///
/// One pattern per line, the reason after it; `*` stands for anything; text from `#` on at the start of a line is a comment.
/// An expected failure does not turn a run red; a listed case that passes does, so that lists do not outlive their reasons. A pattern with
/// `~` before it is of cases that fail in some runs only: those may pass.
public struct ExpectedFailures: Sendable, Hashable {
    /// The lines.
    public let entries: [Entry]
    /// Comments before the first of them, as they stand there.
    private let heading: [String]

    /// One line of the list.
    public struct Entry: Sendable, Hashable {
        /// A case id, with `*` for anything.
        public let pattern: String
        /// Why.
        public let reason: ForeignText
        /// Whether the case may pass as well: its answers change from run to run.
        public let mayPass: Bool
        /// Where it stands.
        public let line: Int
    }

    /// Why a list cannot be read.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        /// A one-line description.
        public let description: String
    }

    /// An empty list.
    public init() { (entries, heading) = ([], []) }

    /// Reads a list.
    public init(text: String) throws(Problem) {
        var entries: [Entry] = []
        var heading: [String] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(maxSplits: 1, omittingEmptySubsequences: true) { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let word = words.first, !word.hasPrefix("#") else {
                if !words.isEmpty, entries.isEmpty { heading.append(Self.line(String(line), most: 400)) }
                continue
            }
            let mayPass = word.hasPrefix("~")
            let pattern = mayPass ? word.dropFirst() : word
            guard !pattern.isEmpty else {
                throw Problem(description: "line \(index + 1) of the expected failures: no case id after ~")
            }
            var reason = words.count > 1 ? String(words[1].drop(while: \.isWhitespace)) : ""
            while reason.last?.isWhitespace == true { reason.removeLast() }
            guard !reason.isEmpty else {
                throw Problem(description: "line \(index + 1) of the expected failures: \(ForeignText(pattern)) has no reason")
            }
            entries.append(Entry(pattern: String(pattern), reason: ForeignText(sentence: reason), mayPass: mayPass, line: index + 1))
        }
        (self.entries, self.heading) = (entries, heading)
    }

    /// The first line that speaks of a case; nil if none does.
    public func entry(for id: String) -> Entry? { entries.first { Wildcard.matches(id, $0.pattern) } }

    private static let explanation = "# Cases that are known to fail: id and reason; ~ before an id: it fails in some runs only."

    /// The list that makes a run green which was run with this one: every case that failed, one line each. The heading and the reasons
    /// of this list are kept; other reasons are the cause that was found, or what was wrong.
    ///
    /// - Parameter title: what the list is of, a line of text, if this list has no heading.
    public func updated(by report: ConformanceReport, title: String) -> String {
        var lines = heading.isEmpty ? ["# \(Self.line(title))"] : heading.filter { $0 != Self.explanation }
        lines.append(Self.explanation)
        var causes: [String: String] = [:]
        for diagnosis in report.diagnoses {
            guard let cause = diagnosis.cause else { continue }
            for id in diagnosis.cases { causes[id] = cause.words + (cause.defect.map { " (\($0))" } ?? "") }
        }
        for result in report.results {
            let earlier = entry(for: result.id)
            let fails = result.outcome == .expectedFailure || result.outcome.isFailure && result.outcome != .unexpectedPass
            let mayPass = result.outcome == .unstable || earlier?.mayPass == true
            guard fails || mayPass && result.outcome == .pass else { continue }
            let reason =
                earlier.map { Printable.lines($0.reason.raw) } ?? Self.line(causes[result.id] ?? result.detail ?? result.outcome.rawValue)
            lines.append("\(mayPass ? "~" : "")\(ForeignText(path: result.id)) \(reason)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A reason on one line, of a length that people read.
    private static func line(_ text: String, most: Int = 160) -> String {
        let words = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        return words.count > most ? words.prefix(most - 1) + "…" : words
    }
}
