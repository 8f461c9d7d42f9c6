import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification
import HIFIVerification
import TestSupport
import Testing

/// A file that its numbers leave open, and what its stamp says.
struct StampCase: Sendable, CustomTestStringConvertible {
    let format: String
    let dialect: String
    let make: @Sendable (inout BlockForge) -> [UInt8]

    var testDescription: String { "\(format) in \(dialect)" }

    /// A file with one block of the format in each of two tensors, which is too little to tell, and its stamp.
    func file(blocks: Int = 1, isStamped: Bool = true) -> IdentificationFile {
        var file = IdentificationFile()
        file.add("blk.0.attn_q.weight", typeID: 11, .stock("q3_k"))
        for layer in 0..<2 { file.add("blk.\(layer).attn_v.weight", 256, blocks, typeID: 40, .blocks(format, make)) }
        file.add("output_norm.weight", 256, 1, typeID: 0, .stock("f32"))
        if isStamped { file.builder.stamp(.string(dialect), .strings(["0=f32", "11=q3_k", "40=\(format)"])) }
        return file
    }

    static let all: [StampCase] = [
        .init(format: "q3_k_hifi@r7a", dialect: "fork-2026-01-17") { $0.r7(used: 16, replaces: false) },
        .init(format: "q3_k_hifi@r7b", dialect: "fork-2026-01-26") { $0.r7(used: 16, replaces: false) },
        .init(format: "q3_k_hifi@r7c", dialect: "fork-2026-01-26") { $0.r7(used: 16, replaces: true) },
        .init(format: "q3_k_hifi@r7d", dialect: "fork-2026-01-26") { $0.r7(used: 16, replaces: false) },
        .init(format: "q3_k_hifi@r7e", dialect: "fork-2026-01-26") { $0.r7(used: 16, replaces: true) },
        .init(format: "q3_k_hifi@r7f", dialect: "fork-2026-01-26") { $0.r7(used: 16, replaces: false) },
        .init(format: "q3_k_hifi@r8", dialect: "fork-2026-01-26-sparse") { $0.r8() },
        .init(format: "q3_k_hifi@r9", dialect: "fork-2026-01-26-late") { $0.r9(used: 16) },
        .init(format: "q3_k_hifi@r10", dialect: "fork-2026-02-03") { $0.r10(used: 16) },
        .init(format: "q3_k_hifi@r12a", dialect: "fork-2026-02-03-late") { $0.r12(used: 8, sorted: false) },
        .init(format: "q3_k_hifi@r12b", dialect: "fork-2026-02-04") { $0.r12(used: 8, sorted: true) },
        .init(format: "q3_k_hifi@r12c", dialect: "fork-2026-02-08") { $0.r12(used: 8, sorted: true) },
        .init(format: "q3_k_hifi@r13", dialect: "fork-derived") { $0.r13(used: 8) },
    ]
}

@Suite("The stamp of a file")
struct StampTests {
    @Test("A correct stamp is evidence, and no finding in either profile", arguments: RuleProfile.allCases)
    func right(profile: RuleProfile) throws {
        let report = try report(GGUFBuilder.stampedR6().build().bytes, .with(profile))
        #expect(!report.rules.contains { $0.hasPrefix("STAMP-") })
        let identification = try #require(report.files.first?.identification)
        #expect(identification.confidence == .certain)
        #expect((identification.dialect, identification.dialects) == ("fork-2025-12-22", ["fork-2025-12-22"]))
        #expect(identification.evidence.contains { $0.kind == .stamp && $0.text.contains("fork-2025-12-22") })
        #expect(identification.stampConflicts == [])
    }

    @Test("A file without a stamp has neither findings nor evidence of one")
    func absent() throws {
        let report = try report(HIFICorpus.builder(.init(format: "q3_k_hifi@r6", dialect: "", typeID: 40)).build().bytes)
        #expect(!report.rules.contains { $0.hasPrefix("STAMP-") })
        #expect(report.files.first?.identification?.evidence.contains { $0.kind == .stamp } == false)
    }

    @Test("A file that is open without a stamp is named with certainty by one", arguments: StampCase.all)
    func settles(_ item: StampCase) throws {
        let open = item.file(isStamped: false).identify()
        #expect(open.confidence != .certain || open.dialects.count > 1 || !open.ambiguities.isEmpty)
        let file = item.file()
        let found = file.identify()
        #expect(found.confidence == .certain)
        #expect(found.hifiFormats == [item.format])
        #expect((found.dialect, found.dialects) == (item.dialect, [item.dialect]))
        #expect(found.ambiguities == [])
        #expect(found.tensorFormats == file.filled.map { $0 })
        #expect(found.evidence.contains { $0.kind == .stamp && $0.clause == "STAMP-11" && $0.text.contains(item.dialect) })
    }

