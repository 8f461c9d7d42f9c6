import HIFIBlockSpec
import HIFIForeign
import HIFIKernels
import HIFIReference
import Importance

/// Finds out who made a quantized file, by encoding its source again in every way that is known here and comparing blocks.
///
/// A sample of rows, spread over each tensor, is compared: rows are encoded one by one, so that equal blocks in all of them are no
/// accident. Encoders are byte for byte those of llama.cpp and the HIFI fork, compiled without contraction (ENC-01).
public struct Attributor: Sendable {
    private let backend: CPUBackend
    private let importances: [ImportanceMatrix]
    /// Weights compared of a tensor; nil for all.
    private let sampleWeights: Int?

    /// By default some 256 Ki weights of each tensor.
    public static let usualSample = 1 << 18
    /// Enough equal blocks to call the rest rounding: another rule gives hardly any.
    private static let nearShare = 0.75
    /// Blocks that tell whether the rest of the sample is worth encoding.
    private static let tasterRows = 2

    /// - Parameters:
    ///   - importances: matrices that may have been used.
    ///   - sampleWeights: weights compared of each tensor; nil for all.
    /// - Throws: where the machine has no such backend.
    public init(importances: [ImportanceMatrix], sampleWeights: Int? = usualSample, threads: Int) throws(KernelError) {
        backend = try CPUBackend(threads: threads)
        (self.importances, self.sampleWeights) = (importances, sampleWeights)
    }

