import CUDAKernels
import HIFIKernels
import Inference

/// The launches of one forward pass over sequences of one length, each from its first position. Nothing here waits for the device.
struct DevicePass {
    let backend: CUDABackend
    let model: DeviceModel
    let shape: HyperParameters
    let room: Workspace
    let rotation: RotationTable
    let arithmetic: InferenceOptions.Arithmetic
    let sequences: Int
    let length: Int
    /// Looks at every product, not only at what 8-bit codes would hide.
    let isTracing: Bool
    var broken: BrokenRows

    private var positions: Int { sequences * length }

    /// Rows that share an input, and the forms of it that have been made.
    private struct Input {
        let values: DeviceArray<Float>
        let rows: Int
        let width: Int
        /// Set until the numbers have been checked for being finite.
        var unseen: DeviceArray<Int32>?
        var quantized: DeviceActivations?
        var rounding: ProductRule.Rounding?
    }

    /// All layers; `room.stream` holds the embedded tokens, and after them what the layers make of these.
    mutating func layers() throws(CUDAError) {
        if isTracing { try look(room.stream, rows: positions, width: shape.embedding) { "a row of token_embd.weight" } }
        for layer in model.layers {
            try norm(layer.attentionNorm, .all(positions))
            try multiply([(layer.query, room.queries), (layer.key, room.keys), (layer.value, room.values)], by: room.normed)
            try rotate(room.queries, layer.queryNorm, heads: shape.heads)
            try rotate(room.keys, layer.keyNorm, heads: shape.headsKV)
            try backend.attend(
                room.queries, room.keys, room.values,
                shape: .init(sequences: sequences, length: length, heads: shape.heads, headsKV: shape.headsKV, size: shape.headSize),
                scratch: room.terms, into: room.read)
            try multiply([(layer.attentionOutput, room.normed)], by: room.read)
            try backend.add(room.stream, room.normed, count: positions * shape.embedding)
            try norm(layer.feedForwardNorm, .all(positions))
            try multiply([(layer.gate, room.gate), (layer.up, room.up)], by: room.normed)
            try multiplyGated(layer.down)
            try backend.add(room.stream, room.normed, count: positions * shape.embedding)
        }
    }

    /// Logits of a stretch of the scored rows, which are the last `outputs` of each sequence, and what is read off them.
    ///
    /// - Parameters:
    ///   - stretch: the first one begins at 0.
    mutating func logits(_ stretch: Range<Int>, outputs: Int) throws(CUDAError) {
        if stretch.lowerBound == 0 {
            try norm(model.outputNorm, .last(outputs, of: length, sequences: sequences))
        }
        let width = shape.embedding
        let (length, first) = (length, stretch.lowerBound)
        try multiply(
            [(model.output, room.logits)], by: room.normed.slice(first * width..<stretch.upperBound * width), rows: stretch.count,
            position: { length - outputs + (first + $0) % outputs })
        try backend.score(
            room.logits, vocabulary: shape.vocabulary, targets: room.targets.slice(stretch), rows: stretch.count,
            into: room.scores.slice(stretch))
    }

    private func norm(_ weight: DeviceArray<Float>, _ rows: RowChoice) throws(CUDAError) {
        try backend.norm(
            room.stream, weight: weight, epsilon: shape.epsilon, width: shape.embedding, rows: rows, into: room.normed)
    }

    private func rotate(_ heads: DeviceArray<Float>, _ norm: DeviceArray<Float>?, heads count: Int) throws(CUDAError) {
        try backend.rotateHeads(
            heads, norm: norm, epsilon: shape.epsilon, table: rotation, heads: count, rows: positions, period: length)
    }

    private mutating func multiply(
        _ products: [(DeviceWeights, DeviceArray<Float>)], by values: DeviceArray<Float>
    ) throws(CUDAError) {
        let length = length
        try multiply(products, by: values, rows: positions) { $0 % length }
    }

    /// Products of matrices with one input: `output[row * matrix.rows + w]`.
    private mutating func multiply(
        _ products: [(DeviceWeights, DeviceArray<Float>)], by values: DeviceArray<Float>, rows: Int, position: @escaping (Int) -> Int
    ) throws(CUDAError) {
        guard let first = products.first?.0 else { return }
        var input = Input(values: values, rows: rows, width: first.columns)
        // Codes of eight bits would hide what is not finite.
        if arithmetic == .kernels { input.unseen = broken.flag(position: position) { "an input of tensor \(first.name)" } }
        for (matrix, output) in products {
            try multiply(matrix, &input, into: output)
            guard isTracing else { continue }
            try broken.look(output, rows: rows, width: matrix.rows, position: position) { "the product of tensor \(matrix.name)" }
        }
    }

    /// The product of the last matrix of a layer with gated values, into `room.normed`.
    private mutating func multiplyGated(_ matrix: DeviceWeights) throws(CUDAError) {
        guard case .quantized(let weights) = matrix.form else {
            try backend.swiglu(room.gate, room.up, into: room.gate, count: positions * shape.feedForward)
            return try multiply([(matrix, room.normed)], by: room.gate)
        }
        let length = length
        let flag = broken.flag(position: { $0 % length }) { "an input of tensor \(matrix.name)" }
        let activations = try backend.quantizeSwiglu(
            room.gate, room.up, positions: positions, columns: shape.feedForward, into: room.quantized, broken: flag)
        try backend.multiply(weights, activations, into: room.normed)
        if isTracing { try look(room.normed, rows: positions, width: matrix.rows) { "the product of tensor \(matrix.name)" } }
    }

    private func multiply(_ matrix: DeviceWeights, _ input: inout Input, into output: DeviceArray<Float>) throws(CUDAError) {
        switch matrix.form {
        case .quantized(let weights):
            if let activations = input.quantized { return try backend.multiply(weights, activations, into: output) }
            let activations = try backend.quantize(
                input.values, positions: input.rows, columns: input.width, into: room.quantized, broken: input.unseen)
            (input.quantized, input.unseen) = (activations, nil)
            try backend.multiply(weights, activations, into: output)
        case .floats(let weights):
            try backend.multiply(weights, rounded(&input, matrix.rounding), positions: input.rows, into: output)
        case .blocks(let blocks):
            let values = try rounded(&input, matrix.rounding)
            let height = max(1, room.decoded.count / matrix.columns)
            for first in stride(from: 0, to: matrix.rows, by: height) {
                let rows = first..<min(first + height, matrix.rows)
                try backend.decode(blocks, rows: rows, into: room.decoded)
                try backend.multiplyDecoded(
                    room.decoded, rows: rows.count, columns: matrix.columns, values, positions: input.rows,
                    into: output.slice(first..<output.count), stride: matrix.rows)
            }
        }
    }

    /// The input as a product in fp32 wants it.
    private func rounded(_ input: inout Input, _ rounding: ProductRule.Rounding?) throws(CUDAError) -> DeviceArray<Float> {
        if let flag = input.unseen { try backend.findBroken(input.values, width: input.width, rows: input.rows, flag: flag) }
        input.unseen = nil
        guard let rounding else { return input.values }
        if input.rounding != rounding {
            try backend.roundThrough(
                rounding == .q8k ? .q8_k : .q8_0, input.values, into: room.rounded, count: input.rows * input.width)
        }
        input.rounding = rounding
        return room.rounded
    }

    private mutating func look(
        _ values: DeviceArray<Float>, rows: Int, width: Int, _ what: @escaping () -> String
    ) throws(CUDAError) {
        let length = length
        try broken.look(values, rows: rows, width: width, position: { $0 % length }, what)
    }
}
