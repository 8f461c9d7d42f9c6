import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

@Suite("The reference dot product is decoded weights times decoded activations")
struct DotContractTests {
    private static let pairs: [(String, String)] = Spec.blockFormats.filter {
        $0.decoding != nil && $0.id != "iq6_k" && $0.elements > 1 && !$0.id.hasPrefix("q8_")
    }
    .map { ($0.id, ReferenceDot.activationFormat(for: $0)?.id ?? "") }

    /// Blocks of random bytes whose scales are replaced by moderate numbers.
    private func blocks(_ format: BlockFormat, count: Int, seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        var bytes = (0..<count * format.bytes).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for block in 0..<count {
            for field in format.fields where field.type == .e8m0half {
                bytes[block * format.bytes + field.offset] = UInt8(110 + random.next() % 24)
            }
            for field in format.fields where field.type.canBeNonFinite {
                for index in 0..<field.count {
                    let value = (Float(random.next() % 2000) - 1000) / 1024
                    let at = block * format.bytes + field.offset + index * field.type.bytes
                    let bits = field.type == .f32 ? value.bitPattern : UInt32(SmallFloats.half(value))
                    for byte in 0..<field.type.bytes { bytes[at + byte] = UInt8(truncatingIfNeeded: bits >> UInt32(8 * byte)) }
                }
            }
        }
        return bytes
    }

    @Test("for every format, within the roundings of the decoder (DOT-01 to DOT-03, R13-10)", arguments: pairs)
    func decodedTimesDecoded(_ id: String, _ activationID: String) throws {
        let format = try #require(Spec.format(id))
        let activation = try #require(Spec.format(activationID))
        let columns = 512
        let floats = try Array(RecordedActivation.floats("activation/gauss").prefix(columns))
        let quantized = try ActivationQuantizer(activation).quantize(floats, columns: columns)
        let a = try ReferenceDecoder(activation).decode(quantized)
        for seed in 1...UInt64(8) {
            let blocks = blocks(format, count: columns / format.elements, seed: seed)
            let w = try ReferenceDecoder(format).decode(blocks)
            var exact = 0.0
            for i in 0..<columns { exact += Double(w[i]) * Double(a[i]) }
            let value = try ReferenceDot(format, activation: activation).dot(blocks, quantized)
            // Decoding rounds each weight at most four times, and each activation once.
            let roundings: Double = 5 * 0x1p-24 * value.magnitude * (1 + 0x1p-20)
            #expect(abs(exact - value.value) <= roundings, "\(id), seed \(seed)")
            #expect(value.magnitude >= abs(value.value) * (1 - 0x1p-40))
            // An fp32 kernel in the plainest order is inside the bound.
            var plain: Float = 0
            var fused: Float = 0
            for i in 0..<columns {
                plain += w[i] * a[i]
                fused.addProduct(w[columns - 1 - i], a[columns - 1 - i])
            }
            #expect(value.admits(plain) && value.admits(fused), "\(id), seed \(seed)")
        }
    }

    @Test("element types multiply without quantization", arguments: ["f32", "f16", "bf16"])
    func elements(_ id: String) throws {
        let format = try #require(Spec.format(id))
        let encoder = try ReferenceEncoder(format)
        let (w, a): ([Float], [Float]) = ([1, -2, 0.5, 1024], [3, 0.25, -8, 0.5])
        let value = try ReferenceDot(format, activation: format).dot(encoder.encode(w, columns: 4), encoder.encode(a, columns: 4))
        #expect(value.value == 510.5)
        #expect(value.magnitude == 519.5)
    }

    @Test("a slot replaces: one code of base under an outlier changes nothing (DOT-03, R6-08)")
    func replaces() throws {
        let format = try #require(Spec.format("q3_k_hifi"))
        let x = try Array(RecordedEncode.floats("student3").prefix(256))
        var block = try ReferenceEncoder(format).encode(x, columns: 256)
        let activation = try #require(Spec.format("q8_k"))
        let a = try ActivationQuantizer(activation).quantize(Array(RecordedActivation.floats("activation/gauss").prefix(256)), columns: 256)
        let dot = try ReferenceDot(format, activation: activation)
        let before = try dot.dot(block, a)
        let position = Int(block[110])
        block[32 + 32 * (position / 128) + position % 32] ^= 3 << UInt8(2 * (position % 128 / 32))
        let after = try dot.dot(block, a)
        #expect(after.value == before.value)
        #expect(try dot.dot(block, a, meaning: .add).value != before.value)
        #expect(abs(try dot.dot(block, a, meaning: .baseOffPerSlot).value - before.value) < 1e-12)
    }

