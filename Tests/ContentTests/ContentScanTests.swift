import HIFIBlockSpec
import HIFIContent
import HIFIKernels
import TestSupport
import Testing

/// What kernels see first must not change what is found.
@Suite("The content scan by every instruction set")
struct ContentScanTests {
    /// An instruction set and a format with checks.
    struct Pairing: Sendable, CustomTestStringConvertible {
        let isa: InstructionSet
        let format: BlockFormat
        var testDescription: String { "\(format.id) by \(isa.rawValue)" }

        static let all = InstructionSet.available.flatMap { isa in
            Spec.formats.filter { !$0.checks.isEmpty }.map { Pairing(isa: isa, format: $0.asOneBlockRows) }
        }
    }

    private func scan(_ bytes: [UInt8], _ scanner: ContentScanner, chunks: [Int]? = nil, limit: Int = 50) -> ContentTally {
        var tally = ContentTally(checks: scanner.checks.count, exampleLimit: limit)
        let stride = scanner.format.bytes
        bytes.withUnsafeBytes { all in
            var first = 0
            for blocks in chunks ?? [all.count / stride] {
                let part = UnsafeRawBufferPointer(rebasing: all[first * stride..<(first + blocks) * stride])
                scanner.scan(part, firstBlock: first, into: &tally)
                first += blocks
            }
        }
        return tally
    }

    /// What the rules find.
    private func expected(_ bytes: [UInt8], _ format: BlockFormat) -> ContentTally { scan(bytes, .withoutKernels(format)) }

    @Test("clean blocks are clean, and kernels answer for most checks", arguments: Pairing.all)
    func clean(pairing: Pairing) {
        let scanner = ContentScanner(pairing.format, isa: pairing.isa)
        let good = DraftBlock(wellFormed: pairing.format).bytes
        for count in [1, 31, 64, 65, 1000] {
            let tally = scan(Array(repeatElement(good, count: count).joined()), scanner)
            #expect(tally.counts.allSatisfy { $0 == 0 }, "\(count) blocks")
        }
        // Floats in blocks that are shorter than a window are left to the rules.
        let isSlow = ["iq1_bn", "iq2_bn"].contains(pairing.format.id)
        #expect(scanner.quickChecks.isEmpty == isSlow)
        // Positions of two bytes and the code planes of r4 too.
        let isOld = ["q3_k_hifi@r1", "q3_k_hifi@r2", "q3_k_hifi@r4"].contains(pairing.format.id)
        #expect(isOld || isSlow || scanner.quickChecks == scanner.checks)
    }

    @Test("one broken block among many is found, wherever it lies", arguments: Pairing.all)
    func oneBroken(pairing: Pairing) throws {
        let scanner = ContentScanner(pairing.format, isa: pairing.isa)
        let good = DraftBlock(wellFormed: pairing.format).bytes
        // Short blocks are judged in groups of some kilobytes, others by 64.
        let count = good.count < 64 ? 16384 / good.count + 150 : 150
        var bytes = Array(repeatElement(good, count: count).joined())
        for (number, check) in scanner.checks.enumerated() {
            for broken in BrokenBlock.breaking(check, of: pairing.format) {
                // First and last, borders of groups, places within vectors.
                for place in [0, 63, 64, 77, count - 2, count - 1] {
                    bytes.replaceSubrange(place * good.count..<(place + 1) * good.count, with: broken.bytes)
                    let tally = scan(bytes, scanner)
                    bytes.replaceSubrange(place * good.count..<(place + 1) * good.count, with: good)
                    #expect(tally.counts[number] == 1, "\(check.clause), \(broken.what), block \(place)")
                    let example = try #require(tally.examples[number].first)
                    #expect(example.block == place && example.scalar == broken.scalar, "\(check.clause), \(broken.what)")
                }
            }
        }
    }

    @Test("random damage gives the same findings by every set and in any chunks", arguments: Pairing.all)
    func damaged(pairing: Pairing) {
        let format = pairing.format
        let scanner = ContentScanner(format, isa: pairing.isa)
        var random = SplitMix64(seed: 77)
        let good = DraftBlock(wellFormed: format).bytes
        let blocks = 400
        var bytes = Array(repeatElement(good, count: blocks).joined())
        // Few faults first, then many; among the bytes that checks look at: all but codes.
        for round in 0..<6 {
            for _ in 0..<(1 << (2 * round)) {
                let block = Int(random.next() % UInt64(blocks))
                let place = Int(random.next() % UInt64(format.bytes))
                let value: UInt8 = [0, 0xFF, 0x7C, 0xFC, 0x80, 7, 8, 9].randomElement(using: &random) ?? 0
                bytes[block * format.bytes + place] = random.next() % 3 == 0 ? UInt8(truncatingIfNeeded: random.next()) : value
            }
            // Damage in the tail, where slots are, is more telling.
            for _ in 0..<(1 << (2 * round)) {
                let block = Int(random.next() % UInt64(blocks))
                let tail = min(60, format.bytes)
                let place = format.bytes - 1 - Int(random.next() % UInt64(tail))
                bytes[block * format.bytes + place] = UInt8(truncatingIfNeeded: random.next() & (round % 2 == 0 ? 0xFF : 0x0F))
            }
            let expected = expected(bytes, format)
            #expect(scan(bytes, scanner) == expected, "round \(round)")
            #expect(scan(bytes, scanner, chunks: [63, 1, 64, 65, 100, 107]) == expected, "round \(round), in chunks")
        }
    }

    @Test(
        "slots in every state give the same findings by every set", arguments: Pairing.all.filter { $0.format.decoding?.correction != nil })
    func slots(pairing: Pairing) throws {
        let format = pairing.format
        let correction = try #require(format.decoding?.correction)
        let scanner = ContentScanner(format, isa: pairing.isa)
        var random = SplitMix64(seed: 5)
        var bytes: [UInt8] = []
        for _ in 0..<600 {
            var block = DraftBlock(wellFormed: format)
            if random.next() % 2 == 0 { block.setCount(Int(random.next() % UInt64(correction.slots + 3))) }
            for slot in 0..<correction.slots where random.next() % 4 == 0 {
                let position: Int = [0, 1, 254, 255, 10, 10 + 9 * slot, 11 + 9 * slot].randomElement(using: &random) ?? 0
                block.setPosition(slot, position)
                if random.next() % 2 == 0 { block.setValue(slot, isZero: true) }
                if random.next() % 3 == 0 { block.enliven(position) }
            }
            bytes += block.bytes
        }
        // Looked at alone, and as many together as there are.
        for start in stride(from: 0, to: 600, by: 100) {
            let part = Array(bytes[start * format.bytes..<(start + 100) * format.bytes])
            let expected = expected(part, format)
            #expect(scan(part, scanner) == expected)
            #expect(expected.counts.contains { $0 > 0 })
        }
    }

    @Test("nothing is read beside the blocks, at any address")
    func anyAddress() throws {
        let format = try #require(Spec.format("q3_k_hifi@r13"))
        let good = DraftBlock(wellFormed: format).bytes
        for isa in InstructionSet.available {
            for offset in 0..<8 {
                let padded = [UInt8](repeating: 0xFF, count: offset) + Array(repeatElement(good, count: 70).joined()) + [0xFF, 0xFF, 0xFF]
                var tally = ContentTally(checks: format.checks.count, exampleLimit: 1)
                padded.withUnsafeBytes { bytes in
                    let blocks = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + 70 * good.count])
                    ContentScanner(format, isa: isa).scan(blocks, firstBlock: 0, into: &tally)
                }
                #expect(tally.counts.allSatisfy { $0 == 0 })
            }
        }
    }
}
