import Conformance
import Diagnosis
import HIFIForeign
import Mutants
import Suite

/// A report as lines of text.
public enum ConformanceText {
    /// Failures with what was wrong, then counts by kind and the verdict.
    ///
    /// - Parameters:
    ///   - limit: how many failures are told in full.
    ///   - clauses: whether the outcomes by clause follow.
    public static func lines(_ report: ConformanceReport, limit: Int = 40, clauses: Bool = false) -> [String] {
        var lines: [String] = []
        // Those that count first: a list that is cut short must not hide them.
        let failures = report.results.filter(report.counts) + report.results.filter { $0.outcome.isFailure && !report.counts($0) }
        for result in failures.prefix(limit) {
            let weight = report.counts(result) ? "" : " (\(result.level.rawValue): does not count)"
            let clauses = result.clauses.map { ForeignText($0) }.joined(separator: " ")
            lines.append(
                "\(result.outcome.rawValue.uppercased()) \(ForeignText(result.id))\(weight)  [\(clauses)] "
                    + "\(ForeignText(sentence: result.why))"
            )
            if let detail = result.detail { lines.append("     \(detail)") }
            if !result.flags.isEmpty { lines.append("     flags: \(result.flags.map { ForeignText($0) }.joined(separator: ", "))") }
        }
        if failures.count > limit { lines.append("… and \(failures.count - limit) more failures (JSON lists all)") }
        if !failures.isEmpty { lines.append("") }
        lines += diagnoses(report)
        lines += table(report) + [""] + levelTable(report)
        if clauses { lines += [""] + clauseTable(report) }
        lines.append("")
        if let comparison = report.comparison { lines += compared(comparison, limit) }
        lines.append(verdict(report))
        return lines
    }

    private static func compared(_ comparison: RunComparison, _ limit: Int) -> [String] {
        func list(_ name: String, _ ids: [String]) -> [String] {
            guard !ids.isEmpty else { return [] }
            let rest = ids.count > limit ? " … and \(ids.count - limit) more" : ""
            return ["  \(name): \(ids.prefix(limit).map { ForeignText($0) }.joined(separator: " "))\(rest)"]
        }
        return [comparison.sentence] + list("new", comparison.new) + list("fixed", comparison.fixed) + [""]
    }

    /// One line: does the system conform, and how much of the suite says so?
    ///
    /// Failures that count and failures that do not are the failures of the tables.
    public static func verdict(_ report: ConformanceReport) -> String {
        var rest = ["\(report.applicable) of \(report.results.count) cases apply"]
        if report.otherFailures > 0 {
            let weaker = ConformanceCase.Level.allCases.filter { !$0.counts(downTo: report.level) }.map(\.rawValue)
            let fail = report.otherFailures == 1 ? "case fails" : "cases fail"
            rest.append("\(report.otherFailures) \(weaker.joined(separator: " or ")) \(fail), not counted")
        }
        if report.count(.expectedFailure) > 0 { rest.append("\(report.count(.expectedFailure)) fail as expected") }
        if report.omitted > 0 { rest.append("\(report.omitted) not chosen") }
        let tail = "; " + rest.joined(separator: ", ")
        if report.countedFailures > 0 {
            let levels = ConformanceCase.Level.allCases.compactMap { level -> String? in
                let count = report.results.count { $0.level == level && report.counts($0) }
                return count > 0 ? "\(count) \(level.rawValue)" : nil
            }
            let failures = "\(report.countedFailures) cases fail (\(levels.joined(separator: ", ")))"
            return "\(report.system) does not conform to suite \(ForeignText(report.suite)): \(failures)\(tail)"
        }
        if let shortfall = report.shortfalls.first {
            return "\(report.system) was not tested enough: \(shortfall)\(tail)"
        }
        if report.isConforming {
            return "\(report.system) conforms to suite \(ForeignText(report.suite)): \(report.count(.pass)) cases pass\(tail)"
        }
        let omitted = report.omitted > 0 ? ", \(report.omitted) not chosen" : ""
        return "\(report.system) was not tested: no case of \(report.results.count) was answered\(omitted)"
    }

