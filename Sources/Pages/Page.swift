/// A self-contained HTML page: no script, no external resource, one stylesheet for light and dark, wide and narrow.
///
/// The text is also well-formed XML, so that it can be checked by a parser.
public struct Page: Sendable {
    private let title: String
    private let windowTitle: String
    private let kicker: String
    private let lead: Markup
    private var sections: [Markup] = []

    /// Starts a page.
    ///
    /// - Parameters:
    ///   - title: the heading.
    ///   - windowTitle: the title of the window, if it is another.
    ///   - kicker: a few words above the heading.
    ///   - lead: what the page says in a paragraph or two, as block markup.
    public init(title: String, windowTitle: String? = nil, kicker: String, lead: Markup) {
        self.title = title
        self.windowTitle = windowTitle ?? title
        self.kicker = kicker
        self.lead = lead
    }

    /// Appends block markup.
    public mutating func add(_ content: Markup) { sections.append(content) }

    /// Appends a section with a heading of its own.
    public mutating func add(section heading: String, _ content: Markup) {
        sections.append("<section>\n<h2>\(heading)</h2>\n\(content)\n</section>")
    }

    /// The whole document.
    public var text: String {
        let head: Markup = """
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta name="generator" content="hifi"/>
            <title>\(windowTitle)</title>
            <style>
            """
        let body: Markup = """
            </style>
            </head>
            <body>
            <main>
            <header>
            <p class="kicker">\(kicker)</p>
            <h1>\(title)</h1>
            \(lead)
            </header>
            \(sections.joined())
            </main>
            </body>
            </html>

            """
        return "<!DOCTYPE html>\n" + head.text + "\n" + PageStyle.text + body.text
    }
}
