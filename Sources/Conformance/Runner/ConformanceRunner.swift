/// Runs cases against a system under test.
public enum ConformanceRunner {
    /// What to run and how.
    public struct Options: Sendable {
        /// Which cases.
        public var filter: CaseFilter
        /// Cases that the system is known to fail.
        public var expectedFailures: ExpectedFailures
        /// How often each case is put; all answers must be the same, bit for bit.
        public var repetitions: Int

        /// Everything, once, no failure expected.
        public init(filter: CaseFilter = .init(), expectedFailures: ExpectedFailures = .init(), repetitions: Int = 1) {
            self.filter = filter
            self.expectedFailures = expectedFailures
            self.repetitions = max(1, repetitions)
        }
    }

    /// Runs the chosen cases in order.
    ///
    /// - Parameter progress: called after each case with the number done and the number chosen.
    public static func run(
        _ store: VectorStore, _ options: Options = Options(), system: any SystemUnderTest, progress: (Int, Int) -> Void = { _, _ in }
    ) -> ConformanceReport {
        let chosen = store.cases.filter(options.filter.chooses)
        let judge = Judge(system: system, store: store)
        var results: [CaseResult] = []
        results.reserveCapacity(chosen.count)
        let clock = ContinuousClock()
        let began = clock.now
        for entry in chosen {
            let start = clock.now
            var verdict = judge.judge(entry)
            for repetition in 1..<options.repetitions where verdict.outcome == .pass {
                let again = judge.judge(entry)
                if again.outcome != .pass {
                    verdict = again
                    verdict.detail = "repetition \(repetition + 1): \(again.detail ?? "another answer")"
                } else if again.answer != verdict.answer {
                    verdict = .fail("repetition \(repetition + 1) gave another answer to the same question")
                }
            }
            results.append(result(entry, verdict, options, seconds: (clock.now - start) / .seconds(1)))
            progress(results.count, chosen.count)
        }
        return ConformanceReport(
            system: system.name, suite: store.version, results: results, omitted: store.cases.count - chosen.count,
            seconds: (clock.now - began) / .seconds(1))
    }

    private static func result(_ entry: ConformanceCase, _ verdict: Judge.Verdict, _ options: Options, seconds: Double) -> CaseResult {
        guard let reason = options.expectedFailures.reason(for: entry.id) else {
            return CaseResult(entry, outcome: verdict.outcome, detail: verdict.detail, mismatch: verdict.mismatch, seconds: seconds)
        }
        switch verdict.outcome {
        case .skip: return CaseResult(entry, outcome: .skip, detail: verdict.detail, seconds: seconds)
        case .pass:
            return CaseResult(entry, outcome: .unexpectedPass, detail: "expected to fail (\(reason)), but passes", seconds: seconds)
        default:
            let detail = ["\(reason)", verdict.detail].compactMap(\.self).joined(separator: "; ")
            return CaseResult(entry, outcome: .expectedFailure, detail: detail, mismatch: verdict.mismatch, seconds: seconds)
        }
    }
}

/// What a run found.
public struct ConformanceReport: Sendable, Hashable, Codable {
    /// The system under test.
    public let system: String
    /// Version of the suite.
    public let suite: String
    /// One per case that was chosen, in order.
    public let results: [CaseResult]
    /// Cases that the filter left out.
    public let omitted: Int
    /// Time of the whole run.
    public let seconds: Double

    /// Creates a report.
    public init(system: String, suite: String, results: [CaseResult], omitted: Int, seconds: Double) {
        self.system = system
        self.suite = suite
        self.results = results
        self.omitted = omitted
        self.seconds = seconds
    }

    /// How many cases ended so.
    public func count(_ outcome: Outcome) -> Int { results.count { $0.outcome == outcome } }

    /// Whether nothing failed and something passed. Failures at the level `optional` are reported but do not count.
    public var isConforming: Bool {
        !results.contains { $0.isRed } && results.contains { $0.outcome == .pass || $0.outcome == .expectedFailure }
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

/// How the cases of one clause ended.
public struct ClauseSummary: Sendable, Hashable {
    /// The clause.
    public let clause: String
    /// Cases by outcome.
    public let counts: [Outcome: Int]
}

extension CaseResult {
    /// Whether this result turns a run red.
    public var isRed: Bool { outcome.isFailure && (level != .optional || outcome == .crash || outcome == .timeout) }
}
