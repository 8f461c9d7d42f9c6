import CUDAKernels
import HIFIKernels
import Inference

/// Looks up rows of the token embedding: on the device if they lie there in a form that it reads, else on the processor.
struct DeviceEmbedding: Sendable {
    private let place: Place
    private let embedder: TokenEmbedder
    private let backend: CUDABackend

    private enum Place: Sendable {
        case floats(DeviceFloatMatrix)
        case blocks(DeviceMatrix)
        case processor
    }

    /// - Parameter output: the output matrix, which may be the same tensor and lie there already.
    init(_ model: LanguageModel, output: DeviceWeights, on backend: CUDABackend, _ engine: Engine) throws(ModelError) {
        self.backend = backend
        embedder = try TokenEmbedder(model, engine)
        let matrix = model.embedding
        switch output.form {
        case .floats(let weights) where model.isTied: place = .floats(weights)
        case .blocks(let blocks) where model.isTied: place = .blocks(blocks)
        default:
            do throws(KernelError) {
                place = try matrix.bytes.withUnsafeBytes { bytes throws(KernelError) -> Place in
                    if let element = DeviceFloatMatrix.Element(rawValue: matrix.format.id) {
                        return try onDevice { () throws(CUDAError) in
                            .floats(try DeviceFloatMatrix(backend, bytes: bytes, element: element, columns: matrix.columns))
                        }
                    }
                    guard DeviceWeights.isNative(matrix, on: backend) else { return .processor }
                    return .blocks(try backend.upload(matrix.format, bytes, columns: matrix.columns, layout: .rows))
                }
            } catch { throw .kernel(error) }
        }
    }

    /// Bytes that the embedding takes on the device beside the output matrix, about.
    static func bytes(_ model: LanguageModel, on backend: CUDABackend) -> Int {
        let isThere = DeviceFloatMatrix.Element(rawValue: model.embedding.format.id) != nil
        if isThere { return model.isTied ? 0 : model.embedding.bytes.count }
        return DeviceWeights.isNative(model.embedding, on: backend) ? model.embedding.bytes.count : 0
    }

    /// Each token's row, one after another.
    ///
    /// - Parameter numbers: room on the device for the tokens.
    /// - Throws: `tokenOutOfRange`.
    func embed(_ tokens: [Int32], numbers: DeviceArray<Int32>, into rows: DeviceArray<Float>) throws(ModelError) {
        try embedder.check(tokens)
        switch place {
        case .floats(let matrix):
            try asModelError { () throws(CUDAError) in
                try numbers.upload(tokens)
                try backend.gather(matrix, numbers, count: tokens.count, into: rows)
            }
        case .blocks(let matrix):
            try asModelError { () throws(CUDAError) in
                try numbers.upload(tokens)
                try backend.gather(matrix, numbers, count: tokens.count, into: rows)
            }
        case .processor:
            let values = try embedder.rows(tokens)
            try asModelError { () throws(CUDAError) in try rows.upload(values) }
        }
    }
}