    @Test("unused slots of r12 make CPU products of weight 255 come out (1 − u) times (R12-04)")
    func sentinels() throws {
        let format = try #require(Spec.format("q3_k_hifi@r12c"))
        var x = [Float](repeating: 0, count: 256)
        for i in 0..<4 { x[i] = 10 + Float(i) }
        x[255] = 1
        let block = try ReferenceEncoder(format, outliers: 4).encode(x, columns: 256)
        var a = [Float](repeating: 0, count: 256)
        a[255] = 127
        let activation = try #require(Spec.format("q8_k"))
        let quantized = try ActivationQuantizer(activation).quantize(a, columns: 256)
        let dot = try ReferenceDot(format, activation: activation)
        let base = try dot.dot(block, quantized, meaning: .baseOnly).value
        #expect(base > 100)
        #expect(try dot.dot(block, quantized).value == 0)
        #expect(try dot.dot(block, quantized, meaning: .add).value == base)
        #expect(try dot.dot(block, quantized, meaning: .baseOffPerSlot).value == -3 * base)
    }

    @Test("non-finite products admit non-finite results only, and finite ones finite results only (DOT-09)")
    func nonFinite() throws {
        let format = try #require(Spec.format("q8_0"))
        var block = try ReferenceEncoder(format).encode([Float](repeating: 1, count: 32), columns: 32)
        let activations = block
        let finite = try ReferenceDot(format, activation: format).dot(block, activations)
        #expect(finite.admits(Float(finite.value)) && !finite.admits(.nan) && !finite.admits(.infinity))
        block[1] = 0x7C
        let infinite = try ReferenceDot(format, activation: format).dot(block, activations)
        #expect(!infinite.admits(32) && infinite.admits(.nan) && infinite.admits(.infinity))
        block[0...1] = [0xFF, 0x7B]  // 65504, times 127, squared: finite here, and in fp32 only just
        let large = try ReferenceDot(format, activation: format).dot(block, activations)
        #expect(large.value.isFinite && large.bound().isFinite && !large.admits(.infinity))
    }

    @Test("a wrong last bit of a large term is inside the bound, a wrong term is not")
    func sharpness() throws {
        let format = try #require(Spec.format("q8_0"))
        let row = (0..<32).map { Float($0 + 1) }
        let blocks = try ReferenceEncoder(format).encode(row, columns: 32)
        let value = try ReferenceDot(format, activation: format).dot(blocks, blocks)
        #expect(value.admits(Float(value.value)) && value.admits(Float(value.value).nextUp))
        #expect(!value.admits(Float(value.value) + 0.25))
        #expect(value.bound(.blocked) < value.bound(.elementwise))
    }

    @Test("arbitrary bytes as blocks and activations never stop a product, whatever its meaning", arguments: pairs)
    func arbitraryBytes(_ id: String, _ activationID: String) throws {
        let (format, activation) = (try #require(Spec.format(id)), try #require(Spec.format(activationID)))
        let dot = try ReferenceDot(format, activation: activation)
        var random = SplitMix64(seed: 11)
        for _ in 0..<8 {
            let blocks = random.bytes(512 / format.elements * format.bytes)
            let activations = random.bytes(512 / activation.elements * activation.bytes)
            for meaning in DotMeaning.allCases {
                let value = try dot.dot(blocks, activations, meaning: meaning)
                #expect(value.value.isFinite ? value.admits(Float(value.value)) : value.admits(.nan))
            }
        }
    }

    @Test("operands that do not belong together are refused")
    func refusals() throws {
        let q3k = try #require(Spec.format("q3_k"))
        let q8k = try #require(Spec.format("q8_k"))
        let dot = try ReferenceDot(q3k, activation: q8k)
        #expect(throws: DotError.partialBlock(format: "q3_k", bytes: 109, blockBytes: 110)) {
            try dot.dot([UInt8](repeating: 0, count: 109), [])
        }
        #expect(throws: DotError.lengths(weights: 256, activations: 0)) { try dot.dot([UInt8](repeating: 0, count: 110), []) }
        #expect(throws: DotError.notAnActivationFormat("q4_0")) { try ReferenceDot(q3k, activation: #require(Spec.format("q4_0"))) }
        #expect(throws: DotError.knownBySizeOnly("q4_k_turbo")) { try ReferenceDot(#require(Spec.format("q4_k_turbo")), activation: q8k) }
    }
}
