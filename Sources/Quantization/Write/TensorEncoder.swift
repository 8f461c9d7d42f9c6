import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIKernels
import HIFIReference

/// Decodes and encodes tensors a slab of rows at a time, so that memory does not grow with them. All calls to kernels are here.
struct TensorEncoder {
    let backend: CPUBackend
    let policy: InputPolicy
    /// Where the importances come from, for messages.
    var importancePath: ForeignText = ""

    /// Weights in a slab: enough for many threads, little enough for their caches.
    private static let slabWeights = 1 << 20

    /// Writes a tensor in its new format, and says in words what of it is hardly kept (QUANT-22).
    ///
    /// - Parameter progress: called after each slab with the bytes of the source that were done in it.
    func write(_ plan: TensorPlan, to sink: inout TensorSink, progress: (Int) -> Void) throws -> [String] {
        let (source, format) = (plan.source, plan.format)
        let encoder: BlockEncoder
        do {
            encoder = try BlockEncoder(format, outliers: plan.outliers, policy: policy, refusesSpoiling: true, backend: backend)
        } catch {
            throw QuantizationError.encoding(tensor: source.name, format: format.id, error)
        }
        let rowBytes = source.columns / source.format.elements * source.format.bytes
        let slabRows = min(source.rows, max(1, Self.slabWeights / source.columns))
        var weights = [Float](repeating: 0, count: slabRows * source.columns)
        var blocks = [UInt8](repeating: 0, count: encoder.encodedBytes(weights: weights.count))
        var remarks: [String] = []
        for matrix in 0..<source.matrices {
            var watch = CollapseWatch(format: format, isOn: policy != .asOriginal)
            let importance = plan.importance.map { Array($0[matrix * source.columns..<(matrix + 1) * source.columns]) }
            var distortion = DistortionSample(format: format, columns: source.columns, importance: importance)
            for first in stride(from: 0, to: source.rows, by: slabRows) {
                let rows = min(slabRows, source.rows - first)
                let start = (matrix * source.rows + first) * rowBytes
                guard let bytes = source.bytes.slice(start..<start + rows * rowBytes) else { return [] }
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
                            throw problem(error, plan, matrix: matrix, firstRow: first)
                        }
                        try watch.see(.init(rebasing: weights[..<count]), as: UnsafeRawBufferPointer(part), backend)
                        try distortion.see(.init(rebasing: weights[..<count]), as: UnsafeRawBufferPointer(part), backend)
                        try sink.write(UnsafeRawBufferPointer(part))
                    }
                }
                progress(bytes.count)
            }
            if let largest = watch.lost {
                throw QuantizationError.collapsed(
                    tensor: source.name, matrix: source.matrices > 1 ? matrix : nil, format: format.id, largest: largest,
                    importances: importance == nil ? nil : importancePath)
            }
            let name = "\(source.matrices > 1 ? "matrix \(matrix) of " : "")\(source.name)"
            if let remark = distortion.remark { remarks.append("\(name): \(remark)") }
        }
        return remarks
    }

    /// An error with the rows counted from the tensor's start, or the entry of the importance matrix that is to blame.
    private func problem(_ error: EncodeError, _ plan: TensorPlan, matrix: Int, firstRow: Int) -> QuantizationError {
        let row = matrix * plan.source.rows + firstRow
        guard case .unusableImportance(_, _, let place, let value, let vanishes) = error else {
            return .encoding(tensor: plan.source.name, format: plan.format.id, error.moved(down: row))
        }
        return .unusableImportance(
            path: importancePath, entry: plan.source.name, column: matrix * plan.source.columns + place, value: value,
            format: plan.format.id, vanishes: vanishes)
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

/// Watches over the slabs of a matrix whether anything of it is left: weights that are not zero must not all become zeros.
///
/// Costs a decoded row: once a weight has come out other than zero, nothing more is looked at.
private struct CollapseWatch {
    let format: BlockFormat
    /// Off once something is left, and for formats that cannot lose anything.
    private var isWatching: Bool
    /// The largest magnitude among weights that all became zeros so far; nil where there are none.
    private(set) var lost: Float?

    init(format: BlockFormat, isOn: Bool) {
        self.format = format
        isWatching = isOn && format.decoding != nil
    }

    mutating func see(_ weights: UnsafeBufferPointer<Float>, as blocks: UnsafeRawBufferPointer, _ backend: CPUBackend) throws {
        guard isWatching else { return }
        guard weights.contains(where: { $0 != 0 }) else { return }
        // A few blocks at a time: mostly the first ones tell.
        let step = max(format.elements, 4096 / format.elements * format.elements)
        var decoded = [Float](repeating: 0, count: step)
        for start in stride(from: 0, to: weights.count, by: step) {
            let count = min(step, weights.count - start)
            let bytes = start / format.elements * format.bytes..<(start + count) / format.elements * format.bytes
            try decoded.withUnsafeMutableBufferPointer { decoded in
                try backend.decode(format, .init(rebasing: blocks[bytes]), into: .init(rebasing: decoded[..<count]))
            }
            if decoded[..<count].contains(where: { $0 != 0 }) {
                (isWatching, lost) = (false, nil)
                return
            }
        }
        lost = weights.reduce(lost ?? 0) { max($0, abs($1)) }
    }
}
