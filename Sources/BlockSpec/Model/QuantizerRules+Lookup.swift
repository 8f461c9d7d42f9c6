extension QuantizerRules {
    /// How the quantizer of these mixes tells tensors.
    public func routing(of mixes: MixKind) -> RoutingRules {
        guard let rules = routing.first(where: { $0.mixes == mixes }) else { preconditionFailure("Spec/quantizer.yaml has each kind") }
        return rules
    }

    /// The weights that blocks of a format can hold with finite scales (ENC-02).
    public func weightRange(of format: BlockFormat) -> ClosedRange<Float> {
        guard let range = weightRanges.first(where: { $0.formats.contains(format.id) }) else { return -65504...65504 }
        return Float(range.lowest)...Float(range.highest)
    }

    /// Outliers in each block of a format whose number follows the size of the model (QUANT-09); nil for the others.
    public func sizedOutliers(of format: BlockFormat, billions: Float) -> Int? {
        guard let rule = format.encoding?.outliers, rule.follows != .nothing else { return nil }
        return sizedOutliers.first { $0.holds(billions: billions) }?.outliers
    }

    /// Whether the importance of a tensor counts (QUANT-12).
    public func isImportanceCandidate(_ name: String) -> Bool {
        importanceParts.contains { name.contains($0) } && !importanceExceptions.contains { name.contains($0) }
    }

    /// The share of a block's standard deviation below which residuals are dropped (QUANT-14).
    public func negligibleResidualShare(billions: Float) -> Float {
        Float(negligibleResiduals.first { $0.holds(billions: billions) }?.share ?? 0)
    }

    /// Whether llama.cpp calls a model 70B (QUANT-16).
    ///
    /// - Parameters:
    ///   - architecture: `general.architecture`.
    ///   - layers: without those that predict further tokens.
    ///   - heads: of the first layer; nil where the file does not say.
    ///   - headsKV: key and value heads of the first layer; nil for as many.
    public func isCalled70B(architecture: String, layers: Int, heads: Int?, headsKV: Int?) -> Bool {
        called70B.contains { size in
            size.layers == layers && size.architectures.contains(architecture) && (!size.grouped || (headsKV != nil && headsKV != heads))
        }
    }

    /// The fork's estimate of a model's weights in billions (QUANT-07).
    ///
    /// It is not the real number: it takes the key and value matrices for square ones and counts the embedding twice.
    ///
    /// - Parameters:
    ///   - embedding: length of a token's vector.
    ///   - feedForward: width of the feed-forward part.
    ///   - layers: number of layers.
    ///   - vocabulary: number of tokens; 0 in the quantizer, which does not load them.
    public static func parameterEstimate(embedding: Double, feedForward: Double, layers: Double, vocabulary: Double = 0) -> Double {
        (4 * embedding * embedding * layers + 3 * embedding * feedForward * layers + 2 * vocabulary * embedding) / 1e9
    }
}

extension Architecture {
    /// Whether llama.cpp calls a model of this architecture 70B (QUANT-16).
    public func isCalled70B(_ shape: ModelShape) -> Bool {
        Spec.quantizer.isCalled70B(architecture: id, layers: shape.layers, heads: shape.heads, headsKV: shape.headsKV)
    }
}
