#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a value lies on an axis.
public struct Scale: Sendable {
    /// How distances grow.
    public enum Kind: Sendable {
        /// Equal differences have equal lengths.
        case linear
        /// Equal ratios have equal lengths.
        case logarithmic
    }

    /// A place that is marked on an axis.
    public struct Tick: Sendable, Hashable {
        /// The value.
        public let value: Double
        /// Its text.
        public let label: String

        /// Creates a tick.
        public init(_ value: Double, _ label: String) {
            self.value = value
            self.label = label
        }
    }

    /// The values shown.
    public let domain: ClosedRange<Double>
    /// How distances grow.
    public let kind: Kind
    /// The marked places.
    public let ticks: [Tick]

    /// A linear scale with ticks at round numbers.
    ///
    /// - Parameters:
    ///   - values: all of them lie on the scale.
    ///   - padding: share of the span that is added at either end.
    ///   - includesZero: whether the scale reaches to zero.
    ///   - count: about how many ticks.
    public static func linear(_ values: [Double], padding: Double = 0.08, includesZero: Bool = false, count: Int = 4) -> Scale {
        let finite = values.filter(\.isFinite) + (includesZero ? [0] : [])
        var (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        if low == high { (low, high) = (low - 0.5, high + 0.5) }
        let margin = (high - low) * padding
        let domain = (includesZero && low == 0 ? 0 : low - margin)...(includesZero && high == 0 ? 0 : high + margin)
        let step = niceStep((domain.upperBound - domain.lowerBound) / Double(max(1, count)))
        let places = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
        // An end that is a multiple up to rounding is marked too.
        let first = (domain.lowerBound / step - 1e-9).rounded(.up)
        let ticks = (0..<40).map { (first + Double($0)) * step }.filter { $0 <= domain.upperBound + step * 1e-9 }
            .map { Tick($0, $0 == 0 ? "0" : FixedPoint.text($0, places: places).replacing(prefix: "-", by: "\u{2212}")) }
        return Scale(domain: domain, kind: .linear, ticks: ticks)
    }

    /// A logarithmic scale with the ticks given, as far as they lie on it.
    public static func logarithmic(_ domain: ClosedRange<Double>, ticks: [Tick]) -> Scale {
        Scale(domain: domain, kind: .logarithmic, ticks: ticks.filter { domain.contains($0.value) })
    }

    /// A linear scale with the ends and ticks given.
    public static func linear(_ domain: ClosedRange<Double>, ticks: [Tick]) -> Scale {
        Scale(domain: domain, kind: .linear, ticks: ticks)
    }

    /// The value's place from 0 (lower end) to 1; 0 for what cannot be placed.
    public func position(_ value: Double) -> Double {
        let share: Double
        switch kind {
        case .linear: share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
        case .logarithmic: share = log(value / domain.lowerBound) / log(domain.upperBound / domain.lowerBound)
        }
        return share.isFinite ? share : 0
    }

    /// The smallest of 1, 2, 5 times a power of ten that is not below `step`.
    private static func niceStep(_ step: Double) -> Double {
        let power = pow(10, floor(log10(step)))
        let mantissa = step / power
        return power * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10)
    }
}

extension String {
    fileprivate func replacing(prefix: String, by other: String) -> String { hasPrefix(prefix) ? other + dropFirst(prefix.count) : self }
}
