import HIFIBlockSpec

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

    private let slots: OutlierSlots
    private let elements: Int

    init(_ slots: OutlierSlots, elements: Int) { (self.slots, self.elements) = (slots, elements) }

    /// The terms in slot order; positions outside the block are passed over.
    func terms(of block: BlockBytes, _ meaning: DotMeaning, activations: [Int], from start: Int) -> [Term] {
        let used = meaning == .addFirstEight ? min(8, slots.number) : slots.used { block.integer($0) }
        let listed = (0..<used).compactMap { slot -> Term? in
            let position = block.integer(slots.index, slot)
            return position < elements ? Term(position: position, value: value(of: slot, in: block)) : nil
        }
        switch meaning {
        case .baseOnly: return []
        case .add, .addFirstEight: return listed
        case .addWhereActive: return listed.filter { abs(activations[start + $0.position]) > 4 }
        case .baseOffPerSlot: return listed.map { Term(position: $0.position, value: $0.value, takesBaseOff: true) }
        case .decoded: return decoded(listed, replacing: slots.mode { block.integer($0) } == .replace)
        }
    }

    /// What the slots leave behind once all have acted in order.
    private func decoded(_ terms: [Term], replacing: Bool) -> [Term] {
        if replacing {
            var last: [Int: Double] = [:]
            for slot in terms where slots.rule.duplicates == .each || last[slot.position] == nil { last[slot.position] = slot.value }
            return last.sorted { $0.key < $1.key }.map { Term(position: $0.key, value: $0.value, replaces: true) }
        }
        guard slots.rule.duplicates == .first else { return terms }
        var seen: Set<Int> = []
        return terms.filter { seen.insert($0.position).inserted }
    }

    private func value(of slot: Int, in block: BlockBytes) -> Double {
        AffineValue.evaluate(slots.rule.value) { name in
            guard let field = slots.operands.first(where: { $0.name == name }) else { return AffineValue(constant: .nan) }
            return AffineValue(constant: Double(block.float(field, field.count == 1 ? 0 : slot)))
        }.constant
    }
}
