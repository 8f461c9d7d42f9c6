import HIFIBlockSpec

/// Encodes a block as a base and outliers, as the format declares.
struct OutlierEncoder: Sendable {
    let rule: OutlierEncoding
    let count: Int
    private let billions: Float
    private let base: any BaseEncoder
    private let packer: BlockPacker
    /// Decodes the base alone; for rules that store residuals.
    private let baseDecoder: ReferenceDecoder?
    private let baseBytes: Int
    private let slots: Int
    private let index: Field
    private let values: Field
    private let scale: Field?
    private let countField: Field?
    /// Whether the base has no codes for the chosen weights.
    private let isSparse: Bool

    /// Nil for a format without outliers.
    init?(_ format: BlockFormat, _ rule: OutlierEncoding, count: Int, billions: Float?, base: any BaseEncoder, packer: BlockPacker) {
        guard let outliers = format.outliers else { return nil }
        self.rule = rule
        self.count = count
        self.billions = billions ?? rule.variesFor.map { Float($0) } ?? 0
        self.base = base
        self.packer = packer
        index = outliers.index
        values = outliers.values
        slots = index.count
        scale = outliers.scale
        // A rule without importances may state a count where that with them states none.
        countField = rule.count.map(format.declared)
        let baseFormat = format.base.flatMap { Spec.format($0) }
        baseBytes = baseFormat?.bytes ?? 0
        baseDecoder = baseFormat.flatMap { try? ReferenceDecoder($0) }
        isSparse = format.decoding?.code?.skipping != nil
    }

