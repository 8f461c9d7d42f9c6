import Conformance

/// A conformance report for people: failures with their reasons, then the counts.
struct ConformanceText {
    let lines: [String]

    /// Failures shown in full; a broken kernel fails thousands of cases for one reason.
    private static let shown = 20

    init(_ report: ConformanceReport) {
        let red = report.results.filter(\.isRed)
        var lines: [String] = []
        for result in red.prefix(Self.shown) {
            lines.append("\(Style.red(result.outcome.rawValue))  \(Style.bold(result.id))  \(result.clauses.joined(separator: ", "))")
            lines.append("      \(result.why)")
            if let text = result.mismatch?.description ?? result.detail { lines.append("      \(text)") }
        }
        if red.count > Self.shown { lines.append("… and \((red.count - Self.shown).grouped) more (--format json has all)") }
        if !red.isEmpty { lines += [""] + Self.clauses(report) + [""] }
        lines += Self.skips(report)
        let counts = Outcome.allCases.map { ($0.rawValue, report.count($0)) }.filter { $0.1 > 0 }
        let summary = counts.map { "\($0.1.grouped) \($0.0)" }.joined(separator: ", ")
        let verdict = report.isConforming ? Style.green("conforming") : Style.red("not conforming")
        lines.append("\(verdict)  \(report.system), suite \(report.suite): \(summary) in \(report.seconds.rounded(toPlaces: 1)) s")
        self.lines = lines
    }

    /// Clauses with failures.
    private static func clauses(_ report: ConformanceReport) -> [String] {
        var table = TextTable([("clause", .left), ("failed", .right), ("passed", .right)])
        for clause in report.clauses {
            let failed = clause.counts.filter { $0.key.isFailure }.values.reduce(0, +)
            if failed > 0 { table.add(clause.clause, "\(failed)", "\(clause.counts[.pass] ?? 0)") }
        }
        return table.lines(indent: "  ")
    }

    /// What was not tried is said, with the reasons.
    private static func skips(_ report: ConformanceReport) -> [String] {
        var reasons: [(reason: String, count: Int)] = []
        for result in report.results where result.outcome == .skip {
            let reason = result.detail ?? "no reason given"
            if let known = reasons.firstIndex(where: { $0.reason == reason }) {
                reasons[known].count += 1
            } else {
                reasons.append((reason, 1))
            }
        }
        let lines = reasons.prefix(12).map { Style.yellow("skipped") + "  \($0.count.grouped) cases: \($0.reason)" }
        return lines + (reasons.count > 12 ? ["skipped  for \(reasons.count - 12) more reasons"] : [])
    }
}

/// The suite's own test for people: what got away, what cannot be told from right, the score.
struct SelfTestText {
    let lines: [String]

    init(_ report: SelfTestReport) {
        var lines: [String] = []
        for control in report.failingControls { lines.append("\(Style.red("wrong"))  a control without a fault: \(control)") }
        for result in report.results {
            switch result.fate {
            case .killed: lines.append(Style.dim("killed      \(result.id)  by \(result.killers.joined(separator: ", "))"))
            case .equivalent: lines.append("\(Style.cyan("equivalent"))  \(result.id): \(result.argument ?? result.fault)")
            case .survived: lines.append("\(Style.red("survived"))    \(result.id): \(result.fault)")
            }
        }
        let (killed, equivalent) = (report.count(.killed), report.count(.equivalent))
        let judged = report.results.count - equivalent
        let percent = judged > 0 ? Double(killed) * 100 / Double(judged) : 0
        let verdict = report.isComplete ? Style.green("complete") : Style.red("incomplete")
        lines.append(
            "\(verdict)  \(killed) of \(judged) mutants killed (\(percent.rounded(toPlaces: 1)) %), \(equivalent) proven equivalent, "
                + "in \(report.seconds.rounded(toPlaces: 1)) s")
        self.lines = lines
    }
}
