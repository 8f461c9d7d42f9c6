/// fp32 arithmetic as NUM-01 to NUM-05 define it: one rounding per operation, and a NaN result that does not depend on
/// the processor or on the order in which a compiler places operands.
public enum Strict {
    /// `a + b`, rounded once.
    public static func add(_ a: Float, _ b: Float) -> Float { settle(a + b, a, b) }

    /// `a − b`, rounded once.
    public static func subtract(_ a: Float, _ b: Float) -> Float { settle(a - b, a, b) }

    /// `a · b`, rounded once.
    public static func multiply(_ a: Float, _ b: Float) -> Float { settle(a * b, a, b) }

    /// `a / b`, rounded once. 0/0 and ∞/∞ are invalid operations (NUM-05); x/0 is an infinity.
    public static func divide(_ a: Float, _ b: Float) -> Float { settle(a / b, a, b) }

    /// The NaN of an operation without a NaN operand.
    public static let invalid = Float(bitPattern: 0xFFC0_0000)

    @inline(__always)
    private static func settle(_ result: Float, _ a: Float, _ b: Float) -> Float {
        result.isNaN ? nan(of: a, b) : result
    }

    private static func nan(of a: Float, _ b: Float) -> Float {
        if a.isNaN { return quiet(a) }
        if b.isNaN { return quiet(b) }
        return invalid
    }

    private static func quiet(_ value: Float) -> Float { Float(bitPattern: value.bitPattern | 0x0040_0000) }
}