    /// What failures have in common, a line for each group.
    private static func diagnoses(_ report: ConformanceReport) -> [String] {
        guard !report.diagnoses.isEmpty else { return [] }
        return ["Diagnosis"]
            + report.diagnoses.flatMap { diagnosis in ["  \(diagnosis.sentence)"] + (diagnosis.histogram.map(places) ?? []) } + [""]
    }

    /// Wrong weights by where they lie, where that tells something: not where all places have as many.
    private static func places(_ histogram: PlaceHistogram) -> [String] {
        [("sub-block", histogram.subBlocks), ("lane", histogram.lanes), ("block of the row", histogram.blocks)].compactMap { name, counts in
            guard let most = counts.max(), most > 0, counts.contains(where: { 2 * $0 < most }) else { return nil }
            return "    wrong weights by \(name): " + counts.map { $0 == 0 ? "-" : "\($0)" }.joined(separator: " ")
        }
    }

    private static let outcomes: [Outcome] = [
        .pass, .fail, .skip, .expectedFailure, .unexpectedPass, .error, .crash, .timeout, .unstable, .notRun,
    ]

    private static func table(_ report: ConformanceReport) -> [String] {
        var counts: [ConformanceCase.Kind: [Outcome: Int]] = [:]
        for result in report.results { counts[result.kind, default: [:]][result.outcome, default: 0] += 1 }
        let kinds = ConformanceCase.Kind.allCases.filter { counts[$0] != nil }
        return grid("kind", kinds.map { ($0.rawValue, counts[$0] ?? [:]) })
    }

    /// How the cases of each level ended, and which levels count.
    private static func levelTable(_ report: ConformanceReport) -> [String] {
        let rows = ConformanceCase.Level.allCases.map { level -> (String, [Outcome: Int]) in
            var counts: [Outcome: Int] = [:]
            for result in report.results where result.level == level { counts[result.outcome, default: 0] += 1 }
            return (level.rawValue + (level.counts(downTo: report.level) ? "" : " (not counted)"), counts)
        }
        return grid("level", rows.filter { !$0.1.isEmpty })
    }

    private static func clauseTable(_ report: ConformanceReport) -> [String] {
        grid("clause", report.clauses.map { ("\(ForeignText($0.clause))", $0.counts) })
    }

    /// A line for each row, with a column for each outcome that occurs.
    private static func grid(_ title: String, _ rows: [(String, [Outcome: Int])]) -> [String] {
        let used = outcomes.filter { outcome in rows.contains { $0.1[outcome] != nil } }
        let width = (rows.map(\.0.count) + [title.count]).max() ?? 0
        func line(_ name: String, _ cells: [String]) -> String {
            name + String(repeating: " ", count: width - name.count)
                + cells.map { String(repeating: " ", count: max(1, 9 - $0.count)) + $0 }.joined()
        }
        return [line(title, used.map(\.rawValue))]
            + rows.map { name, counts in line(name, used.map { counts[$0].map(String.init) ?? "-" }) }
    }

    /// Survivors, counts, and what defects of the catalogue were re-enacted.
    public static func lines(_ report: SelfTestReport, listing all: Bool = false) -> [String] {
        var lines: [String] = []
        for result in report.results where all || result.fate == .survived {
            let killers = result.killers.isEmpty ? "" : "  killed by \(result.killers.joined(separator: ", "))"
            let argument = result.argument.map { "  (\($0))" } ?? ""
            lines.append(
                "\(result.fate.rawValue) \(result.id): \(result.fault)\(result.defect.map { " [\($0)]" } ?? "")\(killers)\(argument)")
        }
        for control in report.failingControls { lines.append("invalid: the unmutated \(control)") }
        let defects = Set(report.results.compactMap(\.defect))
        lines.append("\(defects.count) catalogued defects reproduced")
        let killable = report.results.count - report.count(.equivalent)
        lines.append(
            "mutation score: \(report.count(.killed)) of \(killable) mutants killed, "
                + "\(report.count(.equivalent)) more proven equivalent, \(report.count(.survived)) survived"
        )
        return lines
    }
}
