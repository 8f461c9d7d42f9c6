import BlockSpec

/// The stored outliers of a block as terms of a product.
struct DotCorrections: Sendable {
    struct Term {
        let position: Int
        let value: Double
        /// The weight's base plays no part: it is left out of the integer sums.
        var replaces = false
        /// The base is subtracted here, once per term.
        var takesBaseOff = false
    }

    private let rule: Correction
    private let elements: Int
    private let index: Field
    private let count: Field?
    private let switching: Field?
    private let operands: [String: Field]

    /// Nil if the rule names a field that the format lacks.
    init?(_ rule: Correction, in format: BlockFormat) {
        guard let index = format.field(rule.index) else { return nil }
        self.rule = rule
        self.index = index
        elements = format.elements
        count = rule.count.flatMap { format.field($0.field) }
        switching = rule.switching.flatMap { format.field($0.field) }
        var operands: [String: Field] = [:]
        for name in rule.value.names {
            guard let field = format.field(name) else { return nil }
            operands[name] = field
        }
        self.operands = operands
    }

    /// The terms in slot order; positions outside the block are passed over.
    func terms(of block: BlockBytes, _ meaning: DotMeaning, activations: [Int], from start: Int) -> [Term] {
        var used = rule.slots
        if let limit = rule.count, let count { used = min(block.integer(count) & limit.mask, limit.maximum) }
        if meaning == .addFirstEight { used = min(8, rule.slots) }
        let slots = (0..<used).compactMap { slot -> Term? in
            let position = block.integer(index, slot)
            return position < elements ? Term(position: position, value: value(of: slot, in: block)) : nil
        }
        switch meaning {
        case .baseOnly: return []
        case .add, .addFirstEight: return slots
        case .addWhereActive: return slots.filter { abs(activations[start + $0.position]) > 4 }
        case .baseOffPerSlot: return slots.map { Term(position: $0.position, value: $0.value, takesBaseOff: true) }
        case .decoded: return decoded(slots, replacing: mode(of: block) == .replace)
        }
    }

    /// What the slots leave behind once all have acted in order.
    private func decoded(_ slots: [Term], replacing: Bool) -> [Term] {
        if replacing {
            var last: [Int: Double] = [:]
            for slot in slots where rule.duplicates == .each || last[slot.position] == nil { last[slot.position] = slot.value }
            return last.sorted { $0.key < $1.key }.map { Term(position: $0.key, value: $0.value, replaces: true) }
        }
        guard rule.duplicates == .first else { return slots }
        var seen: Set<Int> = []
        return slots.filter { seen.insert($0.position).inserted }
    }

    private func mode(of block: BlockBytes) -> Correction.Mode {
        guard let rule = rule.switching, let switching, block.integer(switching) & rule.mask != 0 else { return self.rule.mode }
        return rule.whenSet
    }

    private func value(of slot: Int, in block: BlockBytes) -> Double {
        AffineValue.evaluate(rule.value) { name in
            guard let field = operands[name] else { return AffineValue(constant: .nan) }
            return AffineValue(constant: Double(block.float(field, field.count == 1 ? 0 : slot)))
        }.constant
    }
}
