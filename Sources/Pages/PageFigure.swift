/// A chart with its caption, and behind it the figures it shows.
public struct PageFigure: Sendable {
    /// What the marks of a chart stand for.
    public static func legend(_ items: [(symbol: Symbol, tone: Tone, text: String)]) -> Markup {
        let entries = items.map { item -> Markup in
            """
            <li><svg viewBox="0 0 16 16" aria-hidden="true">\(Plot.symbol(item.symbol, item.tone, x: 8, y: 8, radius: 5))</svg>\
            \(item.text)</li>
            """
        }
        return "<ul class=\"legend\">\(entries.joined(by: ""))</ul>"
    }

    /// What the bars of a table stand for.
    public static func legend(_ items: [(tone: Tone, text: String)]) -> Markup {
        let entries = items.map { item -> Markup in "<li><span class=\"bar \(item.tone.rawValue)\"></span>\(item.text)</li>" }
        return "<ul class=\"legend\">\(entries.joined(by: ""))</ul>"
    }

    /// Bars in a row, for a cell of a table: as long as their values, of which `whole` fills the cell's width.
    ///
    /// - Parameter parts: counts from 0; those of 0 are left out, the others are at least 2 pixels long.
    public static func bars(_ parts: [(count: Int, tone: Tone, title: String)], whole: Int) -> Markup {
        // Counts can be large, so shares are taken in floating point.
        func share(_ count: Int) -> Double { Double(count) / Double(max(1, whole)) * 1000 }
        let shown = parts.filter { $0.count > 0 }.map { part -> Markup in
            """
            <span class="bar \(part.tone.rawValue)" title="\(part.title)" data-value="\(part.count)" \
            style="flex:\(share(part.count)) 1 0"></span>
            """
        }
        let rest = max(0, 1000 - parts.reduce(0) { $0 + share($1.count) })
        let space: Markup = rest > 0 ? "<span style=\"flex:\(rest) 1 0\"></span>" : ""
        return "<span class=\"bars\" data-whole=\"\(whole)\">\(shown.joined(by: ""))\(space)</span>"
    }

    /// Small charts side by side, each with a heading, as many in a row as fit.
    public static func panels(_ panels: [(heading: String, chart: Markup)]) -> Markup {
        let boxes = panels.map { panel -> Markup in "<div class=\"panel\"><h3>\(panel.heading)</h3>\n\(panel.chart)</div>" }
        return "<div class=\"panels\">\n\(boxes.joined())\n</div>"
    }

    /// The same chart drawn for wide and for narrow windows; one of the two is shown.
    ///
    /// Neither is ever shown smaller than drawn: on a phone of 390 pixels, with margins and a scroll bar, 343 remain; where the
    /// wide one begins, 937.
    ///
    /// - Parameter draw: called with the width and the class that the drawing must carry.
    public static func responsive(wide: Double = 930, narrow: Double = 340, _ draw: (Double, String) -> Markup) -> Markup {
        draw(wide, "wide") + "\n" + draw(narrow, "narrow")
    }

    /// A figure.
    ///
    /// - Parameters:
    ///   - content: charts and legends.
    ///   - caption: what to see, as inline markup.
    ///   - data: the table behind the chart.
    public static func markup(_ content: Markup, caption: Markup, data: PageTable) -> Markup {
        """
        \(markup(content, caption: caption))
        \(disclosure("The figures behind this chart", data.markup()))
        """
    }

    /// A figure that shows its figures itself.
    public static func markup(_ content: Markup, caption: Markup) -> Markup {
        """
        <figure>
        \(content)
        <figcaption>\(caption)</figcaption>
        </figure>
        """
    }

    /// Content that opens on request.
    public static func disclosure(_ summary: String, _ content: Markup) -> Markup {
        "<details><summary>\(summary)</summary>\n\(content)\n</details>"
    }
}
