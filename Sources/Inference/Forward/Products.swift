import CInference
import HIFIBlockSpec
import HIFIKernels
import Synchronization

/// Rows of activations, and the quantized forms of them that products ask for, each made once.
final class Activations {
    let values: UnsafePointer<Float>
    let rows: Int
    let columns: Int
    /// The first row's number in the batch.
    let first: Int
    /// The numbers of rows that were gathered from a batch; nil where they follow each other.
    private let numbers: [Int]?
    private var quantized: ActivationRows?
    private var rounded: [ProductRule.Rounding: FloatMemory] = [:]
    private var isKnownFinite = false

    init(_ values: UnsafePointer<Float>, rows: Int, columns: Int, first: Int = 0, numbers: [Int]? = nil) {
        (self.values, self.rows, self.columns, self.first, self.numbers) = (values, rows, columns, first, numbers)
    }

    /// A row's number in the batch.
    func number(of row: Int) -> Int { first + (numbers?[row] ?? row) }

    /// The first row, by its number in the batch, with a number that is not finite; nil if all are. Codes of eight bits would hide it.
    func firstBrokenRow(_ engine: Engine) -> Int? {
        guard !isKnownFinite else { return nil }
        let (source, columns, table) = (Floats(values), columns, engine.floats.table)
        let broken = Atomic<Int>(Int.max)
        engine.inStretches(rows, of: 32) { stretch in
            for row in stretch where table.all_finite(source.start + row * columns, columns) == 0 {
                broken.min(row, ordering: .relaxed)
                return
            }
        }
        let row = broken.load(ordering: .relaxed)
        isKnownFinite = row == Int.max
        return isKnownFinite ? nil : number(of: row)
    }

    func q8k(_ engine: Engine) throws(KernelError) -> ActivationRows {
        if let quantized { return quantized }
        let made = try engine.kernels.quantize(UnsafeBufferPointer(start: values, count: rows * columns), columns: columns)
        quantized = made
        return made
    }

    /// The values as the form would keep them, in fp32.
    func through(_ form: ProductRule.Rounding, _ engine: Engine) throws(ModelError) -> UnsafePointer<Float> {
        if let memory = rounded[form] { return UnsafePointer(memory.start) }
        let memory = try FloatMemory(rows, columns, for: "activations")
        let (source, columns) = (Floats(values), columns)
        let round = form == .q8k ? engine.floats.table.through_q8_k : engine.floats.table.through_q8_0
        engine.inStretches(rows, of: 16) { stretch in
            round?(source.start + stretch.lowerBound * columns, memory.start + stretch.lowerBound * columns, stretch.count * columns)
        }
        rounded[form] = memory
        return UnsafePointer(memory.start)
    }
}

/// An address that tasks read from.
struct Floats: @unchecked Sendable {
    // Unchecked: nobody writes there while the tasks run.
    let start: UnsafePointer<Float>
    init(_ start: UnsafePointer<Float>) { self.start = start }
}

/// An address whose parts tasks write, each its own.
struct MutableFloats: @unchecked Sendable {
    // Unchecked: see above.
    let start: UnsafeMutablePointer<Float>
    init(_ start: UnsafeMutablePointer<Float>) { self.start = start }
}

/// Products of the model's matrices with activations.
struct Products: Sendable {
    let engine: Engine
    private let ways: [String: Way]

    /// How a format is multiplied here.
    private enum Way: Sendable {
        case quantized
        case decoded(FloatDecoder, through: ProductRule.Rounding?)
    }

    init(_ engine: Engine, formats: [BlockFormat]) throws(ModelError) {
        self.engine = engine
        var ways: [String: Way] = [:]
        for format in formats where ways[format.id] == nil {
            let kernels = engine.arithmetic == .reference ? nil : engine.rowKernels
            guard let decoder = FloatDecoder(format, kernels: kernels) else { throw .kernel(.knownBySizeOnly(format.id)) }
            switch ProductRule(format, engine.arithmetic, isNative: engine.kernels.isNative(format)) {
            case .quantized: ways[format.id] = .quantized
            case .decoded(let rounding): ways[format.id] = .decoded(decoder, through: rounding)
            }
        }
        self.ways = ways
    }

    /// Whether activations meet the matrix as Q8_0 would keep them.
    func roundsThroughQ80(_ matrix: WeightMatrix) -> Bool {
        if case .decoded(_, through: .q80) = ways[matrix.format.id] { true } else { false }
    }

    /// Every row of the matrix times every row of activations: `output[a * matrix.rows + w]`.
    func multiply(_ matrix: WeightMatrix, _ activations: Activations, into output: UnsafeMutablePointer<Float>) throws(ModelError) {
        precondition(matrix.columns == activations.columns, "shapes were checked at loading")
        switch ways[matrix.format.id] {
        case .quantized:
            do throws(KernelError) {
                let rows = try activations.q8k(engine)
                let target = UnsafeMutableBufferPointer(start: output, count: activations.rows * matrix.rows)
                try matrix.bytes.withUnsafeBytes { weights throws(KernelError) in
                    try engine.kernels.multiply(matrix.format, weights, by: rows, into: target)
                }
            } catch {
                throw .kernel(error)
            }
        case .decoded(let decoder, let rounding):
            let values = try rounding.map { form throws(ModelError) in try activations.through(form, engine) } ?? activations.values
            multiply(matrix, decoder, Floats(values), rows: activations.rows, into: MutableFloats(output))
        case nil: throw .kernel(.knownBySizeOnly(matrix.format.id))
        }
    }

    /// Panels of decoded rows; each sum is one chain of fused multiply-adds from the first column to the last.
    private func multiply(_ matrix: WeightMatrix, _ decoder: FloatDecoder, _ values: Floats, rows: Int, into output: MutableFloats) {
        let height = Int(HIFI_PANEL)
        let columns = matrix.columns
        let table = engine.floats.table
        engine.inStretches(matrix.rows, of: height) { stretch in
            withUnsafeTemporaryAllocation(byteCount: 4 * height * (2 * columns + rows), alignment: 64) { scratch in
                let decoded = scratch.bindMemory(to: Float.self)
                guard let weights = decoded.baseAddress else { return }
                let panel = weights + height * columns
                let part = stretch.count < height ? panel + height * columns : nil
                matrix.bytes.withUnsafeBytes { bytes in
                    let range = stretch.lowerBound * matrix.rowBytes..<stretch.upperBound * matrix.rowBytes
                    decoder.decode(
                        UnsafeRawBufferPointer(rebasing: bytes[range]), into: .init(start: weights, count: stretch.count * columns))
                }
                table.transpose(weights, columns, stretch.count, panel, columns)
                let target = part ?? output.start + stretch.lowerBound
                table.panel_product(values.start, columns, panel, target, part == nil ? matrix.rows : height, rows, columns, 0)
                guard let part else { return }
                for row in 0..<rows {
                    (output.start + row * matrix.rows + stretch.lowerBound).update(from: part + row * height, count: stretch.count)
                }
            }
        }
    }
}
