import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// IQ2KS-01 to IQ2KS-05 are restated here; the other types with row headers have recorded rows.
@Suite("Rows with headers")
struct RowHeaderTests {
    static let headed = Spec.formats.filter { $0.rowHeader != nil && $0.decoding != nil }.map(\.id)

    @Test("any bytes decode, as one row or as several, and the same where a row is one block", arguments: headed)
    func anyBytes(id: String) throws {
        let format = try #require(Spec.format(id))
        let decoder = try ReferenceDecoder(format)
        let single = try ReferenceDecoder(format.asOneBlockRows)
        var random = SplitMix64(seed: 3)
        let (perRow, rows) = (3, 4)
        let rowBytes = try #require(format.bytes(forRowOf: UInt64(perRow * format.elements)).map(Int.init))
        let bytes = random.bytes(rows * rowBytes)
        var together = [Float](repeating: 0, count: rows * perRow * format.elements)
        try bytes.withUnsafeBytes { bytes in
            try together.withUnsafeMutableBufferPointer { try decoder.decode(rows: bytes, rowWeights: perRow * format.elements, into: $0) }
        }
        var apart: [Float] = []
        var glued: [UInt8] = []
        for row in 0..<rows {
            apart += try decoder.decode(Array(bytes[row * rowBytes..<(row + 1) * rowBytes]))
            for block in 0..<perRow {
                let start = format.offset(ofBlock: row * perRow + block, perRow: perRow)
                glued += bytes[row * rowBytes..<row * rowBytes + format.headerBytes] + bytes[start..<start + format.bytes]
            }
        }
        #expect(together.map(\.bitPattern) == apart.map(\.bitPattern))
        #expect(try single.decode(glued).map(\.bitPattern) == apart.map(\.bitPattern))
        for byte in [UInt8(0), 0x7F, 0x80, 0xFF] {
            let row = [UInt8](repeating: byte, count: format.headerBytes + format.bytes)
            #expect(try decoder.decode(row).count == format.elements)
        }
    }

