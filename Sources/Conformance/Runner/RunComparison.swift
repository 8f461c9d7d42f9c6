import Foundation
import HIFIForeign
import Suite

/// Two runs side by side: what an earlier one failed and this one does not, and the other way round.
public struct RunComparison: Sendable, Hashable, Codable {
    /// The system of the earlier run.
    public let oldSystem: ForeignText
    /// The suite of the earlier run.
    public let oldSuite: ForeignText
    /// Cases that failed then and pass now.
    public let fixed: [String]
    /// Cases that fail now and did not then.
    public let new: [String]
    /// Cases that fail in both.
    public let same: [String]
    /// Cases that failed then and were not put or not chosen now.
    public let unknown: [String]

    /// The part of an earlier report that is needed.
    private struct Old: Decodable {
        struct Result: Decodable {
            let id: String
            let outcome: Outcome
        }

        let system, suite: ForeignText
        let results: [Result]
    }

    /// Compares with a report of `hifi conformance --format json`.
    ///
    /// - Throws: `DecodingError` where it is none.
    public init(_ report: ConformanceReport, with json: Data) throws {
        let old = try JSONDecoder().decode(Old.self, from: json)
        (oldSystem, oldSuite) = (old.system, old.suite)
        func failed(_ outcome: Outcome) -> Bool { outcome.isFailure || outcome == .expectedFailure }
        let before = Set(old.results.filter { failed($0.outcome) }.map(\.id))
        let now = report.results.filter { failed($0.outcome) }.map(\.id)
        let passing = Set(report.results.filter { $0.outcome == .pass }.map(\.id))
        let failing = Set(now)
        new = now.filter { !before.contains($0) }
        same = now.filter(before.contains)
        fixed = old.results.map(\.id).filter { before.contains($0) && passing.contains($0) }
        unknown = old.results.map(\.id).filter { before.contains($0) && !passing.contains($0) && !failing.contains($0) }
    }

    /// One line.
    public var sentence: String {
        var parts = ["\(fixed.count) fixed", "\(new.count) new", "\(same.count) the same"]
        if !unknown.isEmpty { parts.append("\(unknown.count) failed then and were not run now") }
        return "compared with the run of \(oldSystem) (suite \(oldSuite)): " + parts.joined(separator: ", ")
    }
}
