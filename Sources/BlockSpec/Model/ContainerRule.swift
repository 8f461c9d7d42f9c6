/// What the spec says of a numbered rule that findings about a file cite. Code names rules by ``Rule``.
public struct ContainerRule: Sendable, Hashable {
    /// For example `GGUF-12`. Never changes its meaning.
    public let id: String
    /// A few words.
    public let title: String
    /// What must hold.
    public let text: String
    /// What the rule asks for in a few words, for findings that have no better ones; nil where all have.
    public let expects: String?
    /// What can be done about a violation, for findings that have no better advice.
    public let remedy: String
    /// What a violation makes of the file.
    public let findingClass: FindingClass
    /// Whether a violation makes the container malformed, or unreadable as what it says it is; other rules are about meaning.
    public let isOfContainer: Bool
    /// Whether no text can be made into tokens where the rule is broken; false for rules that are not about tokenizers.
    public let forbidsUse: Bool
    /// Severity when judged by the written specification.
    public let specSeverity: RuleSeverity
    /// Severity when judged by what the common loader accepts.
    public let runtimeSeverity: RuleSeverity
    /// Where the rule comes from.
    public let reference: String
    /// What a rule about text looks for, as its text says; empty for others.
    public let patterns: [String]
    /// Damaged files of the survey that the rule must catch.
    public let catalogue: [String]

    /// Creates a rule.
    public init(
        id: String, title: String, text: String, expects: String? = nil, remedy: String, findingClass: FindingClass,
        isOfContainer: Bool, forbidsUse: Bool, specSeverity: RuleSeverity, runtimeSeverity: RuleSeverity, reference: String,
        patterns: [String], catalogue: [String]
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.expects = expects
        self.remedy = remedy
        self.findingClass = findingClass
        self.isOfContainer = isOfContainer
        self.forbidsUse = forbidsUse
        self.specSeverity = specSeverity
        self.runtimeSeverity = runtimeSeverity
        self.reference = reference
        self.patterns = patterns
        self.catalogue = catalogue
    }

    /// Severity in a profile.
    public func severity(in profile: RuleProfile) -> RuleSeverity {
        switch profile {
        case .spec: specSeverity
        case .runtime: runtimeSeverity
        }
    }
}

/// What a file is measured by.
public enum RuleProfile: String, Sendable, Hashable, CaseIterable {
    /// The written GGUF specification.
    case spec
    /// What the common loader accepts.
    case runtime
}

/// How much a violation matters.
public enum RuleSeverity: String, Sendable, Hashable, CaseIterable {
    /// The file does not conform.
    case error
    /// The file conforms but probably is not what was meant.
    case warning
    /// Worth knowing.
    case note
    /// Not looked at.
    case off
}

/// What a violation makes of a file.
public enum FindingClass: String, Sendable, Hashable, CaseIterable {
    /// The bytes contradict themselves or the specification.
    case damaged
    /// Well-formed, but not for this reader.
    case unsupported
    /// Readable, yet odd.
    case suspicious
}
