import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// The tail of a HIFI block, stated a second time in the words of the format's history: offsets as numbers, rules as code.
struct TailRule: Sendable, CustomTestStringConvertible {
    let format: String
    /// The clauses that are restated here.
    let clauses: String
    let base: String
    let bytes: Int
    let slots: Int
    let index: Int
    let value: Int
    /// Offset of the count byte, or nil where every slot acts.
    var count: Int?
    var adds = false
    var onlyFirstOfDuplicates = false
    /// What a slot holds: fp16 at `value + 2k`, or a signed byte at `value + k` times a scale read by this.
    var residual: (@Sendable ([UInt8], Float) -> Float)?

    var testDescription: String { "\(format) (\(clauses))" }

    static func half(_ block: [UInt8], _ at: Int) -> Float { SmallFloats.float(half: UInt16(block[at]) | UInt16(block[at + 1]) << 8) }
    static func single(_ block: [UInt8], _ at: Int) -> Float {
        Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(block[at + $1]) << UInt32(8 * $1) })
    }

    static let all: [TailRule] = [
        TailRule(format: "q3_k_hifi@r5", clauses: "R5-01, R5-02", base: "q3_k", bytes: 128, slots: 6, index: 110, value: 116),
        TailRule(format: "q3_k_hifi@r6", clauses: "R6-01 to R6-04", base: "q3_k", bytes: 134, slots: 8, index: 110, value: 118),
        TailRule(
            format: "q3_k_hifi@r7a", clauses: "R7-01 to R7-03", base: "q3_k", bytes: 160, slots: 16, index: 112, value: 128, count: 110,
            adds: true),
        TailRule(
            format: "q3_k_hifi@r7b", clauses: "R7-01 to R7-03", base: "q3_k", bytes: 160, slots: 16, index: 112, value: 128, count: 110,
            adds: true),
        TailRule(
            format: "q3_k_hifi@r7c", clauses: "R7-01, R7-02, R7-04", base: "q3_k", bytes: 160, slots: 16, index: 112, value: 128,
            count:
                110),
        TailRule(
            format: "q3_k_hifi@r7d", clauses: "R7-01 to R7-03", base: "q3_k", bytes: 160, slots: 16, index: 112, value: 128, count: 110,
            adds: true),
        TailRule(
            format: "q3_k_hifi@r7e", clauses: "R7-01, R7-02, R7-04", base: "q3_k", bytes: 160, slots: 16, index: 112, value: 128,
            count:
                110),
        TailRule(
            format: "q3_k_hifi@r7f", clauses: "R7-01 to R7-03", base: "q3_k", bytes: 160, slots: 16, index: 112, value: 128, count: 110,
            adds: true),
        TailRule(format: "q3_k_hifi@r9", clauses: "R9-01, R9-02", base: "q3_k", bytes: 160, slots: 16, index: 110, value: 126),
        TailRule(format: "q3_k_hifi@r10", clauses: "R10-01, R10-02", base: "q3_k", bytes: 160, slots: 16, index: 111, value: 127),
        TailRule(format: "q3_k_hifi@r10-gpu", clauses: "R10-03", base: "q3_k", bytes: 162, slots: 16, index: 111, value: 128, count: 110),
        TailRule(format: "q3_k_hifi@r11", clauses: "R11-01, R11-02", base: "q3_k", bytes: 159, slots: 16, index: 111, value: 127),
        TailRule(format: "q3_k_hifi@r11-gpu", clauses: "R11-03", base: "q3_k", bytes: 160, slots: 16, index: 111, value: 128, count: 110),
        TailRule(format: "q3_k_hifi@r12a", clauses: "R12-01 to R12-03", base: "q3_k", bytes: 136, slots: 8, index: 110, value: 118),
        TailRule(format: "q3_k_hifi@r12b", clauses: "R12-01 to R12-03", base: "q3_k", bytes: 136, slots: 8, index: 110, value: 118),
        TailRule(format: "q3_k_hifi@r12c", clauses: "R12-01 to R12-03", base: "q3_k", bytes: 136, slots: 8, index: 110, value: 118),
        TailRule(
            format: "q3_k_hifi@r13", clauses: "R13-01, R13-02", base: "q3_k", bytes: 136, slots: 8, index: 110, value: 118, count: 134),
        TailRule(
            format: "q3_k_hifi_res8", clauses: "RES8-01 to RES8-03", base: "q3_k", bytes: 132, slots: 8, index: 112, value: 120,
            count:
                110, adds: true, residual: { single($0, 128) * $1 }),
        TailRule(format: "q4_k_hifi", clauses: "Q4H-01, Q4H-02", base: "q4_k", bytes: 168, slots: 8, index: 144, value: 152),
        TailRule(
            format: "q5_k_hifi_res8", clauses: "Q5R-01 to Q5R-03", base: "q5_k", bytes: 196, slots: 8, index: 177, value: 185, count: 176,
            adds: true, onlyFirstOfDuplicates: true, residual: { SmallFloats.float(e4m3: $0[193]) * (1 / 127 as Float) * $1 }),
        TailRule(format: "q6_k_hifi", clauses: "Q6H-01, Q6H-02", base: "q6_k", bytes: 222, slots: 4, index: 210, value: 214),
        TailRule(
            format: "q6_k_hifi_dynamic", clauses: "Q6D-01, Q6D-02", base: "q6_k", bytes: 236, slots: 8, index: 211, value: 220, count: 210),
        TailRule(
            format: "q6_k_hifi_res8", clauses: "Q6R-01, Q6R-02", base: "q6_k", bytes: 232, slots: 8, index: 211, value: 219, count: 210,
            adds: true, residual: { single($0, 228) * ($1 / 127) }),
        TailRule(
            format: "q2_k_lite", clauses: "Q2L-01, Q2L-02", base: "q2_k", bytes: 96, slots: 4, index: 85, value: 89, count: 84,
            adds:
                true, residual: { half($0, 94) * $1 }),
        TailRule(
            format: "q3_k_lite", clauses: "Q3L-01, Q3L-02", base: "q2_k", bytes: 104, slots: 8, index: 85, value: 93, count: 84,
            adds:
                true, residual: { half($0, 102) * $1 }),
        TailRule(
            format: "q4_k_lite", clauses: "Q4L-01, Q4L-02", base: "q3_k", bytes: 128, slots: 7, index: 111, value: 118, count: 110,
            adds:
                true, residual: { half($0, 126) * $1 }),
        TailRule(
            format: "q5_k_lite", clauses: "Q5L-01, Q5L-02", base: "q4_k", bytes: 164, slots: 8, index: 145, value: 153, count: 144,
            adds:
                true, residual: { half($0, 162) * $1 }),
        TailRule(
            format: "q6_k_lite", clauses: "Q6L-01, Q6L-02", base: "q5_k", bytes: 196, slots: 8, index: 177, value: 185, count: 176,
            adds:
                true, residual: { half($0, 194) * $1 }),
    ]

    /// Applies the tail of `block` to the decoded base.
    func apply(_ block: [UInt8], to base: [Float]) -> [Float] {
        var weights = base
        var seen: Set<Int> = []
        for slot in 0..<(count.map { min(Int(block[$0]), slots) } ?? slots) {
            let position = Int(block[index + slot])
            if !seen.insert(position).inserted, onlyFirstOfDuplicates { continue }
            let stored = residual.map { $0(block, Float(Int8(bitPattern: block[value + slot]))) } ?? Self.half(block, value + 2 * slot)
            weights[position] = adds ? weights[position] + stored : stored
        }
        return weights
    }
}

