/// A model architecture: its tensors with names, kinds and shapes, and known models.
public struct Architecture: Sendable, Hashable {
    /// The value of `general.architecture`, which is also the prefix of its metadata keys.
    public let id: String
    /// One line for people.
    public let title: String
    /// How the head size follows when its key is absent.
    public let headSizeFallback: HeadSizeFallback
    /// Where the hyper-parameters are found in the metadata.
    public let metadata: [HyperParameterKey]
    /// Its tensors; those of a layer once, with `{layer}` in the name.
    public let tensors: [TensorTemplate]
    /// Models whose hyper-parameters are known.
    public let models: [ModelShape]

    /// Creates an architecture.
    public init(
        id: String, title: String, headSizeFallback: HeadSizeFallback, metadata: [HyperParameterKey], tensors: [TensorTemplate],
        models: [ModelShape]
    ) {
        self.id = id
        self.title = title
        self.headSizeFallback = headSizeFallback
        self.metadata = metadata
        self.tensors = tensors
        self.models = models
    }
}

/// What the head size is when the file does not say.
public enum HeadSizeFallback: String, Sendable, Hashable, CaseIterable {
    /// The key is required.
    case none
    /// Embedding length divided by the number of heads.
    case embeddingPerHead = "embedding/heads"
}

/// A number that shapes depend on.
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
}

/// Where a hyper-parameter is found.
public struct HyperParameterKey: Sendable, Hashable {
    /// Which one.
    public let parameter: HyperParameter
    /// Metadata key without the architecture prefix, for example `block_count`.
    public let key: String
    /// Whether a file must have it. Absent `heads_kv` means as many as `heads`.
    public let isRequired: Bool

    /// Creates a key.
    public init(parameter: HyperParameter, key: String, isRequired: Bool) {
        self.parameter = parameter
        self.key = key
        self.isRequired = isRequired
    }
}

/// Whether a tensor exists once or in every layer.
public enum TensorScope: String, Sendable, Hashable, CaseIterable {
    /// Once.
    case model
    /// In every layer; the name holds `{layer}`.
    case layer
}

/// A tensor of an architecture.
public struct TensorTemplate: Sendable, Hashable {
    /// Name, with `{layer}` for the number of the layer.
    public let name: String
    /// Its part in routing.
    public let kind: TensorKind
    /// Once or in every layer.
    public let scope: TensorScope
    /// Dimensions in file order, columns (contiguous) first; the factors of each multiply.
    public let shape: [[HyperParameter]]
    /// Whether a file must have it.
    public let isRequired: Bool

    /// Creates a template.
    public init(name: String, kind: TensorKind, scope: TensorScope, shape: [[HyperParameter]], isRequired: Bool) {
        self.name = name
        self.kind = kind
        self.scope = scope
        self.shape = shape
        self.isRequired = isRequired
    }
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
