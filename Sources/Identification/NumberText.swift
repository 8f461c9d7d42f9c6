/// Numbers as people read them, without Foundation.
package enum NumberText {
    /// `131,072`.
    package static func grouped(_ value: some BinaryInteger) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    /// A number of bytes for a sentence, three digits of it: `960 bytes`, `109 kB`, `2.36 MB`.
    package static func size(_ bytes: Int) -> String {
        guard bytes >= 1000 else { return bytes == 1 ? "1 byte" : "\(bytes) bytes" }
        var (value, unit) = (Double(bytes) / 1000, 0)
        let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
        while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        let scale = value < 9.995 ? 100.0 : value < 99.95 ? 10 : 1
        return "\(short((value * scale).rounded() / scale)) \(units[unit])"
    }

    /// `134` or, where it is not a whole number, with up to two places: `16.25`.
    package static func short(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
        let hundredths = Int64((value * 100).rounded())
        let (whole, rest) = (hundredths / 100, Int(hundredths.magnitude % 100))
        if rest == 0 { return "\(whole)" }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// `97.5 % (39 of 40)`.
    package static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "none of 0" }
        let tenths = part == whole ? 1000 : min(999, Int((Double(part) * 1000 / Double(whole)).rounded()))
        let percent = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
        return "\(percent) % (\(grouped(part)) of \(grouped(whole)))"
    }

    /// `a`, `a and b`, `a, b and c`; the end of a long list as a number.
    package static func list(_ items: [String], limit: Int = 8, and: String = "and") -> String {
        var items = items
        if items.count > limit {
            let rest = items.count - limit
            items = Array(items.prefix(limit)) + ["\(rest) more"]
        }
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " \(and) " + last
    }

    /// `1 tensor`, `2 tensors`.
    package static func count(_ number: Int, _ noun: String) -> String { "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")" }
}
