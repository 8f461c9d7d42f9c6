import BlockSpec

/// The shapes of a model and whatever else a routing looks at: all that a size depends on besides the mix.
public struct SizedModel: Sendable, Hashable {
    /// `qwen3-1.7b`, or the name of the file that the shapes come from.
    public let id: String
    /// For people: `1.7B`.
    public let label: String
    /// The architecture, where it is known.
    public let architecture: String?
    /// Every tensor, in file order.
    public let tensors: [ModelTensor]
    /// Number of layers.
    public let layers: Int
    /// Whether the file holds `output.weight`.
    public let hasOutputTensor: Bool
    /// Whether the model uses the token embedding as its output matrix; nil where that is not known.
    public let isTied: Bool?
    /// The fork's parameter estimate in billions.
    public let parameterEstimate: Double
    /// Whether the original calls the model 70B.
    public let isCalled70B: Bool
    /// What a reader should know about where the shapes come from.
    public let notes: [String]

    init(
        id: String, label: String, architecture: String?, tensors: [ModelTensor], layers: Int, hasOutputTensor: Bool, isTied: Bool?,
        parameterEstimate: Double, isCalled70B: Bool, notes: [String] = []
    ) {
        self.id = id
        self.label = label
        self.architecture = architecture
        self.tensors = tensors
        self.layers = layers
        self.hasOutputTensor = hasOutputTensor
        self.isTied = isTied
        self.parameterEstimate = parameterEstimate
        self.isCalled70B = isCalled70B
        self.notes = notes
    }

    /// A model by its hyper-parameters.
    ///
    /// - Parameter outputTensor: whether the file holds `output.weight`; nil takes what the shape says.
    /// - Throws: `outOfRange`. Within the limits no product of dimensions overflows.
    public init(_ shape: ModelShape, of architecture: Architecture, outputTensor: Bool? = nil, notes: [String] = []) throws(FiguresError) {
        for parameter in HyperParameter.allCases {
            let limit = Self.limit(of: parameter)
            let value = shape.value(of: parameter)
            guard (1...limit).contains(value) else { throw .outOfRange(parameter.rawValue, value: value, limit: limit) }
        }
        let shape = outputTensor.map(shape.storingOutput) ?? shape
        self.init(
            id: shape.id, label: shape.label, architecture: architecture.id, tensors: architecture.tensors(of: shape),
            layers: shape.layers, hasOutputTensor: shape.outputTensor, isTied: shape.tied,
            parameterEstimate: shape.forkParameterEstimate, isCalled70B: architecture.isCalled70B(shape), notes: notes)
    }

    /// A model that the spec knows.
    public init(known id: String) throws(FiguresError) {
        guard let (architecture, shape) = Spec.model(id) else {
            throw .unknown(what: "model", name: id, known: Spec.architectures.flatMap(\.models).map(\.id))
        }
        try self.init(shape, of: architecture)
    }

    /// The largest value that is believed.
    static func limit(of parameter: HyperParameter) -> Int {
        switch parameter {
        case .layers: 10_000
        case .vocabulary: 1 << 28
        case .embedding, .feedForward, .headSize, .heads, .headsKV: 1 << 20
        }
    }
}

extension ModelShape {
    /// The same model in a file with or without `output.weight`.
    func storingOutput(_ stored: Bool) -> ModelShape {
        ModelShape(
            id: id, label: label, embedding: embedding, layers: layers, feedForward: feedForward, heads: heads, headsKV: headsKV,
            headSize: headSize, vocabulary: vocabulary, tied: tied, outputTensor: stored)
    }
}
