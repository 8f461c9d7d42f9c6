import HIFIBlockSpec

/// `Spec/RULES.md`: every rule and clause that a finding may cite, with an anchor of its id. Machine output refers to it.
enum RulePage {
    static func text(_ source: SpecSource) throws -> String {
        let rules = try source.containerRules()
        let clauses = try source.clauseIndex().filter { $0.topic != "rule" }
        return """
            <!-- Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again. -->
            # Rules and clauses

            What a finding cites. Rules hold over a file; clauses are sentences of the block formats, the arithmetic, encoding and products.
            Each has an anchor of its id (`RULES.md#GGUF-12`), which SARIF output refers to. Severities are given for the two profiles,
            `spec` and `runtime`; `class` is what a violation makes of the file.

            ## Rules over a file

            \(rules.map(section).joined(separator: "\n\n"))

            ## Clauses

            \(clauses.map(section).joined(separator: "\n\n"))

            """
    }

    private static func section(_ rule: ContainerRule) -> String {
        let severity =
            rule.specSeverity == rule.runtimeSeverity
            ? rule.specSeverity.rawValue : "\(rule.specSeverity.rawValue) (spec), \(rule.runtimeSeverity.rawValue) (runtime)"
        return heading(rule.id, rule.title) + """


            \(line(rule.text))

            *\(severity); \(rule.findingClass.rawValue).* Remedy: \(line(rule.remedy)) Source: \(line(rule.reference)).
            """
    }

    private static func section(_ clause: SpecClause) -> String {
        heading("\(clause.id)", clause.topic) + """


            \(line(clause.text))

            *Clause of `Spec/\(clause.file)`.*
            """
    }

    private static func heading(_ id: String, _ title: String) -> String { "<a id=\"\(id)\"></a>\n### \(id): \(title)" }

    /// One line, in which nothing is taken for markup.
    private static func line(_ text: String) -> String {
        var line = ""
        for character in text.split(whereSeparator: \.isNewline).joined(separator: " ") {
            switch character {
            case "<": line += "&lt;"
            case ">": line += "&gt;"
            case "*", "_", "|", "`", "[", "]", "\\": line += "\\\(character)"
            default: line.append(character)
            }
        }
        return line
    }
}

extension Generator {
    /// Documents for people, by path below `Spec/`.
    public func documents() throws -> [String: String] { ["RULES.md": try RulePage.text(source)] }
}
