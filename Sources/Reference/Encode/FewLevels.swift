/// Q1_0: 128 weights, one scale, signs. Importances play no part.
struct SignEncoder: BaseEncoder {
    /// The scale is the mean of the magnitudes. Zero counts as positive, negative zero too.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        var total: Float = 0
        for i in x.indices {
            total += abs(x[i])
            content.codes[i] = x[i] >= 0 ? 1 : 0
        }
        content.scale = total / Float(x.count)
    }
}

/// Q2_0: 64 weights, one scale, levels from -1 to 2. Importances play no part.
struct FourLevelEncoder: BaseEncoder {
    /// The scale is the largest magnitude, so that level 2 is not reached.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        let largest = abs(SymmetricSearch.signedExtreme(x))
        let inverse = largest > 0 ? 1 / largest : 0
        content.scale = largest
        // No quotient is beyond 1 by more than its rounding: round(quotient) + 1. One that is not finite counts as -1, as the least
        // integer does that it is converted to.
        let isFinite = inverse.isFinite
        for i in x.indices {
            let quotient = x[i] * inverse
            content.codes[i] = isFinite && quotient > -0.5 ? quotient >= 0.5 ? 2 : 1 : 0
        }
    }
}

/// TQ1_0 and TQ2_0: 256 weights, one scale, levels -1, 0 and 1. Importances play no part.
struct TernaryEncoder: BaseEncoder {
    /// The scale is the largest magnitude.
    ///
    /// A largest magnitude below 2^-128 has no finite inverse; then no quotient is finite, and every level is 0, as it is where a
    /// conversion to a 64-bit integer gives the least of them and only its low bits are kept.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        let largest = abs(SymmetricSearch.signedExtreme(x))
        let inverse = largest != 0 ? 1 / largest : 0
        content.scale = largest
        let isFinite = inverse.isFinite
        for i in x.indices {
            // round(quotient) + 1, as no quotient is beyond 1 by more than its rounding; 1 for a NaN.
            let quotient = x[i] * inverse
            content.codes[i] = !isFinite ? 1 : quotient >= 0.5 ? 2 : quotient <= -0.5 ? 0 : 1
        }
    }
}
