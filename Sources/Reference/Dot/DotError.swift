/// Why a dot product cannot be formed.
public enum DotError: Error, Equatable, CustomStringConvertible {
    /// The format is known by its size only.
    case knownBySizeOnly(String)
    /// A weight is no multiple of its code plus a constant.
    case noProduct(String)
    /// Not a format for activations: q8_k, q8_0, q8_1, f32, f16, bf16.
    case notAnActivationFormat(String)
    /// No historical kernel works on the format.
    case notHistorical(String)
    case partialBlock(format: String, bytes: Int, blockBytes: Int)
    /// Weights and activations are of different lengths.
    case lengths(weights: Int, activations: Int)

    /// What is wrong, in one line.
    public var description: String {
        switch self {
        case .knownBySizeOnly(let id): "\(id) is known by its size only; it has no product"
        case .noProduct(let id): "no product is specified for \(id)"
        case .notAnActivationFormat(let id): "\(id) does not hold activations (q8_k, q8_0, q8_1, f32, f16 and bf16 do)"
        case .notHistorical(let id): "\(id) has no historical kernel; those work on Q3_K blocks with fp16 outliers"
        case .partialBlock(let id, let bytes, let blockBytes): "\(bytes) bytes are not whole \(id) blocks of \(blockBytes) bytes"
        case .lengths(let weights, let activations): "\(weights) weights cannot be multiplied with \(activations) activations"
        }
    }
}
