import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// The revisions without recorded bytes, against their rules written down a second time, as directly as they read.
@Suite("Encoders of the early and short-lived revisions")
struct EncodeRevisionTests {
    private func encode(_ id: String, _ rows: [Float], importance: [Float]? = nil, outliers: Int? = nil) throws -> [UInt8] {
        let encoder = try ReferenceEncoder(#require(Spec.format(id)), outliers: outliers)
        return try encoder.encode(rows, columns: 256, importance: importance)
    }

    private static let inputs = ["gauss", "student3", "ties", "mixed", "onehot", "zeros", "tinyf16"]

    private func rows(_ input: String) throws -> [Float] { Array(try RecordedEncode.floats(input).prefix(4096)) }

    private func importance() throws -> [Float] { Array(try RecordedEncode.floats("importance-imz").suffix(256)) }

    /// Positions of the `count` highest scores, the first of equals first.
    private func top(_ count: Int, _ scores: [Float]) -> [Int] {
        Array(scores.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }.prefix(count))
    }

    private func littleEndian(half value: Float) -> [UInt8] {
        let bits = SmallFloats.half(value)
        return [UInt8(bits & 0xFF), UInt8(bits >> 8)]
    }

    /// r1 to r4 by the text of the rule.
    private func linear(_ x: [Float], importance: [Float]?, slots: Int, wide: Bool, planes: Bool) -> [UInt8] {
        let chosen = top(slots, x.indices.map { abs(x[$0]) * (importance?[$0] ?? 1) })
        var rest = x
        for i in chosen { rest[i] = 0 }
        let d = rest.map(abs).reduce(0, max) / 4
        let inverse = d != 0 ? 1 / d : 0
        let codes = rest.map { Int(max(-4, min(3, ($0 * inverse).rounded(.toNearestOrAwayFromZero)))) + 4 }
        var bytes: [UInt8] = wide ? withUnsafeBytes(of: d.bitPattern.littleEndian, Array.init) : littleEndian(half: d)
        if planes {
            for i in stride(from: 0, to: 256, by: 4) { bytes.append(UInt8((0..<4).reduce(0) { $0 | (codes[i + $1] & 3) << (2 * $1) })) }
            for i in stride(from: 0, to: 256, by: 8) { bytes.append(UInt8((0..<8).reduce(0) { $0 | (codes[i + $1] >> 2) << $1 })) }
        } else {
            var stream = [UInt8](repeating: 0, count: 96)
            for i in 0..<256 {
                for b in 0..<3 where codes[i] >> b & 1 == 1 { stream[(3 * i + b) / 8] |= 1 << UInt8((3 * i + b) % 8) }
            }
            bytes += stream
        }
        for i in chosen { bytes += wide ? [UInt8(i), 0] : [UInt8(i)] }
        for i in chosen { bytes += littleEndian(half: x[i]) }
        return bytes
    }

    @Test("r1 to r4 (ENC-18)", arguments: inputs)
    func linearRevisions(_ input: String) throws {
        let x = try rows(input)
        for weights in [nil, try importance()] {
            for (id, slots, wide, planes) in [
                ("q3_k_hifi@r1", 4, true, false), ("q3_k_hifi@r2", 6, true, false), ("q3_k_hifi@r3", 6, false, false),
                ("q3_k_hifi@r4", 6, false, true),
            ] {
                let expected = stride(from: 0, to: x.count, by: 256).flatMap {
                    linear(Array(x[$0..<$0 + 256]), importance: weights, slots: slots, wide: wide, planes: planes)
                }
                #expect(try encode(id, x, importance: weights) == expected, "\(id) of \(input)")
            }
        }
    }

