/// A routing: which tensor of a model gets which type.
///
/// Evaluation has two steps. The first rule that matches the tensor decides, or the default; then the first rewrite that
/// matches the result replaces it. The word `hifi` as a type stands for the block format of the revision in use.
public struct Mix: Sendable, Hashable {
    /// For example `q3_k_m` or `q3_k_hifi`.
    public let id: String
    /// A one-line description.
    public let title: String
    /// Other names under which llama-quantize knows it.
    public let aliases: [String]
    /// Label in the list of the fork's routings, for example `J26b`.
    public let label: String?
    /// Whose routing it is.
    public let kind: MixKind
    /// The block formats that `hifi` stood for while the routing was in force, the usual one first.
    public let hifiFormats: [String]
    /// When it came into force.
    public let since: Milestone?
    /// When it was replaced.
    public let until: Milestone?
    /// The first match decides.
    public let rules: [MixRule]
    /// The first match replaces what the rules gave.
    public let rewrites: [MixRewrite]
    /// The type where no rule matches.
    public let defaultType: String
    /// Types that llama-quantize makes in this mix only with importances, except for embeddings and output.
    public let needsImatrix: [String]
    /// Whether layers are counted in models with experts too, in place of the number in the name (QUANT-18).
    public let countsLayers: Bool
    /// The share of candidate tensors that count as important with an imatrix, by model size; empty if it plays no part.
    public let importanceShares: [ImportanceShare]
    /// What a person should know.
    public let notes: [String]

    /// Creates a mix.
    public init(
        id: String, title: String, aliases: [String], label: String?, kind: MixKind, hifiFormats: [String], since: Milestone?,
        until: Milestone?, rules: [MixRule], rewrites: [MixRewrite], defaultType: String, needsImatrix: [String],
        countsLayers: Bool = false, importanceShares: [ImportanceShare], notes: [String]
    ) {
        self.id = id
        self.title = title
        self.aliases = aliases
        self.label = label
        self.kind = kind
        self.hifiFormats = hifiFormats
        self.since = since
        self.until = until
        self.rules = rules
        self.rewrites = rewrites
        self.defaultType = defaultType
        self.needsImatrix = needsImatrix
        self.countsLayers = countsLayers
        self.importanceShares = importanceShares
        self.notes = notes
    }
}

/// Whose routing a mix is.
public enum MixKind: String, Sendable, Hashable, CaseIterable {
    /// llama.cpp's own.
    case stock
    /// The HIFI fork's.
    case hifi
}

/// The part a tensor plays, as far as routing is concerned.
public enum TensorKind: String, Sendable, Hashable, CaseIterable {
    /// Token embedding.
    case tokenEmbedding = "token_embd"
    /// Output matrix.
    case output
    /// In rules only: the output matrix, or the token embedding where the file holds no output matrix.
    case head
    /// Query projection.
    case attentionQ = "attn_q"
    /// Key projection.
    case attentionK = "attn_k"
    /// Value projection.
    case attentionV = "attn_v"
    /// Query, key and value in one matrix.
    case attentionQKV = "attn_qkv"
    /// Key and value in one matrix, from a compressed form.
    case attentionKVB = "attn_kv_b"
    /// Attention output projection.
    case attentionOutput = "attn_output"
    /// Feed-forward gate.
    case feedForwardGate = "ffn_gate"
    /// Feed-forward up projection.
    case feedForwardUp = "ffn_up"
    /// Feed-forward down projection.
    case feedForwardDown = "ffn_down"
    /// Normalization weights and other vectors.
    case norm
    /// Anything else.
    case other
}

/// One routing rule.
public struct MixRule: Sendable, Hashable {
    /// The tensors it speaks of.
    public let tensors: [TensorKind]
    /// What must hold, all of it.
    public let conditions: [MixCondition]
    /// Format id, or `hifi`.
    public let type: String

    /// Creates a rule.
    public init(tensors: [TensorKind], conditions: [MixCondition], type: String) {
        self.tensors = tensors
        self.conditions = conditions
        self.type = type
    }
}

/// One rewrite of what the rules gave.
public struct MixRewrite: Sendable, Hashable {
    /// The type that is replaced.
    public let from: String
    /// The tensors it speaks of; empty means all.
    public let tensors: [TensorKind]
    /// What must hold, all of it.
    public let conditions: [MixCondition]
    /// Format id, or `hifi`.
    public let type: String

    /// Creates a rewrite.
    public init(from: String, tensors: [TensorKind], conditions: [MixCondition], type: String) {
        self.from = from
        self.tensors = tensors
        self.conditions = conditions
        self.type = type
    }
}

/// A condition of a rule or a rewrite.
public enum MixCondition: Sendable, Hashable {
    /// `layer < constant` or `layer < numerator*n/denominator`, division rounding down.
    case layerBelow(LayerBound)
    /// `layer <= …`, division rounding down.
    case layerAtMost(LayerBound)
    /// The layer is in the first or last eighth or every third between; see ``Mix/useMoreBits(layer:layers:)``.
    case useMoreBits
    /// `p > bound`, p being the fork's estimate of the parameters in billions.
    case sizeAbove(Double)
    /// `p <= bound`.
    case sizeAtMost(Double)
    /// An importance matrix is used.
    case imatrix
    /// No importance matrix is used.
    case noImatrix
    /// The importance matrix puts the tensor among the share that counts as important.
    case important
    /// llama.cpp calls the model 70B; see ``QuantizerRules/isCalled70B(architecture:layers:heads:headsKV:)``.
    case called70B
    /// So many experts.
    case experts(Int)
    /// Any other number of experts.
    case notExperts(Int)
    /// So many experts, or more.
    case expertsAtLeast(Int)
    /// The tensor has more matrices than so many, of its third dimension.
    case matricesAbove(Int)
    /// So many heads, or more, share a key head in the first layer.
    case headGroupAtLeast(Int)
    /// The value of `general.architecture`.
    case architecture(String)
    /// Any other architecture.
    case notArchitecture(String)
}

/// A bound on the layer number.
public enum LayerBound: Sendable, Hashable {
    /// A fixed number of layers.
    case constant(Int)
    /// `numerator * layers / denominator`, rounded down.
    case fraction(numerator: Int, denominator: Int)

    /// The bound for a model with this many layers.
    public func value(layers: Int) -> Int {
        switch self {
        case .constant(let value): value
        case .fraction(let numerator, let denominator): numerator * layers / denominator
        }
    }
}

/// The share of important tensors for models up to a size.
public struct ImportanceShare: Sendable, Hashable {
    /// Upper end of p in billions; `nil` for all larger ones.
    public let atMost: Double?
    /// Per cent of the candidate tensors.
    public let percent: Int

    /// Creates a share.
    public init(atMost: Double?, percent: Int) {
        self.atMost = atMost
        self.percent = percent
    }
}
