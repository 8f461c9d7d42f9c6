/// A report as JUnit XML: a suite for each kind of case, a test case for each case.
public enum JUnitReport {
    /// The document.
    public static func text(_ report: ConformanceReport) -> String {
        let suites = ConformanceCase.Kind.allCases.compactMap { kind -> JUnitDocument.Suite? in
            let results = report.results.filter { $0.kind == kind }
            return results.isEmpty ? nil : JUnitDocument.Suite(kind.rawValue, results.map(testCase))
        }
        return JUnitDocument("hifi conformance \(report.suite), \(report.system)", suites).text + "\n"
    }

    private static func testCase(_ result: CaseResult) -> JUnitDocument.Case {
        let format = result.format.isEmpty ? result.kind.rawValue : result.format
        let message = result.detail ?? result.outcome.rawValue
        let body = "\(result.why) Clauses: \(result.clauses.joined(separator: ", ")). Flags: \(result.flags.joined(separator: ", "))."
        let outcome: JUnitDocument.Case.Outcome =
            switch result.outcome {
            case .fail, .unexpectedPass: .failure(type: result.outcome.rawValue, message: message, body: body)
            case .error, .crash, .timeout, .notRun: .error(type: result.outcome.rawValue, message: message, body: body)
            case .skip, .expectedFailure: .skipped(message: message)
            case .pass: .passed(note: nil)
            }
        return JUnitDocument.Case(className: "\(result.kind.rawValue).\(format)", name: result.id, outcome, seconds: result.seconds)
    }
}
