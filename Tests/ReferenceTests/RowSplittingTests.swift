import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

@Suite("Bytes as rows")
struct RowSplittingTests {
    @Test("rows are cut where they end, with their headers")
    func rows() throws {
        let format = try #require(Spec.format("iq4_ks"))
        let bytes = (0..<3 * 276).map { UInt8(truncatingIfNeeded: $0 / 276) }
        #expect(format.rows(bytes, of: 512) == (0..<3).map { [UInt8](repeating: $0, count: 276) })
        #expect(format.rows(bytes, of: 256) == nil && format.rows(bytes, of: 500) == nil && format.rows(bytes, of: 0) == nil)
        #expect(format.rows(Array(bytes.dropLast()), of: 512) == nil && format.rows([], of: 512) == nil)
        #expect(try #require(Spec.format("q8_0")).rows([UInt8](repeating: 0, count: 68), of: 32)?.count == 2)
    }

    @Test(
        "every length that rows may have is found",
        arguments: [
            // 8 + 32 n bytes a row: 360 are one row of eleven blocks, five of two or nine of one.
            ("q8_kv", 360, [352, 64, 32]), ("q8_kv", 72, [64]), ("q8_kv", 73, []), ("iq4_ks", 276, [512]),
            ("iq4_ks", 4, []), ("iq4_ks", 0, []),
            ("q8_0", 68, [64, 32]),
            // Groups of four: one group of rows of two blocks, or two of one.
            ("q4_k_r4", 8 * 144, [512, 256]), ("q4_k_r4", 4 * 144, [256]), ("q4_k_r4", 2 * 144, []), ("iq4_ks_r4", 4 * 276, [512]),
        ] as [(String, Int, [Int])])
    func lengths(_ id: String, _ bytes: Int, _ weights: [Int]) throws {
        #expect(try #require(Spec.format(id)).rowLengths(inRowsOf: bytes) == weights)
    }

    @Test("groups of interleaved rows are decoded by whoever decodes rows, and only whole groups")
    func groups() throws {
        let unweaver = try #require(Spec.format("q4_k_r4").flatMap(Unweaver.init))
        let group = (0..<4 * 288).map { UInt8(truncatingIfNeeded: 31 * $0) }
        var seen: [[UInt8]] = []
        let weights = unweaver.decode(group + group, rowWeights: 512) { row in
            seen.append(row)
            return [Float(seen.count)]
        }
        #expect(weights == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(seen == (0..<8).compactMap { unweaver.row($0 % 4, of: group) })
        #expect(unweaver.decode(group, rowWeights: 1024, by: { _ in [0] }) == nil)
        #expect(unweaver.decode(Array(group.dropLast()), by: { _ in [0] }) == nil)
        #expect(try unweaver.decode(group).count == 4 * 512)
    }
}
