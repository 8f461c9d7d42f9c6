import HIFIReference

/// Every decision of the Q3_K encoder as a switch. The defaults are right (ENC-04 to ENC-06, ENC-09, ENC-13).
struct SearchPolicy: Sendable {
    /// A code from a quotient, in the searches.
    var nearest: @Sendable (Float) -> Int = Self.tiesToEven
    /// A code from a quotient, when codes are computed again.
    var finalNearest: @Sendable (Float) -> Int = Self.tiesToEven
    /// A sub-block's scale code.
    var scaleNearest: @Sendable (Float) -> Int = Self.tiesToEven
    /// Range of codes.
    var low = -4
    var high = 3
    /// Range of scale codes.
    var scaleLow = -32
    var scaleHigh = 31
    /// Passes of the descent, at most.
    var passes = 5
    /// The descent weights values by their squares.
    var squares = true
    /// An improvement must be real: equal is not enough.
    var strictlyBetter = true
    /// Of equal magnitudes the first is the extreme.
    var firstOfEquals = true
    /// The extreme keeps its sign.
    var keepsSign = true
    /// Smaller magnitudes count as zero.
    var negligible: Float = 1e-15
    /// Steps of the grid to either side, and their size.
    var gridSteps = 9
    var gridStep: Float = 0.1
    /// What evens out importances: this times the mean square of the block.
    var evening: Float = 2
    /// fp32 to fp16 for the scale.
    var half: @Sendable (Float) -> UInt16 = { SmallFloats.half($0) }
    /// The super-scale is multiplied by this.
    var factor: Float = 1
    /// Sums take products in without rounding them first.
    var fuses = false
    /// Codes are computed again at all.
    var takesAnew = true
    /// …and with the scale as a reader sees it.
    var seesRoundedScale = true

    /// To nearest, ties to even, by the low bits of a sum (ENC-04).
    static let tiesToEven: @Sendable (Float) -> Int = { Int(($0 + 12_582_912).bitPattern & 0x7F_FFFF) - 0x40_0000 }
    /// To nearest, ties away from zero.
    static let tiesAway: @Sendable (Float) -> Int = { whole($0.rounded(.toNearestOrAwayFromZero)) }
    /// Towards zero.
    static let truncating: @Sendable (Float) -> Int = { whole($0) }
    /// A half added, then down: ties upwards.
    static let tiesUp: @Sendable (Float) -> Int = { whole(($0 + 0.5).rounded(.down)) }

    private static func whole(_ value: Float) -> Int { value.isFinite ? Int(max(-1e9, min(1e9, value))) : -1_000_000_000 }
}

extension SearchPolicy {
    /// The value of largest magnitude, with its sign.
    package func extreme(_ x: ArraySlice<Float>) -> Float {
        var largest: Float = 0
        var found: Float = 0
        for value in x where firstOfEquals ? abs(value) > largest : abs(value) >= largest && value != 0 {
            largest = abs(value)
            found = value
        }
        return keepsSign ? found : abs(found)
    }

    /// Codes and scale of a group by descent: from the scale that the extreme asks for, one code at a time.
    func descent(_ x: ArraySlice<Float>) -> (scale: Float, codes: [Int]) {
        let extreme = extreme(x)
        if abs(extreme) < negligible { return (0, x.map { _ in -4 }) }
        let inverse = -4 / extreme
        var codes = x.map { hold(nearest(inverse * $0)) }
        let values = Array(x)
        let weights = values.map { squares ? $0 * $0 : abs($0) }
        var p: Float = 0
        var n: Float = 0
        for i in values.indices {
            add(weights[i] * values[i], Float(codes[i]), to: &p)
            add(weights[i] * Float(codes[i]), Float(codes[i]), to: &n)
        }
        for _ in 0..<passes {
            var changed = false
            for i in values.indices {
                let w = weights[i]
                var restP = p - w * values[i] * Float(codes[i])
                guard restP > 0 else { continue }
                var restN = n - w * Float(codes[i]) * Float(codes[i])
                let new = hold(nearest(values[i] * restN / restP))
                guard new != codes[i] else { continue }
                add(w * values[i], Float(new), to: &restP)
                add(w * Float(new), Float(new), to: &restN)
                let (left, right) = (restP * restP * n, p * p * restN)
                if restN > 0, strictlyBetter ? left > right : left >= right {
                    codes[i] = new
                    p = restP
                    n = restN
                    changed = true
                }
            }
            if !changed { break }
        }
        return (n > 0 ? p / n : 0, codes)
    }

    /// Codes and scale of a group by trying scales around the one that the extreme asks for.
    package func grid(_ x: ArraySlice<Float>, weights: [Float], limit: Int) -> (scale: Float, codes: [Int]) {
        let extreme = extreme(x)
        if abs(extreme) < negligible { return (0, x.map { _ in -limit }) }
        let values = Array(x)
        func codes(_ inverse: Float) -> [Int] { values.map { max(-limit, min(limit - 1, nearest(inverse * $0))) } }
        func sums(_ codes: [Int]) -> (Float, Float) {
            var p: Float = 0
            var n: Float = 0
            for i in values.indices {
                add(weights[i] * values[i], Float(codes[i]), to: &p)
                add(weights[i] * Float(codes[i]), Float(codes[i]), to: &n)
            }
            return (p, n)
        }
        var found = codes(Float(-limit) / extreme)
        var (p, n) = sums(found)
        var scale = n != 0 ? p / n : 0
        var best = scale * p
        for k in -gridSteps...max(gridSteps, -gridSteps) where k != 0 {
            let trial = codes(-(Float(limit) + gridStep * Float(k)) / extreme)
            (p, n) = sums(trial)
            if n > 0, strictlyBetter ? p * p > best * n : p * p >= best * n {
                found = trial
                scale = p / n
                best = scale * p
            }
        }
        return (scale, found)
    }

    private func add(_ a: Float, _ b: Float, to sum: inout Float) {
        if fuses { sum.addProduct(a, b) } else { sum += a * b }
    }

    private func hold(_ code: Int) -> Int { max(low, min(high, code)) }
}