/// Two results are the same weight: equal bits, or both NaN.
func same(_ a: Float, _ b: Float) -> Bool { a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN) }

@Suite("Outliers and residuals, revision by revision")
struct CorrectionTests {
    /// Finite scales, so that a wrong correction cannot hide behind a NaN base.
    private func block(_ rule: TailRule, _ random: inout SplitMix64) throws -> [UInt8] {
        var bytes = random.bytes(rule.bytes)
        let base = try #require(Spec.format(rule.base))
        for field in base.fields where field.type == .f16 { bytes[field.offset + 1] &= 0x3B }
        return bytes
    }

    @Test("random tails of every kind: counts from none to 255, duplicates, any order", arguments: TailRule.all)
    func randomTails(_ rule: TailRule) throws {
        let format = try #require(Spec.format(rule.format))
        #expect(format.bytes == rule.bytes)
        let decoder = try ReferenceDecoder(format)
        let base = try ReferenceDecoder(#require(Spec.format(rule.base)))
        let baseBytes = base.format.bytes
        var random = SplitMix64(seed: 20251214)
        for trial in 0..<400 {
            var bytes = try block(rule, &random)
            if let count = rule.count { bytes[count] = UInt8(trial % 256) }
            if trial % 3 == 0 { bytes[rule.index + rule.slots - 1] = bytes[rule.index] }  // a duplicate at the far end
            let expected = rule.apply(bytes, to: try base.decode(Array(bytes.prefix(baseBytes))))
            let found = try decoder.decode(bytes)
            #expect(zip(expected, found).allSatisfy(same), "trial \(trial)")
        }
    }

    @Test("each position in each slot reaches its weight and no other", arguments: TailRule.all)
    func everyPosition(_ rule: TailRule) throws {
        let decoder = try ReferenceDecoder(#require(Spec.format(rule.format)))
        for slot in 0..<rule.slots {
            var blocks: [UInt8] = []
            for position in 0..<256 {
                var block = [UInt8](repeating: 0, count: rule.bytes)  // scales of zero: the base is ±0 everywhere
                if let count = rule.count { block[count] = UInt8(rule.slots) }
                for other in 0..<rule.slots { block[rule.index + other] = UInt8((position + 1 + other) % 256) }
                block[rule.index + slot] = UInt8(position)
                switch rule.residual {
                case nil: block[rule.value + 2 * slot + 1] = 0x3C  // 1.0
                case .some:
                    block[rule.value + slot] = 127
                    for tail in (rule.value + rule.slots)..<rule.bytes { block[tail] = 0x3C }  // whatever the scale's type: not zero
                }
                blocks += block
            }
            let weights = try decoder.decode(blocks)
            for position in 0..<256 {
                let lit = (0..<256).filter { weights[256 * position + $0] != 0 }
                #expect(lit == [position], "slot \(slot), position \(position)")
            }
        }
    }

    @Test("every fp16 value replaces exactly", arguments: TailRule.all.filter { $0.residual == nil && !$0.adds })
    func everyValue(_ rule: TailRule) throws {
        let decoder = try ReferenceDecoder(#require(Spec.format(rule.format)))
        let perBlock = rule.slots
        var blocks: [UInt8] = []
        for first in stride(from: 0, to: 65536, by: perBlock) {
            var block = [UInt8](repeating: 0, count: rule.bytes)
            if let count = rule.count { block[count] = UInt8(perBlock) }
            for slot in 0..<perBlock {
                block[rule.index + slot] = UInt8(slot)
                block[rule.value + 2 * slot] = UInt8(truncatingIfNeeded: first + slot)
                block[rule.value + 2 * slot + 1] = UInt8(truncatingIfNeeded: (first + slot) >> 8)
            }
            blocks += block
        }
        let weights = try decoder.decode(blocks)
        let wrong = (0..<65536).filter { code in
            let found = weights[code / perBlock * 256 + code % perBlock]
            return found.bitPattern != SmallFloats.float(half: UInt16(code)).bitPattern
        }
        #expect(wrong.isEmpty)
    }

    @Test("Q2_K_HIFI: bit 7 of the count adds, otherwise values replace (Q2H-01 to Q2H-03, Q2H-05)")
    func modeBit() throws {
        let decoder = try ReferenceDecoder(#require(Spec.format("q2_k_hifi")))
        let base = try ReferenceDecoder(#require(Spec.format("q2_k")))
        var random = SplitMix64(seed: 47)
        for count in 0..<256 {
            var block = random.bytes(96)
            for offset in [81, 83] { block[offset] &= 0x3B }
            block[84] = UInt8(count)
            if count % 2 == 0 { block[87] = block[85] }
            var expected = try base.decode(Array(block.prefix(84)))
            for slot in 0..<min(count & 127, 3) {
                let position = Int(block[85 + slot])
                let value = TailRule.half(block, 88 + 2 * slot)
                expected[position] = count >= 128 ? expected[position] + value : value
            }
            #expect(zip(expected, try decoder.decode(block)).allSatisfy(same))
        }
    }

    @Test("a sentinel is applied: weight 255 of r12 and weight 0 of r9 become zero (R12-03, R9-02)")
    func sentinels() throws {
        for (name, unused, offset) in [("q3_k_hifi@r12", UInt8(255), 110), ("q4_k_hifi", 255, 144), ("q3_k_hifi@r9", 0, 110)] {
            let format = try #require(Spec.format(name))
            var random = SplitMix64(seed: 3)
            var block = random.bytes(format.bytes)
            for field in format.fields where field.type == .f16 && field.count == 1 { block[field.offset + 1] = 0x2C }
            let correction = try #require(format.decoding?.correction)
            let values = try #require(format.field("outlier_vals")).offset
            for slot in 0..<correction.slots {
                block[offset + slot] = unused
                block[values + 2 * slot] = 0
                block[values + 2 * slot + 1] = 0
            }
            #expect(try ReferenceDecoder(format).decode(block)[Int(unused)].bitPattern == 0, "\(name)")
        }
    }

    @Test("`q3_k_hifi` means r6; a revision without suffix means its newest form")
    func names() {
        #expect(Spec.format("q3_k_hifi")?.id == "q3_k_hifi@r6")
        #expect(Spec.format("Q3_K_HIFI@R12")?.id == "q3_k_hifi@r12c")
        #expect(Spec.format("q3_k_hifi@r7")?.id == "q3_k_hifi@r7f")
        #expect(Spec.format("q3_k_hifi@r7-add")?.decoding?.correction?.mode == .add)
        #expect(Spec.format("q3_k_hifi@r7-replace")?.decoding?.correction?.mode == .replace)
        #expect(Spec.format("q6_k_hifi_dyn")?.id == "q6_k_hifi_dynamic")
        #expect(Spec.format("q3_k_hifi@r14") == nil)
    }
}
