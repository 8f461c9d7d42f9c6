import BlockSpec

/// Collects the findings of one file: looks up severity and class, counts everything, keeps a limited number.
struct FindingCollector {
    let profile: RuleProfile
    /// The file that findings are about, unless they say otherwise.
    let file: String?
    /// Findings kept of each severity.
    let cap: Int
    /// Places named in a finding besides the first.
    let exampleLimit: Int

    private(set) var findings: [Finding] = []
    private(set) var counts = FindingCounts()
    private var kept: [Finding.Severity: Int] = [:]

    init(profile: RuleProfile, file: String?, cap: Int, exampleLimit: Int) {
        (self.profile, self.file, self.cap, self.exampleLimit) = (profile, file, cap, exampleLimit)
    }

    /// Adds a finding under a numbered rule, unless the profile does not look at the rule.
    ///
    /// - Parameters:
    ///   - clause: the clause of the block format, for findings inside blocks.
    ///   - floor: a severity below which this case does not fall, whatever the profile says of the rule.
    mutating func add(
        _ rule: Rule, _ location: Finding.Location = .init(), _ message: String, expected: String? = nil, found: String? = nil,
        advice: String? = nil, count: Int = 1, examples: [Finding.Location] = [], clause: String? = nil,
        atLeast floor: Finding.Severity = .note
    ) {
        guard let severity = RuleCatalogue.severity(of: rule, in: profile) else { return }
        append(
            Finding(
                rule: rule.rawValue, severity: max(severity, floor), kind: RuleCatalogue.kind(of: rule), location: located(location),
                message: message, expected: expected, found: found, advice: advice, count: count,
                examples: examples.prefix(exampleLimit).map(located), clause: clause),
            isStructural: rule.isStructural)
    }

    /// Adds a finding that brings its own severity and class.
    mutating func add(_ finding: Finding) {
        var finding = finding
        finding.location = located(finding.location)
        append(finding, isStructural: Rule(rawValue: finding.rule)?.isStructural ?? false)
    }

    /// Whether a finding about this key is listed under this rule.
    func has(_ rule: Rule, key: String) -> Bool { findings.contains { $0.rule == rule.rawValue && $0.location.key == key } }

    /// Counts findings that somebody else left out.
    mutating func addOmitted(_ count: Int, as rule: Rule) {
        guard count > 0, let severity = RuleCatalogue.severity(of: rule, in: profile) else { return }
        counts.add(rule: rule.rawValue, severity, RuleCatalogue.kind(of: rule), isStructural: rule.isStructural, times: count)
        counts.omitted += count
    }

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

    private mutating func append(_ finding: Finding, isStructural: Bool) {
        counts.add(rule: finding.rule, finding.severity, finding.kind, isStructural: isStructural, times: 1)
        let number = kept[finding.severity, default: 0]
        guard number < cap else {
            counts.omitted += 1
            return
        }
        kept[finding.severity] = number + 1
        findings.append(finding)
    }
}
