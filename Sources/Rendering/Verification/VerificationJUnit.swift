import Conformance
import HIFIVerification
import Suite

/// A verification report as JUnit XML: a suite for each file, a case for each finding.
package enum VerificationJUnit {
    package static func text(_ report: VerificationReport) -> String {
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
            + file.findings.map { JUnitDocument.Case(className: "\(file.path)", name: name($0.rule, $0.location), outcome($0)) }
    }

    private static func outcome(_ finding: Finding) -> JUnitDocument.Case.Outcome {
        if let reason = finding.suppressed { return .skipped(message: "\(finding.suppressedBy ?? "policy"): \(reason)") }
        let text = FindingText.text(finding)
        let kind = "\(finding.severity.rawValue) \(finding.kind.rawValue)"
        return finding.severity == .note ? .passed(note: text) : .failure(type: kind, message: text, body: nil)
    }

    /// `R6-05 blk.0.attn_v.weight row 3 block 0 outlier_vals[2]`.
    private static func name(_ rule: String, _ place: Finding.Location) -> String {
        let field = place.field.map { $0 + (place.index.map { "[\($0)]" } ?? "") }
        return [
            rule, place.tensor?.description, place.key?.description, place.row.map { "row \($0)" }, place.block.map { "block \($0)" },
            field,
        ]
        .compactMap(\.self).joined(separator: " ")
    }
}
