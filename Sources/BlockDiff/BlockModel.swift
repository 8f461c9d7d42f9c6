import HIFIBlockSpec
import HIFIReference
import Suite

/// One block taken apart: everything that its weights follow from, open to change.
///
/// Unchanged it gives what the reference gives. Explanations of a difference change one thing and compare.
struct BlockModel {
    let format: BlockFormat
    /// Code per weight; nil for a weight without one.
    var codes: [Int?]
    /// Where codes name entries of a grid: the grid, and the number of the entry per weight.
    var entries: (grid: String, numbers: [Int])?
    /// Per sub-block.
    var scales: [Int]
    var minimums: [Int]
    let scaleEvery: Int
    let minimumEvery: Int
    /// Scalar fields that the arithmetic reads, by name.
    var scalars: [String: Float]
    var value: Expression
    /// Outlier slots in use, in the order in which they act.
    var slots: [Slot]
    /// All slots of the block, in use or not.
    let allSlots: [Slot]
    var mode: Correction.Mode
    /// Of several slots at one position only the first acts.
    var firstOnly: Bool
    /// How the arithmetic is done.
    var style = ArithmeticStyle.declared
    /// A product that a slot adds is not rounded before.
    var fusesSlots = false
    /// Applied to every weight at the end.
    var finish: (@Sendable (Float) -> Float)?

    /// A stored outlier.
    struct Slot {
        let number: Int
        var position: Int
        var value: Float
        /// Where the value is a product: its factors.
        var factors: (Float, Float)?
    }

    /// The weight before outliers.
    func base(_ index: Int) -> Float {
        guard let code = codes[index] else { return 0 }
        let (s, m) = (index / scaleEvery, index / minimumEvery)
        let operands = ArithmeticStyle.Operands(
            code: Float(code), scale: s < scales.count ? Float(scales[s]) : 0, minimum: m < minimums.count ? Float(minimums[m]) : 0,
            fields: scalars)
        return style.evaluate(value, operands)
    }

    /// One weight.
    func weight(_ index: Int) -> Float {
        var result = base(index)
        for slot in slots where slot.position == index {
            if mode == .replace {
                result = slot.value
            } else if fusesSlots, let factors = slot.factors {
                result = result.addingProduct(factors.0, factors.1)
            } else {
                result = Strict.add(slot.value, result)
            }
            if firstOnly { break }
        }
        return finish.map { $0(result) } ?? result
    }

    /// What the block holds for one weight, a line per thing.
    func anatomy(of index: Int) -> [String] {
        var lines: [String] = []
        let scalarNames = value.names.filter { scalars[$0] != nil }
        var parts = scalarNames.compactMap { name in scalars[name].map { "\(name) = \($0) (0x\(Hex.text($0.bitPattern)) as fp32)" } }
        if value.names.contains("scale"), index / scaleEvery < scales.count {
            parts.append("scale[\(index / scaleEvery)] = \(scales[index / scaleEvery])")
        }
        if value.names.contains("min"), index / minimumEvery < minimums.count {
            parts.append("min[\(index / minimumEvery)] = \(minimums[index / minimumEvery])")
        }
        if value.names.contains("code") {
            let entry = entries.map { index < $0.numbers.count ? " from entry \($0.numbers[index]) of grid \($0.grid)" : "" } ?? ""
            parts.append(codes[index].map { "code[\(index)] = \($0)\(entry)" } ?? "no code for weight \(index)")
        }
        lines.append(parts.joined(separator: ", "))
        lines.append("\(value) = \(base(index))")
        for slot in allSlots where slot.position == index {
            let isUsed = slots.contains { $0.number == slot.number }
            let verb = !isUsed ? "is not in use" : mode == .replace ? "replaces" : "adds"
            lines.append("outlier slot \(slot.number) at \(slot.position): \(verb)\(isUsed ? " \(slot.value)" : "")")
        }
        return lines
    }
}

/// How an expression is computed.
enum ArithmeticStyle: Hashable {
    /// As declared: one rounding to fp32 per operation.
    case declared
    /// The last product of a sum or difference is not rounded before: a fused multiply-add.
    case fusedLast
    /// The first product is not rounded before.
    case fusedFirst
    /// In double, rounded to fp32 once at the end.
    case roundedOnce
    /// Every operation is rounded to fp16 as well.
    case half
    /// Scale and code are multiplied as integers, so that their product is never -0.
    case integers

    /// The numbers that an expression is computed from.
    struct Operands {
        var code: Float = 0
        var scale: Float = 0
        var minimum: Float = 0
        let fields: [String: Float]

        subscript(name: String) -> Float {
            switch name {
            case "code": code
            case "scale": scale
            case "min": minimum
            default: fields[name] ?? 0
            }
        }
    }

    func evaluate(_ expression: Expression, _ operands: Operands) -> Float {
        self == .roundedOnce ? Float(double(expression, operands)) : float(expression, operands)
    }

    private func float(_ expression: Expression, _ operands: Operands) -> Float {
        switch expression {
        case .f32(let name): return operands[name]
        case .literal(let value): return value
        case .add(let a, let b):
            if self == .fusedLast, case .multiply(let x, let y) = b {
                return float(a, operands).addingProduct(float(x, operands), float(y, operands))
            }
            if self == .fusedFirst, case .multiply(let x, let y) = a {
                return float(b, operands).addingProduct(float(x, operands), float(y, operands))
            }
            return rounded(Strict.add(float(a, operands), float(b, operands)))
        case .subtract(let a, let b):
            if self == .fusedLast, case .multiply(let x, let y) = b {
                return float(a, operands).addingProduct(-float(x, operands), float(y, operands))
            }
            if self == .fusedFirst, case .multiply(let x, let y) = a {
                return (-float(b, operands)).addingProduct(float(x, operands), float(y, operands))
            }
            return rounded(Strict.subtract(float(a, operands), float(b, operands)))
        case .multiply(.f32("scale"), .f32("code")) where self == .integers, .multiply(.f32("code"), .f32("scale")) where self == .integers:
            return operands.scale * operands.code + 0
        case .multiply(let a, let b): return rounded(Strict.multiply(float(a, operands), float(b, operands)))
        case .divide(let a, let b): return rounded(Strict.divide(float(a, operands), float(b, operands)))
        }
    }

    private func rounded(_ value: Float) -> Float { self == .half ? SmallFloats.float(half: SmallFloats.half(value)) : value }

    private func double(_ expression: Expression, _ operands: Operands) -> Double {
        switch expression {
        case .f32(let name): Double(operands[name])
        case .literal(let value): Double(value)
        case .add(let a, let b): double(a, operands) + double(b, operands)
        case .subtract(let a, let b): double(a, operands) - double(b, operands)
        case .multiply(let a, let b): double(a, operands) * double(b, operands)
        case .divide(let a, let b): double(a, operands) / double(b, operands)
        }
    }
}
