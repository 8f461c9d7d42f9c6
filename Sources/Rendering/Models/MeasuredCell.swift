import Console
import HIFIForeign
import Inference
import Pages

/// A model measured beside its cell of the published table.
package struct MeasuredCell: Encodable {
    let file: String
    package let comparison: PublishedPerplexity

    package init(file: String, _ comparison: PublishedPerplexity) { (self.file, self.comparison) = (file, comparison) }

    /// A row for each model, then the conditions of each.
    package static func lines(_ cells: [MeasuredCell]) -> [String] {
        var table = TextTable([
            ("file", .left), ("model", .left), ("mix", .left), ("measured", .right), ("+/-", .right), ("published", .right),
            ("off by errors", .right), ("", .left),
        ])
        for cell in cells {
            let it = cell.comparison
            let verdict =
                switch it.verdict {
                case .inside: Style.green("inside")
                case .outside: Style.red("outside")
                case .none: Style.yellow("no published cell")
                }
            table.add(
                cell.file, it.model ?? "-", it.mix ?? "-", it.measured.perplexity.rounded(toPlaces: 4),
                it.measured.error?.rounded(toPlaces: 5) ?? "-", it.published ?? "-", it.deviation?.rounded(toPlaces: 1) ?? "-", verdict)
        }
        return table.lines()
            + cells.flatMap { cell in
                ["", "\(ForeignText(path: cell.file)): conditions"] + cell.comparison.conditions.map { "  \($0)" }
            }
    }
}
