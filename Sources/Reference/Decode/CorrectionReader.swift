import BlockSpec

/// Applies the stored outliers of a block to its decoded base.
struct CorrectionReader {
    private let rule: Correction
    private let index: Field
    private let count: Field?
    private let switching: Field?
    private let value: Arithmetic
    private let operands: [Field]

    /// Nil if the rule names a field that the format lacks.
    init?(_ rule: Correction, in format: BlockFormat) {
        guard let index = format.field(rule.index) else { return nil }
        self.rule = rule
        self.index = index
        count = rule.count.flatMap { format.field($0.field) }
        switching = rule.switching.flatMap { format.field($0.field) }
        value = Arithmetic(rule.value)
        operands = value.names.compactMap(format.field)
        guard operands.count == value.names.count else { return nil }
    }

    /// Slots in use, in slot order, act on `weights`; a count over the maximum is taken as the maximum, and a position
    /// outside the block is passed over.
    func apply(_ block: BlockBytes, to weights: UnsafeMutableBufferPointer<Float>) {
        let mode = mode(of: block)
        var seen: Set<Int> = []
        for slot in 0..<used(in: block) {
            let position = block.integer(index, slot)
            guard weights.indices.contains(position) else { continue }
            let isFirst = seen.insert(position).inserted
            if rule.duplicates == .first, !isFirst { continue }
            let correction = value.evaluate(operands.map { block.float($0, $0.count == 1 ? 0 : slot) })
            switch mode {
            case .replace: weights[position] = correction
            case .add: weights[position] = Strict.add(correction, weights[position])
            }
        }
    }

    private func used(in block: BlockBytes) -> Int {
        guard let limit = rule.count, let count else { return rule.slots }
        return min(block.integer(count) & limit.mask, limit.maximum)
    }

    private func mode(of block: BlockBytes) -> Correction.Mode {
        guard let rule = rule.switching, let switching, block.integer(switching) & rule.mask != 0 else { return self.rule.mode }
        return rule.whenSet
    }
}
