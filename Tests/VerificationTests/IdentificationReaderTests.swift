import HIFIBlockSpec
import HIFIIdentification
import Testing

@Suite("Known readers")
struct IdentificationReaderTests {
    private static func r6(cleared: Bool = true, stockTypes: Bool = true) -> Identification {
        IdentificationFile.model(
            "fork-2025-12-22", hifiID: 40, stockTypes: stockTypes, .blocks("q3_k_hifi@r6") { $0.r5or6(slotCount: 8, cleared: cleared) }
        )
        .identify()
    }

    @Test("An r6 file under 40 is read right by its own fork and refused by all others for its sizes")
    func r6() {
        let found = Self.r6()
        #expect(found.outcome(of: "fork-a") == .right)
        #expect(found.outcome(of: "fork-table") == .refuses)
        for reader in ["fork-b", "fork-c", "upstream-today"] {
            #expect(found.outcome(of: reader) == .refuses)
            #expect(found.reasons(of: reader).contains("tensor offsets do not fit"))
        }
        #expect(found.reasons(of: "upstream-today").contains("nvfp4, 144 bytes per 256 weights"))
        #expect(found.readers.first { $0.reader == "fork-a" }?.isOfFilesDialect == true)
        #expect(found.readers.first { $0.reader == "upstream-today" }?.isOfFilesDialect == false)
    }

    @Test("Readers that refuse a good file are worth notes only")
    func notes() {
        for profile in RuleProfile.allCases {
            let findings = Self.r6().findings(profile: profile)
            #expect(findings.allSatisfy { $0.severity == .note })
            #expect(Set(findings.map(\.rule)).isSuperset(of: ["IDENT-01", "IDENT-05", "IDENT-07"]))
        }
    }

    @Test("Adding kernels are right as long as the base is zero under outliers")
    func addingKernel() {
        let found = Self.r6(cleared: false)
        #expect(found.hifiFormats == ["q3_k_hifi@r6"])
        #expect(found.outcome(of: "fork-a") == .misreads)
        #expect(found.reasons(of: "fork-a").contains("B3"))
        let findings = found.findings(profile: .runtime)
        #expect(findings.contains { $0.rule == "IDENT-07" && $0.message.contains("misreads") && ($0.found ?? "").contains("B3") })
        #expect(findings.contains { $0.rule == "IDENT-12" && $0.severity == .warning })
        #expect(!found.findings(profile: .runtime, includingContent: false).contains { $0.rule == "IDENT-12" })
    }

    @Test("A last tensor whose size the reader takes for smaller slips through")
    func lastTensor() {
        var file = IdentificationFile()
        file.add("blk.0.attn_q.weight", typeID: 11, .stock("q3_k"))
        file.add("blk.0.attn_v.weight", typeID: 40, .stock("nvfp4"))
        let found = file.identify()
        #expect(found.isStock)
        #expect(found.outcome(of: "upstream-today") == .right)
        // 144 bytes hold the 136 that it wants, and nothing lies behind.
        #expect(found.outcome(of: "fork-b") == .misreads)
        #expect(found.reasons(of: "fork-b").contains("it reads nvfp4 as q3_k_hifi@r12c"))
        // 134 bytes for MXFP4's 136 are too few.
        var short = IdentificationFile()
        short.add("blk.0.attn_q.weight", typeID: 11, .stock("q3_k"))
        short.add("blk.0.attn_v.weight", typeID: 40, .blocks("q3_k_hifi@r6") { $0.r5or6(slotCount: 8) })
        #expect(short.identify().outcome(of: "fork-b") == .refuses)
        #expect(short.identify().reasons(of: "fork-b").contains("past the end of the file"))
    }

    @Test("136-byte blocks under 40 are MXFP4 to the table's fork, byte for byte")
    func mistakenForMXFP4() {
        let found = IdentificationFile.model(
            "fork-2026-02-08", hifiID: 40, stockTypes: false, .blocks("q3_k_hifi@r12c") { $0.r12(used: 8, sorted: true) }
        )
        .identify()
        #expect(found.outcome(of: "fork-table") == .misreads)
        #expect(found.reasons(of: "fork-table").contains("it reads q3_k_hifi@r12c as mxfp4"))
        #expect(found.outcome(of: "fork-b") == .right)
        #expect(found.outcome(of: "upstream-today") == .refuses)
    }

