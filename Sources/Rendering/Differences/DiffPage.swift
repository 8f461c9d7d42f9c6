import BlockDiff
import Pages

/// The report of a comparison as one self-contained page.
package struct DiffPage {
    private let report: DiffReport

    package init(_ report: DiffReport) { self.report = report }

    package var text: String {
        let different = report.arrays.filter { !$0.isEqual }
        let title = report.isEqual ? "Equal" : "Different"
        var page = Page(
            title: title, windowTitle: "\(title): \(report.expected) and \(report.actual)", kicker: "hifi diff",
            lead: "<p>A <code>\(report.expected)</code><br/>B <code>\(report.actual)</code></p>")
        if !report.keys.isEmpty { page.add(section: "Keys", keys) }
        for array in different { page.add(section: array.name.isEmpty ? "Values" : "\(array.name)", section(array)) }
        let equal = report.arrays.count - different.count
        page.add("<p>\(equal) of \(report.arrays.count) array\(report.arrays.count == 1 ? " is" : "s are") equal.</p>")
        for note in report.notes { page.add("<p>Note: \(note).</p>") }
        return page.text
    }

    private var keys: Markup {
        var table = PageTable("Keys that differ", [("key", .text), ("A", .code), ("B", .code)])
        for key in report.keys { table.add(["\(key.key)", "\(key.expected ?? "(absent)")", "\(key.actual ?? "(absent)")"]) }
        return table.markup(showsCaption: false)
    }

    private func section(_ array: ArrayDiff) -> Markup {
        var parts: [Markup] = []
        if let a = array.expectedFormat {
            let other = array.actualFormat.flatMap { $0 == a ? nil : " and \($0)" } ?? ""
            parts.append("<p class=\"dim\">\(a)\(other)</p>")
        }
        if let problem = array.problem { parts.append("<p class=\"cause\">\(problem)</p>") }
        guard let s = array.statistics, s.differing > 0 else { return parts.joined() }
        parts.append(
            """
            <p>\(s.differing.grouped) of \(s.compared.grouped) values differ, in \(s.differingBlocks.grouped) blocks. Largest difference \
            \(number(s.maximumAbsolute)), relative \(number(s.maximumRelative)); root mean square \(number(s.rootMeanSquare)). \
            NaN on one side: \(s.nanMismatches.grouped); with an infinity: \(s.infinityMismatches.grouped); \
            zeros of other sign: \(s.zeroSigns.grouped).</p>
            """)
        parts += causes(array)
        if let most = s.histogram.map(\.count).max(), most > 0 { parts.append(histogram(s, most: most)) }
        if !array.stored.isEmpty { parts.append(stored(array)) }
        parts.append(first(array))
        return parts.joined()
    }

    /// A measured number, never broken at its exponent.
    private func number(_ value: Double) -> Markup { "<span class=\"nb\">\(FixedPoint.significant(value))</span>" }

    private func causes(_ array: ArrayDiff) -> [Markup] {
        var parts: [Markup] = []
        if let referee = array.referee {
            parts.append(
                """
                <p>By the spec, of \(referee.examined) differing blocks A is right in \(referee.expectedIsReference), \
                B in \(referee.actualIsReference).</p>
                """)
        }
        for explanation in array.explanations {
            let place = explanation.block.map { "Block \($0): " } ?? ""
            let scope: Markup =
                explanation.isGeneral
                ? """
                <br/><span class="dim">reproduces \(explanation.reproduced) of \(explanation.examined) differing blocks, \
                and \(explanation.equalReproduced) of \(explanation.equalExamined) others</span>
                """ : ""
            let side = array.explainsExpected ? "A" : "B"
            parts.append("<p class=\"cause\"><b>\(side):</b> \(place)\(explanation.sentence)\(scope)</p>")
        }
        return parts
    }

    private func histogram(_ s: DiffStatistics, most: Int) -> Markup {
        var table = PageTable("Distances", [("ulp apart", .number), ("values", .number), ("", .bars)])
        for bin in s.histogram {
            table.add([
                "\(bin.label)", "\(bin.count.grouped)",
                PageFigure.bars([(bin.count, .first, "\(bin.count.grouped) values, \(bin.label)")], whole: most),
            ])
        }
        return PageFigure.markup(
            PageFigure.legend([(Tone.first, "values at this distance")]) + table.markup(),
            caption: "<b>How far values lie apart</b>, in units in the last place: steps from one fp32 number to the next.")
    }

    private func stored(_ array: ArrayDiff) -> Markup {
        var table = PageTable("Stored bytes", [("block", .number), ("field", .code), ("byte", .number), ("A", .code), ("B", .code)])
        for byte in array.stored {
            table.add(["\(byte.block)", "\(byte.field)", "\(byte.byte)", "0x\(byte.expected)", "0x\(byte.actual)"])
        }
        return table.markup()
    }

    private func first(_ array: ArrayDiff) -> Markup {
        var table = PageTable(
            "First differences", [("at", .number), ("place", .text), ("A", .code), ("B", .code), ("ulp", .number), ("in the block", .code)])
        for difference in array.first {
            let place = [
                difference.block.map { "block \($0)" }, difference.subBlock.map { "sub-block \($0)" },
                difference.weight.map { "weight \($0)" },
            ]
            .compactMap { $0 }.joined(separator: ", ")
            let anatomy = difference.anatomy.map(Markup.plain).joined(by: "<br/>")
            table.add([
                "\(difference.index)", "\(place)", parts(difference.expected), parts(difference.actual),
                "\(difference.ulps.map { $0.grouped } ?? "–")", "<span class=\"dim\">\(anatomy)</span>",
            ])
        }
        return table.markup()
    }

    private func parts(_ parts: FloatParts) -> Markup {
        let exponent = parts.exponent.map { "2^\($0)" } ?? ""
        return """
            \(parts.value)<br/>0x\(parts.bits)<br/><span class="dim">\(parts.sign) \(exponent) 0x\(parts.mantissa)</span>
            """
    }
}
