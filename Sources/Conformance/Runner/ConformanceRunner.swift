import Diagnosis
import Suite

/// Runs cases against a system under test.
public enum ConformanceRunner {
    /// What to run and how.
    public struct Options: Sendable {
        /// Which cases.
        public var filter: CaseFilter
        /// Cases that the system is known to fail.
        public var expectedFailures: ExpectedFailures
        /// How often each case is put; all answers must be the same, bit for bit. Where the first is wrong, each time to a new process.
        public var repetitions: Int
        /// The weakest level at which failures count.
        public var level: ConformanceCase.Level
        /// The least that must apply.
        public var requirements: [Requirement]
        /// Whether to look for the mistakes behind failures.
        public var diagnoses = false

        /// Everything, once, no failure expected, failures of required and recommended cases count.
        public init(
            filter: CaseFilter = .init(), expectedFailures: ExpectedFailures = .init(), repetitions: Int = 1,
            level: ConformanceCase.Level = .recommended, requirements: [Requirement] = []
        ) {
            (self.filter, self.expectedFailures) = (filter, expectedFailures)
            self.repetitions = max(1, repetitions)
            (self.level, self.requirements) = (level, requirements)
        }
    }

    /// After this many timeouts in a row the remaining cases are not run.
    public static let hangLimit = 3

    /// Runs the chosen cases in order. After ``hangLimit`` of them in a row that were not answered in time, the rest is reported as not
    /// run: each would take the whole time that an answer may take.
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
        var hangs = 0
        var wrong = WrongAnswers()
        for entry in chosen {
            guard hangs < hangLimit else {
                let detail = "not run, since \(hangLimit) cases in a row before it were not answered in time"
                results.append(CaseResult(entry, outcome: .notRun, detail: detail))
                continue
            }
            let start = clock.now
            var verdict = judge.judge(entry)
            if options.diagnoses { wrong.add(entry, verdict) }
            for repetition in 1..<options.repetitions where verdict.isAnswer {
                // What is wrong may be memory that nobody wrote. Within one process that may be the same each time.
                if verdict.outcome == .fail { system.restart() }
                let again = judge.judge(entry)
                guard again.outcome != verdict.outcome || again.answer != verdict.answer else { continue }
                guard again.isAnswer else {
                    verdict = again
                    verdict.detail = "repetition \(repetition + 1): \(again.words)"
                    break
                }
                verdict.detail =
                    "repetition \(repetition + 1) gave another answer to the same question: \(again.words); first: \(verdict.words)"
                verdict.outcome = .unstable
            }
            hangs = verdict.outcome == .timeout ? hangs + 1 : 0
            results.append(result(entry, verdict, options, seconds: (clock.now - start) / .seconds(1)))
            progress(results.count, chosen.count)
        }
        return ConformanceReport(
            system: system.name, suite: store.version, results: results, omitted: store.cases.count - chosen.count,
            seconds: (clock.now - began) / .seconds(1), level: options.level,
            shortfalls: options.requirements.compactMap { $0.shortfall(in: results) },
            diagnoses: wrong.answers.isEmpty
                ? []
                : Diagnoser(store, ask: { system.answer($0) }).diagnose(
                    wrong.answers, passed: Set(results.filter { $0.outcome == .pass }.map(\.id))))
    }

    /// Wrong answers for a diagnosis, as many as memory should hold.
    private struct WrongAnswers {
        private(set) var answers: [WrongAnswer] = []
        private var room = 1 << 26

        mutating func add(_ entry: ConformanceCase, _ verdict: Judge.Verdict) {
            guard verdict.outcome == .fail || verdict.outcome == .crash, let answer = verdict.answer else { return }
            switch answer.unchecked {
            case .floats(let bits): room -= 4 * bits.count
            case .bytes(let bytes): room -= bytes.count
            case .crash: break
            default: return
            }
            if room >= 0 { answers.append(WrongAnswer(entry: entry, answer: answer, step: verdict.step)) }
        }
    }

    private static func result(_ entry: ConformanceCase, _ verdict: Judge.Verdict, _ options: Options, seconds: Double) -> CaseResult {
        guard let expected = options.expectedFailures.entry(for: entry.id) else {
            return CaseResult(entry, outcome: verdict.outcome, detail: verdict.detail, mismatch: verdict.mismatch, seconds: seconds)
        }
        switch verdict.outcome {
        case .skip: return CaseResult(entry, outcome: .skip, detail: verdict.detail, seconds: seconds)
        case .pass where expected.mayPass: return CaseResult(entry, outcome: .pass, seconds: seconds)
        case .pass:
            return CaseResult(
                entry, outcome: .unexpectedPass, detail: "expected to fail (\(expected.reason)), but passes", seconds: seconds)
        default:
            let detail = ["\(expected.reason)", verdict.detail].compactMap(\.self).joined(separator: "; ")
            return CaseResult(entry, outcome: .expectedFailure, detail: detail, mismatch: verdict.mismatch, seconds: seconds)
        }
    }
}

extension Judge.Verdict {
    /// Whether the system answered, so that asking again makes sense.
    fileprivate var isAnswer: Bool { outcome == .pass || outcome == .fail }

    /// What came of it, in few words.
    fileprivate var words: String { detail ?? (outcome == .pass ? "right" : outcome.rawValue) }
}
