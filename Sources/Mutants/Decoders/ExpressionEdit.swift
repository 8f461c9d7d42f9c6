import HIFIBlockSpec

/// Variations of an expression, one at a time.
enum ExpressionEdit {
    struct Variation {
        let name: String
        let expression: Expression
        /// The operands of one multiplication or addition changed places: the same value by IEEE-754, NaNs being a class.
        var isCommutation = false
    }

    static func variations(of expression: Expression) -> [Variation] {
        var all: [Variation] = []
        var number = 0
        visit(expression, { $0 }, &number, &all)
        return all
    }

    /// - Parameter rebuild: puts a replacement of `node` back into the whole.
    private static func visit(_ node: Expression, _ rebuild: (Expression) -> Expression, _ number: inout Int, _ all: inout [Variation]) {
        number += 1
        let here = number
        func add(_ name: String, _ new: Expression, commutation: Bool = false) {
            all.append(Variation(name: "\(name)-\(here)", expression: rebuild(new), isCommutation: commutation))
        }
        switch node {
        case .f32(let name): add("without-\(name)", .literal(1))
        case .literal(let value):
            add("literal-up", .literal(value.nextUp))
            add("literal-plus-one", .literal(value + 1))
        case .add(let a, let b):
            add("commuted", .add(b, a), commutation: true)
            add("minus", .subtract(a, b))
            add("first-only", a)
            add("second-only", b)
            if case .add(let c, let d) = a { add("reassociated", .add(c, .add(d, b))) }
        case .subtract(let a, let b):
            add("plus", .add(a, b))
            add("turned", .subtract(b, a))
            add("first-only", a)
        case .multiply(let a, let b):
            add("commuted", .multiply(b, a), commutation: true)
            add("divided", .divide(a, b))
            if case .multiply(let c, let d) = a { add("reassociated", .multiply(c, .multiply(d, b))) }
            if case .multiply(let c, let d) = a { add("crossed", .multiply(.multiply(c, b), d)) }
            if case .divide(let c, let d) = a { add("divided-last", .divide(.multiply(c, b), d)) }
            if case .divide(let c, let d) = b { add("divided-last", .divide(.multiply(a, c), d)) }
            if case .divide(let c, let d) = b { add("divided-first", .multiply(.divide(a, d), c)) }
        case .divide(let a, let b):
            add("multiplied", .multiply(a, b))
            add("undivided", a)
        }
        switch node {
        case .f32, .literal: break
        case .add(let a, let b):
            visit(a, { rebuild(.add($0, b)) }, &number, &all)
            visit(b, { rebuild(.add(a, $0)) }, &number, &all)
        case .subtract(let a, let b):
            visit(a, { rebuild(.subtract($0, b)) }, &number, &all)
            visit(b, { rebuild(.subtract(a, $0)) }, &number, &all)
        case .multiply(let a, let b):
            visit(a, { rebuild(.multiply($0, b)) }, &number, &all)
            visit(b, { rebuild(.multiply(a, $0)) }, &number, &all)
        case .divide(let a, let b):
            visit(a, { rebuild(.divide($0, b)) }, &number, &all)
            visit(b, { rebuild(.divide(a, $0)) }, &number, &all)
        }
    }
}
