/// Rows of text in aligned columns.
package struct TextTable {
    package enum Alignment {
        case left, right
    }

    private let columns: [(title: String, alignment: Alignment)]
    private var rows: [[String]] = []

    package init(_ columns: [(String, Alignment)]) { self.columns = columns.map { (title: $0.0, alignment: $0.1) } }

    package mutating func add(_ cells: String...) { rows.append(cells) }
    package mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table, a line a row; no line ends in spaces. Without titles there is no heading.
    package func lines(indent: String = "") -> [String] {
        let titles = columns.map(\.title)
        let hasHeading = titles.contains { !$0.isEmpty }
        let widths = columns.indices.map { column in
            ((hasHeading ? [titles] : []) + rows).map { Style.width(of: $0[column]) }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            let padded = zip(zip(cells, widths), columns).map { cell, column in
                let space = String(repeating: " ", count: cell.1 - Style.width(of: cell.0))
                return column.alignment == .right ? space + cell.0 : cell.0 + space
            }
            var text = indent + padded.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text
        }
        return (hasHeading ? [Style.dim(line(titles))] : []) + rows.map(line)
    }
}
