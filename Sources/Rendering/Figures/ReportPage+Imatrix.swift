import Figures
import HIFIBlockSpec
import Pages

extension ReportPage {
    /// What is concluded, the gain that remains, the small model, and the evidence.
    var imatrixSection: Markup {
        let finding = audit.imatrix
        let evidence = finding.evidence.map { item -> Markup in
            """
            <li><b>\(item.id)</b> \(item.statement) <span class="dim">\(item.source).</span> \
            <span class="verdict">→ \(item.suggests.replacing(where: "-", with: " "))</span></li>
            """
        }
        let caveats = finding.caveats.map { "<li>\($0)</li>" as Markup }.joined(by: "")
        return """
            <p><b>\(finding.certainty.capitalizedFirst), not proven.</b> \(finding.statement)</p>
            <ul>\(caveats)</ul>
            \(likeForLikeFigure)
            <h3>The same question, measured</h3>
            \(reversalFigure)
            <h3>Evidence</h3>
            <ul class="plain">
            \(evidence.joined())
            </ul>
            """
    }

    private var likeForLikeFigure: Markup {
        var data = PageTable(
            "Q3_HIFI against Q3_K_M, as published and under the same conditions as far as recorded",
            [
                ("model", .text), ("published", .number), ("same conditions", .number), ("arithmetic", .code), ("source", .text),
                ("remark", .text),
            ])
        for pair in audit.imatrix.likeForLike {
            data.add([
                "\(pair.label)", "\(Self.percent(pair.published))", "\(Self.percent(pair.change.percent))", "\(pair.change.formula)",
                "\(pair.source)",
                "\(pair.remark)",
            ])
        }
        let pairs = audit.imatrix.likeForLike
        let chart = PageFigure.responsive { width, style in
            let values = pairs.flatMap { [$0.published, $0.change.percent] }.compactMap { Decimal($0)?.value }
            let x = Scale.linear(values, padding: 0.16, includesZero: true, count: 5)
            let height = 62.0 + 58 * Double(pairs.count)
            var plot = Plot(
                width: width, height: height, margins: .init(top: 8, right: 30, bottom: 42, left: 44), x: x,
                y: .linear(0...Double(max(1, pairs.count)), ticks: []))
            plot.addHorizontalAxis("change in perplexity against Q3_K_M, per cent")
            plot.add("<line class=\"zero\" x1=\"\(plot.px(0))\" y1=\"8\" x2=\"\(plot.px(0))\" y2=\"\(height - 42)\"/>")
            for (place, pair) in pairs.enumerated() {
                let row = Double(pairs.count - place) - 0.42
                let (from, to) = (Decimal(pair.published)?.value ?? 0, Decimal(pair.change.percent)?.value ?? 0)
                plot.addText(pair.label, px: 0, py: plot.py(row) + 4, strong: true)
                plot.addLine([(from, row), (to, row)], tone: .quiet)
                plot.addPoint(x: from, y: row, symbol: .ring, tone: .second, radius: 5.5)
                plot.addPoint(x: to, y: row, symbol: .circle, tone: .first, radius: 5.5)
                plot.addText(
                    "published \(Self.percent(pair.published))", px: plot.px(from) - 5, py: plot.py(row) - 11,
                    anchor: from < -10 ? .start : .end, tone: .second)
                plot.addText(
                    "same conditions \(Self.percent(pair.change.percent, places: 1))", px: plot.px(to) + 5, py: plot.py(row) + 20,
                    anchor: .end, tone: .first)
            }
            return plot.svg(
                title: "Gain in perplexity as published and under the same conditions",
                description: pairs.map { "\($0.label): published \($0.published) per cent, same conditions \($0.change.percent) per cent" }
                    .joined(separator: "; "), class: style)
        }
        let caption: Markup = """
            <b>What remains of the gain</b> where figures with an importance matrix on both sides are on record. Negative is better \
            for Q3_HIFI. The pairs come from notes of the same author, whose settings may differ from the table’s.
            """
        let legend = PageFigure.legend([
            (symbol: Symbol.ring, tone: Tone.second, text: "as published"),
            (symbol: .circle, tone: .first, text: "under the same conditions"),
        ])
        return PageFigure.markup(legend + chart, caption: caption, data: data)
    }

