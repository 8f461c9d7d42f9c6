import Conformance
import Diagnosis
import Pages
import Suite

/// The report of a conformance run as one self-contained page: the verdict, every failure with its explanation, and how cases ended
/// by operation, format and clause.
package struct ConformancePage {
    private let report: ConformanceReport

    /// Failures told in full; beyond that the page would be unreadable, and JSON has them all.
    private static let limit = 500

    package init(_ report: ConformanceReport) { self.report = report }

    private static let outcomes: [Outcome] = [
        .pass, .fail, .error, .crash, .timeout, .unstable, .notRun, .unexpectedPass, .expectedFailure, .skip,
    ]

    package var text: String {
        let red = report.countedFailures
        let other = report.otherFailures > 0 ? ", \(report.otherFailures.grouped) more at levels that do not count" : ""
        var page = Page(
            title: report.isConforming ? "Conforms" : red > 0 ? "Does not conform" : "Not tested",
            windowTitle: "\(report.system): conformance", kicker: "hifi conformance",
            lead: """
                <p class="lead">\(ConformanceText.verdict(report)).</p>
                <ul class="numbers">
                <li><b>\(report.applicable.grouped)</b>\
                <span>of \(report.results.count.grouped) cases put to <code>\(report.system)</code></span></li>
                <li><b>\(report.count(.pass).grouped)</b><span>passed</span></li>
                <li><b>\(report.countedFailures.grouped)</b><span>failed\(other)</span></li>
                <li><b>\(report.count(.skip).grouped)</b><span>skipped: the system does not do them</span></li>
                </ul>
                \(bars)
                """)
        if !report.diagnoses.isEmpty { page.add(section: "What failures have in common", diagnoses) }
        if let comparison = report.comparison { page.add(section: "Since the earlier run", compared(comparison)) }
        page.add(section: "By type and operation", matrix)
        // Those that count first.
        let failures = report.results.filter(report.counts) + report.results.filter { $0.outcome.isFailure && !report.counts($0) }
        if !failures.isEmpty { page.add(section: "Failures", self.failures(failures)) }
        page.add(section: "By level", grid("Cases by level", "level", byLevel))
        page.add(
            section: "By format",
            PageFigure.disclosure(
                "How the cases of each operation and format ended",
                grid("Cases by operation and format", "operation and format", byFormat)))
        page.add(
            section: "By clause",
            PageFigure.disclosure(
                "How the cases of each clause ended",
                grid("Cases by clause", "clause", report.clauses.map { ($0.clause, $0.counts) })))
        let known = report.results.filter { $0.outcome == .expectedFailure }
        if !known.isEmpty { page.add(section: "Known failures", self.failures(known)) }
        return page.text
    }

    /// Groups of failures, the cause first, then their cases.
    private var diagnoses: Markup {
        report.diagnoses.map { diagnosis -> Markup in
            let cause: Markup =
                if let cause = diagnosis.cause {
                    """
                    <b>\(cause.words)</b> \
                    <span class="dim">\(([cause.defect].compactMap(\.self) + [cause.id]).joined(separator: ", "))</span>
                    """
                } else {
                    "<b>No single known mistake explains more than 40 %</b>"
                        + "\(diagnosis.nearest.map { ": \($0.words) explains \($0.explained)" } ?? "")"
                }
            let place: Markup =
                diagnosis.place.map { "<br/>wrong weights lie \($0)" } ?? diagnosis.rounding.map { "<br/>\($0.words)" } ?? ""
            return """
                <div class="cause"><p>\(cause)<br/>\(diagnosis.cases.count.grouped) of \(diagnosis.failures.grouped) failing cases: \
                \(diagnosis.operation.rawValue) of \(diagnosis.formats.joined(separator: ", "))\(place)</p>\(histogram(diagnosis))\
                \(PageFigure.disclosure("The cases", "<p><code>\(diagnosis.cases.joined(separator: " "))</code></p>"))</div>
                """
        }.joined()
    }

    /// Wrong weights by sub-block, lane and block.
    private func histogram(_ diagnosis: Diagnosis) -> Markup {
        guard let histogram = diagnosis.histogram else { return "" }
        let parts = [("sub-block", histogram.subBlocks), ("lane", histogram.lanes), ("block", histogram.blocks)]
        return parts.map { name, counts -> Markup in
            var table = PageTable("Wrong weights by \(name)", [(name, .number), ("", .bars), ("wrong", .number)])
            let most = max(1, counts.max() ?? 1)
            for (index, count) in counts.enumerated() {
                table.add([
                    "\(index)", PageFigure.bars([(count: count, tone: .second, title: "\(count)")], whole: most), "\(count.grouped)",
                ])
            }
            return PageFigure.disclosure("Wrong weights by \(name)", table.markup())
        }.joined()
    }

    private func compared(_ comparison: RunComparison) -> Markup {
        func list(_ name: String, _ ids: [String]) -> Markup {
            ids.isEmpty ? "" : PageFigure.disclosure("\(ids.count.grouped) \(name)", "<p><code>\(ids.joined(separator: " "))</code></p>")
        }
        return """
            <p>\(comparison.sentence).</p>\(list("new", comparison.new))\(list("fixed", comparison.fixed))\
            \(list("the same", comparison.same))
            """
    }

    /// Types down, operations across; a cell tells what failed, by level, or how much passed.
    private var matrix: Markup {
        let kinds = ConformanceCase.Kind.allCases.filter { kind in report.results.contains { $0.kind == kind && $0.outcome != .skip } }
        var order: [String] = []
        var cells: [String: [ConformanceCase.Kind: [CaseResult]]] = [:]
        for result in report.results where result.outcome != .skip {
            if cells[result.format] == nil { order.append(result.format) }
            cells[result.format, default: [:]][result.kind, default: []].append(result)
        }
        var table = PageTable("Cases by type and operation", [("type", .text)] + kinds.map { ($0.rawValue, .number) })
        for format in order { table.add(["\(format.isEmpty ? "files" : format)"] + kinds.map { cell(cells[format]?[$0] ?? []) }) }
        return table.markup()
    }

    private func cell(_ results: [CaseResult]) -> Markup {
        guard !results.isEmpty else { return "–" }
        let failed = results.filter(\.outcome.isFailure)
        guard !failed.isEmpty else { return "\(results.count.grouped)" }
        let levels = ConformanceCase.Level.allCases.compactMap { level -> String? in
            let count = failed.count { $0.level == level }
            return count > 0 ? "\(count.grouped) \(level.rawValue)" : nil
        }
        return "<b class=\"bad\">✗ \(levels.joined(separator: ", "))</b> of \(results.count.grouped)"
    }

    private func failures(_ results: [CaseResult]) -> Markup {
        var parts = results.prefix(Self.limit).map { result -> Markup in
            let detail: Markup = result.detail.map { "<br/>\($0)" } ?? ""
            let flags: Markup = result.flags.isEmpty ? "" : "<br/><span class=\"dim\">flags: \(result.flags.joined(separator: ", "))</span>"
            return """
                <div class="cause"><p><b class="bad">✗ \(result.outcome.rawValue)</b> <code>\(result.id)</code> \
                <span class="dim">\(result.format), \(result.clauses.joined(separator: " ")), \(result.level.rawValue)</span><br/>\
                \(result.why)\(detail)\(flags)</p></div>
                """
        }
        if results.count > Self.limit {
            parts.append("<p>And \((results.count - Self.limit).grouped) more; JSON lists all.</p>")
        }
        return parts.joined()
    }

    /// Counts by level.
    private var byLevel: [(String, [Outcome: Int])] {
        ConformanceCase.Level.allCases.compactMap { level in
            let own = report.results.filter { $0.level == level }
            guard !own.isEmpty else { return nil }
            let name = level.rawValue + (level.counts(downTo: report.level) ? "" : " (not counted)")
            return (name, Dictionary(own.map { ($0.outcome, 1) }, uniquingKeysWith: +))
        }
    }

    /// Counts by operation and format, in the order of the suite.
    private var byFormat: [(String, [Outcome: Int])] {
        var order: [String] = []
        var counts: [String: [Outcome: Int]] = [:]
        for result in report.results {
            let key = "\(result.kind.rawValue) \(result.format)"
            if counts[key] == nil { order.append(key) }
            counts[key, default: [:]][result.outcome, default: 0] += 1
        }
        return order.map { ($0, counts[$0] ?? [:]) }
    }

    /// A bar for each operation: the share of its cases that passed, failed and were skipped.
    private var bars: Markup {
        let groups: [(String, Tone, Set<Outcome>)] = [
            ("passed", .first, [.pass]), ("failed", .second, [.fail, .error, .crash, .timeout, .unstable, .notRun, .unexpectedPass]),
            ("known failure or skipped", .quiet, [.expectedFailure, .skip]),
        ]
        var table = PageTable("Cases by operation", [("operation", .text), ("", .bars)] + groups.map { ($0.0, .number) })
        for kind in ConformanceCase.Kind.allCases {
            let results = report.results.filter { $0.kind == kind }
            guard !results.isEmpty else { continue }
            let counts = groups.map { group in results.count { group.2.contains($0.outcome) } }
            let bar = PageFigure.bars(
                zip(groups, counts).map { (count: $1, tone: $0.1, title: "\($1) \($0.0)") }, whole: results.count)
            table.add(["\(kind.rawValue)", bar] + counts.map { "\($0 > 0 ? $0.grouped : "–")" })
        }
        return PageFigure.markup(
            PageFigure.legend(groups.map { ($0.1, $0.0) }) + table.markup(),
            caption: "<b>How the cases of each operation ended</b>, as shares of its cases.")
    }

    /// A row for each entry, a column for each outcome that occurs.
    private func grid(_ caption: String, _ heading: String, _ rows: [(String, [Outcome: Int])]) -> Markup {
        let used = Self.outcomes.filter { outcome in rows.contains { $0.1[outcome] != nil } }
        var table = PageTable(caption, [(heading, .text)] + used.map { ($0.rawValue, .number) })
        for (name, counts) in rows {
            table.add(
                ["\(name)"]
                    + used.map { outcome in
                        guard let count = counts[outcome] else { return "–" }
                        return outcome.isFailure ? "<b class=\"bad\">\(count.grouped)</b>" : "\(count.grouped)"
                    })
        }
        return table.markup()
    }
}
