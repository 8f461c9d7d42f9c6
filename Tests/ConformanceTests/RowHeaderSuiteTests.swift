import Conformance
import Diagnosis
import Foundation
import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite
import TestSupport
import Testing

/// Rows with headers in the suite, in what is asked of programs and libraries, and in what mistakes are called.
@Suite("Rows with headers in the suite")
struct RowHeaderSuiteTests {
    static let headed = Spec.formats.filter { $0.rowHeader != nil && $0.decoding != nil }.map(\.id)

    @Test("single blocks and rows turn into each other; the header counts once", arguments: headed)
    func rows(id: String) throws {
        let (row, single) = (try #require(Spec.format(id)), try #require(SingleBlocks.format(id)))
        #expect(single.headBytes == row.headerBytes && single.bytes == row.headerBytes + row.bytes && row.headBytes == 0)
        var random = SplitMix64(seed: 4)
        let blocks = random.bytes(3 * single.bytes)
        let joined = single.row(of: blocks)
        #expect(joined.count == row.headerBytes + 3 * row.bytes && joined.prefix(single.bytes) == blocks.prefix(single.bytes))
        let apart = single.blocks(ofRow: joined)
        #expect(single.row(of: apart) == joined)
        #expect(try ReferenceDecoder(single).decode(apart).map(\.bitPattern) == ReferenceDecoder(row).decode(joined).map(\.bitPattern))
        #expect(single.blocks(ofRow: Array(joined.prefix(row.headerBytes + row.bytes - 1))).isEmpty && single.row(of: []).isEmpty)
        let plain = try #require(SingleBlocks.format("q4_0"))
        #expect(plain.headBytes == 0 && plain.row(of: blocks) == blocks && plain.blocks(ofRow: blocks) == blocks)
    }

    @Test("what is set in a draft is what is there, in words of a Gray code too", arguments: headed)
    func drafts(id: String) throws {
        let single = try #require(SingleBlocks.format(id))
        var random = SplitMix64(seed: 6)
        var draft = BlockDraft(single, bytes: random.bytes(single.bytes))
        for index in stride(from: 0, to: draft.codeCount, by: 7) {
            let raw = Int(random.next() % UInt64(1 << draft.codeWidth))
            draft.setCode(index, raw)
            #expect(draft.code(index) == raw)
        }
        for index in 0..<draft.scaleCount {
            let raw = Int(random.next() % UInt64(1 << draft.scaleWidth))
            draft.setScale(index, raw)
            #expect(draft.scale(index) == raw)
        }
        // The twin reads by the draft, the reference by itself.
        let weights = try ReferenceDecoder(single).decode(draft.bytes).map { FloatPattern.classified($0.bitPattern) }
        #expect(DecoderTwin(single).decode(draft.bytes).map(FloatPattern.classified) == weights)
    }

    @Test("mistakes about headers are called what they are", arguments: ["header-each", "header-left-out", "header-skipped-not"])
    func diagnosed(name: String) throws {
        let store = try StoredVectors.result.get()
        for id in ["iq4_ks", "iq2_kl"] {
            let single = try #require(SingleBlocks.format(id))
            let mutant = try #require(DecoderFaults.mutants(of: single).first { $0.id.hasSuffix("/\(name)") })
            var options = ConformanceRunner.Options(filter: try CaseFilter(terms: ["format:\(id)", "kind:decode"]))
            options.diagnoses = true
            let report = ConformanceRunner.run(store, options, system: mutant.system)
            #expect(!report.isConforming)
            #expect(report.diagnoses.compactMap(\.cause).map(\.words) == [mutant.fault], "\(id)")
        }
    }

    @Test(
        "a library's function is given a row, whose header counts once",
        .enabled(if: Fixture.compiler != nil && Fixture.tool != nil, "needs a C compiler and the built tool"))
    func library() throws {
        let tool = try #require(Fixture.tool)
        let runs: [([String], String?)] = [([], nil), (["-DHEADER_EACH"], "every block is taken to have a header in front")]
        for (options, cause) in runs {
            let folder = try Fixture.folder()
            defer { Fixture.remove(folder) }
            try FakeGGML.build(in: folder, options: ["-DLAYOUT=56"] + options)
            let outcome = try Fixture.run([tool, "conformance", "--ggml", folder.path, "--filter", "format:iq4_ks"])
            #expect(outcome.status == (cause == nil ? 0 : 1), "\(outcome.output)\(outcome.errors)")
            if let cause { #expect(outcome.output.contains(cause), "\(outcome.output)") }
        }
    }
}
