import HIFIBlockSpec

/// A numbered sentence of any file of the spec: a clause of the blocks, the numerics or another clause file, or a rule.
public struct SpecClause: Sendable, Hashable {
    /// The clause's id.
    public let id: ClauseID
    /// The topic of a clause; `rule` for a rule over a file.
    public let topic: String
    /// The sentence.
    public let text: String
    /// Below `Spec/`.
    public let file: String
    /// Ids of the damaged sample files that a rule must catch.
    public let samples: [String]
}

extension SpecSource {
    /// Every clause and rule below `Spec/`, by the files' `clauses` and `rules` lists, in the order of files and places.
    ///
    /// Reads the files as plain values, so that a new clause file needs no loader to be found here.
    ///
    /// - Throws: if two files give the same id, or a list has entries without id, topic or text.
    public func clauseIndex() throws -> [SpecClause] {
        var clauses: [SpecClause] = []
        var files: [ClauseID: String] = [:]
        for (file, _) in try filesWithSchemas() {
            guard case .object(let members) = try value(at: file) else { continue }
            for clause in try list(members["clauses"], in: file, isRules: false) + list(members["rules"], in: file, isRules: true) {
                if let other = files.updateValue(file, forKey: clause.id) {
                    throw SpecError(file: file, message: "clause \(clause.id) occurs twice (also in Spec/\(other))")
                }
                clauses.append(clause)
            }
        }
        return clauses
    }

    private func list(_ value: SpecValue?, in file: String, isRules: Bool) throws -> [SpecClause] {
        guard case .array(let entries) = value else { return [] }
        // Routings have a list called rules, too; theirs have no ids.
        if isRules, !entries.contains(where: { $0["id"] != nil }) { return [] }
        return try entries.map { entry in
            guard case .string(let id) = entry["id"], case .string(let text) = entry["text"], let id = ClauseID(id) else {
                throw SpecError(file: file, message: "a clause without id or text")
            }
            var topic = "rule"
            if !isRules {
                guard case .string(let word) = entry["topic"] else { throw SpecError(file: file, message: "\(id): topic missing") }
                topic = word
            }
            var samples: [String] = []
            if case .array(let names) = entry["catalogue"] {
                samples = names.compactMap { if case .string(let name) = $0 { name } else { nil } }
            }
            return SpecClause(id: id, topic: topic, text: text, file: file, samples: samples)
        }
    }
}

extension SpecValue {
    /// The member of an object with this name.
    subscript(name: String) -> SpecValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }
}
