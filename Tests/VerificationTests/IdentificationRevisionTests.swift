import HIFIBlockSpec
import HIFIIdentification
import Testing

/// One revision in the dialect that was in force with it.
struct RevisionCase: Sendable, CustomTestStringConvertible {
    let format: String
    let dialect: String
    let id: UInt32
    var shifted = false
    /// Revisions that mean the same and that the bytes do not tell from it.
    var twins: [String] = []
    let make: @Sendable (inout BlockForge) -> [UInt8]
    var label = ""

    var testDescription: String { "\(format) at \(id) in \(dialect) \(label)" }

    var file: IdentificationFile { .model(dialect, hifiID: id, shifted: shifted, .blocks(format, make)) }

    static let adding = ["q3_k_hifi@r7b", "q3_k_hifi@r7d", "q3_k_hifi@r7f"]

    static let all: [RevisionCase] = [
        .init(format: "q3_k_hifi@r1", dialect: "fork-2025-11-27", id: 12, shifted: true) { $0.early(slotCount: 4) },
        .init(format: "q3_k_hifi@r2", dialect: "fork-2025-11-29", id: 12, shifted: true) { $0.early(slotCount: 6) },
        .init(format: "q3_k_hifi@r3", dialect: "fork-2025-12-11", id: 12, shifted: true) { $0.r3or4(planes: false) },
        .init(format: "q3_k_hifi@r4", dialect: "fork-2025-12-11", id: 12, shifted: true) { $0.r3or4(planes: true) },
        .init(format: "q3_k_hifi@r5", dialect: "fork-2025-12-12", id: 41, shifted: true) { $0.r5or6(slotCount: 6) },
        .init(format: "q3_k_hifi@r6", dialect: "fork-2025-12-13", id: 41, shifted: true) { $0.r5or6(slotCount: 8) },
        .init(format: "q3_k_hifi@r6", dialect: "fork-2025-12-22-early", id: 12, shifted: true) { $0.r5or6(slotCount: 8) },
        .init(format: "q3_k_hifi@r6", dialect: "fork-2025-12-22", id: 40) { $0.r5or6(slotCount: 8) },
        .init(format: "q3_k_hifi@r6", dialect: "fork-python-2025-12", id: 41) { $0.r5or6(slotCount: 8) },
        .init(format: "q3_k_hifi@r7a", dialect: "fork-2026-01-17", id: 40, twins: adding, make: { $0.r7(used: 16, replaces: false) }),
        .init(
            format: "q3_k_hifi@r7f", dialect: "fork-2026-01-26", id: 40, twins: adding, make: { $0.r7(used: 6, replaces: false) },
            label: "6 used"),
        .init(
            format: "q3_k_hifi@r7c", dialect: "fork-2026-01-26", id: 40, twins: ["q3_k_hifi@r7e"], make: { $0.r7(used: 16, replaces: true) }
        ),
        .init(
            format: "q3_k_hifi@r7c", dialect: "fork-2026-01-26", id: 40, twins: ["q3_k_hifi@r7e"], make: { $0.r7(used: 6, replaces: true) },
            label: "6 used"),
        .init(format: "q3_k_hifi@r8", dialect: "fork-2026-01-26-sparse", id: 40) { $0.r8() },
        .init(format: "q3_k_hifi@r9", dialect: "fork-2026-01-26-late", id: 40, make: { $0.r9(used: 16) }),
        .init(format: "q3_k_hifi@r9", dialect: "fork-2026-01-26-late", id: 40, make: { $0.r9(used: 6) }, label: "6 used"),
        .init(format: "q3_k_hifi@r10", dialect: "fork-2026-02-03", id: 40, make: { $0.r10(used: 16) }),
        .init(format: "q3_k_hifi@r10", dialect: "fork-2026-02-03", id: 40, make: { $0.r10(used: 6) }, label: "6 used"),
        .init(format: "q3_k_hifi@r11", dialect: "fork-2026-02-03", id: 40) { $0.r10(used: 6, padded: false) },
        .init(format: "q3_k_hifi@r12a", dialect: "fork-2026-02-03-late", id: 40, make: { $0.r12(used: 8, sorted: false) }),
        .init(format: "q3_k_hifi@r12a", dialect: "fork-2026-02-03-late", id: 40, make: { $0.r12(used: 4, sorted: false) }, label: "4 used"),
        .init(
            format: "q3_k_hifi@r12c", dialect: "fork-2026-02-08", id: 40, twins: ["q3_k_hifi@r12b"], make: { $0.r12(used: 8, sorted: true) }
        ),
        .init(
            format: "q3_k_hifi@r12c", dialect: "fork-2026-02-08", id: 40, twins: ["q3_k_hifi@r12b"],
            make: { $0.r12(used: 4, sorted: true) },
            label: "4 used"),
        .init(format: "q3_k_hifi@r12c", dialect: "fork-2026-04-11", id: 42, make: { $0.r12(used: 6, sorted: true) }),
        .init(format: "q3_k_hifi@r13", dialect: "fork-report", id: 42, make: { $0.r13(used: 8) }),
        .init(format: "q3_k_hifi@r13", dialect: "fork-report", id: 42, make: { $0.r13(used: 3) }, label: "3 used"),
        .init(format: "q3_k_hifi@r13", dialect: "fork-derived", id: 40, make: { $0.r13(used: 5) }),
    ]
}

