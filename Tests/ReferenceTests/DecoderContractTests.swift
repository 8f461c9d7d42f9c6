import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

@Suite("What the decoder accepts and refuses")
struct DecoderContractTests {
    static let decodable = Spec.blockFormats.filter { $0.decoding != nil }.map(\.id)

    @Test("every declared format decodes any bytes without trapping", arguments: decodable)
    func anyBytes(id: String) throws {
        let format = try #require(Spec.format(id))
        let decoder = try ReferenceDecoder(format)
        var random = SplitMix64(seed: 1)
        #expect(try decoder.decode(random.bytes(64 * format.bytes)).count == 64 * format.elements)
        for byte in [UInt8(0), 0x7F, 0x80, 0xFF] {
            #expect(try decoder.decode(Array(repeating: byte, count: format.bytes)).count == format.elements)
        }
        #expect(try decoder.decode([]).isEmpty)
    }

    @Test("a partial block is refused, with both sizes", arguments: decodable.filter { Spec.format($0).map { $0.bytes > 1 } ?? false })
    func partialBlock(id: String) throws {
        let format = try #require(Spec.format(id))
        let decoder = try ReferenceDecoder(format)
        #expect(throws: DecodeError.partialBlock(format: id, bytes: format.bytes + 1, blockBytes: format.bytes)) {
            try decoder.decode([UInt8](repeating: 0, count: format.bytes + 1))
        }
    }

    @Test("a format known by size only says so (SIZE-01)")
    func sizeOnly() throws {
        let format = try #require(Spec.format("q4_k_turbo"))
        #expect(throws: DecodeError.knownBySizeOnly("q4_k_turbo")) { try ReferenceDecoder(format) }
    }

    @Test("element types are their scalars (PLAIN-01, NUM-06)")
    func plain() throws {
        func decode(_ id: String, _ bytes: [UInt8]) throws -> [Float] { try ReferenceDecoder(#require(Spec.format(id))).decode(bytes) }
        #expect(try decode("f32", [0x01, 0, 0x80, 0x7F])[0].bitPattern == 0x7F80_0001)
        #expect(try decode("i8", [0x80]) == [-128])
        #expect(try decode("i16", [0, 0x80]) == [-32768])
        #expect(try decode("i32", [1, 0, 0, 1]) == [16_777_216])  // 2^24 + 1: tie to even
        #expect(try decode("i64", [3, 0, 0, 1, 0, 0, 0, 0]) == [16_777_220])
        #expect(try decode("f64", [0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F]) == [0.1])
        #expect(try decode("bf16", [0x80, 0x3F]) == [1])
        #expect(try decode("f16", [0, 0x3C]) == [1])
    }
}
