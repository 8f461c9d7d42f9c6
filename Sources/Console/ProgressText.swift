import HIFIForeign

/// What a progress line says: how much is done, of how much, and how long the rest will take.
public struct ProgressText: Sendable {
    /// What is counted.
    public enum Unit: Sendable, Hashable {
        /// Bytes, with their rate.
        case bytes
        /// Things, by their name in the plural: `chunks`.
        case things(String)
    }

    /// What is counted.
    public let unit: Unit
    /// How much was done before the clock was started; it says nothing about the pace.
    public var before: Int

    /// - Parameter before: how much was done before the clock was started.
    public init(_ unit: Unit, before: Int = 0) { (self.unit, self.before) = (unit, before) }

    /// The line, no wider than `width` characters: share, counts, time left, then what is at work, if there is room.
    ///
    /// - Parameters:
    ///   - what: what is at work; it is made printable here.
    ///   - elapsed: seconds since the clock was started.
    public func line(_ what: String, done: Int, of total: Int, elapsed: Double, width: Int) -> String {
        let what = Printable.lines(what).replacing("\n", with: " ")
        let done = max(0, min(done, total))
        let share = total > 0 ? Double(done) / Double(total) : 0
        var words = ["\(Int(share * 100))%"]
        let rate = elapsed > 0 ? Double(max(0, done - before)) / elapsed : 0
        switch unit {
        case .bytes:
            words[0] += " \(ByteCount.text(done)) of \(ByteCount.text(total))"
            if rate >= 1 { words.append("\(ByteCount.text(Int(min(rate, 1e18))))/s") }
        case .things(let name): words[0] += " \(done) of \(total) \(name)"
        }
        if rate > 0 { words.append("\(Self.time(Double(total - done) / rate)) left") }
        let figures = words.joined(separator: ", ")
        let line = what.isEmpty ? figures : "\(figures)  \(what)"
        return line.count <= width ? line : String(line.prefix(max(0, width - 1))) + "…"
    }

    /// `40 s`, `3 min 20 s`, `2 h 05 min`, `3 d 4 h`.
    static func time(_ seconds: Double) -> String {
        let whole = Int(min(max(0, seconds.rounded(.up)), 1e12))
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(whole / 60) min \(padded(whole % 60)) s"
        case ..<86_400: return "\(whole / 3600) h \(padded(whole / 60 % 60)) min"
        default: return "\(whole / 86_400) d \(whole / 3600 % 24) h"
        }
    }
}
