/// What a routing may look at besides the tensor.
public struct MixContext: Sendable, Hashable {
    /// Number of layers of the model.
    public var layers: Int
    /// Whether the file holds `output.weight`; where not, the token embedding is routed as the output matrix.
    public var hasOutputTensor: Bool
    /// The fork's parameter estimate in billions, see ``ModelShape/forkParameterEstimate``. Stock mixes ignore it.
    public var parameterEstimate: Double
    /// Whether an importance matrix is used.
    public var usesImatrix: Bool
    /// Whether the tensor is taken to be among the important ones. Depends on data, so a caller who has only shapes asks
    /// twice and gets a lower and an upper bound.
    public var isImportant: Bool
    /// Whether llama.cpp calls the model 70B (QUANT-16).
    public var isCalled70B: Bool

    /// The value of `general.architecture`; empty where it is not known.
    public var architecture: String
    /// Experts of a feed-forward layer; 0 in dense models.
    public var experts: Int
    /// Heads that share a key head, in the first layer, rounded down; 0 in models without heads.
    public var headGroup: Int
    /// Matrices of the tensor: its third dimension.
    public var matrices = 1

    /// Creates a context.
    public init(
        layers: Int, hasOutputTensor: Bool, parameterEstimate: Double, usesImatrix: Bool, isImportant: Bool, isCalled70B: Bool,
        architecture: String = "", experts: Int = 0, headGroup: Int = 1
    ) {
        self.layers = layers
        self.hasOutputTensor = hasOutputTensor
        self.parameterEstimate = parameterEstimate
        self.usesImatrix = usesImatrix
        self.isImportant = isImportant
        self.isCalled70B = isCalled70B
        self.architecture = architecture
        self.experts = experts
        self.headGroup = headGroup
    }

    /// The context of a known model.
    public init(model: ModelShape, of architecture: Architecture, usesImatrix: Bool = false, isImportant: Bool = true) {
        self.init(
            layers: model.layers, hasOutputTensor: model.outputTensor, parameterEstimate: model.forkParameterEstimate,
            usesImatrix: usesImatrix, isImportant: isImportant, isCalled70B: architecture.isCalled70B(model),
            architecture: architecture.id, headGroup: model.headsKV > 0 ? model.heads / model.headsKV : 0)
    }

    /// The context of a file by its keys, without an importance matrix.
    ///
    /// - Parameters:
    ///   - architecture: `general.architecture`.
    ///   - layers: taken for the number of layers, whatever the keys say.
    ///   - hasOutputTensor: whether the file holds an output matrix.
    ///   - key: the integer under a key, given without the architecture's name: of a list the first. Nil where there is none.
    public init(architecture: String, layers: Int, hasOutputTensor: Bool, key: (String) -> Int?) {
        func number(_ suffix: String) -> Int? { key(suffix).flatMap { (0..<1 << 31).contains($0) ? $0 : nil } }
        let (heads, headsKV) = (number("attention.head_count"), number("attention.head_count_kv"))
        let shared = headsKV ?? heads ?? 0
        self.init(
            layers: layers, hasOutputTensor: hasOutputTensor,
            parameterEstimate: QuantizerRules.parameterEstimate(
                embedding: Double(number("embedding_length") ?? 0), feedForward: Double(number("feed_forward_length") ?? 0),
                layers: Double(layers)),
            usesImatrix: false, isImportant: false,
            isCalled70B: Spec.quantizer.isCalled70B(
                architecture: architecture, layers: layers - (number("nextn_predict_layers") ?? 0), heads: heads, headsKV: headsKV),
            architecture: architecture, experts: number("expert_count") ?? 0, headGroup: shared > 0 ? (heads ?? 0) / shared : 0)
    }
}

/// Where a tensor stands among those of its kind, as conditions see it.
public struct LayerPlace: Sendable, Hashable {
    /// `layer` in conditions, from 0.
    public let index: Int
    /// `n` in conditions.
    public let count: Int

    /// Creates a place.
    public init(index: Int, count: Int) {
        self.index = index
        self.count = count
    }
}

extension Mix {
    /// The type of a tensor.
    ///
    /// - Parameters:
    ///   - kind: what the tensor is.
    ///   - layer: its layer, from 0; `nil` for tensors outside the layers, for which layer conditions do not hold.
    ///   - context: what else the rules look at.
    ///   - hifi: the block format that `hifi` stands for; by default the usual one of this mix.
    /// - Returns: a format id. `hifi` itself if the mix has no HIFI format, which no mix of `Spec/` does.
    public func type(of kind: TensorKind, layer: Int?, context: MixContext, hifi: String? = nil) -> String {
        type(of: kind, place: layer.map { LayerPlace(index: $0, count: context.layers) }, context: context, hifi: hifi)
    }

    /// The same for a tensor that is counted among others than those of the layers.
    public func type(of kind: TensorKind, place: LayerPlace?, context: MixContext, hifi: String? = nil) -> String {
        let isHead = kind == .output || (kind == .tokenEmbedding && !context.hasOutputTensor)
        let role = isHead ? TensorKind.head : kind
        func holds(_ conditions: [MixCondition]) -> Bool {
            conditions.allSatisfy { $0.holds(at: place, context: context) }
        }

        var type = rules.first { $0.tensors.contains(role) && holds($0.conditions) }?.type ?? defaultType
        let rewrite = rewrites.first {
            $0.from == type && ($0.tensors.isEmpty || $0.tensors.contains(role)) && holds($0.conditions)
        }
        if let rewrite { type = rewrite.type }
        return type == "hifi" ? Spec.canonicalFormat(hifi ?? hifiFormats.first ?? type) : type
    }

    /// llama.cpp's choice of layers that get more bits: the first eighth, the last eighth, and every third between.
    /// All divisions round down.
    public static func useMoreBits(layer: Int, layers: Int) -> Bool {
        layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2
    }
}

extension MixCondition {
    /// Whether the condition holds for a tensor at this place.
    func holds(at place: LayerPlace?, context: MixContext) -> Bool {
        switch self {
        case .layerBelow(let bound): place.map { $0.index < bound.value(layers: $0.count) } ?? false
        case .layerAtMost(let bound): place.map { $0.index <= bound.value(layers: $0.count) } ?? false
        case .useMoreBits: place.map { Mix.useMoreBits(layer: $0.index, layers: $0.count) } ?? false
        case .sizeAbove(let bound): context.parameterEstimate > bound
        case .sizeAtMost(let bound): context.parameterEstimate <= bound
        case .imatrix: context.usesImatrix
        case .noImatrix: !context.usesImatrix
        case .important: context.isImportant
        case .called70B: context.isCalled70B
        case .experts(let number): context.experts == number
        case .notExperts(let number): context.experts != number
        case .expertsAtLeast(let number): context.experts >= number
        case .matricesAbove(let number): context.matrices > number
        case .headGroupAtLeast(let number): context.headGroup >= number
        case .architecture(let name): context.architecture == name
        case .notArchitecture(let name): context.architecture != name
        }
    }
}
