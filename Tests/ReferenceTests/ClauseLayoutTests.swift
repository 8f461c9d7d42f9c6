import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

@Suite("Layout of the stock block types, bit by bit")
struct ClauseLayoutTests {
    @Test("the restated layout gives each weight all bits of its code, each bit once", arguments: LayoutSentence.all)
    func restatementIsComplete(_ sentence: LayoutSentence) {
        var seen: [Int: [Int]] = [:]
        for case .code(let weight, let place) in sentence.meanings { seen[weight, default: []].append(place) }
        #expect(seen.keys.sorted() == Array(0..<sentence.weights))
        #expect(seen.values.allSatisfy { $0.sorted() == Array(0..<sentence.codeBits) })
        let meanings = sentence.meanings.filter { $0 != .nothing }
        #expect(Set(meanings).count == meanings.count)
    }

    @Test("every single bit changes the weights that its clause names, as it says, and no others", arguments: LayoutSentence.all)
    func singleBits(_ sentence: LayoutSentence) throws {
        let decoder = try ReferenceDecoder(#require(Spec.format(sentence.format)))
        #expect(decoder.format.bytes == sentence.bytes)
        #expect(decoder.format.elements == sentence.weights)
        // Scales and minima differ from group to group, so that a weight that takes a neighbour's shows.
        let base = sentence.write { weight in
            var numbers = sentence.base
            numbers.scale += weight / sentence.group % 8
            numbers.minimum += weight / sentence.group % 4
            return numbers
        }
        let before = try decoder.decode(base)
        #expect(zip(before, sentence.read(base).map(sentence.value)).allSatisfy(same))
        for (bit, meaning) in sentence.meanings.enumerated() {
            var block = base
            block[bit / 8] ^= 1 << UInt8(bit % 8)
            let after = try decoder.decode(block)
            let changed = (0..<sentence.weights).filter { !same(before[$0], after[$0]) }
            #expect(changed == sentence.reach(of: meaning), "bit \(bit): \(meaning)")
            let expected = sentence.read(block).map(sentence.value)
            #expect(zip(after, expected).allSatisfy(same), "bit \(bit): \(meaning)")
        }
    }

    @Test("random blocks decode as the restated arithmetic says, every rounding included", arguments: LayoutSentence.all)
    func randomBlocks(_ sentence: LayoutSentence) throws {
        let decoder = try ReferenceDecoder(#require(Spec.format(sentence.format)))
        var random = SplitMix64(seed: 0x5EED)
        for trial in 0..<200 {
            let block = random.bytes(sentence.bytes)
            let expected = sentence.read(block).map(sentence.value)
            #expect(zip(try decoder.decode(block), expected).allSatisfy(same), "block \(trial)")
        }
    }

    @Test("the worked example of Spec/README.md: weight 150 of Q3_K")
    func workedExample() throws {
        var block = [UInt8](repeating: 0, count: 110)
        for (offset, byte) in [(22, 0x10), (32 + 54, 0xB6), (96 + 1, 0x7C), (96 + 9, 0x2D), (108, 0x66), (109, 0x2E)] as [(Int, UInt8)] {
            block[offset] = byte
        }
        #expect(try ReferenceDecoder(#require(Spec.format("q3_k"))).decode(block)[150] == 1.399658203125)
        #expect(try Repository.text("Spec/README.md").contains("1.399658203125"))
    }

    @Test("blocks follow each other without padding (NUM-10)", arguments: DecoderContractTests.decodable)
    func consecutiveBlocks(id: String) throws {
        let format = try #require(Spec.format(id))
        let decoder = try ReferenceDecoder(format)
        var random = SplitMix64(seed: 10)
        let blocks = (0..<7).map { _ in random.bytes(format.bytes) }
        let together = try decoder.decode(blocks.flatMap(\.self))
        let apart = try blocks.flatMap { try decoder.decode($0) }
        #expect(together.map(\.bitPattern) == apart.map(\.bitPattern))
    }
}
