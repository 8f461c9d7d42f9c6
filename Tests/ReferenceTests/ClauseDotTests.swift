import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// The parts of the product and of its bound, each computed a second time from its sentence.
@Suite("The bound of a dot product, part by part")
struct ClauseDotTests {
    /// A row of one super-block or eight small blocks: finite scales, random codes, and its activations.
    private func operands(_ id: String, seed: UInt64) throws -> (dot: ReferenceDot, weights: [UInt8], activations: [UInt8]) {
        let format = try #require(Spec.format(id))
        let activation = try #require(ReferenceDot.activationFormat(for: format))
        var random = SplitMix64(seed: seed)
        var weights = random.bytes(256 / format.elements * format.bytes)
        for block in 0..<256 / format.elements {
            for field in format.fields where field.type == .f16 {
                for index in 0..<field.count { weights[block * format.bytes + field.offset + 2 * index + 1] &= 0x3B }
            }
        }
        let floats = (0..<256).map { _ in Float(Int8(truncatingIfNeeded: random.next())) / 16 }
        return (
            try ReferenceDot(format, activation: activation), weights, try ActivationQuantizer(activation).quantize(floats, columns: 256)
        )
    }

    /// Activations as scale times code, in double.
    private func activations(_ bytes: [UInt8], _ format: BlockFormat) throws -> [Double] {
        try ReferenceDecoder(format).decode(bytes).map(Double.init)
    }

    @Test("stored sums play no part in the product (DOT-04)", arguments: ["q4_1", "q5_1", "q2_k", "q4_k", "q3_k_hifi"])
    func storedSums(id: String) throws {
        let (dot, weights, original) = try operands(id, seed: 4)
        let sums = try #require(dot.activation.field("bsums") ?? dot.activation.field("s"))
        var altered = original
        for block in 0..<altered.count / dot.activation.bytes { altered[block * dot.activation.bytes + sums.offset] ^= 0x11 }
        let (before, after) = (try dot.dot(weights, original), try dot.dot(weights, altered))
        #expect(before.value == after.value)
        #expect(before.magnitude == after.magnitude)
    }

    @Test("the magnitude takes slope and minimum apart, element by element (DOT-05)")
    func magnitudeOfMinima() throws {
        let (dot, weights, quantized) = try operands("q4_1", seed: 5)
        let a = try activations(quantized, dot.activation)
        var expected = 0.0
        for i in 0..<256 {
            let block = Array(weights[i / 32 * 20..<i / 32 * 20 + 20])
            let nibble = i % 32 < 16 ? block[4 + i % 16] & 15 : block[4 + i % 16] >> 4
            expected += (abs(Double(TailRule.half(block, 0))) * Double(nibble) + abs(Double(TailRule.half(block, 2)))) * abs(a[i])
        }
        let found = try dot.dot(weights, quantized).magnitude
        #expect(abs(found - expected) <= expected * 1e-12)
    }

    @Test("the magnitude counts each correction, and the base under it twice (DOT-05)")
    func magnitudeOfCorrections() throws {
        var (dot, weights, quantized) = try operands("q3_k_hifi@r6", seed: 6)
        for slot in 0..<8 { weights[110 + slot] = UInt8(31 * slot) }
        let a = try activations(quantized, dot.activation)
        let base = try ReferenceDecoder(#require(Spec.format("q3_k"))).decode(Array(weights.prefix(110))).map(Double.init)
        var expected = zip(base, a).reduce(0) { $0 + abs($1.0 * $1.1) }
        for slot in 0..<8 {
            let position = 31 * slot
            expected += abs(Double(TailRule.half(weights, 118 + 2 * slot)) * a[position])
            expected += 2 * abs(base[position] * a[position])
        }
        let found = try dot.dot(weights, quantized).magnitude
        // The decoder rounds each weight twice, each time by at most 2^-24 of it.
        #expect(abs(found - expected) <= expected * 0x1p-22)
    }

    @Test(
        "the bound is gamma(16 + additions) times the magnitude, for both classes of kernels (DOT-06, DOT-07)",
        arguments: ["q3_k", "q4_k", "q6_k", "q3_k_hifi@r6"])
    func bounds(id: String) throws {
        var (dot, weights, quantized) = try operands(id, seed: 7)
        // A minimum of zero adds nothing: here none is.
        if id == "q4_k" { for offset in 4..<16 { weights[offset] = 0x55 } }
        let value = try dot.dot(weights, quantized)
        let corrections = dot.weights.decoding?.correction?.slots ?? 0
        let groups = 256 / (dot.weights.decoding?.scale?.every ?? 256)
        let hasMinima = dot.weights.decoding?.minimum != nil
        #expect(value.blockTerms == groups * (hasMinima ? 2 : 1) + 2 * corrections)
        #expect(value.elementTerms == 256 * (hasMinima ? 2 : 1) + 2 * corrections)
        for (kernel, additions) in [(DotValue.KernelClass.elementwise, value.elementTerms), (.blocked, value.blockTerms)] {
            let m = Double(16 + additions)
            let expected = m * 0x1p-24 / (1 - m * 0x1p-24) * value.magnitude
            let found = value.bound(kernel)
            #expect(found >= expected && found <= expected * (1 + 1e-7), "\(kernel)")
        }
    }

    @Test("a stored sum that is off widens the bound by the minimum times that (DOT-08)")
    func storedSumError() throws {
        let (dot, weights, original) = try operands("q4_1", seed: 8)
        var altered = original
        var expected = 0.0
        for block in 0..<8 {
            altered[36 * block + 3] ^= 0x04  // s by a factor of two
            let bytes = Array(altered[36 * block..<36 * block + 36])
            let codes = bytes[4...].reduce(0) { $0 + Int(Int8(bitPattern: $1)) }
            let difference = Double(TailRule.half(bytes, 2)) - Double(TailRule.half(bytes, 0)) * Double(codes)
            expected += abs(Double(TailRule.half(Array(weights[20 * block..<20 * block + 20]), 2)) * difference)
        }
        let value = try dot.dot(weights, altered)
        #expect(expected > 1e-3)
        #expect(abs(value.storedSumError - expected) <= expected * 1e-12)
        let unaltered = try dot.dot(weights, original)
        let widened = value.bound() - unaltered.bound()
        #expect(abs(widened - (value.storedSumError - unaltered.storedSumError)) <= expected * 1e-4)
    }

    @Test("where the magnitude exceeds the range of fp32 any result conforms (DOT-09)")
    func overflow() throws {
        let format = try #require(Spec.format("f32"))
        let encoder = try ReferenceEncoder(format)
        let huge = try encoder.encode([3e38, 3e38], columns: 2)
        let value = try ReferenceDot(format, activation: format).dot(huge, encoder.encode([3, -3], columns: 2))
        #expect(value.value == 0)
        for result: Float in [0, 1, -.infinity, .nan] { #expect(value.admits(result), "\(result)") }
    }
}
