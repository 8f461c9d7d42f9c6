import BlockDiff
import Console
import Pages

/// The report of a comparison for a terminal.
package struct DiffText {
    private let report: DiffReport

    package init(_ report: DiffReport) { self.report = report }

    package func lines() -> [String] {
        var lines = ["A \(report.expected)", "B \(report.actual)", ""]
        if !report.keys.isEmpty {
            lines.append(Style.bold("\(report.keys.count) key\(report.keys.count == 1 ? " differs" : "s differ")"))
            var table = TextTable([("key", .left), ("A", .left), ("B", .left)])
            for key in report.keys { table.add("\(key.key)", key.expected ?? "(absent)", key.actual ?? "(absent)") }
            lines += table.lines(indent: "  ") + [""]
        }
        let different = report.arrays.filter { !$0.isEqual }
        for array in different { lines += describe(array) + [""] }
        if report.arrays.count > 1 { lines.append("\(report.arrays.count - different.count) of \(report.arrays.count) tensors are equal") }
        if report.isEqual {
            lines.append(Style.green("equal") + (report.arrays.count == 1 ? figures(report.arrays[0]) : ""))
        } else {
            lines.append(Style.red("different"))
        }
        return lines + report.notes.map { "note: \($0)" }
    }

    private func figures(_ array: ArrayDiff) -> String {
        array.statistics.map {
            ": all \($0.compared.grouped) values" + ($0.otherNaNBits > 0 ? ", NaNs aside bit for bit" : ", bit for bit")
        } ?? ""
    }

    private func describe(_ array: ArrayDiff) -> [String] {
        var lines: [String] = []
        var title = array.name.isEmpty ? "" : Style.bold(array.name)
        if let a = array.expectedFormat {
            title += (title.isEmpty ? "" : "  ") + (array.actualFormat.map { $0 == a ? a : "\(a) and \($0)" } ?? a)
        }
        if !title.isEmpty { lines.append(title) }
        if let problem = array.problem { lines.append("  " + Style.red(problem)) }
        guard let statistics = array.statistics, statistics.differing > 0 else { return lines }
        lines += summary(statistics)
        lines += distances(statistics)
        if !array.stored.isEmpty {
            lines.append("  stored bytes")
            lines += array.stored.map { "    block \($0.block)  \($0.field) (byte \($0.byte)): 0x\($0.expected) in A, 0x\($0.actual) in B" }
        }
        lines += verdict(array)
        if !array.first.isEmpty { lines.append("  first differences") }
        for difference in array.first { lines += describe(difference) }
        return lines
    }

    private func summary(_ s: DiffStatistics) -> [String] {
        var lines = [
            "  \(s.differing.grouped) of \(s.compared.grouped) values differ, "
                + "in \(s.differingBlocks.grouped) block\(s.differingBlocks == 1 ? "" : "s")"
        ]
        var kinds: [String] = []
        if s.nanMismatches > 0 { kinds.append("\(s.nanMismatches.grouped) NaN on one side only") }
        if s.infinityMismatches > 0 { kinds.append("\(s.infinityMismatches.grouped) with an infinity") }
        if s.zeroSigns > 0 { kinds.append("\(s.zeroSigns.grouped) zeros of other sign") }
        if !kinds.isEmpty { lines.append("  of these " + kinds.joined(separator: ", ")) }
        if let at = s.maximumAbsoluteAt {
            lines.append("  largest difference \(s.maximumAbsolute) at \(at); root mean square \(s.rootMeanSquare)")
        }
        if let at = s.maximumRelativeAt { lines.append("  largest relative difference \(s.maximumRelative) at \(at)") }
        return lines
    }

    private func distances(_ s: DiffStatistics) -> [String] {
        guard !s.histogram.isEmpty else { return [] }
        let most = s.histogram.map(\.count).max() ?? 1
        var table = TextTable([("ulp apart", .right), ("values", .right), ("", .left)])
        for entry in s.histogram {
            table.add(entry.label, entry.count.grouped, String(repeating: "#", count: max(1, entry.count * 40 / max(1, most))))
        }
        return table.lines(indent: "  ")
    }

    private func verdict(_ array: ArrayDiff) -> [String] {
        var lines: [String] = []
        if let referee = array.referee, referee.examined > 0 {
            let sides = [("A", referee.expectedIsReference), ("B", referee.actualIsReference)].map { side, count in
                count == referee.examined ? "\(side) is right" : count == 0 ? "\(side) is wrong" : "\(side) is right in \(count)"
            }
            lines.append(
                "  by the spec, in \(referee.examined) differing block\(referee.examined == 1 ? "" : "s"): \(sides.joined(separator: ", "))"
            )
        }
        for explanation in array.explanations {
            let side = array.explainsExpected ? "A" : "B"
            let place = explanation.block.map { "block \($0): " } ?? ""
            var scope = ""
            if explanation.isGeneral {
                scope = "; gives \(side) exactly in \(explanation.reproduced) of \(explanation.examined) differing blocks"
                if explanation.equalExamined > 0 {
                    scope += " and in \(explanation.equalReproduced) of \(explanation.equalExamined) others"
                }
            }
            lines.append("  " + Style.cyan("explains \(side)") + ": \(place)\(explanation.sentence)\(scope)")
        }
        if array.referee != nil, array.explanations.isEmpty { lines.append("  no known single mistake gives these bits") }
        return lines
    }

    private func describe(_ difference: WeightDifference) -> [String] {
        var place = "    at \(difference.index)"
        if let block = difference.block, let weight = difference.weight { place += ": block \(block), weight \(weight)" }
        if let subBlock = difference.subBlock { place += ", sub-block \(subBlock)" }
        if let ulps = difference.ulps { place += ", \(ulps.grouped) ulp apart" }
        return [place, "      A \(text(difference.expected))", "      B \(text(difference.actual))"]
            + difference.anatomy.map { "        \($0)" }
    }

    private func text(_ parts: FloatParts) -> String {
        "0x\(parts.bits)  \(parts.sign) \(parts.exponent.map { "2^\($0)" } ?? "no exponent") mantissa 0x\(parts.mantissa)  \(parts.value)"
    }
}
