/// Finds a scale for codes −limit … limit − 1 without a minimum: x ≈ scale · code.
///
/// Sums run over the group in order, one fp32 rounding per operation; this order is part of the format of the bytes.
enum SymmetricSearch {
    /// Tries nineteen starting scales and keeps the one with the largest (Σ w·x·q)² / Σ w·q².
    ///
    /// - Parameters:
    ///   - weights: one per value.
    ///   - codes: receives code + limit (0 … 2·limit − 1).
    /// - Returns: the least-squares scale for the codes found, with the sign that gives the largest value the code −limit.
    static func grid(
        _ x: UnsafeBufferPointer<Float>, weights: UnsafeBufferPointer<Float>, limit: Int32, codes: UnsafeMutableBufferPointer<UInt8>
    ) -> Float {
        let extreme = signedExtreme(x)
        guard !(abs(extreme) < negligibleMagnitude) else {
            codes.update(repeating: 0)
            return 0
        }
        var inverse = Float(-limit) / extreme
        var (projection, norm) = sums(x, weights, inverse, limit)
        store(x, inverse, limit, codes)
        var scale = norm != 0 ? projection / norm : 0
        var best = scale * projection
        for step: Int32 in -9...9 where step != 0 {
            inverse = -(Float(limit) + 0.1 * Float(step)) / extreme
            (projection, norm) = sums(x, weights, inverse, limit)
            if norm > 0, projection * projection > best * norm {
                store(x, inverse, limit, codes)
                scale = projection / norm
                best = scale * projection
            }
        }
        return scale
    }

    /// Starts from the extreme value and improves one code at a time, weighting each value by its square, for at most
    /// five passes.
    static func descent(_ x: UnsafeBufferPointer<Float>, limit: Int32, codes: UnsafeMutableBufferPointer<UInt8>) -> Float {
        let extreme = signedExtreme(x)
        guard !(abs(extreme) < negligibleMagnitude) else {
            codes.update(repeating: 0)
            return 0
        }
        let inverse = Float(-limit) / extreme
        var projection: Float = 0
        var norm: Float = 0
        for i in x.indices {
            let code = Rounding.clamp(Rounding.nearest(inverse * x[i]), -limit, limit - 1)
            codes[i] = UInt8(truncatingIfNeeded: code + limit)
            let w = x[i] * x[i]
            projection += w * x[i] * Float(code)
            norm += w * Float(code) * Float(code)
        }
        for _ in 0..<5 {
            var changed = false
            for i in x.indices {
                let w = x[i] * x[i]
                let old = Int32(codes[i]) - limit
                var restProjection = projection - w * x[i] * Float(old)
                guard restProjection > 0 else { continue }
                var restNorm = norm - w * Float(old) * Float(old)
                let new = Rounding.clamp(Rounding.nearest(x[i] * restNorm / restProjection), -limit, limit - 1)
                guard new != old else { continue }
                restProjection += w * x[i] * Float(new)
                restNorm += w * Float(new) * Float(new)
                if restNorm > 0, restProjection * restProjection * norm > projection * projection * restNorm {
                    codes[i] = UInt8(truncatingIfNeeded: new + limit)
                    projection = restProjection
                    norm = restNorm
                    changed = true
                }
            }
            if !changed { break }
        }
        return norm > 0 ? projection / norm : 0
    }

    /// The value of largest magnitude, with its sign; the first of equals; 0 if no magnitude exceeds 0.
    static func signedExtreme(_ x: UnsafeBufferPointer<Float>) -> Float {
        var largest: Float = 0
        var extreme: Float = 0
        for value in x where abs(value) > largest {
            largest = abs(value)
            extreme = value
        }
        return extreme
    }

    /// Σ w·x·q and Σ w·q² for the codes that `inverse` gives.
    @inline(__always)
    private static func sums(
        _ x: UnsafeBufferPointer<Float>, _ weights: UnsafeBufferPointer<Float>, _ inverse: Float, _ limit: Int32
    ) -> (Float, Float) {
        var projection: Float = 0
        var norm: Float = 0
        for i in x.indices {
            let q = Float(Rounding.clamp(Rounding.nearest(inverse * x[i]), -limit, limit - 1))
            let w = weights[i]
            projection += w * x[i] * q
            norm += w * q * q
        }
        return (projection, norm)
    }

    @inline(__always)
    private static func store(
        _ x: UnsafeBufferPointer<Float>, _ inverse: Float, _ limit: Int32, _ codes: UnsafeMutableBufferPointer<UInt8>
    ) {
        for i in x.indices {
            codes[i] = UInt8(truncatingIfNeeded: Rounding.clamp(Rounding.nearest(inverse * x[i]), -limit, limit - 1) + limit)
        }
    }
}
