import Foundation
import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// Groups of interleaved rows and what ik_llama.cpp's functions decoded them to, as a digest of the little-endian fp32 output, row after
/// row, with every NaN as 0x7fc00000.
struct RecordedGroup: Decodable, Sendable, CustomTestStringConvertible {
    let format: String
    let group: String
    let columns: Int
    let decodedSHA256: String
    let source: String
    /// The function adds an offset instead of taking it off the code, so that zeros lose their sign; they are digested as +0.
    let zerosWithoutSign: Bool?

    var testDescription: String { "\(format) of \(source)" }

    static let all: [RecordedGroup] = {
        let index = try? JSONDecoder().decode([RecordedGroup].self, from: Data(Repository.bytes("Vectors/recorded/woven/index.json")))
        return index ?? []
    }()
}

/// SIZE-02.
@Suite("Interleaved rows")
struct WeaveTests {
    static let woven = Spec.formats.filter { $0.weave != nil }.map(\.id)

    @Test("every type with a declared weave has recorded rows")
    func present() {
        #expect(Self.woven.count == 21)
        #expect(Set(RecordedGroup.all.map(\.format)) == Set(Self.woven))
    }

    @Test("recorded groups decode to what was recorded", arguments: RecordedGroup.all)
    func recorded(_ recorded: RecordedGroup) throws {
        let unweaver = try #require(Spec.format(recorded.format).flatMap(Unweaver.init))
        let bytes = try Repository.bytes("Vectors/recorded/woven/\(recorded.group)")
        #expect(unweaver.weights(inRowsOf: bytes.count) == recorded.columns)
        let weights = try unweaver.decode(bytes)
        #expect(weights.count == recorded.columns * unweaver.rows)
        let bits = weights.map { weight -> UInt32 in
            if weight.isNaN { return 0x7FC0_0000 }
            return weight == 0 && recorded.zerosWithoutSign == true ? 0 : weight.bitPattern
        }
        let digest = bits.withUnsafeBytes { SHA256.hash(data: $0) }
        #expect(digest.map { String(format: "%02x", $0) }.joined() == recorded.decodedSHA256)
    }

    @Test("taking apart loses nothing: every bit of a group is in one row, once", arguments: woven)
    func permutation(id: String) throws {
        let format = try #require(Spec.format(id))
        let unweaver = try #require(Unweaver(format))
        let base = unweaver.base
        let size = unweaver.rows * (format.headerBytes + format.bytes)
        let header = unweaver.rows * format.headerBytes
        // Random bits, and each bit of one group that is turned turns one bit of one row.
        var random = SplitMix64(seed: 11)
        let group = random.bytes(size)
        func rows(_ group: [UInt8]) throws -> [UInt8] {
            try (0..<unweaver.rows).flatMap { try #require(unweaver.row($0, of: group)) }
        }
        let apart = try rows(group)
        #expect(apart.count == size && base.bytes == format.bytes && base.headerBytes == format.headerBytes)
        func ones(_ bytes: [UInt8]) -> Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }
        #expect(ones(apart) == ones(group))
        for bit in stride(from: 8 * header, to: 8 * size, by: 13) {
            var turned = group
            turned[bit >> 3] ^= 1 << UInt8(bit & 7)
            let changed = zip(apart, try rows(turned)).map { $0 ^ $1 }
            #expect(ones(changed) == 1, "bit \(bit)")
        }
    }

    @Test("bytes that are no whole groups are refused, and other formats are not taken apart")
    func partial() throws {
        let unweaver = try #require(Spec.format("iq4_ks_r4").flatMap(Unweaver.init))
        for count in [1, 4 * 4 + 4 * 136 - 1, 4 * 4 + 4 * 136 + 4, 16 + 136] {
            #expect(unweaver.row(0, of: [UInt8](repeating: 0, count: count)) == nil, "\(count)")
            #expect(throws: DecodeError.partialRow(format: "iq4_ks_r4", bytes: count, weights: nil)) {
                try unweaver.decode([UInt8](repeating: 0, count: count))
            }
        }
        #expect(unweaver.row(4, of: [UInt8](repeating: 0, count: 4 * 140)) == nil && unweaver.row(-1, of: []) == nil)
        for id in ["iq4_ks", "q4_0", "iq2_xxs_r4", "bf16_r16"] { #expect(Spec.format(id).flatMap(Unweaver.init) == nil, "\(id)") }
    }
}
