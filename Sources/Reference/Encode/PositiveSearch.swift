/// Finds a scale for codes 0 … limit of values that are not negative: the super-scale of scales and of minima.
enum PositiveSearch {
    /// Nine trial scales by weighted squared error, then at most five passes over single codes.
    ///
    /// - Parameter codes: receives the codes; a (tiny, rounding-born) negative value can leave a negative code, stored
    ///   modulo 256.
    /// - Returns: the least-squares scale for the codes found, 0 if every value is negligible.
    static func run(
        _ x: UnsafeBufferPointer<Float>, weights: UnsafeBufferPointer<Float>, limit: Int32, codes: UnsafeMutableBufferPointer<UInt8>
    ) -> Float {
        var largest: Float = 0
        for value in x where !(largest > value) { largest = value }
        if largest < negligibleMagnitude {
            codes.update(repeating: 0)
            return 0
        }
        var inverse = Float(limit) / largest
        var best = plainError(x, weights, inverse)
        for step: Int32 in -4...4 where step != 0 {
            let trial = (0.1 * Float(step) + Float(limit)) / largest
            let scale = 1 / trial
            var error: Float = 0
            for i in x.indices {
                let difference = x[i] - scale * Float(min(limit, Rounding.nearest(trial * x[i])))
                error += weights[i] * difference * difference
            }
            if error < best {
                best = error
                inverse = trial
            }
        }
        var projection: Float = 0
        var norm: Float = 0
        for i in x.indices {
            let code = min(limit, Rounding.nearest(inverse * x[i]))
            codes[i] = UInt8(truncatingIfNeeded: code)
            let w = weights[i]
            projection += w * x[i] * Float(code)
            norm += w * Float(code) * Float(code)
        }
        refine(x, weights, limit, codes, &projection, &norm)
        return norm > 0 ? projection / norm : 0
    }

    private static func refine(
        _ x: UnsafeBufferPointer<Float>, _ weights: UnsafeBufferPointer<Float>, _ limit: Int32,
        _ codes: UnsafeMutableBufferPointer<UInt8>, _ projection: inout Float, _ norm: inout Float
    ) {
        for _ in 0..<5 {
            var changed = false
            for i in x.indices {
                let w = weights[i]
                let old = Float(codes[i])
                var restProjection = projection - w * x[i] * old
                var restNorm = norm - w * old * old
                guard restProjection > 0, restNorm > 0 else { continue }
                let new = min(limit, Rounding.nearest(x[i] * restNorm / restProjection))
                guard new != Int32(codes[i]) else { continue }
                restProjection += w * x[i] * Float(new)
                restNorm += w * Float(new) * Float(new)
                if restProjection * restProjection * norm > projection * projection * restNorm {
                    codes[i] = UInt8(truncatingIfNeeded: new)
                    projection = restProjection
                    norm = restNorm
                    changed = true
                }
            }
            if !changed { break }
        }
    }

    /// The error at the unshifted scale; codes are taken modulo 256 and not limited.
    private static func plainError(_ x: UnsafeBufferPointer<Float>, _ weights: UnsafeBufferPointer<Float>, _ inverse: Float) -> Float {
        let scale = 1 / inverse
        var error: Float = 0
        for i in x.indices {
            let code = UInt8(truncatingIfNeeded: Rounding.nearest(inverse * x[i]))
            let difference = x[i] - scale * Float(code)
            error += weights[i] * difference * difference
        }
        return error
    }
}
