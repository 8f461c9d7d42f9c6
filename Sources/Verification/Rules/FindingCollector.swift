import HIFIBlockSpec
import HIFIForeign

/// Collects the findings of one file: looks up severity and class, counts everything, keeps a limited number.
struct FindingCollector {
    let profile: RuleProfile
    /// The file that findings are about, unless they say otherwise.
    let file: ForeignText?
    /// Findings kept of each severity.
    let cap: Int
    /// Places named in a finding besides the first.
    let exampleLimit: Int
    /// What counts for less or more than the specification says.
    let policy: Policy?
    /// What follows the remedy of a rule in brackets.
    let remedyHints: [String: String]

    private(set) var findings: [Finding] = []
    private(set) var counts = FindingCounts()
    /// Fingerprints of the policy's known findings that occurred.
    private(set) var knownFound: Set<String> = []
    private var kept: [Finding.Severity: Int] = [:]
    private var keptSuppressed = 0

    init(
        profile: RuleProfile, file: ForeignText?, cap: Int, exampleLimit: Int, policy: Policy? = nil, remedyHints: [String: String] = [:]
    ) {
        (self.profile, self.file, self.cap, self.exampleLimit) = (profile, file, cap, exampleLimit)
        (self.policy, self.remedyHints) = (policy, remedyHints)
    }

    /// Adds a finding of a numbered rule, unless the profile does not look at the rule.
    ///
    /// - Parameters:
    ///   - clause: the clause of the block format, for findings inside blocks.
    ///   - examples: every other place of a finding about several tensors or keys; as many as wanted are kept.
    ///   - floor: a severity below which this case does not fall, whatever the profile says of the rule.
    ///   - ceiling: a severity above which it does not rise.
    ///   - evidence: a digest of what was judged, where not every place is among the examples.
    ///   - isUnread: the error says that the file is of a kind that is not read, not that it is malformed.
    mutating func add(
        _ sentence: RuleSentence, _ location: Finding.Location = .init(), expected: String? = nil, found: String? = nil,
        advice: String? = nil, count: Int = 1, examples: [Finding.Location] = [], clause: String? = nil,
        atLeast floor: Finding.Severity = .note, atMost ceiling: Finding.Severity = .error, evidence: String? = nil, isUnread: Bool = false
    ) {
        let rule = sentence.rule.declaration
        guard let severity = Finding.Severity(rule.severity(in: profile)) else { return }
        append(
            Finding(
                rule: rule.id, severity: min(max(severity, floor), ceiling), kind: Finding.Kind(rule.findingClass),
                location: located(location), message: sentence.text, expected: expected, found: found, advice: advice, count: count,
                examples: examples.map(located), clause: clause), evidence,
            isUnread ? .unread : rule.isOfContainer ? .container : .meaning)
    }

    /// Adds a finding inside blocks: under the rule that the fault breaks, at least as grave as the check, or else under the clause alone.
    mutating func add(
        _ fault: BlockFault, of check: ContentCheck, _ location: Finding.Location, _ message: String, expected: String?, found: String?,
        count: Int, examples: [Finding.Location], evidence: String
    ) {
        let rule = fault.rule?.declaration
        var severity = Finding.Severity(check.severity)
        if let rule {
            guard let declared = Finding.Severity(rule.severity(in: profile)) else { return }
            severity = max(severity, declared)
        }
        add(
            Finding(
                rule: rule?.id ?? check.clause, severity: severity,
                kind: rule.map { Finding.Kind($0.findingClass) } ?? (severity == .error ? .damaged : .suspicious), location: location,
                message: message, expected: expected, found: found, advice: fault.remedy, count: count,
                examples: examples.map(located), clause: check.clause), evidence: evidence)
    }

    /// Adds a finding that brings its own severity and class.
    mutating func add(_ finding: Finding, evidence: String? = nil) {
        var finding = finding
        finding.location = located(finding.location)
        append(finding, evidence, Spec.containerRule(finding.rule)?.isOfContainer == true ? .container : .meaning)
    }

    /// Whether a finding about this key is listed under this rule.
    func has(_ rule: Rule, key: ForeignText) -> Bool { findings.contains { $0.rule == rule.rawValue && $0.location.key == key } }

