import Console
import HIFIVerification
import Pages

/// The last line of a file's report: the verdict, what it covers, and how much was found.
struct VerdictLine {
    let text: String

    init(_ file: FileReport, _ policy: PolicyUse?) {
        let under = policy.map { Self.policy($0, file.counts) }
        let gaps = file.coverage.gaps.joined(separator: "; ")
        let open = file.coverage.items.filter(\.isGap).map(\.area.rawValue).joined(separator: ", ")
        let counts = Self.summary(file.counts)
        switch file.verdict {
        case .conforming:
            let isPlain = gaps.isEmpty && under == nil
            var words = "conforming" + (under.map { " \($0)" } ?? "")
            if !gaps.isEmpty { words += (under == nil ? "" : ",") + " as far as checked: \(gaps)" }
            text = "  \(isPlain ? Style.green(words) : Style.cyan(words))  \(counts)"
        case .findings, .unsupported, .malformed, .unreadable:
            let style: Style = file.verdict == .findings ? .yellow : .red
            text =
                "  \(style(file.verdict.rawValue))  " + ([counts] + (under.map { [$0] } ?? [])).joined(separator: "; ")
                + (open.isEmpty ? "" : "; not all checked: \(open)")
        }
    }

    /// `under policy ci.json: 3 findings silenced, 1 known`.
    private static func policy(_ policy: PolicyUse, _ counts: FindingCounts) -> String {
        let silenced = "\(counts.silenced.grouped) finding\(counts.silenced == 1 ? "" : "s") silenced"
        let others = [(counts.known, "known"), (counts.lowered, "lowered"), (counts.raised, "raised")]
            .filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
        return "under policy \(policy.sources.joined(separator: " and ")): \(([silenced] + others).joined(separator: ", "))"
    }

    private static func summary(_ counts: FindingCounts) -> String {
        let parts = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")]
            .filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)\($0.0 == 1 ? "" : "s")" }
        return parts.isEmpty ? "nothing to report" : parts.joined(separator: ", ")
    }
}
