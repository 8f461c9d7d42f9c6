import Figures
import HIFIBlockSpec
import Pages

extension ReportPage {
    /// Bars for each metric and baseline, and the arithmetic of all percentages.
    var gainsSection: Markup {
        let rows = table.derived.map { row in
            (row, audit.percentages.filter { $0.metric == row.metric.rawValue && $0.against == name(row.against) })
        }
        let panels = rows.map { row, checks in
            (heading: "\(heading(row.metric)) against \(name(row.against))", chart: bars(row, checks))
        }
        let wrong = audit.unfounded.map {
            "\($0.label) (printed \(Self.percent($0.published)), computed \(Self.percent($0.change.percent)))"
        }
        let changed = audit.changed.compactMap { check in
            check.fromBytes.map {
                "\(check.label) against \(check.against) \(Self.percent($0.change.rounded)) instead of \(Self.percent(check.published))"
            }
        }
        let isPossible = audit.unfounded.allSatisfy(\.range.allowsPublished)
        let possible =
            isPossible
            ? "Unrounded figures could give each of them, so they may come from digits that were not printed."
            : "Not even unrounded figures give all of them."
        let caption: Markup = """
            <b>\(styles[0].name) against each baseline, per cent.</b> Bars are recomputed from the printed figures. Blue bars are \
            gains, orange bars with a stripe are losses; ≠ marks a printed percentage that does not follow.
            """
        return """
            <p>\(audit.summary.percentagesFollowing) of the table’s \(audit.summary.percentages) percentages follow from the figures \
            printed beside them. The others: \(Self.list(wrong)). \(possible)</p>
            <p>Sizes printed in hundredths of a GiB are too coarse to divide: from exact bytes \(audit.changed.count) percentages \
            change, \(Self.list(changed)).</p>
            \(PageFigure.markup(gainsLegend + PageFigure.panels(panels), caption: caption, data: percentageTable))
            """
    }

    private var gainsLegend: Markup { PageFigure.legend([(Tone.first, "gain"), (Tone.second, "loss, with a stripe")]) }

    static func list(_ items: [String]) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "none" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    private func name(_ mix: String) -> String { table.columns.first { $0.mix == mix }?.name ?? mix }

    private func heading(_ metric: PublishedMetric) -> String {
        switch metric {
        case .perplexity: "Perplexity"
        case .size: "Size"
        case .speed: "Tokens a second"
        }
    }

    /// What a bar to the left and one to the right means.
    private func directions(_ metric: PublishedMetric) -> (String, String) {
        switch metric {
        case .perplexity: ("better", "worse")
        case .size: ("smaller", "larger")
        case .speed: ("slower", "faster")
        }
    }

    private var percentageTable: PageTable {
        var data = PageTable(
            "The 36 percentages, derived again",
            [
                ("model", .text), ("metric", .text), ("against", .text), ("arithmetic", .code), ("per cent", .number),
                ("published", .number),
                ("verdict", .text), ("from exact bytes", .number),
            ])
        var last = ""
        for check in audit.percentages {
            let group = "\(check.metric) \(check.against)"
            let exact: Markup =
                if let bytes = check.fromBytes {
                    "\(Self.percent(bytes.change.percent))\(bytes.differsFromPublished ? " " + Self.verdict("changes") : "")"
                } else { "" }
            data.add(
                [
                    "\(check.label)", "\(check.metric)", "\(check.against)", "\(check.change.formula)",
                    "\(Self.percent(check.change.percent))",
                    "\(Self.percent(check.published))", Self.verdict(check.verdict == .follows ? "follows" : "does not follow"), exact,
                ], startsGroup: group != last)
            last = group
        }
        return data
    }

