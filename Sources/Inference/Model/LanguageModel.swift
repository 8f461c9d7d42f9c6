import BlockSpec
import GGUF

/// A model whose weights lie in mapped files: tensors found by name, shapes checked, norms decoded, nothing else copied.
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
    /// Divisors of the rotation's frequencies (`rope_freqs.weight`), if the file has them.
    package let rotationDivisors: [Float]?

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
        package let gate: WeightMatrix
        package let up: WeightMatrix
        package let down: WeightMatrix
    }

    /// Finds and checks everything that the forward pass needs. Reads the header and the norms only.
    ///
    /// - Parameters:
    ///   - files: one file, or all parts of a split one.
    ///   - formats: what each tensor holds, by part and by its number there; nil where that is unknown. A file does not say which
    ///     numbering of types it follows, so somebody has to find out first.
    /// - Throws: ``ModelError``, naming the key or tensor.
    public init(_ files: SplitSet, formats: [[BlockFormat?]]) throws(ModelError) {
        if let problem = files.problems.first { throw .file(.parts(problem)) }
        guard let metadata = files.metadata else { throw .metadata(.missing(key: "general.architecture")) }
        let reader = try ModelShapeReader(metadata)
        guard let embeddingInfo = files.tensor(named: "token_embd.weight")?.tensor else { throw .missingTensor("token_embd.weight") }
        guard embeddingInfo.dimensions.count == 2, let rows = Int(exactly: embeddingInfo.dimensions[1]), rows > 0, rows <= Int(Int32.max)
        else {
            throw .wrongShape(tensor: "token_embd.weight", expected: [0, 0], found: embeddingInfo.dimensions)
        }
        let shape = try reader.read(vocabulary: rows)
        let loader = WeightLoader(files: files, formats: formats, architecture: reader.architecture, shape: shape)
        // One tensor that is not there ends the loading, so a file cannot ask for more layers than it has.
        var layers: [Layer] = []
        for index in 0..<shape.layers { layers.append(try loader.layer(index)) }
        embedding = try loader.matrix("token_embd.weight")
        output = try loader.matrixIfPresent("output.weight") ?? embedding
        outputNorm = try loader.vector("output_norm.weight")
        rotationDivisors = try loader.rotationDivisors()
        (self.files, self.metadata, self.shape, self.layers) = (files, metadata, shape, layers)
        var seen: Set<String> = []
        self.formats = files.tensors.compactMap { part, tensor in
            guard tensor.dimensions.count == 2, let id = loader.knownFormat(of: tensor, in: part)?.id else { return nil }
            return seen.insert(id).inserted ? id : nil
        }
    }

    /// A model in a single file.
    public init(_ file: GGUFFile, formats: [BlockFormat?]) throws(ModelError) { try self.init(SplitSet(file), formats: [formats]) }

    /// Whether the output matrix is the token embedding.
    public var isTied: Bool { output.name == embedding.name }
}
