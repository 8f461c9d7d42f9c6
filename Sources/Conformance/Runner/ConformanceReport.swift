import Diagnosis
import Suite

/// What a run found.
public struct ConformanceReport: Sendable, Hashable, Codable {
    /// The system under test.
    public let system: String
    /// Version of the suite.
    public let suite: String
    /// Whether the system conforms: see `isConforming`.
    public let conforming: Bool
    /// The weakest level at which failures count.
    public let level: ConformanceCase.Level
    /// Cases that the system was asked: all but the skipped ones.
    public let applicable: Int
    /// Requirements that were not met, in words.
    public let shortfalls: [String]
    /// How the cases of each level ended.
    public let levels: [LevelSummary]
    /// Failures that belong together, with the mistake behind them; empty where none was looked for.
    public let diagnoses: [Diagnosis]
    /// Against an earlier run; nil where there is none to compare with.
    public var comparison: RunComparison?
    /// One per case that was chosen, in order.
    public let results: [CaseResult]
    /// Cases that the filter left out.
    public let omitted: Int
    /// Time of the whole run.
    public let seconds: Double

    /// Creates a report.
    public init(
        system: String, suite: String, results: [CaseResult], omitted: Int, seconds: Double, level: ConformanceCase.Level = .recommended,
        shortfalls: [String] = [], diagnoses: [Diagnosis] = []
    ) {
        (self.system, self.suite, self.level, self.shortfalls) = (system, suite, level, shortfalls)
        self.diagnoses = diagnoses
        (self.results, self.omitted, self.seconds) = (results, omitted, seconds)
        applicable = results.count { $0.outcome != .skip && $0.outcome != .notRun }
        levels = ConformanceCase.Level.allCases.map { LevelSummary($0, results) }
        conforming =
            shortfalls.isEmpty && !results.contains { Self.counts($0, level) }
            && results.contains { $0.outcome == .pass || $0.outcome == .expectedFailure }
    }

    /// How many cases ended so.
    public func count(_ outcome: Outcome) -> Int { results.count { $0.outcome == outcome } }

    /// Whether no failure counts, something passed, and what was required applied.
    public var isConforming: Bool { conforming }

    /// Whether a result turns the run red: a failure at a level that counts, or at any level a crash, a hang, or a case that was never put.
    public func counts(_ result: CaseResult) -> Bool { Self.counts(result, level) }

    /// How many failures turn the run red.
    public var countedFailures: Int { results.count(where: counts) }

    /// How many failures do not: they are reported only.
    public var otherFailures: Int { results.count { $0.outcome.isFailure && !counts($0) } }

    private static func counts(_ result: CaseResult, _ weakest: ConformanceCase.Level) -> Bool {
        guard result.outcome.isFailure else { return false }
        return result.level.counts(downTo: weakest) || [.crash, .timeout, .notRun].contains(result.outcome)
    }

    /// Outcomes by clause, in order of the clauses' first cases.
    public var clauses: [ClauseSummary] {
        var order: [String] = []
        var counts: [String: [Outcome: Int]] = [:]
        for result in results {
            for clause in result.clauses {
                if counts[clause] == nil { order.append(clause) }
                counts[clause, default: [:]][result.outcome, default: 0] += 1
            }
        }
        return order.map { ClauseSummary(clause: $0, counts: counts[$0] ?? [:]) }
    }
}

/// How the cases of one level ended.
public struct LevelSummary: Sendable, Hashable, Codable {
    /// The level.
    public let level: ConformanceCase.Level
    /// Cases that were chosen.
    public let cases: Int
    /// Cases that the system was asked.
    public let applicable: Int
    /// Cases that passed.
    public let passed: Int
    /// Cases that failed, expected failures not included.
    public let failed: Int
    /// Cases that failed as a list said.
    public let expectedFailures: Int

    init(_ level: ConformanceCase.Level, _ results: [CaseResult]) {
        let own = results.filter { $0.level == level }
        self.level = level
        cases = own.count
        applicable = own.count { $0.outcome != .skip && $0.outcome != .notRun }
        passed = own.count { $0.outcome == .pass }
        failed = own.count(where: \.outcome.isFailure)
        expectedFailures = own.count { $0.outcome == .expectedFailure }
    }
}

/// How the cases of one clause ended.
public struct ClauseSummary: Sendable, Hashable {
    /// The clause.
    public let clause: String
    /// Cases by outcome.
    public let counts: [Outcome: Int]
}
