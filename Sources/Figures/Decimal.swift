/// A decimal number as printed: exact, with its number of places.
public struct Decimal: Sendable, Hashable {
    /// The digits as one integer: 1642 for `16.42`.
    public let digits: Int
    /// Digits after the point.
    public let places: Int

    /// Places that are read at most, so that products of two stay within 64 bits.
    private static let placesLimit = 6

    /// Reads `16.42`, `-3.1`, `+0.2`; nil for anything else, and for more than six places or twelve digits.
    public init?(_ text: String) {
        let isNegative = text.hasPrefix("-")
        let body = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let parts = body.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
            return nil
        }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.count <= Self.placesLimit, parts[0].count + fraction.count <= 12, let digits = Int(parts[0] + fraction) else {
            return nil
        }
        self.digits = isNegative ? -digits : digits
        places = fraction.count
    }

    init(digits: Int, places: Int) {
        self.digits = digits
        self.places = places
    }

    /// Ten to this power.
    static func power(_ exponent: Int) -> Int { (0..<max(0, exponent)).reduce(1) { product, _ in product * 10 } }

    /// The nearest number.
    public var value: Double { Double(digits) / Double(Self.power(places)) }

    /// Half of the last place: an unrounded value lies at most this far away.
    public var halfUnit: Double { 0.5 / Double(Self.power(places)) }

    /// With fewer places, halves away from zero.
    func roundedHalfUp(places wanted: Int) -> Decimal {
        guard wanted < places else { return self }
        return Decimal(digits: Self.divideHalfAway(digits, by: Self.power(places - wanted)), places: wanted)
    }

    /// `numerator / denominator` to the nearest integer, halves away from zero.
    static func divideHalfAway(_ numerator: Int, by denominator: Int) -> Int {
        let magnitude = (2 * numerator.magnitude + denominator.magnitude) / (2 * denominator.magnitude)
        return (numerator < 0) != (denominator < 0) ? -Int(magnitude) : Int(magnitude)
    }

    /// The change from `base` to `self` in per cent with this many places, computed in integers, halves away from zero; nil if
    /// `base` is zero.
    func percentChange(from base: Decimal, places wanted: Int) -> Decimal? {
        let scale = max(places, base.places)
        let ours = digits * Self.power(scale - places)
        let theirs = base.digits * Self.power(scale - base.places)
        guard theirs != 0 else { return nil }
        let (product, overflow) = (ours - theirs).multipliedReportingOverflow(by: 100 * Self.power(wanted))
        guard !overflow, product.magnitude < 1 << 61 else { return nil }
        return Decimal(digits: Self.divideHalfAway(product, by: theirs), places: wanted)
    }
}

extension Decimal: CustomStringConvertible {
    /// With a minus sign if negative: `-16.4`.
    public var description: String {
        var text = String(digits.magnitude)
        if places > 0 {
            text = String(repeating: "0", count: max(0, places + 1 - text.count)) + text
            text.insert(".", at: text.index(text.endIndex, offsetBy: -places))
        }
        return (digits < 0 ? "-" : "") + text
    }

    /// With a sign always, but for zero: `+4.4`.
    public var signed: String { (digits > 0 ? "+" : "") + description }
}
