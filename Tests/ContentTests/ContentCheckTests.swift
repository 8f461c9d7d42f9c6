import HIFIBlockSpec
import HIFIContent
import TestSupport
import Testing

@Suite("Content checks of the block formats")
struct ContentCheckTests {
    static let checked = Spec.formats.filter { !$0.checks.isEmpty }.map(\.id)

    private func scan(_ blocks: [[UInt8]], _ scanner: ContentScanner) -> ContentTally {
        var tally = ContentTally(checks: scanner.checks.count, exampleLimit: 8)
        blocks.flatMap(\.self).withUnsafeBytes { scanner.scan($0, firstBlock: 40, into: &tally) }
        return tally
    }

    @Test("every check of the spec has a case here, and every case a check")
    func complete() {
        func key(_ clause: String, _ kind: ContentCheck.Kind, _ field: String) -> String { "\(clause) \(kind.rawValue) \(field)" }
        let declared = Set(Spec.formats.flatMap(\.checks).map { key($0.clause, $0.kind, $0.field) })
        #expect(declared == Set(ContentCheckCases.declared.map(key)))
        #expect(Set(ContentCheckCases.declared.map(\.kind)) == Set(ContentCheck.Kind.allCases))
    }

    @Test("the scanner runs all checks of a format in the order of its declaration", arguments: Spec.formats.map(\.id))
    func runsAll(id: String) throws {
        let format = try #require(Spec.format(id)?.asOneBlockRows)
        #expect(ContentScanner(format).checks == format.checks)
    }

    @Test("a well-formed block passes", arguments: checked)
    func good(id: String) throws {
        let format = try #require(Spec.format(id)?.asOneBlockRows)
        let tally = scan([DraftBlock(wellFormed: format).bytes], ContentScanner(format))
        #expect(tally.counts.allSatisfy { $0 == 0 })
    }

    @Test("a block that breaks one check is found by that check, in its place, and by no other", arguments: checked)
    func broken(id: String) throws {
        let format = try #require(Spec.format(id)?.asOneBlockRows)
        let scanner = ContentScanner(format)
        let good = DraftBlock(wellFormed: format).bytes
        for (number, check) in scanner.checks.enumerated() {
            let cases = BrokenBlock.breaking(check, of: format)
            #expect(!cases.isEmpty, "\(check.clause)")
            for broken in cases {
                let tally = scan([good, broken.bytes, good, broken.bytes], scanner)
                for (other, found) in tally.counts.enumerated() {
                    let isMeant = other == number || broken.alsoBreaks.contains(scanner.checks[other].kind)
                    #expect(found == (isMeant ? 2 : 0), "\(check.clause), \(broken.what): \(scanner.checks[other].clause)")
                }
                #expect(tally.examples[number].map(\.block) == [41, 43], "\(check.clause), \(broken.what)")
                #expect(tally.examples[number].allSatisfy { $0.scalar == broken.scalar }, "\(check.clause), \(broken.what)")
            }
        }
    }

    @Test("unused slots over a weight that is zero anyway are not a finding (R12-07, R12-08, R9-05, R10-06, R11-05)")
    func harmlessSentinels() throws {
        let sentinels = [("r12a", 0), ("r12a", 255), ("r12b", 255), ("r12c", 255), ("r9", 0), ("r10", 0), ("r11", 0)]
        for (revision, sentinel) in sentinels {
            let id = "q3_k_hifi@\(revision)"
            let format = try #require(Spec.format(id)?.asOneBlockRows)
            let slots = try #require(format.decoding?.correction?.slots)
            for unused in 1...slots {
                var block = DraftBlock(wellFormed: format)
                for slot in (slots - unused)..<slots {
                    block.setPosition(slot, sentinel)
                    block.setValue(slot, isZero: true)
                }
                #expect(scan([block.bytes], ContentScanner(format)).counts.allSatisfy { $0 == 0 }, "\(id), \(unused) unused")
            }
        }
    }

    @Test("a count of zero with empty slots is well-formed (R13-05, R13-08)")
    func emptySlots() throws {
        let format = try #require(Spec.format("q3_k_hifi@r13"))
        var block = DraftBlock(wellFormed: format)
        block.setCount(0)
        for slot in 0..<8 {
            block.setPosition(slot, 0)
            block.setValue(slot, isZero: true)
        }
        #expect(scan([block.bytes], ContentScanner(format)).counts.allSatisfy { $0 == 0 })
    }
}
