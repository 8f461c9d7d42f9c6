import CInference

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Rotary position embedding: the angle of pair i at position p is p · base^(−2i / size), stretched as the file says, its cosine and sine
/// rounded once from double.
package struct Rotation: Sendable {
    private let cosines: FloatMemory
    private let sines: FloatMemory
    private let half: Int
    private let kind: HyperParameters.Rotation

    /// - Parameters:
    ///   - divisors: of the frequencies, one for each pair.
    ///   - context: positions to prepare for.
    package init(_ shape: HyperParameters, divisors: [Float]?, context: Int) throws(ModelError) {
        half = shape.rotated / 2
        kind = shape.rotation
        cosines = try FloatMemory(context, half, for: "a context of \(context)")
        sines = try FloatMemory(context, half, for: "a context of \(context)")
        let stretch = RotationStretch(shape)
        for pair in 0..<half {
            let exponent = -2 * Double(pair) / Double(shape.rotated)
            let frequency = pow(Double(shape.rotationBase), exponent) / Double(divisors?[pair] ?? 1) * stretch.share(pair)
            for position in 0..<context {
                let angle = Double(position) * frequency
                cosines.start[position * half + pair] = Float(cos(angle) * stretch.magnitude)
                sines.start[position * half + pair] = Float(sin(angle) * stretch.magnitude)
            }
        }
    }

    /// A model's rotation for a context of so many positions.
    package init(_ model: LanguageModel, context: Int) throws(ModelError) {
        try self.init(
            model.shape, divisors: model.rotationDivisors.divisors(context: context, model.shape.scaling), context: context)
    }

    /// Cosines and sines of all positions, a row of half the rotated numbers each.
    package var tables: (cosines: [Float], sines: [Float]) {
        (Array(cosines.prefix(cosines.count)), Array(sines.prefix(sines.count)))
    }

    /// Rotates one head's first numbers.
    func apply(_ head: UnsafeMutablePointer<Float>, position: Int) {
        let (cosine, sine) = (cosines.row(position, width: half), sines.row(position, width: half))
        switch kind {
        case .halves: hifi_rotate_halves(head, cosine, sine, half)
        case .pairs: hifi_rotate_pairs(head, cosine, sine, half)
        }
    }
}

/// What scaling does to each pair's frequency, and to all cosines and sines.
struct RotationStretch {
    /// Cosines and sines are multiplied by it.
    let magnitude: Double
    private let factor: Double
    private let yarn: (low: Double, high: Double)?

    /// Rotations over the original context from which on yarn leaves a pair as it is, and below which it stretches it in full. The original
    /// reads no others of the architectures that are run here.
    private static let (fast, slow) = (32.0, 1.0)

    init(_ shape: HyperParameters) {
        let scaling = shape.scaling
        factor = Double(scaling.factor)
        guard scaling.kind == .yarn else {
            (magnitude, yarn) = (Double(scaling.attentionFactor), nil)
            return
        }
        magnitude = Double(scaling.attentionFactor) * (factor > 1 ? 1 + 0.1 * log(factor) : 1)
        /// The pair that turns so often over the original context.
        func pair(_ rotations: Double) -> Double {
            Double(shape.rotated) * log(Double(scaling.originalContext) / (rotations * 2 * .pi))
                / (2 * log(Double(shape.rotationBase)))
        }
        yarn = (
            max(0, pair(Self.fast).rounded(.down)), min(Double(shape.rotated - 1), pair(Self.slow).rounded(.up))
        )
    }

    /// What remains of a pair's frequency: all of it for pairs that yarn leaves alone, else one part in `factor`.
    func share(_ pair: Int) -> Double {
        guard let yarn else { return 1 / factor }
        let ramp = 1 - min(1, max(0, (Double(pair) - yarn.low) / max(0.001, yarn.high - yarn.low)))
        return (1 - ramp) / factor + ramp
    }
}
