import Console
import Figures
import Pages

/// Sizes for people: a row for each model and mix, the types in use, and what the output matrix has to do with it.
package struct SizesText {
    package let lines: [String]

    package init(_ report: SizeReport) {
        var lines: [String] = []
        if report.cells > 0 {
            let verdict = "\(report.following) of \(report.cells) published cells follow from shapes and routing alone"
            lines += [report.agrees ? Style.green(verdict) : Style.red(verdict), ""]
        }
        lines += Self.sizes(report)
        lines += [""] + Self.histogram(report)
        let notes = Self.notes(report)
        if !notes.isEmpty { lines += [""] + notes }
        self.lines = lines
    }

    private static func sizes(_ report: SizeReport) -> [String] {
        var columns: [(String, TextTable.Alignment)] = [
            ("model", .left), ("mix", .left), ("weights", .right), ("bytes", .right), ("MiB", .right), ("bpw", .right),
            ("loader prints", .right),
        ]
        if report.cells > 0 { columns += [("published", .right), ("", .left)] }
        var table = TextTable(columns)
        for row in report.rows {
            let size = row.size
            var cells = [
                "\(row.label)", name(size), size.elements.grouped, size.bytes.grouped, (Double(size.bytes) / 1048576).rounded(toPlaces: 4),
                size.bitsPerWeight.rounded(toPlaces: 5), "\(size.loader.size), \(size.loader.bitsPerWeight)",
            ]
            if report.cells > 0 {
                cells += [row.published.map { "\($0.size), \($0.bitsPerWeight)" } ?? "", row.published.map(verdict) ?? ""]
            }
            table.add(cells)
        }
        if let stored = report.stored {
            table.add([
                "\(report.models.first?.label ?? "")", "(as stored)", stored.elements.grouped, stored.bytes.grouped,
                (Double(stored.bytes) / 1048576).rounded(toPlaces: 4),
                stored.elements > 0 ? (8 * Double(stored.bytes) / Double(stored.elements)).rounded(toPlaces: 5) : "-",
                "\(stored.loader.size), \(stored.loader.bitsPerWeight)",
            ])
        }
        return table.lines()
    }

    private static func name(_ size: ModelSize) -> String {
        var text = size.mix
        if let hifi = size.hifi { text += " " + String(hifi.drop { $0 != "@" }) }
        if size.imatrix == true { text += " imatrix" }
        switch size.importance {
        case .all?: text += ", all important"
        case ModelSize.Importance.none?: text += ", none important"
        case nil: break
        }
        return text
    }

    private static func verdict(_ published: SizeReport.PublishedSize) -> String {
        guard published.follows else { return Style.red("MISMATCH") }
        switch published.sizeMatch {
        case .exact: return "match"
        case .fewerDigits: return "match, fewer digits printed"
        case .roundedTwice: return "match, the loader's text rounded once more"
        case .differs: return Style.red("MISMATCH")
        }
    }

    private static func histogram(_ report: SizeReport) -> [String] {
        // The revision stands beside the mix, so all of them share a column.
        func column(_ format: String) -> String { format.hasPrefix("q3_k_hifi@") ? "hifi" : format }
        let types = Set(report.rows.flatMap(\.size.histogram).map { column($0.format) }).sorted()
        var table = TextTable([("model", .left), ("mix", .left), ("tensors", .right)] + types.map { ($0, .right) })
        for row in report.rows {
            let counts = types.map { type in
                row.size.histogram.reduce(0) { $0 + (column($1.format) == type ? $1.tensors : 0) }
            }
            table.add(["\(row.label)", name(row.size), "\(row.size.tensors)"] + counts.map { $0 > 0 ? "\($0)" : "-" })
        }
        return table.lines()
    }

    private static func notes(_ report: SizeReport) -> [String] {
        var lines: [String] = []
        for model in report.models {
            let sentence = output(model)
            if !sentence.isEmpty { lines.append("\(model.label): \(sentence)") }
            lines += model.notes.map { "\(model.label): \($0)" }
        }
        for row in report.rows where row.size.fallbacks > 0 {
            lines.append(
                "\(row.label) \(row.size.mix): \(row.size.fallbacks) tensors have rows that are not whole blocks and so another type")
        }
        if let stored = report.stored, !stored.mixes.isEmpty {
            lines.append("as stored: every tensor follows \(stored.mixes.joined(separator: ", "))")
        }
        return lines
    }

    private static func output(_ model: SizeReport.Model) -> String {
        let cells =
            if let with = model.cellsWithOutput, let without = model.cellsWithoutOutput {
                "; \(with) of 3 published cells follow with it, \(without) without"
            } else { "" }
        switch (model.isTied, model.hasOutputTensor) {
        case (true?, true): return "tied, yet the file holds output.weight beside the token embedding\(cells)"
        case (true?, false): return "tied, no output.weight: the token embedding takes the output's type\(cells)"
        case (false?, _): return "not tied, output.weight is a matrix of its own\(cells)"
        case (nil, _): return ""
        }
    }
}
