/// What llama.cpp's quantizer decides by names, shapes and sizes, beside the mixes: the tables of `Spec/quantizer.yaml`.
/// Its clauses (`QUANT-01` and so on) are ``Spec/quantizing``.
public struct QuantizerRules: Sendable, Hashable {
    /// How tensors are told and types that do not fit are treated, for each kind of mixes.
    public let routing: [RoutingRules]
    /// Outliers in each block of formats that follow the size of the model; the first entry that holds decides (QUANT-09).
    public let sizedOutliers: [SizedOutliers]
    /// Tensors whose importance counts: names with one of these in them (QUANT-12)…
    public let importanceParts: [String]
    /// …and none of these.
    public let importanceExceptions: [String]
    /// Residuals that are dropped, by the size of the model; the first entry that holds decides (QUANT-14).
    public let negligibleResiduals: [ResidualShare]
    /// Which models llama.cpp calls 70B (QUANT-16).
    public let called70B: [NamedSize]
    /// What blocks can hold (ENC-02).
    public let weightRanges: [WeightRange]

    /// Creates the rules.
    public init(
        routing: [RoutingRules], sizedOutliers: [SizedOutliers], importanceParts: [String], importanceExceptions: [String],
        negligibleResiduals: [ResidualShare], called70B: [NamedSize], weightRanges: [WeightRange]
    ) {
        self.routing = routing
        self.sizedOutliers = sizedOutliers
        self.importanceParts = importanceParts
        self.importanceExceptions = importanceExceptions
        self.negligibleResiduals = negligibleResiduals
        self.called70B = called70B
        self.weightRanges = weightRanges
    }
}

/// Tensor names, whole or by a part of them.
public struct NameList: Sendable, Hashable {
    /// Whole names.
    public let names: [String]
    /// Texts that a name may contain.
    public let parts: [String]

    /// Creates a list.
    public init(names: [String], parts: [String]) {
        self.names = names
        self.parts = parts
    }
}

/// The part that tensors with a certain name play in routing.
public struct TensorNameRole: Sendable, Hashable {
    /// What the name contains; nil where `name` is given.
    public let part: String?
    /// The whole name; nil where `part` is given.
    public let name: String?
    /// The part that the tensor plays.
    public let kind: TensorKind

    /// Creates a role.
    public init(part: String?, name: String?, kind: TensorKind) {
        self.part = part
        self.name = name
        self.kind = kind
    }

    /// Whether a tensor of this name has the role.
    public func fits(_ tensor: String) -> Bool { part.map { tensor.holds($0) } ?? (tensor == name) }
}

/// What takes the place of some types where a row is not a whole number of their blocks.
public struct TypeFallback: Sendable, Hashable {
    /// Format ids.
    public let from: [String]
    /// Format id.
    public let to: String

    /// Creates a fallback.
    public init(from: [String], to: String) {
        self.from = from
        self.to = to
    }
}

/// How many outliers a block keeps in models up to a size.
public struct SizedOutliers: Sendable, Hashable {
    /// Upper end in billions, included; nil for none.
    public let atMost: Double?
    /// Upper end in billions, not included; nil for none.
    public let below: Double?
    /// Outliers in each block.
    public let outliers: Int

    /// Creates an entry.
    public init(atMost: Double?, below: Double?, outliers: Int) {
        self.atMost = atMost
        self.below = below
        self.outliers = outliers
    }

    /// Whether the entry holds for a size, compared in fp32.
    public func holds(billions: Float) -> Bool {
        atMost.map { billions <= Float($0) } ?? true && below.map { billions < Float($0) } ?? true
    }
}

/// The share of a block's standard deviation below which residuals are dropped, in models up to a size.
public struct ResidualShare: Sendable, Hashable {
    /// Upper end in billions, not included; nil for none.
    public let below: Double?
    /// The share, from 0 to 1.
    public let share: Double

    /// Creates a share.
    public init(below: Double?, share: Double) {
        self.below = below
        self.share = share
    }

    /// Whether the entry holds for a size, compared in fp32.
    public func holds(billions: Float) -> Bool { below.map { billions < Float($0) } ?? true }
}

/// Models that go by the name of a size.
public struct NamedSize: Sendable, Hashable {
    /// Values of `general.architecture`.
    public let architectures: [String]
    /// Their number of layers.
    public let layers: Int
    /// Only where several heads share keys and values.
    public let grouped: Bool

    /// Creates a description.
    public init(architectures: [String], layers: Int, grouped: Bool) {
        self.architectures = architectures
        self.layers = layers
        self.grouped = grouped
    }
}

/// The weights that blocks of some formats can hold with finite scales.
public struct WeightRange: Sendable, Hashable {
    /// Format ids.
    public let formats: [String]
    /// Below this no block can hold a weight.
    public let lowest: Double
    /// Above this no block can hold a weight.
    public let highest: Double

    /// Creates a range.
    public init(formats: [String], lowest: Double, highest: Double) {
        self.formats = formats
        self.lowest = lowest
        self.highest = highest
    }
}
