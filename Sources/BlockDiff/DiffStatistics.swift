/// How two arrays of fp32 differ, in figures.
public struct DiffStatistics: Sendable, Hashable, Codable {
    /// Pairs compared.
    public internal(set) var compared = 0
    /// Pairs with the same bits.
    public internal(set) var sameBits = 0
    /// Pairs of NaNs with other bits: they count as equal unless NaNs are compared strictly.
    public internal(set) var otherNaNBits = 0
    /// Pairs that differ.
    public internal(set) var differing = 0
    /// Of these: +0 and −0.
    public internal(set) var zeroSigns = 0
    /// Of these: one is a NaN.
    public internal(set) var nanMismatches = 0
    /// Of these: at least one is infinite, none a NaN.
    public internal(set) var infinityMismatches = 0
    /// The largest |a − b| over finite pairs, and where.
    public internal(set) var maximumAbsolute = 0.0
    /// Number of the value where it is.
    public internal(set) var maximumAbsoluteAt: Int?
    /// The largest |a − b| / |a| over finite pairs with a ≠ 0, and where.
    public internal(set) var maximumRelative = 0.0
    /// Number of the value where it is.
    public internal(set) var maximumRelativeAt: Int?
    /// The largest distance in units in the last place over pairs without NaN.
    public internal(set) var maximumULPs: UInt64 = 0
    /// √(Σ (a − b)² / n) over all pairs but NaN and infinity mismatches.
    public internal(set) var rootMeanSquare = 0.0
    /// Differing pairs without NaN by distance: 0 (zeros of other sign), 1, 2, 3–4, 5–8, …; empty classes left out.
    public internal(set) var histogram: [ULPClass] = []
    /// Blocks (or single weights, where there are no blocks) with a difference.
    public internal(set) var differingBlocks = 0

    /// Pairs whose distance is `low` to `high` units in the last place.
    public struct ULPClass: Sendable, Hashable, Codable {
        /// Smallest distance.
        public let low: UInt64
        /// Largest distance.
        public let high: UInt64
        /// Pairs.
        public let count: Int

        /// `3–4`
        public var label: String { low == high ? "\(low)" : "\(low)–\(high)" }
    }
}

/// One pair that differs.
public struct WeightDifference: Sendable, Hashable, Codable {
    /// Number of the weight in the array.
    public let index: Int
    /// The block, the weight in it, and its sub-block; nil without a block format (or sub-blocks).
    public let block: Int?
    /// The weight in the block.
    public let weight: Int?
    /// The sub-block of the block.
    public let subBlock: Int?
    /// The expected number.
    public let expected: FloatParts
    /// The actual number.
    public let actual: FloatParts
    /// nil if one is a NaN.
    public let ulps: UInt64?
    /// |a − b|; nil if not finite.
    public let absolute: Double?
    /// What the block holds for this weight; empty without the block.
    public internal(set) var anatomy: [String] = []
}
