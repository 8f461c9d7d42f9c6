import BlockSpec
import Reference

/// One block taken apart: everything that its weights follow from, open to change.
///
/// Unchanged it gives what the reference gives. Explanations of a difference change one thing and compare.
struct BlockModel {
    let format: BlockFormat
    /// Code per weight; nil for a weight without one.
    var codes: [Int?]
    /// Per sub-block.
    var scales: [Int]
    var minimums: [Int]
    let scaleEvery: Int
    let minimumEvery: Int
    /// Scalar fields of the block by name.
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
    /// Applied to every weight at the end.
    var finish: @Sendable (Float) -> Float = { $0 }

    /// A stored outlier.
    struct Slot: Hashable {
        let number: Int
        var position: Int
        var value: Float
    }

    /// Nil for a format that cannot be decoded, or bytes that are not one block.
    init?(_ format: BlockFormat, _ bytes: [UInt8]) { self.init(format, format.decoding, bytes) }

    /// With another decoding than the format's own.
    init?(_ format: BlockFormat, _ decoding: Decoding?, _ bytes: [UInt8]) {
        guard let decoding, bytes.count == format.bytes else { return nil }
        self.format = format
        value = decoding.value
        scales = decoding.scale.map { PlaneBits.values($0, format, bytes) } ?? []
        minimums = decoding.minimum.map { PlaneBits.values($0, format, bytes) } ?? []
        scaleEvery = max(1, decoding.scale?.every ?? 1)
        minimumEvery = max(1, decoding.minimum?.every ?? 1)
        codes = Self.codes(format, decoding.code, bytes)
        scalars = [:]
        for field in format.fields where field.count == 1 { scalars[field.name] = PlaneBits.scalar(field, 0, bytes) }
        allSlots = decoding.correction.map { Self.slots($0, format, bytes) } ?? []
        slots = decoding.correction.map { Array(Self.slots($0, format, bytes).prefix(Self.used($0, format, bytes))) } ?? []
        firstOnly = decoding.correction?.duplicates == .first
        mode = decoding.correction.map { Self.mode($0, format, bytes) } ?? .replace
    }

    private static func codes(_ format: BlockFormat, _ rule: IndexedInteger?, _ bytes: [UInt8]) -> [Int?] {
        guard let rule else { return [Int?](repeating: 0, count: format.elements) }
        let values = PlaneBits.values(rule, format, bytes)
        let field = rule.skipping.flatMap(format.field)
        let skipped = Set(field.map { field in (0..<field.count).compactMap { PlaneBits.integer(field, $0, bytes) } } ?? [])
        var rank = 0
        return (0..<format.elements).map { position in
            guard !skipped.contains(position), rank < values.count else { return nil }
            rank += 1
            return values[rank - 1]
        }
    }

    private static func slots(_ rule: Correction, _ format: BlockFormat, _ bytes: [UInt8]) -> [Slot] {
        guard let index = format.field(rule.index) else { return [] }
        let names = rule.value.names
        return (0..<rule.slots).compactMap { slot in
            guard let position = PlaneBits.integer(index, slot, bytes) else { return nil }
            var operands: [String: Float] = [:]
            for name in names {
                guard let field = format.field(name) else { return nil }
                operands[name] = PlaneBits.scalar(field, field.count == 1 ? 0 : slot, bytes)
            }
            return Slot(number: slot, position: position, value: ArithmeticStyle.declared.evaluate(rule.value) { operands[$0] ?? 0 })
        }
    }

    private static func used(_ rule: Correction, _ format: BlockFormat, _ bytes: [UInt8]) -> Int {
        guard let limit = rule.count, let field = format.field(limit.field), let count = PlaneBits.integer(field, 0, bytes) else { return rule.slots }
        return min(count & limit.mask, limit.maximum)
    }

    private static func mode(_ rule: Correction, _ format: BlockFormat, _ bytes: [UInt8]) -> Correction.Mode {
        guard let bit = rule.switching, let field = format.field(bit.field), let flags = PlaneBits.integer(field, 0, bytes) else { return rule.mode }
        return flags & bit.mask != 0 ? bit.whenSet : rule.mode
    }

    /// The weight before outliers.
    func base(_ index: Int) -> Float {
        guard let code = codes[index] else { return 0 }
        return style.evaluate(value) { name in
            switch name {
            case "code": Float(code)
            case "scale": Float(index / scaleEvery < scales.count ? scales[index / scaleEvery] : 0)
            case "min": Float(index / minimumEvery < minimums.count ? minimums[index / minimumEvery] : 0)
            default: scalars[name] ?? 0
            }
        }
    }

    /// One weight.
    func weight(_ index: Int) -> Float {
        var result = base(index)
        for slot in slots where slot.position == index {
            result = mode == .replace ? slot.value : Strict.add(slot.value, result)
            if firstOnly { break }
        }
        return finish(result)
    }

    /// What the block holds for one weight, a line per thing.
    func anatomy(of index: Int) -> [String] {
        var lines: [String] = []
        let scalarNames = value.names.filter { scalars[$0] != nil }
        var parts = scalarNames.compactMap { name in scalars[name].map { "\(name) = \($0) (0x\(Hex.text($0.bitPattern)) as fp32)" } }
        if value.names.contains("scale"), index / scaleEvery < scales.count { parts.append("scale[\(index / scaleEvery)] = \(scales[index / scaleEvery])") }
        if value.names.contains("min"), index / minimumEvery < minimums.count {
            parts.append("min[\(index / minimumEvery)] = \(minimums[index / minimumEvery])")
        }
        if value.names.contains("code") { parts.append(codes[index].map { "code[\(index)] = \($0)" } ?? "no code for weight \(index)") }
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

    func evaluate(_ expression: Expression, _ operand: (String) -> Float) -> Float {
        self == .roundedOnce ? Float(double(expression, operand)) : float(expression, operand)
    }

    private func float(_ expression: Expression, _ operand: (String) -> Float) -> Float {
        switch expression {
        case .f32(let name): return operand(name)
        case .literal(let value): return value
        case .add(let a, let b):
            if self == .fusedLast, case .multiply(let x, let y) = b { return float(a, operand).addingProduct(float(x, operand), float(y, operand)) }
            if self == .fusedFirst, case .multiply(let x, let y) = a { return float(b, operand).addingProduct(float(x, operand), float(y, operand)) }
            return rounded(Strict.add(float(a, operand), float(b, operand)))
        case .subtract(let a, let b):
            if self == .fusedLast, case .multiply(let x, let y) = b { return float(a, operand).addingProduct(-float(x, operand), float(y, operand)) }
            if self == .fusedFirst, case .multiply(let x, let y) = a { return (-float(b, operand)).addingProduct(float(x, operand), float(y, operand)) }
            return rounded(Strict.subtract(float(a, operand), float(b, operand)))
        case .multiply(let a, let b): return rounded(Strict.multiply(float(a, operand), float(b, operand)))
        case .divide(let a, let b): return rounded(Strict.divide(float(a, operand), float(b, operand)))
        }
    }

    private func rounded(_ value: Float) -> Float { self == .half ? SmallFloats.float(half: SmallFloats.half(value)) : value }

    private func double(_ expression: Expression, _ operand: (String) -> Float) -> Double {
        switch expression {
        case .f32(let name): Double(operand(name))
        case .literal(let value): Double(value)
        case .add(let a, let b): double(a, operand) + double(b, operand)
        case .subtract(let a, let b): double(a, operand) - double(b, operand)
        case .multiply(let a, let b): double(a, operand) * double(b, operand)
        case .divide(let a, let b): double(a, operand) / double(b, operand)
        }
    }
}
