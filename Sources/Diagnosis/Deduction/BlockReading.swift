import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// What a decoder reads from a block before it calculates: an integer of each kind for each weight, and the scalars.
struct BlockReading: Sendable {
    let draft: BlockDraft
    /// By weight, as numbers: a mistaken reader may make halves of them.
    var code: [Float]
    var scale: [Float]
    var minimum: [Float]
    /// In the order of the formula.
    var fields: [Float]

    subscript(_ part: DecodingMistakeMaker.Part) -> [Float] {
        get {
            switch part {
            case .code: code
            case .scale: scale
            case .minimum: minimum
            }
        }
        set {
            switch part {
            case .code: code = newValue
            case .scale: scale = newValue
            case .minimum: minimum = newValue
            }
        }
    }

    func numbers(_ weight: Int) -> Formula.Numbers {
        Formula.Numbers(code: code[weight], scale: scale[weight], minimum: minimum[weight], fields: fields)
    }
}

/// How blocks of a format are read and calculated, in two steps, so that either can be done wrongly.
struct BlockReader: Sendable {
    let format: BlockFormat
    let layout: BlockLayout
    let decoding: Decoding
    let formula: Formula
    let fields: [Field]

    /// Nil for formats whose weights are no function of integers at fixed places.
    init?(_ format: BlockFormat) {
        guard let decoding = format.decoding, format.elements > 1, let code = decoding.code, code.skipping == nil else { return nil }
        self.format = format
        self.decoding = decoding
        layout = BlockLayout.of(format)
        let names = decoding.value.names.filter { !["code", "scale", "min"].contains($0) }
        fields = names.compactMap(format.field)
        guard fields.count == names.count, fields.allSatisfy({ $0.count == 1 }) else { return nil }
        formula = Formula(decoding.value, fields: names)
    }

    func part(_ part: DecodingMistakeMaker.Part) -> BlockLayout.Part? {
        switch part {
        case .code: layout.code
        case .scale: layout.scale
        case .minimum: layout.minimum
        }
    }

    /// Weights that share an integer.
    func every(_ part: DecodingMistakeMaker.Part) -> Int { part == .code ? 1 : max(1, self.part(part)?.rule.every ?? 1) }

    /// The raw form of integer `index`.
    static func raw(_ draft: BlockDraft, _ part: DecodingMistakeMaker.Part, _ index: Int) -> Int {
        DecodingMistakeMaker.get(draft, part, index)
    }

    func read(_ draft: BlockDraft) -> BlockReading {
        func values(_ part: DecodingMistakeMaker.Part) -> [Float] {
            guard let own = self.part(part) else { return [Float](repeating: 0, count: format.elements) }
            let every = every(part)
            let each = (0..<own.count).map { Float(own.value(Self.raw(draft, part, $0), at: $0)) }
            return (0..<format.elements).map { each[$0 / every] }
        }
        return BlockReading(
            draft: draft, code: values(.code), scale: values(.scale), minimum: values(.minimum),
            fields: fields.map { SlotFaults.float(draft, $0, 0) })
    }

    /// Weights before outliers.
    func base(_ reading: BlockReading, _ formula: Formula? = nil) -> [Float] {
        let formula = formula ?? self.formula
        var numbers = Formula.Numbers(fields: reading.fields)
        return (0..<format.elements).map { weight in
            numbers.code = reading.code[weight]
            numbers.scale = reading.scale[weight]
            numbers.minimum = reading.minimum[weight]
            return formula.evaluate(numbers)
        }
    }

    /// Weights with their outliers.
    func weights(_ reading: BlockReading, _ formula: Formula? = nil) -> [Float] {
        var weights = base(reading, formula)
        SlotFaults().apply(reading.draft, &weights)
        return weights
    }

    /// Where outliers act, whose weights say nothing of the rest.
    func covered(_ draft: BlockDraft) -> [Bool] {
        var covered = [Bool](repeating: false, count: format.elements)
        guard let slots = draft.slots else { return covered }
        for slot in 0..<slots.number {
            let position = Int(draft.bits(slots.index, slot))
            if position < covered.count { covered[position] = true }
        }
        return covered
    }

    /// The blocks of a row.
    func drafts(_ blocks: [UInt8]) -> [BlockDraft] {
        stride(from: 0, to: blocks.count - format.bytes + 1, by: format.bytes).map {
            BlockDraft(format, bytes: Array(blocks[$0..<$0 + format.bytes]))
        }
    }

    /// Where a bit of a block lies: `bit 3 of qs[17]`.
    func place(_ bit: Int) -> String {
        let byte = bit / 8
        guard let field = format.fields.last(where: { $0.parts.isEmpty && $0.range.contains(byte) }) else {
            return "bit \(bit % 8) of byte \(byte)"
        }
        let size = field.type.bytes
        let inside = byte - field.offset
        let name = field.count > 1 ? "\(field.name)[\(inside / size)]" : field.name
        return "bit \(bit - 8 * (field.offset + inside / size * size)) of \(name)"
    }
}
