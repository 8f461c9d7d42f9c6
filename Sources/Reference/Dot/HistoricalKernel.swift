import HIFIBlockSpec

/// Kernels of the llama.cpp HIFI fork, operation by operation in fp32: they give its results to the last bit, which tells
/// builds apart that compute the same meaning.
///
/// All multiply q3_k-based rows with Q8_K activations.
public enum HistoricalKernel: String, Sendable, CaseIterable {
    /// r5 and r6, portable code: per block the base as one integer, then its outliers, into one running sum.
    case r6Generic = "r6-generic"
    /// r5 and r6, AVX2 with fused operations: the base of all blocks in eight lanes, then the outliers of all blocks.
    case r6AVX2 = "r6-avx2"
    /// r9 and r12 compiled without contraction: decoded weights element by element, then per slot value minus base, into
    /// a sum per block.
    case r12Generic = "r12-generic"
    /// The same, compiled by gcc for AVX-512 with contraction: it fuses the outliers, and not the element loop.
    case r12Fused = "r12-fused"

    /// The product of one row.
    ///
    /// - Parameters:
    ///   - format: one that extends q3_k and has the fields outlier_idx and outlier_vals.
    ///   - blocks: the row's weight blocks.
    ///   - activations: Q8_K blocks for as many weights.
    public func dot(_ format: BlockFormat, _ blocks: [UInt8], _ activations: [UInt8]) throws(DotError) -> Float {
        guard format.base == "q3_k", let q3k = Spec.format("q3_k"), let q8k = Spec.format("q8_k"),
            let reader = Q3KReader(q3k), let position = format.field("outlier_idx"), let value = format.field("outlier_vals"),
            let scale = q8k.field("d"), let codes = q8k.field("qs")
        else { throw .notHistorical(format.id) }
        guard blocks.count % format.bytes == 0 else {
            throw .partialBlock(format: format.id, bytes: blocks.count, blockBytes: format.bytes)
        }
        let count = blocks.count / format.bytes
        guard activations.count == count * q8k.bytes else {
            throw .lengths(weights: count * 256, activations: activations.count / q8k.bytes * 256)
        }
        return blocks.withUnsafeBytes { blocks in
            activations.withUnsafeBytes { activations in
                let rows = (0..<count).map { index in
                    let block = BlockBytes(bytes: .init(rebasing: blocks[index * format.bytes..<(index + 1) * format.bytes]))
                    let other = BlockBytes(bytes: .init(rebasing: activations[index * q8k.bytes..<(index + 1) * q8k.bytes]))
                    return HistoricalBlock(
                        d: reader.d(block), scales: reader.scales(block), codes: reader.codes(block), activationScale: other.float(scale),
                        activations: (0..<256).map { other.integer(codes, $0) },
                        slots: (0..<position.count).map { (block.integer(position, $0), block.float(value, $0)) })
                }
                switch self {
                case .r6Generic: return Self.r6Generic(rows)
                case .r6AVX2: return Self.r6AVX2(rows)
                case .r12Generic: return Self.r12(rows, fused: false)
                case .r12Fused: return Self.r12(rows, fused: true)
                }
            }
        }
    }

    private static func r6Generic(_ rows: [HistoricalBlock]) -> Float {
        var total: Float = 0
        for row in rows {
            let sum = (0..<256).reduce(0) { $0 + row.scales[$1 / 16] * row.codes[$1] * row.activations[$1] }
            total += row.d * row.activationScale * Float(sum)
            for (position, value) in row.slots { total += value * Float(row.activations[position]) * row.activationScale }
        }
        return total
    }

    private static func r6AVX2(_ rows: [HistoricalBlock]) -> Float {
        var lanes = [Float](repeating: 0, count: 8)
        for row in rows {
            var sums = [Int](repeating: 0, count: 8)
            // A lane takes four neighbouring weights of each run of thirty-two.
            for i in 0..<256 { sums[i % 32 / 4] += row.scales[i / 16] * row.codes[i] * row.activations[i] }
            let scale = row.activationScale * row.d
            for lane in 0..<8 { lanes[lane].addProduct(scale, Float(sums[lane])) }
        }
        let quarters = (0..<4).map { lanes[$0 + 4] + lanes[$0] }
        var total = (quarters[0] + quarters[2]) + (quarters[1] + quarters[3])
        for row in rows {
            for (position, value) in row.slots { total.addProduct(value * Float(row.activations[position]), row.activationScale) }
        }
        return total
    }

    private static func r12(_ rows: [HistoricalBlock], fused: Bool) -> Float {
        var total: Float = 0
        for row in rows {
            let weights = (0..<256).map { row.d * Float(row.scales[$0 / 16]) * Float(row.codes[$0]) }
            var sum: Float = 0
            for i in 0..<256 { sum += weights[i] * Float(row.activations[i]) * row.activationScale }
            for (position, value) in row.slots {
                let product = (value - weights[position]) * Float(row.activations[position])
                if fused { sum.addProduct(product, row.activationScale) } else { sum += product * row.activationScale }
            }
            total += sum
        }
        return total
    }
}

/// One block of weights and activations, taken apart.
private struct HistoricalBlock {
    let d: Float
    let scales: [Int]
    let codes: [Int]
    let activationScale: Float
    let activations: [Int]
    let slots: [(Int, Float)]
}

/// Reads the Q3_K part of a block as declared.
private struct Q3KReader {
    private let code: IntegerReader
    private let scale: IntegerReader
    private let field: Field

    init?(_ format: BlockFormat) {
        guard let decoding = format.decoding, let code = decoding.code.map({ IntegerReader($0, in: format) }),
            let scale = decoding.scale.map({ IntegerReader($0, in: format) }), let field = format.field("d")
        else { return nil }
        self.code = code
        self.scale = scale
        self.field = field
    }

    func d(_ block: BlockBytes) -> Float { block.float(field) }
    func scales(_ block: BlockBytes) -> [Int] { (0..<16).map { scale.value($0, in: block) } }
    func codes(_ block: BlockBytes) -> [Int] { (0..<256).map { code.value($0, in: block) } }
}
