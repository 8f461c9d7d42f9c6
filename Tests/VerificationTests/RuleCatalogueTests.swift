import HIFIBlockSpec
import HIFIVerification
import TestSupport
import Testing

@Suite("The catalogue of damaged files")
struct RuleCatalogueTests {
    /// A rule and a file of the catalogue that it must catch.
    struct Expectation: CustomStringConvertible {
        let rule: ContainerRule
        let file: CorruptionCorpus.Case
        var description: String { "\(rule.id) \(file.id)" }
    }

    /// What `Spec/gguf.yaml` says about which rule catches which file.
    static let expectations = Spec.containerRules.flatMap { rule in
        rule.catalogue.compactMap { name in
            CorruptionCorpus.cases.first { $0.id.hasPrefix(name + "-") }.map { Expectation(rule: rule, file: $0) }
        }
    }

    @Test("Every damaged file has a rule that catches it")
    func complete() {
        let named = Set(Self.expectations.map(\.file.id))
        let damaged = CorruptionCorpus.cases.filter { $0.visibility != .valid }
        #expect(damaged.map(\.id).filter { !named.contains($0) } == [])
        #expect(Self.expectations.count == Spec.containerRules.map(\.catalogue.count).reduce(0, +))
    }

    @Test(
        "A file is caught by the rule made for it, in both profiles",
        arguments: expectations.filter { $0.file.id.hasPrefix("p04") == false })
    func caught(_ expectation: Expectation) throws {
        for profile in RuleProfile.allCases {
            let report = try report(expectation.file.bytes, .with(profile))
            let finding = report.findings.first { $0.rule == expectation.rule.id }
            #expect(finding?.kind.rawValue == expectation.rule.findingClass.rawValue, "\(profile): \(report.rules.sorted())")
            #expect(report.exitCode == 1 || report.exitCode == 2)
            #expect(report.failures.isEmpty)
        }
    }

    @Test("Valid files are left in peace", arguments: CorruptionCorpus.cases.filter { $0.visibility == .valid })
    func valid(_ file: CorruptionCorpus.Case) throws {
        for profile in RuleProfile.allCases {
            let report = try report(file.bytes, .with(profile))
            #expect(report.exitCode == 0)
            #expect(report.findings.filter { $0.severity > .note } == [])
        }
    }

    @Test(
        "Damage of the structure is found without reading the data",
        arguments: CorruptionCorpus.cases.filter { $0.visibility == .structure || $0.visibility == .layout })
    func headerOnly(_ file: CorruptionCorpus.Case) throws {
        for profile in RuleProfile.allCases {
            let report = try report(file.bytes, .with(profile) { $0.headerOnly = true })
            #expect(report.exitCode != 0)
            #expect(report.files.first?.digests == nil)
        }
    }

    @Test("A flipped bit and a zeroed tensor show against a manifest", arguments: ["p04-bitflip", "p05-zeros"])
    func manifest(_ id: String) throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(CorruptionCorpus.base.build().bytes)
        let manifest = try folder.write(Array(Manifests.text(of: good).utf8), as: "file.manifest")
        let options = VerifierOptions.with(.spec) { $0.manifestPath = manifest }
        #expect(Verifier(options).verify([good]).exitCode == 0)
        let bad = try folder.write(try #require(CorruptionCorpus.named(id)).bytes)
        let report = Verifier(options).verify([bad])
        #expect(report.exitCode == 1)
        let finding = try #require(report.finding("MANIFEST-02"))
        #expect(finding.location.tensor == "blk.0.ffn_up.weight")
        #expect(finding.kind == .damaged)
    }

    @Test("A wrong label is told by the type that would fit")
    func wrongLabel() throws {
        let report = try report(try #require(CorruptionCorpus.named("n14-type-wrong")).bytes)
        let finding = try #require(report.finding("GGUF-64"))
        #expect(finding.location.tensor == "blk.0.ffn_up.weight")
        #expect(finding.message.contains("q4_0") && finding.message.contains("q4_1"))
    }

    @Test("Swapped dimensions and swapped offsets are called so")
    func swaps() throws {
        let shapes = try report(try #require(CorruptionCorpus.named("n16-dims-swapped")).bytes)
        #expect(try #require(shapes.finding("GGUF-72")).message.contains("swapped"))
        let offsets = try report(try #require(CorruptionCorpus.named("o06-off-swapped")).bytes)
        #expect(try #require(offsets.finding("GGUF-66")).advice?.contains("swapped") == true)
    }

    @Test(
        "Damage and what is merely unsupported are distinguished",
        arguments: [
            ("n12-type-unknown", Finding.Kind.unsupported), ("h03-ver99", .unsupported), ("t07-half", .damaged),
            ("k12-filetype", .suspicious),
        ])
    func kinds(_ id: String, _ kind: Finding.Kind) throws {
        let report = try report(try #require(CorruptionCorpus.named(id)).bytes)
        #expect(report.findings.filter { $0.severity > .note }.map(\.kind).contains(kind))
    }

    @Test(
        "A malformed container exits with 2, doubtful contents with 1",
        arguments: [
            ("t07-half", 2), ("o02-off-overlap", 2), ("n12-type-unknown", 2), ("k10-noarch", 1), ("p01-nan-scale", 1), ("k12-filetype", 1),
        ])
    func exitCodes(_ id: String, _ code: Int32) throws {
        #expect(try report(try #require(CorruptionCorpus.named(id)).bytes).exitCode == code)
    }
}
