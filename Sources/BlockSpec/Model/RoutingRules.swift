/// How the quantizer of one kind of mixes tells tensors and treats types that do not fit: an entry of `routing` in
/// `Spec/quantizer.yaml`. HIFI mixes follow the fork of early 2026, stock mixes a later llama.cpp.
public struct RoutingRules: Sendable, Hashable {
    /// The mixes that it is for.
    public let mixes: MixKind
    /// Architectures that it is known for; empty for all (QUANT-17).
    public let architectures: [String]
    /// Tensors that stay as they are although they are named like the others (QUANT-01).
    public let kept: NameList
    /// The part that a tensor plays, the first entry that fits its name (QUANT-02).
    public let roles: [TensorNameRole]
    /// Tensors whose place in conditions is counted (QUANT-18).
    public let layers: [LayerCount]
    /// When types that are asked for by patterns take effect (QUANT-05).
    public let overrides: OverrideOrder
    /// What takes the place of a type whose blocks do not fit the rows (QUANT-03).
    public let fallbacks: [TypeFallback]
    /// What takes its place where the blocks of the fallback do not fit either (QUANT-03).
    public let lastFallback: String
    /// The type of a head whose rows the mix's default type does not fit (QUANT-04).
    public let headFallback: String
    /// Types that are made with importances only, whatever the mix, except for embeddings and output (QUANT-19).
    public let needsImatrix: [String]

    /// Creates the rules.
    public init(
        mixes: MixKind, architectures: [String], kept: NameList, roles: [TensorNameRole], layers: [LayerCount], overrides: OverrideOrder,
        fallbacks: [TypeFallback], lastFallback: String, headFallback: String, needsImatrix: [String] = []
    ) {
        self.mixes = mixes
        self.architectures = architectures
        self.kept = kept
        self.roles = roles
        self.layers = layers
        self.overrides = overrides
        self.fallbacks = fallbacks
        self.lastFallback = lastFallback
        self.headFallback = headFallback
        self.needsImatrix = needsImatrix
    }
}

/// Tensors that are counted together, which gives `layer` and `n` in conditions.
public struct LayerCount: Sendable, Hashable {
    /// The parts that they play.
    public let tensors: [TensorKind]
    /// What `n` is.
    public let among: CountTotal
    /// In models with experts the number in the name counts instead, among the layers.
    public let namedWithExperts: Bool

    /// Creates an entry.
    public init(tensors: [TensorKind], among: CountTotal, namedWithExperts: Bool) {
        self.tensors = tensors
        self.among = among
        self.namedWithExperts = namedWithExperts
    }
}

/// What `n` is for tensors that are counted.
public enum CountTotal: String, Sendable, Hashable, CaseIterable {
    /// How many there are of them.
    case tensors
    /// The layers of the model.
    case layers
}

/// When types that are asked for by patterns take effect.
public enum OverrideOrder: String, Sendable, Hashable, CaseIterable {
    /// In place of the mix's rules: the first pattern that fits decides, and a type that does not fit falls back.
    case beforeFallback
    /// After the fallback: the last pattern that fits decides, and none reaches a tensor that has fallen back.
    case afterFallback
}

extension RoutingRules {
    /// The part that a tensor of this name plays in routing (QUANT-02); `other` where no entry fits.
    public func kind(named name: String) -> TensorKind { roles.first { $0.fits(name) }?.kind ?? .other }

    /// Whether the quantizer touches a tensor at all (QUANT-01).
    ///
    /// - Parameters:
    ///   - name: the tensor's name in the file.
    ///   - dimensions: in file order, columns first.
    public func isQuantized(name: String, dimensions: [UInt64]) -> Bool {
        let rank = (dimensions.lastIndex { $0 != 1 } ?? 0) + 1
        return rank >= 2 && name.hasSuffix("weight") && !kept.names.contains(name) && !kept.parts.contains { name.holds($0) }
    }

    /// The type for rows of this length where a mix gives `type` (QUANT-03).
    ///
    /// - Returns: a format id, the type itself where it fits; nil where llama-quantize refuses.
    public func fallback(for type: BlockFormat, columns: Int) -> String? {
        guard columns % type.elements != 0 else { return type.id }
        guard let smaller = fallbacks.first(where: { $0.from.contains(type.id) })?.to else { return nil }
        return columns % (Spec.format(smaller)?.elements ?? 1) == 0 ? smaller : lastFallback
    }

    /// Whether it is known how models of this architecture are routed (QUANT-17).
    public func knows(architecture: String) -> Bool { architectures.isEmpty || architectures.contains(architecture) }
}

extension String {
    /// Whether a text occurs in this one, byte by byte. Names of tensors are asked for dozens of parts, and there may be many.
    func holds(_ part: String) -> Bool {
        let (whole, part) = (utf8, part.utf8)
        guard let first = part.first else { return true }
        var start = whole.startIndex
        var left = whole.count - part.count
        while left >= 0 {
            if whole[start] == first, whole[start...].starts(with: part) { return true }
            whole.formIndex(after: &start)
            left -= 1
        }
        return false
    }
}
