import Console
import HIFIVerification
import Pages

/// A verification report for people: what the file is, what is wrong with it, the verdict last.
package struct VerificationText {
    package let lines: [String]

    package init(_ report: VerificationReport, digests: Bool) {
        var lines: [String] = []
        for file in report.files {
            if !lines.isEmpty { lines.append("") }
            lines += Self.file(file, report.policy, digests: digests)
        }
        self.lines = lines
    }

    private static func file(_ file: FileReport, _ policy: PolicyUse?, digests: Bool) -> [String] {
        let version = file.version.map { "GGUF v\($0), " } ?? ""
        var lines = [
            Style.bold(file.path)
                + "  \(version)\(file.bytes.counting("byte")), \(file.tensors.counting("tensor")), \(file.keys.counting("key"))"
        ]
        let counted = file.findings.filter { $0.suppressed == nil }
        if let identification = file.identification {
            // IDENT-01 says no more than this, and is counted: it stands here.
            let note = counted.contains(where: isHeadline) ? "\(label(.note))  \(Style.bold("IDENT-01"))  " : ""
            lines.append("  \(note)\(identification.confidence.rawValue): \(identification.headline)")
            let types = identification.types.map {
                "\($0.tensors) × \($0.formats.isEmpty ? "id \($0.id)" : $0.formats.joined(separator: " or "))"
            }
            if !types.isEmpty { lines.append("  " + Style.dim(types.joined(separator: ", "))) }
        }
        if digests { lines += self.digests(file) }
        var advised: Set<String> = []
        for finding in counted where !isHeadline(finding) {
            // What can be done is said once, not for each of many places.
            let isNew = finding.advice.map { advised.insert($0).inserted } ?? false
            lines += [""] + self.finding(finding, advises: isNew)
        }
        if file.counts.omitted > 0 { lines += ["", "  … and \(file.counts.omitted.grouped) more findings"] }
        let silenced = self.silenced(file.findings)
        if !silenced.isEmpty { lines += [""] + silenced }
        return lines + [""] + coverage(file.coverage) + [VerdictLine(file, policy).text]
    }

    /// Whether the line about the identification says all that the finding does.
    private static func isHeadline(_ finding: Finding) -> Bool {
        finding.rule == "IDENT-01" && finding.severity == .note && finding.changed == nil
    }

    /// What was checked, and what was not: a line for each area.
    private static func coverage(_ coverage: Coverage) -> [String] {
        let checked = coverage.items.filter { $0.state == .checked || $0.state == .partly }.map { "\($0.area.rawValue): \($0.what)" }
        let open = coverage.items.filter { $0.isGap || ($0.state == .absent && $0.reason != nil) }.map { item in
            let reason = item.reason ?? item.what
            return reason.hasPrefix(item.area.rawValue) ? reason : "\(item.area.rawValue): \(reason)"
        }
        return column("checked", checked) + column("not checked", open)
    }

    /// The word once, the lines beside it.
    private static func column(_ word: String, _ lines: [String]) -> [String] {
        let blank = String(repeating: " ", count: 11)
        return lines.enumerated().map { index, line in
            let head = index == 0 ? word + String(repeating: " ", count: 11 - word.count) : blank
            return "  \(Style.dim(head))  \(line)"
        }
    }

    /// A line for each rule of which the policy hides findings.
    private static func silenced(_ findings: [Finding]) -> [String] {
        var counts: [[String]: Int] = [:]
        for finding in findings {
            guard let reason = finding.suppressed else { continue }
            counts[[finding.rule, "\(finding.suppressedBy ?? "")", "\(reason)"], default: 0] += 1
        }
        return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, count in
            Style.dim("  silenced  \(key[0]) × \(count.grouped) by \(key[1]): \(key[2])")
        }
    }

    private static func finding(_ finding: Finding, advises: Bool) -> [String] {
        var head = "  \(label(finding.severity))  \(Style.bold(finding.rule))  \(place(finding.location))"
        if finding.count > 1 { head += "  \(Style.bold("× \(finding.count.grouped)"))" }
        var lines = [head, "           \(finding.message)"]
        if let expected = finding.expected, let found = finding.found {
            lines.append(Style.dim("           expected \(expected), found \(found)"))
        }
        if !finding.examples.isEmpty {
            let places = finding.examples.map { Self.example($0, besides: finding.location) }
            let rest = finding.count - 1 - finding.examples.count
            lines.append(Style.dim("           also \(places.joined(separator: "; "))" + (rest > 0 ? "; and \(rest.grouped) more" : "")))
        }
        if advises, let advice = finding.advice { lines.append("           → \(advice)") }
        if let changed = finding.changed {
            lines.append(
                Style.dim(
                    "           \(changed.from.rawValue) by the specification, "
                        + "\(finding.severity.rawValue) by \(changed.source): \(changed.reason)"
                ))
        }
        return lines
    }

    /// One more place: what it does not share with the first one, so that a list of blocks does not repeat their tensor. A place that
    /// differs in nothing but its offset is told by that.
    private static func example(_ example: Finding.Location, besides first: Finding.Location) -> String {
        var parts: [String] = []
        if example.file != first.file, let file = example.file { parts.append("\(file)") }
        if example.tensor != first.tensor, let tensor = example.tensor { parts.append("\(tensor)") }
        if example.key != first.key, let key = example.key { parts.append("key \(key)") }
        if let row = example.row { parts.append("row \(row)") }
        if let block = example.block { parts.append("block \(block)") }
        if let field = example.field { parts.append(field + (example.index.map { "[\($0)]" } ?? "")) }
        if parts.isEmpty || example.row != nil || example.block != nil, let offset = example.offset {
            parts.append("byte \(offset.grouped)")
        }
        if parts.isEmpty { parts = [(example.tensor ?? example.key ?? example.file)?.description ?? "another place"] }
        return parts.joined(separator: " ")
    }

    private static func label(_ severity: Finding.Severity) -> String {
        switch severity {
        case .error: Style.red("error  ")
        case .warning: Style.yellow("warning")
        case .note: Style.cyan("note   ")
        }
    }

    /// `blk.0.attn_v.weight row 3 block 0 outlier_vals[2] (byte 1,234)`.
    private static func place(_ location: Finding.Location) -> String {
        var parts: [String] = []
        if let tensor = location.tensor { parts.append("\(tensor)") }
        if let key = location.key { parts.append("key \(key)") }
        if let row = location.row { parts.append("row \(row)") }
        if let block = location.block { parts.append("block \(block)") }
        if let field = location.field { parts.append(field + (location.index.map { "[\($0)]" } ?? "")) }
        if let offset = location.offset { parts.append(Style.dim("(byte \(offset.grouped))")) }
        return parts.joined(separator: " ")
    }

    private static func digests(_ file: FileReport) -> [String] {
        guard let digests = file.digests else { return [] }
        var table = TextTable([("", .left), ("", .left)])
        if let header = digests.header { table.add(header, "header") }
        if let whole = digests.file { table.add(whole, "file") }
        for tensor in digests.tensors { table.add(tensor.digest, "\(tensor.name)") }
        return ["  \(digests.algorithm)"] + table.lines(indent: "    ")
    }
}
