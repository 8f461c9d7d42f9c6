import HIFIBlockSpec
import HIFIGGUF

/// A model whose weights lie in mapped files: tensors found by name, shapes checked, norms and biases decoded, nothing else copied.
public struct LanguageModel: Sendable {
    /// The mapped file, or the parts of a split one.
    public let files: SplitSet
    /// Its keys: those of the first part.
    public let metadata: Metadata
    /// Its hyper-parameters.
    public let shape: HyperParameters
    /// Block formats of the matrices, each once, in the order of the files.
    public let formats: [String]

    package let embedding: WeightMatrix
    package let layers: [Layer]
    package let outputNorm: [Float]
    /// The embedding where the file has no matrix of its own.
    package let output: WeightMatrix
    /// What the rotation's frequencies are divided by, if the file says so.
    package let rotationDivisors: RotationDivisors

    /// The weights of one layer.
    package struct Layer: Sendable {
        package let attentionNorm: [Float]
        package let query: WeightMatrix
        package let key: WeightMatrix
        package let value: WeightMatrix
        package let queryNorm: [Float]?
        package let keyNorm: [Float]?
        package let attentionOutput: WeightMatrix
        package let feedForwardNorm: [Float]
        package let feedForward: FeedForward

        /// The matrices of attention, in the order of the forward pass.
        package var attention: [WeightMatrix] { [query, key, value, attentionOutput] }
    }

    /// What stands after attention.
    package enum FeedForward: Sendable {
        case dense(Gated)
        case experts(Experts)

        /// All matrices, in the order of the forward pass.
        package var matrices: [WeightMatrix] {
            switch self {
            case .dense(let gated): gated.matrices
            case .experts(let experts):
                [experts.router] + experts.choice.flatMap(\.matrices) + (experts.shared.map { [$0.gate] + $0.expert.matrices } ?? [])
            }
        }
    }

    /// Three matrices: down · (silu(gate · x) · (up · x)).
    package struct Gated: Sendable {
        package let gate: WeightMatrix
        package let up: WeightMatrix
        package let down: WeightMatrix
        package var matrices: [WeightMatrix] { [gate, up, down] }
    }

    /// A choice of gated parts, by the softmax of the router's product.
    package struct Experts: Sendable {
        package let router: WeightMatrix
        package let choice: [Gated]
        /// The expert of every position, weighted by the sigmoid of its gate, a matrix of one row.
        package let shared: (gate: WeightMatrix, expert: Gated)?
    }

    /// Divisors of the rotation's frequencies, one for each pair.
    package struct RotationDivisors: Sendable {
        /// `rope_freqs.weight`, or `rope_factors_short.weight` for longrope.
        package let usual: [Float]?
        /// `rope_factors_long.weight`: for contexts beyond the original one.
        package let beyond: [Float]?

        /// Those for a context of so many positions.
        package func divisors(context: Int, _ scaling: RotationScaling) -> [Float]? {
            scaling.kind == .longrope && context > scaling.originalContext ? beyond : usual
        }
    }

    /// Finds and checks everything that the forward pass needs. Reads the header, norms and biases only.
    ///
    /// - Parameters:
    ///   - files: one file, or all parts of a split one.
    ///   - formats: what each tensor holds, by part and by its number there; nil where that is unknown. A file does not say which
    ///     dialect it follows, so the caller has to identify it first.
    /// - Throws: ``ModelError``, naming the key or tensor; also for a tensor that the forward pass has no use for.
    public init(_ files: SplitSet, formats: [some Collection<BlockFormat?>]) throws(ModelError) {
        if let problem = files.problems.first { throw .file(.parts(problem)) }
        guard let metadata = files.metadata else { throw .metadata(.missing(key: "general.architecture")) }
        let reader = try ModelShapeReader(metadata)
        guard let embeddingInfo = files.tensor(named: "token_embd.weight")?.tensor else { throw .missingTensor("token_embd.weight") }
        guard embeddingInfo.dimensions.count == 2, let rows = Int(exactly: embeddingInfo.dimensions[1]), rows > 0, rows <= Int(Int32.max)
        else {
            throw .wrongShape(tensor: "token_embd.weight", expected: [0, 0], found: embeddingInfo.dimensions)
        }
        let shape = try reader.read(vocabulary: rows)
        var lists: [[BlockFormat?]] = []
        for list in formats { lists.append(Array(list)) }
        var loader = WeightLoader(files: files, formats: lists)
        let layerLoader = LayerLoader(family: reader.family, shape: shape)
        // One tensor that is not there ends the loading, so a file cannot ask for more layers than it has.
        var layers: [Layer] = []
        for index in 0..<shape.layers { layers.append(try layerLoader.layer(index, &loader)) }
        embedding = try loader.matrix("token_embd.weight", rows: rows, columns: shape.embedding)
        output = try layerLoader.output(embedding, &loader)
        outputNorm = try loader.vector("output_norm.weight", count: shape.embedding)
        rotationDivisors = try layerLoader.rotationDivisors(&loader)
        try loader.checkAllUsed(architecture: shape.architecture)
        (self.files, self.metadata, self.shape, self.layers) = (files, metadata, shape, layers)
        var seen: Set<String> = []
        self.formats = files.tensors.compactMap { part, tensor in
            guard tensor.dimensions.count > 1, let id = loader.knownFormat(of: tensor, in: part)?.id else { return nil }
            return seen.insert(id).inserted ? id : nil
        }
    }

    /// A model in a single file.
    public init(_ file: GGUFFile, formats: some Collection<BlockFormat?>) throws(ModelError) {
        try self.init(SplitSet(file), formats: [formats])
    }

    /// Whether the output matrix is the token embedding.
    public var isTied: Bool { output.name == embedding.name }

    /// All matrices, those of the layers first.
    package var matrices: [WeightMatrix] { layers.flatMap { $0.attention + $0.feedForward.matrices } + [embedding, output] }
}
