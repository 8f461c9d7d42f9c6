import HIFIBlockSpec

/// The product of a row of weight blocks and a row of activation blocks, in real arithmetic, with its rounding bound.
///
/// Where rows of weights have headers, a row is its header and the blocks behind it.
///
/// Integer sums are exact; they are combined in double, whose own error is part of the bound. What conforms is the
/// product of decoded weights and decoded activations (DOT-01 to DOT-03).
public struct ReferenceDot: Sendable {
    /// The format of the weight blocks.
    public let weights: BlockFormat
    /// The format of the activation blocks.
    public let activation: BlockFormat

    private let plan: DotPlan
    /// Bytes in front of a row's first block.
    private let head: Int

    /// - Throws: `knownBySizeOnly`, `noProduct`, `notAnActivationFormat`.
    public init(_ weights: BlockFormat, activation: BlockFormat) throws(DotError) {
        guard let decoding = weights.decoding else { throw .knownBySizeOnly(weights.id) }
        guard ["q8_k", "q8_0", "q8_1", "f32", "f16", "bf16"].contains(activation.id) else { throw .notAnActivationFormat(activation.id) }
        // Of an expression that is affine in the code nothing becomes NaN.
        let trial = AffineValue.evaluate(decoding.value) { AffineValue(constant: $0 == "code" ? 0 : 1, slope: $0 == "code" ? 1 : 0) }
        guard !trial.slope.isNaN, !trial.constant.isNaN else { throw .noProduct(weights.id) }
        self.weights = weights
        self.activation = activation
        plan = DotPlan(weights.asOneBlockRows, decoding, activation: activation)
        head = weights.headerBytes
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
    ///   - blocks: the row's weight blocks, behind its header if the format has one.
    ///   - activations: blocks of the activation format for as many elements.
    ///   - meaning: what outliers do; only `decoded` conforms.
    public func dot(_ blocks: [UInt8], _ activations: [UInt8], meaning: DotMeaning = .decoded) throws(DotError) -> DotValue {
        guard blocks.count >= head, (blocks.count - head) % weights.bytes == 0 else {
            throw .partialBlock(format: weights.id, bytes: blocks.count, blockBytes: weights.bytes)
        }
        guard activations.count % activation.bytes == 0 else {
            throw .partialBlock(format: activation.id, bytes: activations.count, blockBytes: activation.bytes)
        }
        let count = (blocks.count - head) / weights.bytes * weights.elements
        let given = activations.count / activation.bytes * activation.elements
        guard count == given else { throw .lengths(weights: count, activations: given) }
        let row = activations.withUnsafeBytes { ActivationRow(activation, $0) }
        return blocks.withUnsafeBytes { bytes in
            var result = DotValue()
            func add(_ block: UnsafeRawBufferPointer, _ index: Int) {
                plan.add(BlockBytes(bytes: block), from: index * weights.elements, row, meaning, to: &result)
            }
            for index in 0..<count / weights.elements {
                let block = head + index * weights.bytes..<head + (index + 1) * weights.bytes
                if head == 0 {
                    add(.init(rebasing: bytes[block]), index)
                } else {
                    // The plan reads a header as the first fields of each block.
                    (Array(bytes[..<head]) + bytes[block]).withUnsafeBytes { add($0, index) }
                }
            }
            return result
        }
    }
}
