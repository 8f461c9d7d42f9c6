/// Arithmetic and conditions over the hyper-parameters of a model, as `architectures/` writes them: `heads*head_size`,
/// `layer < leading_dense and experts > 0`.
///
/// All values are whole numbers; a condition is 1 where it holds, else 0. Divisions round down.
public indirect enum Formula: Sendable, Hashable {
    case number(Int)
    /// A hyper-parameter by name: its value in the first layer, where a file gives one for each.
    case parameter(String)
    /// `name[layer]`: its value in the layer that the tensor belongs to.
    case inLayer(String)
    /// The number of the layer that the tensor belongs to.
    case layer
    /// `has(name)`: the file holds a tensor of that name, `{layer}` standing for the tensor's layer.
    case has(String)
    /// `rows(name)`: the second dimension of that tensor; 0 where there is none.
    case rows(String)
    /// `name is word`: a key that holds text has that value.
    case text(String, String)
    case binary(Operator, Formula, Formula)
    /// `condition ? a : b`.
    case choice(Formula, Formula, Formula)

    /// What stands between two operands, from the tightest to the loosest.
    public enum Operator: String, Sendable, Hashable, CaseIterable {
        case product = "*"
        case quotient = "/"
        case remainder = "%"
        case sum = "+"
        case difference = "-"
        case less = "<"
        case atMost = "<="
        case greater = ">"
        case atLeast = ">="
        case equal = "=="
        case notEqual = "!="
        case and = "and"
        case or = "or"

        /// Higher binds tighter.
        public var precedence: Int {
            switch self {
            case .product, .quotient, .remainder: 5
            case .sum, .difference: 4
            case .less, .atMost, .greater, .atLeast, .equal, .notEqual: 3
            case .and: 2
            case .or: 1
            }
        }
    }

    /// The names of the hyper-parameters that it reads, each once, in order of first use.
    public var parameters: [String] {
        var names: [String] = []
        visit { formula in
            switch formula {
            case .parameter(let name), .inLayer(let name), .text(let name, _): if !names.contains(name) { names.append(name) }
            default: break
            }
        }
        return names
    }

    /// Whether the value depends on the tensor's layer.
    public var usesLayer: Bool {
        var found = false
        visit { formula in
            switch formula {
            case .layer, .inLayer: found = true
            default: break
            }
        }
        return found
    }

    private func visit(_ body: (Formula) -> Void) {
        body(self)
        switch self {
        case .number, .parameter, .inLayer, .layer, .has, .rows, .text: break
        case .binary(_, let a, let b):
            a.visit(body)
            b.visit(body)
        case .choice(let condition, let a, let b):
            condition.visit(body)
            a.visit(body)
            b.visit(body)
        }
    }
}

/// What formulas are evaluated against: the hyper-parameters of a model and the tensors of its file.
public protocol FormulaValues {
    /// The value of a hyper-parameter in a layer; 0 where neither the file nor a fallback gives one, nil where it cannot be told.
    func value(of parameter: String, in layer: Int) -> Int?
    /// The text of a key; nil where there is none.
    func text(of parameter: String) -> String?
    /// Whether there is a tensor of that name.
    func hasTensor(_ name: String) -> Bool
    /// Its second dimension.
    func rows(ofTensor name: String) -> Int?
}

extension Formula {
    /// The value for a layer (0 for tensors outside the layers).
    ///
    /// - Parameters:
    ///   - values: what names stand for.
    ///   - layer: the layer that `layer` in the formula stands for.
    ///   - plain: the layer whose values plain names stand for, the first as a rule.
    /// - Returns: nil where a value cannot be told, on overflow and on division by zero.
    public func value(_ values: some FormulaValues, layer: Int = 0, plain: Int = 0) -> Int? {
        switch self {
        case .number(let number): return number
        case .parameter(let name): return values.value(of: name, in: plain)
        case .inLayer(let name): return values.value(of: name, in: layer)
        case .layer: return layer
        case .has(let name): return values.hasTensor(TensorTemplate.name(name, layer: layer)) ? 1 : 0
        case .rows(let name): return values.rows(ofTensor: TensorTemplate.name(name, layer: layer)) ?? 0
        case .text(let name, let word): return values.text(of: name) == word ? 1 : 0
        case .choice(let condition, let a, let b):
            guard let holds = condition.value(values, layer: layer, plain: plain) else { return nil }
            return (holds != 0 ? a : b).value(values, layer: layer, plain: plain)
        case .binary(let sign, let a, let b):
            guard let first = a.value(values, layer: layer, plain: plain) else { return nil }
            // Both are decided by the first operand alone, where it decides.
            if sign == .and, first == 0 { return 0 }
            if sign == .or, first != 0 { return 1 }
            guard let second = b.value(values, layer: layer, plain: plain) else { return nil }
            return sign.apply(first, second)
        }
    }

    /// Whether it holds as a condition; a condition that cannot be told does not.
    public func holds(_ values: some FormulaValues, layer: Int = 0) -> Bool { value(values, layer: layer) ?? 0 != 0 }
}

extension Formula.Operator {
    func apply(_ a: Int, _ b: Int) -> Int? {
        func checked(_ result: (partialValue: Int, overflow: Bool)) -> Int? { result.overflow ? nil : result.partialValue }
        switch self {
        case .product: return checked(a.multipliedReportingOverflow(by: b))
        case .quotient: return checked(a.dividedReportingOverflow(by: b))
        case .remainder: return checked(a.remainderReportingOverflow(dividingBy: b))
        case .sum: return checked(a.addingReportingOverflow(b))
        case .difference: return checked(a.subtractingReportingOverflow(b))
        case .less: return a < b ? 1 : 0
        case .atMost: return a <= b ? 1 : 0
        case .greater: return a > b ? 1 : 0
        case .atLeast: return a >= b ? 1 : 0
        case .equal: return a == b ? 1 : 0
        case .notEqual: return a != b ? 1 : 0
        case .and: return a != 0 && b != 0 ? 1 : 0
        case .or: return a != 0 || b != 0 ? 1 : 0
        }
    }
}

extension Formula: CustomStringConvertible {
    /// The source form, with no more brackets than needed.
    public var description: String { text(above: 0) }

    private func text(above outer: Int) -> String {
        switch self {
        case .number(let number): return "\(number)"
        case .parameter(let name): return name
        case .inLayer(let name): return "\(name)[layer]"
        case .layer: return "layer"
        case .has(let name): return "has(\(name))"
        case .rows(let name): return "rows(\(name))"
        case .text(let name, let word): return "\(name) is \(word)"
        case .choice(let condition, let a, let b):
            let inner = "\(condition.text(above: 1)) ? \(a.text(above: 1)) : \(b.text(above: 1))"
            return outer > 0 ? "(\(inner))" : inner
        case .binary(let sign, let a, let b):
            let word = sign.precedence == 5 ? sign.rawValue : " \(sign.rawValue) "
            let inner = a.text(above: sign.precedence - 1) + word + b.text(above: sign.precedence)
            return outer >= sign.precedence ? "(\(inner))" : inner
        }
    }
}