    /// Compares every tensor of a file.
    ///
    /// - Parameter progress: called after each tensor with the number of those that are done, and of all.
    public func attribute(
        _ file: SourceModel, from source: SourceModel, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(QuantizationError) -> Attribution {
        let originals = Dictionary(source.tensors.map { ($0.name, $0) }) { first, _ in first }
        var tensors: [TensorAttribution] = []
        for tensor in file.tensors {
            tensors.append(try attribute(tensor, from: originals[tensor.name]))
            progress(tensors.count, file.tensors.count)
        }
        try file.checkUnchanged()
        try source.checkUnchanged()
        return Attribution(file: file.path, source: source.path, importances: importances.map(\.path), tensors: tensors)
    }

    private func attribute(_ tensor: SourceModel.Tensor, from source: SourceModel.Tensor?) throws(QuantizationError) -> TensorAttribution {
        let blocks = tensor.weights / tensor.format.elements
        func result(_ verdict: TensorAttribution.Verdict, compared: Int = 0, reacts: Bool = true) -> TensorAttribution {
            TensorAttribution(
                name: tensor.name, format: tensor.format.id, blocks: blocks, compared: compared,
                covered: Set(importances.filter { covers($0, tensor) }.map(\.path)), reactsToImportances: reacts,
                sourceFormat: source?.format.id, verdict: verdict)
        }
        guard let source, source.columns == tensor.columns, source.rows == tensor.rows, source.matrices == tensor.matrices else {
            return result(.notInSource)
        }
        if source.format.id == tensor.format.id, source.bytes == tensor.bytes { return result(.copied, compared: blocks) }
        guard source.format.decoding != nil, source.format.rowHeader == nil, tensor.format.rowHeader == nil,
            ReferenceEncoder.canEncode(tensor.format)
        else { return result(.noEncoder) }
        do {
            let sample = try RowSample(tensor, source, weights: sampleWeights ?? tensor.weights, backend)
            let compared = sample.rows.count * tensor.columns / tensor.format.elements
            return result(try verdict(sample), compared: compared, reacts: try reacts(sample))
        } catch {
            throw .usage("\(tensor.name): \(error)")
        }
    }

    private func verdict(_ sample: RowSample) throws -> TensorAttribution.Verdict {
        var best: (maker: TensorMaker, share: Double)?
        var exact: [TensorMaker] = []
        for through in [nil] + Self.intermediates where exact.isEmpty && (best?.share ?? 0) < Self.nearShare {
            guard let weights = try self.weights(of: sample, through: through) else { continue }
            for maker in makers(sample.tensor, through: through?.id) {
                guard let share = try share(of: maker, sample, weights) else { continue }
                if share == 1 { exact.append(maker) } else if share > (best?.share ?? 0) { best = (maker, share) }
            }
        }
        if !exact.isEmpty { return .made(exact) }
        if let best, best.share >= Self.nearShare { return .nearly(best.maker, share: best.share) }
        return .unexplained(errorRatio: try errorRatio(sample))
    }

    /// Formats that a file may have been in before it was quantized again, the likeliest first.
    private static let intermediates: [BlockFormat?] = [
        "f16", "bf16", "q8_0", "q6_k", "q5_k", "q4_k", "q5_0", "q5_1", "q4_0", "q4_1", "q3_k", "iq4_xs", "iq4_nl", "mxfp4",
    ].compactMap { Spec.format($0) }

    /// All ways to make a tensor's format that are known here.
    private func makers(_ tensor: SourceModel.Tensor, through: String?) -> [TensorMaker] {
        var matrices: [ForeignText?] = [nil]
        matrices += importances.filter { covers($0, tensor) }.map(\.path)
        // Of a format with outliers their number, from the usual one on.
        let counts: [Int?] = tensor.format.encoding?.outliers == nil ? [nil] : [nil] + (1...16).map { $0 }
        return matrices.flatMap { matrix in
            counts.flatMap { count in
                [false, true].map { TensorMaker(through: through, importances: matrix, isReference: $0, outliers: count) }
            }
        }
    }

    private func covers(_ matrix: ImportanceMatrix, _ tensor: SourceModel.Tensor) -> Bool {
        matrix.entries[tensor.name]?.count == tensor.columns * tensor.matrices
    }

    private func weights(of sample: RowSample, through format: BlockFormat?) throws -> [Float]? {
        guard let format else { return sample.weights }
        guard sample.columns.isMultiple(of: format.elements), format.id != sample.source.format.id else { return nil }
        let blocks: [UInt8]
        do throws(EncodeError) {
            blocks = try BlockEncoder(format, policy: .asOriginal, backend: backend).encode(sample.weights, columns: sample.columns)
        } catch { return nil }
        var weights = [Float](repeating: 0, count: sample.weights.count)
        try blocks.withUnsafeBytes { blocks in try weights.withUnsafeMutableBufferPointer { try backend.decode(format, blocks, into: $0) } }
        return weights
    }

    /// The share of the sample's blocks that a maker gives; nil for one that cannot make them.
    private func share(of maker: TensorMaker, _ sample: RowSample, _ weights: [Float]) throws -> Double? {
        let importance = maker.importances.flatMap { path in importances.first { $0.path == path }?.entries[sample.tensor.name] }
        let encoder: BlockEncoder
        do throws(EncodeError) {
            encoder = try BlockEncoder(
                sample.tensor.format, path: maker.isReference ? .reference : .chunk, outliers: maker.outliers, policy: .asOriginal,
                backend: backend)
        } catch { return nil }
        // The reference routine knows no importances; the usual number of outliers stands for itself.
        if maker.isReference, importance != nil { return nil }
        if let count = maker.outliers, let usual = try? BlockEncoder(sample.tensor.format, backend: backend).outliers, usual == count {
            return nil
        }
        var equal = 0
        for index in sample.rows.indices {
            let row = sample.rows[index]
            let values = importance.map { Array($0[row.matrix * sample.columns..<(row.matrix + 1) * sample.columns]) }
            let encoded: [UInt8]
            do throws(EncodeError) {
                encoded = try encoder.encode(
                    Array(weights[index * sample.columns..<(index + 1) * sample.columns]), columns: sample.columns, importance: values)
            } catch { return nil }
            equal += sample.equalBlocks(encoded, index)
            // Nothing like it so far.
            if index + 1 == Self.tasterRows, equal == 0 { return 0 }
        }
        return Double(equal) / Double(sample.rows.count * sample.columns / sample.tensor.format.elements)
    }

    /// Whether importances change anything: made-up ones, uneven enough to move any weighted search.
    private func reacts(_ sample: RowSample) throws -> Bool {
        let encoder = try BlockEncoder(sample.tensor.format, policy: .asOriginal, backend: backend)
        let uneven = (0..<sample.columns).map { column -> Float in
            let value = 1 + (column * 7 + column / 11) % 11
            return Float(column.isMultiple(of: 3) ? 9 * value : value)
        }
        for index in sample.rows.indices.prefix(4) {
            let row = Array(sample.weights[index * sample.columns..<(index + 1) * sample.columns])
            do throws(EncodeError) {
                let plain = try encoder.encode(row, columns: sample.columns)
                if try encoder.encode(row, columns: sample.columns, importance: uneven) != plain { return true }
            } catch {
                // It is made with importances only.
                return true
            }
        }
        return false
    }

    /// The squared error of the tensor over that of this program's encoder without importances; nil where that has none.
    private func errorRatio(_ sample: RowSample) throws -> Double? {
        let format = sample.tensor.format
        let own: [UInt8]
        do throws(EncodeError) {
            own = try BlockEncoder(format, policy: .asOriginal, backend: backend).encode(sample.weights, columns: sample.columns)
        } catch { return nil }
        let ownError = try error(of: own, sample)
        guard ownError > 0 else { return nil }
        return try error(of: sample.blocks, sample) / ownError
    }

    private func error(of blocks: [UInt8], _ sample: RowSample) throws -> Double {
        var decoded = [Float](repeating: 0, count: sample.weights.count)
        try blocks.withUnsafeBytes { blocks in
            try decoded.withUnsafeMutableBufferPointer { try backend.decode(sample.tensor.format, blocks, into: $0) }
        }
        return zip(decoded, sample.weights).reduce(0) { sum, pair in
            let difference = Double(pair.0) - Double(pair.1)
            return difference.isFinite ? sum + difference * difference : sum
        }
    }
}

/// Rows of a tensor, evenly spread, and the source's weights in them.
private struct RowSample {
    let tensor: SourceModel.Tensor
    let source: SourceModel.Tensor
    let columns: Int
    /// Which rows, of which matrix.
    let rows: [(matrix: Int, row: Int)]
    /// The source's weights, row after row.
    let weights: [Float]
    /// The tensor's blocks, row after row.
    let blocks: [UInt8]
    private let rowBytes: Int

