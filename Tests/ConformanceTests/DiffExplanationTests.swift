import BlockDiff
import Foundation
import HIFIBlockSpec
import HIFIReference
import Suite
import Testing

/// A wrong decoder, and words that its explanation must have.
struct PlantedMistake: Sendable, CustomTestStringConvertible {
    let name: String
    let format: String
    let words: [String]
    let decode: @Sendable ([UInt8], BlockFormat) throws -> [Float]

    var testDescription: String { "\(format): \(name)" }

    /// Per-weight formula for Q3_K-based blocks.
    typealias Formula = @Sendable (_ d: Float, _ scale: Int, _ code: Int) -> Float

    private static func q3(
        _ name: String, _ words: [String], format: String = "q3_k_hifi@r6", scale: @escaping @Sendable ([UInt8], Int) -> Int = Self.scale,
        outliers: @escaping @Sendable ([UInt8], inout [Float]) -> Void = Self.replace,
        formula: @escaping Formula = { ($0 * Float($1)) * Float($2) }
    ) -> PlantedMistake {
        PlantedMistake(name: name, format: format, words: words) { bytes, format in
            stride(from: 0, to: bytes.count, by: format.bytes).flatMap { start -> [Float] in
                let b = Array(bytes[start..<start + format.bytes])
                let d = SmallFloats.float(half: UInt16(b[108]) | UInt16(b[109]) << 8)
                var weights = (0..<256).map { i in
                    let (h, q, l) = (i >> 7, i >> 5 & 3, i & 31)
                    let code = Int(b[32 + 32 * h + l] >> UInt8(2 * q) & 3) + 4 * Int(b[l] >> UInt8(4 * h + q) & 1) - 4
                    return formula(d, scale(b, i / 16), code)
                }
                outliers(b, &weights)
                return weights
            }
        }
    }

    @Sendable private static func scale(_ b: [UInt8], _ s: Int) -> Int {
        Int(b[96 + s % 8] >> UInt8(4 * (s / 8)) & 15) + 16 * Int(b[104 + s % 4] >> UInt8(2 * (s / 4)) & 3) - 32
    }

    @Sendable private static func value(_ b: [UInt8], _ slot: Int) -> Float {
        SmallFloats.float(half: UInt16(b[118 + 2 * slot]) | UInt16(b[119 + 2 * slot]) << 8)
    }

    @Sendable private static func replace(_ b: [UInt8], _ weights: inout [Float]) {
        guard b.count > 110 else { return }
        for slot in 0..<8 { weights[Int(b[110 + slot])] = value(b, slot) }
    }

