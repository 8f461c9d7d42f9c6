import Conformance
import Verification

/// A verification report as JUnit XML: a suite for each file, a case for each finding.
enum VerificationJUnit {
    static func text(_ report: VerificationReport) -> String {
        let files = report.files.map { JUnitDocument.Suite("\($0.path)", cases($0)) }
        let failures = report.failures.map { failure in
            let unread = JUnitDocument.Case.Outcome.error(type: "unreadable", message: failure.message, body: nil)
            return JUnitDocument.Suite("\(failure.file)", [JUnitDocument.Case(className: "\(failure.file)", name: "readable", unread)])
        }
        return JUnitDocument("hifi verify", files + failures).text
    }

    private static func cases(_ file: FileReport) -> [JUnitDocument.Case] {
        let coverage = file.coverage.items.map { item in
            JUnitDocument.Case(
                className: "\(file.path)", name: "coverage \(item.area.rawValue)",
                item.isGap ? .skipped(message: item.reason ?? item.what) : .passed(note: item.what))
        }
        if file.findings.isEmpty {
            return coverage + [JUnitDocument.Case(className: "\(file.path)", name: "conforming", .passed(note: nil))]
        }
        return coverage
            + file.findings.map { finding in
                let name = [finding.rule, finding.location.tensor?.description, finding.location.key?.description].compactMap(\.self)
                    .joined(separator: " ")
                if let reason = finding.suppressed {
                    return JUnitDocument.Case(
                        className: "\(file.path)", name: name, .skipped(message: "\(finding.suppressedBy ?? "policy"): \(reason)"))
                }
                let kind = "\(finding.severity.rawValue) \(finding.kind.rawValue)"
                return JUnitDocument.Case(
                    className: "\(file.path)", name: name,
                    finding.severity == .note ? .passed(note: finding.message) : .failure(type: kind, message: finding.message, body: nil))
            }
    }
}