/// One type of the HIFI family in a dialect that has it.
struct FamilyCase: Sendable, CustomTestStringConvertible {
    let format: String
    let dialect: String
    let id: UInt32

    var testDescription: String { "\(format) at \(id) in \(dialect)" }

    var file: IdentificationFile {
        let format = format
        return .model(dialect, hifiID: id, .blocks(format) { $0.family(format) })
    }

    static let all: [FamilyCase] = [
        .init(format: "q6_k_hifi", dialect: "fork-2025-12-27", id: 41),
        .init(format: "q6_k_hifi_dynamic", dialect: "fork-2025-12-27", id: 42),
        .init(format: "q6_k_hifi_res8", dialect: "fork-2025-12-30", id: 43),
        .init(format: "q5_k_hifi_res8@f32", dialect: "fork-2026-01-05", id: 44),
        .init(format: "q5_k_hifi_res8", dialect: "fork-2026-02-13", id: 44),
        .init(format: "q3_k_hifi_res8", dialect: "fork-2026-01-18", id: 45),
        .init(format: "q4_k_hifi", dialect: "fork-2026-02-11", id: 46), .init(format: "q2_k_hifi", dialect: "fork-2026-02-22", id: 47),
        .init(format: "q3_k_turbo", dialect: "fork-2026-03-04", id: 49), .init(format: "q4_k_turbo", dialect: "fork-2026-03-04", id: 50),
        .init(format: "q5_k_turbo", dialect: "fork-2026-03-04", id: 51), .init(format: "q6_k_turbo", dialect: "fork-2026-03-04", id: 52),
        .init(format: "q2_k_lite", dialect: "fork-2026-03-15", id: 48), .init(format: "q3_k_lite", dialect: "fork-2026-03-08", id: 49),
        .init(format: "q4_k_lite", dialect: "fork-2026-03-15", id: 50), .init(format: "q5_k_lite", dialect: "fork-2026-03-15", id: 51),
        .init(format: "q6_k_lite", dialect: "fork-2026-03-15", id: 52), .init(format: "q6_k_hifi", dialect: "fork-2026-04-11", id: 43),
        .init(format: "q6_k_hifi_dynamic", dialect: "fork-2026-04-11", id: 44),
        .init(format: "q6_k_hifi_res8", dialect: "fork-2026-04-11", id: 45),
        .init(format: "q5_k_hifi_res8", dialect: "fork-2026-04-11", id: 46),
        .init(format: "q3_k_hifi_res8", dialect: "fork-2026-04-11", id: 47),
        .init(format: "q4_k_hifi", dialect: "fork-2026-04-11", id: 48), .init(format: "q2_k_hifi", dialect: "fork-2026-04-11", id: 49),
        .init(format: "q2_k_lite", dialect: "fork-2026-04-11", id: 50), .init(format: "q3_k_lite", dialect: "fork-2026-04-11", id: 51),
        .init(format: "q4_k_lite", dialect: "fork-2026-04-11", id: 52), .init(format: "q5_k_lite", dialect: "fork-2026-04-11", id: 53),
        .init(format: "q6_k_lite", dialect: "fork-2026-04-11", id: 54),
    ]
}

@Suite("Identification of revisions")
struct IdentificationRevisionTests {
    @Test("Every revision is told by size and content in its own dialect", arguments: RevisionCase.all)
    func revision(_ item: RevisionCase) throws {
        let file = item.file
        let found = file.identify()
        #expect(found.confidence == .certain)
        #expect(found.dialects.contains(item.dialect))
        #expect(found.hasShiftedIDs == item.shifted)
        #expect(!found.isStock)
        #expect(found.misfitCount == 0)
        let hifi = try #require(found.hifiFormats.first)
        #expect(found.hifiFormats.count == 1)
        #expect(([item.format] + item.twins).contains(hifi))
        for (index, format) in file.filled.enumerated() {
            #expect(found.tensorFormats[index] == (format == item.format ? hifi : format))
        }
    }

