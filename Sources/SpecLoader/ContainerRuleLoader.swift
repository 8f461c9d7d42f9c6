import HIFIBlockSpec

private struct ContainerRuleFile: Codable {
    struct Profiles: Codable {
        var spec: String
        var runtime: String
    }

    struct Rule: Codable {
        var id: String
        var name: String
        var title: String
        var text: String
        var says: Sentences?
        var problems: [String: String]?
        var expects: String?
        var remedy: String
        var `class`: String
        var container: Bool?
        var forbids_use: Bool?
        var profiles: Profiles
        var reference: String
        var patterns: [String]?
        var catalogue: [String]?
    }

    /// One sentence, or one for each case.
    enum Sentences: Codable {
        case one(String)
        case cases([String: String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .one(text)
            } else {
                self = .cases(try container.decode([String: String].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .one(let text): try container.encode(text)
            case .cases(let cases): try container.encode(cases)
            }
        }
    }

    struct Fault: Codable {
        var name: String
        var check: String
        var rule: String?
        var says: String
        var remedy: String?
    }

    var rules: [Rule]
    var faults: [Fault]
}

/// `gguf.yaml` as read: the rules, and how code and findings speak of them.
struct RuleBook {
    /// A sentence that findings of a rule may have.
    struct Sentence {
        /// Position of the rule in `rules`.
        let rule: Int
        /// Name of the function that makes it.
        let name: String
        let template: RuleTemplate
    }

    /// A problem that the scan reports under a rule.
    struct Problem {
        let rule: Int
        let name: String
        let fact: String
    }

    /// What a check of blocks finds.
    struct Fault {
        let name: String
        let check: ContentCheck.Kind
        let rule: Int?
        let template: RuleTemplate
        let remedy: String?
    }

    let rules: [ContainerRule]
    /// What code calls each rule.
    let names: [String]
    let sentences: [Sentence]
    let problems: [Problem]
    let faults: [Fault]
}

/// A sentence with places, `{name}`, for what a check found.
struct RuleTemplate {
    /// Text and places in turn, beginning and ending with text.
    let texts: [String]
    let places: [String]

    /// Nil for brackets that do not match, and for places that are not lower-case words.
    init?(_ text: String) {
        var (texts, places) = ([String](), [String]())
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            let place = String(rest[rest.index(after: open)..<close])
            guard !place.isEmpty, place.utf8.allSatisfy({ (97...122).contains($0) }) else { return nil }
            texts.append(String(rest[..<open]))
            places.append(place)
            rest = rest[rest.index(after: close)...]
        }
        guard !rest.contains("}"), texts.allSatisfy({ !$0.contains("}") }) else { return nil }
        (self.texts, self.places) = (texts + [String(rest)], places)
    }
}

extension SpecSource {
    /// The rules of `gguf.yaml`.
    public func containerRules() throws -> [ContainerRule] { try ruleBook().rules }

    /// Reads and checks `gguf.yaml`.
    func ruleBook() throws -> RuleBook {
        let path = "gguf.yaml"
        let checks = SpecChecks(file: path)
        let file = try decodeStrictly(ContainerRuleFile.self, from: path)
        try checks.unique(file.rules.map(\.id), "rule")
        try checks.unique(file.rules.map(\.name), "name of a rule")
        let rules = try file.rules.map { rule in
            guard let id = ClauseID(rule.id), ContainerRule.prefixes.contains(id.prefix) else {
                throw checks.fail("'\(rule.id)' is not a clause id like GGUF-12")
            }
            return ContainerRule(
                id: rule.id, title: rule.title, text: rule.text, expects: rule.expects, remedy: rule.remedy,
                findingClass: try checks.word(rule.class, FindingClass.self, at: rule.id), isOfContainer: rule.container ?? false,
                forbidsUse: rule.forbids_use ?? false,
                specSeverity: try checks.word(rule.profiles.spec, RuleSeverity.self, at: rule.id),
                runtimeSeverity: try checks.word(rule.profiles.runtime, RuleSeverity.self, at: rule.id), reference: rule.reference,
                patterns: rule.patterns ?? [], catalogue: rule.catalogue ?? [])
        }
        var (sentences, problems) = ([RuleBook.Sentence](), [RuleBook.Problem]())
        for (index, rule) in file.rules.enumerated() {
            for (code, fact) in (rule.problems ?? [:]).sorted(by: { $0.key < $1.key }) {
                problems.append(.init(rule: index, name: try checks.name(code, at: rule.id), fact: fact))
            }
            let cases: [(name: String, text: String)] =
                switch rule.says {
                case nil: []
                case .one(let text): [(rule.name, text)]
                case .cases(let cases):
                    cases.sorted { $0.key < $1.key }.map { (rule.name + $0.key.prefix(1).uppercased() + $0.key.dropFirst(), $0.value) }
                }
            for (name, text) in cases {
                sentences.append(
                    .init(rule: index, name: try checks.name(name, at: rule.id), template: try checks.template(text, at: rule.id)))
            }
        }
        try checks.unique(problems.map(\.name), "problem")
        try checks.unique(sentences.map(\.name), "sentence")
        let faults = try file.faults.map { fault in
            let rule = try fault.rule.map { id in
                guard let index = rules.firstIndex(where: { $0.id == id }) else { throw checks.fail("fault \(fault.name): no rule \(id)") }
                return index
            }
            return RuleBook.Fault(
                name: try checks.name(fault.name, at: "faults"),
                check: try checks.word(fault.check, ContentCheck.Kind.self, at: fault.name),
                rule: rule, template: try checks.template(fault.says, at: fault.name), remedy: fault.remedy)
        }
        try checks.unique(faults.map(\.name), "fault")
        // A rule without a sentence could be cited by nothing.
        for (index, rule) in rules.enumerated()
        where !sentences.contains(where: { $0.rule == index }) && !problems.contains(where: { $0.rule == index })
            && !faults.contains(where: { $0.rule == index })
        {
            throw checks.fail("\(rule.id) says nothing: it has no sentence, no problem of the scan and no fault of blocks")
        }
        for kind in ContentCheck.Kind.allCases where !faults.contains(where: { $0.check == kind }) {
            throw checks.fail("no fault of the check \(kind.rawValue)")
        }
        return RuleBook(rules: rules, names: file.rules.map(\.name), sentences: sentences, problems: problems, faults: faults)
    }
}

extension SpecChecks {
    /// A name that code can use.
    fileprivate func name(_ text: String, at place: String) throws -> String {
        guard let first = text.utf8.first, (97...122).contains(first),
            text.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) })
        else { throw fail("\(place): '\(text)' is not a name in camel case") }
        return text
    }

    fileprivate func template(_ text: String, at place: String) throws -> RuleTemplate {
        guard let template = RuleTemplate(text) else { throw fail("\(place): the places of \"\(text)\" are not {words}") }
        return template
    }
}

extension ContainerRule {
    /// The container, any block or float, what was checked, policies, digests, dialects and revisions, what a file says of them itself,
    /// what a loader asks for, tokenizers.
    static let prefixes = ["GGUF", "CONTENT", "COVER", "POLICY", "MANIFEST", "IDENT", "STAMP", "ARCH", "TOK"]
}
