import HIFIBlockSpec
import HIFIContent
import HIFIKernels
import HIFIReference
import TestSupport
import Testing

/// CONTENT-11.
@Suite("Scales in proportion")
struct MagnitudeTests {
    private func disproportions(_ bytes: [UInt8], _ scanner: ContentScanner, limit: Int = 3) -> [Disproportion] {
        bytes.withUnsafeBytes { scanner.disproportions(in: $0, exampleLimit: limit) }
    }

    /// Formats with scales or outliers in fp16 or fp32, by every instruction set.
    static let pairings = ContentScanTests.Pairing.all.filter { !fields(of: $0.format).isEmpty }

    private static func fields(of format: BlockFormat) -> [Field] {
        guard format.elements > 1 else { return [] }
        let names = format.checks.filter { $0.kind == .finite }.map(\.field)
        return names.compactMap(format.field).filter { $0.type == .f16 || $0.type == .f32 }
    }

    /// Writes ±2^exponent · 1.5.
    private func set(_ field: Field, _ scalar: Int, exponent: Int, in bytes: inout [UInt8], block: Int, of format: BlockFormat) {
        let value = Float(sign: scalar % 2 == 0 ? .minus : .plus, exponent: exponent, significand: 1.5)
        let bits = field.type == .f16 ? UInt32(SmallFloats.half(value)) : value.bitPattern
        if format.id == "iq1_m" { return setCutUp(bits, in: &bytes, block: block * format.bytes) }
        for byte in 0..<field.type.bytes {
            bytes[block * format.bytes + field.offset + scalar * field.type.bytes + byte] = UInt8(truncatingIfNeeded: bits >> (8 * byte))
        }
    }

    /// The scale of IQ1_M: four bits in the upper half of every second byte from 49 on.
    private func setCutUp(_ bits: UInt32, in bytes: inout [UInt8], block: Int) {
        for word in 0..<4 {
            let place = block + 49 + 2 * word
            bytes[place] = bytes[place] & 0x0F | UInt8(bits >> (4 * UInt32(word)) & 15) << 4
        }
    }

    /// Blocks whose numbers are 1.5 times one of three powers of two, half of them the smallest.
    private func tensor(_ format: BlockFormat, blocks: Int, exponent: Int) -> [UInt8] {
        var bytes = Array(repeatElement(DraftBlock(wellFormed: format).bytes, count: blocks).joined())
        var random = SplitMix64(seed: 11)
        for field in Self.fields(of: format) {
            for block in 0..<blocks {
                for scalar in 0..<field.count {
                    let above = min(random.next().trailingZeroBitCount, 2)
                    set(field, scalar, exponent: exponent + above, in: &bytes, block: block, of: format)
                }
            }
        }
        return bytes
    }

    @Test("a number 2^10 above the usual ones passes, one of 2^11 is found in its place", arguments: pairings)
    func limit(pairing: ContentScanTests.Pairing) throws {
        let format = pairing.format
        let scanner = ContentScanner(format, isa: pairing.isa)
        // Few blocks are all looked at; of many the kernels say whether that is needed.
        for blocks in [300, 5000] {
            let good = tensor(format, blocks: blocks, exponent: -6)
            #expect(disproportions(good, scanner) == [])
            // A quarter of the numbers have the largest exponent.
            let usual = -4
            for field in Self.fields(of: format) {
                for block in [0, 63, 64, blocks / 2, blocks - 1] {
                    let scalar = field.count - 1
                    var bytes = good
                    set(field, scalar, exponent: usual + 10, in: &bytes, block: block, of: format)
                    #expect(disproportions(bytes, scanner) == [], "\(field.name), block \(block)")
                    set(field, scalar, exponent: usual + 11, in: &bytes, block: block, of: format)
                    let found = try #require(disproportions(bytes, scanner).first, "\(field.name), block \(block)")
                    #expect(found.field == field && found.count == 1)
                    #expect(found.examples.map(\.block) == [block] && found.examples.map(\.scalar) == [scalar])
                    #expect(found.first == 1.5 * 128 && found.limit == 128)
                    #expect(found.median == 1.5 / 64 || found.median == 1.5 / 32)
                    #expect(disproportions(bytes, .withoutKernels(format)) == [found])
                }
            }
        }
    }

