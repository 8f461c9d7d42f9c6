import HIFIBlockSpec
import HIFIGGUF
import HIFIKernels

/// Rewrites a tensor in another revision a slab of rows at a time and proves each slab: both forms are decoded and compared.
struct TensorConverter {
    let target: BlockFormat
    let backend: CPUBackend

    /// Blocks in a slab.
    private static let slabBlocks = 1 << 12

    /// Throws where the two formats have too little in common.
    func transcoder(for tensor: SourceModel.Tensor) throws(QuantizationError) -> BlockTranscoder {
        if let transcoder = BlockTranscoder(from: tensor.format, to: target) { return transcoder }
        let odd = SlotLayout(tensor.format) == nil ? tensor.format : target
        let reason =
            odd.decoding?.correction?.mode == .add
            ? "the values of \(odd.id) are added to the base, and the sum is not an fp16 number"
            : "\(odd.id) has no Q3_K base with fp16 outliers that replace"
        throw .notConvertible(tensor: tensor.name, from: tensor.format.id, to: target.id, reason: reason)
    }

    /// Writes the tensor.
    ///
    /// - Parameter progress: called after each slab with the bytes of the source that were done in it.
    /// - Throws: `lossy` for the first block that has no equal.
    func write(_ tensor: SourceModel.Tensor, to sink: inout TensorSink, progress: (Int) -> Void) throws {
        let transcoder = try transcoder(for: tensor)
        guard let base = Spec.format("q3_k") else { return }
        let blocks = tensor.weights / tensor.format.elements
        for first in stride(from: 0, to: blocks, by: Self.slabBlocks) {
            let count = min(Self.slabBlocks, blocks - first)
            guard let bytes = tensor.bytes.slice(first * tensor.format.bytes..<(first + count) * tensor.format.bytes) else { return }
            let source = Array(bytes)
            let baseWeights = try decode(base, Self.bases(source, count, tensor.format.bytes, base.bytes))
            var output = [UInt8](repeating: 0, count: count * target.bytes)
            for index in 0..<count {
                do throws(BlockTranscoder.Obstacle) {
                    try Self.transcode(transcoder, index, source, tensor.format.bytes, baseWeights, &output, target.bytes)
                } catch {
                    throw lossy(tensor, first + index, error.reason)
                }
            }
            try prove(tensor, first, source, output)
            try sink.write(output)
            progress(bytes.count)
        }
    }

    private static func transcode(
        _ transcoder: BlockTranscoder, _ index: Int, _ source: [UInt8], _ sourceBytes: Int, _ weights: [Float], _ output: inout [UInt8],
        _ outputBytes: Int
    ) throws(BlockTranscoder.Obstacle) {
        let result: Result<Void, BlockTranscoder.Obstacle> = source.withUnsafeBytes { source in
            weights.withUnsafeBufferPointer { weights in
                output.withUnsafeMutableBytes { output in
                    Result { () throws(BlockTranscoder.Obstacle) in
                        try transcoder.transcode(
                            UnsafeRawBufferPointer(rebasing: source[index * sourceBytes..<(index + 1) * sourceBytes]),
                            base: UnsafeBufferPointer(rebasing: weights[index * 256..<(index + 1) * 256]),
                            into: UnsafeMutableRawBufferPointer(rebasing: output[index * outputBytes..<(index + 1) * outputBytes]))
                    }
                }
            }
        }
        try result.get()
    }

    /// The bases of blocks, one after another.
    private static func bases(_ blocks: [UInt8], _ count: Int, _ blockBytes: Int, _ baseBytes: Int) -> [UInt8] {
        var bases: [UInt8] = []
        bases.reserveCapacity(count * baseBytes)
        for index in 0..<count { bases += blocks[index * blockBytes..<index * blockBytes + baseBytes] }
        return bases
    }

    private func decode(_ format: BlockFormat, _ blocks: [UInt8]) throws -> [Float] {
        var weights = [Float](repeating: 0, count: blocks.count / format.bytes * format.elements)
        try blocks.withUnsafeBytes { blocks in
            try weights.withUnsafeMutableBufferPointer { try backend.decode(format, blocks, into: $0) }
        }
        return weights
    }

    /// Throws unless both forms decode to the same bits; any NaN is as good as another.
    private func prove(_ tensor: SourceModel.Tensor, _ first: Int, _ source: [UInt8], _ output: [UInt8]) throws {
        let (before, after) = (try decode(tensor.format, source), try decode(target, output))
        let changed = zip(before, after).enumerated().first { _, pair in
            pair.0.bitPattern != pair.1.bitPattern && !(pair.0.isNaN && pair.1.isNaN)
        }
        guard let changed else { return }
        let (index, (old, new)) = changed
        throw lossy(tensor, first + index / 256, "weight \(index % 256) would become \(new), it is \(old)")
    }

    private func lossy(_ tensor: SourceModel.Tensor, _ block: Int, _ reason: String) -> QuantizationError {
        let perRow = max(1, tensor.columns / tensor.format.elements)
        return .lossy(
            tensor: tensor.name, row: block / perRow, block: block % perRow, from: tensor.format.id, to: target.id, reason: reason)
    }
}
