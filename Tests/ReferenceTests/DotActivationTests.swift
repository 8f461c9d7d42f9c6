import Foundation
import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// Activations and the digest of what the fork quantized them to.
struct RecordedActivation: Decodable, Sendable, CustomTestStringConvertible {
    let format: String
    let input: String
    let build: String
    let columns: Int
    let quantizedSHA256: String

    var testDescription: String { "\(format) of \(input), \(build)" }

    static let all: [RecordedActivation] = {
        let bytes = try? Repository.bytes("Vectors/recorded/activation/index.json")
        return (try? JSONDecoder().decode([RecordedActivation].self, from: Data(bytes ?? []))) ?? []
    }()

    static func floats(_ path: String) throws -> [Float] {
        try Repository.bytes("Vectors/recorded/\(path).f32").withUnsafeBytes { raw in
            stride(from: 0, to: raw.count, by: 4).map { offset in
                Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            }
        }
    }
}

@Suite("Activations are quantized as ggml does")
struct DotActivationTests {
    @Test("both builds of all three formats are recorded")
    func present() { #expect(RecordedActivation.all.count == 12) }

    @Test("recorded activations (ACT-01 to ACT-04)", arguments: RecordedActivation.all)
    func recorded(_ recorded: RecordedActivation) throws {
        let variant: ActivationQuantizer.Variant = recorded.build == "native" ? .vector : .portable
        let quantizer = try ActivationQuantizer(#require(Spec.format(recorded.format)), variant: variant)
        let blocks = try quantizer.quantize(RecordedActivation.floats("activation/\(recorded.input)"), columns: recorded.columns)
        #expect(hexSHA256(blocks) == recorded.quantizedSHA256)
    }

    @Test("portable Q8_0 activations are the bytes of Q8_0 weights (ACT-02)")
    func sameAsWeights() throws {
        let format = try #require(Spec.format("q8_0"))
        for name in ["gauss", "mixed", "ties", "tinyf16", "subnormal", "zeros"] {
            let rows = try RecordedEncode.floats(name)
            #expect(try ActivationQuantizer(format).quantize(rows, columns: 1024) == ReferenceEncoder(format).encode(rows, columns: 1024))
        }
    }

    @Test("the variants differ where the inverse of the rounded scale is off, and at ties (ACT-02, ACT-03)")
    func variants() throws {
        let format = try #require(Spec.format("q8_0"))
        var tie = [Float](repeating: 0, count: 32)
        tie[0] = 127
        tie[1] = 0.5
        tie[2] = -2.5
        let portable = try ActivationQuantizer(format, variant: .portable).quantize(tie, columns: 32)
        let vector = try ActivationQuantizer(format, variant: .vector).quantize(tie, columns: 32)
        #expect(portable[2..<5] == [127, 1, 253])
        #expect(vector[2..<5] == [127, 0, 254])
    }

    @Test("Q8_K gives the extreme value −127, sums each sixteen codes and leaves a block of zeros zero (ACT-01)")
    func q8k() throws {
        let format = try #require(Spec.format("q8_k"))
        var row = (0..<256).map { Float($0) / 256 }
        row[17] = 2
        let block = try ActivationQuantizer(format).quantize(row, columns: 256)
        #expect(Int8(bitPattern: block[4 + 17]) == -127)
        let inverse: Float = -127 / 2
        let scale = (1 / inverse).bitPattern.littleEndian
        #expect(Array(block[0..<4]) == withUnsafeBytes(of: scale) { Array($0) })
        for group in 0..<16 {
            let sum = block[4 + 16 * group..<20 + 16 * group].map { Int(Int8(bitPattern: $0)) }.reduce(0, +)
            let stored = Int16(bitPattern: UInt16(block[260 + 2 * group]) | UInt16(block[261 + 2 * group]) << 8)
            #expect(Int(stored) == sum)
        }
        #expect(try ActivationQuantizer(format).quantize([Float](repeating: 0, count: 256), columns: 256).allSatisfy { $0 == 0 })
    }

    @Test("what cannot be quantized is refused")
    func refusals() throws {
        let q81 = try ActivationQuantizer(#require(Spec.format("q8_1")))
        #expect(throws: EncodeError.partialBlock(format: "q8_1", columns: 16, blockWeights: 32)) {
            try q81.quantize([Float](repeating: 1, count: 16), columns: 16)
        }
        var row = [Float](repeating: 1, count: 64)
        row[40] = .infinity
        #expect(throws: EncodeError.badWeight(row: 1, column: 8, value: .infinity, largest: 127 * 65504)) {
            try q81.quantize(row, columns: 32)
        }
        #expect(throws: EncodeError.scaleOverflow(row: 0, column: 0, field: "s")) {
            try q81.quantize([Float](repeating: 65504, count: 32), columns: 32)
        }
        #expect(throws: EncodeError.noEncoder("q4_0")) { try ActivationQuantizer(#require(Spec.format("q4_0"))) }
    }
}