    init(_ tensor: SourceModel.Tensor, _ source: SourceModel.Tensor, weights limit: Int, _ backend: CPUBackend) throws {
        (self.tensor, self.source) = (tensor, source)
        let columns = tensor.columns
        self.columns = columns
        let total = tensor.rows * tensor.matrices
        let count = max(1, min(total, limit / tensor.columns))
        let chosen = (0..<count).map { count == 1 ? 0 : $0 * (total - 1) / (count - 1) }
        rows = chosen.map { ($0 / tensor.rows, $0 % tensor.rows) }
        let rowBytes = columns / tensor.format.elements * tensor.format.bytes
        self.rowBytes = rowBytes
        let sourceBytes = source.columns / source.format.elements * source.format.bytes
        var weights = [Float](repeating: 0, count: count * columns)
        var blocks: [UInt8] = []
        blocks.reserveCapacity(count * rowBytes)
        for (index, row) in chosen.enumerated() {
            guard let own = tensor.bytes.slice(row * rowBytes..<(row + 1) * rowBytes),
                let from = source.bytes.slice(row * sourceBytes..<(row + 1) * sourceBytes)
            else { continue }
            blocks += own
            try weights.withUnsafeMutableBufferPointer { weights in
                let part = UnsafeMutableBufferPointer(rebasing: weights[index * columns..<(index + 1) * columns])
                try from.withUnsafeBytes { try backend.decode(source.format, $0, into: part) }
            }
        }
        (self.weights, self.blocks) = (weights, blocks)
    }

    /// How many of a row's blocks are these.
    func equalBlocks(_ encoded: [UInt8], _ index: Int) -> Int {
        let bytes = tensor.format.bytes
        let start = index * rowBytes
        return stride(from: 0, to: rowBytes, by: bytes).reduce(0) { sum, place in
            let end = min(place + bytes, encoded.count)
            return encoded[place..<end].elementsEqual(blocks[start + place..<start + end]) ? sum + 1 : sum
        }
    }
}
