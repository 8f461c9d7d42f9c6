import BlockSpec
import GGUF

/// A model whose weights lie in a mapped file: tensors found by name, shapes checked, norms decoded, nothing else copied.
public struct LanguageModel: Sendable {
    /// The mapped file.
    public let file: GGUFFile
    /// Its hyper-parameters.
    public let shape: HyperParameters
    /// Block formats of the matrices, each once, in the order of the file.
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
    ///   - formats: what each tensor holds, by its number in the file; nil where that is unknown. A file does not say which
    ///     numbering of types it follows, so somebody has to find out first.
    /// - Throws: ``ModelError``, naming the key or tensor.
    public init(_ file: GGUFFile, formats: [BlockFormat?]) throws(ModelError) {
        let reader = try ModelShapeReader(file.metadata)
        guard let embeddingInfo = file.tensor(named: "token_embd.weight") else { throw .missingTensor("token_embd.weight") }
        guard embeddingInfo.dimensions.count == 2, let rows = Int(exactly: embeddingInfo.dimensions[1]), rows > 0, rows <= Int(Int32.max)
        else {
            throw .wrongShape(tensor: "token_embd.weight", expected: [0, 0], found: embeddingInfo.dimensions)
        }
        let shape = try reader.read(vocabulary: rows)
        let loader = WeightLoader(file: file, formats: formats, architecture: reader.architecture, shape: shape)
        // One tensor that is not there ends the loading, so a file cannot ask for more layers than it has.
        var layers: [Layer] = []
        for index in 0..<shape.layers { layers.append(try loader.layer(index)) }
        embedding = try loader.matrix("token_embd.weight")
        output = try loader.matrixIfPresent("output.weight") ?? embedding
        outputNorm = try loader.vector("output_norm.weight")
        rotationDivisors = try loader.rotationDivisors()
        (self.file, self.shape, self.layers) = (file, shape, layers)
        var seen: Set<String> = []
        self.formats = file.tensors.compactMap { tensor in
            guard tensor.dimensions.count == 2, formats.indices.contains(tensor.index), let id = formats[tensor.index]?.id else {
                return nil
            }
            return seen.insert(id).inserted ? id : nil
        }
    }

    /// Whether the output matrix is the token embedding.
    public var isTied: Bool { output.name == embedding.name }
}
