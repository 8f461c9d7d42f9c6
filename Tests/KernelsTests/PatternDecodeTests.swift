import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import TestSupport
import Testing

/// What random blocks would take long to meet: each scale, and each pattern of the bits that stand together. Every format that has
/// kernels for decoding alone is tried, whatever it is called.
@Suite("Kernels decode every scale and every pattern of bits")
struct PatternDecodeTests {
    /// The formats, once each.
    static let formats = (Pairing.decodedOnly + Pairing.rows).filter { $0.isa == .scalar && $0.format.elements > 1 }.map(\.format)

    @Test("every fp16 scale", arguments: formats.filter { $0.fields.contains { $0.type == .f16 && $0.count == 1 } })
    func everyScale(_ format: BlockFormat) throws {
        let field = try #require(format.fields.first { $0.type == .f16 && $0.count == 1 })
        // Sixteen contents in turn, so that each scale meets many codes.
        let contents = Samples.hostile(format, blocks: 16, seed: 41)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(format.bytes << 16)
        for d in 0...UInt16.max {
            let start = bytes.count
            let content = Int(d) * 7 % 16
            bytes += contents[content * format.bytes..<(content + 1) * format.bytes]
            Samples.set(field, to: d, block: start, in: &bytes)
        }
        try compare(format, bytes)
    }

    /// Each value of sixteen bits at each byte of the block: what names an entry, its signs and its scale lies in two bytes or fewer
    /// beside each other, or moves by itself.
    @Test("every pair of bytes at every place", arguments: formats)
    func everyPair(_ format: BlockFormat) throws {
        // A block has a pair at each second byte, the first at byte 0 or 1 by turns; pairs step by an odd number, so that each place
        // meets each value.
        let base = Samples.finite(format, blocks: 1, seed: 42)
        let scales = Set(format.fields.filter { $0.type == .f16 || $0.type == .f32 }.flatMap { $0.parts.isEmpty ? Array($0.range) : [] })
        for first in 0...1 {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(format.bytes << 16)
            for value in 0...UInt16.max {
                var block = base
                for place in stride(from: first, to: format.bytes - 1, by: 2) {
                    let here = value &+ UInt16(truncatingIfNeeded: place) &* 0x9E37
                    if !scales.contains(place) { block[place] = UInt8(here & 255) }
                    if !scales.contains(place + 1) { block[place + 1] = UInt8(here >> 8) }
                }
                bytes += block
            }
            try compare(format, bytes)
        }
    }

    /// Decodes once by the reference, and by every set of the machine.
    private func compare(_ format: BlockFormat, _ blocks: [UInt8]) throws {
        // All in one row where rows have headers.
        let bytes = [UInt8](repeating: 0x3C, count: format.headerBytes) + blocks
        let expected = try ReferenceDecoder(format).decode(bytes)
        for isa in InstructionSet.available {
            let found = try CPUBackend(isa: isa, threads: 2).decode(format, bytes)
            #expect(firstDifference(found, expected) == nil, "\(isa)")
        }
    }
}
