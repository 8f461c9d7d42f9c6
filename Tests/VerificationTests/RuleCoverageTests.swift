import HIFIBlockSpec
import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

@Suite("Every rule")
struct RuleCoverageTests {
    @Test("Every rule of the spec is applied, and nothing else is")
    func implemented() {
        #expect(Set(Rule.allCases.map(\.rawValue)) == Set(Spec.containerRules.map(\.id)))
    }

    @Test("A file that breaks a rule is found by it", arguments: RuleCase.all)
    func found(_ file: RuleCase) throws {
        let report = try report(file.bytes, .with(.spec) { $0.limits = file.limits })
        let finding = try #require(report.finding(file.rule), "only \(report.rules.sorted())")
        let rule = try #require(Spec.containerRule(file.rule))
        #expect(finding.kind.rawValue == rule.findingClass.rawValue)
        // Identification lowers to a note what other programs notice by themselves; cases of some rules weigh more than the rule.
        let isLowered = file.rule.hasPrefix("IDENT-") && finding.severity == .note
        let declared = Finding.Severity(rawValue: rule.specSeverity.rawValue) ?? .error
        #expect(finding.severity >= declared || isLowered)
    }

    @Test("Every rule is broken by some file of the tests")
    func covered() throws {
        var seen: Set<String> = []
        for file in CorruptionCorpus.cases { seen.formUnion(try report(file.bytes).rules) }
        for file in HIFICorpus.cases { seen.formUnion(try report(file.bytes, identify: file.identify).rules) }
        for file in RuleCase.all { seen.formUnion(try report(file.bytes, .with(.spec) { $0.limits = file.limits }).rules) }
        for file in SplitCase.all { seen.formUnion(try file.report().rules) }
        for file in ManifestCase.all { seen.formUnion(try file.report().rules) }
        for file in CoverageCase.all { seen.formUnion(try file.report().rules) }
        seen.formUnion(try PolicyTests.goneReport().rules)
        // Only loaders ask for it.
        seen.formUnion(try report(RuleCase.withoutTokenizer.bytes, .with(.runtime)).rules)
        #expect(Rule.allCases.map(\.rawValue).filter { !seen.contains($0) } == [])
    }

    @Test("A set of parts that belong together passes")
    func validSet() throws {
        let report = try SplitCase("", "untouched") { _ in }.report()
        #expect(report.findings.filter { $0.severity > .note } == [])
        #expect(report.files.count == 2)
        #expect(report.exitCode == 0)
    }

    @Test("Parts that do not belong together are reported", arguments: SplitCase.all)
    func sets(_ file: SplitCase) throws {
        let report = try file.report()
        #expect(report.finding(file.rule) != nil, "only \(report.rules.sorted())")
    }

    @Test("Differences from a manifest are reported", arguments: ManifestCase.all)
    func manifests(_ file: ManifestCase) throws {
        let report = try file.report()
        #expect(report.finding(file.rule) != nil, "only \(report.rules.sorted())")
        #expect(report.exitCode == 1)
    }
}