    @Test("r3 and r4 encode to the same weights, and r9, r10, r11 too", arguments: inputs)
    func sameWeights(_ input: String) throws {
        let x = try rows(input)
        for weights in [nil, try importance()] {
            for group in [["q3_k_hifi@r3", "q3_k_hifi@r4"], ["q3_k_hifi@r9", "q3_k_hifi@r10", "q3_k_hifi@r11"]] {
                let decoded = try group.map { id in
                    try ReferenceDecoder(#require(Spec.format(id))).decode(encode(id, x, importance: weights)).map(\.bitPattern)
                }
                #expect(decoded.allSatisfy { $0 == decoded[0] })
            }
        }
    }

    @Test("r7d writes the bytes of r7a and r7b, r7e those of r7c", arguments: inputs)
    func sameBytes(_ input: String) throws {
        let x = try rows(input)
        for weights in [nil, try importance()] {
            let a = try encode("q3_k_hifi@r7a", x, importance: weights)
            #expect(try encode("q3_k_hifi@r7b", x, importance: weights) == a)
            #expect(try encode("q3_k_hifi@r7d", x, importance: weights) == a)
            #expect(try encode("q3_k_hifi@r7c", x, importance: weights) == encode("q3_k_hifi@r7e", x, importance: weights))
        }
    }

    @Test("r7 stores residuals of a plain Q3_K block: by size, or by size and magnitude in r7f (ENC-22)", arguments: inputs)
    func residuals(_ input: String) throws {
        let x = try rows(input)
        let base = try encode("q3_k", x)
        let decoded = try ReferenceDecoder(#require(Spec.format("q3_k"))).decode(base)
        for weights in [nil, try importance()] {
            for (id, byMagnitude) in [("q3_k_hifi@r7a", false), ("q3_k_hifi@r7f", true)] {
                var expected: [UInt8] = []
                for block in 0..<x.count / 256 {
                    let residual = (0..<256).map { x[256 * block + $0] - decoded[256 * block + $0] }
                    let scores = (0..<256).map { i in
                        let score = abs(residual[i]) * (weights?[i] ?? 1)
                        return byMagnitude ? score * (1 + 0.5 * abs(x[256 * block + i])) : score
                    }
                    let chosen = top(16, scores)
                    expected += base[110 * block..<110 * block + 110] + [16, 0] + chosen.map(UInt8.init)
                    expected += chosen.flatMap { littleEndian(half: residual[$0]) }
                }
                #expect(try encode(id, x, importance: weights) == expected, "\(id) of \(input)")
            }
        }
    }

    @Test("r8 packs the codes of all but the outliers, whether or not slots are left over (ENC-18)", arguments: [16, 15, 1])
    func sparse(_ outliers: Int) throws {
        let x = try rows("student3")
        var expected: [UInt8] = []
        for start in stride(from: 0, to: x.count, by: 256) {
            let block = Array(x[start..<start + 256])
            let chosen = top(outliers, block.map(abs))
            let inliers = block.indices.filter { !chosen.contains($0) }.map { block[$0] }
            let scale = inliers.map(abs).reduce(0, max) / 3.5
            var stream = [UInt8](repeating: 0, count: 110)
            for (rank, value) in inliers.enumerated() {
                let code = max(0, min(7, Int(max(-3.5, min(3.5, value / scale)).rounded(.toNearestOrAwayFromZero)) + 4))
                for b in 0..<3 where code >> b & 1 == 1 { stream[(3 * rank + b) / 8] |= 1 << UInt8((3 * rank + b) % 8) }
            }
            let empty = [Int](repeating: 0, count: 16 - outliers)
            expected += littleEndian(half: scale) + (chosen + empty).map(UInt8.init)
            expected += chosen.flatMap { littleEndian(half: block[$0]) } + empty.flatMap { _ in [UInt8(0), 0] } + stream
        }
        #expect(try encode("q3_k_hifi@r8", x, outliers: outliers) == expected)
    }

    @Test("r12a stores by falling magnitude what r12c stores by position; unused slots differ (ENC-20)", arguments: [8, 4, 0])
    func order(_ outliers: Int) throws {
        let x = try rows("student3")
        let a = try encode("q3_k_hifi@r12a", x, outliers: outliers)
        let c = try encode("q3_k_hifi@r12c", x, outliers: outliers)
        for block in 0..<x.count / 256 {
            let at = 136 * block
            #expect(a[at..<at + 110] == c[at..<at + 110])
            #expect(a[at + 110..<at + 110 + outliers].sorted() == Array(c[at + 110..<at + 110 + outliers]))
            let magnitudes = (0..<outliers).map { abs(x[256 * block + Int(a[at + 110 + $0])]) }
            #expect(magnitudes == magnitudes.sorted(by: >))
            #expect(a[at + 110 + outliers..<at + 118].allSatisfy { $0 == 0 })
            #expect(c[at + 110 + outliers..<at + 118].allSatisfy { $0 == (outliers == 0 ? 0 : 255) })
        }
    }

    @Test("r13 ignores importances, counts its slots and takes none from a block of zeros (ENC-21)")
    func r13() throws {
        let x = try rows("student3")
        let plain = try encode("q3_k_hifi@r13", x)
        #expect(try encode("q3_k_hifi@r13", x, importance: importance()) == plain)
        let r12 = try encode("q3_k_hifi@r12c", x)
        for block in 0..<x.count / 256 {
            #expect(plain[136 * block..<136 * block + 134] == r12[136 * block..<136 * block + 134])
            #expect(plain[136 * block + 134..<136 * block + 136] == [8, 0])
        }
        var few = [Float](repeating: 0, count: 256)
        few[200] = 1
        few[3] = -2
        let block = try encode("q3_k_hifi@r13", few)
        #expect(block[110..<118] == [3, 200, 0, 0, 0, 0, 0, 0])
        #expect(block[134] == 2)
    }

    @Test("the importance of a tensor is the spread of its importances (QUANT-10), and moves the number of outliers by two (QUANT-11)")
    func budget() {
        #expect(OutlierBudget.tensorImportance([Float](repeating: 3, count: 64)) == 0.2)
        #expect(OutlierBudget.tensorImportance([]) == 0.5)
        #expect(OutlierBudget.tensorImportance([Float](repeating: 1e-11, count: 64)) == 0.5)
        #expect(OutlierBudget.tensorImportance([0, 2]) == 0.2 + 0.7 * Float(1.0 / 3))
        #expect(OutlierBudget.tensorImportance([1] + [Float](repeating: 0, count: 63)) == 0.9)
        #expect(OutlierBudget.perTensor(base: 0, importance: 0.2) == 2)
        #expect(OutlierBudget.perTensor(base: 0, importance: 0.5) == 0)
        #expect(OutlierBudget.perTensor(base: 8, importance: 0.9) == 8)
        #expect(OutlierBudget.perTensor(base: 6, importance: 0.7) == 8)
        #expect(OutlierBudget.perTensor(base: 6, importance: 0.4) == 6)
        #expect(OutlierBudget.perTensor(base: 6, importance: 0.3) == 4)
    }

    /// Importances of one block, the outliers asked for, the size of the model, and what the block keeps.
    static let blockCounts: [(peak: Float, rest: Float, asked: Int, billions: Float, kept: Int)] = [
        (1, 1, 8, 1, 7),  // mean 1, no spread: 0.2 + 0.7 * 0.02, factor 0.5 + 0.5 * 0.214 / 0.3 = 0.857
        (1, 1, 8, 7, 5),  // the same in a large model: times 0.8
        (0, 0, 8, 1, 8),  // nothing matters: importance 0.3, factor 1
        (0, 0, 8, 7, 6),
        (1000, 1, 5, 1, 7),  // one matters: importance 0.9, factor 1.33
        (1000, 1, 8, 1, 8),
        (1, 1, 1, 7, 1),
    ]

    @Test("RES8 blocks keep outliers by the spread of their importances (QUANT-13)", arguments: blockCounts.indices)
    func blockCount(index: Int) throws {
        let row = Self.blockCounts[index]
        var importance = [Float](repeating: row.rest, count: 256)
        importance[7] = row.peak
        let x = (0..<256).map { Float(($0 * 37) % 256) / 64 - 2 }
        let format = try #require(Spec.format("q6_k_hifi_res8"))
        let encoder = try ReferenceEncoder(format, outliers: row.asked, modelBillions: row.billions)
        let block = try encoder.encode(x, columns: 256, importance: importance)
        #expect(Int(block[210]) == row.kept)
    }

    @Test(
        "Q5_K_HIFI_RES8 drops residuals below a share of the spread that follows the model's size (QUANT-14)",
        arguments: [(Float(1.9), Float(0.22)), (2, 0.18), (7.9, 0.18), (8, 0.15), (70, 0.15)])
    func negligible(billions: Float, share: Float) {
        #expect(Spec.quantizer.negligibleResidualShare(billions: billions) == share)
    }
}
