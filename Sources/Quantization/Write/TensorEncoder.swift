import BlockSpec
import GGUF
import Kernels
import Reference

/// Decodes and encodes tensors a slab of rows at a time, so that memory does not grow with them. All calls to kernels are here.
struct TensorEncoder {
    let backend: CPUBackend
    let policy: InputPolicy

    /// Weights in a slab: enough for many threads, little enough for their caches.
    private static let slabWeights = 1 << 20

    /// Writes a tensor in its new format.
    ///
    /// - Parameter progress: called after each slab with the bytes of the source that were done in it.
    func write(_ plan: TensorPlan, to sink: inout TensorSink, progress: (Int) -> Void) throws {
        let (source, format) = (plan.source, plan.format)
        let encoder: BlockEncoder
        do {
            encoder = try BlockEncoder(format, outliers: plan.outliers, policy: policy, backend: backend)
        } catch {
            throw QuantizationError.encoding(tensor: source.name, format: format.id, error)
        }
        let rowBytes = source.columns / source.format.elements * source.format.bytes
        let slabRows = min(source.rows, max(1, Self.slabWeights / source.columns))
        var weights = [Float](repeating: 0, count: slabRows * source.columns)
        var blocks = [UInt8](repeating: 0, count: encoder.encodedBytes(weights: weights.count))
        for matrix in 0..<source.matrices {
            let importance = plan.importance.map { Array($0[matrix * source.columns..<(matrix + 1) * source.columns]) }
            for first in stride(from: 0, to: source.rows, by: slabRows) {
                let rows = min(slabRows, source.rows - first)
                let start = (matrix * source.rows + first) * rowBytes
                guard let bytes = source.bytes.slice(start..<start + rows * rowBytes) else { return }
                let count = rows * source.columns
                try weights.withUnsafeMutableBufferPointer { weights in
                    let part = UnsafeMutableBufferPointer(rebasing: weights[..<count])
                    try bytes.withUnsafeBytes { try backend.decode(source.format, $0, into: part) }
                }
                try weights.withUnsafeBufferPointer { weights in
                    try blocks.withUnsafeMutableBytes { blocks in
                        let part = UnsafeMutableRawBufferPointer(rebasing: blocks[..<encoder.encodedBytes(weights: count)])
                        do throws(EncodeError) {
                            try encode(encoder, .init(rebasing: weights[..<count]), source.columns, importance, into: part)
                        } catch {
                            let row = matrix * source.rows + first
                            throw QuantizationError.encoding(tensor: source.name, format: format.id, error.moved(down: row))
                        }
                        try sink.write(UnsafeRawBufferPointer(part))
                    }
                }
                progress(bytes.count)
            }
        }
    }

    private func encode(
        _ encoder: BlockEncoder, _ rows: UnsafeBufferPointer<Float>, _ columns: Int, _ importance: [Float]?,
        into output: UnsafeMutableRawBufferPointer
    ) throws(EncodeError) {
        guard let importance else { return try encoder.encode(rows: rows, columns: columns, importance: nil, into: output) }
        let result: Result<Void, EncodeError> = importance.withUnsafeBufferPointer { values in
            Result { () throws(EncodeError) in try encoder.encode(rows: rows, columns: columns, importance: values, into: output) }
        }
        try result.get()
    }
}

extension EncodeError {
    /// The same with rows counted from the tensor's start.
    fileprivate func moved(down rows: Int) -> EncodeError {
        switch self {
        case .badWeight(let row, let column, let value, let largest):
            .badWeight(row: row + rows, column: column, value: value, largest: largest)
        case .scaleOverflow(let row, let column, let field): .scaleOverflow(row: row + rows, column: column, field: field)
        default: self
        }
    }
}
