import HIFIForeign
import Suite

/// Chooses cases. A filter is a list of terms; a case is chosen if it matches one of each kind that is named.
///
/// Terms: `id:`, `format:`, `clause:`, `flag:`, `level:`, `kind:` with a pattern in which `*` stands for anything; a term
/// without a name is an id.
public struct CaseFilter: Sendable, Hashable {
    private var patterns: [Key: [String]] = [:]

    /// What a term looks at.
    public enum Key: String, Sendable, Hashable, CaseIterable {
        case id, format, clause, flag, level, kind
    }

    /// Why a term is not one.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        /// A one-line description.
        public let description: String
    }

    /// A filter that chooses everything.
    public init() {}

    /// Reads terms.
    public init(terms: [String]) throws(Problem) {
        for term in terms {
            guard let colon = term.firstIndex(of: ":") else {
                patterns[.id, default: []].append(term)
                continue
            }
            guard let key = Key(rawValue: String(term[..<colon])) else {
                let known = Key.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(description: "\"\(ForeignText(term))\" filters by something unknown; known are \(known)")
            }
            let pattern = String(term[term.index(after: colon)...])
            let closed: [String]? =
                switch key {
                case .level: ConformanceCase.Level.allCases.map(\.rawValue)
                case .kind: ConformanceCase.Kind.allCases.map(\.rawValue)
                default: nil
                }
            if let closed, !closed.contains(where: { Wildcard.matches($0, pattern) }) {
                throw Problem(description: "no \(key.rawValue) \"\(ForeignText(pattern))\"; there are \(closed.joined(separator: ", "))")
            }
            patterns[key, default: []].append(pattern)
        }
    }

    /// Whether a case is chosen.
    public func chooses(_ entry: ConformanceCase) -> Bool {
        chooses { key in
            switch key {
            case .id: [entry.id]
            case .format: [entry.format]
            case .clause: entry.clauses
            case .flag: entry.flags
            case .level: [entry.level.rawValue]
            case .kind: [entry.kind.rawValue]
            }
        }
    }

    /// Whether the case of a result is chosen.
    public func chooses(_ result: CaseResult) -> Bool {
        chooses { key in
            switch key {
            case .id: [result.id]
            case .format: [result.format]
            case .clause: result.clauses
            case .flag: result.flags
            case .level: [result.level.rawValue]
            case .kind: [result.kind.rawValue]
            }
        }
    }

    private func chooses(_ values: (Key) -> [String]) -> Bool {
        for (key, patterns) in patterns {
            let values = values(key)
            guard values.contains(where: { value in patterns.contains { Wildcard.matches(value, $0) } }) else { return false }
        }
        return true
    }
}

/// Patterns in which `*` stands for any text.
public enum Wildcard {
    /// Whether the whole text matches.
    public static func matches(_ text: String, _ pattern: String) -> Bool {
        let text = Array(text.utf8)
        let pattern = Array(pattern.utf8)
        let star = UInt8(ascii: "*")
        // Linear with one point to go back to: the last star and how much it has taken.
        var (at, place) = (0, 0)
        var back: (pattern: Int, text: Int)?
        while at < text.count {
            if place < pattern.count, pattern[place] == star {
                back = (place + 1, at)
                place += 1
            } else if place < pattern.count, pattern[place] == text[at] {
                at += 1
                place += 1
            } else if let point = back {
                back = (point.pattern, point.text + 1)
                place = point.pattern
                at = point.text + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == star }
    }
}
