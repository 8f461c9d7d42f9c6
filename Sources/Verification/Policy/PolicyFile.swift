import FoundationEssentials
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF

extension Policy {
    /// Policies are no larger than this.
    public static let fileLimit = WholeFile.Limit("a policy", 64 << 20)
    /// The version of the form of policy files.
    static let version = 1

    /// What a policy file could not be used for.
    public enum LoadError: Error, Sendable {
        /// It could not be read.
        case file(FileError)
        /// It is invalid.
        case policy(PolicyError)
    }

    /// Adds what a file says (`Spec/schema/policy.json`).
    public mutating func load(path: String) throws(LoadError) {
        let text: [UInt8]
        do { text = try WholeFile.read(path, Self.fileLimit) } catch { throw .file(error) }
        do { try load(text, path: path) } catch { throw .policy(error) }
    }

    /// Adds what the text of a policy file says.
    public mutating func load(_ text: [UInt8], path: String) throws(PolicyError) {
        let reader = PolicyReader(source: ForeignText(path: path))
        // Editors put a mark in front of UTF-8.
        let top = try reader.parse(text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text)
        try reader.allow(["$schema", "version", "rules", "known"], in: top, at: "")
        guard case .number(Double(Self.version))? = top["version"] else {
            throw reader.fail("version", "the version of the form is missing or unknown", "write \"version\": \(Self.version)")
        }
        var decisions: [Decision] = []
        for (index, value) in try reader.list(top["rules"], at: "rules").enumerated() {
            decisions.append(try reader.decision(value, at: ForeignText("rules[\(index)]")))
        }
        var entries: [Known] = []
        for (index, value) in try reader.list(top["known"], at: "known").enumerated() {
            entries.append(try reader.known(value, at: ForeignText("known[\(index)]")))
        }
        self.decisions += decisions
        for entry in entries { known[entry.fingerprint] = entry }
        if !entries.isEmpty { knownSource = ForeignText(path: path) }
        sources.append(ForeignText(path: path))
    }

    /// Adds a decision written in one line: `GGUF-36=off:why`.
    ///
    /// - Parameter source: where it was written, for reports.
    public mutating func add(_ option: String, from source: ForeignText) throws(PolicyError) {
        let reader = PolicyReader(source: source)
        let form = "write RULE=off:REASON, or note, warning or error in place of off"
        guard let equals = option.firstIndex(of: "="), let colon = option[equals...].firstIndex(of: ":") else {
            throw reader.fail(ForeignText(option), "rule, severity or reason is missing", form)
        }
        let id = ForeignText(option[..<equals])
        var reason = String(option[option.index(after: colon)...])
        if reason.count >= 2, reason.first == "\"", reason.last == "\"" { reason = String(reason.dropFirst().dropLast()) }
        var decision = Decision(
            rule: try reader.rule(id, at: id),
            severity: try reader.severity(ForeignText(option[option.index(after: equals)..<colon]), at: id),
            reason: try reader.reason(ForeignText(reason), at: id), source: source)
        decision.isOfFile = false
        decisions.append(decision)
        if !sources.contains(source) { sources.append(source) }
    }
}

/// A JSON value as it stands.
private enum PolicyValue: Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([PolicyValue])
    case object([String: PolicyValue])

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: AnyKey.self) {
            var members: [String: PolicyValue] = [:]
            for key in object.allKeys { members[key.stringValue] = try object.decode(PolicyValue.self, forKey: key) }
            self = .object(members)
        } else if var list = try? decoder.unkeyedContainer() {
            var items: [PolicyValue] = []
            while !list.isAtEnd { items.append(try list.decode(PolicyValue.self)) }
            self = .array(items)
        } else {
            let single = try decoder.singleValueContainer()
            if single.decodeNil() {
                self = .null
            } else if let value = try? single.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? single.decode(Double.self) {
                self = .number(value)
            } else {
                self = .string(try single.decode(String.self))
            }
        }
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

/// Reads the parts of a policy, naming file, place and remedy where one is invalid.
private struct PolicyReader {
    let source: ForeignText

    func fail(_ place: ForeignText, _ problem: String, _ remedy: String) -> PolicyError {
        PolicyError(source: source, place: place, problem: problem, remedy: remedy)
    }

    func parse(_ text: [UInt8]) throws(PolicyError) -> [String: PolicyValue] {
        let value: PolicyValue
        do { value = try JSONDecoder().decode(PolicyValue.self, from: Data(text)) } catch {
            throw fail("", "not JSON (\(Self.reason(error)))", "a policy is a JSON object as in Spec/schema/policy.json")
        }
        guard case .object(let members) = value else {
            throw fail("", "not a JSON object", "a policy is a JSON object as in Spec/schema/policy.json")
        }
        return members
    }

    /// The decoder's own words about a syntax error, which name line and column.
    private static func reason(_ error: any Error) -> String {
        guard case .dataCorrupted(let context)? = error as? DecodingError else { return "\(ForeignText(describing: error))" }
        if let underlying = context.underlyingError { return "\(ForeignText(describing: underlying))" }
        return "\(ForeignText(context.debugDescription))"
    }

