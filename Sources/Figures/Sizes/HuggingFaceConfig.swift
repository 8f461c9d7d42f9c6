import FoundationEssentials
import HIFIBlockSpec
import HIFIForeign

/// The hyper-parameters in a `config.json` as Hugging Face transformers writes it.
public struct HuggingFaceConfig: Sendable, Hashable, Decodable {
    /// `qwen3`.
    public var modelType: String?
    /// Length of a token's vector.
    public var hiddenSize: Int?
    /// Number of layers.
    public var layers: Int?
    /// Width of the feed-forward part.
    public var intermediateSize: Int?
    /// Number of query heads.
    public var heads: Int?
    /// Number of key and value heads; as many as `heads` if absent.
    public var headsKV: Int?
    /// Length of one head's vector; `hiddenSize / heads` if absent.
    public var headSize: Int?
    /// Number of tokens.
    public var vocabulary: Int?
    /// Whether the token embedding is the output matrix too; transformers takes true where it is absent.
    public var tied: Bool?

    enum CodingKeys: String, CodingKey {
        case modelType = "model_type"
        case hiddenSize = "hidden_size"
        case layers = "num_hidden_layers"
        case intermediateSize = "intermediate_size"
        case heads = "num_attention_heads"
        case headsKV = "num_key_value_heads"
        case headSize = "head_dim"
        case vocabulary = "vocab_size"
        case tied = "tie_word_embeddings"
    }

    /// Creates a configuration; what is nil is not given.
    public init(
        modelType: String? = nil, hiddenSize: Int? = nil, layers: Int? = nil, intermediateSize: Int? = nil, heads: Int? = nil,
        headsKV: Int? = nil, headSize: Int? = nil, vocabulary: Int? = nil, tied: Bool? = nil
    ) {
        self.modelType = modelType
        self.hiddenSize = hiddenSize
        self.layers = layers
        self.intermediateSize = intermediateSize
        self.heads = heads
        self.headsKV = headsKV
        self.headSize = headSize
        self.vocabulary = vocabulary
        self.tied = tied
    }

    /// Reads the text of a `config.json`.
    ///
    /// - Parameter path: what the file is called in errors.
    /// - Throws: `notConfiguration`.
    package init(_ text: [UInt8], of path: String) throws(FiguresError) {
        do {
            self = try JSONDecoder().decode(HuggingFaceConfig.self, from: Data(text))
        } catch {
            let place = (error as? DecodingError)?.place ?? "it cannot be read"
            throw .notConfiguration(ForeignText(path: path), reason: ForeignText(sentence: place))
        }
    }

    /// The model.
    ///
    /// - Parameters:
    ///   - id: what the model is called in reports.
    ///   - outputTensor: whether its file holds `output.weight`; nil means only if the output matrix is one of its own.
    /// - Throws: `unknown` for an architecture that the spec does not have, or whose shapes depend on more than a ``ModelShape`` has,
    ///   `missing`, `outOfRange`.
    public func model(id: String, outputTensor: Bool? = nil) throws(FiguresError) -> SizedModel {
        let type = modelType ?? "qwen3"
        guard let architecture = Spec.architecture(type), architecture.isGivenByModelShape else {
            throw .unknown(
                what: "architecture", name: ForeignText(type), known: Spec.architectures.filter(\.isGivenByModelShape).map(\.id))
        }
        func need(_ value: Int?, _ key: CodingKeys) throws(FiguresError) -> Int {
            guard let value else { throw .missing(key.rawValue) }
            return value
        }
        let hidden = try need(hiddenSize, .hiddenSize)
        let heads = try need(heads, .heads)
        guard heads > 0 else { throw .outOfRange("heads", value: heads, limit: SizedModel.limit(of: .heads)) }
        var notes: [String] = []
        if headSize == nil { notes.append("no head_dim: \(hidden) / \(heads) is taken") }
        if tied == nil { notes.append("no tie_word_embeddings: true is taken, as transformers does") }
        let isTied = tied ?? true
        let shape = ModelShape(
            id: id, label: id, embedding: hidden, layers: try need(layers, .layers),
            feedForward: try need(intermediateSize, .intermediateSize), heads: heads, headsKV: headsKV ?? heads,
            headSize: headSize ?? hidden / heads, vocabulary: try need(vocabulary, .vocabulary), tied: isTied,
            outputTensor: outputTensor ?? !isTied)
        if let twin = architecture.models.first(where: { $0.hasHyperParameters(of: shape) }) {
            notes.append("these are the hyper-parameters of \(twin.id)")
            if twin.outputTensor != shape.outputTensor {
                notes.append(
                    "the published files of \(twin.id) \(twin.outputTensor ? "hold" : "do not hold") output.weight; "
                        + "stating so gives their sizes")
            }
        }
        return try SizedModel(shape, of: architecture, notes: notes)
    }
}

extension ModelShape {
    fileprivate func hasHyperParameters(of other: ModelShape) -> Bool {
        HyperParameter.allCases.allSatisfy { value(of: $0) == other.value(of: $0) }
    }
}

extension DecodingError {
    /// What is wrong and where, in a few words.
    fileprivate var place: String {
        func path(_ context: Context) -> String { context.codingPath.map(\.stringValue).joined(separator: ".") }
        switch self {
        case .typeMismatch(let type, let context): return "\(path(context)) is not of type \(type)"
        case .valueNotFound(_, let context): return "\(path(context)) is null"
        case .keyNotFound(let key, _): return "there is no \(key.stringValue)"
        case .dataCorrupted(let context): return context.codingPath.isEmpty ? "it is not JSON" : "\(path(context)) is not usable"
        @unknown default: return "it cannot be read"
        }
    }
}
