import HIFIBlockSpec
import HIFIIdentification
import Testing

@Suite("Identification of routings")
struct IdentificationRoutingTests {
    /// A six-layer model routed by a mix, its types under the ids of a dialect.
    private static func model(_ mixID: String, _ dialectID: String, fileType: UInt32?, hifi: String? = nil) throws -> IdentificationFile {
        let (mix, dialect) = try (#require(Spec.mix(mixID)), #require(Spec.dialect(dialectID)))
        let architecture = try #require(Spec.architecture("qwen3"))
        let shape = ModelShape(
            id: "test", label: "test", embedding: 256, layers: 6, feedForward: 768, heads: 2, headsKV: 1, headSize: 128, vocabulary: 64,
            tied: true, outputTensor: false)
        var file = IdentificationFile(fileType: fileType, layers: 6)
        for tensor in architecture.tensors(of: shape) {
            let format = mix.type(of: tensor.kind, layer: tensor.layer, context: MixContext(model: shape, of: architecture), hifi: hifi)
            let id = try #require(dialect.typeIDs(of: format).first)
            let columns = Int(tensor.dimensions[0])
            let rows = Int(tensor.elements) / columns
            if format == "q3_k_hifi@r6" {
                file.add(tensor.name, columns, rows, typeID: id, .blocks(format) { $0.r5or6(slotCount: 8) })
            } else if format == "q3_k_hifi@r13" {
                file.add(tensor.name, columns, rows, typeID: id, .blocks(format) { $0.r13(used: 8) })
            } else {
                file.add(tensor.name, columns, rows, typeID: id, .stock(format))
            }
        }
        return file
    }

    @Test("A file of the published table is recognised with its routing, dialect and file type")
    func published() throws {
        let file = try Self.model("q3_k_hifi", "fork-2025-12-13", fileType: 41)
        let found = file.identify()
        #expect(found.confidence == .certain)
        #expect(found.dialect == "fork-2025-12-13")
        #expect(found.hifiFormats == ["q3_k_hifi@r6"])
        #expect(found.hasShiftedIDs)
        #expect(found.mixes.first?.id == "q3_k_hifi")
        #expect(found.mixes.first?.isExact == true)
        #expect(found.fileType?.agreement == .exact)
        #expect(found.tensorFormats == file.filled.map { $0 })
        #expect(found.outcome(of: "fork-table") == .right)
        #expect(found.outcome(of: "fork-a") == .refuses)
    }

    @Test("The file type chooses among dialects of one meaning")
    func byFileType() throws {
        let file = try Self.model("q3_k_hifi", "fork-2025-12-22", fileType: 41)
        let found = file.identify()
        #expect(found.dialect == "fork-2025-12-22")
        #expect(found.dialects.contains("fork-2026-01-09"))
        for profile in RuleProfile.allCases {
            #expect(found.findings(profile: profile).allSatisfy { $0.severity == .note })
        }
    }

    @Test(
        "Stock routings are recognised",
        arguments: [("q3_k_s", 11), ("q3_k_m", 12), ("q3_k_l", 13), ("q4_k_m", 15), ("q6_k", 18)] as [(String, UInt32)])
    func stock(_ mix: String, _ fileType: UInt32) throws {
        let found = try Self.model(mix, "upstream", fileType: fileType).identify()
        #expect(found.mixes.first?.id == mix)
        #expect(found.fileType?.agreement == .exact)
        #expect(found.fileType?.mix == mix)
    }

    @Test("A file type that lies is noticed")
    func lie() throws {
        let found = try Self.model("q6_k", "upstream", fileType: 11).identify()
        #expect(found.mixes.first?.id == "q6_k")
        #expect(found.fileType?.agreement == .contradicts)
    }

    @Test("A few tensors of other types leave the routing recognisable")
    func exceptions() throws {
        var file = try Self.model("q3_k_s", "upstream", fileType: 11)
        let index = try #require(file.builder.tensorIndex("blk.2.ffn_up.weight"))
        var other = IdentificationFile()
        other.add("blk.2.ffn_up.weight", 256, 768, typeID: 14, .stock("q6_k"))
        file.builder.tensors[index] = other.builder.tensors[0]
        let found = file.identify()
        #expect(found.mixes.first?.id == "q3_k_s")
        #expect(found.mixes.first?.exceptions == ["blk.2.ffn_up.weight"])
        #expect(found.fileType?.agreement == .mostly)
    }

    @Test("A known routing with blocks of another revision is reported as unusual")
    func unusual() throws {
        let found = try Self.model("q3_k_hifi", "fork-report", fileType: nil, hifi: "q3_k_hifi@r13").identify()
        let mix = try #require(found.mixes.first { $0.id == "q3_k_hifi" })
        #expect(mix.isExact)
        #expect(!mix.hasUsualRevision)
        #expect(found.hifiFormats == ["q3_k_hifi@r13"])
    }

    @Test("Layer counts that cannot be are not believed")
    func absurdLayers() {
        var file = IdentificationFile(fileType: 11, layers: UInt32.max)
        file.add("blk.4294967295.attn_q.weight", typeID: 11, .stock("q3_k"))
        file.add("blk.9223372036854775807.ffn_down.weight", typeID: 11, .stock("q3_k"))
        #expect(file.identify().confidence == .certain)
    }
}
