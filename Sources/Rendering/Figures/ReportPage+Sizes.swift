import Figures
import HIFIBlockSpec
import Pages

extension ReportPage {
    /// Bits per weight over model size, and the eighteen cells side by side.
    var sizesSection: Markup {
        var cells = PageTable(
            "The eighteen size cells, published and computed",
            [
                ("model", .text), ("mix", .text), ("weights", .number), ("bytes", .number), ("computed", .number), ("published", .number),
                ("verdict", .text),
            ])
        for row in audit.sizes.rows {
            guard let published = row.published else { continue }
            let note =
                switch published.sizeMatch {
                case .exact, .differs: ""
                case .fewerDigits: ",\u{A0}fewer\u{A0}digits"
                case .roundedTwice: ",\u{A0}rounded\u{A0}twice"
                }
            cells.add(
                [
                    "\(row.label)", "\(published.name)", "\(FixedPoint.grouped(row.size.elements))",
                    "\(FixedPoint.grouped(row.size.bytes))",
                    "\(row.size.loader.size), \(row.size.loader.bitsPerWeight)", "\(published.size), \(published.bitsPerWeight)",
                    "<span class=\"verdict\">\(Self.verdict(published.follows ? "match" : "differs"))</span>\(note)",
                ], startsGroup: row.size.mix == styles[0].mix)
        }
        let evidence = audit.sizeEvidence
        let routings = evidence.routings.filter { $0.cells == evidence.cells }.map { "\($0.mix), \($0.revision)" }
        let tied = audit.sizes.models.filter { $0.isTied == true && $0.hasOutputTensor }.map(\.label.description)
        return """
            <p>A size depends on shapes and on the routing of tensors to types, on nothing else. Of \(evidence.routings.count) HIFI \
            routings on record one gives all \(evidence.cells) HIFI cells (\(Self.list(routings))), and of all block sizes from 110 to \
            180 bytes only \(Self.list(evidence.blockBytes.map(String.init))). The sizes say nothing about an importance matrix: no \
            rule looks at one.</p>
            <p>\(Self.list(tied)) store <code>output.weight</code> although the model ties it to the token embedding; without it none of \
            their cells would follow. Q3_K_M puts every attn_v and ffn_down into Q4_K or Q5_K, 144 and 176 bytes for 256 weights. \
            Q3_HIFI puts attn_v and a third of ffn_down into its own blocks of 134 bytes and leaves another third of ffn_down in Q3_K, \
            at 110: that is why it is the smaller of the two.</p>
            \(cells.markup())
            \(bitsFigure)
            """
    }

    private var bitsFigure: Markup {
        var data = PageTable(
            "Bits per weight", [("model", .text), ("weights", .number)] + styles.map { ($0.name, .number) })
        for model in table.models {
            guard let first = size(model, styles[0].mix) else { continue }
            data.add(
                ["\(label(model))", "\(FixedPoint.grouped(first.elements))"]
                    + styles.map { style in
                        "\(FixedPoint.text(size(model, style.mix)?.bitsPerWeight ?? 0, places: 5))"
                    })
        }
        let chart = PageFigure.responsive { width, style in bitsChart(width: width, style: style) }
        return PageFigure.markup(
            legend + chart,
            caption:
                "<b>Bits per weight against model size.</b> Small models spend more on the output matrix, which every mix stores in Q6_K.",
            data: data)
    }

    private func bitsChart(width: Double, style: String) -> Markup {
        let sizes = styles.map { style in (style, table.models.compactMap { size($0, style.mix) }) }
        let counts = sizes.first?.1.map { Double($0.elements) / 1e9 } ?? []
        let labels = table.models.map(label)
        let x = Scale.logarithmic(
            (counts.min() ?? 1) * 0.85...(counts.max() ?? 10) * 1.15, ticks: zip(counts, labels).map { Scale.Tick($0, $1) })
        let y = Scale.linear(sizes.flatMap { $0.1.map(\.bitsPerWeight) }, padding: 0.1, count: 5)
        let height = width > 500 ? 380.0 : 280
        var plot = Plot(
            width: width, height: height, margins: .init(top: 26, right: 80, bottom: 42, left: 40), x: x, y: y)
        plot.addVerticalAxis("bits per weight")
        plot.addHorizontalAxis("model")
        for (style, series) in sizes {
            let points = series.map { (x: Double($0.elements) / 1e9, y: $0.bitsPerWeight) }
            plot.addLine(points, tone: style.tone)
            for point in points { plot.addPoint(x: point.x, y: point.y, symbol: style.symbol, tone: style.tone) }
            if let last = points.last {
                plot.addText(
                    style.name, px: plot.px(last.x) + 10, py: plot.py(last.y) + 4, tone: style.tone, strong: style.mix == styles[0].mix)
            }
        }
        return plot.svg(
            title: "Bits per weight against model size",
            description: sizes.map { style, series in "\(style.name): \(series.map(\.loader.bitsPerWeight).joined(separator: ", "))" }
                .joined(separator: "; ") + "; models \(labels.joined(separator: ", "))", class: style)
    }
}
