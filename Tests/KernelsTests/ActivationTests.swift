import BlockSpec
import Kernels
import Reference
import Testing

@Suite("Kernels quantize activations byte for byte as the reference")
struct ActivationTests {
    /// Inputs that reach every branch of the rule.
    static let inputs: [(String, [Float])] = {
        let plain = Samples.activations(4096, seed: 10)
        var signs = [Float](repeating: 0.25, count: 512)
        signs[17] = -3
        signs[200] = 3  // the first of two equal magnitudes decides the sign of the scale
        signs[300] = 3
        signs[400] = -3
        let ties: [Float] = (0..<512).map { (i: Int) -> Float in Float(i % 255 - 127) + (i % 2 == 0 ? 0.5 : 0) }
        let tiny = plain.prefix(512).map { $0 * 1e-38 }
        let subnormal = plain.prefix(512).map { $0 * 0x1p-140 }
        let large = plain.prefix(512).map { $0 * 1e5 }
        let zeros: [Float] = (0..<512).map { (i: Int) -> Float in i % 3 == 0 ? -0.0 : 0.0 }
        return [
            ("plain", plain), ("signs", signs), ("ties", ties), ("tiny", Array(tiny)), ("subnormal", Array(subnormal)),
            ("large", Array(large)), ("zeros", zeros),
        ]
    }()

    @Test("Q8_K", arguments: InstructionSet.available)
    func q8k(_ isa: InstructionSet) throws {
        let backend = try CPUBackend(isa: isa)
        let reference = try ActivationQuantizer(#require(Spec.format("q8_k")))
        for (name, values) in Self.inputs {
            #expect(try backend.quantize(values, columns: 512).bytes == reference.quantize(values, columns: 512), "\(name)")
        }
    }

    @Test("Q8_0", arguments: InstructionSet.available)
    func q80(_ isa: InstructionSet) throws {
        let backend = try CPUBackend(isa: isa)
        let reference = try ActivationQuantizer(#require(Spec.format("q8_0")))
        for (name, values) in Self.inputs {
            let found = try values.withUnsafeBufferPointer { try backend.quantizeQ80($0) }
            #expect(try found == reference.quantize(values, columns: 512), "\(name)")
        }
    }

    /// What NaN and infinities give is not specified; that every set gives the same is promised.
    @Test("non-finite input gives the same bytes by every set")
    func nonFinite() throws {
        var values = Samples.activations(2048, seed: 11)
        for (i, value) in [Float.nan, .infinity, -.infinity, .signalingNaN, -Float.nan].enumerated() { values[300 * i + 7] = value }
        let scalar = try CPUBackend(isa: .scalar)
        let expected = try scalar.quantize(values, columns: 256)
        for isa in InstructionSet.available { #expect(try CPUBackend(isa: isa).quantize(values, columns: 256) == expected, "\(isa)") }
    }

    @Test("blocks made elsewhere get sums that fit their codes")
    func sums() throws {
        let backend = try CPUBackend(isa: .scalar)
        let made = try backend.quantize(Samples.activations(512, seed: 12), columns: 512)
        var bytes = made.bytes
        bytes[265] ^= 0xFF
        #expect(try ActivationRows(q8k: bytes, columns: 512) == made)
        #expect(throws: KernelError.partialBlock(format: "q8_k", bytes: 583, blockBytes: 584)) {
            try ActivationRows(q8k: Array(bytes.dropLast()), columns: 512)
        }
    }
}
