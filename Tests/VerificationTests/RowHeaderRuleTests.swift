import HIFIBlockSpec
import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

@Suite("Tensors whose rows have headers")
struct RowHeaderRuleTests {
    /// A small model with a matrix of 512 columns and six rows in a type of ik_llama.cpp.
    static func model(_ format: String, _ number: UInt32, change: (inout [UInt8], _ rowBytes: Int) -> Void = { _, _ in }) -> [UInt8] {
        var file = IdentificationFile()
        file.add("token_embd.weight", typeID: 14, .stock("q6_k"))
        file.add("blk.0.attn_q.weight", 512, 6, typeID: number, .stock(format))
        file.add("blk.0.attn_v.weight", typeID: 14, .stock("q6_k"))
        let rowBytes = Spec.format(format).flatMap { $0.bytes(forRowOf: 512) }.map(Int.init) ?? 0
        change(&file.builder.tensors[1].data, rowBytes)
        return file.builder.build().bytes
    }

    static let types: [(String, UInt32)] = [
        ("iq1_bn", 134), ("iq2_bn", 135), ("iq4_ks", 144), ("iq2_ks", 145), ("iq4_kss", 146), ("q8_kv", 151), ("iq5_ks", 152),
        ("iq2_kt", 153), ("iq3_kt", 154), ("iq4_kt", 155), ("iq3_ks", 156), ("iq2_kl", 157), ("iq1_kt", 158),
    ]

    @Test("sizes, spans and digests take the headers in", arguments: types.indices)
    func clean(index: Int) throws {
        let (format, number) = Self.types[index]
        let found = try report(Self.model(format, number))
        #expect(!found.findings.contains { $0.rule.hasPrefix("GGUF-6") || $0.rule == "CONTENT-01" || $0.rule == "CONTENT-02" })
        let type = try #require(found.files.first?.types.first { $0.id == number })
        #expect(type.format == format)
        #expect(type.bytes == 6 * Int(try #require(Spec.format(format)?.bytes(forRowOf: 512))))
        let coverage = try #require(found.files.first?.coverage.types.first { $0.id == number })
        #expect(coverage.byContent == 1 && coverage.blocksByContent == 6 * 512 / Int(Spec.format(format)?.elements ?? 1))
    }

    @Test("a NaN or infinite scale of a row is found in its row", arguments: types.indices)
    func badScale(index: Int) throws {
        let (format, number) = Self.types[index]
        let d = try #require(Spec.format(format)?.rowHeader?.field("d"))
        for (bits, rule) in [(d.type == .f16 ? 0x7E00 : 0x7FC0_0000, "CONTENT-01"), (d.type == .f16 ? 0x7C00 : 0x7F80_0000, "CONTENT-02")] {
            let bytes = Self.model(format, number) { data, rowBytes in
                for byte in 0..<d.type.bytes { data[4 * rowBytes + d.offset + byte] = UInt8(truncatingIfNeeded: bits >> (8 * byte)) }
            }
            let finding = try #require(try report(bytes).finding(rule))
            #expect(finding.location.row == 4 && finding.location.field == "d" && finding.count == 1)
            #expect(finding.severity == .error)
        }
    }

    @Test("checks of blocks run between the headers, and name row and block")
    func blocks() throws {
        let bytes = Self.model("iq2_bn", 135) { data, rowBytes in
            for index in data.indices where index % rowBytes >= 4 { data[index] &= 0x55 }
            data[3 * rowBytes + 4 + 2 * 16 + 5] = 0xC0
        }
        let finding = try #require(try report(bytes).finding("IQ2BN-05"))
        #expect(finding.count == 1)
        #expect(finding.location.row == 3 && finding.location.block == 2 && finding.location.index == 5)
    }

    @Test("a type that is only sized is said to be so")
    func sizedOnly() throws {
        let found = try report(Self.model("iq2_xxs_r4", 216))
        let item = try #require(found.files.first?.coverage.items.first { $0.area == .blocks })
        #expect(item.reason?.contains("iq2_xxs_r4 by size only") == true, "\(item)")
        #expect(found.finding("GGUF-85") != nil)
    }
}
