#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Figures
import HIFIBlockSpec
import Pages

extension ReportPage {
    /// Families of formats as the charts tell them apart.
    private enum Family: CaseIterable {
        case hifi, kquant, legacy, codebook, others

        init(_ format: String) {
            if format.hasPrefix("q3_k_hifi") {
                self = .hifi
            } else if format.hasPrefix("iq") {
                self = .codebook
            } else if ["q2_k", "q3_k", "q4_k", "q5_k", "q6_k"].contains(format) {
                self = .kquant
            } else if ["q4_0", "q4_1", "q5_0", "q5_1", "q8_0"].contains(format) {
                self = .legacy
            } else {
                self = .others
            }
        }

        var style: (symbol: Symbol, tone: Tone, text: String) {
            switch self {
            case .hifi: (.circle, .first, "Q3_K_HIFI, every revision")
            case .kquant: (.square, .second, "K-quants")
            case .codebook: (.diamond, .fourth, "IQ1 to IQ4, fixed books of codes")
            case .legacy: (.triangle, .third, "Q4_0 to Q8_0")
            case .others: (.ring, .quiet, "other types")
            }
        }
    }

    /// Formats with a name in the charts, the important ones first.
    private static let named = [
        "q3_k_hifi@r6", "iq4_xs", "q3_k", "q4_k", "q2_k", "iq4_nl", "q5_k", "q6_k", "q4_0", "q5_0", "q3_k_hifi@r1", "q4_k_hifi", "q4_1",
        "q5_1",
        "q3_k_hifi@r7a", "q6_k_hifi", "q2_k_hifi", "q5_k_hifi_res8", "q3_k_hifi_res8", "q3_k_hifi@r3",
    ]

    /// What the chart shows; larger formats stand in the table only.
    private static let bits = 2.4...7.2

    /// One chart for each input, and where the format wins.
    var errorSection: Markup {
        let charts = study.inputs.map { input -> Markup in
            """
            <h3>\(input.weights.title)</h3>
            <p>\(sentence(input))</p>
            \(PageFigure.responsive { width, style in chart(input, width: width, style: style) })
            """
        }
        let caption: Markup = """
            <b>Error against bits per weight</b>, logarithmic upwards: from one line to the next the error doubles. The line joins the \
            formats that no other beats in both; the dashed line is the least error that any code of that rate can have on Gaussian \
            weights.
            """
        return """
            <p>A format is worth its bits where no other gives less error for as many or fewer. Each type of the specification that \
            can be encoded takes the same weights through its own encoder and decoder; nothing is guided by importances. Error is the \
            root mean square of the difference, divided by that of the weights.</p>
            <div class="aside"><p>IQ2_XXS, IQ2_XS and IQ1_S are left out: they are made with importances only.</p></div>
            \(PageFigure.markup(PageFigure.legend(Family.allCases.map(\.style)) + charts.joined(), caption: caption, data: errorTable))
            """
    }

    private var errorTable: PageTable {
        var data = PageTable(
            "Relative error of every encodable type",
            [("type", .text), ("bpw", .number)] + study.inputs.map { ($0.weights.title, .number) })
        for point in study.inputs.first?.points ?? [] {
            let errors = study.inputs.map { input -> Markup in
                guard let own = input.point(point.format) else { return "" }
                let text = FixedPoint.significant(own.relativeError)
                return own.isDominated ? "\(text)" : "<b>\(text)</b>"
            }
            data.add(
                ["<code>\(point.format)</code>", "\(FixedPoint.text(point.bitsPerWeight, places: 4))"] + errors)
        }
        return data
    }

    /// The published revision beside its base, IQ4_XS of about its size, and the next larger K-quant.
    private func sentence(_ input: ErrorStudy.Input) -> String {
        guard let hifi = input.point("q3_k_hifi@r6"), let base = input.point("q3_k"), let larger = input.point("q4_k") else { return "" }
        func less(_ a: Double, _ b: Double) -> String {
            let share = (a / b - 1) * 100
            return "\(FixedPoint.text(abs(share), places: abs(share) < 10 ? 1 : 0)) % \(share < 0 ? "less" : "more")"
        }
        var text =
            "Q3_K_HIFI at \(FixedPoint.text(hifi.bitsPerWeight, places: 2)) bits has "
            + "\(less(hifi.relativeError, base.relativeError)) error than Q3_K "
            + "at \(FixedPoint.text(base.bitsPerWeight, places: 2)), and \(less(hifi.relativeError, larger.relativeError)) than Q4_K at "
            + "\(FixedPoint.text(larger.bitsPerWeight, places: 2))."
        if let codebook = input.point("iq4_xs") {
            text +=
                " IQ4_XS at \(FixedPoint.text(codebook.bitsPerWeight, places: 2)) bits has "
                + "\(less(codebook.relativeError, hifi.relativeError)) error than Q3_K_HIFI."
        }
        let rivals = input.points.filter { $0.bitsPerWeight <= hifi.bitsPerWeight && $0.relativeError < hifi.relativeError }
        return text
            + (rivals.isEmpty
                ? " No type of as many or fewer bits has less error."
                : " Less error in no more bits: \(Self.list(rivals.map(\.format))).")
    }