    static let all: [PlantedMistake] = [
        q3("bias 31", ["bias of every scale is -31"], scale: { scale($0, $1) + 1 }),
        q3(
            "upper bits of scales lost", ["bits of scales", "taken for 0"], scale: { Int($0[96 + $1 % 8] >> UInt8(4 * ($1 / 8)) & 15) - 32 }
        ),
        q3("last sub-block uses the scale before", ["last sub-block takes the scale of the one before"], scale: { scale($0, min($1, 14)) }),
        q3("every scale from the neighbour", ["every sub-block takes the scale of the one before"], scale: { scale($0, max(0, $1 - 1)) }),
        q3(
            "rounded through fp16", ["every weight is rounded to fp16"],
            formula: { SmallFloats.float(half: SmallFloats.half(($0 * Float($1)) * Float($2))) }),
        q3(
            "subnormal d flushed", ["d is taken for 0 where it is subnormal"],
            formula: { ((abs($0) < 0x1p-14 ? $0 * 0 : $0) * Float($1)) * Float($2) }),
        q3("integer product", ["multiplied as integers"], formula: { $0 * Float($1 * $2) }),
        q3("outliers left out", ["outliers are not applied"], outliers: { _, _ in }),
        q3(
            "outliers added", ["outliers are added to the base instead"],
            outliers: { b, w in for s in 0..<8 { w[Int(b[110 + s])] = value(b, s) + w[Int(b[110 + s])] } }),
        q3("reverse slot order", ["reverse order"], outliers: { b, w in for s in (0..<8).reversed() { w[Int(b[110 + s])] = value(b, s) } }),
        q3(
            "last slot lost", ["last outlier in use is left out"], outliers: { b, w in for s in 0..<7 { w[Int(b[110 + s])] = value(b, s) } }
        ),
        q3(
            "position one too far", ["one place after"],
            outliers: { b, w in for s in 0..<8 where b[110 + s] < 255 { w[Int(b[110 + s]) + 1] = value(b, s) } }),
        q3(
            "255 taken for empty", ["position 255 are taken for empty"],
            outliers: { b, w in for s in 0..<8 where b[110 + s] != 255 { w[Int(b[110 + s])] = value(b, s) } }),
        q3(
            "values big-endian", ["outlier_vals"],
            outliers: { b, w in
                for s in 0..<8 { w[Int(b[110 + s])] = SmallFloats.float(bfloat16: UInt16(b[118 + 2 * s]) | UInt16(b[119 + 2 * s]) << 8) }
            }),
        PlantedMistake(name: "stride of another revision", format: "q3_k_hifi@r6", words: ["136 bytes apart"]) { bytes, format in
            let decoder = try ReferenceDecoder(format)
            let padded = bytes + [UInt8](repeating: 0, count: bytes.count)
            return try stride(from: 0, to: bytes.count, by: 134).flatMap {
                try decoder.decode(Array(padded[$0 / 134 * 136..<$0 / 134 * 136 + 134]))
            }
        },
        PlantedMistake(name: "read as r12", format: "q3_k_hifi@r13", words: ["all outlier slots act"]) { bytes, _ in
            try ReferenceDecoder(Spec.format("q3_k_hifi@r12") ?? Spec.formats[0]).decode(bytes)
        },
        PlantedMistake(name: "product of the residual fused", format: "q3_k_hifi_res8", words: ["fused with its addition"]) {
            bytes, format in
            var weights = try ReferenceDecoder(Spec.format("q3_k") ?? format).decode(
                stride(from: 0, to: bytes.count, by: 132).flatMap { bytes[$0..<$0 + 110] })
            for block in 0..<bytes.count / 132 {
                let b = Array(bytes[132 * block..<132 * block + 132])
                let scale = Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(b[128 + $1]) << UInt32(8 * $1) })
                for slot in 0..<Int(min(b[110], 8)) {
                    let at = 256 * block + Int(b[112 + slot])
                    weights[at] = weights[at].addingProduct(scale, Float(Int8(bitPattern: b[120 + slot])))
                }
            }
            return weights
        },
        PlantedMistake(name: "halves of the block swapped", format: "q6_k", words: ["halves of the block are swapped"]) { bytes, format in
            let right = try ReferenceDecoder(format).decode(bytes)
            return right.indices.map { right[$0 ^ 128] }
        },
        PlantedMistake(name: "the sign by parity is lost", format: "iq2_xxs", words: ["last weight of eight is never negative"]) {
            bytes, format in
            let right = try ReferenceDecoder(format).decode(bytes)
            return right.indices.map { index in
                // Scales are positive or not: the sign of a weight is that of d unless its own is set.
                let d = SmallFloats.float(half: UInt16(bytes[index / 256 * 66]) | UInt16(bytes[index / 256 * 66 + 1]) << 8)
                return index % 8 == 7 ? (d < 0 ? -abs(right[index]) : abs(right[index])) : right[index]
            }
        },
        PlantedMistake(name: "ternary digits by division", format: "tq1_0", words: ["digits are found by division"]) { bytes, format in
            stride(from: 0, to: bytes.count, by: format.bytes).flatMap { start -> [Float] in
                let b = Array(bytes[start..<start + format.bytes])
                let d = SmallFloats.float(half: UInt16(b[52]) | UInt16(b[53]) << 8)
                return (0..<256).map { w in
                    let (byte, digit) = w < 160 ? (w % 32, w / 32) : w < 240 ? (32 + w % 16, w / 16 - 10) : (48 + w % 4, w / 4 - 60)
                    return Float(Int(b[byte]) / [81, 27, 9, 3, 1][digit] % 3 - 1) * d
                }
            }
        },
        PlantedMistake(name: "scales not halved", format: "nvfp4", words: ["twice as large"]) { bytes, format in
            try ReferenceDecoder(format).decode(bytes).map { 2 * $0 }
        },
    ]
}

@Suite("A single mistake is found by the bits it leaves")
struct DiffExplanationTests {
    /// Random blocks with moderate floats, every second with a subnormal `d` and a position twice.
    private func blocks(_ format: BlockFormat, _ count: Int) -> [UInt8] {
        var blocks = Fixture.noise(count * format.bytes, seed: 77)
        for block in 0..<count {
            let start = block * format.bytes
            for field in format.fields where field.type.canBeNonFinite && field.type != .f16 {
                blocks[start + field.offset + 2] = 0x12
                blocks[start + field.offset + 3] = 0x3C
            }
            for field in format.fields where field.type == .f16 {
                for index in 0..<field.count {
                    let last = start + field.offset + 2 * index + 1
                    blocks[last] = block % 2 == 1 && field.name == "d" ? 0x01 : blocks[last] & 0xB7 | 0x20
                }
            }
            if let index = format.field("outlier_idx") {
                blocks[start + index.offset + 1] = blocks[start + index.offset + 3]
                if block % 3 == 0 { blocks[start + index.offset + 6] = 255 }
            }
            if let count = format.field("outlier_count") { blocks[start + count.offset] = UInt8(block % 8) }
        }
        return blocks
    }