    @Test("Everything else in a file of a revision keeps its stock format under the dialect's ids", arguments: RevisionCase.all)
    func stockNeighbours(_ item: RevisionCase) {
        let found = item.file.identify()
        for type in found.types where type.formats == ["q4_k"] { #expect(type.id == (item.shifted ? 13 : 12)) }
        #expect(found.types.contains { $0.formats == ["q4_k"] })
    }

    @Test("Looking at all blocks gives the same result as a sample", arguments: RevisionCase.all)
    func everything(_ item: RevisionCase) {
        let file = item.file
        let all = file.identify(.init(readsAllContent: true))
        let few = file.identify(.init(sampleBytes: 4096))
        #expect(all.hifiFormats == few.hifiFormats)
        #expect(all.confidence == few.confidence)
    }

    @Test("Every family type is told by id and size", arguments: FamilyCase.all)
    func family(_ item: FamilyCase) {
        let file = item.file
        let found = file.identify()
        // Of 44 and 45 other projects have a type that nobody recorded the size of.
        let hasRival = found.types.contains { [44, 45].contains($0.id) }
        #expect(found.confidence == (hasRival ? .likely : .certain))
        #expect(found.dialects.contains(item.dialect))
        #expect(found.hifiFormats == [item.format])
        #expect(found.tensorFormats == file.filled.map { $0 })
    }

    @Test("The evidence states the arithmetic")
    func arithmetic() {
        let found = IdentificationFile.model("fork-2025-12-22", hifiID: 40, .blocks("q3_k_hifi@r6") { $0.r5or6(slotCount: 8) }).identify()
        let lines = found.evidence.filter { $0.kind == .span }.map(\.text)
        #expect(
            lines.contains {
                $0.hasPrefix(
                    "tensor blk.0.attn_v.weight: type id 40, 16,384 weights in 8,576 bytes "
                        + "= 134 bytes per 256 weights: q3_k_hifi@r6; nvfp4 would need 144"
                )
            })
        #expect(
            found.evidence.contains { $0.kind == .content && $0.text.contains("100 % (1,024 of 1,024) of the weights that slots list") })
    }

    @Test("Order and sentinels tell r12a from its successors, and nothing tells r12b from r12c")
    func habits() {
        let sorted = IdentificationFile.model("", hifiID: 40, .blocks("q3_k_hifi@r12c") { $0.r12(used: 8, sorted: true) }).identify()
        #expect(!sorted.dialects.contains("fork-2026-02-03-late"))
        #expect(sorted.ambiguities.contains { $0.decodesAlike && $0.formats.contains("q3_k_hifi@r12b") })
        let unsorted = IdentificationFile.model("", hifiID: 40, .blocks("q3_k_hifi@r12a") { $0.r12(used: 8, sorted: false) }).identify()
        #expect(unsorted.dialects == ["fork-2026-02-03-late"])
        #expect(unsorted.evidence.contains { $0.clause == "R12-07" })
    }

    @Test("Zero outliers at position 0 are not free slots, and infinite ones no other revision")
    func specialValues() {
        func found(_ change: @escaping (inout [UInt8]) -> Void) -> Identification {
            IdentificationFile.model(
                "", hifiID: 40,
                .blocks("q3_k_hifi@r12c") { forge in
                    var block = forge.r12(used: 8, sorted: true)
                    change(&block)
                    return block
                }
            ).identify()
        }
        let zeros = found { block in
            // Eight zero weights from position 0 on, as a block of zeros gives.
            block.replaceSubrange(110..<136, with: [0, 1, 2, 3, 4, 5, 6, 7] + [UInt8](repeating: 0, count: 18))
            for lane in 0..<8 { (block[32 + lane], block[lane]) = (block[32 + lane] & ~3, block[lane] | 1) }
        }
        #expect(zeros.hifiFormats == ["q3_k_hifi@r12c"])
        #expect(!zeros.findings(profile: .runtime).contains { $0.rule == "IDENT-10" })
        let infinite = found { block in block.replaceSubrange(118..<120, with: [0x00, 0x7C]) }
        #expect(infinite.confidence == .certain)
        #expect(infinite.hifiFormats == ["q3_k_hifi@r12c"])
    }
}