    @Test("A stamped file of any revision has no finding about its identity but notes", arguments: StampCase.all, RuleProfile.allCases)
    func verifies(_ item: StampCase, _ profile: RuleProfile) throws {
        let report = try report(item.file(blocks: 16).builder.build().bytes, .with(profile))
        let about = report.findings.filter { $0.rule.hasPrefix("STAMP-") || ["IDENT-02", "IDENT-03", "IDENT-06"].contains($0.rule) }
        #expect(about == [])
    }

    @Test("A stamp against the distances between tensors is an error that names key, id and both claims", arguments: RuleProfile.allCases)
    func againstSizes(profile: RuleProfile) throws {
        let builder = GGUFBuilder.stampedR6(dialect: .string("fork-derived"), types: .strings(["0=f32", "11=q3_k", "40=q3_k_hifi@r13"]))
        let report = try report(builder.build().bytes, .with(profile))
        let finding = try #require(report.finding("STAMP-11"))
        #expect((finding.severity, finding.kind, finding.location.key) == (.error, .damaged, "hifi.types"))
        #expect(
            finding.message.contains("type id 40 is q3_k_hifi@r13") && finding.message.contains("134 bytes")
                && finding.message.contains("136"))
        #expect((finding.expected, finding.found) == ("type id 40: q3_k_hifi@r6", "type id 40: q3_k_hifi@r13"))
        #expect(report.exitCode == 1)
        let identification = try #require(report.files.first?.identification)
        #expect(identification.hifiFormats == ["q3_k_hifi@r6"])
        #expect(!identification.evidence.contains { $0.kind == .stamp })
    }

    @Test("A stamp against the content of the blocks is an error, and the content decides", arguments: RuleProfile.allCases)
    func againstContent(profile: RuleProfile) throws {
        var file = IdentificationFile.model("", hifiID: 40, stockTypes: false, .blocks("q3_k_hifi@r12c") { $0.r12(used: 8, sorted: true) })
        file.builder.stamp(.string("fork-derived"), .strings(["0=f32", "11=q3_k", "40=q3_k_hifi@r13"]))
        let report = try report(file.builder.build().bytes, .with(profile))
        let finding = try #require(report.finding("STAMP-11"))
        #expect(finding.severity == .error)
        #expect(finding.expected?.contains("q3_k_hifi@r12c") == true)
        #expect(finding.message.contains("content"))
        #expect(report.files.first?.identification?.hifiFormats == ["q3_k_hifi@r12c"])
    }

    @Test("A stamp that names another dialect's stock types is contradicted by their sizes")
    func shifted() {
        var file = IdentificationFile()
        file.add("token_embd.weight", typeID: 14, .stock("q6_k"))
        file.add("blk.0.attn_q.weight", typeID: 12, .stock("q4_k"))
        file.add("output_norm.weight", 256, 1, typeID: 0, .stock("f32"))
        file.builder.stamp(.string("fork-2025-12-13"), .strings(["0=f32", "12=q3_k_hifi@r6", "14=q5_k"]))
        let found = file.identify()
        #expect(found.isStock && found.confidence == .certain)
        #expect(found.stampConflicts.first { $0.typeID == 14 }.map { [$0.stamped.raw] + $0.found } == ["q5_k", "q6_k"])
    }

    @Test(
        "Every damaged stamp is left out of the identification",
        arguments: RuleCase.stamps.filter { !["STAMP-04", "STAMP-09"].contains($0.rule) })
    func unused(_ file: RuleCase) {
        let found = Identification.identify(GGUFScan.scan(file.bytes))
        #expect(!found.evidence.contains { $0.kind == .stamp })
        #expect(found.hifiFormats == ["q3_k_hifi@r6"] && found.confidence == .certain)
    }

    @Test("Damage of a stamp leads to findings about the stamp and nothing else", arguments: RuleCase.stamps, RuleProfile.allCases)
    func onlyStamp(_ file: RuleCase, _ profile: RuleProfile) throws {
        let plain = HIFICorpus.builder(.init(format: "q3_k_hifi@r6", dialect: "", typeID: 40)).build().bytes
        let usual = try report(plain, .with(profile)).findings.filter { $0.severity > .note }.map(\.rule)
        let findings = try report(file.bytes, .with(profile)).findings.filter { $0.severity > .note }
        #expect(findings.map(\.rule).filter { !$0.hasPrefix("STAMP-") }.sorted() == usual.sorted())
        #expect(findings.contains { $0.rule == file.rule } == (file.rule != "STAMP-04"))
        for finding in findings where finding.rule.hasPrefix("STAMP-") { #expect(finding.location.key?.hasPrefix("hifi.") == true) }
    }

    @Test("What a newer version names and this one does not know is a note")
    func newer() throws {
        let builder = GGUFBuilder.stampedR6(
            dialect: .string("fork-2030-01-01"), types: .strings(["0=f32", "11=q3_k", "40=q3_k_hifi@r99"]), version: .string("3.0.0"))
        for profile in RuleProfile.allCases {
            let findings = try report(builder.build().bytes, .with(profile)).findings.filter { $0.rule.hasPrefix("STAMP-") }
            #expect(Set(findings.map(\.rule)) == ["STAMP-04", "STAMP-05", "STAMP-07"])
            #expect(findings.allSatisfy { $0.severity == .note })
        }
    }

    @Test("Of many entries with one fault, one finding counts them and names the first place")
    func counted() throws {
        let words = ["0=f32", "11=q3_k", "40=q3_k_hifi@r6"] + (0..<7).map { "\($0):f16" }
        let image = GGUFBuilder.stampedR6(words: words).build()
        let findings = try report(image.bytes).findings.filter { $0.rule == "STAMP-06" }
        #expect(findings.map(\.count) == [7])
        let offset = try #require(findings.first?.location.offset)
        #expect(Array(image.bytes[offset + 8..<offset + 13]) == Array("0:f16".utf8))
    }

    @Test("A stamp in the first part of a set holds for the others, and names the numbers of all")
    func parts() throws {
        let item = try #require(StampCase.all.first { $0.format == "q3_k_hifi@r12b" })
        let whole = item.file().builder
        func report(_ types: [String]?) throws -> VerificationReport {
            let folder = try TemporaryFolder()
            var paths: [String] = []
            for part in 0..<2 {
                var builder = whole
                builder.entries = part == 0 ? item.file(isStamped: false).builder.entries : []
                if part == 0, let types { builder.stamp(.string(item.dialect), .strings(types)) }
                builder.entries += [
                    .init("split.no", .uint16(UInt16(part))), .init("split.count", .uint16(2)),
                    .init("split.tensors.count", .int32(Int32(whole.tensors.count))),
                ]
                builder.tensors = part == 0 ? Array(whole.tensors[..<2]) : Array(whole.tensors[2...])
                paths.append(try folder.write(builder.build().bytes, as: "model-0000\(part + 1)-of-00002.gguf"))
            }
            return Verifier().verify([paths[0]])
        }
        let stamped = try report(["0=f32", "11=q3_k", "40=q3_k_hifi@r12b"])
        #expect(!stamped.rules.contains { $0.hasPrefix("STAMP-") || $0 == "IDENT-06" || $0 == "IDENT-17" })
        #expect(stamped.files.map { $0.identification?.hifiFormats } == [["q3_k_hifi@r12b"], ["q3_k_hifi@r12b"]])
        #expect(try report(["11=q3_k", "40=q3_k_hifi@r12b"]).finding("STAMP-09")?.expected == "type id 0")
        #expect(try report(nil).rules.contains("IDENT-06"))
    }

    @Test("A stamp reads back as it was made, and is refused where it is damaged")
    func reading() throws {
        let dialect = try #require(Spec.dialect("fork-2025-12-22"))
        let formats = ["q3_k_hifi@r6", "f32", "q3_k", "q3_k"].compactMap(Spec.format)
        let stamp = Stamp(dialect: dialect, formats: formats)
        #expect(stamp.types == ["0=f32", "11=q3_k", "40=q3_k_hifi@r6"])
        #expect(Stamp(GGUFScan.scan(GGUFBuilder.stampedR6().build().bytes).metadata) == stamp)
        #expect(stamp.version == Spec.version)
        for file in RuleCase.stamps where !["STAMP-04", "STAMP-09", "STAMP-11"].contains(file.rule) {
            #expect(Stamp(GGUFScan.scan(file.bytes).metadata) == nil, "\(file)")
        }
    }
}
