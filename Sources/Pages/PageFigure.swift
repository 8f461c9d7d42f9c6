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

    /// Small charts side by side, each with a heading, as many in a row as fit.
    public static func panels(_ panels: [(heading: String, chart: Markup)]) -> Markup {
        let boxes = panels.map { panel -> Markup in "<div class=\"panel\"><h3>\(panel.heading)</h3>\n\(panel.chart)</div>" }
        return "<div class=\"panels\">\n\(boxes.joined())\n</div>"
    }

    /// The same chart drawn for wide and for narrow windows; one of the two is shown.
    ///
    /// - Parameter draw: called with the width and the class that the drawing must carry.
    public static func responsive(wide: Double = 1040, narrow: Double = 358, _ draw: (Double, String) -> Markup) -> Markup {
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
        <figure>
        \(content)
        <figcaption>\(caption)</figcaption>
        </figure>
        \(disclosure("The figures behind this chart", data.markup()))
        """
    }

    /// Content that opens on request.
    public static func disclosure(_ summary: String, _ content: Markup) -> Markup {
        "<details><summary>\(summary)</summary>\n\(content)\n</details>"
    }
}
