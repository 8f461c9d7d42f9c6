#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Inputs on which formats are compared: the same numbers from the same seed.
public enum SampleWeights: String, Sendable, Hashable, CaseIterable, Codable {
    /// Normal.
    case gaussian
    /// Student's t with four degrees of freedom: tails as real weight matrices have them.
    case studentT = "student-t"
    /// Normal, and one weight in sixty-four eight times as large: the case that outlier slots are made for.
    case spiky

    /// For people.
    public var title: String {
        switch self {
        case .gaussian: "Gaussian"
        case .studentT: "Student’s t, four degrees of freedom"
        case .spiky: "Gaussian with spikes"
        }
    }

    /// `count` weights.
    public func weights(_ count: Int, seed: UInt64) -> [Float] {
        var random = SplitMix(state: seed)
        return (0..<count).map { _ in
            switch self {
            case .gaussian: return Float(0.02 * random.normal())
            case .studentT:
                let normal = random.normal()
                // Half the sum of two exponentials is a chi-square of four degrees divided by four.
                let spread = -(log(random.unit()) + log(random.unit())) / 2
                return Float(0.02 * normal / spread.squareRoot())
            case .spiky:
                let normal = random.normal()
                return Float(0.02 * normal * (random.next() % 64 == 0 ? 8 : 1))
            }
        }
    }
}

/// SplitMix64 and two distributions.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// In (0, 1], 53 bits.
    mutating func unit() -> Double { Double((next() >> 11) + 1) * 0x1p-53 }

    /// Mean 0, variance 1 (Box and Muller).
    mutating func normal() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }
}
