import CUDAKernels
import HIFIKernels
import Inference

/// Room on the device for the activations of some sequences. Nothing is allocated while a pass runs: that would wait for the device.
struct Workspace: Sendable {
    let stream, normed, queries, keys, values, read, gate, up: DeviceArray<Float>
    /// Terms of attention.
    let terms: DeviceArray<Float>
    /// Activations rounded through a form; one number where no matrix asks for it.
    let rounded: DeviceArray<Float>
    /// Rows decoded for one product; one number where no matrix asks for it.
    let decoded: DeviceArray<Float>
    /// Activations as the quantized products take them.
    let quantized: DeviceActivations
    let logits: DeviceArray<Float>
    let tokens: DeviceArray<Int32>
    /// The token that follows each scored position.
    let targets: DeviceArray<Int32>
    let scores: LogitScores

    /// What a workspace is made for.
    struct Size: Sendable {
        let shape: HyperParameters
        let sequences: Int
        /// Positions of a sequence.
        let length: Int
        let needsRounding: Bool
        let needsDecoding: Bool
        let needsQuantizing: Bool

        var positions: Int { sequences * length }
        /// The widest input of a product.
        var widest: Int { max(shape.embedding, shape.queryWidth, shape.feedForward) }
        /// The same in whole super-blocks.
        var widestBlocks: Int { (widest + 255) / 256 * 256 }
        var attention: AttentionShape {
            .init(sequences: sequences, length: length, heads: shape.heads, headsKV: shape.headsKV, size: shape.headSize)
        }
        /// Rows of logits at a time: 512 MiB of them.
        var height: Int { max(1, min(positions, (128 << 20) / shape.vocabulary)) }
        /// Numbers for the terms of attention: 256 MiB of them, if as many are needed.
        var terms: Int { max(attention.leastScratch, min(attention.mostScratch, 64 << 20)) }
        /// Rows of decoded weights: 64 MiB of them.
        var decoded: Int { needsDecoding ? max(widest, 16 << 20) : 1 }
        var rounded: Int { needsRounding ? positions * widest : 1 }

        /// Bytes of the whole, about; nil if they cannot be counted.
        var bytes: Int? {
            let widths =
                2 * shape.embedding + 2 * shape.queryWidth + 2 * shape.keyWidth + 2 * shape.feedForward + (needsRounding ? widest : 0)
            // Codes twice, a scale and eight sums of every 256, of positions in groups of 128.
            let perPosition = 4 * widths + (needsQuantizing ? widestBlocks / 256 * 532 : 0)
            let (activations, overflow) = ((positions + 127) / 128 * 128).multipliedReportingOverflow(by: perPosition)
            let (logits, tooMany) = height.multipliedReportingOverflow(by: 4 * shape.vocabulary)
            guard !overflow, !tooMany, activations < Int.max / 4, logits < Int.max / 4 else { return nil }
            return activations + logits + 4 * (terms + decoded)
        }
    }

    init(_ size: Size, on backend: CUDABackend) throws(CUDAError) {
        let shape = size.shape
        func rows(_ width: Int) throws(CUDAError) -> DeviceArray<Float> { try DeviceArray(backend, count: size.positions * width) }
        stream = try rows(shape.embedding)
        normed = try rows(max(shape.embedding, shape.queryWidth))
        queries = try rows(shape.queryWidth)
        keys = try rows(shape.keyWidth)
        values = try rows(shape.keyWidth)
        read = try rows(shape.queryWidth)
        gate = try rows(shape.feedForward)
        up = try rows(shape.feedForward)
        terms = try DeviceArray(backend, count: size.terms)
        rounded = try DeviceArray(backend, count: size.rounded)
        decoded = try DeviceArray(backend, count: size.decoded)
        quantized = try DeviceActivations(
            backend, positions: size.needsQuantizing ? size.positions : 1, columns: size.needsQuantizing ? size.widestBlocks : 256)
        logits = try DeviceArray(backend, count: size.height * shape.vocabulary)
        tokens = try DeviceArray(backend, count: size.positions)
        targets = try DeviceArray(backend, count: size.positions)
        scores = try LogitScores(backend, rows: size.positions)
    }
}
