/// The numbers that a forward pass needs, all checked: positive, and consistent with each other.
public struct HyperParameters: Sendable, Hashable {
    /// `general.architecture`.
    public let architecture: String
    /// Length of a token's vector.
    public let embedding: Int
    /// Number of layers.
    public let layers: Int
    /// Width of the feed-forward part; of one expert in a model of experts.
    public let feedForward: Int
    /// Query heads.
    public let heads: Int
    /// Key and value heads; a divisor of `heads`.
    public let headsKV: Int
    /// Length of one head's vector; even.
    public let headSize: Int
    /// Rows of the token embedding.
    public let vocabulary: Int
    /// Added to the mean of squares in norms.
    public let epsilon: Float
    /// Which numbers of a head rotate together.
    public let rotation: Rotation
    /// How many numbers of a head rotate, its first ones; even, at most `headSize`.
    public let rotated: Int
    /// Base of the rotation's wave lengths.
    public let rotationBase: Float
    /// What stretches the rotation for contexts beyond the first training's.
    public let scaling: RotationScaling
    /// Whether queries and keys have norms of their own.
    public let hasHeadNorms: Bool
    /// Nil for a model without experts.
    public let experts: Experts?
    /// Positions that the model was trained for; nil where the file does not say.
    public let trainedContext: Int?

    /// How a head's numbers pair up to be rotated.
    public enum Rotation: Sendable, Hashable {
        /// i and i + half.
        case halves
        /// 2 i and 2 i + 1.
        case pairs
    }

    /// The feed-forward part as a choice of experts.
    public struct Experts: Sendable, Hashable {
        /// Experts of a layer.
        public let count: Int
        /// Experts that a position goes through.
        public let used: Int
        /// Whether the weights of the chosen experts are divided by their sum.
        public let normalizesWeights: Bool
        /// Width of the expert that every position goes through; nil for none.
        public let sharedFeedForward: Int?
    }

    /// Width of all query heads together.
    public var queryWidth: Int { heads * headSize }
    /// Width of all key heads together.
    public var keyWidth: Int { headsKV * headSize }
}

/// What `rope.scaling.*` and `rope.scale_linear` do to the rotation.
public struct RotationScaling: Sendable, Hashable {
    /// Kinds that `rope.scaling.type` names.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case none, linear, yarn, longrope
    }

    /// Linear where the file does not say.
    public let kind: Kind
    /// Positions are divided by it; 1 for none.
    public let factor: Float
    /// Cosines and sines are multiplied by it (`rope.scaling.attn_factor`).
    public let attentionFactor: Float
    /// Positions of the first training; for yarn and longrope.
    public let originalContext: Int
}
