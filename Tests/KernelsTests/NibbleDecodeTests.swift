import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import TestSupport
import Testing

/// The formats whose nibbles lie in the order of Q4_0 have few numbers in a block, so all that can meet do.
@Suite("Blocks of nibbles decode exactly, in every combination")
struct NibbleDecodeTests {
    /// Formats with a fp16 scale: each of them with each code.
    @Test("every scale with every code", arguments: Self.formats(["q5_0", "iq4_nl", "q4_0"]))
    func everyScale(_ format: BlockFormat) throws {
        var bytes: [UInt8] = []
        for d in 0...UInt16.max { bytes += Self.block(format, d: d) }
        try Self.compare(format, bytes)
    }

    /// Both must be NaN at once too: the scaled code's payload wins (NUM-04).
    @Test("every scale with special minima, every minimum with special scales", arguments: Self.formats(["q4_1", "q5_1"]))
    func everyMinimum(_ format: BlockFormat) throws {
        let special: [UInt16] = [0x0000, 0x8000, 0x0001, 0x3C00, 0xFBFF, 0x7C00, 0xFC00, 0x7C01, 0xFE5A]
        for other in special {
            var bytes: [UInt8] = []
            for each in 0...UInt16.max { bytes += Self.block(format, d: each, m: other) + Self.block(format, d: other, m: each) }
            try Self.compare(format, bytes)
        }
    }

    @Test("every exponent of MXFP4 with every code", arguments: Self.formats(["mxfp4"]))
    func everyExponent(_ format: BlockFormat) throws {
        let codes = Self.nibbles
        try Self.compare(format, (0...UInt8.max).flatMap { [$0] + codes })
    }

    /// A block has eight scales: eight blocks have all sixty-four of them, in another place each time.
    @Test("every scale of IQ4_XS in every place with every d and code", arguments: Self.formats(["iq4_xs"]))
    func everySubBlock(_ format: BlockFormat) throws {
        let codes = (0..<8).flatMap { _ in Self.nibbles }
        for first in 0..<8 {
            var block = [UInt8](repeating: 0, count: 8) + codes
            for place in 0..<8 {
                let scale = UInt8((8 * first + 9 * place) % 64)
                block[2 + place / 4] |= (scale >> 4) << UInt8(2 * (place % 4))
                block[4 + place / 2] |= (scale & 15) << UInt8(4 * (place % 2))
            }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(136 << 16)
            for d in 0...UInt16.max {
                (block[0], block[1]) = (UInt8(d & 255), UInt8(d >> 8))
                bytes += block
            }
            try Self.compare(format, bytes)
        }
    }

    @Test("the fifth bit of each weight is its own", arguments: Self.formats(["q5_0", "q5_1"]))
    func fifthBits(_ format: BlockFormat) throws {
        let high = try #require(format.field("qh"))
        var bytes: [UInt8] = []
        for weight in 0..<32 {
            var block = [UInt8](repeating: 0, count: format.bytes)
            block[1] = 0x3C
            block[high.offset + weight / 8] = 1 << UInt8(weight % 8)
            bytes += block
        }
        let zero: Float = format.id == "q5_0" ? -16 : 0
        for isa in InstructionSet.available {
            let decoded = try CPUBackend(isa: isa).decode(format, bytes)
            for i in decoded.indices { #expect(decoded[i] == (i % 32 == i / 32 ? zero + 16 : zero), "\(isa)") }
        }
        try Self.compare(format, bytes)
    }

    static func formats(_ ids: [String]) -> [BlockFormat] {
        Pairing.decoded.filter { $0.isa == .scalar && ids.contains($0.format.id) }.map(\.format)
    }

    /// Low nibbles count up, high ones down.
    private static let nibbles = (0..<16).map { (i: UInt8) in i | (15 - i) << 4 }

    /// A block with each code of the format: with the fifth bits set in the second half.
    private static func block(_ format: BlockFormat, d: UInt16, m: UInt16 = 0) -> [UInt8] {
        var block = [UInt8(d & 255), UInt8(d >> 8)]
        if format.field("m") != nil { block += [UInt8(m & 255), UInt8(m >> 8)] }
        if format.field("qh") != nil { block += [0, 0, 255, 255] }
        return block + nibbles
    }

    /// Decodes once by the reference, and by every set of the machine.
    private static func compare(_ format: BlockFormat, _ blocks: [UInt8]) throws {
        let expected = try ReferenceDecoder(format).decode(blocks)
        for isa in InstructionSet.available {
            let found = try CPUBackend(isa: isa, threads: 2).decode(format, blocks)
            #expect(firstDifference(found, expected) == nil, "\(isa)")
        }
    }
}
