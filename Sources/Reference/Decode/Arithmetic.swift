import HIFIBlockSpec

/// An `Expression` laid out for repeated evaluation: operands first, operator after (postfix).
struct Arithmetic {
    private enum Step {
        case load(Int)
        case literal(Float)
        case add, subtract, multiply, divide
    }

    private var steps: [Step] = []
    /// The names that `evaluate` expects values for, in this order.
    let names: [String]

    init(_ expression: Expression) {
        names = expression.names
        append(expression)
    }

    private mutating func append(_ expression: Expression) {
        switch expression {
        case .f32(let name): steps.append(.load(names.firstIndex(of: name) ?? 0))
        case .literal(let value): steps.append(.literal(value))
        case .add(let a, let b): append(a, b, .add)
        case .subtract(let a, let b): append(a, b, .subtract)
        case .multiply(let a, let b): append(a, b, .multiply)
        case .divide(let a, let b): append(a, b, .divide)
        }
    }

    private mutating func append(_ a: Expression, _ b: Expression, _ operation: Step) {
        append(a)
        append(b)
        steps.append(operation)
    }

    /// The value for these operands, one per name.
    func evaluate(_ operands: [Float]) -> Float {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: steps.count) { stack in
            var depth = 0
            for step in steps {
                switch step {
                case .load(let index):
                    stack[depth] = operands[index]
                    depth += 1
                    continue
                case .literal(let value):
                    stack[depth] = value
                    depth += 1
                    continue
                case .add: stack[depth - 2] = Strict.add(stack[depth - 2], stack[depth - 1])
                case .subtract: stack[depth - 2] = Strict.subtract(stack[depth - 2], stack[depth - 1])
                case .multiply: stack[depth - 2] = Strict.multiply(stack[depth - 2], stack[depth - 1])
                case .divide: stack[depth - 2] = Strict.divide(stack[depth - 2], stack[depth - 1])
                }
                depth -= 1
            }
            return stack[0]
        }
    }
}
