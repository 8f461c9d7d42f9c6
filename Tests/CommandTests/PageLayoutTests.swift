import Foundation
import Pages
import TestSupport
import Testing

/// Pages as a browser lays them out: on a phone, on a small and on a large screen, light and dark, and on paper.
@Suite("Pages in a browser", .enabled(if: Browser.isThere))
struct PageLayoutTests {
    /// What `Layout/measure.js` says about one page in one frame.
    struct Measured: Decodable {
        struct Counts: Decodable { let texts: Int, charts: Int, bars: Int, tables: Int }
        let name: String
        let findings: [String]
        let counts: Counts
        /// Colours of the page and of its text, red, green and blue.
        let paper: [Int], ink: [Int]
        /// Figures and charts that may be split between two pages of paper.
        let splits: Int
    }

    enum Frame: CaseIterable {
        case phone, phoneDark, tablet, small, large, largeDark, paper

        var width: Int {
            switch self {
            case .phone, .phoneDark: 390
            case .tablet: 700
            case .small: 1010
            case .large, .largeDark: 1280
            // A4 at 96 dots an inch, without margins of 14 mm.
            case .paper: 688
            }
        }

        /// The page under the frame's conditions, everything unfolded: media queries that the browser cannot be told are decided here.
        func page(_ text: String) -> String {
            let isDark = self == .phoneDark || self == .largeDark
            return text.replacingOccurrences(of: "<details>", with: "<details open=\"open\">")
                .replacingOccurrences(of: "@media(prefers-color-scheme:dark)", with: isDark ? "@media all" : "@media not all")
                .replacingOccurrences(of: "@media print", with: self == .paper ? "@media all" : "@media not all")
        }

        var name: String { self == .paper ? "print" : "\(self)" }
    }

    static func measure(_ pages: [(name: String, text: String)], _ frames: [Frame] = Frame.allCases) throws -> [Measured] {
        let script = try String(contentsOf: Repository.root.appendingPathComponent("Tests/CommandTests/Layout/measure.js"), encoding: .utf8)
        let boxes = pages.flatMap { page in
            frames.map { frame in
                let content = frame.page(page.text).replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(
                    of: "\"", with: "&quot;")
                return "<iframe data-name=\"\(page.name) \(frame.name)\" width=\"\(frame.width)\" height=\"800\" "
                    + "srcdoc=\"\(content)\"></iframe>"
            }
        }
        let document = try Browser.document(
            of: "<!DOCTYPE html><meta charset=\"utf-8\"/><style>iframe{border:0}</style><body>\(boxes.joined())<pre id=\"measured\"></pre>"
                + "<script>\(script)</script></body>")
        let result = try #require(document.firstMatch(of: /id="measured">([A-Za-z0-9+\/=]+)</), "the script did not run")
        return try JSONDecoder().decode([Measured].self, from: try #require(Data(base64Encoded: String(result.1))))
    }

    @Test("nothing is cut, no label covers another, bars are in proportion, letters are large and clear, charts have legends")
    func pages() throws {
        let folder = try TemporaryFolder()
        // Blocks of finite scales, and values that lie one and many steps apart.
        let blocks = try folder.file(
            "blocks", (0..<40).flatMap { block in (0..<110).map { $0 == 109 ? 0x2C : UInt8(truncatingIfNeeded: $0 * 37 &+ block * 11) } })
        #expect(try Tool.run(["decode", "--type", "q3_k", "--blocks", blocks, "-o", folder.path("a.f32")]).status == 0)
        var values = [UInt8](try Data(contentsOf: folder.url("a.f32")))
        for at in stride(from: 0, to: values.count, by: 4 * 37) { values[at] ^= UInt8(1 + at % 7) }
        for at in stride(from: 2, to: 800, by: 4) { values[at] ^= 0x11 }
        let other = try folder.file("b.f32", values)
        let report = try Tool.run(["figures", "report", "--rows", "2", "--no-progress", "-o", "-"])
        let diff = try Tool.run(["diff", folder.path("a.f32"), other, "--type", "q3_k", "--blocks", blocks, "--format", "html"])
        let long = "/a/very/long/path/without/a/single/space/to/break/it/\(String(repeating: "deeper/", count: 12))adapter"
        let suites = try ["python3 Vectors/adapters/example_adapter.py", "python3 \(long)"].map {
            try Tool.run(["conformance", "--exec", $0, "--filter", "format:q3_k", "--format", "html", "--no-progress"])
        }
        #expect(report.status == 0 && diff.status == 1 && suites[0].status == 0, "\(report.errors)\(diff.errors)\(suites[0].errors)")
        var pages = [("report", report.text), ("diff", diff.text), ("conformance", suites[0].text)]
        if suites[1].text.contains("<html") { pages.append(("failing", suites[1].text)) }

        let all = try Self.measure(pages)
        #expect(all.count == pages.count * Frame.allCases.count)
        for measured in all {
            #expect(measured.findings == [], "\(measured.name)")
            #expect(measured.counts.texts > 20, "\(measured.name)")
            if measured.name.hasPrefix("report") { #expect(measured.counts.charts == 18 && measured.counts.bars == 36, "\(measured.name)") }
            if measured.name.hasPrefix("diff") { #expect(measured.counts.bars >= 2 && measured.counts.tables >= 2, "\(measured.name)") }
            if measured.name.hasPrefix("conformance") { #expect(measured.counts.bars >= 2, "\(measured.name)") }
            if measured.name.hasSuffix("print") {
                #expect(measured.paper == [255, 255, 255] && measured.ink == [0, 0, 0] && measured.splits == 0, "\(measured.name)")
            } else {
                #expect((measured.paper.max() ?? 0) < 40 || (measured.paper.min() ?? 0) > 220, "\(measured.name)")
                #expect(((measured.paper.max() ?? 0) < 40) == measured.name.hasSuffix("Dark"), "\(measured.name)")
            }
        }
    }

    @Test("the measuring script finds what it is there for")
    func script() throws {
        var plot = Plot(width: 340, height: 120, x: .linear([0, 1]), y: .linear([0, 1]))
        plot.addText("one label", px: 20, py: 50)
        plot.addText("another label", px: 60, py: 52)
        for (place, (value, width)) in [(1, 100), (2, 100)].enumerated() {
            plot.add("<rect class=\"mark t1\" x=\"10\" y=\"\(60 + 20 * place)\" width=\"\(width)\" height=\"9\" data-value=\"\(value)\"/>")
        }
        var page = Page(title: "Wrong", kicker: "test", lead: "<p>x</p>")
        page.add(
            """
            <div style="width:900px">wide</div><p style="font-size:9px">small</p><p style="color:#aaa;background:#fff">pale</p>
            <p style="overflow:hidden;white-space:nowrap;width:40px">a long text that is cut</p>
            <figure>\(plot.svg(title: "t", description: "d"))<figcaption>no legend</figcaption></figure>
            """)
        let measured = try #require(try Self.measure([("wrong", page.text)], [.phone]).first)
        for kind in ["width: div", "small: p", "contrast: p", "cut: p", "overlap: text", "bar: 1 has", "legend: none"] {
            #expect(measured.findings.contains { $0.hasPrefix(kind) }, "\(kind) \(measured.findings)")
        }
    }
}
