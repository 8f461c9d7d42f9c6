import HIFIBlockSpec
import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

@Suite("Policies")
struct PolicyTests {
    /// A warning (GGUF-28), two more (GGUF-17) and a note (GGUF-73).
    static func file() -> GGUFBuilder {
        var builder = GGUFBuilder.smallLlama()
        builder.entries[1] = .init("general.name", .string("a\0b"))
        builder.entries += [.init("Bad Key", .uint8(1)), .init("Other Key", .uint8(1))]
        builder.tensors.append(.init("blk.0.made_up.weight", [8], typeID: 0, data: (0..<8).flatMap { [0, 0, UInt8($0), 63] }))
        return builder
    }

    static func policy(_ text: String) throws -> Policy {
        var policy = Policy()
        try policy.load(Array(text.utf8), path: "ci.json")
        return policy
    }

    func report(_ policy: Policy?, _ builder: GGUFBuilder = file(), headerOnly: Bool = false) throws -> VerificationReport {
        try Self.report(policy, builder, headerOnly: headerOnly)
    }

    /// Of a file that has lost a finding that the policy knows.
    static func goneReport(headerOnly: Bool = false) throws -> VerificationReport {
        let policy = try policy(try Baseline(report(nil), keeping: nil).text)
        var builder = file()
        builder.entries.removeLast()
        return try report(policy, builder, headerOnly: headerOnly)
    }

    static func report(_ policy: Policy?, _ builder: GGUFBuilder = file(), headerOnly: Bool = false) throws -> VerificationReport {
        try VerificationTests.report(
            builder.build().bytes,
            .with(.spec) {
                $0.policy = policy
                $0.headerOnly = headerOnly
            })
    }

    @Test("A baseline knows what is there and nothing else: another place of the same kind, in the same number, counts")
    func otherPlaces() throws {
        func counts(_ before: (inout GGUFBuilder) -> Void, _ after: (inout GGUFBuilder) -> Void) throws -> FindingCounts {
            var (first, second) = (GGUFBuilder.smallLlama(), GGUFBuilder.smallLlama())
            before(&first)
            after(&second)
            let policy = try Self.policy(try Baseline(report(nil, first), keeping: nil).text)
            let same = try #require(try report(policy, first).files.first)
            #expect(same.counts.known > 0 && same.counts.errors + same.counts.warnings == 0)
            return try #require(try report(policy, second).files.first).counts
        }
        // Two tensors missing, the first of them the same.
        func remove(_ names: [String]) -> (inout GGUFBuilder) -> Void {
            { builder in builder.tensors.removeAll { names.contains(String(decoding: $0.name, as: UTF8.self)) } }
        }
        let missing = try counts(
            remove(["blk.0.attn_q.weight", "blk.1.ffn_up.weight"]), remove(["blk.0.attn_q.weight", "blk.1.ffn_down.weight"]))
        #expect(missing.known == 0 && missing.errors == 1)
        // Two numbers that are none, in one tensor: a finding of blocks does not list every place, so the tensor's data stands for them.
        func spoil(_ places: [Int]) -> (inout GGUFBuilder) -> Void {
            { builder in
                let values = (0..<64).map { places.contains($0) ? Float.nan : 0.25 + Float($0) }
                builder.tensors.append(VerdictCaseTests.floats("blk.1.made_up.weight", [8, 8], values))
            }
        }
        let numbers = try counts(spoil([2, 40]), spoil([2, 50]))
        #expect(numbers.known == 0 && numbers.errors == 1)
    }

