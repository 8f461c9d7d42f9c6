/// IQ4_NL: thirty-two weights, one scale, sixteen fixed values.
struct CodebookEncoder: BaseEncoder {
    /// Rising.
    let values: [Int]

    /// - `plain` takes the scale that maps the extreme weight to the negative end of the book, −127, and fits it once.
    /// - `searched` starts with the scale that maps it to +127 and then tries fifteen around −127; this is also what the
    ///   type's chunk path does without importances.
    ///
    /// A block whose weights are all negligible keeps, under `plain`, the codes of the block before it: the scale is 0,
    /// so they mean nothing. Importances that are all zero give the scale 0/0, a NaN, as in llama.cpp.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        withScratch(32) { weights, _ in
            for i in 0..<32 { weights[i] = x[i] * x[i] }
            var trials: Int32 = 0
            if case .searched(let importance) = guidance {
                trials = 7
                if let importance { fill(weights, importance: importance, evening: sumOfSquares(x) * (2 / 32), x: x) }
            }
            let extreme = SymmetricSearch.signedExtreme(x)
            if abs(extreme) < negligibleMagnitude {
                content.scale = 0
            } else if trials == 0 {
                content.scale = fittedScale(x, weights, extreme, &content.codes)
            } else {
                // Weights that are all zero give 0/0.
                content.scale = searchedScale(x, weights, extreme, trials: trials, ofNothing: Strict.divide(0, 0))
            }
            if trials > 0 {
                let inverse = content.scale != 0 ? 1 / content.scale : 0
                for i in 0..<32 { content.codes[i] = UInt8(nearest(inverse * x[i])) }
            }
        }
    }

    /// The least-squares scale for the codes under which the extreme weight is the negative end of the book.
    private func fittedScale(
        _ x: UnsafeBufferPointer<Float>, _ weights: UnsafeMutableBufferPointer<Float>, _ extreme: Float, _ codes: inout [UInt8]
    ) -> Float {
        let first = 1 / (extreme / Float(values[0]))
        for i in 0..<32 { codes[i] = UInt8(nearest(first * x[i])) }
        let (projection, norm) = sums(x, weights, first)
        return Strict.divide(projection, norm)
    }

    /// The best of the scales for `2 · trials + 2` roundings of thirty-two weights.
    ///
    /// - Parameters:
    ///   - extreme: the weight of largest magnitude.
    ///   - ofNothing: the scale where no weight counts.
    func searchedScale(
        _ x: UnsafeBufferPointer<Float>, _ weights: UnsafeMutableBufferPointer<Float>, _ extreme: Float, trials: Int32, ofNothing: Float
    ) -> Float {
        let end = Float(values[0])
        var (projection, norm) = sums(x, weights, 1 / (-extreme / end))
        var scale = norm > 0 ? projection / norm : norm == 0 ? ofNothing : Strict.divide(projection, norm)
        var best = scale * projection
        for k in -trials...trials {
            (projection, norm) = sums(x, weights, (Float(k) + end) / extreme)
            if norm > 0, projection * projection > best * norm {
                scale = projection / norm
                best = scale * projection
            }
        }
        return scale
    }

    @inline(__always)
    private func sums(_ x: UnsafeBufferPointer<Float>, _ weights: UnsafeMutableBufferPointer<Float>, _ inverse: Float) -> (Float, Float) {
        var projection: Float = 0
        var norm: Float = 0
        for i in 0..<32 {
            let q = Float(values[nearest(inverse * x[i])])
            let w = weights[i]
            projection += w * q * x[i]
            norm += w * q * q
        }
        return (projection, norm)
    }

    /// Index of the nearest value, the upper of two equally near; NaN takes the last.
    @inline(__always)
    func nearest(_ value: Float) -> Int {
        if value <= Float(values[0]) { return 0 }
        if value >= Float(values[15]) { return 15 }
        var low = 0
        var high = 15
        while high - low > 1 {
            let middle = (low + high) / 2
            if value < Float(values[middle]) { high = middle } else { low = middle }
        }
        return value - Float(values[high - 1]) < Float(values[high]) - value ? high - 1 : high
    }
}