    @Test("what is found does not depend on the kernels: numbers of any size, zero, subnormal, not finite", arguments: pairings)
    func anyNumbers(pairing: ContentScanTests.Pairing) {
        let format = pairing.format
        let scanner = ContentScanner(format, isa: pairing.isa)
        var random = SplitMix64(seed: 3)
        var found = 0
        for round in 0..<24 {
            let blocks = [66, 2047, 2048, 2500][round % 4]
            var bytes = tensor(format, blocks: blocks, exponent: [-13, -9, 0][round % 3])
            for field in Self.fields(of: format) {
                let share = UInt64(1) << UInt64(2 + random.next() % 11)
                let spread = Int(2 + random.next() % 28)
                for block in 0..<blocks where random.next() % share == 0 {
                    let exponent = Int(random.next() % UInt64(spread)) - spread / 2
                    for scalar in 0..<field.count { set(field, scalar, exponent: exponent, in: &bytes, block: block, of: format) }
                    guard random.next() % 8 == 0 else { continue }
                    let place = block * format.bytes + field.offset + field.type.bytes - 2
                    let word: UInt16 = [0, 0x0003, 0x7C00, 0xFE00, 0x7F80, 0x8000].randomElement(using: &random) ?? 0
                    if format.id == "iq1_m" {
                        setCutUp(UInt32(word), in: &bytes, block: block * format.bytes)
                        continue
                    }
                    bytes[place] = UInt8(truncatingIfNeeded: word)
                    bytes[place + 1] = UInt8(word >> 8)
                }
            }
            let expected = disproportions(bytes, .withoutKernels(format))
            #expect(disproportions(bytes, scanner) == expected, "round \(round)")
            found += expected.count
        }
        #expect(found > 0)
    }

    @Test("tensors without numbers, with a few, and with nothing but equal ones pass", arguments: pairings.filter { $0.isa == .scalar })
    func nothing(pairing: ContentScanTests.Pairing) {
        let format = pairing.format
        let scanner = ContentScanner(format, isa: pairing.isa)
        #expect(disproportions([], scanner) == [])
        #expect(disproportions([UInt8](repeating: 0, count: 3000 * format.bytes), scanner) == [])
        for exponent in [-14, 0, 14] {
            let equal = Array(repeatElement(DraftBlock(wellFormed: format).bytes, count: 3000).joined())
            #expect(disproportions(equal, scanner) == [], "\(exponent)")
        }
        // Sixty-four numbers are too few to say what is usual.
        for field in Self.fields(of: format) where field.count == 1 {
            for blocks in [64, 65] {
                var bytes = tensor(format, blocks: blocks, exponent: -12)
                set(field, 0, exponent: 12, in: &bytes, block: 5, of: format)
                #expect(disproportions(bytes, scanner).isEmpty == (blocks == 64))
            }
        }
    }

    /// Weights as they may come: 512 rows of 256.
    static let samples: [(name: String, weights: [Float])] = {
        var random = SplitMix64(seed: 20)
        func uniform() -> Float { Float(random.next() >> 40) * 0x1p-24 }
        func normal() -> Float { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
        let count = 512 * 256
        let gauss = (0..<count).map { _ in 0.02 * normal() }
        // Student's t with three and with two degrees of freedom.
        func student(_ degrees: Int) -> [Float] {
            (0..<count).map { _ in
                let squares = (0..<degrees).reduce(Float(0)) { sum, _ in sum + { $0 * $0 }(normal()) }
                return 0.02 * normal() / (squares / Float(degrees)).squareRoot()
            }
        }
        let heavy = (student(3), student(2))
        return [
            ("gaussian", gauss), ("Student's t, 3", heavy.0), ("Student's t, 2", heavy.1),
            ("one weight in 500", gauss.map { uniform() < 0.002 ? $0 : 0 }),
            ("one row in 100", gauss.indices.map { $0 / 256 % 100 == 7 ? gauss[$0] : 0 }),
            ("rows from 1 to 100", gauss.indices.map { gauss[$0] * Float(1 + $0 / 256 % 100) }),
            ("nine rows in ten nearly dead", gauss.indices.map { $0 / 256 % 10 == 7 ? gauss[$0] : gauss[$0] * 1e-5 }),
            ("a column 100 times as large", gauss.indices.map { $0 % 256 == 9 ? 100 * gauss[$0] : gauss[$0] }),
            ("single weights 500 times as large", gauss.map { uniform() < 1e-5 ? 500 * $0 : $0 }),
        ]
    }()

    @Test("weights of many kinds pass in every format that has an encoder", arguments: samples.indices)
    func genuine(index: Int) throws {
        let (name, weights) = Self.samples[index]
        var formats = 0
        for format in Spec.formats where !Self.fields(of: format).isEmpty && ReferenceEncoder.canEncode(format) {
            let backend = try CPUBackend()
            let importance = format.encoding?.needsImportances == true ? [Float](repeating: 1, count: 256) : nil
            let bytes = try BlockEncoder(format, policy: .clamp, backend: backend).encode(weights, columns: 256, importance: importance)
            #expect(disproportions(bytes, ContentScanner(format)) == [], "\(name), \(format.id)")
            formats += 1
        }
        #expect(formats > 30)
    }
}