    @Test("A rule is silenced, lowered or raised, for its reason, and the counts say so")
    func severities() throws {
        let plain = try #require(try report(nil).files.first)
        #expect((plain.counts.warnings, plain.verdict) == (3, .findings))
        let policy = try Self.policy(
            #"""
            {"version": 1, "rules": [
              {"rule": "GGUF-17", "severity": "off", "reason": "our keys"},
              {"rule": "GGUF-28", "severity": "note", "reason": "harmless"}]}
            """#)
        let report = try report(policy)
        let file = try #require(report.files.first)
        #expect((file.counts.silenced, file.counts.lowered, file.counts.warnings) == (2, 1, 0))
        #expect(file.verdict == .conforming && report.exitCode == 0)
        let silenced = file.findings.filter { $0.rule == "GGUF-17" }
        #expect(silenced.count == 2)
        #expect(silenced.allSatisfy { $0.suppressed == "our keys" && $0.suppressedBy == "ci.json" })
        let lowered = try #require(report.finding("GGUF-28"))
        #expect(lowered.severity == .note)
        let change = try #require(lowered.changed)
        #expect((change.from, change.reason, change.source) == (.warning, "harmless", "ci.json"))
        #expect(file.counts.byRule["GGUF-17"] == nil)
        #expect(report.policy?.rules.map(\.rule) == ["GGUF-17", "GGUF-28"])

        let raised = try self.report(Self.policy(#"{"version": 1, "rules": [{"rule": "GGUF-28", "severity": "error", "reason": "ours"}]}"#))
        #expect(raised.finding("GGUF-28")?.severity == .error)
        #expect(raised.files.first?.counts.raised == 1)
        // GGUF-28 is about the container, yet what is raised does not make it malformed.
        #expect(raised.exitCode == 1)
    }

    @Test(
        "Patterns limit a rule to keys, tensors and files",
        arguments: [
            (#""keys": ["Bad *"]"#, 1), (#""keys": ["* Key"]"#, 2), (#""keys": ["?ther Key", "none"]"#, 1), (#""keys": ["Key"]"#, 0),
            (#""tensors": ["*"]"#, 2), (#""tensors": ["blk.*"]"#, 0), (#""files": ["*.gguf"]"#, 2), (#""files": ["other.gguf"]"#, 0),
            (#""keys": ["Bad Key"], "files": ["file.gguf"]"#, 1),
        ])
    func patterns(_ limit: String, _ count: Int) throws {
        let policy = try Self.policy(#"{"version": 1, "rules": [{"rule": "GGUF-17", "severity": "off", "reason": "r", \#(limit)}]}"#)
        #expect(try report(policy).files.first?.counts.silenced == count)
    }

    @Test("A finding about several tensors is silenced only where all of them are meant", arguments: [("blk.0.*", 0), ("blk.*", 1)])
    func several(_ pattern: String, _ silenced: Int) throws {
        var builder = GGUFBuilder.smallLlama()
        for layer in 0...1 { builder.tensors.append(.init("blk.\(layer).ids", [8], typeID: 26, data: [UInt8](repeating: 1, count: 32))) }
        let policy = try Self.policy(
            #"{"version": 1, "rules": [{"rule": "CONTENT-10", "severity": "off", "reason": "r", "tensors": ["\#(pattern)"]}]}"#)
        let options = VerifierOptions.with(.spec) {
            $0.policy = policy
            // Places that are not listed count as well.
            $0.exampleLimit = 0
        }
        #expect(try VerificationTests.report(builder.build().bytes, options).files.first?.counts.silenced == silenced)
    }

    @Test("Of several decisions about a finding the last counts")
    func order() throws {
        var policy = try Self.policy(#"{"version": 1, "rules": [{"rule": "GGUF-17", "severity": "off", "reason": "all"}]}"#)
        try policy.add("GGUF-17=error:\"strict here\"", from: "--rule")
        let report = try report(policy)
        #expect(report.finding("GGUF-17")?.severity == .error)
        #expect(report.finding("GGUF-17")?.changed?.reason == "strict here")
        #expect(report.policy?.sources == ["ci.json", "--rule"])
    }

    @Test("A baseline knows what is there, and nothing that comes after")
    func baseline() throws {
        let first = try report(nil)
        let baseline = try Baseline(first, keeping: nil)
        #expect(baseline.count == 3)
        let policy = try Self.policy(baseline.text)
        let again = try report(policy)
        #expect(again.exitCode == 0)
        #expect((again.counts.known, again.counts.warnings) == (3, 0))
        #expect(again.files.first?.findings.filter { $0.suppressed != nil }.count == 3)

        // Bytes in front of them move, and they are known still; a third key is new.
        var builder = Self.file()
        builder.entries[1] = .init("general.name", .string("a\0b, and longer"))
        builder.entries.append(.init("New Key", .uint8(1)))
        let later = try report(policy, builder)
        #expect((later.counts.known, later.counts.warnings) == (3, 1))
        #expect(later.findings.filter { $0.suppressed == nil && $0.severity == .warning }.map(\.location.key) == ["New Key"])
        #expect(later.exitCode == 1)
    }

    @Test("A known finding that is gone is noted, unless the data was not examined", arguments: [false, true])
    func gone(headerOnly: Bool) throws {
        let report = try Self.goneReport(headerOnly: headerOnly)
        #expect((report.finding("POLICY-01") == nil) == headerOnly)
        if let finding = report.finding("POLICY-01") {
            #expect(finding.severity == .note && finding.location.key == "Other Key" && finding.message.contains("GGUF-17"))
        }
        #expect(report.exitCode == 0)
    }

    @Test("A baseline written under a policy keeps its rules and its reasons")
    func rewritten() throws {
        var text = try Baseline(report(nil), keeping: nil).text
        text = text.replacing("there when the baseline was written", with: "agreed with the maker", maxReplacements: 1)
        text = text.replacing(#""rules" : [\#n\#n  ]"#, with: #""rules": [{"rule": "GGUF-28", "severity": "off", "reason": "harmless"}]"#)
        let policy = try Self.policy(text)
        #expect(policy.decisions.count == 1)
        let next = try Self.policy(try Baseline(report(policy), keeping: policy).text)
        #expect(next.decisions.map(\.rule) == ["GGUF-28"])
        #expect(Set(next.known.values.map(\.reason)).contains("agreed with the maker"))
        #expect(try report(next).exitCode == 0)
    }

    @Test("What a malformed container breaks can be neither silenced nor known")
    func container() throws {
        for rule in ["GGUF-58", "GGUF-02", "GGUF-05", "GGUF-60"] {
            for severity in ["off", "note", "warning"] {
                let policy = try Self.policy(#"{"version": 1, "rules": [{"rule": "\#(rule)", "severity": "\#(severity)", "reason": "r"}]}"#)
                #expect(throws: PolicyError.self) { try policy.check(.spec) }
            }
        }
        // A warning in one profile, an error in the other.
        let hole = try Self.policy(#"{"version": 1, "rules": [{"rule": "GGUF-62", "severity": "off", "reason": "r"}]}"#)
        #expect(throws: Never.self) { try hole.check(.spec) }
        #expect(throws: PolicyError.self) { try hole.check(.runtime) }
        let cut = try VerificationTests.report(Array(Self.file().build().bytes.dropLast(500)))
        #expect(throws: PolicyError.self) { try Baseline(cut, keeping: nil) }
    }

    @Test(
        "Invalid policies are refused with the place and a remedy",
        arguments: [
            ("[", "not JSON"), ("[]", "not a JSON object"), ("{}", "version"), (#"{"version": 2}"#, "version"),
            (#"{"version": 1, "rule": []}"#, "rule: there is no such key"),
            (#"{"version": 1, "rules": {}}"#, "rules: not a list"),
            (#"{"version": 1, "rules": [{"rule": "GGUF-17", "severity": "off"}]}"#, "rules[0].reason: missing"),
            (
                #"{"version": 1, "rules": [{"rule": "GGUF-17", "severity": "off", "reason": " "}]}"#,
                "rules[0].reason: the reason is missing"
            ),
            (#"{"version": 1, "rules": [{"rule": "GGUF", "severity": "off", "reason": "r"}]}"#, "rules[0].rule: there is no rule GGUF"),
            (#"{"version": 1, "rules": [{"rule": "GGUF-17", "severity": "mute", "reason": "r"}]}"#, "rules[0].severity: mute"),
            (#"{"version": 1, "rules": [{"rule": "GGUF-17", "severity": "off", "reason": "r", "tensors": []}]}"#, "rules[0].tensors"),
            (#"{"version": 1, "rules": [{"rule": "GGUF-17", "severity": "off", "reason": "r", "keys": [7]}]}"#, "rules[0].keys[0]"),
            (#"{"version": 1, "rules": [{"rule": "GGUF-17", "severity": "off", "reason": 5}]}"#, "rules[0].reason: not a string"),
            (#"{"version": 1, "known": [{"fingerprint": "12", "rule": "GGUF-17", "file": "f", "reason": "r"}]}"#, "known[0].fingerprint"),
        ])
    func refused(_ text: String, _ words: String) throws {
        let error = try #require(throws: PolicyError.self) { try Self.policy(text) }
        #expect(error.description.hasPrefix("ci.json: ") && error.description.contains(words), "\(error)")
        #expect(!error.remedy.isEmpty)
    }

    @Test(
        "An option without a reason, or with an unknown rule, is refused",
        arguments: ["GGUF-17", "GGUF-17=off", "GGUF-17=off:", "GGUF-17=off:\"\"", "GGUF-17a=off:r", "GGUF-17=silent:r"])
    func options(_ option: String) {
        var policy = Policy()
        #expect(throws: PolicyError.self) { try policy.add(option, from: "--rule") }
        #expect(policy.isEmpty)
    }

    @Test("A pattern fits in time that does not explode")
    func glob() {
        #expect(Glob("a*b*c").fits("a-b-b-c"))
        #expect(!Glob("a*b*c").fits("a-c-b"))
        #expect(Glob("*").fits("") && Glob("").fits("") && !Glob("?").fits(""))
        #expect(!Glob(String(repeating: "a*", count: 40) + "b").fits(String(repeating: "a", count: 400)))
    }
}
