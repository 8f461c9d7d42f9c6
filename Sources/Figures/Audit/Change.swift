import HIFIBlockSpec
import Pages

/// A change of one figure against another in per cent, with its arithmetic.
public struct Change: Sendable, Hashable, Codable {
    /// The figure of interest.
    public let ours: String
    /// What it is compared with.
    public let theirs: String
    /// How the result comes about: `(26.43 - 31.64) / 31.64`.
    public let formula: String
    /// Per cent with three places and a sign, computed in integers.
    public let percent: String
    /// Per cent with as many places as the published figure, halves away from zero.
    public let rounded: String

    /// Nil if one of the two is not a decimal number, or `theirs` is zero.
    init?(_ ours: String, _ theirs: String, places: Int) {
        guard let a = Decimal(ours), let b = Decimal(theirs) else { return nil }
        self.init(a, b, ours: ours, theirs: theirs, places: places)
    }

    /// The change of one number of bytes against another.
    init?(bytes ours: UInt64, _ theirs: UInt64, places: Int) {
        guard ours < 1 << 43, theirs < 1 << 43 else { return nil }
        self.init(
            Decimal(digits: Int(ours), places: 0), Decimal(digits: Int(theirs), places: 0), ours: FixedPoint.grouped(ours),
            theirs: FixedPoint.grouped(theirs), places: places)
    }

    private init?(_ a: Decimal, _ b: Decimal, ours: String, theirs: String, places: Int) {
        guard let percent = a.percentChange(from: b, places: 3), let rounded = a.percentChange(from: b, places: places) else { return nil }
        self.ours = ours
        self.theirs = theirs
        formula = "(\(ours) - \(theirs)) / \(theirs)"
        self.percent = percent.signed
        self.rounded = rounded.signed
    }
}

/// The changes that unrounded figures behind two printed ones can have.
public struct ChangeRange: Sendable, Hashable, Codable {
    /// Per cent, three places.
    public let lowest: String
    /// Per cent, three places.
    public let highest: String
    /// Whether a published percentage can come from them: the range overlaps with what the percentage stands for.
    public let allowsPublished: Bool

    init?(_ ours: String, _ theirs: String, published: Decimal) {
        guard let a = Decimal(ours), let b = Decimal(theirs), b.value > b.halfUnit else { return nil }
        let low = ((a.value - a.halfUnit) / (b.value + b.halfUnit) - 1) * 100
        let high = ((a.value + a.halfUnit) / (b.value - b.halfUnit) - 1) * 100
        lowest = FixedPoint.text(low, places: 3)
        highest = FixedPoint.text(high, places: 3)
        allowsPublished = low <= published.value + published.halfUnit && high >= published.value - published.halfUnit
    }
}

extension PublishedCell {
    /// The number of a figure as printed, without its unit.
    func figure(_ metric: PublishedMetric) -> String {
        switch metric {
        case .perplexity: perplexity
        case .size: String(size.prefix { $0 != " " })
        case .speed: tokensPerSecond
        }
    }
}