    func allow(_ keys: Set<String>, in members: [String: PolicyValue], at place: ForeignText) throws(PolicyError) {
        guard let other = members.keys.filter({ !keys.contains($0) }).min() else { return }
        throw fail(
            ForeignText(place.isEmpty ? other : "\(place).\(other)"), "there is no such key",
            "known are \(keys.sorted().joined(separator: ", "))")
    }

    func list(_ value: PolicyValue?, at place: ForeignText) throws(PolicyError) -> [PolicyValue] {
        guard let value else { return [] }
        guard case .array(let items) = value else { throw fail(place, "not a list", "write [ … ]") }
        return items
    }

    func decision(_ value: PolicyValue, at place: ForeignText) throws(PolicyError) -> Policy.Decision {
        guard case .object(let members) = value else {
            throw fail(place, "not an object", "write {\"rule\": …, \"severity\": …, \"reason\": …}")
        }
        try allow(["rule", "severity", "reason", "tensors", "keys", "files"], in: members, at: place)
        return Policy.Decision(
            rule: try rule(text(members, "rule", at: place), at: ForeignText("\(place.raw).rule")),
            severity: try severity(text(members, "severity", at: place), at: ForeignText("\(place.raw).severity")),
            reason: try reason(text(members, "reason", at: place), at: ForeignText("\(place.raw).reason")),
            tensors: try globs(members, "tensors", at: place),
            keys: try globs(members, "keys", at: place), files: try globs(members, "files", at: place), source: source)
    }

    func known(_ value: PolicyValue, at place: ForeignText) throws(PolicyError) -> Policy.Known {
        guard case .object(let members) = value else {
            throw fail(place, "not an object", "write the baseline again")
        }
        try allow(["fingerprint", "rule", "file", "tensor", "key", "message", "reason"], in: members, at: place)
        let fingerprint = try text(members, "fingerprint", at: place).raw
        guard fingerprint.utf8.count == 16, fingerprint.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            throw fail(
                ForeignText("\(place.raw).fingerprint"), "not sixteen hexadecimal digits", "write the baseline again")
        }
        return Policy.Known(
            fingerprint: fingerprint, rule: try rule(text(members, "rule", at: place), at: ForeignText("\(place.raw).rule")),
            file: try text(members, "file", at: place), tensor: try optionalText(members, "tensor", at: place),
            key: try optionalText(members, "key", at: place), message: try optionalText(members, "message", at: place),
            reason: try reason(text(members, "reason", at: place), at: ForeignText("\(place.raw).reason")))
    }

    func rule(_ id: ForeignText, at place: ForeignText) throws(PolicyError) -> String {
        guard Policy.ruleIDs.contains(id.raw) else {
            throw fail(
                place, "there is no rule \(id)",
                NearNames.question(id.raw, in: Policy.ruleIDs.sorted())
                    ?? "rules are listed in Spec/gguf.yaml, clauses of formats in Spec/blocks and Spec/revisions")
        }
        return id.raw
    }

    func severity(_ word: ForeignText, at place: ForeignText) throws(PolicyError) -> RuleSeverity {
        guard let severity = RuleSeverity(rawValue: word.raw) else {
            throw fail(place, "\(word) is not a severity", "write off, note, warning or error")
        }
        return severity
    }

    func reason(_ text: ForeignText, at place: ForeignText) throws(PolicyError) -> ForeignText {
        guard text.raw.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw fail(place, "the reason is missing", "give a reason for the readers of the verdict")
        }
        return text
    }

    private func text(_ members: [String: PolicyValue], _ key: String, at place: ForeignText) throws(PolicyError) -> ForeignText {
        guard let text = try optionalText(members, key, at: place) else {
            throw fail(ForeignText("\(place.raw).\(key)"), "missing", "write \"\(key)\": \"…\"")
        }
        return text
    }

    private func optionalText(_ members: [String: PolicyValue], _ key: String, at place: ForeignText) throws(PolicyError) -> ForeignText? {
        guard let value = members[key] else { return nil }
        guard case .string(let text) = value else {
            throw fail(ForeignText("\(place.raw).\(key)"), "not a string", "write \"\(key)\": \"…\"")
        }
        return ForeignText(text)
    }

    private func globs(_ members: [String: PolicyValue], _ key: String, at place: ForeignText) throws(PolicyError) -> [Glob] {
        guard let value = members[key] else { return [] }
        guard case .array(let items) = value, !items.isEmpty else {
            throw fail(
                ForeignText("\(place.raw).\(key)"), "not a list of patterns", "write \"\(key)\": [\"blk.*.attn_q.weight\"], or leave it out"
            )
        }
        var globs: [Glob] = []
        for (index, item) in items.enumerated() {
            guard case .string(let pattern) = item, !pattern.isEmpty else {
                throw fail(
                    ForeignText("\(place.raw).\(key)[\(index)]"), "not a pattern", "a pattern is a string, in which * matches anything")
            }
            globs.append(Glob(pattern))
        }
        return globs
    }
}
