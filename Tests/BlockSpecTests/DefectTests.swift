import HIFIBlockSpec
import Testing

@Suite("Defects")
struct DefectTests {
    @Test("the catalogue is complete and numbered without gaps")
    func numbering() {
        func numbers(_ letter: Character) -> [Int] {
            Spec.defects.filter { $0.id.first == letter }.compactMap { Int($0.id.dropFirst()) }
        }
        #expect(numbers("B") == Array(1...34))
        #expect(numbers("F") == Array(1...17))
        #expect(numbers("O") == Array(1...27))
    }

    @Test("ggml's own test notices six of the seventeen planted faults")
    func plantedFaults() {
        let planted = Spec.defects.filter { $0.id.hasPrefix("F") }
        #expect(planted.filter { $0.isCaughtByPeerTest == true }.map(\.id) == ["F7", "F10", "F11", "F14", "F15", "F17"])
        #expect(planted.filter { $0.kinds == [.decoder] }.count == 7)
        #expect(planted.filter { $0.kinds == [.encoder] }.count == 7)
        #expect(planted.filter { $0.kinds == [.dot] }.count == 3)
    }

    @Test("a defect ends after it began")
    func order() {
        for defect in Spec.defects {
            if let from = defect.introduced?.date, let to = defect.fixed?.date { #expect(from <= to, "\(defect.id)") }
        }
    }

    @Test("a defect is found by its id")
    func lookup() {
        #expect(Spec.defect("B20")?.formats.contains("q3_k_hifi@r12c") == true)
        #expect(Spec.defect("B35") == nil)
    }
}

@Suite("Rules over a file")
struct ContainerRuleTests {
    /// Every damaged file of the survey. Its two intact ones, the base file and a04, are left out.
    static let catalogue =
        "t01 t02 t03 t04 t05 t06 t07 t08 h01 h02 h03 h04 h05 h06 h07 h08 h09 k01 k02 k03 k04 k05 k06 k07 k08 k09 k10 k11 k12 k13 k14"
        + " a01 a02 a03 a05 n01 n02 n03 n04 n05 n06 n07 n08 n09 n10 n11 n12 n13 n14 n15 n16 o01 o02 o03 o04 o05 o06"
        + " p01 p02 p03 p04 p05 p06 l01 l02 l03 l04"

    @Test("every damaged file of the survey has a rule that must catch it, in both profiles")
    func catalogueIsCovered() {
        let cases = Self.catalogue.split(separator: " ").map(String.init)
        #expect(cases.count == 67)
        for name in cases {
            let rules = Spec.containerRules.filter { $0.catalogue.contains(name) }
            #expect(!rules.isEmpty, "\(name)")
            for profile in RuleProfile.allCases { #expect(rules.contains { $0.severity(in: profile) != .off }, "\(name) \(profile)") }
        }
        #expect(Set(Spec.containerRules.flatMap(\.catalogue)) == Set(cases))
    }

    @Test(
        "rules of each group are numbered from 1 without gaps",
        arguments: ["GGUF", "CONTENT", "COVER", "POLICY", "MANIFEST", "IDENT", "STAMP", "ARCH", "TOK"])
    func numbering(group: String) {
        let numbers = Spec.containerRules.filter { $0.id.hasPrefix("\(group)-") }.compactMap { Int($0.id.dropFirst(group.count + 1)) }
        #expect(!numbers.isEmpty)
        #expect(numbers == Array(1...max(1, numbers.count)))
    }

    @Test("damage is an error in at least one profile")
    func damageIsAnError() {
        for rule in Spec.containerRules where rule.findingClass == .damaged {
            #expect(rule.specSeverity == .error || rule.runtimeSeverity == .error, "\(rule.id)")
        }
    }

    @Test("a rule is found by its id and has its severities")
    func lookup() throws {
        let rule = try #require(Spec.containerRule("GGUF-23"))
        #expect(rule.title == "Nested array")
        #expect((rule.severity(in: .spec), rule.severity(in: .runtime)) == (.note, .error))
        #expect(Spec.containerRule("GGUF-00") == nil)
    }
}
