import Conformance
import Suite

/// A report as JUnit XML: a suite for each kind of case, a test case for each case.
public enum ConformanceJUnit {
    /// The document.
    public static func text(_ report: ConformanceReport) -> String {
        let suites = ConformanceCase.Kind.allCases.compactMap { kind -> JUnitDocument.Suite? in
            let results = report.results.filter { $0.kind == kind }
            return results.isEmpty ? nil : JUnitDocument.Suite(kind.rawValue, results.map { testCase($0, report.counts($0)) })
        }
        return JUnitDocument("hifi conformance \(report.suite), \(report.system)", suites).text + "\n"
    }

    private static func testCase(_ result: CaseResult, _ counts: Bool) -> JUnitDocument.Case {
        let format = result.format.isEmpty ? result.kind.rawValue : result.format
        let message = result.detail ?? result.outcome.rawValue
        let body =
            "\(result.why) Level: \(result.level.rawValue). Clauses: \(result.clauses.joined(separator: ", ")). "
            + "Flags: \(result.flags.joined(separator: ", "))."
        let outcome: JUnitDocument.Case.Outcome =
            switch result.outcome {
            // A CI server knows no failures that do not count.
            case _ where result.outcome.isFailure && !counts:
                .skipped(message: "\(result.level.rawValue), does not count: \(result.outcome.rawValue): \(message)")
            case .fail, .unexpectedPass, .unstable: .failure(type: result.outcome.rawValue, message: message, body: body)
            case .error, .crash, .timeout, .notRun: .error(type: result.outcome.rawValue, message: message, body: body)
            case .skip, .expectedFailure: .skipped(message: message)
            case .pass: .passed(note: nil)
            }
        return JUnitDocument.Case(className: "\(result.kind.rawValue).\(format)", name: result.id, outcome, seconds: result.seconds)
    }
}
