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
        for i in x.indices { content.codes[i] = UInt8(Rounding.clamp(Rounding.awayFromZero(x[i] * inverse) &+ 1, 0, 3)) }
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
        for i in x.indices {
            let quotient = x[i] * inverse
            let level = quotient.isFinite ? Rounding.clamp(Rounding.awayFromZero(quotient), -1, 1) : 0
            content.codes[i] = UInt8(level + 1)
        }
    }
}
