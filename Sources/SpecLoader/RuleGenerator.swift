import HIFIBlockSpec

extension RuleBook {
    /// The rule of each sentence, problem and fault of blocks, by the name that code uses.
    var idsByName: [String: String] {
        let said = sentences.map { ($0.name, rules[$0.rule].id) } + problems.map { ($0.name, rules[$0.rule].id) }
        return Dictionary(said + faults.compactMap { fault in fault.rule.map { (fault.name, rules[$0].id) } }) { first, _ in first }
    }

    /// `Rules.swift`: the rules, problems and faults as enumerations, and a function for each sentence.
    var source: String { [ruleEnum, problemEnum, faultEnum, sentenceFunctions].joined(separator: "\n\n") }

    private var ruleEnum: String {
        let cases = zip(names, rules).map { "    /// \($1.title).\n    case \($0) = \($1.id.swiftQuoted)" }
        let numbers = names.enumerated().map { "        case .\($1): \($0)" }
        return """
            /// The numbered rules that findings about a file cite; `Spec/gguf.yaml` has their text, class, severities and sentences.
            ///
            /// Checks inside blocks that have no rule of their own are cited by the clause of their format (`R6-05`).
            public enum Rule: String, Sendable, Hashable, CaseIterable {
            \(cases.joined(separator: "\n"))

                /// Position in the spec's list of rules.
                var number: Int {
                    switch self {
            \(numbers.joined(separator: "\n"))
                    }
                }
            }
            """
    }

    private var problemEnum: String {
        let cases = problems.map { "    /// \($0.fact.capitalised).\n    case \($0.name) = \($0.name.kebab.swiftQuoted)" }
        return """
            /// What a scan of a container can find wrong with it. The raw values are stable names.
            public enum ContainerProblem: String, Sendable, Hashable, CaseIterable {
            \(cases.joined(separator: "\n"))

                /// The rule that is broken.
                public var rule: Rule {
                    switch self {
            \(problems.map { "        case .\($0.name): .\(names[$0.rule])" }.joined(separator: "\n"))
                    }
                }

                /// What is the case, as a sentence without capital and full stop.
                public var fact: String {
                    switch self {
            \(problems.map { "        case .\($0.name): \($0.fact.swiftQuoted)" }.joined(separator: "\n"))
                    }
                }
            }
            """
    }

    private var faultEnum: String {
        func table(_ value: (Fault) -> String) -> String { faults.map { "        case .\($0.name): \(value($0))" }.joined(separator: "\n") }
        return """
            /// What a check finds wrong with a block.
            public enum BlockFault: String, Sendable, Hashable, CaseIterable {
            \(faults.map { "    /// \($0.template.plain.capitalised).\n    case \($0.name)" }.joined(separator: "\n"))

                /// The kind of check that finds it.
                public var check: ContentCheck.Kind {
                    switch self {
            \(table { ".\($0.check)" })
                    }
                }

                /// The rule that it breaks; nil where it is cited by the clause of the block format.
                public var rule: Rule? {
                    switch self {
            \(table { fault in fault.rule.map { ".\(names[$0])" } ?? "nil" })
                    }
                }

                /// What is the case, as a sentence without capital and full stop.
                public func fact(field: String) -> String {
                    switch self {
            \(table { $0.template.swift })
                    }
                }

                /// What can be done about it, where the rule or the clause does not say.
                public var remedy: String? {
                    switch self {
            \(table { $0.remedy?.swiftQuoted ?? "nil" })
                    }
                }
            }
            """
    }

    private var sentenceFunctions: String {
        let functions = sentences.map { sentence in
            let rule = rules[sentence.rule]
            let names = sentence.template.places.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            return """
                    /// \(rule.id): \(sentence.template.plain)
                    public static func \(sentence.name)(\(names.map { "\($0): String" }.joined(separator: ", "))) -> RuleSentence {
                        RuleSentence(.\(self.names[sentence.rule]), \(sentence.template.swift))
                    }
                """
        }
        return "extension RuleSentence {\n\(functions.joined(separator: "\n\n"))\n}"
    }
}

extension RuleTemplate {
    /// As it stands in the spec.
    fileprivate var plain: String { zip(texts, places.map { "{\($0)}" } + [""]).map { $0 + $1 }.joined() }

    /// As a Swift literal, with an interpolation in each place.
    fileprivate var swift: String {
        let parts = zip(texts.map(\.swiftQuoted), places.map { "\\(\($0))" } + [""])
        return "\"" + parts.map { $0.dropFirst().dropLast() + $1 }.joined() + "\""
    }
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }

    /// `keyNotUTF8` as `key-not-utf8`, `version1` as `version-1`.
    fileprivate var kebab: String {
        var out = ""
        var last: Character?
        for character in self {
            let startsWord = character.isUppercase ? last?.isUppercase == false : character.isNumber && last?.isLowercase == true
            if startsWord { out += "-" }
            out += character.lowercased()
            last = character
        }
        return out
    }
}
