import HIFIBlockSpec
import HIFIForeign

/// What the user of a verification has decided about rules: which count for less or more than the specification says, and which findings
/// are known already.
///
/// A policy never makes a malformed container conform: rules about the container that are errors cannot be lowered (`check`), and findings
/// of theirs are never touched.
public struct Policy: Sendable, Hashable {
    /// A decision about a rule, for all that it finds or for some.
    public struct Decision: Sendable, Hashable {
        /// A rule (`GGUF-36`) or a clause of a block format (`R6-05`).
        public var rule: String
        /// `off` silences.
        public var severity: RuleSeverity
        /// Why; never empty.
        public var reason: ForeignText
        /// Patterns of names; a finding is meant if one of each list that is not empty fits. See `Glob`.
        public var tensors: [Glob]
        /// Patterns of metadata keys; see `tensors`.
        public var keys: [Glob]
        /// Fit the path as given or its last component.
        public var files: [Glob]
        /// Where the decision stands: a policy's file, or what ``Policy/add(_:from:)`` was told.
        public var source: ForeignText
        /// Whether it stands in a file, so that a baseline keeps it.
        public var isOfFile = true

        /// Creates a decision; without patterns it applies to all findings of the rule.
        public init(
            rule: String, severity: RuleSeverity, reason: ForeignText, tensors: [Glob] = [], keys: [Glob] = [], files: [Glob] = [],
            source: ForeignText
        ) {
            (self.rule, self.severity, self.reason, self.source) = (rule, severity, reason, source)
            (self.tensors, self.keys, self.files) = (tensors, keys, files)
        }
    }

    /// A finding that was there when a baseline was written.
    public struct Known: Sendable, Hashable, Codable {
        /// See `Finding.fingerprint`.
        public var fingerprint: String
        /// The rule of the finding.
        public var rule: String
        /// Last component of the file's path.
        public var file: ForeignText
        /// The tensor, for people who read the policy; the fingerprint decides.
        public var tensor: ForeignText?
        /// The metadata key, for people who read the policy; the fingerprint decides.
        public var key: ForeignText?
        /// The message, for people who read the policy; the fingerprint decides.
        public var message: ForeignText?
        /// Why it may stay; never empty.
        public var reason: ForeignText
    }

    /// In order: of several that fit a finding the last decides.
    public var decisions: [Decision] = []
    /// By fingerprint.
    public var known: [String: Known] = [:]
    /// What the policy was put together from: files, and other places.
    public var sources: [ForeignText] = []
    /// Where the known findings stand.
    public var knownSource = ForeignText("")

    /// An empty policy, which changes nothing.
    public init() {}

    /// Whether a decision or a known finding is there at all.
    public var isEmpty: Bool { decisions.isEmpty && known.isEmpty }

    /// Refuses what no policy can do: to let a malformed container pass.
    public func check(_ profile: RuleProfile) throws(PolicyError) {
        for decision in decisions {
            guard decision.severity != .error, Self.isOfContainer(decision.rule, profile) else { continue }
            throw PolicyError(
                source: decision.source, place: ForeignText(decision.rule),
                problem: "the rule is about the container; a malformed container cannot be made to conform",
                remedy: "leave the rule as it is; only rules about the content of a well-formed file can be silenced")
        }
        for entry in known.values.sorted(by: { $0.fingerprint < $1.fingerprint }) where Self.isOfContainer(entry.rule, profile) {
            throw PolicyError(
                source: knownSource, place: ForeignText("known finding \(entry.fingerprint), \(entry.rule)"),
                problem: "the rule is about the container; a malformed container cannot be made to conform", remedy: "take the entry out")
        }
    }

    private static func isOfContainer(_ id: String, _ profile: RuleProfile) -> Bool {
        guard let rule = Spec.containerRule(id), rule.isOfContainer else { return false }
        return rule.severity(in: profile) == .error
    }

    /// Ids that decisions may be about: rules over a file, and clauses that blocks are checked by.
    public static let ruleIDs: Set<String> = Set(Spec.containerRules.map(\.id)).union(Spec.formats.flatMap { $0.checks.map(\.clause) })

    /// The decision about a finding, or nil.
    func decision(about finding: Finding, isComplete: Bool) -> Decision? {
        decisions.last { $0.fits(finding, isComplete: isComplete) }
    }
}

extension Policy.Decision {
    /// A finding that speaks of many tensors, or keys, is meant if all of them are: some of them cannot be distinguished from the others.
    fileprivate func fits(_ finding: Finding, isComplete: Bool) -> Bool {
        guard finding.rule == rule || finding.clause == rule else { return false }
        if !files.isEmpty {
            let path = finding.location.file ?? ""
            guard files.contains(where: { $0.fits(path.raw) || $0.fits(path.lastPathComponent.raw) }) else { return false }
        }
        guard !tensors.isEmpty || !keys.isEmpty else { return true }
        guard isComplete else { return false }
        return ([finding.location] + finding.examples).allSatisfy { place in
            (tensors.isEmpty || tensors.contains { $0.fits(place.tensor?.raw ?? "") })
                && (keys.isEmpty || keys.contains { $0.fits(place.key?.raw ?? "") })
        }
    }
}

/// Why a policy cannot be used; one line.
public struct PolicyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, or where else it stands; may be empty.
    public var source: ForeignText
    /// Where in it.
    public var place: ForeignText
    /// What is wrong.
    public var problem: String
    /// What to write instead.
    public var remedy: String

    /// `SOURCE: PLACE: PROBLEM; REMEDY`.
    public var description: String { "\(source.isEmpty ? "" : "\(source): ")\(place.isEmpty ? "" : "\(place): ")\(problem); \(remedy)" }
}

/// A pattern of names: `*` stands for any characters, `?` for one, all others for themselves.
public struct Glob: Sendable, Hashable {
    /// The pattern as written.
    public let pattern: String

    /// Creates a pattern; every string is one.
    public init(_ pattern: String) { self.pattern = pattern }

    /// Whether it fits a whole name. Takes time in proportion to the product of the lengths at most.
    public func fits(_ name: String) -> Bool {
        let (pattern, name) = (Array(pattern.unicodeScalars), Array(name.unicodeScalars))
        var (p, n) = (0, 0)
        // The last asterisk, and how far the name was when it stood for as much as it does now.
        var star: (p: Int, n: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == "*" {
                star = (p, n)
                p += 1
            } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
                p += 1
                n += 1
            } else if let last = star {
                star = (last.p, last.n + 1)
                (p, n) = (last.p + 1, last.n + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}
