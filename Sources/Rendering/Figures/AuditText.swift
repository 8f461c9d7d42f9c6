import Console
import Figures

/// An audit for people: verdicts first, then the arithmetic of each.
package struct AuditText {
    package let lines: [String]

    package init(_ audit: Audit) {
        let sections: [(String, [String])] = [
            ("", Self.summary(audit)),
            ("Percentages of Q3_HIFI against the others", Self.percentages(audit.percentages)),
            ("From exact bytes in place of rounded sizes", Self.exactBytes(audit.percentages)),
            ("Claims", audit.claims.flatMap(Self.claim)),
            ("What the sizes tell", Self.sizes(audit.sizeEvidence)),
            ("Was an importance matrix used?", Self.imatrix(audit.imatrix)),
            ("A small model, measured with and without one", audit.reversals.flatMap(Self.reversal) + (audit.reversals.first?.notes ?? [])),
        ]
        lines = Array(
            sections.map { title, body in title.isEmpty ? body : [Style.bold(title)] + body.map { $0.isEmpty ? "" : "  " + $0 } }
                .joined(separator: [""]))
    }

    private static func summary(_ audit: Audit) -> [String] {
        let s = audit.summary
        let claims = ["follows", "partly", "contradicted"].compactMap { word in s.claims[word].map { "\($0) \(word)" } }
        return [
            Style.bold(audit.source.title), "\(audit.source.document); \(audit.source.pullRequest); \(audit.source.environment)",
            "Not stated: \(audit.source.notStated.joined(separator: ", "))", "",
            "\(s.cellsFollowing) of \(s.cells) sizes follow from shapes and routing (hifi figures sizes shows them)",
            "\(s.percentagesFollowing) of \(s.percentages) percentages follow from the figures printed beside them",
            "\(s.changedByExactBytes) size percentages change when exact bytes replace rounded sizes",
            "claims: \(claims.joined(separator: ", "))",
            "importance matrix: use not stated; what follows below is \(audit.imatrix.certainty), not proven",
        ]
    }

    private static func percentages(_ checks: [PercentageCheck]) -> [String] {
        var table = TextTable([
            ("metric", .left), ("against", .left), ("model", .left), ("arithmetic", .left), ("per cent", .right), ("rounded", .right),
            ("published", .right), ("", .left),
        ])
        for check in checks {
            let verdict =
                check.verdict == .follows
                ? "follows"
                : Style.red("does not follow") + " (digits not printed give \(check.range.lowest) to \(check.range.highest): "
                    + "\(check.range.allowsPublished ? "possible" : "impossible"))"
            table.add(
                check.metric, check.against, check.label, check.change.formula, check.change.percent, check.change.rounded,
                check.published, verdict)
        }
        return table.lines()
    }

    private static func exactBytes(_ checks: [PercentageCheck]) -> [String] {
        var table = TextTable([
            ("against", .left), ("model", .left), ("arithmetic", .left), ("per cent", .right), ("rounded", .right), ("published", .right),
            ("", .left),
        ])
        for check in checks {
            guard let exact = check.fromBytes else { continue }
            table.add(
                check.against, check.label, exact.change.formula, exact.change.percent, exact.change.rounded, check.published,
                exact.differsFromPublished ? Style.yellow("changes") : "same")
        }
        return table.lines()
    }

    private static func claim(_ claim: ClaimReport) -> [String] {
        let colour: Style = claim.verdict == "follows" ? .green : claim.verdict == "partly" ? .yellow : .red
        var table = TextTable([("", .left), ("", .left), ("", .right), ("", .right), ("", .left)])
        for value in claim.values {
            table.add(
                value.label, value.change.formula, value.change.percent, value.change.rounded,
                (value.isInRange ? "in the range" : "outside") + (value.fromBytes.map { ", from exact bytes \($0.percent)" } ?? "")
                    + (claim.form == "extremes" ? ", the other way round \(value.reversed.percent)" : ""))
        }
        let range = claim.low == claim.high ? claim.low : "\(claim.low) to \(claim.high)"
        let form = claim.form == "extremes" ? "as smallest and largest" : "for each model"
        return [
            "\(claim.id)  \(colour(claim.verdict))  \(claim.text)", "    \(claim.subject), per cent: \(range) \(form)",
        ] + table.lines(indent: "    ") + ["    \(claim.remark)", ""]
    }

    private static func sizes(_ evidence: SizeEvidence) -> [String] {
        let hits = evidence.routings.filter { $0.cells > 0 }.map { "\($0.mix) (\($0.revision)): \($0.cells) of \(evidence.cells)" }
        var table = TextTable([("", .left), ("recorded", .right), ("computed", .right), ("", .left), ("", .left)])
        for size in evidence.recorded {
            let verdict = size.match.map { $0.follows ? "follows" : Style.red("differs") } ?? "whole file"
            table.add(size.id, size.recorded, size.computed, verdict, "\(size.subject), \(size.source)")
        }
        return [
            "Of \(evidence.routings.count) HIFI routings on record these give published HIFI cells: \(hits.joined(separator: ", "))",
            "Of all block sizes from 110 to 180 bytes these give every HIFI cell: "
                + evidence.blockBytes.map(String.init).joined(separator: ", "),
            "Sizes recorded elsewhere:",
        ] + table.lines(indent: "  ")
    }

    private static func imatrix(_ finding: ImatrixFinding) -> [String] {
        var lines = ["\(Style.yellow(finding.certainty)): \(finding.statement)"]
        lines += finding.caveats.map { "but: \($0)" } + [""]
        lines += finding.evidence.flatMap { ["\($0.id)  \($0.source): \($0.statement)", Style.dim("    suggests \($0.suggests)")] }
        lines += ["", "Under the same conditions, as far as figures are recorded:"]
        for pair in finding.likeForLike {
            lines.append(
                "\(pair.id)  \(pair.label): \(pair.change.formula) = \(pair.change.percent) %, "
                    + "published \(pair.published) %  (\(pair.source))"
            )
            lines.append("    \(pair.remark)")
        }
        return lines
    }

    private static func reversal(_ reversal: RankingReversal) -> [String] {
        var table = TextTable([("", .left), ("", .left), ("arithmetic", .left), ("per cent", .right), ("lower perplexity", .left)])
        func imatrix(_ name: String, _ used: Bool) -> String { "\(name) \(used ? "with" : "without")" }
        for c in reversal.combinations {
            table.add(
                imatrix(reversal.ours, c.oursWithImatrix), imatrix(reversal.theirs, c.theirsWithImatrix), c.change.formula,
                c.change.percent, c.oursWins ? reversal.ours : reversal.theirs)
        }
        return ["\(reversal.series), \(reversal.title.lowercasedFirst):"] + table.lines(indent: "  ") + [
            "  size: \(reversal.bytes.formula) = \(reversal.bytes.percent) %",
            "  \(reversal.turnsAround ? "the ranking turns around with the conditions" : "the ranking does not depend on the conditions")"
                + ". \(reversal.remark)", "",
        ]
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
