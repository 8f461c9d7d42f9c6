import Foundation
import HIFIBlockSpec
import HIFIVerification
import TestSupport
import Testing

@Suite("Numbers that mean several things")
struct TypeRegistryTests {
    @Test("the registry holds every assignment of every dialect")
    func complete() {
        for dialect in Spec.dialects {
            for type in dialect.types {
                let meanings = TypeRegistry.numbers.first { $0.id == type.id }?.meanings.filter { $0.dialects.contains(dialect.id) } ?? []
                #expect(meanings.count == 1, "\(dialect.id) \(type.id)")
                #expect(meanings.first?.formats == type.formats, "\(dialect.id) \(type.id)")
            }
        }
        let ids = TypeRegistry.numbers.map(\.id)
        #expect(ids == ids.sorted() && Set(ids).count == ids.count)
    }

    @Test("all 92 types of ik_llama.cpp have a name and a size")
    func ik() throws {
        let dialect = try #require(Spec.dialect("ik-llama"))
        let types = dialect.types.filter { $0.status != .removed }
        #expect(types.count == 92)
        #expect(types.filter { $0.formats.isEmpty }.map(\.name) == [])
        let repacked = types.filter { $0.use == .repacked }
        #expect(repacked.count == 31)
        for type in repacked {
            let format = try #require(type.formats.first.flatMap(Spec.format), "\(type.name)")
            #expect(format.interleave > 1 && format.decoding == nil, "\(type.name)")
            // Rows that are only interleaved take as much room as before; what takes more or less is a format of its own.
            guard let of = type.of else {
                #expect(format.weave == nil, "\(type.name)")
                continue
            }
            let source = try #require(Spec.format(of), "\(type.name)")
            #expect(format.bytes(forRowOf: 1024) == source.bytes(forRowOf: 1024), "\(type.name)")
            #expect(format.weave == nil || format.weave?.base == source.id, "\(type.name)")
        }
        // llama-quantize has a file type for each but these.
        #expect(repacked.filter { !$0.isWritten }.map(\.name) == ["MXFP4_R8", "Q8_K_R16"])
    }

    @Test("who means what is a phrase, and what tells meanings apart a list of whole phrases", arguments: TypeRegistry.numbers)
    func phrases(_ number: TypeNumber) {
        #expect(number.meanings.allSatisfy { number.summary.contains("\($0.name) (") })
        for part in number.decidedBy?.components(separatedBy: "; ") ?? [] {
            let isWhole = ["the distances", "the blocks", "the program", "nothing for", "only the program"].contains(where: part.hasPrefix)
            #expect(isWhole, "\(part)")
        }
    }

    @Test("a number's meanings in one phrase")
    func summary() {
        #expect(
            TypeRegistry.number(36)?.summary == "IQ4_NL_4_4 (upstream, withdrawn), TQ2_0 (the HIFI fork), I2_S (ik_llama.cpp)")
        #expect(TypeRegistry.number(9999) == nil)
        #expect(TypeRegistry.namedOnly("tq3_1s").map(\.number) == [44, 45])
        #expect(TypeRegistry.namedOnly("q4_k").isEmpty)
    }

    @Test("a number that stands for formats that differ says what tells them apart", arguments: TypeRegistry.numbers.filter(\.collides))
    func decided(_ number: TypeNumber) throws {
        #expect(try #require(number.decidedBy).isEmpty == false)
    }

    /// Numbers above those of the HIFI fork's shifted stock types that several projects use, and a format of each.
    static let files: [(number: UInt32, format: String, dialects: [String])] = [
        (40, "nvfp4", ["upstream-2026-03-11", "upstream-2026-04-06", "upstream"]), (41, "q1_0", ["upstream-2026-04-06"]),
        (42, "q2_0", ["upstream"]), (42, "q2_0@prism", ["prism"]),
        (43, "q6_k_hifi", ["fork-2026-04-11"]), (43, "q6_k_hifi_res8", ["fork-2025-12-30"]), (43, "iq1_xs", ["unsloth-pr-61"]),
        (43, "q4_t", ["q4-t"]), (46, "q4_k_hifi", ["fork-2026-02-11"]), (46, "tq4_1s", ["turboquant"]), (46, "tq3_4s", ["llama-cpp-tq3"]),
        (64, "iq1_xs", ["unsloth-iq1-narrow"]), (66, "iq1_xxxs", ["unsloth-iq1-narrow"]),
        (137, "iq2_k", ["ik-llama"]), (142, "q2_0@prism", ["prism-2026-08"]), (143, "ptq1_0", ["prism-2026-08"]),
        (144, "iq4_ks", ["ik-llama"]), (146, "iq4_kss", ["ik-llama"]), (151, "q8_kv", ["ik-llama"]), (155, "iq4_kt", ["ik-llama"]),
    ]

    @Test("distances between tensors tell the formats of one number apart, headers of rows included", arguments: files.indices)
    func spans(index: Int) {
        let (number, format, dialects) = Self.files[index]
        // Every filling is a stock block: for formats of the HIFI fork the sizes alone are asked for here.
        let file = IdentificationFile.model(format, hifiID: number, .stock(format))
        let found = file.identify()
        #expect(found.misfitCount == 0)
        #expect(found.types.first { $0.id == number }?.formats.contains(format) == true, "\(found.headline)")
        #expect(dialects.contains { found.dialects.contains($0) }, "\(found.dialects)")
    }

    @Test("what shares number and size is told, and left to the program that wrote it")
    func undecided() throws {
        let number = try #require(TypeRegistry.numbers.first { $0.id == 46 })
        #expect(number.decidedBy?.contains("distances between tensors") == true)
        // 136 bytes at 42: the blocks tell r12 from r13, where there are enough of them.
        let other = try #require(TypeRegistry.numbers.first { $0.id == 42 })
        #expect(other.decidedBy?.contains("the blocks for q3_k_hifi@r12c, q3_k_hifi@r13") == true)
    }
}
