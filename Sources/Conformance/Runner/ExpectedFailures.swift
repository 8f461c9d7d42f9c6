import Foreign

/// A list of cases that a system is known to fail, each with a reason.
///
/// One pattern per line, the reason after it; `*` stands for anything; text from `#` on at the start of a line is a comment.
/// An expected failure does not turn a run red; a listed case that passes does, so that lists do not outlive their reasons.
public struct ExpectedFailures: Sendable, Hashable {
    /// The lines.
    public let entries: [Entry]

    /// One line of the list.
    public struct Entry: Sendable, Hashable {
        /// A case id, with `*` for anything.
        public let pattern: String
        /// Why.
        public let reason: ForeignText
        /// Where it stands.
        public let line: Int
    }

    /// Why a list cannot be read.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        /// One line for people.
        public let description: String
    }

    /// An empty list.
    public init() { entries = [] }

    /// Reads a list.
    public init(text: String) throws(Problem) {
        var entries: [Entry] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(maxSplits: 1, omittingEmptySubsequences: true) { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let pattern = words.first, !pattern.hasPrefix("#") else { continue }
            var reason = words.count > 1 ? String(words[1].drop(while: \.isWhitespace)) : ""
            while reason.last?.isWhitespace == true { reason.removeLast() }
            guard !reason.isEmpty else {
                throw Problem(description: "line \(index + 1) of the expected failures: \(ForeignText(pattern)) has no reason")
            }
            entries.append(Entry(pattern: String(pattern), reason: ForeignText(sentence: reason), line: index + 1))
        }
        self.entries = entries
    }

    /// The reason for which a case is expected to fail; nil if it is not.
    public func reason(for id: String) -> ForeignText? { entries.first { Wildcard.matches(id, $0.pattern) }?.reason }
}
