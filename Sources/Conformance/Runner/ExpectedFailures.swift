import Foreign

/// A list of cases that a system is known to fail, each with a reason.
///
/// One pattern per line, the reason after it; `*` stands for anything; text from `#` on at the start of a line is a comment.
/// An expected failure does not turn a run red; a listed case that passes does, so that lists do not outlive their reasons. A pattern with
/// `~` before it is of cases that fail in some runs only: those may pass.
public struct ExpectedFailures: Sendable, Hashable {
    /// The lines.
    public let entries: [Entry]

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
    public init() { entries = [] }

    /// Reads a list.
    public init(text: String) throws(Problem) {
        var entries: [Entry] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(maxSplits: 1, omittingEmptySubsequences: true) { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let word = words.first, !word.hasPrefix("#") else { continue }
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
        self.entries = entries
    }

    /// The first line that speaks of a case; nil if none does.
    public func entry(for id: String) -> Entry? { entries.first { Wildcard.matches(id, $0.pattern) } }

    /// The list that makes a run green which was run with this one: every case that failed, one line each. Reasons that stand in this
    /// list are kept; others are what was wrong.
    ///
    /// - Parameter title: what the list is of, a line of text.
    public func updated(by report: ConformanceReport, title: String) -> String {
        var lines = [
            "# \(Self.line(title))", "# Cases that are known to fail: id and reason; ~ before an id: it fails in some runs only.",
        ]
        for result in report.results {
            let earlier = entry(for: result.id)
            let fails = result.outcome == .expectedFailure || result.outcome.isFailure && result.outcome != .unexpectedPass
            let mayPass = result.outcome == .unstable || earlier?.mayPass == true
            guard fails || mayPass && result.outcome == .pass else { continue }
            let reason = earlier.map { Printable.lines($0.reason.raw) } ?? Self.line(result.detail ?? result.outcome.rawValue)
            lines.append("\(mayPass ? "~" : "")\(ForeignText(path: result.id)) \(reason)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A reason on one line, of a length that people read.
    private static func line(_ text: String) -> String {
        let words = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        return words.count > 160 ? words.prefix(159) + "…" : words
    }
}
