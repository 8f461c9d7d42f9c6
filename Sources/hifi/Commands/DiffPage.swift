import Conformance

/// The report of a comparison as one self-contained page.
struct DiffPage {
    private let report: DiffReport

    init(_ report: DiffReport) { self.report = report }

    var text: String {
        let different = report.arrays.filter { !$0.isEqual }
        return """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(report.isEqual ? "Equal" : "Different"): \(escaped(report.expected)) and \(escaped(report.actual))</title>
            <style>\(Self.style)</style>
            <h1>\(report.isEqual ? "Equal" : "Different")</h1>
            <p>A <code>\(escaped(report.expected))</code><br>B <code>\(escaped(report.actual))</code></p>
            \(keys)
            \(different.map(section).joined(separator: "\n"))
            <p>\(report.arrays.count - different.count) of \(report.arrays.count) array\(report.arrays.count == 1 ? " is" : "s are") equal.</p>
            \(report.notes.map { "<p>Note: \(escaped($0)).</p>" }.joined(separator: "\n"))
            </html>
            """
    }

    private static let style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
        code,td,th{font-family:ui-monospace,monospace;font-size:.9em}
        table{border-collapse:collapse;margin:.5rem 0 1rem}td,th{padding:.15rem .8rem .15rem 0;text-align:left;vertical-align:top}
        th{border-bottom:1px solid #999;font-weight:600}td.n{text-align:right}.bar{background:#4a78b5;height:.8em;display:inline-block}
        .cause{border-left:4px solid #b5484a;padding:.3rem 0 .3rem 1rem;margin:.5rem 0}.dim{color:#666}
        @media(prefers-color-scheme:dark){body{background:#161616;color:#ddd}.dim{color:#999}}
        """

    private var keys: String {
        guard !report.keys.isEmpty else { return "" }
        let rows = report.keys.map {
            "<tr><td>\(escaped($0.key))<td>\(escaped($0.expected ?? "(absent)"))<td>\(escaped($0.actual ?? "(absent)"))"
        }
        return "<h2>Keys</h2><table><tr><th>key<th>A<th>B\(rows.joined())</table>"
    }

    private func section(_ array: ArrayDiff) -> String {
        var parts = ["<h2>\(array.name.isEmpty ? "Values" : escaped(array.name))</h2>"]
        if let a = array.expectedFormat {
            parts.append("<p class=dim>\(escaped(a))\(array.actualFormat.map { $0 == a ? "" : " and \(escaped($0))" } ?? "")</p>")
        }
        if let problem = array.problem { parts.append("<p class=cause>\(escaped(problem))</p>") }
        guard let s = array.statistics, s.differing > 0 else { return parts.joined(separator: "\n") }
        parts.append(
            "<p>\(s.differing.grouped) of \(s.compared.grouped) values differ, in \(s.differingBlocks.grouped) blocks. Largest difference "
                + "\(s.maximumAbsolute), relative \(s.maximumRelative); root mean square \(s.rootMeanSquare). NaN on one side: "
                + "\(s.nanMismatches.grouped); with an infinity: \(s.infinityMismatches.grouped); zeros of other sign: \(s.zeroSigns.grouped).</p>"
        )
        parts.append(causes(array))
        parts.append(histogram(s))
        parts.append(stored(array))
        parts.append("<h3>First differences</h3>" + first(array))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func causes(_ array: ArrayDiff) -> String {
        var parts: [String] = []
        if let referee = array.referee {
            parts.append(
                "<p>By the spec, of \(referee.examined) differing blocks A is right in \(referee.expectedIsReference), B in \(referee.actualIsReference).</p>"
            )
        }
        for explanation in array.explanations {
            let place = explanation.block.map { "Block \($0): " } ?? ""
            let scope =
                explanation.isGeneral
                ? "<br><span class=dim>reproduces \(explanation.reproduced) of \(explanation.examined) differing blocks, "
                    + "and \(explanation.equalReproduced) of \(explanation.equalExamined) others</span>" : ""
            parts.append(
                "<p class=cause><b>\(array.explainsExpected ? "A" : "B"):</b> \(place)\(escaped(explanation.sentence))\(scope)</p>")
        }
        return parts.joined(separator: "\n")
    }

    private func histogram(_ s: DiffStatistics) -> String {
        guard let most = s.histogram.map(\.count).max(), most > 0 else { return "" }
        let rows = s.histogram.map {
            "<tr><td class=n>\($0.label)<td class=n>\($0.count.grouped)<td><span class=bar style=\"width:\(max(2, $0.count * 300 / most))px\"></span>"
        }
        return "<table><tr><th>ulp apart<th>values<th>\(rows.joined())</table>"
    }

    private func stored(_ array: ArrayDiff) -> String {
        guard !array.stored.isEmpty else { return "" }
        let rows = array.stored.map {
            "<tr><td class=n>\($0.block)<td>\(escaped($0.field))<td class=n>\($0.byte)<td>0x\($0.expected)<td>0x\($0.actual)"
        }
        return "<h3>Stored bytes</h3><table><tr><th>block<th>field<th>byte<th>A<th>B\(rows.joined())</table>"
    }

    private func first(_ array: ArrayDiff) -> String {
        let rows = array.first.map { difference in
            let place = [
                difference.block.map { "block \($0)" }, difference.subBlock.map { "sub-block \($0)" },
                difference.weight.map { "weight \($0)" },
            ]
            .compactMap { $0 }.joined(separator: ", ")
            let anatomy = difference.anatomy.map(escaped).joined(separator: "<br>")
            return "<tr><td class=n>\(difference.index)<td>\(place)<td>\(parts(difference.expected))<td>\(parts(difference.actual))"
                + "<td class=n>\(difference.ulps.map { $0.grouped } ?? "–")<td class=dim>\(anatomy)"
        }
        return "<table><tr><th>at<th>place<th>A<th>B<th>ulp<th>in the block\(rows.joined())</table>"
    }

    private func parts(_ parts: FloatParts) -> String {
        "\(parts.value)<br>0x\(parts.bits)<br><span class=dim>\(parts.sign) \(parts.exponent.map { "2^\($0)" } ?? "") 0x\(parts.mantissa)</span>"
    }

    private func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
