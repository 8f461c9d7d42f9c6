import Figures
import HIFIBlockSpec
import Pages

extension ReportPage {
    /// A small chart for each model: exact size and printed perplexity of each mix.
    var perplexitySection: Markup {
        var data = PageTable(
            "Size and perplexity as published, size computed",
            [
                ("model", .text), ("mix", .text), ("bytes", .number), ("published size", .number), ("bpw", .number),
                ("perplexity", .number),
                ("tokens/s", .number),
            ])
        for model in table.models {
            for style in styles {
                guard let cell = table.cell(model: model, mix: style.mix), let size = size(model, style.mix) else { continue }
                data.add(
                    [
                        "\(label(model))", "\(style.name)", "\(FixedPoint.grouped(size.bytes))", "\(cell.size)", "\(cell.bpw)",
                        "\(cell.perplexity)", "\(cell.tokensPerSecond)",
                    ], startsGroup: style.mix == styles.first?.mix)
            }
        }
        let caption: Markup = """
            <b>Size against perplexity.</b> Each panel has its own scales; sizes are exact, computed from shapes and routing.
            """
        let panels = table.models.map { (heading: label($0), chart: perplexityPanel($0)) }
        return """
            <p>\(Self.spelled(table.models.count).capitalizedFirst) models, \(Self.spelled(styles.count)) routings of tensors to types. \
            Lower and further left is better: less perplexity in fewer bytes. \(dominance)</p>
            <div class="aside"><p>Perplexities are as printed. Not stated: \(Self.list(audit.source.notStated)). \(outOfLine)</p></div>
            \(PageFigure.markup(legend + PageFigure.panels(panels), caption: caption, data: data))
            """
    }

    /// In how many panels the first mix has the lowest perplexity, and a size between the others'.
    private var dominance: String {
        guard let first = styles.first else { return "" }
        let lowest = table.models.count { model in
            let all = styles.compactMap { style in table.cell(model: model, mix: style.mix).flatMap { Double($0.perplexity) } }
            return all.first == all.min()
        }
        let between = table.models.count { model in
            let sizes = styles.compactMap { size(model, $0.mix)?.bytes }
            return sizes.first != sizes.min() && sizes.first != sizes.max()
        }
        func share(_ count: Int) -> String {
            count == table.models.count ? "all \(Self.spelled(count))" : "\(Self.spelled(count)) of \(Self.spelled(table.models.count))"
        }
        return "In \(share(lowest)) panels \(first.name) lies lowest, in \(share(between)) between the other two in size."
    }

    /// The cells in which a larger model has more perplexity than the one before.
    private var outOfLine: String {
        var sentences: [String] = []
        for style in styles {
            for (smaller, larger) in zip(table.models, table.models.dropFirst()) {
                guard let a = table.cell(model: smaller, mix: style.mix), let b = table.cell(model: larger, mix: style.mix),
                    let before = Double(a.perplexity), let after = Double(b.perplexity), after > before
                else { continue }
                sentences.append(
                    "\(style.name) at \(label(larger)) (\(b.perplexity)) is worse than at \(label(smaller)) (\(a.perplexity)), "
                        + "against the trend of every other row.")
            }
        }
        return sentences.joined(separator: " ")
    }

    private func perplexityPanel(_ model: String) -> Markup {
        let points = styles.compactMap {
            style -> (style: (mix: String, name: String, symbol: Symbol, tone: Tone), x: Double, y: Double, text: String)? in
            guard let cell = table.cell(model: model, mix: style.mix), let size = size(model, style.mix), let y = Double(cell.perplexity)
            else {
                return nil
            }
            return (style, Double(size.bytes), y, cell.perplexity)
        }
        let isSmall = points.allSatisfy { $0.x < 1.05 * 1_073_741_824 }
        let unit = isSmall ? 1_048_576.0 : 1_073_741_824.0
        let x = Scale.linear(points.map { $0.x / unit }, padding: 0.16)
        let y = Scale.linear(points.map(\.y), padding: 0.2)
        var plot = Plot(width: 320, height: 236, margins: .init(top: 26, right: 10, bottom: 42, left: 42), x: x, y: y)
        plot.addVerticalAxis("perplexity")
        plot.addHorizontalAxis("size, \(isSmall ? "MiB" : "GiB")")
        var placer = LabelPlacer(width: 320, height: 194, left: 42)
        placer.reserve("perplexity", px: 0, py: 14)
        for point in points { placer.reserve(px: plot.px(point.x / unit), py: plot.py(point.y), radius: 6) }
        for point in points {
            let (px, py) = (plot.px(point.x / unit), plot.py(point.y))
            plot.addPoint(x: point.x / unit, y: point.y, symbol: point.style.symbol, tone: point.style.tone, radius: 5.5)
            let text = "\(point.style.name) \(point.text)"
            if let place = placer.place(text, px: px, py: py, distance: 10, strong: point.style.mix == styles[0].mix) {
                plot.addText(
                    text, px: place.px, py: place.py, anchor: place.anchor, tone: point.style.tone, strong: point.style.mix == styles[0].mix
                )
            }
        }
        let words = points.map {
            "\($0.style.name) \(FixedPoint.text($0.x / unit, places: 2)) \(isSmall ? "MiB" : "GiB"), perplexity \($0.text)"
        }
        return plot.svg(title: "Qwen3 \(label(model)): size against perplexity", description: words.joined(separator: "; "))
    }
}
