import HIFIBlockSpec
import HIFIReference
import Suite

/// Mistakes about what stands in front of a row and holds for all its blocks.
extension Hypothesis {
    /// Every row is decoded with the header of another row, or without its scale. Nothing for formats without row headers.
    static func rows(_ format: BlockFormat, _ array: BlockArray) -> [Hypothesis] {
        guard let rows = array.rows, rows.headerBytes > 0, let anatomist = BlockAnatomist(format) else { return [] }
        func other(_ id: String, _ sentence: String, _ row: @escaping (Int) -> Int) -> Hypothesis {
            Hypothesis(id, sentence) { context in
                let own = context.index / rows.blocks
                guard row(own) != own, let block = context.array.block(row(own) * rows.blocks) else {
                    return context.model.map(Prediction.model)
                }
                return anatomist.model(Array(block.prefix(rows.headerBytes)) + context.bytes.dropFirst(rows.headerBytes)).map(
                    Prediction.model)
            }
        }
        let scales = headerFields(format, rows)
        return [
            other("row-first", "every row is decoded with the header of the first row") { _ in 0 },
            other("row-before", "every row is decoded with the header of the row before it") { max(0, $0 - 1) },
            other("row-after", "every row is decoded with the header of the row after it") { $0 + 1 },
        ]
            + scales.map { field in
                .change("row-scale", "\(field.name) of the row is taken for 1", field: field.name) { $0.scalars[field.name] = 1 }
            }
    }

    /// One number of this row's header read as another, which shows in all blocks of the row.
    ///
    /// - Parameters:
    ///   - actual: the bits of the weights of one of the row's blocks as they came.
    ///   - order: all weights of that block, the differing ones first.
    static func thisRow(_ context: BlockContext, actual: [UInt32], order: [Int]) -> [Hypothesis] {
        guard let rows = context.array.rows, rows.headerBytes > 0, let model = context.model else { return [] }
        let row = context.index / rows.blocks
        return headerFields(context.format, rows).flatMap { field -> [Hypothesis] in
            guard let own = model.scalars[field.name] else { return [] }
            return candidates(field, own, model, actual, order).map { value in
                .change(
                    "row-scale", "\(field.name) of row \(row) is \(value.text) instead of \(own)", field: field.name, isGeneral: false
                ) {
                    $0.scalars[field.name] = value.number
                }
            }
        }
    }

    /// The numbers of the header that weights are computed from.
    private static func headerFields(_ format: BlockFormat, _ rows: BlockArray.Rows) -> [Field] {
        (format.decoding?.value.names ?? []).compactMap(format.field).filter {
            $0.offset < rows.headerBytes && $0.count == 1 && $0.type.canBeNonFinite
        }
    }

    /// Other values of a scalar that give the first weights of a block.
    private static func candidates(
        _ field: Field, _ own: Float, _ model: BlockModel, _ actual: [UInt32], _ order: [Int]
    ) -> [(number: Float, text: String)] {
        var trial = model
        func gives(_ value: Float) -> Bool {
            trial.scalars[field.name] = value
            guard let first = order.first, trial.weight(first).bitPattern == actual[first] else { return false }
            return Prediction.model(trial).gives(actual, order: order)
        }
        if field.type == .f16 {
            return (0...UInt16.max).map { SmallFloats.float(half: $0) }.filter { $0.bitPattern != own.bitPattern && gives($0) }.prefix(1)
                .map {
                    ($0, "\($0)")
                }
        }
        // Weights are in proportion to the scale, but for rounding: a few neighbours of the quotient are tried.
        guard let first = order.first(where: { abs(model.weight($0)) > 0 && model.weight($0).isFinite }) else { return [] }
        let quotient = own * (Float(bitPattern: actual[first]) / model.weight(first))
        guard quotient.isFinite else { return [] }
        var (below, above) = (quotient, quotient)
        var near = [quotient]
        for _ in 0..<16 {
            (below, above) = (below.nextDown, above.nextUp)
            near += [below, above]
        }
        return near.filter { $0.bitPattern != own.bitPattern && gives($0) }.prefix(1).map { ($0, "\($0)") }
    }
}
