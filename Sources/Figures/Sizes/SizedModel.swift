import HIFIBlockSpec
import HIFIForeign

/// The shapes of a model and whatever else a routing looks at: all that a size depends on besides the mix.
public struct SizedModel: Sendable, Hashable {
    /// `qwen3-1.7b`, or the name of the file that the shapes come from.
    public let id: ForeignText
    /// For people: `1.7B`.
    public let label: ForeignText
    /// The architecture, where it is known.
    public let architecture: ForeignText?
    /// Every tensor, in file order.
    public let tensors: [ModelTensor]
    /// What a routing looks at besides the tensors.
    public let context: MixContext
    /// Whether the model uses the token embedding as its output matrix; nil where that is not known.
    public let isTied: Bool?
    /// What a reader should know about where the shapes come from.
    public let notes: [String]

    init(
        id: ForeignText, label: ForeignText, architecture: ForeignText?, tensors: [ModelTensor], context: MixContext, isTied: Bool?,
        notes: [String] = []
    ) {
        self.id = id
        self.label = label
        self.architecture = architecture
        self.tensors = tensors
        self.context = context
        self.isTied = isTied
        self.notes = notes
    }

    /// Number of layers.
    public var layers: Int { context.layers }
    /// Whether the file holds `output.weight`.
    public var hasOutputTensor: Bool { context.hasOutputTensor }
    /// The fork's parameter estimate in billions.
    public var parameterEstimate: Double { context.parameterEstimate }

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
            id: ForeignText(path: shape.id), label: ForeignText(shape.label), architecture: ForeignText(architecture.id),
            tensors: architecture.tensors(of: shape),
            context: MixContext(model: shape, of: architecture), isTied: shape.tied, notes: notes)
    }

    /// A model that the spec knows.
    public init(known id: String) throws(FiguresError) {
        guard let (architecture, shape) = Spec.model(id) else {
            throw .unknown(what: "model", name: ForeignText(id), known: Spec.architectures.flatMap(\.models).map(\.id))
        }
        try self.init(shape, of: architecture)
    }

    /// The types that a mix gives the tensors: as they are routed and, where rows are not whole blocks, as they are stored. What the
    /// quantizer does not touch is taken for f32, as converters leave it.
    ///
    /// - Throws: `noWholeBlocks`, `unroutable`.
    public func types(by request: ModelSize.Request, isImportant: Bool = true) throws(FiguresError) -> [(routed: String, stored: String)] {
        var context = context
        context.usesImatrix = request.imatrix
        context.isImportant = isImportant
        let rules = Spec.quantizer.routing(of: request.mix.kind)
        let routes = TensorRouting(tensors.map { ($0.name, $0.dimensions) }, under: rules)
            .routes(by: request.mix, hifi: request.hifi, context: context)
        var types: [(routed: String, stored: String)] = []
        for (tensor, route) in zip(tensors, routes) {
            switch route {
            case .kept: types.append(("f32", "f32"))
            case .type(let routed, let stored): types.append((routed, stored))
            case .refused(.noFallback(let type)):
                throw .noWholeBlocks(tensor: ForeignText(tensor.name), format: type, columns: tensor.dimensions.first ?? 1)
            case .refused: throw .unroutable(ForeignText(tensor.name))
            }
        }
        return types
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
