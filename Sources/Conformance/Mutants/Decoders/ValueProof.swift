import BlockSpec
import Reference

/// Proofs that two ways to write an expression give the same weights for every block.
enum ValueProof {
    /// What may be claimed of a variation, with the part that is computed.
    static func equivalence(of variation: ExpressionEdit.Variation, of original: Expression, in format: BlockFormat) -> Mutant.Equivalence?
    {
        if variation.isCommutation {
            return .init(
                argument: "IEEE-754 products and sums do not depend on the order of their two operands, and NaNs are compared as a class"
            ) {
                commutes()
            }
        }
        if isReordered(variation.name) {
            return .init(
                argument: """
                    the factors have together at most 24 significant bits and small exponents, so every product is exact in any order; \
                    signs multiply, and infinities and NaNs come out alike
                    """
            ) { productsAreExact(original, in: format) }
        }
        if variation.name.hasPrefix("literal") {
            return .init(argument: "the constant rounds to the same fp32") { folded(original) == folded(variation.expression) }
        }
        return nil
    }

    private static func isReordered(_ name: String) -> Bool { name.hasPrefix("reassociated") || name.hasPrefix("crossed") }

    /// Products and sums of corner values and of many random bit patterns are the same both ways round.
    private static func commutes() -> Bool {
        var random = SeededRandom(seed: 7)
        let corners: [UInt32] = [
            0, 1 << 31, 1, 0x7F_FFFF, 0x80_0000, 0x3F80_0000, 0x7F7F_FFFF, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 0x7F80_0001,
        ]
        var values = corners
        for _ in 0..<500 { values.append(UInt32(truncatingIfNeeded: random.next())) }
        for a in values.map(Float.init(bitPattern:)) {
            for b in values.map(Float.init(bitPattern:)) {
                guard Mismatch.same(Strict.multiply(a, b).bitPattern, Strict.multiply(b, a).bitPattern),
                    Mismatch.same(Strict.add(a, b).bitPattern, Strict.add(b, a).bitPattern)
                else { return false }
            }
        }
        return true
    }

    /// Whether each chain of products in the expression is exact whatever its operands are.
    static func productsAreExact(_ expression: Expression, in format: BlockFormat) -> Bool {
        switch expression {
        case .f32, .literal: return true
        case .add(let a, let b), .subtract(let a, let b): return productsAreExact(a, in: format) && productsAreExact(b, in: format)
        case .divide: return false
        case .multiply:
            guard let factors = factors(expression) else { return false }
            let ranges = factors.compactMap { numbers(named: $0, in: format) }
            guard ranges.count == factors.count else { return false }
            let bits = ranges.reduce(0) { $0 + $1.significantBits }
            let highest = ranges.reduce(0) { $0 + $1.highestExponent }
            let lowest = ranges.reduce(0) { $0 + $1.lowestExponent }
            return bits <= 24 && highest < 127 && lowest >= -149
        }
    }

    private static func factors(_ expression: Expression) -> [String]? {
        switch expression {
        case .f32(let name): return [name]
        case .multiply(let a, let b):
            guard let a = factors(a), let b = factors(b) else { return nil }
            return a + b
        default: return nil
        }
    }

    /// What an operand's non-zero finite values look like: at most so many significant bits between these powers of two.
    private struct Numbers {
        let significantBits: Int
        let highestExponent: Int
        let lowestExponent: Int
    }

    private static func numbers(named name: String, in format: BlockFormat) -> Numbers? {
        guard let part = ["code": FormatEdit.Part.code, "scale": .scale, "min": .minimum][name] else {
            switch format.field(name)?.type {
            case .f16: return Numbers(significantBits: 11, highestExponent: 15, lowestExponent: -24)
            case .i8: return Numbers(significantBits: 7, highestExponent: 7, lowestExponent: 0)
            case .bf16: return Numbers(significantBits: 8, highestExponent: 127, lowestExponent: -133)
            default: return nil
            }
        }
        guard let rule = FormatEdit.rule(format, part) else { return nil }
        var bits = 0
        var highest = 0
        for value in values(of: rule) where value != 0 {
            let magnitude = value.magnitude
            bits = max(bits, UInt.bitWidth - magnitude.leadingZeroBitCount - magnitude.trailingZeroBitCount)
            highest = max(highest, UInt.bitWidth - 1 - magnitude.leadingZeroBitCount)
        }
        return Numbers(significantBits: bits, highestExponent: highest, lowestExponent: 0)
    }

    /// Every integer that a rule can give.
    static func values(of rule: IndexedInteger) -> [Int] {
        let width = rule.planes.reduce(0) { max($0, $1.place + $1.width) }
        return (0..<1 << width).map { raw in
            var code = 0
            for plane in rule.planes {
                var part = raw >> plane.place & (1 << plane.width - 1)
                if plane.signed, part >> (plane.width - 1) == 1 { part -= 1 << plane.width }
                code += part << plane.place
            }
            return (rule.codebook.map { $0[code] } ?? code) + rule.bias
        }
    }

    /// The bits of every constant part of an expression, worked out in fp32.
    private static func folded(_ expression: Expression) -> [UInt32] {
        if let value = constant(expression) { return [value.bitPattern] }
        switch expression {
        case .f32, .literal: return []
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b): return folded(a) + folded(b)
        }
    }

    private static func constant(_ expression: Expression) -> Float? {
        switch expression {
        case .f32: return nil
        case .literal(let value): return value
        case .add(let a, let b): return both(a, b, Strict.add)
        case .subtract(let a, let b): return both(a, b, Strict.subtract)
        case .multiply(let a, let b): return both(a, b, Strict.multiply)
        case .divide(let a, let b): return both(a, b, Strict.divide)
        }
    }

    private static func both(_ a: Expression, _ b: Expression, _ operation: (Float, Float) -> Float) -> Float? {
        guard let a = constant(a), let b = constant(b) else { return nil }
        return operation(a, b)
    }
}
