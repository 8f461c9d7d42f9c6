import BlockSpec

/// The product of a row of weight blocks and a row of activation blocks, in real arithmetic, with its rounding bound.
///
/// Integer sums are exact; they are combined in double, whose own error is part of the bound. What conforms is the
/// product of decoded weights and decoded activations (DOT-01 to DOT-03).
public struct ReferenceDot: Sendable {
    /// The format of the weight blocks.
    public let weights: BlockFormat
    /// The format of the activation blocks.
    public let activation: BlockFormat

    private let decoding: Decoding
    private let code: IntegerReader?
    private let scale: IntegerReader?
    private let minimum: IntegerReader?
    private let skipping: Field?
    private let corrections: DotCorrections?
    /// Elements that share scale, minimum and activation scale.
    private let segment: Int

    /// - Throws: `knownBySizeOnly`, `notAnActivationFormat`.
    public init(_ weights: BlockFormat, activation: BlockFormat) throws(DotError) {
        guard let decoding = weights.decoding else { throw .knownBySizeOnly(weights.id) }
        guard ["q8_k", "q8_0", "q8_1", "f32", "f16", "bf16"].contains(activation.id) else { throw .notAnActivationFormat(activation.id) }
        self.weights = weights
        self.activation = activation
        self.decoding = decoding
        code = decoding.code.flatMap { IntegerReader($0, in: weights) }
        scale = decoding.scale.flatMap { IntegerReader($0, in: weights) }
        minimum = decoding.minimum.flatMap { IntegerReader($0, in: weights) }
        skipping = decoding.code?.skipping.flatMap(weights.field)
        corrections = decoding.correction.flatMap { DotCorrections($0, in: weights) }
        let lengths = [decoding.scale?.every, decoding.minimum?.every, weights.elements, activation.elements]
        segment = lengths.compactMap { $0 }.min() ?? 1
    }

    /// The format that the original's CPU products take activations in for this weight format.
    public static func activationFormat(for weights: BlockFormat) -> BlockFormat? {
        if weights.elements == 256 { return Spec.format("q8_k") }
        if ["q4_1", "q5_1"].contains(weights.id) { return Spec.format("q8_1") }
        return weights.elements == 1 ? weights : Spec.format("q8_0")
    }

    /// The product of one row.
    ///
    /// - Parameters:
    ///   - blocks: the row's weight blocks.
    ///   - activations: blocks of the activation format for as many elements.
    public func dot(_ blocks: [UInt8], _ activations: [UInt8], meaning: DotMeaning = .decoded) throws(DotError) -> DotValue {
        guard blocks.count % weights.bytes == 0 else {
            throw .partialBlock(format: weights.id, bytes: blocks.count, blockBytes: weights.bytes)
        }
        guard activations.count % activation.bytes == 0 else {
            throw .partialBlock(format: activation.id, bytes: activations.count, blockBytes: activation.bytes)
        }
        let count = blocks.count / weights.bytes * weights.elements
        let given = activations.count / activation.bytes * activation.elements
        guard count == given else { throw .lengths(weights: count, activations: given) }
        let row = activations.withUnsafeBytes { ActivationRow(activation, $0) }
        return blocks.withUnsafeBytes { bytes in
            var result = DotValue()
            for index in 0..<blocks.count / weights.bytes {
                let block = BlockBytes(bytes: .init(rebasing: bytes[index * weights.bytes..<(index + 1) * weights.bytes]))
                add(block, from: index * weights.elements, row, meaning, to: &result)
            }
            return result
        }
    }

    private func add(_ block: BlockBytes, from start: Int, _ row: ActivationRow, _ meaning: DotMeaning, to result: inout DotValue) {
        let codes = codes(of: block)
        let terms = meaning == .baseOnly ? [] : corrections?.terms(of: block, meaning, activations: row.codes, from: start) ?? []
        let replaced = Set(terms.filter(\.replaces).map(\.position))
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
                guard !replaced.contains(i), let code = codes[i] else { continue }
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
        let skipped = skipping.map { field in Set((0..<field.count).map { block.integer(field, $0) }) } ?? []
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