    private func chart(_ input: ErrorStudy.Input, width: Double, style: String) -> Markup {
        let isWide = width > 500
        let points = input.points.filter { Self.bits.contains($0.bitsPerWeight) && $0.relativeError > 0 }
        let (low, high) = (points.map(\.relativeError).min() ?? 0.01, points.map(\.relativeError).max() ?? 1)
        let ticks = [0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64].map { Scale.Tick($0, FixedPoint.text($0, places: $0 < 0.01 ? 3 : 2)) }
        let x = Scale.linear(Self.bits, ticks: (3...7).map { Scale.Tick(Double($0), "\($0)") })
        let y = Scale.logarithmic(low * 0.8...high * 1.25, ticks: ticks)
        let height = isWide ? 520.0 : 420
        var plot = Plot(width: width, height: height, margins: .init(top: 26, right: 14, bottom: 42, left: 40), x: x, y: y)
        plot.addVerticalAxis("relative error")
        plot.addHorizontalAxis("bits per weight")
        var placer = LabelPlacer(width: width, height: height - 42, left: 40)
        placer.reserve("relative error", px: 0, py: 14)
        if input.weights == .gaussian {
            let line = limit(from: Self.bits.lowerBound, to: Self.bits.upperBound, lowest: y.domain.lowerBound)
            plot.addRule(line)
            // In the narrow drawing names may cross it: there is no room to go round.
            if isWide { placer.reserve(line: line.map { (plot.px($0.x), plot.py($0.y)) }) }
        }
        let best = points.filter { !$0.isDominated }.map { (x: $0.bitsPerWeight, y: $0.relativeError) }
        plot.addLine(best, tone: .quiet, thin: true)
        placer.reserve(line: best.map { (plot.px($0.x), plot.py($0.y)) })
        let order = points.sorted { (Self.rank($0.format), $0.format) > (Self.rank($1.format), $1.format) }
        for point in order {
            let family = Family(point.format).style
            let radius = point.format == "q3_k_hifi@r6" ? 7.0 : isWide ? 4.5 : 4
            plot.addPoint(x: point.bitsPerWeight, y: point.relativeError, symbol: family.symbol, tone: family.tone, radius: radius)
            placer.reserve(px: plot.px(point.bitsPerWeight), py: plot.py(point.relativeError), radius: radius)
        }
        for format in Self.named.prefix(isWide ? Self.named.count : 13) {
            guard let point = points.first(where: { $0.format == format }) else { continue }
            let isPublished = format == "q3_k_hifi@r6"
            let text = isPublished ? "Q3_K_HIFI" : format
            let (px, py) = (plot.px(point.bitsPerWeight), plot.py(point.relativeError))
            guard let place = placer.place(text, px: px, py: py, distance: isPublished ? 11 : 9, strong: isPublished) else { continue }
            if place.needsLeader { plot.addLeader(from: (px, py), to: (place.px, place.py - 4)) }
            plot.addText(text, px: place.px, py: place.py, anchor: place.anchor, tone: Family(format).style.tone, strong: isPublished)
        }
        if input.weights == .gaussian,
            let place = placer.place("least possible", px: plot.px(3.1), py: plot.py(exp2(-3.1)), distance: 6, below: true)
        {
            plot.addText("least possible", px: place.px, py: place.py, anchor: place.anchor, tone: .quiet)
        }
        return plot.svg(
            title: "Error against bits per weight, \(input.weights.title)",
            description: points.map {
                "\($0.format) \(FixedPoint.text($0.bitsPerWeight, places: 2)) bits, error \(FixedPoint.text($0.relativeError, places: 4))"
            }
            .joined(separator: "; "), class: style)
    }

    /// Error 2^-R at rate R, down to the lower end of the chart.
    private func limit(from start: Double, to end: Double, lowest: Double) -> [(x: Double, y: Double)] {
        let last = max(start, min(end, -log2(lowest)))
        return [(start, exp2(-start)), (last, exp2(-last))]
    }

    private static func rank(_ format: String) -> Int { named.firstIndex(of: format) ?? named.count }
}
