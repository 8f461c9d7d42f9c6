extension QuantizerRules {
    /// The part that a tensor of this name plays in routing (QUANT-02); `other` where no entry fits.
    public func kind(named name: String) -> TensorKind { roles.first { $0.fits(name) }?.kind ?? .other }

    /// Whether the quantizer touches a tensor at all (QUANT-01).
    ///
    /// - Parameter dimensions: in file order, columns first.
    public func isQuantized(name: String, dimensions: [UInt64]) -> Bool {
        let rank = (dimensions.lastIndex { $0 != 1 } ?? 0) + 1
        return name.hasSuffix("weight") && rank >= 2 && !kept.names.contains(name) && !kept.parts.contains { name.contains($0) }
    }

    /// The type for rows of this length where a mix gives `type` (QUANT-03).
    ///
    /// - Returns: a format id, the type itself where it fits; nil where the original refuses.
    public func fallback(for type: BlockFormat, columns: Int) -> String? {
        guard columns % type.elements != 0 else { return type.id }
        guard let smaller = fallbacks.first(where: { $0.from.contains(type.id) })?.to else { return nil }
        return columns % (Spec.format(smaller)?.elements ?? 1) == 0 ? smaller : lastFallback
    }

    /// How many outliers a block of the format keeps (QUANT-08); nil for formats without.
    public func outlierCount(of format: BlockFormat) -> OutlierCount? { outlierCounts.first { $0.formats.contains(format.id) } }

    /// Outliers in each block of a format whose number follows the size of the model (QUANT-09); nil for the others.
    public func sizedOutliers(of format: BlockFormat, billions: Float) -> Int? {
        guard sizedFormats.contains(format.id) else { return nil }
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

    /// Whether the original calls a model 70B (QUANT-16).
    ///
    /// - Parameters:
    ///   - heads: of the first layer; nil where the file does not say.
    ///   - headsKV: key and value heads of the first layer; nil for as many.
    public func isCalled70B(architecture: String, layers: Int, heads: Int?, headsKV: Int?) -> Bool {
        guard layers == called70B.layers else { return false }
        return called70B.architectures.contains(architecture)
            || (called70B.grouped.contains(architecture) && headsKV != nil && headsKV != heads)
    }

    /// The fork's estimate of a model's weights in billions (QUANT-07).
    ///
    /// It is not the real number: it takes the key and value matrices for square ones and counts the embedding twice.
    /// - Parameter vocabulary: number of tokens; 0 in the quantizer, which does not load them.
    public static func parameterEstimate(embedding: Double, feedForward: Double, layers: Double, vocabulary: Double = 0) -> Double {
        (4 * embedding * embedding * layers + 3 * embedding * feedForward * layers + 2 * vocabulary * embedding) / 1e9
    }
}

extension Architecture {
    /// Whether the original calls a model of this architecture 70B (QUANT-16).
    public func isCalled70B(_ shape: ModelShape) -> Bool {
        Spec.quantizer.isCalled70B(architecture: id, layers: shape.layers, heads: shape.heads, headsKV: shape.headsKV)
    }
}
