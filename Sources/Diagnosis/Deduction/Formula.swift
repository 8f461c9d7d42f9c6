import HIFIBlockSpec

/// The arithmetic of a weight, put together once so that it can be tried a million times.
struct Formula: Sendable {
    /// What a weight is made of.
    struct Numbers {
        var code: Float = 0
        var scale: Float = 0
        var minimum: Float = 0
        /// The scalar fields, in the order of `Formula.fields`.
        var fields: [Float] = []
    }

    /// The scalar fields that the declaration's expression names.
    let fields: [String]
    let evaluate: @Sendable (Numbers) -> Float

    init(_ expression: Expression, fields: [String]) {
        self.fields = fields
        evaluate = Self.compiled(expression, fields)
    }

    private static func compiled(_ expression: Expression, _ fields: [String]) -> @Sendable (Numbers) -> Float {
        switch expression {
        case .f32("code"): return { $0.code }
        case .f32("scale"): return { $0.scale }
        case .f32("min"): return { $0.minimum }
        case .f32(let name):
            guard let place = fields.firstIndex(of: name) else { return { _ in 0 } }
            return { $0.fields[place] }
        case .literal(let value): return { _ in value }
        case .multiply(let a, let b):
            let (x, y) = (compiled(a, fields), compiled(b, fields))
            return { x($0) * y($0) }
        case .divide(let a, let b):
            let (x, y) = (compiled(a, fields), compiled(b, fields))
            return { x($0) / y($0) }
        case .add(let a, let b):
            let (x, y) = (compiled(a, fields), compiled(b, fields))
            return { x($0) + y($0) }
        case .subtract(let a, let b):
            let (x, y) = (compiled(a, fields), compiled(b, fields))
            return { x($0) - y($0) }
        }
    }

    // MARK: Slips

    typealias Slip = (words: String, expression: Expression)

    /// The expression with one slip in it: a number taken for another one or left out, an operation for another one.
    static func slips(of expression: Expression) -> [Slip] { slips(expression, expression.names) }

    private static func slips(_ part: Expression, _ names: [String]) -> [Slip] {
        switch part {
        case .f32(let name): return slips(name, names)
        case .literal(let value):
            let others: [Float] = [0, 1, value + 1, value - 1, value * 2, value / 2, -value]
            return others.filter { $0 != value }.map { ("\(text(value)) is taken for \(text($0))", .literal($0)) }
        case .multiply(let a, let b):
            var made: [Slip] = slips(a, names).map { ($0.words, .multiply($0.expression, b)) }
            made += slips(b, names).map { ($0.words, .multiply(a, $0.expression)) }
            // Another order of multiplying rounds at another place.
            if case .multiply(let x, let y) = a {
                made.append(("\(text(x)) is multiplied by the product of \(text(y)) and \(text(b))", .multiply(x, .multiply(y, b))))
                made.append(("\(text(y)) is multiplied by the product of \(text(x)) and \(text(b))", .multiply(y, .multiply(x, b))))
            }
            return made
        case .divide(let a, let b):
            var made: [Slip] = slips(a, names).map { ($0.words, .divide($0.expression, b)) }
            made += slips(b, names).map { ($0.words, .divide(a, $0.expression)) }
            made.append(("\(text(a)) is multiplied by \(text(b)), not divided", .multiply(a, b)))
            return made
        case .add(let a, let b):
            var made: [Slip] = slips(a, names).map { ($0.words, .add($0.expression, b)) }
            made += slips(b, names).map { ($0.words, .add(a, $0.expression)) }
            made.append(("\(text(b)) is subtracted, not added", .subtract(a, b)))
            made += brackets(a, b, "added to") { .add($0, $1) }
            made.append(("\(text(b)) is left out", a))
            made.append(("\(text(a)) is left out", b))
            return made
        case .subtract(let a, let b):
            var made: [Slip] = slips(a, names).map { ($0.words, .subtract($0.expression, b)) }
            made += slips(b, names).map { ($0.words, .subtract(a, $0.expression)) }
            made.append(("\(text(b)) is added, not subtracted", .add(a, b)))
            made.append(("\(text(b)) is left out", a))
            made.append(("\(text(a)) is left out", .subtract(.literal(0), b)))
            made.append(("\(text(a)) is subtracted from \(text(b)), the wrong way round", .subtract(b, a)))
            made += brackets(a, b, "subtracted from") { .subtract($0, $1) }
            return made
        }
    }

