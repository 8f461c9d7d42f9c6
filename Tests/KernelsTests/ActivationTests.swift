import HIFIBlockSpec
import HIFIKernels
import HIFIReference
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

    /// Magnitudes on and beside halves, blocks whose step is subnormal or infinite, and what is not a number: in rows that fill
    /// the vectors of blocks and in all that do not.
    @Test("Q8_0 in any number of blocks, of any content, gives the same bytes by every set", arguments: InstructionSet.available)
    func anyBlocks(_ isa: InstructionSet) throws {
        let (backend, scalar) = (try CPUBackend(isa: isa), try CPUBackend(isa: .scalar))
        var random = Sequence64(state: 22)
        var values: [Float] = []
        for block in 0..<4000 {
            let top = Float(sign: .plus, exponent: Int(random.next() % 277) - 149, significand: 1)
            for lane in 0..<32 {
                let half = Float(random.next() % 128) + 0.5
                let beside = [half, half.nextUp, half.nextDown, -half, -half.nextUp, -half.nextDown][Int(random.next() % 6)]
                switch block % 4 {
                case 0: values.append(lane == 0 ? 127 : max(-127, min(127, beside)))
                case 1: values.append(lane == 0 ? 127 * top : max(-127, min(127, beside)) * top)
                case 2: values.append(Float(bitPattern: UInt32(truncatingIfNeeded: random.next())))
                default: values.append(Float(bitPattern: UInt32(truncatingIfNeeded: random.next()) & 0x800F_FFFF))
                }
            }
        }
        func blocks(_ backend: CPUBackend, _ range: Range<Int>) throws -> [UInt8] {
            try values.withUnsafeBufferPointer {
                try backend.quantizeQ80(.init(rebasing: $0[32 * range.lowerBound..<32 * range.upperBound]))
            }
        }
        #expect(try blocks(backend, 0..<4000) == blocks(scalar, 0..<4000))
        for count in 0..<40 { #expect(try blocks(backend, count..<2 * count) == blocks(scalar, count..<2 * count), "\(count) blocks") }
    }

    @Test("any number of threads", arguments: InstructionSet.available)
    func threads(_ isa: InstructionSet) throws {
        // Several tasks' worth, the last one not full.
        let values = Samples.activations(256 * 405, seed: 23)
        let one = try CPUBackend(isa: isa)
        let (q8k, q80) = (
            try one.quantize(values, columns: 1280), try values.withUnsafeBufferPointer { try one.quantizeQ80($0) }
        )
        #expect(try q8k.bytes == ActivationQuantizer(#require(Spec.format("q8_k"))).quantize(values, columns: 1280))
        for threads in [2, 7] {
            let several = try CPUBackend(isa: isa, threads: threads)
            #expect(try several.quantize(values, columns: 1280) == q8k)
            #expect(try values.withUnsafeBufferPointer { try several.quantizeQ80($0) } == q80)
        }
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
