import Foreign

/// A report as lines of text.
public enum ReportText {
    /// Failures with what was wrong, then counts by kind and the verdict.
    ///
    /// - Parameters:
    ///   - limit: how many failures are told in full.
    ///   - clauses: whether the outcomes by clause follow.
    public static func lines(_ report: ConformanceReport, limit: Int = 40, clauses: Bool = false) -> [String] {
        var lines: [String] = []
        let failures = report.results.filter { $0.outcome.isFailure }
        for result in failures.prefix(limit) {
            lines.append(
                "\(result.outcome.rawValue.uppercased()) \(ForeignText(result.id))  [\(result.clauses.joined(separator: " "))] \(ForeignText(sentence: result.why))"
            )
            if let detail = result.detail { lines.append("     \(detail)") }
            if !result.flags.isEmpty { lines.append("     flags: \(result.flags.joined(separator: ", "))") }
        }
        if failures.count > limit { lines.append("… and \(failures.count - limit) more failures (--format json lists all)") }
        if !failures.isEmpty { lines.append("") }
        lines += table(report)
        if clauses { lines += [""] + clauseTable(report) }
        lines.append("")
        lines.append(verdict(report))
        return lines
    }

    /// One line: does the system conform?
    public static func verdict(_ report: ConformanceReport) -> String {
        let failures = report.results.count(where: \.isRed)
        let omitted = report.omitted > 0 ? ", \(report.omitted) not chosen" : ""
        let passed = report.count(.pass)
        if failures > 0 {
            return "\(report.system) does not conform to suite \(report.suite): \(failures) of \(report.results.count) cases fail\(omitted)"
        }
        if report.isConforming {
            return "\(report.system) conforms to suite \(report.suite): \(passed) cases pass, \(report.count(.skip)) skipped\(omitted)"
        }
        return "\(report.system) was not tested: no case of \(report.results.count) was answered\(omitted)"
    }

    private static let outcomes: [Outcome] = [.pass, .fail, .skip, .expectedFailure, .unexpectedPass, .error, .crash, .timeout]

    private static func table(_ report: ConformanceReport) -> [String] {
        var counts: [ConformanceCase.Kind: [Outcome: Int]] = [:]
        for result in report.results { counts[result.kind, default: [:]][result.outcome, default: 0] += 1 }
        let kinds = ConformanceCase.Kind.allCases.filter { counts[$0] != nil }
        return grid("kind", kinds.map { ($0.rawValue, counts[$0] ?? [:]) })
    }

    private static func clauseTable(_ report: ConformanceReport) -> [String] {
        grid("clause", report.clauses.map { ($0.clause, $0.counts) })
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
}

extension SelfTestReport {
    /// Survivors, counts, and what defects of the catalogue were re-enacted.
    public func lines(listing all: Bool = false) -> [String] {
        var lines: [String] = []
        for result in results where all || result.fate == .survived {
            let killers = result.killers.isEmpty ? "" : "  killed by \(result.killers.joined(separator: ", "))"
            let argument = result.argument.map { "  (\($0))" } ?? ""
            lines.append(
                "\(result.fate.rawValue) \(result.id): \(result.fault)\(result.defect.map { " [\($0)]" } ?? "")\(killers)\(argument)")
        }
        for control in failingControls { lines.append("invalid: the unmutated \(control)") }
        let defects = Set(results.compactMap(\.defect))
        lines.append("\(defects.count) catalogued defects re-enacted")
        let killable = results.count - count(.equivalent)
        lines.append(
            "mutation score: \(count(.killed)) of \(killable) mutants killed, \(count(.equivalent)) more proven equivalent, \(count(.survived)) survived"
        )
        return lines
    }
}
