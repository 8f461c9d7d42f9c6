import BlockSpec

private struct ContainerRuleFile: Codable {
    struct Profiles: Codable {
        var spec: String
        var runtime: String
    }

    struct Rule: Codable {
        var id: String
        var title: String
        var text: String
        var expects: String?
        var remedy: String
        var `class`: String
        var profiles: Profiles
        var reference: String
        var patterns: [String]?
        var catalogue: [String]?
    }

    var rules: [Rule]
}

extension SpecSource {
    /// Reads and checks `gguf.yaml`.
    public func containerRules() throws -> [ContainerRule] {
        let path = "gguf.yaml"
        let checks = SpecChecks(file: path)
        let rules = try decodeStrictly(ContainerRuleFile.self, from: path).rules
        try checks.unique(rules.map(\.id), "rule")
        return try rules.map { rule in
            guard let id = ClauseID(rule.id), ContainerRule.prefixes.contains(id.prefix) else {
                throw checks.fail("'\(rule.id)' is not a clause id like GGUF-12")
            }
            return ContainerRule(
                id: rule.id, title: rule.title, text: rule.text, expects: rule.expects, remedy: rule.remedy,
                findingClass: try checks.word(rule.class, FindingClass.self, at: rule.id),
                specSeverity: try checks.word(rule.profiles.spec, RuleSeverity.self, at: rule.id),
                runtimeSeverity: try checks.word(rule.profiles.runtime, RuleSeverity.self, at: rule.id), reference: rule.reference,
                patterns: rule.patterns ?? [], catalogue: rule.catalogue ?? [])
        }
    }
}

extension ContainerRule {
    /// The container, any block or float, what was checked, policies, digests, dialects and revisions, what a file says of them itself,
    /// what a loader asks for, tokenizers.
    static let prefixes = ["GGUF", "CONTENT", "COVER", "POLICY", "MANIFEST", "IDENT", "STAMP", "ARCH", "TOK"]
}
