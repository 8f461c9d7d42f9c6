import Figures
import HIFIBlockSpec
import HIFIForeign
import Pages

/// The report: the published comparison drawn, recomputed and judged, as one self-contained page.
public struct ReportPage: Sendable {
    let audit: Audit
    let table: PublishedTable
    let study: ErrorStudy

    /// - Parameters:
    ///   - table: the published comparison.
    ///   - study: errors of the formats, which the caller computes since that takes seconds.
    public init(_ table: PublishedTable, study: ErrorStudy) throws(FiguresError) {
        self.table = table
        self.study = study
        audit = try Audit(table)
    }

    /// The page.
    public var text: String {
        var page = Page(title: "What the published Q3_K_HIFI figures show, and what they do not", kicker: kicker, lead: lead)
        page.add(section: "Size against perplexity", perplexitySection)
        page.add(section: "The gains, derived again", gainsSection)
        page.add(section: "Was an importance matrix used?", imatrixSection)
        page.add(section: "Sizes follow from shapes alone", sizesSection)
        page.add(section: "Error against size, format by format", errorSection)
        page.add(section: "Claims", claimsSection)
        page.add(section: "How this page was made", methodSection)
        return page.text
    }

    private var kicker: String { "HIFI Conformance · \(audit.source.title)" }

    private var lead: Markup {
        let s = audit.summary
        let gone = audit.imatrix.likeForLike.first
        let remaining =
            gone.map { pair in
                "the published \(Self.percent(pair.published)) at \(pair.label) shrinks to "
                    + "\(Self.percent(pair.change.percent, places: 1)) where both sides had one"
            } ?? "no pair of figures under the same conditions is recorded"
        return """
            <p class="lead">The sizes in the table are right: all of them follow from tensor shapes and routing, without a single \
            weight. The perplexity gains are another matter. They probably compare files made with an importance matrix to files made \
            without one; as far as figures are recorded, \(remaining).</p>
            <ul class="numbers">
            <li><b>\(s.cellsFollowing) of \(s.cells)</b><span>sizes follow from shapes and routing</span></li>
            <li><b>\(s.percentagesFollowing) of \(s.percentages)</b><span>percentages follow from the figures printed beside \
            them</span></li>
            <li><b>\(s.changedByExactBytes)</b><span>size percentages change when exact bytes replace rounded GiB</span></li>
            <li><b>\(s.claims["follows"] ?? 0) of \(audit.claims.count)</b><span>claims of the text follow entirely</span></li>
            </ul>
            """
    }

    // MARK: Shared by the sections

    /// Symbol, tone and printed name of each mix of the table, in its order.
    var styles: [(mix: String, name: String, symbol: Symbol, tone: Tone)] {
        zip(table.columns, [(Symbol.circle, Tone.first), (.square, .second), (.triangle, .third)]).map {
            ($0.mix, $0.name, $1.0, $1.1)
        }
    }

    var legend: Markup { PageFigure.legend(styles.map { ($0.symbol, $0.tone, $0.name) }) }

    func label(_ model: String) -> String { Spec.model(model)?.model.label ?? model }

    func size(_ model: String, _ mix: String) -> ModelSize? {
        audit.sizes.rows.first { $0.size.model == ForeignText(model) && $0.size.mix == mix }?.size
    }

    /// A percentage for people: a real minus sign, and the per cent sign.
    static func percent(_ text: String, places: Int? = nil) -> String {
        guard let value = Decimal(text)?.value else { return text }
        let digits = places ?? Decimal(text)?.places ?? 1
        return "\(FixedPoint.signed(value, places: digits))\u{A0}%"
    }

    /// A number as a reader expects it in a sentence.
    static func spelled(_ number: Int) -> String {
        let words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
        return words.indices.contains(number) ? words[number] : "\(number)"
    }

    /// A verdict in a word, a sign and a colour.
    static func verdict(_ word: String) -> Markup {
        switch word {
        case "follows", "match": "<span class=\"verdict good\">✓ \(word)</span>"
        case "partly", "changes": "<span class=\"verdict warn\">≈ \(word)</span>"
        case "contradicted", "does not follow", "differs": "<span class=\"verdict bad\">✗ \(word)</span>"
        default: "\(word)"
        }
    }
}
