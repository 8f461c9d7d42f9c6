/// A model architecture: its keys, its tensors with names, kinds and shapes, and known models.
public struct Architecture: Sendable, Hashable {
    /// The value of `general.architecture`, which is also the prefix of its metadata keys.
    public let id: String
    /// A one-line description.
    public let title: String
    /// The keys that are its own, or that it treats in another way than ``LoaderRules/keys`` says; see ``allKeys``.
    public let ownKeys: [ArchitectureKey]
    /// Numbers that shapes depend on and that follow from other ones.
    public let values: [DerivedValue]
    /// What must hold between its hyper-parameters, beside ``LoaderRules/constraints``.
    public let constraints: [ArchitectureConstraint]
    /// Its tensors; those of a layer once, with `{layer}` in the name. A name may occur again under another condition.
    public let tensors: [TensorTemplate]
    /// Models whose hyper-parameters are known.
    public let models: [ModelShape]

    /// Creates an architecture.
    public init(
        id: String, title: String, ownKeys: [ArchitectureKey], values: [DerivedValue], constraints: [ArchitectureConstraint],
        tensors: [TensorTemplate], models: [ModelShape]
    ) {
        self.id = id
        self.title = title
        self.ownKeys = ownKeys
        self.values = values
        self.constraints = constraints
        self.tensors = tensors
        self.models = models
    }
}

/// A metadata key that a loader reads, without the name of the architecture in front.
public struct ArchitectureKey: Sendable, Hashable {
    /// For example `attention.head_count`.
    public let key: String
    /// The name that formulas know it by; nil for a key that no shape depends on.
    public let parameter: String?
    /// The type of its value, or of the elements.
    public let type: ArchitectureKeyType
    /// One value, a list, or either.
    public let form: ArchitectureKeyForm
    /// Whether the loader refuses a file without it.
    public let isRequired: Bool
    /// What the value is when the key is absent; nil: 0.
    public let fallback: Formula?
    /// When the loader reads the key at all; nil: always. Where it does not, the value is 0.
    public let condition: Formula?
    /// The words that a text may be; empty: any.
    public let allowed: [String]

    /// Creates a key.
    public init(
        _ key: String, as parameter: String? = nil, _ type: ArchitectureKeyType, _ form: ArchitectureKeyForm = .single,
        required: Bool = false, fallback: Formula? = nil, when condition: Formula? = nil, allowed: [String] = []
    ) {
        self.key = key
        self.parameter = parameter
        self.type = type
        self.form = form
        self.isRequired = required
        self.fallback = fallback
        self.condition = condition
        self.allowed = allowed
    }
}

/// Types of values that loaders ask for.
public enum ArchitectureKeyType: String, Sendable, Hashable, CaseIterable {
    case u16, u32, f32, bool, string
}

/// How many values a key holds.
public enum ArchitectureKeyForm: String, Sendable, Hashable, CaseIterable {
    /// Exactly one; an array is refused.
    case single
    /// One for all layers, or an array of one for each layer.
    case perLayer = "per_layer"
    /// One, or an array of four.
    case four
    /// An array. Anything else is passed over, or refused if the key is required.
    case array
    /// One, or an array of any length.
    case singleOrArray = "single_or_array"
}

/// A number that follows from hyper-parameters.
public struct DerivedValue: Sendable, Hashable {
    /// The name that formulas know it by.
    public let name: String
    /// What it is; plain names in it stand for the layer that it is asked for.
    public let formula: Formula

    /// Creates a value.
    public init(name: String, formula: Formula) {
        self.name = name
        self.formula = formula
    }
}

/// Something that must hold for a file to be loaded.
public struct ArchitectureConstraint: Sendable, Hashable {
    /// The condition.
    public let holds: Formula
    /// The same as a sentence.
    public let text: String

    /// Creates a constraint.
    public init(holds: Formula, text: String) {
        self.holds = holds
        self.text = text
    }
}

/// Whether a tensor exists once or in every layer.
public enum TensorScope: String, Sendable, Hashable, CaseIterable {
    /// Once.
    case model
    /// In layers; the name holds `{layer}`.
    case layer
}

/// Whether a file must have a tensor, where it belongs at all.
public enum TensorPresence: String, Sendable, Hashable, CaseIterable {
    /// It must.
    case required
    /// It may.
    case optional
    /// It may as far as the loader is concerned, but no known model of the architecture has it, and other loaders refuse it.
    case unusual
}

/// A tensor of an architecture.
public struct TensorTemplate: Sendable, Hashable {
    /// Name, with `{layer}` for the number of the layer.
    public let name: String
    /// Its part in routing.
    public let kind: TensorKind
    /// Dimensions in file order, columns (contiguous) first.
    public let shape: [Formula]
    /// The layers are those from 0 up to this number; for tensors outside the layers it plays no part.
    public let layers: Formula
    /// Where it belongs; nil: in every file, or in every one of the layers.
    public let condition: Formula?
    /// Where a required one may be left out all the same: wherever this does not hold. nil: nowhere.
    public let need: Formula?
    /// Whether a file must have it, where the condition holds.
    public let presence: TensorPresence

    /// All layers but those that predict further tokens, which come last.
    public static let allButPredictors: Formula = "layers - nextn_layers"

    /// Creates a template.
    public init(
        _ name: String, _ kind: TensorKind, _ shape: [Formula], layers: Formula = allButPredictors, when condition: Formula? = nil,
        needed need: Formula? = nil, _ presence: TensorPresence = .required
    ) {
        self.name = name
        self.kind = kind
        self.shape = shape
        self.layers = layers
        self.condition = condition
        self.need = need
        self.presence = presence
    }

    /// Once or in layers.
    public var scope: TensorScope { name.contains("{") ? .layer : .model }

    /// Whether a file must have it, where condition and need hold.
    public var isRequired: Bool { presence == .required }
}
