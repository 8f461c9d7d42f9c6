import HIFIGGUF
import TestSupport
import Testing

@Suite("Strict UTF-8")
struct UTF8Tests {
    private func problems(ofValue text: [UInt8]) -> [StructuralProblem] {
        var value: [UInt8] = []
        value.append(integer: UInt64(text.count))
        var builder = GGUFBuilder()
        builder.entries = [.init(key: Array("k".utf8), typeID: 8, value: value + text)]
        return GGUFScan.scan(builder.build().bytes).problems
    }

    @Test("all one- and two-byte strings are judged as Swift's own decoder judges them, at every position of a word")
    func agreesWithSwift() {
        var disagreements = 0
        for prefix in [0, 5, 7, 8] {
            let lead = [UInt8](repeating: 0x61, count: prefix)
            for first in UInt8.min...UInt8.max {
                for second in UInt8.min...UInt8.max where first != 0 && second != 0 {
                    let text = lead + [first, second] + Array("12345678".utf8)
                    let valid = String(validating: text, as: UTF8.self) != nil
                    if problems(ofValue: text).isEmpty != valid { disagreements += 1 }
                }
            }
        }
        #expect(disagreements == 0)
    }

    @Test("random sequences of lead and continuation bytes are judged as Swift's own decoder judges them")
    func agreesOnLongerSequences() {
        var random = SplitMix64(seed: 9)
        let edges: [UInt8] = [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5]
        var disagreements = 0
        for _ in 0..<50_000 {
            let text = (0..<Int.random(in: 1...5, using: &random)).map { _ in edges.randomElement(using: &random) ?? 0x61 }
            if problems(ofValue: text).isEmpty != (String(validating: text, as: UTF8.self) != nil) { disagreements += 1 }
        }
        #expect(disagreements == 0)
    }

    @Test("the offset is that of the first byte of the broken sequence")
    func offset() {
        let found = problems(ofValue: Array("gräß".utf8) + [0xe2, 0x82])
        #expect(found.map(\.code) == [.stringNotUTF8])
        #expect(found.first?.offset == 24 + 8 + 1 + 4 + 8 + 6)
    }

    @Test("NUL is valid UTF-8 and noted all the same", arguments: [0, 3, 7, 8, 12])
    func nul(position: Int) {
        var text = [UInt8](repeating: 0x61, count: 16)
        text[position] = 0
        let found = problems(ofValue: text)
        #expect(found.map(\.code) == [.stringContainsNUL])
        #expect(found.first?.offset == 24 + 8 + 1 + 4 + 8 + position)
    }
}
