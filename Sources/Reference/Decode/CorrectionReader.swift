import HIFIBlockSpec

/// Applies the stored outliers of a block to its decoded base.
struct CorrectionReader {
    private let slots: OutlierSlots
    private let value: Arithmetic

    init(_ slots: OutlierSlots) {
        self.slots = slots
        value = Arithmetic(slots.rule.value)
    }

    /// Slots in use, in slot order, act on `weights`; a count over the maximum is taken as the maximum, and a position
    /// outside the block is passed over.
    func apply(_ block: BlockBytes, to weights: UnsafeMutableBufferPointer<Float>) {
        let mode = slots.mode { block.integer($0) }
        var seen: Set<Int> = []
        for slot in 0..<slots.used({ block.integer($0) }) {
            let position = block.integer(slots.index, slot)
            guard weights.indices.contains(position) else { continue }
            let isFirst = seen.insert(position).inserted
            if slots.rule.duplicates == .first, !isFirst { continue }
            let correction = value.evaluate(slots.operands.map { block.float($0, $0.count == 1 ? 0 : slot) })
            switch mode {
            case .replace: weights[position] = correction
            case .add: weights[position] = Strict.add(correction, weights[position])
            }
        }
    }
}
