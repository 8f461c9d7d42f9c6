import HIFIForeign
import Suite

/// The least of a suite that must apply to a system, so that a run in which nearly everything is skipped does not pass for a good one.
public enum Requirement: Sendable, Hashable {
    /// This many cases apply to the system.
    case count(Int)
    /// So many of a hundred of the cases that were chosen.
    case share(percent: Double)
    /// Every chosen case that a filter's term chooses, and at least one.
    case all(term: String, filter: CaseFilter)

    /// Why a requirement is invalid.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        /// A one-line description.
        public let description: String
    }

    /// Reads `1200`, `20%` or a term of a filter (`format:q4_k`).
    public init(_ text: String) throws(Problem) {
        if text.hasSuffix("%") {
            guard let percent = Double(text.dropLast()), (0...100).contains(percent) else {
                throw Problem(description: "\"\(ForeignText(text))\" is not a share from 0% to 100%")
            }
            self = .share(percent: percent)
        } else if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            guard let count = Int(text) else { throw Problem(description: "\"\(ForeignText(text))\" is not a number of cases") }
            self = .count(count)
        } else {
            do { self = .all(term: text, filter: try CaseFilter(terms: [text])) } catch { throw Problem(description: error.description) }
        }
    }

    /// Why no run of these cases can meet it, known before any is run; nil where one may.
    public func impossibility(among cases: [ConformanceCase]) -> String? {
        switch self {
        case .count, .share: return nil
        case .all(let term, let filter):
            return cases.contains(where: filter.chooses) ? nil : "no case of \(ForeignText(term)) was chosen, and all are required"
        }
    }

    /// What is missing, in words; nil where the requirement is met.
    public func shortfall(in results: [CaseResult]) -> String? {
        let applied = results.count { $0.outcome != .skip && $0.outcome != .notRun }
        switch self {
        case .count(let least):
            return applied < least ? "\(applied) cases apply, and \(least) are required" : nil
        case .share(let percent):
            return Double(applied) * 100 < percent * Double(results.count)
                ? "\(applied) of \(results.count) cases apply, and \(percent.formatted) % are required" : nil
        case .all(let term, let filter):
            let meant = results.filter(filter.chooses)
            guard !meant.isEmpty else { return "no case of \(ForeignText(term)) was chosen, and all are required" }
            let skipped = meant.filter { $0.outcome == .skip }
            guard let first = skipped.first else { return nil }
            let reason = first.detail.map { ": \($0)" } ?? ""
            return "\(skipped.count) of \(meant.count) cases of \(ForeignText(term)) do not apply, and all are required "
                + "(\(ForeignText(first.id))\(reason))"
        }
    }
}

extension Double {
    /// Without `.0` after whole numbers.
    fileprivate var formatted: String { Int(exactly: self).map(String.init) ?? String(self) }
}
