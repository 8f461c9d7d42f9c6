import Figures
import Pages

extension ReportPage {
    /// Each claim with its arithmetic and verdict.
    var claimsSection: Markup {
        audit.claims.map { claim -> Markup in
            let range = claim.low == claim.high ? Self.percent(claim.low) : "\(Self.percent(claim.low)) to \(Self.percent(claim.high))"
            let form = claim.form == "extremes" ? "as the smallest and the largest" : "for each model"
            let hasBytes = claim.values.contains { $0.fromBytes != nil }
            var columns: [(String, PageTable.Kind)] = [
                ("model", .text), ("arithmetic", .code), ("per cent", .number), ("in the range", .text),
            ]
            columns.append(hasBytes ? ("from exact bytes", .number) : ("the other way round", .number))
            var data = PageTable("\(claim.id): \(claim.subject)", columns)
            for value in claim.values {
                data.add([
                    "\(value.label)", "\(value.change.formula)", "\(Self.percent(value.change.percent))", value.isInRange ? "yes" : "no",
                    "\(Self.percent(value.fromBytes?.percent ?? value.reversed.percent))",
                ])
            }
            return """
                <h3>\(claim.id) \(Self.verdict(claim.verdict))</h3>
                <p><q>\(claim.text)</q> That is, \(claim.subject): \(range) \(form). \(claim.remark)</p>
                \(PageFigure.disclosure("The arithmetic", data.markup()))
                """
        }.joined()
    }

    /// Sources, seeds, commands.
    var methodSection: Markup {
        let source = audit.source
        var recorded = PageTable(
            "Sizes that the history records elsewhere",
            [
                ("", .text), ("what", .text), ("source", .text), ("recorded", .number), ("computed", .number), ("verdict", .text),
            ])
        for size in audit.sizeEvidence.recorded {
            let verdict: Markup = size.match.map { Self.verdict($0.follows ? "match" : "differs") } ?? "whole file"
            recorded.add([
                "\(size.id)", "\(size.subject), \(label(size.model))", "\(size.source)", "\(size.recorded)", "\(size.computed)", verdict,
            ])
        }
        let history = source.history.map { "<li>\($0)</li>" as Markup }.joined(by: "")
        return """
            <p>The published figures: <code>\(source.document)</code>, <code>\(source.pullRequest)</code>, measured on \
            \(source.environment). Their sizes are those of block revision <code>\(source.revision)</code>. Not stated: \
            \(Self.list(source.notStated)).</p>
            <ul>\(history)</ul>
            <p>Sizes are sums over all tensors, rounded as the loader’s <code>printf</code> does. Percentages are computed in integers \
            from the printed digits and rounded half away from zero. Errors come from \(study.count) weights of each input \
            (\(study.count / study.columns) rows of \(study.columns), seed \(study.seed)), encoded by the spec’s encoders without \
            importances and decoded by its decoder, when this page was made.</p>
            <p><code>hifi figures sizes</code>, <code>hifi figures audit</code> and <code>hifi figures report</code> give all of this \
            again, the first two in JSON too.</p>
            \(PageFigure.disclosure("Sizes recorded elsewhere", recorded.markup()))
            """
    }
}