    /// `a * b + c` with the bracket at another place: factors of the first term that multiply the second as well, which may be left without
    /// a factor of its own, or is divided by them first (a zero point).
    private static func brackets(
        _ term: Expression, _ other: Expression, _ verb: String, _ join: (Expression, Expression) -> Expression
    ) -> [Slip] {
        let (factors, others) = (factors(term), factors(other))
        guard factors.count > 1, factors.count <= 4 else { return [] }
        var made: [Slip] = []
        for chosen in 1..<(1 << factors.count) - 1 {
            guard let outside = product(factors.indices.filter { chosen >> $0 & 1 == 1 }.map { factors[$0] }),
                let inside = product(factors.indices.filter { chosen >> $0 & 1 == 0 }.map { factors[$0] })
            else { continue }
            func add(_ part: Expression, _ note: String) {
                made.append(
                    (
                        "\(text(part)) is \(verb) \(text(inside)) before that is multiplied by \(text(outside))\(note)",
                        .multiply(outside, join(inside, part))
                    ))
            }
            add(other, "")
            add(.divide(other, outside), ", which rounds otherwise")
            for left in others.indices where others.count > 1 {
                guard let part = product(others.indices.filter { $0 != left }.map { others[$0] }) else { continue }
                add(part, ", without \(text(others[left]))")
            }
        }
        return made
    }

    private static func factors(_ part: Expression) -> [Expression] {
        if case .multiply(let a, let b) = part { factors(a) + factors(b) } else { [part] }
    }

    private static func product(_ factors: [Expression]) -> Expression? {
        factors.dropFirst().reduce(factors.first) { made, factor in made.map { .multiply($0, factor) } }
    }

    /// Slips with one number.
    private static func slips(_ name: String, _ names: [String]) -> [Slip] {
        let (part, word) = (Expression.f32(name), Self.word(name))
        var made: [Slip] = []
        for other in names where other != name { made.append(("\(Self.word(other)) is taken for \(word)", .f32(other))) }
        made.append(("\(word) is left out", .literal(1)))
        made.append(("\(word) is taken for 0", .literal(0)))
        made.append(("\(word) is applied twice", .multiply(part, part)))
        made.append(("\(word) is negated", .multiply(part, .literal(-1))))
        for other in names where other != name {
            made.append(("\(word) is multiplied by \(Self.word(other)) as well", .multiply(part, .f32(other))))
            for third in names where third != name && third != other && name != "code" {
                let both = Expression.multiply(.f32(other), .f32(third))
                made.append(("\(text(both)) is taken for \(word)", both))
            }
        }
        let factors: [Float] = [2, 0.5, 4, 0.25, 8, 0.125, 16, 0.0625, 127, 128, 256, 1.0 / 256]
        for factor in factors { made.append(("\(word) is multiplied by \(text(factor))", .multiply(part, .literal(factor)))) }
        let divisors: [Float] = [3, 7, 15, 31, 63, 127, 255]
        for divisor in divisors { made.append(("\(word) is divided by \(text(divisor))", .divide(part, .literal(divisor)))) }
        return made
    }

    static func word(_ name: String) -> String {
        switch name {
        case "code": "the code"
        case "scale": "the scale"
        case "min": "the minimum"
        default: name
        }
    }

    /// An expression in the words of a sentence: `d * the scale`.
    static func text(_ expression: Expression) -> String {
        func inside(_ part: Expression) -> String {
            switch part {
            case .add, .subtract: "(\(text(part)))"
            default: text(part)
            }
        }
        switch expression {
        case .f32(let name): return word(name)
        case .literal(let value): return text(value)
        case .multiply(let a, let b): return "\(inside(a)) * \(inside(b))"
        case .divide(let a, .multiply(let b, let c)): return "\(inside(a)) / (\(text(.multiply(b, c))))"
        case .divide(let a, let b): return "\(inside(a)) / \(inside(b))"
        case .add(let a, let b): return "\(text(a)) + \(text(b))"
        case .subtract(let a, let b): return "\(text(a)) - \(inside(b))"
        }
    }

    static func text(_ value: Float) -> String {
        if value == value.rounded(), value.magnitude < 1e6 { return "\(Int(value))" }
        if value != 0, (1 / value) == (1 / value).rounded(), (1 / value).magnitude < 1e6 { return "1/\(Int(1 / value))" }
        return "\(value)"
    }
}

extension Expression {
    /// With another expression in place of a name.
    func replacing(_ name: String, by other: Expression) -> Expression {
        switch self {
        case .f32(name): other
        case .f32, .literal: self
        case .multiply(let a, let b): .multiply(a.replacing(name, by: other), b.replacing(name, by: other))
        case .divide(let a, let b): .divide(a.replacing(name, by: other), b.replacing(name, by: other))
        case .add(let a, let b): .add(a.replacing(name, by: other), b.replacing(name, by: other))
        case .subtract(let a, let b): .subtract(a.replacing(name, by: other), b.replacing(name, by: other))
        }
    }
}