    /// - Parameter block: zeroed bytes of one block.
    func encode(
        _ x: UnsafeBufferPointer<Float>, importance: UnsafeBufferPointer<Float>?, into content: inout BlockContent,
        block: UnsafeMutableRawBufferPointer
    ) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * x.count) { scratch in
            let scores = scratch.group(0, x.count)
            let work = scratch.group(x.count, x.count)
            let wanted = wanted(importance)
            switch rule.choice {
            case .magnitude:
                for i in x.indices { scores[i] = weighted(abs(x[i]), importance, i) }
                let chosen = choose(wanted, scores)
                _ = work.update(fromContentsOf: x)
                for position in chosen { work[position] = 0 }
                encodeBase(.init(work), importance, chosen, &content, block)
                let residuals = residuals(of: x, over: block, work)
                store(chosen, x, residuals, importance, block)
            case .residual, .residualByMagnitude:
                encodeBase(x, importance, [], &content, block)
                let residuals = residuals(of: x, over: block, work)
                for i in x.indices {
                    scores[i] = weighted(abs(residuals[i]), importance, i)
                    if case .residualByMagnitude = rule.choice { scores[i] *= 1 + 0.5 * abs(x[i]) }
                }
                store(choose(wanted, scores), x, residuals, importance, block)
            }
        }
    }

    private func wanted(_ importance: UnsafeBufferPointer<Float>?) -> Int {
        guard rule.variesFor != nil, let importance else { return count }
        return OutlierBudget.perBlock(base: count, importance: OutlierBudget.blockImportance(importance), billions: billions)
    }

    @inline(__always)
    private func weighted(_ score: Float, _ importance: UnsafeBufferPointer<Float>?, _ i: Int) -> Float {
        guard rule.scoredByImportance, let importance else { return score }
        return score * importance[i]
    }

    private func choose(_ wanted: Int, _ scores: UnsafeMutableBufferPointer<Float>) -> [Int] {
        let chosen = OutlierChooser.choose(
            wanted, by: scores, stopsAtZero: rule.stopsAtZero, passesOverNaN: rule.passesOverNaN)
        return rule.order == .position ? chosen.sorted() : chosen
    }

    private func encodeBase(
        _ x: UnsafeBufferPointer<Float>, _ importance: UnsafeBufferPointer<Float>?, _ chosen: [Int], _ content: inout BlockContent,
        _ block: UnsafeMutableRawBufferPointer
    ) {
        if isSparse {
            SparseThreeBit.encode(x, outliers: chosen, into: &content)
        } else if rule.guidance != .plain, let importance, count > 0 {
            let guidance = Guidance.searched(importance: rule.guidance == .weighted ? importance : nil)
            base.encode(x, guidance: guidance, meanSquareOfRow: 0, into: &content)
        } else {
            base.encode(x, guidance: .plain, meanSquareOfRow: 0, into: &content)
        }
        packer.write(content, to: block)
    }

    /// x − decoded base, for rules that need it; `work` is overwritten.
    private func residuals(
        of x: UnsafeBufferPointer<Float>, over block: UnsafeMutableRawBufferPointer, _ work: UnsafeMutableBufferPointer<Float>
    ) -> UnsafeMutableBufferPointer<Float> {
        if case .weight = rule.stored { return work }
        try? baseDecoder?.decode(UnsafeRawBufferPointer(rebasing: block[0..<baseBytes]), into: work)
        for i in x.indices { work[i] = x[i] - work[i] }
        return work
    }

    private func store(
        _ chosen: [Int], _ x: UnsafeBufferPointer<Float>, _ residuals: UnsafeMutableBufferPointer<Float>,
        _ importance: UnsafeBufferPointer<Float>?, _ block: UnsafeMutableRawBufferPointer
    ) {
        var stored = chosen
        switch rule.stored {
        case .weight:
            for (slot, position) in chosen.enumerated() { FieldWriter.write(x[position], to: values, slot, in: block) }
        case .residual:
            for (slot, position) in chosen.enumerated() { FieldWriter.write(residuals[position], to: values, slot, in: block) }
        case .dividedBytes, .wholeBytes, .significantBytes:
            stored = storeBytes(chosen, x, residuals, importance, block)
        }
        if let countField { FieldWriter.write(stored.count | rule.countFlag, to: countField, in: block) }
        let empty = stored.isEmpty ? rule.unusedWithoutOutliers : rule.unused
        for slot in 0..<slots { FieldWriter.write(slot < stored.count ? stored[slot] : empty, to: index, slot, in: block) }
    }

    /// Returns the positions to store, one per slot in use.
    private func storeBytes(
        _ chosen: [Int], _ x: UnsafeBufferPointer<Float>, _ residuals: UnsafeMutableBufferPointer<Float>,
        _ importance: UnsafeBufferPointer<Float>?, _ block: UnsafeMutableRawBufferPointer
    ) -> [Int] {
        guard let scale else { return [] }
        var largest: Float = 0
        for position in chosen where abs(residuals[position]) > largest { largest = abs(residuals[position]) }
        switch rule.stored {
        case .weight, .residual: return []
        case .dividedBytes:
            guard largest > 0 else { return chosen.map { _ in 0 } }
            let step = largest / 127
            FieldWriter.write(step, to: scale, in: block)
            for (slot, position) in chosen.enumerated() {
                let byte = Rounding.clamp(Rounding.awayFromZero(residuals[position] / step), -127, 127)
                FieldWriter.write(Int(byte), to: values, slot, in: block)
            }
            return chosen
        case .wholeBytes:
            if largest < 1e-10 { largest = 1e-10 }
        case .significantBytes:
            if importance != nil, isNegligible(chosen.map { residuals[$0] }, largest, x) { return [] }
            if largest == 0 { largest = 1e-8 }
        }
        FieldWriter.write(largest, to: scale, in: block)
        for (slot, position) in chosen.enumerated() {
            let byte = Rounding.awayFromZero(residuals[position] / largest * 127)
            FieldWriter.write(Int(byte), to: values, slot, in: block)
        }
        return chosen
    }

    /// Q5_K_HIFI_RES8 keeps no residuals where the largest is small against the spread of the block, or fewer than three
    /// exceed a tenth of it (QUANT-14).
    private func isNegligible(_ residuals: [Float], _ largest: Float, _ x: UnsafeBufferPointer<Float>) -> Bool {
        var mean: Float = 0
        for value in x { mean += value }
        mean /= Float(x.count)
        var variance: Float = 0
        for value in x { variance += (value - mean) * (value - mean) }
        let deviation = (variance / Float(x.count)).squareRoot()
        let share = Spec.quantizer.negligibleResidualShare(billions: billions)
        let significant = residuals.count { abs($0) > 0.1 * largest }
        return largest < share * deviation || significant < 3
    }
}