    @Test("a row that is not a header and whole blocks is refused", arguments: headed)
    func partial(id: String) throws {
        let format = try #require(Spec.format(id))
        let decoder = try ReferenceDecoder(format)
        for count in [0, format.headerBytes - 1, format.headerBytes + format.bytes - 1, format.headerBytes + format.bytes + 1] {
            #expect(throws: DecodeError.partialRow(format: id, bytes: count, weights: nil)) {
                try decoder.decode([UInt8](repeating: 0, count: count))
            }
        }
        #expect(try decoder.decode([UInt8](repeating: 0, count: format.headerBytes)).isEmpty)
    }

    @Test("the scale of one row does not reach the next", arguments: headed)
    func ownScale(id: String) throws {
        let format = try #require(Spec.format(id))
        let d = try #require(format.rowHeader?.field("d"))
        let decoder = try ReferenceDecoder(format)
        let body = SplitMix64.bytes(seed: 5, count: format.bytes)
        func row(_ scale: [UInt8]) -> [UInt8] {
            var header = [UInt8](repeating: 0, count: format.headerBytes)
            header.replaceSubrange(d.offset..<d.offset + scale.count, with: scale)
            return header + body
        }
        let (one, two): ([UInt8], [UInt8]) = d.type == .f16 ? ([0, 0x3C], [0, 0x40]) : ([0, 0, 0x80, 0x3F], [0, 0, 0, 0x40])
        var both = [Float](repeating: 0, count: 2 * format.elements)
        try (row(one) + row(two)).withUnsafeBytes { bytes in
            try both.withUnsafeMutableBufferPointer { try decoder.decode(rows: bytes, rowWeights: format.elements, into: $0) }
        }
        #expect(zip(both, both.dropFirst(format.elements)).allSatisfy { $1 == 2 * $0 })
        #expect(both.contains { $0 != 0 })
    }

    @Test("sizes of rows are those of ik_llama.cpp, and what does not fit is no size")
    func sizes() throws {
        let rows: [(String, UInt64)] = [
            ("iq1_bn", 210), ("iq2_bn", 260), ("iq4_ks", 548), ("iq2_ks", 282), ("iq4_kss", 516), ("q8_k16", 1044), ("q8_kv", 1032),
            ("iq5_ks", 676), ("iq2_kt", 276), ("iq3_kt", 404), ("iq4_kt", 516), ("iq3_ks", 410), ("iq2_kl", 346), ("iq1_kt", 228),
            ("iq1_s_r4", 194), ("iq1_m_r4", 226), ("iq2_bn_r4", 260), ("iq4_ks_r4", 548), ("iq5_ks_r4", 676), ("q8_kv_r8", 1028),
            ("q6_0", 832), ("iq6_k", 848), ("q4_0_r8", 576), ("q8_k_r16", 1032), ("bf16_r16", 2048),
        ]
        for (id, bytes) in rows {
            let format = try #require(Spec.format(id), "\(id)")
            #expect(format.bytes(forRowOf: 1024) == bytes, "\(id)")
            #expect(format.bytes(rows: 3, of: 1024) == 3 * bytes, "\(id)")
        }
        let format = try #require(Spec.format("iq4_ks"))
        #expect(format.bytes(forRowOf: 1000) == nil)
        let single = BlockFormat(
            id: "made_up", aliases: [], title: "", elements: 1, bytes: 1, alignment: 1,
            rowHeader: RowHeader(bytes: 8, alignment: 4, fields: []), base: nil, fields: [], decoding: nil, encoding: nil, checks: [],
            marks: .none, clauses: [], provenance: nil)
        #expect(single.bytes(forRowOf: .max) == nil && single.bytes(forRowOf: .max - 8) == .max)
        #expect(format.bytes(rows: UInt64.max / 100, of: 256) == nil)
        #expect(format.weights(inRowOf: 4) == 0 && format.weights(inRowOf: 140) == 256 && format.weights(inRowOf: 139) == nil)
    }

    @Test("IQ2_KS by its sentences, written down once more")
    func twoBits() throws {
        let format = try #require(Spec.format("iq2_ks"))
        let numbers: [Float] = [-31, -13, 1, 17, -26, -8, 6, 22]
        var random = SplitMix64(seed: 7)
        for _ in 0..<50 {
            let block = random.bytes(70)
            let extra = Int(block[0]) + 256 * Int(block[1])
            let expected = (0..<256).map { w -> Float in
                let s = w / 32
                let nibble = s % 2 == 0 ? block[2 + s / 2] % 16 : block[2 + s / 2] / 16
                let scale = Int(nibble) + (extra >> (8 + s)) % 2 * 16 - 16
                let code = Int(block[6 + w / 128 * 32 + w % 32] >> UInt8(w % 128 / 32 * 2)) % 4
                return 0.0625 * Float(scale) * numbers[code + (extra >> s) % 2 * 4]
            }
            #expect(try ReferenceDecoder(format).decode([0x00, 0x2C] + block).map(\.bitPattern) == expected.map(\.bitPattern))
        }
    }

    @Test("the numbers of a sequence by hand (NUM-13)")
    func sequence() {
        let sequence = NumberSequence(start: 4096, multiplier: 3_417_055_213, mask: 0x3F3F_3F3F, bias: -126, isMagnitude: false)
        for code in [0, 1, 4095, 40_000, 65_535] {
            var state = UInt64(code) + 4096
            for place in 0..<8 {
                state = state * 3_417_055_213 % (1 << 32)
                let bytes = [state, state >> 8, state >> 16, state >> 24].map { Int($0 & 63) }
                #expect(sequence.number(code, place) == bytes.reduce(0, +) - 126)
            }
        }
    }

    @Test("a Gray plane reads the bits of v xor (v >> 1) within each word")
    func gray() {
        let plane = BitPlane(field: "qs", firstBit: 0, strides: [], width: 4, place: 0, signed: false, gray: 16)
        var random = SplitMix64(seed: 11)
        let bytes = random.bytes(8)
        for word in 0..<4 {
            let stored = UInt16(bytes[2 * word]) | UInt16(bytes[2 * word + 1]) << 8
            let v = stored & ~1
            let code = v ^ v >> 1
            for nibble in 0..<4 {
                #expect(plane.bits(at: 16 * word + 4 * nibble, fieldStart: 0) { bytes[$0] } == Int(code >> UInt16(4 * nibble) & 15))
            }
        }
    }
}

extension SplitMix64 {
    fileprivate static func bytes(seed: UInt64, count: Int) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return random.bytes(count)
    }
}
