/// A dot product in real arithmetic, with what is needed to say how far an fp32 kernel may be from it.
public struct DotValue: Sendable, Hashable {
    /// The product: integer sums exact, combined in double.
    public var value = 0.0
    /// Σ |term| over every product that a kernel may round on its own (DOT-05).
    public var magnitude = 0.0
    /// Elements multiplied, plus corrections: additions of a kernel that multiplies element by element.
    public var elementTerms = 0
    /// Integer sums combined, plus corrections: additions of a kernel that sums integers exactly (DOT-07).
    public var blockTerms = 0
    /// Σ |minimum · (stored sum − scale · Σ codes)|: what kernels that use the stored sum of Q8_1 are off by (DOT-08).
    public var storedSumError = 0.0

    /// The product of empty rows.
    public init() {}

    /// Which kernels a bound holds for.
    public enum KernelClass: String, Sendable, CaseIterable {
        /// Any kernel that works in fp32: decodes weights or not, any order, fused or not.
        case elementwise
        /// Kernels whose integer products are summed exactly within each sub-block (or across them).
        case blocked
    }

    /// The a-priori bound on |kernel − value| (DOT-06): γ(m) · magnitude + the stored-sum error + an allowance for
    /// underflow and for the double arithmetic of `value`. Infinite where fp32 may overflow on the way, or a stored
    /// sum is not finite.
    public func bound(_ kernel: KernelClass = .elementwise) -> Double {
        let additions = kernel == .elementwise ? elementTerms : blockTerms
        let m = Double(DotBound.productRoundings + DotBound.laneAdditions + additions)
        let u = DotBound.unitRoundoff
        let gamma = m * u / (1 - m * u)
        guard magnitude * (1 + gamma) < Double(Float.greatestFiniteMagnitude), storedSumError.isFinite else { return .infinity }
        let underflow = m * Double(max(elementTerms, 1)) * 0x1p-149
        return gamma * magnitude + storedSumError * (1 + gamma) + underflow + magnitude * Double(blockTerms + 8) * 0x1p-52
    }

    /// True if `result` is what a conforming kernel of that class may give. Where the product is NaN or infinite any
    /// non-finite result conforms; where fp32 may overflow on the way, any result (DOT-09).
    public func admits(_ result: Float, _ kernel: KernelClass = .elementwise) -> Bool {
        guard value.isFinite else { return !result.isFinite }
        let bound = bound(kernel)
        return bound == .infinity || abs(Double(result) - value) <= bound
    }
}

/// The constants of the bound, derived in `Spec/dot-bounds.md`.
public enum DotBound {
    /// Unit roundoff of fp32.
    public static let unitRoundoff = 0x1p-24
    /// Roundings on the way from stored numbers to one product, over all formats and known ways to compute it.
    public static let productRoundings = 8
    /// Additions that bring together up to 256 partial sums at the end, pairwise.
    public static let laneAdditions = 8
}
