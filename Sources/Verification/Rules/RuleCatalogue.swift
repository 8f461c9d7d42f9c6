import BlockSpec

/// Severity and class of rules, looked up by id.
public enum RuleCatalogue {
    private static let rules = Dictionary(Spec.containerRules.map { ($0.id, $0) }) { first, _ in first }

    /// The declaration of a rule, or nil for an id that is not a rule (a clause of a block format).
    public static func declaration(_ id: String) -> ContainerRule? { rules[id] }

    /// How much breaking the rule matters in a profile; nil where the profile does not look at it.
    static func severity(of rule: Rule, in profile: RuleProfile) -> Finding.Severity? {
        switch rules[rule.rawValue]?.severity(in: profile) {
        case .error, nil: .error
        case .warning: .warning
        case .note: .note
        case .off: nil
        }
    }

    /// What can be done about a finding inside blocks under a clause of their format.
    private static let clauseRemedy = "Download the file again; if its digest is that of the source, quantize the tensor again."

    /// What the rule asks for, and what can be done about a violation, where a finding does not say so for its place.
    static func complete(_ finding: inout Finding) {
        let rule = rules[finding.rule]
        if finding.expected == nil { finding.expected = rule?.expects }
        if finding.advice == nil { finding.advice = rule?.remedy ?? clauseRemedy }
    }

    static func kind(of rule: Rule) -> Finding.Kind {
        switch rules[rule.rawValue]?.findingClass {
        case .damaged, nil: .damaged
        case .unsupported: .unsupported
        case .suspicious: .suspicious
        }
    }
}
