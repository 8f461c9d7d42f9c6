import Figures
import Foundation
import HIFIBlockSpec
import Pages
import Rendering
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Pages")
struct PageTests {
    static let hostile = "<script>alert('1')</script> & \"quoted\" \u{0}\u{1B}[31m\u{FFFE}]]> Zoë 量 🙂"

    @Test("interpolated text is escaped, markup is not, and nothing that XML cannot carry remains")
    func escaping() {
        let text = Self.hostile
        let piece: Markup = "<p title=\"\(text)\">\(text)</p>"
        #expect(
            !piece.text.contains("<script") && piece.text.contains("&lt;script&gt;alert(&#39;1&#39;)") && piece.text.contains("Zoë 量 🙂"))
        #expect(piece.text.contains("&quot;quoted&quot; \\u{0}\\u{1b}[31m\\u{fffe}]]&gt;"))
        let outer: Markup = "<div>\(piece)</div>"
        #expect(outer.text == "<div>\(piece.text)</div>")
        #expect(Markup.plain("a<b").text == "a&lt;b")
        #expect(["<i/>", "<b/>"].map { $0 as Markup }.joined(by: " ").text == "<i/> <b/>")
    }

    @Test("numbers in markup are coordinates: two places at most, never scientific")
    func coordinates() {
        func text(_ value: Double) -> String { ("\(value)" as Markup).text }
        #expect([1, 1.5, 1.234567, -0.001, 1e6, .nan, .infinity, 100].map(text) == ["1", "1.5", "1.23", "0", "1000000", "0", "0", "100"])
    }

    @Test("a page of hostile texts is well-formed and holds them as text")
    func hostilePage() throws {
        var page = Page(title: Self.hostile, kicker: Self.hostile, lead: "<p>\(Self.hostile)</p>")
        var table = PageTable(Self.hostile, [(Self.hostile, .text), ("n", .number)])
        table.add(["\(Self.hostile)", "\(1)"])
        var plot = Plot(width: 100, height: 80, x: .linear([1, 2]), y: .linear([1, 2]))
        plot.addText(Self.hostile, px: 1, py: 1)
        plot.addHorizontalAxis(Self.hostile)
        page.add(
            section: Self.hostile, PageFigure.markup(plot.svg(title: Self.hostile, description: Self.hostile), caption: "x", data: table))
        let read = try WellFormed(page.text)
        #expect(!read.elements.contains("script") && read.text.contains("<script>alert('1')</script> & \"quoted\""))
    }

    @Test("scales place the ends at the ends and mark round numbers")
    func scales() {
        let linear = Scale.linear([0, 10], padding: 0)
        #expect(linear.position(0) == 0 && linear.position(5) == 0.5 && linear.position(10) == 1)
        #expect(linear.ticks.map(\.label) == ["0", "5", "10"])
        #expect(
            Scale.linear([-0.3, 0.2], padding: 0, count: 5).ticks.map(\.label) == [
                "\u{2212}0.3", "\u{2212}0.2", "\u{2212}0.1", "0", "0.1", "0.2",
            ])
        let log = Scale.logarithmic(1...100, ticks: [.init(1, "1"), .init(10, "10"), .init(1000, "1000")])
        #expect(abs(log.position(10) - 0.5) < 1e-12 && log.ticks.map(\.label) == ["1", "10"] && log.position(0) == 0)
        for values in [[], [3], [.nan, .infinity], [1e-300, 2e-300], [1e300, 2e300]] as [[Double]] {
            #expect(Scale.linear(values).ticks.count <= 40 && Scale.linear(values).position(2).isFinite)
        }
    }

    @Test("labels do not cover one another or the marks, and stay inside")
    func labels() {
        var placer = LabelPlacer(width: 200, height: 100)
        placer.reserve(px: 100, py: 50, radius: 5)
        var places: [(px: Double, py: Double)] = []
        while let place = placer.place("label", px: 100, py: 50) { places.append((place.px, place.py)) }
        #expect(places.count >= 6 && places.count <= 16)
        #expect(Set(places.map { "\($0)" }).count == places.count)
        #expect(placer.place(String(repeating: "x", count: 100), px: 100, py: 50) == nil)
    }
}

@Suite("Numbers of pages")
struct SignificantTests {
    @Test(
        "measured figures have three significant digits",
        arguments: [
            (0.113300271751852818, "0.113"), (12.94, "12.9"), (9.996, "10.0"), (99.96, "100"), (999.6, "1000"), (1290.4, "1290"),
            (557056, "5.57e+05"),
            (0.09996, "0.100"), (0.000123456, "0.000123"), (1.2891e-7, "1.29e-07"), (-0.5, "-0.500"), (0, "0"), (1, "1.00"),
            (.infinity, "inf"),
        ])
    func significant(value: Double, text: String) { #expect(FixedPoint.significant(value) == text) }
}

@Suite("The report page")
struct ReportTests {
    /// One for all tests: few rows, so that it takes a moment only.
    static let page: Result<String, any Error> = Result {
        guard let table = Spec.published.first else { return "" }
        return try ReportPage(table, study: .run(rows: 2)).text
    }

