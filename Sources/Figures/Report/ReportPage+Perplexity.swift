import BlockSpec
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
        return """
            <p>Six models, three routings of tensors to types. Lower and further left is better: less perplexity in fewer bytes. In every panel \
            \(styles[0].name) lies lowest, and always between the other two in size.</p>
            <div class="aside"><p>Perplexities are as printed. No error bars, test text, context length or use of an importance matrix is stated, \
            and the 20.19 of Q3_K_S at 32B is out of line with every other cell.</p></div>
            \(PageFigure.markup(legend + PageFigure.panels(table.models.map { ("\(label($0))", perplexityPanel($0)) }),
                caption: "<b>Size against perplexity.</b> Each panel has its own scales; sizes are exact, computed from shapes and routing.", data: data))
            """
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
        var placer = LabelPlacer(width: 320, height: 194)
        for point in points { placer.reserve(px: plot.px(point.x / unit), py: plot.py(point.y), radius: 6) }
        for point in points {
            let (px, py) = (plot.px(point.x / unit), plot.py(point.y))
            plot.addPoint(x: point.x / unit, y: point.y, symbol: point.style.symbol, tone: point.style.tone, radius: 5.5)
            let text = "\(point.style.name) \(point.text)"
            if let place = placer.place(text, px: px, py: py, distance: 10) {
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
