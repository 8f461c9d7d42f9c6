import HIFIBlockSpec

/// The product of a row of weight blocks and a row of activation blocks, in real arithmetic, with its rounding bound.
///
/// Integer sums are exact; they are combined in double, whose own error is part of the bound. What conforms is the
/// product of decoded weights and decoded activations (DOT-01 to DOT-03).
public struct ReferenceDot: Sendable {
    /// The format of the weight blocks.
    public let weights: BlockFormat
    /// The format of the activation blocks.
    public let activation: BlockFormat

    private let plan: DotPlan

    /// - Throws: `knownBySizeOnly`, `noProduct`, `notAnActivationFormat`.
    public init(_ weights: BlockFormat, activation: BlockFormat) throws(DotError) {
        guard let decoding = weights.decoding else { throw .knownBySizeOnly(weights.id) }
        guard ["q8_k", "q8_0", "q8_1", "f32", "f16", "bf16"].contains(activation.id) else { throw .notAnActivationFormat(activation.id) }
        // Of an expression that is affine in the code nothing becomes NaN.
        let trial = AffineValue.evaluate(decoding.value) { AffineValue(constant: $0 == "code" ? 0 : 1, slope: $0 == "code" ? 1 : 0) }
        guard weights.rowHeader == nil, !trial.slope.isNaN, !trial.constant.isNaN else { throw .noProduct(weights.id) }
        self.weights = weights
        self.activation = activation
        plan = DotPlan(weights, decoding, activation: activation)
    }

    /// The format that llama.cpp's CPU products take activations in for this weight format.
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
    ///   - meaning: what outliers do; only `decoded` conforms.
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
                plan.add(block, from: index * weights.elements, row, meaning, to: &result)
            }
            return result
        }
    }
}
