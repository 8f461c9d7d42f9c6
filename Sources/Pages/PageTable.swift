/// A table with headings in both directions, in a box that scrolls sideways where the window is narrow.
public struct PageTable: Sendable {
    /// How a column looks.
    public enum Kind: Sendable {
        /// Words.
        case text
        /// Figures, aligned at the right.
        case number
        /// Bars, made by `PageFigure.bars`.
        case bars
        /// Arithmetic and other things to be read letter by letter.
        case code
    }

    private let caption: String
    private let columns: [(title: String, kind: Kind)]
    private var rows: [(cells: [Markup], startsGroup: Bool)] = []

    /// Starts a table; the first column heads the rows.
    public init(_ caption: String, _ columns: [(String, Kind)]) {
        self.caption = caption
        self.columns = columns.map { (title: $0.0, kind: $0.1) }
    }

    /// Appends a row.
    public mutating func add(_ cells: [Markup], startsGroup: Bool = false) { rows.append((cells, startsGroup)) }

    /// The table.
    ///
    /// - Parameter showsCaption: whether the caption is seen; it is always there for screen readers.
    public func markup(showsCaption: Bool = true) -> Markup {
        let head = columns.map { title, kind -> Markup in
            kind == .number ? "<th scope=\"col\" class=\"n\">\(title)</th>" : "<th scope=\"col\">\(title)</th>"
        }
        let body = rows.map { cells, startsGroup -> Markup in
            let row = zip(cells, columns).enumerated().map { place, item -> Markup in
                let (cell, column) = item
                if place == 0 {
                    return column.kind == .number ? "<th scope=\"row\" class=\"n\">\(cell)</th>" : "<th scope=\"row\">\(cell)</th>"
                }
                switch column.kind {
                case .text: return cell.text.count > 60 ? "<td class=\"t long\">\(cell)</td>" : "<td class=\"t\">\(cell)</td>"
                case .bars: return "<td>\(cell)</td>"
                case .number: return "<td class=\"n\">\(cell)</td>"
                case .code: return "<td class=\"m\">\(cell)</td>"
                }
            }
            return startsGroup ? "<tr class=\"group\">\(row.joined(by: ""))</tr>" : "<tr>\(row.joined(by: ""))</tr>"
        }
        let title: Markup = showsCaption ? "<caption><span>\(caption)</span></caption>" : ""
        return """
            <div class="scroll" role="region" aria-label="\(caption)" tabindex="0"><table>\(title)
            <thead><tr>\(head.joined(by: ""))</tr></thead>
            <tbody>
            \(body.joined())
            </tbody></table></div>
            """
    }
}