    private func bars(_ row: PublishedPercentages, _ checks: [PercentageCheck]) -> Markup {
        let values = checks.map { Decimal($0.change.percent)?.value ?? 0 }
        let texts = checks.map { check in
            Self.percent(check.change.percent, places: 1) + (check.verdict == .follows ? "" : " ≠ \(Self.percent(check.published))")
        }
        let widths = zip(checks, texts).map { TextWidth.estimate($1, strong: $0.verdict != .follows) + 10 }
        let names = 6 + (checks.map { TextWidth.estimate($0.label) }.max() ?? 36)
        let domain = Self.domain(values, widths: widths, room: 320 - 8 - names)
        let (low, high) = (min(0, values.min() ?? 0), max(0, values.max() ?? 0))
        let height = 30.0 + 26 * Double(checks.count)
        var plot = Plot(
            width: 320, height: height, margins: .init(top: 8, right: 8, bottom: 22, left: names), x: .linear(domain, ticks: []),
            y: .linear(0...Double(max(1, checks.count)), ticks: []))
        let zero = plot.px(0)
        for (place, (check, value)) in zip(checks, values).enumerated() {
            let text = texts[place]
            let middle = plot.py(Double(checks.count - place) - 0.5)
            let isGain = row.metric == .speed ? value > 0 : value < 0
            let end = plot.px(value)
            let tone = isGain ? Tone.first : .second
            plot.add(
                """
                <rect class="mark \(tone.rawValue)" x="\(min(zero, end))" y="\(middle - 8)" width="\(max(1, abs(end - zero)))" height="16" \
                data-value="\(check.change.percent)"/>
                """
            )
            if !isGain {
                plot.add(
                    "<line class=\"stripe\" x1=\"\(zero)\" y1=\"\(middle)\" x2=\"\(end)\" y2=\"\(middle)\"/>"
                )
            }
            plot.addText(check.label, px: 0, py: middle + 4, strong: false)
            let follows = check.verdict == .follows
            plot.addText(text, px: end + (value < 0 ? -6 : 6), py: middle + 4, anchor: value < 0 ? .end : .start, strong: !follows)
        }
        plot.add("<line class=\"zero\" x1=\"\(zero)\" y1=\"4\" x2=\"\(zero)\" y2=\"\(height - 20)\"/>")
        let (less, more) = directions(row.metric)
        if low < 0 { plot.add("<text class=\"axis\" x=\"\(zero - 6)\" y=\"\(height - 6)\" text-anchor=\"end\">← \(less)</text>") }
        if high > 0 { plot.add("<text class=\"axis\" x=\"\(zero + 6)\" y=\"\(height - 6)\">\(more) →</text>") }
        let words = checks.map { "\($0.label) \(Self.percent($0.change.percent, places: 1))" }
        return plot.svg(
            title: "\(heading(row.metric)) of \(styles[0].name) against \(name(row.against)), per cent",
            description: words.joined(separator: "; "))
    }

    /// The values from one end of a row of bars to the other, so that each bar and the text beside it fit into `room` and all bars have
    /// one scale.
    ///
    /// - Parameter widths: of the texts, in units of the drawing, one for each value.
    static func domain(_ values: [Double], widths: [Double], room: Double) -> ClosedRange<Double> {
        func sides(_ scale: Double) -> (left: Double, right: Double) {
            var (left, right) = (6.0, 6.0)
            for (value, width) in zip(values, widths) where value != 0 {
                if value < 0 { left = max(left, -value * scale + width) } else { right = max(right, value * scale + width) }
            }
            return (left, right)
        }
        // Both sides grow with the scale, so that it can be found by halving.
        var (low, high) = (0.0, room / max(0.001, values.map(abs).max() ?? 1))
        for _ in 0..<60 {
            let middle = (low + high) / 2
            let (left, right) = sides(middle)
            if left + right > room { high = middle } else { low = middle }
        }
        let scale = max(low, 1e-9)
        let (left, right) = sides(scale)
        return (-left / scale)...((room - left) / scale > 0 ? (room - left) / scale : right / scale)
    }
}
