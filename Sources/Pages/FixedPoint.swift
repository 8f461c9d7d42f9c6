#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Numbers as text with a fixed number of places.
public enum FixedPoint {
    /// The text that C's `printf("%.*f")` makes: the exact binary value rounded to nearest, exact ties to even.
    ///
    /// The sizes that loaders print are made this way, so 389.125 becomes `389.12`. NaN and infinities become `nan`, `inf`, `-inf`.
    public static func text(_ value: Double, places: Int) -> String {
        var buffer = [CChar](repeating: 0, count: 400)  // the largest Double has 309 digits before the point
        let count = withVaList([Int32(clamping: max(0, min(places, 60))), value]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
        return String(decoding: buffer.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The same with a sign in front, a real minus (U+2212) for negative values: for people, not for machines.
    public static func signed(_ value: Double, places: Int) -> String {
        let text = text(abs(value), places: places)
        let isZero = !text.contains { ("1"..."9").contains($0) }
        return isZero ? text : (value < 0 ? "\u{2212}" : "+") + text
    }

    /// Three significant digits, as many as a measured figure is worth: `0.113`, `12.9`, `1290`, and `1.29e-07` or `1.86e+04` elsewhere.
    public static func significant(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : text(value, places: 0) }
        let magnitude = abs(value)
        if magnitude < 1e-4 || magnitude >= 9995 {
            var buffer = [CChar](repeating: 0, count: 40)
            let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.2e", $0) }
            return String(decoding: buffer.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        // Where rounding makes one digit more of it (9.996), one place less is right.
        var places = 2
        var limit = 9.995
        while magnitude >= limit, places > 0 { (places, limit) = (places - 1, limit * 10) }
        limit = 0.9995
        while magnitude < limit { (places, limit) = (places + 1, limit / 10) }
        return text(value, places: places)
    }

    /// Digits in groups of three: `12,929,056`.
    public static func grouped(_ value: some BinaryInteger) -> String {
        var digits = Array(String(value.magnitude))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return (value < 0 ? "-" : "") + String(digits)
    }
}
