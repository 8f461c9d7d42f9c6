import HIFIBlockSpec

/// Quantizes activations to the 8-bit formats that matrix products take: Q8_K, Q8_0, Q8_1.
public struct ActivationQuantizer: Sendable {
    /// How codes are found; both are in use, and differ in a code now and then.
    public enum Variant: String, Sendable, CaseIterable {
        /// By the inverse of the rounded scale, ties away from zero: ggml's portable code, which weights of type
        /// Q8_0 are made with too.
        case portable
        /// By 127 / largest, ties to even: ggml's vector code for Q8_0 and Q8_1.
        case vector
    }

    /// q8_k, q8_0 or q8_1.
    public let format: BlockFormat
    /// Q8_K has one way only: by −127 / (extreme value with its sign), ties to even.
    public let variant: Variant

    private let scale: Field
    private let codes: Field
    private let sums: Field?

    /// - Throws: `noEncoder` unless the format is q8_k, q8_0 or q8_1.
    public init(_ format: BlockFormat, variant: Variant = .portable) throws(EncodeError) {
        guard ["q8_k", "q8_0", "q8_1"].contains(format.id), let scale = format.field("d"), let codes = format.field("qs") else {
            throw .noEncoder(format.id)
        }
        self.format = format
        self.variant = variant
        self.scale = scale
        self.codes = codes
        sums = format.field("bsums") ?? format.field("s")
    }

    /// Quantizes rows to a new array of blocks.
    ///
    /// - Parameters:
    ///   - rows: whole rows, one after another.
    ///   - columns: values per row, a positive multiple of the block length.
    /// - Throws: `partialBlock`, `partialRow`; `badWeight` for NaN, infinities and, where the scale is fp16, magnitudes
    ///   above 127 · 65504. A sum of Q8_1 beyond fp16 (above 65504 in magnitude) throws `scaleOverflow`.
    public func quantize(_ rows: [Float], columns: Int) throws(EncodeError) -> [UInt8] {
        guard columns > 0, columns % format.elements == 0 else {
            throw .partialBlock(format: format.id, columns: columns, blockWeights: format.elements)
        }
        guard rows.count % columns == 0 else { throw .partialRow(weights: rows.count, columns: columns) }
        let largest = scale.type == .f32 ? Float.greatestFiniteMagnitude : 127 * 65504
        if let first = rows.firstIndex(where: { !(abs($0) <= largest) }) {
            throw .badWeight(row: first / columns, column: first % columns, value: rows[first], largest: largest)
        }
        var output = [UInt8](repeating: 0, count: rows.count / format.elements * format.bytes)
        var overflow: Int?
        rows.withUnsafeBufferPointer { rows in
            output.withUnsafeMutableBytes { output in
                for block in 0..<rows.count / format.elements {
                    let bytes = UnsafeMutableRawBufferPointer(rebasing: output[block * format.bytes..<(block + 1) * format.bytes])
                    let x = rows.group(block * format.elements, format.elements)
                    if !quantize(x, to: bytes) { overflow = overflow ?? block * format.elements }
                }
            }
        }
        if let overflow { throw .scaleOverflow(row: overflow / columns, column: overflow % columns, field: "s") }
        return output
    }

    /// One block into zeroed bytes; false if its sum is infinite.
    private func quantize(_ x: UnsafeBufferPointer<Float>, to block: UnsafeMutableRawBufferPointer) -> Bool {
        let extreme = SymmetricSearch.signedExtreme(x)
        if format.elements == 256 {
            guard extreme != 0 else { return true }
            let inverse = -127 / extreme
            FieldWriter.write(1 / inverse, to: scale, in: block)
            var sum: Int32 = 0
            for i in x.indices {
                let code = min(127, Rounding.nearest(inverse * x[i]))
                FieldWriter.write(Int(code), to: codes, i, in: block)
                sum += code
                if i % 16 == 15, let sums {
                    FieldWriter.write(Int(sum), to: sums, i / 16, in: block)
                    sum = 0
                }
            }
            return true
        }
        let largest = abs(extreme)
        let step = largest / 127
        let inverse: Float
        switch variant {
        case .portable: inverse = step != 0 ? 1 / step : 0
        case .vector: inverse = largest != 0 ? 127 / largest : 0
        }
        FieldWriter.write(step, to: scale, in: block)
        var sum: Int32 = 0
        for i in x.indices {
            let scaled = x[i] * inverse
            let code = variant == .portable ? Rounding.awayFromZero(scaled) : Rounding.truncate(scaled.rounded(.toNearestOrEven))
            FieldWriter.write(Int(code), to: codes, i, in: block)
            sum &+= Int32(Int8(truncatingIfNeeded: code))
        }
        guard let sums else { return true }
        let total = Float(sum) * step
        FieldWriter.write(total, to: sums, in: block)
        return abs(total) < 65520
    }
}
