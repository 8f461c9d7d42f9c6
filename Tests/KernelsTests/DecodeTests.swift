import Foundation
import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import TestSupport
import Testing

@Suite("Kernels decode as the reference does")
struct DecodeTests {
    @Test("the formats with kernels are those of the family, and every set of the machine is tried")
    func coverage() throws {
        let ids = Set(Pairing.all.map(\.format.id))
        let decodedOnly: Set = [
            "q4_1", "q5_0", "q5_1", "iq1_s", "iq1_m", "q1_0", "q2_0", "q3_k_hifi@r1", "q3_k_hifi@r2", "q3_k_hifi@r3", "q3_k_hifi@r4",
            "q3_k_hifi@r8", "f32", "f16", "bf16", "iq2_k", "iq3_k", "iq4_k", "iq5_k", "iq6_k", "q6_0",
        ]
        #expect(Set(Pairing.decoded.map(\.format.id)) == ids.union(decodedOnly))
        let rows: Set = [
            "iq2_ks", "iq3_ks", "iq4_ks", "iq4_kss", "iq5_ks", "iq2_kl", "iq1_kt", "iq2_kt", "iq3_kt", "iq4_kt", "iq1_bn", "iq2_bn",
            "q8_kv",
        ]
        #expect(Set(Pairing.rows.map(\.format.id)) == rows)
        #expect(ids.isDisjoint(with: decodedOnly))
        let expected: Set = [
            "q2_k", "q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q4_0", "q3_k_hifi@r5", "q3_k_hifi@r6", "q3_k_hifi@r12a", "q3_k_hifi@r12b",
            "q3_k_hifi@r12c", "q3_k_hifi@r13", "q3_k_hifi_res8", "q2_k_hifi", "q4_k_hifi", "q5_k_hifi_res8", "q6_k_hifi",
            "q6_k_hifi_dynamic", "q6_k_hifi_res8", "q2_k_lite", "q3_k_lite", "q4_k_lite", "q5_k_lite", "q6_k_lite",
            "iq4_nl", "iq4_xs", "mxfp4", "iq2_xxs", "iq2_xs", "iq2_s", "iq3_xxs", "iq3_s", "tq1_0", "tq2_0", "nvfp4",
        ]
        #expect(expected.isSubset(of: ids), "missing: \(expected.subtracting(ids).sorted())")
        #expect(InstructionSet.available.contains(.scalar))
    }

    /// On x86 the processor's NaN is the reference's (NUM-05), so even NaNs are compared by their bits. Elsewhere as a class.
    @Test("any content, bit for bit", arguments: Pairing.decoded)
    func anyContent(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        let reference = try ReferenceDecoder(format)
        let blocks = Samples.hostile(format, blocks: max(200, 1000 / format.elements), seed: 1)
        let expected = try reference.decode(blocks)
        let found = try backend.decode(format, blocks)
        #expect(firstDifference(found, expected) == nil)
    }

    @Test("any row with a header, bit for bit, at any address", arguments: Pairing.rows)
    func anyRow(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        let reference = try ReferenceDecoder(format)
        for special in 0..<2 * Samples.specials {
            // By turns a special scale and any.
            let choice = special % 2 == 0 ? special / 2 : nil
            let row = Samples.hostileRow(format, blocks: max(40, 200 / format.elements), special: choice, seed: UInt64(special))
            let shifted = [UInt8](repeating: 0xA5, count: special) + row
            let expected = try reference.decode(row)
            var output = [Float](repeating: 0, count: expected.count)
            try shifted.withUnsafeBytes { bytes in
                try output.withUnsafeMutableBufferPointer { try backend.decode(format, .init(rebasing: bytes[special...]), into: $0) }
            }
            #expect(firstDifference(output, expected) == nil, "row \(special)")
        }
    }

    @Test("every fp16 and every bf16, NaN payloads included, in any number", arguments: InstructionSet.available)
    func everySmallFloat(_ isa: InstructionSet) throws {
        let backend = try CPUBackend(isa: isa, threads: 2)
        let every = (0...UInt16.max).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        for id in ["f16", "bf16"] {
            let format = try #require(Spec.format(id))
            let expected = try ReferenceDecoder(format).decode(every)
            #expect(firstDifference(try backend.decode(format, every), expected) == nil, "\(id)")
            // From 0x7BC0 on, through infinity to NaN.
            for count in 0..<130 {
                let found = try backend.decode(format, Array(every[2 * 0x7BC0..<2 * (0x7BC0 + count)]))
                #expect(firstDifference(found, Array(expected[0x7BC0..<0x7BC0 + count])) == nil, "\(count) of \(id)")
            }
        }
        // More than one task's worth.
        let format = try #require(Spec.format("f32"))
        let singles = Samples.hostile(format, blocks: 70_001, seed: 21)
        #expect(firstDifference(try backend.decode(format, singles), try ReferenceDecoder(format).decode(singles)) == nil)
    }

