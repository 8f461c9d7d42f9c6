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
    /// Whether the original calls the model 70B (QUANT-16).
    public var isCalled70B: Bool

    /// Creates a context.
    public init(
        layers: Int, hasOutputTensor: Bool, parameterEstimate: Double, usesImatrix: Bool, isImportant: Bool, isCalled70B: Bool
    ) {
        self.layers = layers
        self.hasOutputTensor = hasOutputTensor
        self.parameterEstimate = parameterEstimate
        self.usesImatrix = usesImatrix
        self.isImportant = isImportant
        self.isCalled70B = isCalled70B
    }

    /// The context of a known model.
    public init(model: ModelShape, of architecture: Architecture, usesImatrix: Bool = false, isImportant: Bool = true) {
        self.init(
            layers: model.layers, hasOutputTensor: model.outputTensor, parameterEstimate: model.forkParameterEstimate,
            usesImatrix: usesImatrix, isImportant: isImportant, isCalled70B: architecture.isCalled70B(model))
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
        let isHead = kind == .output || (kind == .tokenEmbedding && !context.hasOutputTensor)
        let role = isHead ? TensorKind.head : kind
        func holds(_ conditions: [MixCondition]) -> Bool {
            conditions.allSatisfy { $0.holds(layer: layer, context: context) }
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
    /// Whether the condition holds for a tensor of this layer.
    func holds(layer: Int?, context: MixContext) -> Bool {
        switch self {
        case .layerBelow(let bound): layer.map { $0 < bound.value(layers: context.layers) } ?? false
        case .layerAtMost(let bound): layer.map { $0 <= bound.value(layers: context.layers) } ?? false
        case .useMoreBits: layer.map { Mix.useMoreBits(layer: $0, layers: context.layers) } ?? false
        case .sizeAbove(let bound): context.parameterEstimate > bound
        case .sizeAtMost(let bound): context.parameterEstimate <= bound
        case .imatrix: context.usesImatrix
        case .noImatrix: !context.usesImatrix
        case .important: context.isImportant
        case .called70B: context.isCalled70B
        }
    }
}
