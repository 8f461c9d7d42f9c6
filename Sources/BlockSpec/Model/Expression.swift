/// fp32 arithmetic as the spec writes it: `(f32(d) * f32(scale)) * f32(code)`.
///
/// Each operation is one IEEE-754 binary32 operation, rounded to nearest, ties to even, never fused with another.
/// Brackets and left-to-right order are part of the meaning.
public indirect enum Expression: Sendable, Hashable {
    /// `f32(name)`: a field, or `code`, `scale`, `min`, converted to fp32.
    case f32(String)
    case literal(Float)
    case add(Expression, Expression)
    case subtract(Expression, Expression)
    case multiply(Expression, Expression)
    case divide(Expression, Expression)

    /// The names that the expression reads, each once, in order of first use.
    public var names: [String] {
        var seen: [String] = []
        visit { if case .f32(let name) = $0, !seen.contains(name) { seen.append(name) } }
        return seen
    }

    private func visit(_ body: (Expression) -> Void) {
        body(self)
        switch self {
        case .f32, .literal: break
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b):
            a.visit(body)
            b.visit(body)
        }
    }
}

extension Expression: CustomStringConvertible {
    /// The source form, fully bracketed below the top.
    public var description: String { text(top: true) }

    private func text(top: Bool) -> String {
        func binary(_ a: Expression, _ sign: String, _ b: Expression) -> String {
            let inner = "\(a.text(top: false)) \(sign) \(b.text(top: false))"
            return top ? inner : "(\(inner))"
        }
        switch self {
        case .f32(let name): return "f32(\(name))"
        case .literal(let value): return value == value.rounded() ? "\(Int(value))" : "\(value)"
        case .add(let a, let b): return binary(a, "+", b)
        case .subtract(let a, let b): return binary(a, "-", b)
        case .multiply(let a, let b): return binary(a, "*", b)
        case .divide(let a, let b): return binary(a, "/", b)
        }
    }
}
