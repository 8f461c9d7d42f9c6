/// How many outliers the family's quantizer gives a tensor or a block by their importances. Encoders take the number as a
/// parameter; these functions and `Spec.quantizer` say which number the fork would have used.
public enum OutlierBudget {
    /// How unevenly importances are spread over a tensor's columns, 0.2 … 0.9; 0.5 where that cannot be said (QUANT-10).
    public static func tensorImportance(_ importance: [Float]) -> Float {
        guard !importance.isEmpty else { return 0.5 }
        var sum = 0.0
        var squares = 0.0
        for value in importance {
            sum += Double(value)
            squares += Double(value) * Double(value)
        }
        let mean = sum / Double(importance.count)
        let variance = squares / Double(importance.count) - mean * mean
        if mean < 1e-10 || variance < 0 { return 0.5 }
        return held(0.2 + 0.7 * Float(variance.squareRoot() / mean / 3))
    }

    /// Outliers per block of a tensor with that importance (QUANT-11): two more from 0.7 up, two
    /// fewer below 0.4, between 2 and 8. A tensor of low importance in a model of base 0 gets 2, a middling one 0.
    public static func perTensor(base: Int, importance: Float) -> Int {
        if importance >= 0.7 { return min(base + 2, 8) }
        if importance < 0.4 { return max(base - 2, 2) }
        return base
    }

    /// Importance of one block from the spread and the peak of its importances, 0.2 … 0.9; 0.3 where they vanish
    /// (QUANT-13).
    static func blockImportance(_ importance: UnsafeBufferPointer<Float>) -> Float {
        var sum = 0.0
        var squares = 0.0
        var peak = 0.0
        for value in importance {
            sum += Double(value)
            squares += Double(value) * Double(value)
            if Double(value) > peak { peak = Double(value) }
        }
        let mean = sum / Double(importance.count)
        if mean < 1e-10 { return 0.3 }
        var variance = squares / Double(importance.count) - mean * mean
        if variance < 0 { variance = 0 }
        let combined = 0.6 * (variance.squareRoot() / mean) + 0.4 * (peak / mean / 10)
        return held(0.2 + 0.7 * Float(combined / 2))
    }

    /// Outliers of one block: half to one and a half times the base, a fifth less in large models, between 1 and 8 (QUANT-13).
    static func perBlock(base: Int, importance: Float, billions: Float) -> Int {
        var factor: Float = 1
        if importance > 0.7 {
            factor = 1 + 0.5 * (importance - 0.7) / 0.3
        } else if importance < 0.3 {
            factor = 0.5 + 0.5 * (importance / 0.3)
        }
        if billions >= 7, importance < 0.4 { factor *= 0.8 }
        return Int(Rounding.clamp(Rounding.awayFromZero(Float(base) * factor), 1, 8))
    }

    private static func held(_ importance: Float) -> Float {
        if importance > 0.9 { return 0.9 }
        return importance < 0.2 ? 0.2 : importance
    }
}
