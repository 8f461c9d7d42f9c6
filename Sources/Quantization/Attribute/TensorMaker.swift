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

    /// How tensors are taken: with importances, without, or so that it makes no difference.
    public enum Weighting: Hashable, Sendable {
        /// The search was weighted by this matrix.
        case by(ForeignText)
        /// It was not weighted.
        case none
        /// With and without gives the same.
        case either
    }
}

extension TensorAttribution {
    /// Those that give the blocks, each of them.
    public var makers: [TensorMaker] {
        switch verdict {
        case .made(let makers): makers
        case .copied, .nearly, .unexplained, .notInSource, .noEncoder: []
        }
    }

    /// Whether importances were used; nil where nobody is known to have made the tensor, or several matrices give it.
    public var weighting: Attribution.Weighting? {
        let matrices = Set(makers.map(\.importances))
        guard let first = matrices.first else { return nil }
        guard matrices.count == 1 else { return matrices.contains(nil) ? .either : nil }
        return first.map { .by($0) } ?? Attribution.Weighting.none
    }
}
