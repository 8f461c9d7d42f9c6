import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// A Q3_K block packed by hand from the sentences of the spec (Q3K-01 to Q3K-06), without its planes.
struct HandPackedQ3K {
    var codes = [Int](repeating: 0, count: 256)  // −4…3
    var scales = [Int](repeating: 0, count: 16)  // −32…31
    var d: UInt16 = 0

    var bytes: [UInt8] {
        var block = [UInt8](repeating: 0, count: 110)
        for (weight, code) in codes.enumerated() {
            let (half, quarter, lane) = (weight / 128, weight % 128 / 32, weight % 32)
            let bits = UInt8(code + 4)
            block[32 + 32 * half + lane] |= (bits & 3) << UInt8(2 * quarter)
            block[lane] |= (bits >> 2) << UInt8(4 * half + quarter)
        }
        for (group, scale) in scales.enumerated() {
            let bits = UInt8(scale + 32)
            block[96 + group % 8] |= (bits & 15) << (group < 8 ? 0 : 4)
            block[104 + group % 4] |= (bits >> 4) << UInt8(2 * (group / 4))
        }
        block[108] = UInt8(truncatingIfNeeded: d)
        block[109] = UInt8(d >> 8)
        return block
    }
}

@Suite("Q3_K, exhaustively (Q3K-01 to Q3K-07)")
struct ExhaustiveQ3KTests {
    let decoder: ReferenceDecoder

    init() throws { decoder = try ReferenceDecoder(#require(Spec.format("q3_k"))) }

    @Test("every scale d with every sub-block scale and every code", arguments: 0..<16)
    func allProducts(slice: Int) throws {
        // Four blocks hold all 64 scales with all 8 codes, each code twice in its sub-block.
        var template: [UInt8] = []
        for part in 0..<4 {
            var block = HandPackedQ3K()
            block.codes = (0..<256).map { $0 % 8 - 4 }
            block.scales = (0..<16).map { 16 * part + $0 - 32 }
            template += block.bytes
        }
        let scaleCode = (0..<1024).map { ($0 / 16 - 32, $0 % 8 - 4) }
        var wrong = 0
        for d in UInt16(slice * 4096)...UInt16(slice * 4096 + 4095) {
            for block in 0..<4 {
                template[110 * block + 108] = UInt8(truncatingIfNeeded: d)
                template[110 * block + 109] = UInt8(d >> 8)
            }
            let weights = try decoder.decode(template)
            let scale = SmallFloats.float(half: d)
            for (weight, (group, code)) in zip(weights, scaleCode) {
                let product = scale * Float(group) * Float(code)
                let same = product.isNaN ? weight.isNaN : weight.bitPattern == product.bitPattern
                if !same { wrong += 1 }
            }
        }
        #expect(wrong == 0)
    }

    @Test("every bit of the code planes moves one weight, by its own amount")
    func codeBits() throws {
        var base = HandPackedQ3K()
        base.codes = Array(repeating: -4, count: 256)  // all bits clear
        base.scales = (0..<16).map { $0 + 1 }
        base.d = 0x3C00
        let before = try decoder.decode(base.bytes)
        for bit in 0..<(96 * 8) {
            var bytes = base.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let changed = zip(before, try decoder.decode(bytes)).enumerated().filter { $1.0 != $1.1 }
            #expect(changed.count == 1)
            let (weight, step): (Int, Float)
            if bit < 256 {  // hmask
                let (lane, row) = (bit / 8, bit % 8)
                (weight, step) = (row / 4 * 128 + row % 4 * 32 + lane, 4)
            } else {  // qs
                let (byte, shift) = (bit / 8 - 32, bit % 8)
                (weight, step) = (byte / 32 * 128 + shift / 2 * 32 + byte % 32, shift % 2 == 0 ? 1 : 2)
            }
            #expect(changed.first?.offset == weight, "bit \(bit)")
            #expect(changed.first.map { $1.1 - $1.0 } == step * Float(weight / 16 + 1), "bit \(bit)")
        }
    }

    @Test("every bit of the packed scales moves one sub-block, by its own amount")
    func scaleBits() throws {
        var base = HandPackedQ3K()
        base.codes = Array(repeating: 1, count: 256)
        base.scales = Array(repeating: -32, count: 16)
        base.d = 0x3C00
        let before = try decoder.decode(base.bytes)
        for bit in 0..<96 {
            var bytes = base.bytes
            bytes[96 + bit / 8] ^= 1 << UInt8(bit % 8)
            let changed = zip(before, try decoder.decode(bytes)).enumerated().filter { $1.0 != $1.1 }
            let (byte, shift) = (bit / 8, bit % 8)
            let (group, step) = byte < 8 ? (byte + shift / 4 * 8, 1 << (shift % 4)) : (byte - 8 + shift / 2 * 4, 16 << (shift % 2))
            #expect(changed.map(\.offset) == Array(16 * group..<16 * group + 16), "bit \(bit)")
            #expect(changed.allSatisfy { $1.1 - $1.0 == Float(step) }, "bit \(bit)")
        }
    }
}
