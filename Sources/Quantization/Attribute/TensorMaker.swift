import HIFIForeign

/// One way to make the blocks of a tensor from the weights of a source.
public struct TensorMaker: Hashable, Sendable, Codable {
    /// The format that the weights had been through before: the file was made from a quantized one. Nil for the source's own weights.
    public var through: String?
    /// The importance matrix that weighted the search; nil for none.
    public var importances: ForeignText?
    /// ggml's reference routine instead of its quantizing one, which files are usually made by.
    public var isReference: Bool
    /// Outliers in each block, where they are not the format's usual number.
    public var outliers: Int?
}

/// Who made one tensor of a file.
public struct TensorAttribution: Hashable, Sendable {
    /// The tensor's name.
    public let name: ForeignText
    /// Its format.
    public let format: String
    /// Blocks of the tensor, and those that were compared.
    public let blocks: Int
    /// Blocks that were compared.
    public let compared: Int
    /// Matrices that have importances for it.
    public let covered: Set<ForeignText>
    /// Whether its blocks would be others with importances than without: in many formats they are not.
    public let reactsToImportances: Bool
    /// The source's format; nil where it has no such tensor.
    public let sourceFormat: String?
    /// What came of it.
    public let verdict: Verdict

    /// What came of comparing a tensor with those that the source would give.
    public enum Verdict: Hashable, Sendable {
        /// The bytes of the source: nothing was encoded.
        case copied
        /// Every block compared is what these give, and nobody else tried.
        case made([TensorMaker])
        /// Most blocks are what this gives: the same rule in a build that rounds otherwise, or other importances where they hardly matter.
        case nearly(TensorMaker, share: Double)
        /// None of those tried. The error against the source, as a multiple of this program's own without importances: near 1 for another
        /// search or other importances, far above for other weights.
        case unexplained(errorRatio: Double?)
        /// The source has no tensor of this name and shape.
        case notInSource
        /// Nothing here writes this format.
        case noEncoder
    }
}

/// Who made a file, tensor by tensor.
public struct Attribution: Sendable {
    /// The file.
    public let file: ForeignText
    /// The source that its weights were taken from.
    public let source: ForeignText
    /// Importance matrices that were tried.
    public let importances: [ForeignText]
    /// In the file's order.
    public let tensors: [TensorAttribution]
}

extension TensorAttribution {
    /// Those that give the blocks, each of them.
    public var makers: [TensorMaker] {
        switch verdict {
        case .made(let makers): makers
        case .copied, .nearly, .unexplained, .notInSource, .noEncoder: []
        }
    }

    /// Whether the tensor is as it would be if this matrix, or none, had been used for the whole file.
    public func fits(_ matrix: ForeignText?) -> Bool {
        guard reactsToImportances else { return true }
        guard let matrix, covered.contains(matrix) else { return makers.contains { $0.importances == nil } }
        return makers.contains { $0.importances == matrix }
    }
}

extension Attribution {
    /// Tensors of which at least one way to make them is known.
    public var made: [TensorAttribution] { tensors.filter { !$0.makers.isEmpty } }

    /// Matrices, and nil for none, that can have been used for every tensor of which the maker is known. None where no tensor reacts to
    /// importances: then nothing is told.
    public var fitting: [ForeignText?] {
        guard made.contains(where: \.reactsToImportances) else { return [] }
        return ([nil] + importances.map(Optional.some)).filter { matrix in made.allSatisfy { $0.fits(matrix) } }
    }
}
