/// Finds scale and minimum for codes 0 … limit: x ≈ scale · code − minimum, minimum ≥ 0.
struct AffineSearch: Sendable {
    /// Largest code.
    let limit: Int32
    /// Trial k divides the range by `limit + first + k · step`.
    let first: Float
    let step: Float
    /// Trials after the plain one are 0 … trials.
    let trials: Int32
    /// Compares Σ w·|error| instead of Σ w·error².
    let absolute: Bool

    /// - Parameters:
    ///   - codes: receives the codes; `trial` is scratch of the same length.
    /// - Returns: the scale and the minimum, the latter as a number to subtract.
    ///
    /// A trial that wins moves the lower end of the range from which the next trials count: this is deliberate here
    /// because the bytes depend on it.
    func run(
        _ x: UnsafeBufferPointer<Float>, weights: UnsafeBufferPointer<Float>, codes: UnsafeMutableBufferPointer<UInt8>,
        trial: UnsafeMutableBufferPointer<UInt8>
    ) -> (scale: Float, minimum: Float) {
        var low = x[0]
        var high = x[0]
        var sumW = weights[0]
        var sumX = sumW * x[0]
        for i in 1..<x.count {
            if x[i] < low { low = x[i] }
            if x[i] > high { high = x[i] }
            sumW += weights[i]
            sumX += weights[i] * x[i]
        }
        if low > 0 { low = 0 }
        if high == low {
            codes.update(repeating: 0)
            return (0, -low)
        }
        let plain = Float(limit) / (high - low)
        var scale = 1 / plain
        for i in x.indices { codes[i] = code(x[i], plain, low) }
        var best = error(x, weights, codes, scale, low)
        for k in 0...trials {
            let inverse = (first + step * Float(k) + Float(limit)) / (high - low)
            var sumL: Float = 0
            var sumL2: Float = 0
            var sumXL: Float = 0
            for i in x.indices {
                let l = code(x[i], inverse, low)
                trial[i] = l
                let weighted = weights[i] * Float(l)
                sumL += weighted
                sumL2 += weighted * Float(l)
                sumXL += weighted * x[i]
            }
            let determinant = sumW * sumL2 - sumL * sumL
            guard determinant > 0 else { continue }
            var trialScale = (sumW * sumXL - sumX * sumL) / determinant
            var trialLow = (sumL2 * sumX - sumL * sumXL) / determinant
            if trialLow > 0 {
                trialLow = 0
                trialScale = sumXL / sumL2
            }
            let trialError = error(x, weights, trial, trialScale, trialLow)
            if trialError < best {
                for i in x.indices { codes[i] = trial[i] }
                best = trialError
                scale = trialScale
                low = trialLow
            }
        }
        return (scale, -low)
    }

    @inline(__always)
    private func code(_ value: Float, _ inverse: Float, _ low: Float) -> UInt8 {
        UInt8(truncatingIfNeeded: Rounding.clamp(Rounding.nearest(inverse * (value - low)), 0, limit))
    }

    @inline(__always)
    private func error(
        _ x: UnsafeBufferPointer<Float>, _ weights: UnsafeBufferPointer<Float>, _ codes: UnsafeMutableBufferPointer<UInt8>, _ scale: Float,
        _ low: Float
    ) -> Float {
        var sum: Float = 0
        for i in x.indices {
            let difference = scale * Float(codes[i]) + low - x[i]
            sum += weights[i] * (absolute ? abs(difference) : difference * difference)
        }
        return sum
    }
}