    @Test("Free slots of r12 make its own forks disagree with themselves", arguments: [8, 6])
    func sentinels(_ used: Int) {
        let found = IdentificationFile.model("fork-2026-02-08", hifiID: 40, .blocks("q3_k_hifi@r12c") { $0.r12(used: used, sorted: true) })
            .identify()
        #expect(found.outcome(of: "fork-b") == (used == 8 ? .right : .misreads))
        #expect(found.reasons(of: "fork-b").contains("B21") == (used < 8))
        #expect(found.findings(profile: .spec).contains { $0.rule == "IDENT-11" } == (used < 8))
    }

    @Test("Unsorted r12a blocks lose outliers in later kernels")
    func unsorted() {
        let found = IdentificationFile.model(
            "fork-2026-02-03-late", hifiID: 40, .blocks("q3_k_hifi@r12a") { $0.r12(used: 8, sorted: false) }
        ).identify()
        #expect(found.outcome(of: "fork-b") == .misreads)
        #expect(found.reasons(of: "fork-b").contains("B28"))
    }

    @Test("A reader without r13's count is right only where all slots are used", arguments: [8, 5])
    func withoutCount(_ used: Int) {
        let found = IdentificationFile.model("fork-report", hifiID: 42, .blocks("q3_k_hifi@r13") { $0.r13(used: used) }).identify()
        #expect(found.outcome(of: "fork-c") == (used == 8 ? .right : .misreads))
        #expect(found.reasons(of: "fork-c").contains("weight 0") == (used < 8))
        // A note for the one, a warning for neither: the reader is not of the file's dialect.
        #expect(found.outcome(of: "upstream-today") == .refuses)
    }

    @Test("The 8-bit residual type crashes the programs that know it")
    func crash() {
        let found = IdentificationFile.model("fork-2026-04-11", hifiID: 47, .blocks("q3_k_hifi_res8") { $0.family("q3_k_hifi_res8") })
            .identify()
        #expect(found.outcome(of: "fork-c") == .cannotRun)
        #expect(found.findings(profile: .runtime).contains { $0.rule == "IDENT-07" && $0.message.contains("cannot run") })
        #expect(found.reasons(of: "upstream-today").contains("type id 47, which it does not know"))
    }

    @Test("A dot kernel that walks in wrong steps is right for rows of one block", arguments: [256, 512])
    func wrongSteps(_ columns: Int) {
        var file = IdentificationFile()
        file.add("token_embd.weight", typeID: 14, .stock("q6_k"))
        file.add("blk.0.attn_v.weight", columns, 64, typeID: 41, .blocks("q6_k_hifi") { $0.family("q6_k_hifi") })
        file.add("blk.0.attn_k.weight", typeID: 12, .stock("q4_k"))
        #expect(file.identify().outcome(of: "fork-b") == (columns == 256 ? .right : .misreads))
    }

    @Test("A collision that upstream does not notice is a finding", arguments: RuleProfile.allCases)
    func unnoticedCollision(_ profile: RuleProfile) {
        // 160 bytes on the last tensor hold NVFP4's 144.
        var file = IdentificationFile()
        file.add("blk.0.attn_q.weight", typeID: 11, .stock("q3_k"))
        file.add("blk.0.attn_v.weight", typeID: 40, .blocks("q3_k_hifi@r9") { $0.r9(used: 16) })
        let found = file.identify()
        #expect(found.hifiFormats == ["q3_k_hifi@r9"])
        #expect(found.outcome(of: "upstream-today") == .misreads)
        let finding = found.findings(profile: profile).first { $0.rule == "IDENT-05" }
        #expect(finding?.severity.rawValue == Spec.containerRule("IDENT-05")?.severity(in: profile).rawValue)
        #expect(finding?.message.contains("misread it silently") == true)
    }

    @Test("Old revisions and unequal strides are named", arguments: [("q3_k_hifi@r10", "IDENT-15"), ("q3_k_hifi@r9", "IDENT-16")])
    func oldRevisions(_ format: String, _ rule: String) {
        let found = IdentificationFile.model(
            "", hifiID: 40, .blocks(format) { format.hasSuffix("r10") ? $0.r10(used: 6) : $0.r9(used: 16) }
        ).identify()
        #expect(found.findings(profile: .spec).contains { $0.rule == rule })
    }
}