    @Test("it is well-formed, complete, and needs nothing from outside")
    func selfContained() throws {
        let text = try Self.page.get()
        let read = try WellFormed(text)
        #expect(read.elements.filter { $0 == "section" }.count == 7 && read.elements.filter { $0 == "h1" }.count == 1)
        for element in ["script", "link", "img", "iframe", "object", "a"] { #expect(!read.elements.contains(element), "\(element)") }
        for word in ["http:", "https:", "@import", "url(", "src=", "javascript:"] { #expect(!text.contains(word), "\(word)") }
        #expect(text.contains("prefers-color-scheme:dark") && text.contains("width=device-width"))
    }

    @Test("every chart has a name and a description, and every figure a table behind it")
    func accessible() throws {
        let text = try Self.page.get()
        let read = try WellFormed(text)
        let charts = text.components(separatedBy: "role=\"img\"").count - 1
        #expect(charts >= 6 + 6 + 2 * 6)
        #expect(read.elements.filter { $0 == "desc" }.count == charts && text.components(separatedBy: "aria-label=\"\"").count == 1)
        #expect(read.elements.filter { $0 == "figure" }.count == 6)
        #expect(read.elements.filter { $0 == "details" }.count >= read.elements.filter { $0 == "figure" }.count)
        #expect(
            read.elements.filter { $0 == "table" }.count
                == text.components(separatedBy: "scope=\"col\"").filter { $0.hasSuffix("<thead><tr><th ") }.count)
    }

    @Test("no label of a chart covers another or sticks out, by widths estimated for the widest of the usual fonts")
    func labels() throws {
        let charts = try WellFormed(Self.page.get()).charts.filter { $0.texts.count > 1 }
        #expect(charts.count >= 6 + 6 + 2 * 6)
        for chart in charts {
            let boxes = chart.texts.map { text -> (text: String, left: Double, right: Double, top: Double, bottom: Double) in
                let width = TextWidth.estimate(text.text, strong: text.isStrong)
                let left = text.anchor == "end" ? text.x - width : text.anchor == "middle" ? text.x - width / 2 : text.x
                return (text.text, left, left + width, text.y - 9, text.y + 2)
            }
            for (place, a) in boxes.enumerated() {
                #expect(a.left >= -1 && a.right <= chart.width + 1, "\(a.text) in \(chart.name)")
                for b in boxes[(place + 1)...] where a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom {
                    Issue.record("\(a.text) and \(b.text) in \(chart.name)")
                }
            }
        }
    }

    @Test("bars are as long as their values, and every figure has a legend")
    func bars() throws {
        let read = try WellFormed(Self.page.get())
        let charts = read.charts.filter { !$0.bars.isEmpty }
        #expect(charts.count == 6)
        for chart in charts {
            let longest = try #require(chart.bars.max { $0.value < $1.value })
            for bar in chart.bars {
                #expect(abs(bar.length - bar.value / longest.value * longest.length) < 1, "\(bar) in \(chart.name)")
            }
            #expect(longest.length > 40, "\(chart.name)")
        }
        let text = try Self.page.get()
        for figure in text.components(separatedBy: "<figure>").dropFirst() {
            #expect(figure.prefix(while: { $0 != "/" }).contains("class=\"legend\""), "\(figure.prefix(200))")
        }
    }

    @Test("figures, verdicts and uncertainty are in it")
    func content() throws {
        let read = try WellFormed(Self.page.get())
        for sentence in [
            "18 of 18", "33 of 36", "Probable, not proven.", "(26.43 - 31.64) / 31.64", "✗ does not follow", "✗ contradicted", "≈ partly",
            "400,941,056", "1017.9 MiB, 4.20", "2048 weights of each input", "seed 20251221",
            "made with importances only",
        ] { #expect(read.text.contains(sentence), "\(sentence)") }
    }

    @Test("texts of the table are escaped")
    func hostileTable() throws {
        let table = try #require(Spec.published.first)
        let hostile = PublishedTable(
            id: table.id, title: PageTests.hostile, architecture: table.architecture, provenance: table.provenance,
            columns: table.columns.map { PublishedColumn(name: $0.name + "<&\">", mix: $0.mix) }, cells: table.cells,
            derived: table.derived,
            claims: table.claims.map {
                PublishedClaim(id: $0.id, text: PageTests.hostile, verdict: $0.verdict, remark: PageTests.hostile, check: $0.check)
            }, imatrixEvidence: table.imatrixEvidence, likeForLike: table.likeForLike, imatrixVerdict: table.imatrixVerdict,
            recordedSizes: table.recordedSizes)
        let read = try WellFormed(ReportPage(hostile, study: ErrorStudy.run(rows: 1)).text)
        #expect(!read.elements.contains("script") && read.text.contains("Q3_K_M<&\">"))
    }
}

@Suite("Errors of the formats")
struct ErrorStudyTests {
    @Test("the same seed gives the same errors; more bits of a kind give less")
    func study() throws {
        let study = try ErrorStudy.run(rows: 4)
        #expect(try ErrorStudy.run(rows: 4) == study)
        #expect(study.inputs.map(\.weights) == SampleWeights.allCases && study.count == 4096)
        for input in study.inputs {
            let errors = try ["q2_k", "q3_k", "q4_k", "q5_k", "q6_k", "q8_0"].map { try #require(input.point($0)).relativeError }
            #expect(errors == errors.sorted(by: >), "\(input.weights)")
            // What is made with importances only is left out.
            #expect(input.point("iq4_xs") != nil && input.point("iq1_m") != nil && input.point("iq2_xxs") == nil)
            #expect(input.points.allSatisfy { $0.relativeError > 0 && $0.relativeError < 1 })
        }
        #expect(Set(study.inputs.map { $0.points.map(\.format).sorted() }).count == 1)
    }

    @Test("no Gaussian error is below what any code of that rate can have")
    func limit() throws {
        for point in try #require(ErrorStudy.run(rows: 4).inputs.first).points {
            #expect(point.relativeError > exp2(-point.bitsPerWeight), "\(point.format)")
        }
    }

    @Test("what another beats is marked, and only that")
    func domination() throws {
        for input in try ErrorStudy.run(rows: 2).inputs {
            let best = input.points.filter { !$0.isDominated }
            #expect(best.count >= 5)
            for (a, b) in zip(best, best.dropFirst()) { #expect(a.bitsPerWeight <= b.bitsPerWeight && a.relativeError >= b.relativeError) }
            for point in input.points where point.isDominated {
                #expect(
                    best.contains { $0.bitsPerWeight <= point.bitsPerWeight && $0.relativeError <= point.relativeError }, "\(point.format)")
            }
        }
    }

    @Test("the inputs have the distributions they are named after")
    func inputs() {
        for kind in SampleWeights.allCases {
            let weights = kind.weights(200_000, seed: 1).map { Double($0) / 0.02 }
            let mean = weights.reduce(0, +) / 200_000
            let power = weights.reduce(0) { $0 + $1 * $1 } / 200_000
            // The share beyond four deviations of the core: 6e-5 of a normal, 1.6 % of Student's t with four degrees, 1/64 of spikes
            // mostly.
            let far = Double(weights.count { abs($0) > 4 }) / 200_000
            #expect(abs(mean) < 0.02)
            switch kind {
            case .gaussian: #expect(abs(power - 1) < 0.02 && far < 3e-4)
            case .studentT: #expect(power > 1.7 && power < 2.4 && abs(far - 0.0161) < 0.002)
            case .spiky: #expect(abs(power - (1 + 63.0 / 64)) < 0.1 && abs(far - 0.0097) < 0.002)
            }
            #expect(kind.weights(100, seed: 1) == Array(kind.weights(200, seed: 1).prefix(100)))
            #expect(kind.weights(100, seed: 1) != kind.weights(100, seed: 2))
        }
    }
}

/// Reads a page as XML: its elements in order and its text.
private final class WellFormed: NSObject, XMLParserDelegate {
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// A chart: its texts where they stand, and its bars with their values.
    struct Chart {
        struct Text {
            var text = ""
            let x: Double, y: Double
            let anchor: String
            let isStrong: Bool
        }

        let name: String
        let width: Double
        var texts: [Text] = []
        var bars: [(value: Double, length: Double)] = []
    }

    private(set) var elements: [String] = []
    private(set) var text = ""
    private(set) var charts: [Chart] = []
    private var isInLabel = false

    init(_ page: String) throws {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        guard parser.parse() else {
            throw Problem(
                description: "line \(parser.lineNumber), column \(parser.columnNumber): \(parser.parserError.map { "\($0)" } ?? "")")
        }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
    ) {
        elements.append(name)
        func number(_ name: String) -> Double { attributes[name].flatMap(Double.init) ?? 0 }
        switch name {
        case "svg":
            let size = (attributes["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
            charts.append(Chart(name: attributes["aria-label"] ?? "", width: size.count == 4 ? size[2] : 0))
        case "text":
            charts[charts.count - 1].texts.append(
                .init(
                    x: number("x"), y: number("y"), anchor: attributes["text-anchor"] ?? "start",
                    isStrong: attributes["class"]?.contains("strong") ?? false))
            isInLabel = true
        case "rect" where attributes["data-value"] != nil:
            charts[charts.count - 1].bars.append((abs(number("data-value")), number("width")))
        default: break
        }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        if name == "text" { isInLabel = false }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text += string
        if isInLabel { charts[charts.count - 1].texts[charts[charts.count - 1].texts.count - 1].text += string }
    }
}
