/// Q4_0 and Q5_0: thirty-two weights, one scale, codes around zero.
struct SymmetricSmallEncoder: BaseEncoder {
    /// Half the number of codes: 8 or 16.
    let limit: Int32

    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        if case .searched(let importance?) = guidance {
            withScratch(32) { weights, _ in
                fill(weights, importance: importance, evening: meanSquareOfRow, x: x)
                content.scale = content.codes.withUnsafeMutableBufferPointer {
                    SymmetricSearch.grid(x, weights: .init(weights), limit: limit, codes: $0)
                }
            }
            return
        }
        content.scale = SymmetricSearch.signedExtreme(x) / Float(-limit)
        let inverse = content.scale != 0 ? 1 / content.scale : 0
        for i in 0..<32 {
            let code = Int8(truncatingIfNeeded: Rounding.truncate(x[i] * inverse + (Float(limit) + 0.5)))
            content.codes[i] = UInt8(truncatingIfNeeded: min(2 * limit - 1, Int32(code)))
        }
        settleNibbles(&content.codes, limit: limit)
    }

    /// Two four-bit codes share a byte; a negative one (only from out-of-range input) runs into the upper one.
    private func settleNibbles(_ codes: inout [UInt8], limit: Int32) {
        guard limit == 8 else { return }
        for i in 0..<16 { codes[i + 16] = (codes[i] | codes[i + 16] << 4) >> 4 }
    }
}

/// Q4_1 and Q5_1: thirty-two weights, scale and minimum.
struct AffineSmallEncoder: BaseEncoder {
    /// Largest code: 15 or 31.
    let limit: Int32

    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        if case .searched(let importance?) = guidance {
            let search = AffineSearch(limit: limit, first: -0.9, step: 0.05, trials: 36, absolute: false)
            withScratch(32) { weights, trial in
                fill(weights, importance: importance, evening: meanSquareOfRow, x: x)
                let (scale, minimum) = content.codes.withUnsafeMutableBufferPointer {
                    search.run(x, weights: .init(weights), codes: $0, trial: trial)
                }
                content.scale = scale
                content.minimum = -minimum
            }
            return
        }
        var low = Float.greatestFiniteMagnitude
        var high = -Float.greatestFiniteMagnitude
        for value in x {
            if value < low { low = value }
            if value > high { high = value }
        }
        content.scale = (high - low) / Float(limit)
        content.minimum = low
        let inverse = content.scale != 0 ? 1 / content.scale : 0
        for i in 0..<32 {
            let code = Int8(truncatingIfNeeded: Rounding.truncate((x[i] - low) * inverse + 0.5))
            content.codes[i] = UInt8(truncatingIfNeeded: limit == 15 ? min(15, Int32(code)) : Int32(code))
        }
        if limit == 15 {
            for i in 0..<16 { content.codes[i + 16] = (content.codes[i] | content.codes[i + 16] << 4) >> 4 }
        }
    }
}

/// Q8_0: thirty-two weights, one scale. Importances play no part.
struct Q80Encoder: BaseEncoder {
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        content.scale = abs(SymmetricSearch.signedExtreme(x)) / 127
        let inverse = content.scale != 0 ? 1 / content.scale : 0
        for i in 0..<32 { content.codes[i] = UInt8(truncatingIfNeeded: Rounding.awayFromZero(x[i] * inverse)) }
    }
}
