import HIFIBlockSpec

/// How the blocks of one pair of formats are multiplied; worked out once.
///
/// A class, because it is shared by every block: copying its readers for each would take most of the time.
final class DotPlan: Sendable {
    private let weights: BlockFormat
    private let decoding: Decoding
    private let code: IntegerReader?
    private let scale: IntegerReader?
    private let minimum: IntegerReader?
    private let skipping: Field?
    private let corrections: DotCorrections?
    /// Elements that share scale, minimum and activation scale.
    private let segment: Int

    init(_ weights: BlockFormat, _ decoding: Decoding, activation: BlockFormat) {
        self.weights = weights
        self.decoding = decoding
        code = decoding.code.map { IntegerReader($0, in: weights) }
        scale = decoding.scale.map { IntegerReader($0, in: weights) }
        minimum = decoding.minimum.map { IntegerReader($0, in: weights) }
        skipping = decoding.code?.skipping.map(weights.declared)
        corrections = decoding.correction.map { DotCorrections(OutlierSlots($0, in: weights), elements: weights.elements) }
        let lengths = [decoding.scale?.every, decoding.minimum?.every, weights.elements, activation.elements]
        segment = lengths.compactMap { $0 }.min() ?? 1
    }

    /// Adds the products of one block, whose first weight is element `start` of the row.
    func add(_ block: BlockBytes, from start: Int, _ row: ActivationRow, _ meaning: DotMeaning, to result: inout DotValue) {
        let codes = codes(of: block)
        let terms = meaning == .baseOnly ? [] : corrections?.terms(of: block, meaning, activations: row.codes, from: start) ?? []
        var replaced = [Bool](repeating: false, count: weights.elements)
        for term in terms where term.replaces { replaced[term.position] = true }
        for first in stride(from: 0, to: weights.elements, by: segment) {
            let value = base(of: block, at: first)
            let scale = row.scales[(start + first) / row.every]
            var products = 0
            var sum = 0
            var absolute = 0.0
            for i in first..<first + segment {
                let a = row.codes[start + i]
                let product = abs(value.slope * Double(codes[i] ?? 0)) + abs(value.constant)
                absolute += product * Double(abs(a))
                guard !replaced[i], let code = codes[i] else { continue }
                products += code * a
                sum += a
            }
            result.value += scale * (times(value.slope, products) + times(value.constant, sum))
            result.magnitude += abs(scale) * absolute
            result.elementTerms += segment * (value.constant == 0 ? 1 : 2)
            result.blockTerms += value.constant == 0 ? 1 : 2
            addStoredSumError(value.constant, start + first, row, to: &result)
        }
        for term in terms {
            let a = Double(row.codes[start + term.position]) * row.scales[(start + term.position) / row.every]
            let base = base(of: block, at: term.position)
            let covered = codes[term.position].map { base.constant + times(base.slope, $0) } ?? 0
            result.value += (term.value - (term.takesBaseOff ? covered : 0)) * a
            result.magnitude += abs(term.value * a) + 2 * abs(covered * a)
            result.elementTerms += 2
            result.blockTerms += 2
        }
    }

    /// slope · integer, 0 for an integer of 0 only if the slope is finite.
    private func times(_ slope: Double, _ integer: Int) -> Double { slope * Double(integer) }

    private func addStoredSumError(_ constant: Double, _ first: Int, _ row: ActivationRow, to result: inout DotValue) {
        guard constant != 0, segment == row.every, let stored = row.storedSums else { return }
        let block = first / row.every
        let sum = row.codes[first..<first + row.every].reduce(0, +)
        result.storedSumError += abs(constant) * abs(stored[block] - row.scales[block] * Double(sum))
    }

    /// The codes of a block; nil where a weight has none.
    private func codes(of block: BlockBytes) -> [Int?] {
        guard let code else { return [Int?](repeating: 0, count: weights.elements) }
        guard let skipping else { return (0..<weights.elements).map { code.value($0, in: block) } }
        let skipped = Set((0..<skipping.count).map { block.integer(skipping, $0) })
        var rank = 0
        return (0..<weights.elements).map { i in
            guard !skipped.contains(i) else { return nil }
            defer { rank += 1 }
            return code.value(rank, in: block)
        }
    }

    /// The value of weight `i` as a function of its code.
    private func base(of block: BlockBytes, at i: Int) -> AffineValue {
        AffineValue.evaluate(decoding.value) { name in
            switch name {
            case "code": return AffineValue(constant: 0, slope: 1)
            case "scale": return AffineValue(constant: Double(scale?.value(i / (decoding.scale?.every ?? 1), in: block) ?? 0))
            case "min": return AffineValue(constant: Double(minimum?.value(i / (decoding.minimum?.every ?? 1), in: block) ?? 0))
            default: return AffineValue(constant: weights.field(name).map { Double(block.float($0)) } ?? .nan)
            }
        }
    }
}
