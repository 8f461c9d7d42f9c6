import HIFIBlockSpec
import HIFIReference
import Suite

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
        if let proof = movesOnlySigns(variation.expression, original, in: format) { return proof }
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

    /// That nothing moved but factors whose every value is 1 or -1: they change a sign, exactly, wherever they stand.
    private static func movesOnlySigns(_ changed: Expression, _ original: Expression, in format: BlockFormat) -> Mutant.Equivalence? {
        let (other, own) = (withoutSigns(changed, in: format), withoutSigns(original, in: format))
        guard !own.signs.isEmpty, other.signs.sorted() == own.signs.sorted(), other.rest == own.rest else { return nil }
        let names = own.signs.joined(separator: " and ")
        return .init(argument: "\(names) is 1 or -1: products with it and quotients by it are exact, and NaNs are compared as a class") {
            own.signs.allSatisfy { values(of: .f32($0), in: format)?.isSubset(of: [1, -1]) ?? false }
        }
    }

    /// An expression of products without its factors and divisors that are 1 or -1, and their names.
    private static func withoutSigns(_ expression: Expression, in format: BlockFormat) -> (rest: Expression, signs: [String]) {
        func sign(_ factor: Expression) -> String? {
            guard case .f32(let name) = factor, let values = values(of: factor, in: format) else { return nil }
            return values.isSubset(of: [1, -1]) ? name : nil
        }
        func without(_ name: String, _ rest: Expression) -> (rest: Expression, signs: [String]) {
            let other = withoutSigns(rest, in: format)
            return (other.rest, other.signs + [name])
        }
        switch expression {
        case .multiply(let a, let b):
            if let name = sign(b) { return without(name, a) }
            if let name = sign(a) { return without(name, b) }
            let (first, second) = (withoutSigns(a, in: format), withoutSigns(b, in: format))
            return (.multiply(first.rest, second.rest), first.signs + second.signs)
        case .divide(let a, let b):
            if let name = sign(b) { return without(name, a) }
            return (expression, [])
        default: return (expression, [])
        }
    }

    private static func isReordered(_ name: String) -> Bool {
        ["reassociated", "crossed", "divided-last", "divided-first"].contains(where: name.hasPrefix)
    }

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
            let factors = factors(expression)
            let ranges = factors.compactMap { numbers($0, in: format) }
            guard ranges.count == factors.count else { return false }
            let bits = ranges.reduce(0) { $0 + $1.significantBits }
            let highest = ranges.reduce(0) { $0 + $1.highestExponent }
            let lowest = ranges.reduce(0) { $0 + $1.lowestExponent }
            return bits <= 24 && highest < 127 && lowest >= -149
        }
    }

    /// What is multiplied; a division by a constant counts as a product with its reciprocal, which is exact for powers of two.
    private static func factors(_ expression: Expression) -> [Expression] {
        switch expression {
        case .multiply(let a, let b): factors(a) + factors(b)
        case .divide(let a, .literal(let divisor)) where isPowerOfTwo(divisor): factors(a) + [.literal(1 / divisor)]
        default: [expression]
        }
    }

    private static func isPowerOfTwo(_ value: Float) -> Bool { value > 0 && value.isNormal && value.significandBitPattern == 0 }

    /// Every value of an expression of integers and constants, in which no operation rounds; nil where that cannot be said.
    static func values(of expression: Expression, in format: BlockFormat) -> Set<Double>? {
        func both(_ a: Expression, _ b: Expression, _ operation: (Double, Double) -> Double) -> Set<Double>? {
            guard let a = values(of: a, in: format), let b = values(of: b, in: format), a.count * b.count <= 1 << 18 else { return nil }
            let all = Set(a.flatMap { a in b.map { operation(a, $0) } })
            return all.allSatisfy { Double(Float($0)) == $0 } ? all : nil
        }
        switch expression {
        case .literal(let value): return [Double(value)]
        case .f32(let name):
            guard let part = part(named: name), let rule = FormatEdit.rule(format, part) else { return nil }
            return Set(rule.possibleValues.map(Double.init))
        case .add(let a, let b): return both(a, b, +)
        case .subtract(let a, let b): return both(a, b, -)
        case .multiply(let a, let b): return both(a, b, *)
        case .divide(let a, .literal(let divisor)) where isPowerOfTwo(divisor): return both(a, .literal(divisor), /)
        case .divide: return nil
        }
    }

    /// That no weight is changed by a rounding, for formats with few enough of them to try all.
    static func survives(_ format: BlockFormat, _ rounding: @escaping @Sendable (Float) -> Float) -> Mutant.Equivalence? {
        guard let value = format.decoding?.value, format.decoding?.correction == nil else { return nil }
        if let (field, codes) = halfTimesCode(value, in: format) {
            return .init(argument: "every fp16 \(field) times every code, \(codes.count) of them, comes out of the rounding as it was") {
                (0...UInt16.max).allSatisfy { bits in
                    codes.allSatisfy { code in
                        let weight = SmallFloats.float(half: bits) * Float(code)
                        return Mismatch.same(rounding(weight).bitPattern, weight.bitPattern)
                    }
                }
            }
        }
        guard let values = values(of: value, in: format) else { return nil }
        return .init(argument: "every weight that a block can hold, \(values.count) in all, comes out of the rounding as it was") {
            values.allSatisfy { Double(rounding(Float($0))) == $0 }
        }
    }

    /// That scale and code may be multiplied first: neither is ever 0, so no zero takes a sign from them, and the product with an fp16
    /// has at most 24 bits either way. Nil for formats where that is not so.
    static func integerProductIsExact(_ format: BlockFormat) -> Mutant.Equivalence? {
        guard format.field("d")?.type == .f16, let scales = format.decoding?.scale?.possibleValues, !scales.contains(0),
            let codes = format.decoding?.code?.possibleValues, !codes.contains(0)
        else { return nil }
        return .init(argument: "no scale and no code is 0, and an fp16 times both has at most 24 significant bits: nothing is rounded") {
            scales.allSatisfy { scale in codes.allSatisfy { abs(scale * $0) <= 1 << 13 } }
        }
    }

    /// The field and the codes of a value that is an fp16 times one of very few codes.
    private static func halfTimesCode(_ value: Expression, in format: BlockFormat) -> (field: String, codes: [Int])? {
        guard case .multiply(.f32(let first), .f32(let second)) = value, [first, second].contains("code"), let rule = format.decoding?.code,
            rule.width <= 8, rule.possibleValues.count <= 4
        else { return nil }
        let name = first == "code" ? second : first
        return format.field(name)?.type == .f16 ? (name, rule.possibleValues) : nil
    }

    private static func part(named name: String) -> FormatEdit.Part? {
        ["code": FormatEdit.Part.code, "scale": .scale, "min": .minimum][name]
    }

    /// What an operand's non-zero finite values look like: at most so many significant bits between these powers of two.
    private struct Numbers {
        let significantBits: Int
        let highestExponent: Int
        let lowestExponent: Int
    }

    private static func numbers(_ factor: Expression, in format: BlockFormat) -> Numbers? {
        if case .f32(let name) = factor, part(named: name) == nil {
            switch format.field(name)?.type {
            case .f16: return Numbers(significantBits: 11, highestExponent: 15, lowestExponent: -24)
            case .i8: return Numbers(significantBits: 7, highestExponent: 7, lowestExponent: 0)
            case .bf16: return Numbers(significantBits: 8, highestExponent: 127, lowestExponent: -133)
            default: return nil
            }
        }
        guard let values = values(of: factor, in: format)?.filter({ $0 != 0 }), !values.isEmpty else { return nil }
        return Numbers(
            significantBits: values.reduce(0) { max($0, $1.significandWidth + 1) },
            highestExponent: values.reduce(Int.min) { max($0, Int($1.exponent)) },
            lowestExponent: values.reduce(Int.max) { min($0, Int($1.exponent) - $1.significandWidth) })
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
