import CUDAKernels
import HIFIKernels
import Inference

/// A model whose weights lie in a device's memory.
struct DeviceModel: Sendable {
    let embedding: DeviceEmbedding
    let layers: [Layer]
    let outputNorm: DeviceArray<Float>
    let output: DeviceWeights

    struct Layer: Sendable {
        let attentionNorm: DeviceArray<Float>
        let query: DeviceWeights
        let key: DeviceWeights
        let value: DeviceWeights
        let queryNorm: DeviceArray<Float>?
        let keyNorm: DeviceArray<Float>?
        let attentionOutput: DeviceWeights
        let feedForwardNorm: DeviceArray<Float>
        let gate: DeviceWeights
        let up: DeviceWeights
        let down: DeviceWeights
    }

    /// Copies everything to the device.
    ///
    /// - Parameter progress: called with the layers that are there and how many there are.
    /// - Throws: `kernel(.device)` where the device's memory does not suffice.
    init(
        _ model: LanguageModel, on backend: CUDABackend, _ engine: Engine, _ arithmetic: InferenceOptions.Arithmetic,
        progress: (Int, Int) -> Void
    ) throws(ModelError) {
        try Self.checkComputed(model)
        try Self.checkRoom(model, on: backend)
        func weights(_ matrix: WeightMatrix) throws(ModelError) -> DeviceWeights {
            try DeviceWeights(matrix, on: backend, engine, arithmetic)
        }
        func numbers(_ values: [Float]) throws(ModelError) -> DeviceArray<Float> {
            try asModelError { () throws(CUDAError) in try DeviceArray(backend, values) }
        }
        var layers: [Layer] = []
        for (index, layer) in model.layers.enumerated() {
            progress(index, model.layers.count)
            guard case .dense(let gated) = layer.feedForward else { throw .notOnDevice("a layer of experts") }
            layers.append(
                Layer(
                    attentionNorm: try numbers(layer.attentionNorm), query: try weights(layer.query), key: try weights(layer.key),
                    value: try weights(layer.value), queryNorm: try layer.queryNorm.map(numbers), keyNorm: try layer.keyNorm.map(numbers),
                    attentionOutput: try weights(layer.attentionOutput), feedForwardNorm: try numbers(layer.feedForwardNorm),
                    gate: try weights(gated.gate), up: try weights(gated.up), down: try weights(gated.down)))
        }
        self.layers = layers
        outputNorm = try numbers(model.outputNorm)
        output = try weights(model.output)
        embedding = try DeviceEmbedding(model, output: output, on: backend, engine)
        progress(model.layers.count, model.layers.count)
    }

    /// All matrices, in the order of the forward pass.
    var matrices: [DeviceWeights] {
        layers.flatMap { [$0.query, $0.key, $0.value, $0.attentionOutput, $0.gate, $0.up, $0.down] } + [output]
    }

    /// What the device's kernels do not compute is refused by name before anything is copied.
    private static func checkComputed(_ model: LanguageModel) throws(ModelError) {
        let shape = model.shape
        guard shape.experts == nil else { throw .notOnDevice("key \(shape.architecture).expert_count: a choice of experts") }
        guard shape.rotated == shape.headSize else {
            throw .notOnDevice(
                "key \(shape.architecture).rope.dimension_count: a rotation of \(shape.rotated) numbers of \(shape.headSize)")
        }
        if let matrix = model.matrices.first(where: { $0.bias != nil }) {
            throw .notOnDevice("the bias of tensor \(matrix.name)")
        }
    }

    /// Copying a large model takes a while; what cannot fit is refused before.
    private static func checkRoom(_ model: LanguageModel, on backend: CUDABackend) throws(ModelError) {
        var needed = DeviceEmbedding.bytes(model, on: backend)
        var largest = 0
        for matrix in model.layers.flatMap({ $0.attention + $0.feedForward.matrices }) + [model.output] {
            let bytes = DeviceWeights.bytes(matrix, on: backend)
            let (sum, overflow) = needed.addingReportingOverflow(bytes)
            (needed, largest) = (overflow ? Int.max : sum, max(largest, bytes))
        }
        // While tiles are made of a matrix, it is there twice.
        needed = needed > Int.max - largest ? Int.max : needed + largest
        let free = try asModelError { () throws(CUDAError) in try backend.device.memory().free }
        guard needed <= free else {
            throw .kernel(.device("the weights need \(needed) bytes; \(backend.device.name) has \(free) free"))
        }
    }
}

/// Runs work of the device; its errors become the model's.
func asModelError<T>(_ work: () throws(CUDAError) -> T) throws(ModelError) -> T {
    do { return try work() } catch { throw .kernel(.device("\(error)")) }
}
