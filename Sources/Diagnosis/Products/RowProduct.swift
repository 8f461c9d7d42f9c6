import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// A row of weights and one of activations, taken apart.
struct RowProduct {
    /// By weight: without its minimum, and what the minimum takes away.
    let scaled: [Double]
    let minimum: [Double]
    /// By weight: what one more in its code is worth.
    let unit: [Double]
    /// By weight: whether an outlier acts on it, and the weight under the outlier.
    let isOutlier: [Bool]
    let base: [Double]
    /// By weight.
    let code: [Int]
    /// By block of activations, and the bytes of the row.
    let scales: [Double]
    let activations: [UInt8]
    /// The scalar `d`, or the only one, by block of weights; empty where there is none.
    let d: [Double]
    let activation: BlockFormat
    let format: BlockFormat

    var weights: [Double] { scaled.indices.map { scaled[$0] + minimum[$0] } }

    init?(_ reader: BlockReader, _ activation: BlockFormat, _ blocks: [UInt8], _ activations: [UInt8]) {
        guard let field = activation.field("d"), let codes = activation.field("qs") else { return nil }
        (self.activation, self.activations, format) = (activation, activations, reader.format)
        let drafts = reader.drafts(reader.format.blocks(ofRow: blocks))
        var (scaled, minimum, base, unit, d): ([Double], [Double], [Double], [Double], [Double]) = ([], [], [], [], [])
        var isOutlier: [Bool] = []
        let place = reader.fields.firstIndex { $0.name == "d" } ?? (reader.fields.count == 1 ? 0 : nil)
        for draft in drafts {
            let reading = reader.read(draft)
            var bare = reading
            bare.minimum = bare.minimum.map { _ in 0 }
            let (whole, under) = (reader.weights(reading), reader.base(reading))
            var more = reading
            more.code = more.code.map { $0 + 1 }
            let next = reader.base(more)
            let alone = reader.part(.minimum) == nil ? whole : reader.base(bare)
            let covered = reader.covered(draft)
            for weight in whole.indices {
                scaled.append(Double(alone[weight]))
                minimum.append(Double(whole[weight]) - Double(alone[weight]))
                base.append(Double(under[weight]))
                unit.append(Double(next[weight]) - Double(under[weight]))
                isOutlier.append(covered[weight] && whole[weight] != under[weight])
            }
            if let place { d.append(Double(reading.fields[place])) }
        }
        let rows = stride(from: 0, to: activations.count - activation.bytes + 1, by: activation.bytes).map {
            BlockDraft(activation, bytes: Array(activations[$0..<$0 + activation.bytes]))
        }
        scales = rows.map { Double(SlotFaults.float($0, field, 0)) }
        code = rows.flatMap { row in (0..<activation.elements).map { Int(Int8(truncatingIfNeeded: row.bits(codes, $0))) } }
        (self.scaled, self.minimum, self.base, self.unit, self.d) = (scaled, minimum, base, unit, d)
        self.isOutlier = isOutlier
        guard code.count == scaled.count, !scales.isEmpty else { return nil }
    }

    func scale(_ weight: Int) -> Double { scales[weight / activation.elements] }

    /// The sum of terms in each block of activations.
    func sums(_ term: (Int) -> Double) -> [Double] {
        var sums = [Double](repeating: 0, count: scales.count)
        for weight in code.indices { sums[weight / activation.elements] += term(weight) }
        return sums
    }
}