    @Test("planted mistakes", arguments: PlantedMistake.all)
    func planted(_ mistake: PlantedMistake) throws {
        let format = try #require(Spec.format(mistake.format))
        let blocks = blocks(format, 40)
        let expected = try ReferenceDecoder(format).decode(blocks)
        let actual = try mistake.decode(blocks, format)
        var comparison = ArrayComparison()
        comparison.format = format
        comparison.blocks = BlockArray(blocks, blockBytes: format.bytes)
        let diff = comparison.run("", FloatSource(expected), FloatSource(actual)).diff
        #expect(!diff.isEqual)
        #expect(diff.referee?.expectedIsReference == diff.referee?.examined && diff.referee?.actualIsReference == 0)
        let sentences = diff.explanations.map(\.sentence)
        #expect(sentences.contains { sentence in mistake.words.allSatisfy(sentence.contains) }, "\(sentences)")
        // The faulty side is explained, whichever it is.
        let turned = comparison.run("", FloatSource(actual), FloatSource(expected)).diff
        #expect(turned.explainsExpected && turned.explanations == diff.explanations)
    }

    @Test("a difference in a weight of a grid names the entry that its code names")
    func gridEntry() throws {
        let format = try #require(Spec.format("iq3_s"))
        var block = [UInt8](repeating: 0, count: 110)
        (block[1], block[2 + 3], block[66]) = (0x3C, 0x2A, 1 << 3)
        let expected = try ReferenceDecoder(format).decode(block)
        var actual = expected
        actual[13] += 100
        var comparison = ArrayComparison()
        comparison.format = format
        comparison.blocks = BlockArray(block, blockBytes: format.bytes)
        let diff = comparison.run("", FloatSource(expected), FloatSource(actual)).diff
        let lines = try #require(diff.first.first).anatomy
        #expect(lines.contains { $0.contains("entry \(256 + 0x2A) of grid iq3_s") }, "\(lines)")
    }

    @Test(
        "damage to one stored number is named: field, byte and value",
        arguments: [
            (40, UInt8(0x08), ["bit 3 of qs[8]"]), (5, 0x40, ["bit 6 of hmask[5]"]), (97, 0x70, ["scales[1]"]),
            (97, 0x70, ["the scale of sub-block 9"]),
            (109, 0x04, ["d is 0x"]), (112, 0x21, ["outlier_idx[2]"]), (125, 0x11, ["outlier_vals[3]"]),
        ])
    func damage(_ byte: Int, _ flip: UInt8, _ words: [String]) throws {
        let format = try #require(Spec.format("q3_k_hifi@r6"))
        let blocks = blocks(format, 6)
        var damaged = blocks
        damaged[2 * 134 + byte] ^= flip
        let decoder = try ReferenceDecoder(format)
        var comparison = ArrayComparison()
        comparison.format = format
        comparison.blocks = BlockArray(blocks, blockBytes: 134)
        let (expected, actual) = (FloatSource(try decoder.decode(blocks)), FloatSource(try decoder.decode(damaged)))
        let (diff, differing, weights) = comparison.run("", expected, actual)
        #expect(differing == [2])
        let explanations = diff.explanations.filter { $0.block == 2 }
        #expect(
            explanations.contains { explanation in words.allSatisfy(explanation.sentence.contains) }, "\(diff.explanations.map(\.sentence))"
        )
        let smallest = try #require(comparison.minimal(expected, actual, blocks: differing, weights: weights))
        #expect(smallest.block == 2 && smallest.blockBytes == Hex.text(blocks[268..<402]) && !smallest.explanations.isEmpty)
    }

    @Test("two mistakes at once are not explained away")
    func twoMistakes() throws {
        let format = try #require(Spec.format("q3_k_hifi@r6"))
        let blocks = blocks(format, 6)
        let expected = try ReferenceDecoder(format).decode(blocks)
        let actual = expected.enumerated().map {
            $0.offset % 5 == 0 ? $0.element * 1.25 + 0.5 : $0.offset % 7 == 1 ? -$0.element : $0.element
        }
        var comparison = ArrayComparison()
        comparison.format = format
        comparison.blocks = BlockArray(blocks, blockBytes: 134)
        #expect(comparison.run("", FloatSource(expected), FloatSource(actual)).diff.explanations.isEmpty)
    }
}