    /// Counts findings that were left out elsewhere.
    mutating func addOmitted(_ count: Int, as rule: Rule) {
        let rule = rule.declaration
        guard count > 0, let severity = Finding.Severity(rule.severity(in: profile)) else { return }
        counts.add(
            rule: rule.id, severity, Finding.Kind(rule.findingClass), rule.isOfContainer ? .container : .meaning, times: count)
        counts.omitted += count
    }

    /// Places that a finding about many tensors is worth naming: all where a policy may be about some of them.
    var placesWanted: Int { policy.map { $0.decisions.contains { !$0.tensors.isEmpty || !$0.keys.isEmpty } } == true ? .max : exampleLimit }

    /// The findings kept: the grave ones first, then by place in the file.
    var sorted: [Finding] {
        findings.enumerated().sorted { a, b in
            if a.element.severity != b.element.severity { return a.element.severity > b.element.severity }
            let (first, second) = (a.element.location.offset ?? 0, b.element.location.offset ?? 0)
            return first != second ? first < second : a.offset < b.offset
        }.map(\.element)
    }

    /// The location with the file filled in.
    func located(_ location: Finding.Location) -> Finding.Location {
        guard location.file == nil else { return location }
        var location = location
        location.file = file
        return location
    }

    private mutating func append(_ finding: Finding, _ evidence: String?, _ weight: FindingWeight) {
        var (finding, weight) = (finding, weight)
        finding.fingerprint = finding.computedFingerprint(evidence: evidence)
        complete(&finding)
        // An error of the container stays one, whatever a policy says.
        let isOfContainer = finding.severity == .error && weight != .meaning
        if let policy, !policy.isEmpty, !isOfContainer { apply(policy, to: &finding, &weight) }
        finding.examples = Array(finding.examples.prefix(exampleLimit))
        guard finding.suppressed == nil else {
            if keptSuppressed < cap {
                keptSuppressed += 1
                findings.append(finding)
            }
            return
        }
        counts.add(rule: finding.rule, finding.severity, finding.kind, weight, times: 1)
        let number = kept[finding.severity, default: 0]
        guard number < cap else {
            counts.omitted += 1
            return
        }
        kept[finding.severity] = number + 1
        findings.append(finding)
    }

    /// What can be done about a finding inside blocks under a clause of their format.
    private static let clauseRemedy = "Download the file again; if its digest is that of the source, quantize the tensor again."

    /// What the rule asks for, and what can be done about a violation, where a finding does not say so for its place.
    private func complete(_ finding: inout Finding) {
        let rule = Spec.containerRule(finding.rule)
        if finding.expected == nil { finding.expected = rule?.expects }
        let advice = finding.advice ?? rule?.remedy ?? Self.clauseRemedy
        finding.advice = remedyHints[finding.rule].map { "\(advice) (\($0))" } ?? advice
    }

    private mutating func apply(_ policy: Policy, to finding: inout Finding, _ weight: inout FindingWeight) {
        // Places inside one tensor are of no concern to patterns of names; of several tensors each is named, or too few are.
        let isComplete = finding.count <= finding.examples.count + 1 || finding.location.row != nil || finding.location.field != nil
        let fingerprint = finding.fingerprint
        if let decision = policy.decision(about: finding, isComplete: isComplete) {
            let severity: Finding.Severity? =
                switch decision.severity {
                case .off: nil
                case .note: .note
                case .warning: .warning
                case .error: .error
                }
            guard let severity else {
                (finding.suppressed, finding.suppressedBy) = (decision.reason, decision.source)
                counts.silenced += 1
                if policy.known[fingerprint] != nil { knownFound.insert(fingerprint) }
                return
            }
            if severity != finding.severity {
                finding.changed = Finding.Change(from: finding.severity, reason: decision.reason, source: decision.source)
                if severity > finding.severity { counts.raised += 1 } else { counts.lowered += 1 }
                finding.severity = severity
                // What the specification does not call malformed is not so for being taken more seriously.
                weight = .meaning
            }
        }
        if let entry = policy.known[fingerprint] {
            (finding.suppressed, finding.suppressedBy) = (entry.reason, policy.knownSource)
            counts.known += 1
            knownFound.insert(fingerprint)
        }
    }
}
