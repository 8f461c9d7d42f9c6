/// The base of r1 to r4: 256 three-bit codes around zero with one scale, no sub-blocks.
struct LinearThreeBitEncoder: BaseEncoder {
    /// The scale maps the largest magnitude to 4, of which only −4 is a code: positive extremes lose a quarter.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        content.scale = abs(SymmetricSearch.signedExtreme(x)) / 4
        // From the unrounded scale, also where fp16 is stored.
        let inverse = content.scale != 0 ? 1 / content.scale : 0
        for i in x.indices {
            content.codes[i] = UInt8(truncatingIfNeeded: Rounding.clamp(Rounding.awayFromZero(x[i] * inverse), -4, 3) + 4)
        }
    }
}

/// The base of r8: three-bit codes of the weights that no slot lists, in order, with one scale.
enum SparseThreeBit {
    /// - Parameter listed: the positions that the stored slots hold, which have no code. Unused slots hold position 0,
    ///   but the fork packs weight 0 all the same unless it is an outlier.
    static func encode(_ x: UnsafeBufferPointer<Float>, outliers: [Int], into content: inout BlockContent) {
        let chosen = Set(outliers)
        var largest: Float = 0
        for i in x.indices where !chosen.contains(i) && abs(x[i]) > largest { largest = abs(x[i]) }
        let scale = largest / 3.5
        content.scale = largest > 0 ? scale : 1
        var rank = 0
        for i in x.indices where !chosen.contains(i) {
            let held = max(-3.5, min(3.5, x[i] / content.scale))
            content.codes[rank] = UInt8(truncatingIfNeeded: Rounding.clamp(Rounding.awayFromZero(held) &+ 4, 0, 7))
            rank += 1
        }
        content.codeCount = rank
    }
}
