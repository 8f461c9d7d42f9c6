import Console
import HIFIForeign
import HIFIIdentification
import Pages

/// An identification for machines, with the file that it is of.
package struct IdentifiedFile: Encodable {
    package let file: ForeignText
    package let identification: Identification

    package init(file: ForeignText, identification: Identification) { (self.file, self.identification) = (file, identification) }
}

/// An identification for people: what the file is, why, and who reads it right.
package struct IdentificationText {
    package let lines: [String]

    package init(_ file: IdentifiedFile) {
        let identification = file.identification
        var lines = [Style.bold(file.file)]
        lines.append("  \(Self.mark(identification.confidence))  \(identification.headline)")
        if let dialect = identification.dialect {
            let others = identification.dialects.count - 1
            lines.append("  dialect     \(dialect)" + (others > 0 ? " (and \(others) more that give the same meaning)" : ""))
        }
        if !identification.hifiFormats.isEmpty { lines.append("  revision    \(identification.hifiFormats.joined(separator: ", "))") }
        if let fileType = identification.fileType { lines.append("  file type   \(fileType.text)") }
        if let mix = identification.mixes.first {
            lines.append("  routing     \(mix.id): \(mix.title) (\(mix.agreeing) of \(mix.compared) tensors)")
        }
        lines += Self.section("types", Self.types(identification))
        lines += Self.section("evidence", identification.evidence.map { "    " + $0.text + ($0.clause.map { " [\($0)]" } ?? "") })
        lines += Self.section(
            "not decided", identification.ambiguities.flatMap { ["    " + $0.text, Style.dim("      decided by: \($0.decidedBy)")] })
        // Of keys alone there is nothing to say about readers.
        if !identification.tensorFormats.isEmpty { lines += Self.section("readers", Self.readers(identification)) }
        self.lines = lines
    }

    private static func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", "  " + Style.bold(title)] + lines
    }

    private static func mark(_ confidence: Identification.Confidence) -> String {
        switch confidence {
        case .certain: Style.green("certain")
        case .likely: Style.yellow("likely")
        case .ambiguous: Style.yellow("ambiguous")
        case .none: Style.red("unknown")
        }
    }

    private static func types(_ identification: Identification) -> [String] {
        var table = TextTable([("", .right), ("", .left), ("", .left), ("", .right), ("", .left)])
        for type in identification.types {
            let formats = type.formats.isEmpty ? "unknown" : type.formats.joined(separator: " or ")
            table.add(
                "\(type.id)", type.name ?? "?", formats, "\(type.tensors)",
                "tensor\(type.tensors == 1 ? "" : "s")"
                    + (type.formats.first.flatMap { KnownFormats.byID[$0] }.map { ", \(KnownFormats.sizeText($0))" } ?? ""))
        }
        return table.lines(indent: "    ")
    }

    private static func readers(_ identification: Identification) -> [String] {
        var table = TextTable([("", .left), ("", .left), ("", .left)])
        for reader in identification.readers {
            table.add(outcome(reader.outcome), reader.title, reader.reasons.first ?? "")
            for reason in reader.reasons.dropFirst() { table.add("", "", reason) }
        }
        return table.lines(indent: "    ")
    }

    private static func outcome(_ outcome: ReaderVerdict.Outcome) -> String {
        switch outcome {
        case .right: Style.green("reads right")
        case .misreads: Style.red("misreads   ")
        case .refuses: Style.yellow("refuses    ")
        case .cannotRun: Style.yellow("cannot run ")
        case .undecided: Style.dim("undecided  ")
        }
    }
}
