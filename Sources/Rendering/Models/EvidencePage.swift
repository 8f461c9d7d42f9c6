import Benchmarks
import HIFIForeign
import Inference
import Pages
import Runs

/// Evidence as one self-contained page: what quantized models are beside their source.
package struct EvidencePage {
    private let evidence: Evidence

    package init(_ evidence: Evidence) { self.evidence = evidence }

    /// The page; the same for the same evidence.
    package var text: String {
        var page = Page(
            title: "Evidence for \(evidence.models.map { "\($0.name)" }.joined(separator: ", "))", windowTitle: "Evidence",
            kicker: "HIFI Conformance · beside \(evidence.source.name)", lead: lead)
        page.add(
            section: "Size, perplexity, divergence",
            """
            \(figures.markup(showsCaption: false))
            <p>Ratio: of the perplexity to the source's. KLD: the Kullback-Leibler divergence from the source's predictions, its mean and \
            what 99 % of positions do not exceed. Same top: positions where both find the same token most likely.</p>
            """)
        page.add(section: "Where weights are lost", errorSection)
        page.add(section: "Types", formats.markup(showsCaption: false))
        page.add(section: "How it was measured", method)
        return page.text
    }

    private var lead: Markup {
        let m = evidence.method
        return """
            <p class="lead">Every figure here follows from the files named below, by one command, and is the same on every machine. \
            Perplexities are of \(FixedPoint.grouped(m.lastChunk - m.firstChunk + 1)) chunks of \(m.context) tokens of \(m.text); decoded \
            weights are multiplied in fp32, so that what a reader's arithmetic adds is left out.</p>
            """
    }

    private var figures: PageTable {
        var table = PageTable(
            "Sizes, perplexities and divergence from the source",
            [
                ("file", .text), ("MiB", .number), ("bits/weight", .number), ("perplexity", .number), ("±", .number),
                ("ratio", .number), ("KLD mean", .number), ("±", .number), ("KLD 99 %", .number),
                ("same top, %", .number),
            ])
        for subject in [evidence.source] + evidence.models {
            let d = subject.divergence
            func text(_ value: Double?, _ places: Int) -> Markup { value.map { "\(FixedPoint.text($0, places: places))" } ?? "" }
            table.add([
                "\(subject.name)", text(Double(subject.tensorBytes) / 1_048_576, 2), text(subject.bitsPerWeight, 4),
                text(subject.perplexity.perplexity, 4), text(subject.perplexity.error, 4), text(d?.ratio.value, 5),
                text(d?.meanDivergence.value, 6), text(d?.meanDivergence.error, 6), text(d?.percentiles["99"], 5),
                text(d.map { 100 * $0.sameTop.value }, 2),
            ])
        }
        return table
    }

    // MARK: Errors

    /// A model's errors by layer: the mean of the relative errors of its tensors.
    private static func layers(_ subject: Evidence.Subject) -> [(x: Double, y: Double)] {
        var sums: [Int: (sum: Double, count: Int)] = [:]
        for error in subject.errors ?? [] {
            guard let layer = error.layer, let relative = error.relative else { continue }
            sums[layer, default: (0, 0)].sum += relative
            sums[layer, default: (0, 0)].count += 1
        }
        return sums.sorted { $0.key < $1.key }.map { (Double($0.key), $0.value.sum / Double($0.value.count)) }
    }

    private static let styles: [(symbol: Symbol, tone: Tone)] = [
        (.circle, .first), (.square, .second), (.triangle, .third), (.diamond, .fourth), (.ring, .quiet),
    ]

    private var errorSection: Markup {
        let series = evidence.models.map(Self.layers)
        let legend = PageFigure.legend(
            evidence.models.enumerated().map { index, subject in
                let style = Self.styles[index % Self.styles.count]
                return (style.symbol, style.tone, "\(subject.name)")
            })
        let caption: Markup = """
            <b>Relative error, layer by layer</b>: the root mean square of the difference from the source, divided by that of the source's \
            weights, and averaged over the tensors of a layer.
            """
        guard series.contains(where: { !$0.isEmpty }) else {
            return "<p>No tensor of a layer differs from the source's.</p>\n\(errorTable.markup())"
        }
        let charts = PageFigure.responsive { width, style in chart(series, width: width, style: style) }
        return PageFigure.markup(legend + charts, caption: caption, data: errorTable)
    }

    private func chart(_ series: [[(x: Double, y: Double)]], width: Double, style: String) -> Markup {
        let all = series.joined()
        let last = all.map(\.x).max() ?? 1
        let step = max(1, Int(last) / (width > 500 ? 10 : 5))
        let ticks = stride(from: 0, through: Int(last), by: step).map { Scale.Tick(Double($0), "\($0)") }
        var plot = Plot(
            width: width, height: 340, margins: .init(top: 26, right: 14, bottom: 42, left: 52),
            x: .linear(-0.5...last + 0.5, ticks: ticks), y: .linear(all.map(\.y), includesZero: true))
        plot.addVerticalAxis("relative error")
        plot.addHorizontalAxis("layer")
        for (index, points) in series.enumerated() where !points.isEmpty {
            let style = Self.styles[index % Self.styles.count]
            plot.addLine(points, tone: style.tone, thin: true)
            for point in points { plot.addPoint(x: point.x, y: point.y, symbol: style.symbol, tone: style.tone, radius: 4) }
        }
        return plot.svg(
            title: "Relative error by layer", description: "One line for each model; the figures are in the table below.", class: style)
    }

    private var errorTable: PageTable {
        var table = PageTable(
            "Error of every tensor that differs from the source's",
            [("tensor", .text), ("file", .text), ("type", .text), ("relative error", .number), ("largest difference", .number)])
        for subject in evidence.models {
            for error in subject.errors ?? [] {
                table.add([
                    "\(error.name)", "\(subject.name)", "<code>\(error.format)</code>",
                    error.relative.map { "\(FixedPoint.significant($0))" } ?? "", "\(FixedPoint.significant(error.largest))",
                ])
            }
        }
        return table
    }

    // MARK: Conditions

    private var formats: PageTable {
        var table = PageTable("Types of each file", [("file", .text), ("type", .text), ("tensors", .number), ("bytes", .number)])
        for subject in [evidence.source] + evidence.models {
            for (index, count) in subject.formats.enumerated() {
                table.add(
                    [
                        "\(subject.name)", "<code>\(count.format)</code>", "\(count.tensors)", "\(FixedPoint.grouped(count.bytes))",
                    ], startsGroup: index == 0)
            }
        }
        return table
    }

    private var method: Markup {
        let m = evidence.method
        var digests = PageTable("Digests", [("file", .text), ("bytes", .number), ("SHA-256", .code)])
        for subject in [evidence.source] + evidence.models {
            digests.add(["\(subject.name)", "\(FixedPoint.grouped(subject.bytes))", "\(subject.sha256)"])
        }
        digests.add(["\(m.text)", "\(FixedPoint.grouped(m.textBytes))", "\(m.textDigest)"])
        let imatrices = evidence.models.compactMap { subject in subject.imatrix.map { "\(subject.name): \($0.file)" } }
        let matrices: Markup =
            imatrices.isEmpty
            ? "<p>No file names an importance matrix.</p>"
            : "<p>Importance matrices, as the files name them: \(imatrices.joined(separator: "; ")).</p>"
        return """
            <p>Chunks \(m.firstChunk) to \(m.lastChunk) of \(m.context) tokens, of which those from position \(m.firstScored) on are \
            scored, as llama-perplexity does. The text has \(FixedPoint.grouped(m.tokens)) tokens. hifi \(evidence.spec).</p>
            \(matrices)
            <p>The same again:</p>
            <pre><code>\(evidence.command)</code></pre>
            \(digests.markup(showsCaption: false))
            """
    }
}

/// What evidence says in a few lines.
package enum EvidenceText {
    package static func lines(_ evidence: Evidence, folder: String) -> [String] {
        var lines = ["\(ForeignText(path: folder))  evidence.json, index.html, SHA256SUMS, timings.json"]
        for subject in [evidence.source] + evidence.models {
            let ppl = subject.perplexity
            var line = "    \(subject.name): \(FixedPoint.text(subject.bitsPerWeight, places: 4)) bits per weight, PPL "
            line += FixedPoint.text(ppl.perplexity, places: 4) + (ppl.error.map { " +/- \(FixedPoint.text($0, places: 5))" } ?? "")
            if let d = subject.divergence { line += ", KLD \(FixedPoint.text(d.meanDivergence.value, places: 6))" }
            lines.append(line)
        }
        return lines
    }
}
