import HIFIBlockSpec

/// A declared value as a real function of the code, `constant + slope · code`, in double arithmetic.
///
/// Products of the scalars that occur (fp16 or fp32 scales with integers of at most nine bits) are exact in double, so
/// this is the value without the fp32 roundings of a decoder.
struct AffineValue {
    var constant: Double
    var slope: Double = 0

    /// Evaluates an expression; `names` are its operands' values. Division by and products of the code do not occur in
    /// the spec and would give NaN.
    static func evaluate(_ expression: Expression, _ names: (String) -> AffineValue) -> AffineValue {
        switch expression {
        case .f32(let name): return names(name)
        case .literal(let value): return AffineValue(constant: Double(value))
        case .add(let a, let b):
            let (a, b) = (evaluate(a, names), evaluate(b, names))
            return AffineValue(constant: a.constant + b.constant, slope: a.slope + b.slope)
        case .subtract(let a, let b):
            let (a, b) = (evaluate(a, names), evaluate(b, names))
            return AffineValue(constant: a.constant - b.constant, slope: a.slope - b.slope)
        case .multiply(let a, let b):
            let (a, b) = (evaluate(a, names), evaluate(b, names))
            guard a.slope == 0 || b.slope == 0 else { return AffineValue(constant: .nan, slope: .nan) }
            // A factor without the code scales the other; 0 · code stays 0 even for an infinite scale of the constant.
            return a.slope == 0
                ? AffineValue(constant: a.constant * b.constant, slope: b.slope == 0 ? 0 : a.constant * b.slope)
                : AffineValue(constant: a.constant * b.constant, slope: a.slope * b.constant)
        case .divide(let a, let b):
            let (a, b) = (evaluate(a, names), evaluate(b, names))
            guard b.slope == 0 else { return AffineValue(constant: .nan, slope: .nan) }
            return AffineValue(constant: a.constant / b.constant, slope: a.slope == 0 ? 0 : a.slope / b.constant)
        }
    }
}