    @Test("recorded blocks of the fork", arguments: InstructionSet.available)
    func recorded(_ isa: InstructionSet) throws {
        let backend = try CPUBackend(isa: isa)
        var tried = 0
        for format in Spec.formats where backend.decodesNatively(format) {
            let name = format.id.replacingOccurrences(of: "@", with: "-")
            for set in ["random", "overcount", "e4m3_codes"] {
                guard let blocks = try? Repository.bytes("Vectors/recorded/decode/\(name).\(set).bin") else { continue }
                tried += 1
                let expected = try ReferenceDecoder(format).decode(blocks)
                #expect(firstDifference(try backend.decode(format, blocks), expected) == nil, "\(name) \(set)")
            }
        }
        #expect(tried >= 15)
    }

    @Test("blocks at any address", arguments: Pairing.decoded)
    func unaligned(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        let blocks = Samples.hostile(format, blocks: 3, seed: 2)
        let expected = try ReferenceDecoder(format).decode(blocks)
        for offset in 0..<64 {
            let shifted = [UInt8](repeating: 0xA5, count: offset) + blocks
            var output = [Float](repeating: 0, count: expected.count)
            try shifted.withUnsafeBytes { bytes in
                try output.withUnsafeMutableBufferPointer { try backend.decode(format, .init(rebasing: bytes[offset...]), into: $0) }
            }
            #expect(firstDifference(output, expected) == nil, "offset \(offset)")
        }
    }

    @Test("to fp16 and bf16", arguments: Pairing.decoded)
    func smallFloats(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        let blocks = Samples.hostile(format, blocks: 67, seed: 3)
        let decoded = try ReferenceDecoder(format).decode(blocks)
        for type in SmallFloat.allCases {
            var output = [UInt16](repeating: 0, count: decoded.count)
            try blocks.withUnsafeBytes { bytes in
                try output.withUnsafeMutableBufferPointer { try backend.decode(format, bytes, as: type, into: $0) }
            }
            let expected = decoded.map { type == .f16 ? SmallFloats.half($0) : SmallFloats.bfloat16($0) }
            #expect(output == expected, "\(type)")
        }
    }

    @Test("to fp16 by several threads, and without kernels")
    func smallFloatsInPieces() throws {
        for (id, blocks) in [("q4_0", 5000), ("q3_k_hifi@r6", 700), ("mxfp4", 3000), ("q8_1", 100)] {
            let format = try #require(Spec.format(id))
            let bytes = Samples.hostile(format, blocks: blocks, seed: 9)
            var output = [UInt16](repeating: 0, count: blocks * format.elements)
            let backend = try CPUBackend(isa: InstructionSet.available.last, threads: 3)
            try bytes.withUnsafeBytes { bytes in
                try output.withUnsafeMutableBufferPointer { try backend.decode(format, bytes, as: .f16, into: $0) }
            }
            #expect(try output == ReferenceDecoder(format).decode(bytes).map { SmallFloats.half($0) }, "\(id)")
        }
    }

    @Test("a format made up with an id of the spec gets no kernel that does not fit it")
    func impostor() throws {
        let real = try #require(Spec.format("q3_k_hifi@r6"))
        let backend = try CPUBackend(isa: .scalar)
        // Same id and fields, but blocks that end before the outliers do.
        let short = BlockFormat(
            id: real.id, aliases: [], title: "", elements: 256, bytes: 110, alignment: 2, base: real.base, fields: real.fields,
            decoding: real.decoding, encoding: real.encoding, checks: [], marks: .none, clauses: [], provenance: nil)
        #expect(backend.isNative(real))
        #expect(!backend.isNative(short))
        // A base's id, other fields.
        let base = try #require(Spec.format("q3_k_hifi@r3"))
        let moved = BlockFormat(
            id: base.id, aliases: [], title: "", elements: 256, bytes: base.bytes, alignment: 2, base: nil,
            fields: try #require(Spec.format("q3_k_hifi@r4")).fields, decoding: Spec.format("q3_k_hifi@r4")?.decoding, encoding: nil,
            checks: [], marks: .none, clauses: [], provenance: nil)
        #expect(backend.decodesNatively(base))
        #expect(!backend.decodesNatively(moved))
    }

    @Test("any number of threads", arguments: Pairing.decoded)
    func threads(_ pairing: Pairing) throws {
        let (format, isa) = (pairing.format, pairing.isa)
        let blocks = Samples.hostile(format, blocks: 1000 * 256 / format.elements, seed: 4)
        let one = try CPUBackend(isa: isa)
        let expected = try one.decode(format, blocks)
        let small = try one.decode(format, blocks, as: .bf16)
        for threads in [2, 7] {
            let several = try CPUBackend(isa: isa, threads: threads)
            #expect(firstDifference(try several.decode(format, blocks), expected) == nil)
            #expect(try several.decode(format, blocks, as: .bf16) == small)
        }
    }

    @Test("formats without kernels go through the reference")
    func fallback() throws {
        let backend = try CPUBackend(isa: .scalar)
        let format = try #require(Spec.format("q8_1"))
        #expect(!backend.decodesNatively(format))
        let blocks = Samples.hostile(format, blocks: 20, seed: 5)
        #expect(firstDifference(try backend.decode(format, blocks), try ReferenceDecoder(format).decode(blocks)) == nil)
    }
}
