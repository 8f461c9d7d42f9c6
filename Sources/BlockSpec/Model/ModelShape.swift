/// The numbers that every model of the described kinds has.
public enum HyperParameter: String, Sendable, Hashable, CaseIterable {
    /// Length of a token's vector.
    case embedding
    /// Number of layers.
    case layers
    /// Width of the feed-forward part.
    case feedForward = "feed_forward"
    /// Number of query heads.
    case heads
    /// Number of key and value heads.
    case headsKV = "heads_kv"
    /// Length of one head's vector.
    case headSize = "head_size"
    /// Number of tokens; the length of the token list, not a key of its own.
    case vocabulary

    /// Parameters that are as large as another one in these models: the width of values and of what is rotated is that of keys.
    static let sameWidth = ["value_size": "head_size", "rope_size": "head_size"]
}

/// Where one of these is found.
public struct HyperParameterKey: Sendable, Hashable {
    /// Which one.
    public let parameter: HyperParameter
    /// Metadata key without the architecture prefix, for example `block_count`.
    public let key: String
    /// Whether a file must have it: nothing takes its place. Absent `heads_kv` means as many as `heads`.
    public let isRequired: Bool

    /// Creates a key.
    public init(parameter: HyperParameter, key: String, isRequired: Bool) {
        self.parameter = parameter
        self.key = key
        self.isRequired = isRequired
    }
}

/// What the head size is when the file does not say.
public enum HeadSizeFallback: String, Sendable, Hashable, CaseIterable {
    /// The key is required.
    case none
    /// Embedding length divided by the number of heads.
    case embeddingPerHead = "embedding/heads"
}

/// The hyper-parameters of one model.
public struct ModelShape: Sendable, Hashable {
    /// For example `qwen3-1.7b`.
    public let id: String
    /// Marketing size, for example `1.7B`.
    public let label: String
    /// Length of a token's vector.
    public let embedding: Int
    /// Number of layers.
    public let layers: Int
    /// Width of the feed-forward part.
    public let feedForward: Int
    /// Number of query heads.
    public let heads: Int
    /// Number of key and value heads.
    public let headsKV: Int
    /// Length of one head's vector.
    public let headSize: Int
    /// Number of tokens.
    public let vocabulary: Int
    /// Whether the model uses the token embedding as its output matrix.
    public let tied: Bool
    /// Whether the published files hold `output.weight`, which some do although the model is tied.
    public let outputTensor: Bool

    /// Creates a model shape.
    public init(
        id: String, label: String, embedding: Int, layers: Int, feedForward: Int, heads: Int, headsKV: Int, headSize: Int,
        vocabulary: Int, tied: Bool, outputTensor: Bool
    ) {
        self.id = id
        self.label = label
        self.embedding = embedding
        self.layers = layers
        self.feedForward = feedForward
        self.heads = heads
        self.headsKV = headsKV
        self.headSize = headSize
        self.vocabulary = vocabulary
        self.tied = tied
        self.outputTensor = outputTensor
    }
}

extension ModelShape {
    /// The value of a hyper-parameter.
    public func value(of parameter: HyperParameter) -> Int {
        switch parameter {
        case .embedding: embedding
        case .layers: layers
        case .feedForward: feedForward
        case .heads: heads
        case .headsKV: headsKV
        case .headSize: headSize
        case .vocabulary: vocabulary
        }
    }

    /// The fork's estimate of the parameters in billions as its quantizer computes it, without the vocabulary (QUANT-07).
    public var forkParameterEstimate: Double { forkParameterEstimate(vocabulary: 0) }

    /// The same with the vocabulary loaded, as the fork's loader computes it.
    public func forkParameterEstimate(vocabulary: Int) -> Double {
        QuantizerRules.parameterEstimate(
            embedding: Double(embedding), feedForward: Double(feedForward), layers: Double(layers), vocabulary: Double(vocabulary))
    }
}

extension ModelShape: FormulaValues {
    /// Its own numbers; others are 0, as in a file without the key.
    public func value(of parameter: String, in layer: Int) -> Int? {
        HyperParameter(rawValue: HyperParameter.sameWidth[parameter] ?? parameter).map(value) ?? 0
    }

    /// Nil: shapes hold numbers only.
    public func text(of parameter: String) -> String? { nil }

    /// No tensor but those that are required is taken to be there.
    public func hasTensor(_ name: String) -> Bool { false }

    /// Nil: shapes hold no tensors.
    public func rows(ofTensor name: String) -> Int? { nil }
}
