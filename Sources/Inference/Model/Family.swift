/// Architectures with a forward pass, and in what they differ from each other.
///
/// All are stacks of the same layer: RMS norm, attention with rotated heads, RMS norm, a gated feed-forward part (SwiGLU) or a
/// softmax-gated choice of such parts. Which optional tensors each one has is what llama.cpp as in llama-cpp-python 0.3.36 loads for it.
struct Family: Sendable {
    /// Which tensors may be there besides the weights.
    struct Biases: OptionSet, Sendable {
        let rawValue: Int
        static let attentionOutput = Biases(rawValue: 1)
        static let feedForward = Biases(rawValue: 2)
        static let output = Biases(rawValue: 4)
    }

    /// Whether there are experts.
    enum Choice: Sendable {
        case never, possible
        /// Always; whether weights are normalized, and whether there is a shared expert.
        case always(normalizes: Bool, shared: Bool)
    }

    /// `general.architecture`.
    let id: String
    let rotation: HyperParameters.Rotation
    let hasHeadNorms: Bool
    /// Those of queries, keys and values are always possible.
    let biases: Biases
    let experts: Choice
    /// Whether `rope_freqs.weight` and the factors of longrope are used.
    let hasRotationFactors: Bool
    /// Whether the file may leave out the output matrix, so that the token embedding takes its place.
    let mayBeTied: Bool

    static let all = [
        Family(
            id: "llama", rotation: .pairs, hasHeadNorms: false, biases: [.attentionOutput, .feedForward], experts: .possible,
            hasRotationFactors: true, mayBeTied: true),
        Family(
            id: "qwen2", rotation: .halves, hasHeadNorms: false, biases: .output, experts: .never, hasRotationFactors: false,
            mayBeTied: true),
        Family(
            id: "qwen2moe", rotation: .halves, hasHeadNorms: false, biases: [], experts: .always(normalizes: false, shared: true),
            hasRotationFactors: false, mayBeTied: false),
        Family(
            id: "qwen3", rotation: .halves, hasHeadNorms: true, biases: [], experts: .never, hasRotationFactors: false, mayBeTied: true),
        Family(
            id: "qwen3moe", rotation: .halves, hasHeadNorms: true, biases: [], experts: .always(normalizes: true, shared: false),
            hasRotationFactors: false, mayBeTied: true),
    ]

    static func named(_ id: String) -> Family? { all.first { $0.id == id } }
}
