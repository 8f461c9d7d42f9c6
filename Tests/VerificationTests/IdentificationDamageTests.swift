import Foundation
import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification
import TestSupport
import Testing

@Suite("Identification of damaged and undecidable files")
struct IdentificationDamageTests {
    private static func r6() -> IdentificationFile {
        var file = IdentificationFile.model("fork-2025-12-22", hifiID: 40, .blocks("q3_k_hifi@r6") { $0.r5or6(slotCount: 8) })
        for layer in 2..<6 { file.add("blk.\(layer).attn_q.weight", typeID: 12, .stock("q4_k")) }
        return file
    }

    @Test("One wrong type id does not lose the others, and its span says what it is")
    func wrongType() throws {
        var file = Self.r6()
        let index = try #require(file.builder.tensorIndex("blk.1.attn_output.weight"))
        file.builder.tensors[index].typeID = 14
        let found = file.identify()
        #expect(found.confidence == .likely)
        #expect(found.hifiFormats == ["q3_k_hifi@r6"])
        #expect(found.dialects.contains("fork-2025-12-22"))
        let misfit = try #require(found.misfits.first)
        #expect((found.misfitCount, misfit.tensor, misfit.problem) == (1, index, .overlap))
        #expect(misfit.wouldFit.contains("q4_k"))
        #expect(
            found.findings(profile: .spec).contains { $0.rule == "IDENT-02" && $0.severity == .error && $0.location.tensor == misfit.name })
    }

    @Test("A type that is known by name only may be meant: that is not called damage")
    func unsizedType() throws {
        var file = Self.r6()
        let index = try #require(file.builder.tensorIndex("blk.1.attn_output.weight"))
        func advice(_ typeID: UInt32) -> String? {
            file.builder.tensors[index].typeID = typeID
            return file.identify().findings(profile: .spec).first { $0.rule == "IDENT-02" }?.advice
        }
        #expect(advice(120) == "The file was probably damaged, or its header was edited.")
        #expect(advice(44)?.hasPrefix("Type id 44 may be TQ3_1S (turbo-tan/llama.cpp-tq3)") == true)
    }

    @Test("A type id that fits none of its tensors is a label and no format")
    func onlyTensorOfItsType() throws {
        var file = Self.r6()
        let index = try #require(file.builder.tensorIndex("blk.1.attn_output.weight"))
        file.builder.tensors[index].typeID = 13
        let found = file.identify()
        #expect(found.tensorFormats[index] == nil)
        let type = try #require(found.types.first { $0.id == 13 })
        #expect(type.isContradicted)
        #expect(type.formats == ["q5_k"])
        #expect(found.misfits.first?.needed == UInt64(64 * 176))
        #expect(found.types.filter { !$0.isContradicted }.count == found.types.count - 1)
    }

    @Test("An unknown type id is set aside", arguments: [43, 97, 137, UInt32.max])
    func unknownType(_ id: UInt32) throws {
        var file = Self.r6()
        let index = try #require(file.builder.tensorIndex("blk.1.attn_output.weight"))
        file.builder.tensors[index].typeID = id
        let found = file.identify()
        #expect(found.confidence == .likely)
        #expect(found.hifiFormats == ["q3_k_hifi@r6"])
        #expect(
            found.misfits.first?.problem == .untyped || found.misfits.first?.problem == .overlap || found.misfits.first?.problem == .gap)
        #expect(found.misfitCount == 1)
    }

    @Test("A wrong offset costs two spans and not the reading", arguments: [0, 1 << 40, UInt64.max, 7])
    func wrongOffset(_ offset: UInt64) throws {
        var file = Self.r6()
        let index = try #require(file.builder.tensorIndex("blk.1.attn_output.weight"))
        file.builder.tensors[index].offset = offset
        let found = file.identify()
        #expect(found.confidence == .likely)
        #expect(found.hifiFormats == ["q3_k_hifi@r6"])
        #expect((1...3).contains(found.misfitCount))
        #expect(found.outcome(of: "fork-a") == .refuses)
    }

    @Test("A cut file is identified by its header", arguments: [0.9, 0.5, 0.05])
    func cut(_ share: Double) {
        let bytes = Self.r6().builder.build()
        let end = bytes.dataStart + Int(Double(bytes.bytes.count - bytes.dataStart) * share)
        let found = Identification.identify(GGUFScan.scan(Array(bytes.bytes[..<end])))
        #expect(found.hifiFormats == ["q3_k_hifi@r6"])
        #expect(found.dialects.contains("fork-2025-12-22"))
        #expect(found.outcome(of: "fork-a") == .refuses)
    }

    @Test("Bytes after the last tensor change nothing")
    func trailing() {
        var file = Self.r6()
        file.builder.trailing = [UInt8](repeating: 7, count: 5000)
        let found = file.identify()
        #expect(found.hifiFormats == ["q3_k_hifi@r6"])
        #expect(found.misfitCount == 0)
        #expect(found.outcome(of: "fork-a") == .right)
    }

    @Test("A damaged block in a hundred does not change the revision")
    func damagedBlocks() {
        var file = IdentificationFile.model("fork-report", hifiID: 42, .blocks("q3_k_hifi@r13") { $0.r13(used: 5) })
        for index in file.builder.tensors.indices where file.builder.tensors[index].typeID == 42 {
            file.builder.tensors[index].data.replaceSubrange(0..<136, with: [UInt8](repeating: 0xFF, count: 136))
        }
        let found = file.identify()
        #expect(found.hifiFormats == ["q3_k_hifi@r13"])
        #expect(found.findings(profile: .spec).contains { $0.rule == "IDENT-09" })
    }

    @Test("Content that fits none of the candidates leaves them all")
    func noise() {
        let found = IdentificationFile.model("fork-report", hifiID: 42, .blocks("q3_k_hifi@r13") { $0.random.bytes(136) }).identify()
        #expect(found.confidence == .ambiguous)
        #expect(found.hifiFormats.contains("q3_k_hifi@r12c") && found.hifiFormats.contains("q3_k_hifi@r13"))
        #expect(found.tensorFormats.contains(nil))
    }

    @Test("r12 and r13 without a filled slot cannot be distinguished")
    func emptySlots() throws {
        let found = IdentificationFile.model("", hifiID: 42, .blocks("q3_k_hifi@r13") { $0.r13(used: 0) }).identify()
        #expect(found.confidence == .ambiguous)
        let ambiguity = try #require(found.ambiguities.first { !$0.decodesAlike })
        #expect(Set(ambiguity.formats) == ["q3_k_hifi@r12c", "q3_k_hifi@r13"])
        #expect(ambiguity.decidedBy.contains("byte 134"))
        #expect(found.findings(profile: .spec).contains { $0.rule == "IDENT-03" && $0.severity == .warning })
        #expect(found.findings(profile: .spec).contains { $0.rule == "IDENT-06" && $0.severity == .warning })
        // Its product takes the base of weight 0 away eight times if they are r12, and it has no count if they are r13.
        #expect(found.outcome(of: "fork-c") == .misreads)
        #expect(found.outcome(of: "upstream-today") == .refuses)
        #expect(found.dialect == nil)
    }

    @Test("A tensor of one block may be of several sizes, and then readers are not judged")
    func singleBlock() {
        var file = IdentificationFile()
        file.add("blk.0.attn_q.weight", typeID: 11, .stock("q3_k"))
        file.add("blk.0.attn_v.weight", 256, 1, typeID: 40, .blocks("q3_k_hifi@r6") { $0.r5or6(slotCount: 8) })
        file.add("blk.0.attn_k.weight", typeID: 11, .stock("q3_k"))
        let found = file.identify(.init(dialects: ["fork-2025-12-22", "fork-2026-02-03-late"]))
        #expect(found.confidence == .ambiguous)
        #expect(found.outcome(of: "fork-a") == .undecided)
        #expect(found.reasons(of: "fork-a").contains("right if the file holds q3_k_hifi@r6"))
        #expect(file.identify().confidence == .likely)
    }

    @Test("r3 and r4 whose weights are all zero cannot be distinguished")
    func allZero() {
        let found = IdentificationFile.model(
            "", hifiID: 12, shifted: true, .blocks("q3_k_hifi@r3") { $0.r3or4(planes: false, empty: true) }
        ).identify()
        #expect(found.confidence == .ambiguous)
        #expect(found.ambiguities.contains { Set($0.formats) == ["q3_k_hifi@r3", "q3_k_hifi@r4"] && $0.decidedBy.contains("cleared") })
        #expect(found.types.first { $0.id == 12 }?.formats.count == 2)
        #expect(found.types.first { $0.id == 13 }?.formats == ["q4_k"])
    }

    @Test("160-byte blocks without slots leave every revision that has them")
    func emptyLongBlocks() {
        let found = IdentificationFile.model("", hifiID: 40, .blocks("q3_k_hifi@r9") { $0.r9(used: 0) }).identify()
        #expect(found.confidence == .ambiguous)
        #expect(Set(found.hifiFormats).isSuperset(of: ["q3_k_hifi@r9", "q3_k_hifi@r10"]))
        #expect(found.hifiFormats.contains { $0.hasPrefix("q3_k_hifi@r7") })
        #expect(!found.hifiFormats.contains("q3_k_hifi@r8"))
    }

    @Test("A file whose sizes no dialect explains is not identified")
    func nonsense() {
        var file = Self.r6()
        for index in file.builder.tensors.indices { file.builder.tensors[index].typeID = 1000 + UInt32(index) }
        let found = file.identify()
        #expect(found.confidence == .none)
        #expect(found.dialects.isEmpty)
        #expect(found.tensorFormats.allSatisfy { $0 == nil })
        #expect(found.misfits.count <= Identification.misfitLimit)
        #expect(found.misfitCount == file.builder.tensors.count)
        #expect(found.findings(profile: .runtime).contains { $0.rule == "IDENT-02" && $0.severity == .error })
        #expect(found.readers.allSatisfy { $0.outcome == .refuses })
    }

    @Test("A file without tensors or without a header is not identified")
    func nothing() {
        #expect(IdentificationFile().identify().confidence == .none)
        #expect(Identification.identify(GGUFScan.scan([])).confidence == .none)
        #expect(Identification.identify(GGUFScan.scan(Array("GGUF".utf8))).confidence == .none)
    }

    @Test("Every file of the damage catalogue is identified without a crash", arguments: CorruptionCorpus.cases)
    func catalogue(_ item: CorruptionCorpus.Case) {
        let found = Identification.identify(GGUFScan.scan(item.bytes))
        #expect(found.misfitCount <= found.tensorFormats.count)
        _ = found.findings(profile: .runtime)
    }

    @Test("Random damage to the header never stops the identification", arguments: 0..<200)
    func randomDamage(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let image = Self.r6().builder.build()
        var bytes = image.bytes
        for _ in 0..<8 { bytes[Int.random(in: 24..<image.headerEnd, using: &random)] = UInt8.random(in: 0...255, using: &random) }
        let found = Identification.identify(GGUFScan.scan(bytes))
        #expect(found.readers.count == Spec.readers.count)
    }

    @Test("Many tensors with many unknown ids and one offset take no time to speak of")
    func manyIDs() {
        var builder = GGUFBuilder()
        builder.tensors = (0..<50_000).map { index in
            var tensor = GGUFBuilder.Tensor("t\(index)", [UInt64(Int.max), 3], typeID: UInt32(index), data: [])
            tensor.offset = UInt64(index % 7) &* (UInt64.max / 7)
            return tensor
        }
        let scan = GGUFScan.scan(builder.build().bytes)
        let time = ContinuousClock().measure { _ = Identification.identify(scan) }
        #expect(time < .seconds(5))
    }

    @Test("The result survives JSON")
    func json() throws {
        for found in [Self.r6().identify(), IdentificationFile().identify()] {
            let data = try JSONEncoder().encode(found)
            #expect(try JSONDecoder().decode(Identification.self, from: data) == found)
        }
    }
}
