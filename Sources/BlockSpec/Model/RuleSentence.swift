/// What a finding says: a sentence of a rule, with what the check found put in.
///
/// One is made by the function that is generated for each sentence of `Spec/gguf.yaml`, so that a sentence that does not exist, or one
/// without a value for each of its places, does not compile.
public struct RuleSentence: Sendable, Hashable {
    /// The rule that is broken.
    public let rule: Rule
    /// The sentence; without its full stop where something is put before it (what is wrong with a key of the tokenizer).
    public let text: String

    init(_ rule: Rule, _ text: String) { (self.rule, self.text) = (rule, text) }

    /// The sentence as one about something that is named before it, with a full stop: `tokenizer.ggml.pre: the key is missing.`
    public func about(_ subject: String) -> RuleSentence { RuleSentence(rule, "\(subject): \(text).") }

    /// A problem of the container as a finding says it.
    ///
    /// - Parameter subject: what it is about, for problems of something that has no name: `Metadata entry 3`.
    public init(_ problem: ContainerProblem, about subject: String? = nil) {
        let fact = problem.fact
        self.init(problem.rule, subject.map { "\($0): \(fact)." } ?? fact.prefix(1).uppercased() + fact.dropFirst() + ".")
    }
}

extension Rule {
    /// What the spec says of the rule.
    public var declaration: ContainerRule { Spec.containerRuleTable[number] }

    /// How much breaking the rule matters in a profile.
    public func severity(in profile: RuleProfile) -> RuleSeverity { declaration.severity(in: profile) }
}

extension BlockFault {
    /// The fault that a kind of check finds, for kinds that find one only; nil for those that have to look at the block again.
    public static func only(of kind: ContentCheck.Kind) -> BlockFault? {
        let faults = allCases.filter { $0.check == kind }
        return faults.count == 1 ? faults[0] : nil
    }
}
