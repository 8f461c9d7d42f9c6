/// What one named loader does with files of any architecture: the measure of the `runtime` profile, beside the architectures.
public struct LoaderRules: Sendable, Hashable {
    /// The build, for example `llama.cpp as in llama-cpp-python 0.3.36`.
    public let build: String
    /// Values of `general.architecture` that it knows.
    public let architectures: [String]
    /// Keys that it reads whatever the architecture is, with their whole names.
    public let generalKeys: [ArchitectureKey]
    /// Keys that it reads of every architecture, without its name in front.
    public let keys: [ArchitectureKey]
    /// What must hold between hyper-parameters.
    public let constraints: [ArchitectureConstraint]
    /// Small tensors that may stand beside another one.
    public let companions: [CompanionTensor]

    /// Creates the rules.
    public init(
        build: String, architectures: [String], generalKeys: [ArchitectureKey], keys: [ArchitectureKey],
        constraints: [ArchitectureConstraint], companions: [CompanionTensor]
    ) {
        self.build = build
        self.architectures = architectures
        self.generalKeys = generalKeys
        self.keys = keys
        self.constraints = constraints
        self.companions = companions
    }
}

/// A tensor that may stand beside the weights of another, for instance `blk.0.attn_q.scale` beside `blk.0.attn_q.weight`.
public struct CompanionTensor: Sendable, Hashable {
    /// What takes the place of `weight` at the end of the name.
    public let suffixes: [String]
    /// The tensors that may have one, without `blk.{layer}.` and `.weight`.
    public let beside: [String]
    /// Its dimensions.
    public let shape: [Formula]

    /// Creates a companion.
    public init(suffixes: [String], beside: [String], shape: [Formula]) {
        self.suffixes = suffixes
        self.beside = beside
        self.shape = shape
    }
}

extension LoaderRules {
    /// Numbers that formulas may name and that no key of the architecture holds: entries of the token list, number of token types,
    /// entries of the list of labels.
    public static let counts = ["vocabulary", "token_types", "labels"]
}
