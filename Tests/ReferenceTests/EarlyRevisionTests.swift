import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// The revisions before the Q3_K base, and the sparse one, decoded a second time with loops instead of planes.
@Suite("Revisions with their own code layout (R1 to R4, R8)")
struct EarlyRevisionTests {
    /// Three bits from bit `3 · index` of a little-endian bit string.
    private func contiguous(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Int {
        (0..<3).reduce(0) { code, bit in
            let position = 3 * index + bit
            return code | Int(bytes[bytes.startIndex + position / 8] >> UInt8(position % 8) & 1) << bit
        }
    }

    private func replaceOutliers(_ weights: inout [Float], _ block: [UInt8], index: Int, wide: Bool, values: Int, slots: Int) {
        for slot in 0..<slots {
            let position = wide ? Int(block[index + 2 * slot]) | Int(block[index + 2 * slot + 1]) << 8 : Int(block[index + slot])
            guard position < 256 else { continue }
            weights[position] = TailRule.half(block, values + 2 * slot)
        }
    }

    @Test("r1, r2 and r3: one bit string of 3-bit codes (R1-01 to R1-04, R2-01, R2-02, R3-01, R3-02)", arguments: [1, 2, 3])
    func contiguousCodes(revision: Int) throws {
        let (bytes, codes, index, values, slots) = [(116, 4, 100, 108, 4), (124, 4, 100, 112, 6), (116, 2, 98, 104, 6)][revision - 1]
        let format = try #require(Spec.format("q3_k_hifi@r\(revision)"))
        #expect(format.bytes == bytes)
        let decoder = try ReferenceDecoder(format)
        var random = SplitMix64(seed: UInt64(revision))
        for _ in 0..<300 {
            var block = random.bytes(bytes)
            block[codes - 1] &= 0x3B  // a finite scale
            if revision < 3 { for slot in 0..<slots { block[index + 2 * slot + 1] &= 1 } }  // half of the positions in range
            let scale = revision == 3 ? TailRule.half(block, 0) : TailRule.single(block, 0)
            var expected = (0..<256).map { Float(contiguous(block[codes..<codes + 96], $0) - 4) * scale }
            replaceOutliers(&expected, block, index: index, wide: revision < 3, values: values, slots: slots)
            #expect(zip(expected, try decoder.decode(block)).allSatisfy(same))
        }
    }

    @Test("a position of 256 or more writes nowhere (R1-06, R2-04)", arguments: ["q3_k_hifi@r1", "q3_k_hifi@r2"])
    func positionOutside(name: String) throws {
        let format = try #require(Spec.format(name))
        var block = [UInt8](repeating: 0, count: format.bytes)
        let index = try #require(format.field("outlier_idx"))
        let values = try #require(format.field("outlier_vals"))
        for slot in 0..<index.count {
            block[index.offset + 2 * slot] = UInt8(slot)
            block[index.offset + 2 * slot + 1] = slot == 0 ? 1 : 255  // 256 and far beyond
            block[values.offset + 2 * slot + 1] = 0x3C
        }
        #expect(try ReferenceDecoder(format).decode(block).allSatisfy { $0 == 0 })
    }

    @Test("r4: two linear planes (R4-01 to R4-03)")
    func linearPlanes() throws {
        let decoder = try ReferenceDecoder(#require(Spec.format("q3_k_hifi@r4")))
        var random = SplitMix64(seed: 4)
        for _ in 0..<300 {
            var block = random.bytes(116)
            block[1] &= 0x3B
            let scale = TailRule.half(block, 0)
            var expected = (0..<256).map { weight -> Float in
                let low = block[2 + weight / 4] >> UInt8(2 * (weight % 4)) & 3
                let high = block[66 + weight / 8] >> UInt8(weight % 8) & 1
                return Float(Int(low | high << 2) - 4) * scale
            }
            replaceOutliers(&expected, block, index: 98, wide: false, values: 104, slots: 6)
            #expect(zip(expected, try decoder.decode(block)).allSatisfy(same))
        }
    }

    @Test("r8: inliers are packed around the outliers (R8-01 to R8-03, R8-05)")
    func sparse() throws {
        let decoder = try ReferenceDecoder(#require(Spec.format("q3_k_hifi@r8")))
        var random = SplitMix64(seed: 8)
        for trial in 0..<300 {
            var block = random.bytes(160)
            block[1] &= 0x3B
            if trial % 2 == 0 { for slot in 12..<16 { block[2 + slot] = 0 } }  // unused slots as the fork wrote them
            let scale = TailRule.half(block, 0)
            let listed = Set(block[2..<18].map(Int.init))
            var rank = 0
            var expected = (0..<256).map { weight -> Float in
                if listed.contains(weight) { return 0 }
                defer { rank += 1 }
                return Float(contiguous(block[50..<160], rank) - 4) * scale
            }
            replaceOutliers(&expected, block, index: 2, wide: false, values: 18, slots: 16)
            #expect(zip(expected, try decoder.decode(block)).allSatisfy(same))
        }
    }
}