    private var reversalFigure: Markup {
        guard let reversal = audit.reversals.first(where: \.turnsAround) ?? audit.reversals.first else { return "" }
        var data = PageTable(
            "Perplexity of Q3_HIFI against Q3_K_M on a small model, under all four combinations of conditions",
            [
                ("model", .text), ("Q3_HIFI", .text), ("Q3_K_M", .text), ("arithmetic", .code), ("per cent", .number),
                ("lower perplexity", .text),
            ])
        for item in audit.reversals {
            for (place, c) in item.combinations.enumerated() {
                data.add(
                    [
                        "\(item.series), \(item.isArtificial ? "rescaled" : "as trained")",
                        "\(c.oursWithImatrix ? "with" : "without") imatrix",
                        "\(c.theirsWithImatrix ? "with" : "without") imatrix", "\(c.change.formula)", "\(Self.percent(c.change.percent))",
                        "\(c.oursWins ? item.ours : item.theirs)",
                    ], startsGroup: place == 0)
            }
        }
        let chart = PageFigure.responsive { width, style in reversalChart(reversal, width: width, style: style) }
        let plain = audit.reversals.first { !$0.isArtificial && !$0.turnsAround }.map { plain -> String in
            let changes = plain.combinations.compactMap { Decimal($0.change.percent)?.value }
            let ends = [changes.min() ?? 0, changes.max() ?? 0].map { FixedPoint.signed($0, places: 2) }
            return " The same model as trained, without outliers, barely changes: \(ends[0]) to \(ends[1])\u{A0}% in the four combinations."
        }
        let legend = PageFigure.legend([
            (symbol: Symbol.circle, tone: Tone.first, text: reversal.ours), (symbol: .square, tone: .second, text: reversal.theirs),
        ])
        let caption: Markup = """
            <b>The ranking turns around with the conditions</b> (\(reversal.series)). Artificial outliers: it shows that conditions \
            matter, not how types rank on large models. The error of each perplexity alone is about 0.53, but all files were scored on \
            the same tokens.
            """
        return """
            <p>On a small trained model whose channels were rescaled by artificial heavy-tailed factors, Q3_HIFI loses to Q3_K_M under \
            the same conditions, with and without an importance matrix. Given one on its side only, it wins.\(plain ?? "")</p>
            \(PageFigure.markup(legend + chart, caption: caption, data: data))
            """
    }

    private func reversalChart(_ reversal: RankingReversal, width: Double, style: String) -> Markup {
        let isWide = width > 500
        let points = reversal.combinations.compactMap { c -> (c: RankingReversal.Combination, ours: Double, theirs: Double)? in
            guard let a = Double(c.change.ours), let b = Double(c.change.theirs) else { return nil }
            return (c, a, b)
        }
        let x = Scale.linear(points.flatMap { [$0.ours, $0.theirs] }, padding: isWide ? 0.14 : 0.3, count: isWide ? 6 : 2)
        let row = isWide ? 44.0 : 66
        let height = 54 + row * Double(points.count)
        let left = isWide ? 270.0 : 8
        var plot = Plot(
            width: width, height: height, margins: .init(top: 10, right: isWide ? 20 : 8, bottom: 42, left: left), x: x,
            y: .linear(0...Double(max(1, points.count)), ticks: []))
        plot.addHorizontalAxis("perplexity (lower is better)")
        for (place, point) in points.enumerated() {
            let y = Double(points.count - place) - (isWide ? 0.5 : 0.66)
            let words =
                "\(reversal.ours) \(point.c.oursWithImatrix ? "with" : "without"), "
                + "\(reversal.theirs) \(point.c.theirsWithImatrix ? "with" : "without") imatrix"
            plot.addText(words, px: 0, py: isWide ? plot.py(y) + 4 : plot.py(y) - 24, strong: !point.c.isFair && point.c.oursWins)
            plot.addLine([(point.ours, y), (point.theirs, y)], tone: .quiet)
            plot.addPoint(x: point.ours, y: y, symbol: .circle, tone: .first, radius: 6)
            plot.addPoint(x: point.theirs, y: y, symbol: .square, tone: .second, radius: 6)
            let (leftName, rightName) = point.ours < point.theirs ? (reversal.ours, reversal.theirs) : (reversal.theirs, reversal.ours)
            let (low, high) = (min(point.ours, point.theirs), max(point.ours, point.theirs))
            plot.addText(
                leftName, px: plot.px(low) - 10, py: plot.py(y) + 4, anchor: .end, tone: leftName == reversal.ours ? .first : .second)
            plot.addText(rightName, px: plot.px(high) + 10, py: plot.py(y) + 4, tone: rightName == reversal.ours ? .first : .second)
            plot.addText(
                Self.percent(point.c.change.percent), px: (plot.px(low) + plot.px(high)) / 2, py: plot.py(y) - 9, anchor: .middle,
                strong: point.c.oursWins)
        }
        return plot.svg(
            title: "Perplexity of \(reversal.ours) and \(reversal.theirs) under four combinations of conditions",
            description: points.map {
                "\(reversal.ours) \($0.c.oursWithImatrix ? "with" : "without") imatrix \($0.c.change.ours), \(reversal.theirs) "
                    + "\($0.c.theirsWithImatrix ? "with" : "without") imatrix \($0.c.change.theirs)"
            }.joined(separator: "; "), class: style)
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    func replacing(where character: Character, with other: Character) -> String { String(map { $0 == character ? other : $0 }) }
}
