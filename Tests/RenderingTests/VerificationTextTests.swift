import Console
import Foundation
import HIFIForeign
import HIFIVerification
import Rendering
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Reports of verification, as text and for machines")
struct VerificationTextTests {
    private static func report(_ bytes: [UInt8], named name: String = "model.gguf") throws -> VerificationReport {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        return Verifier(VerifierOptions()).verify([try folder.file(name, bytes)])
    }

    private static func text(_ builder: GGUFBuilder) throws -> String {
        Style.rendered(VerificationText(try report(builder.build().bytes), digests: false).lines.joined(separator: "\n"), colour: false)
    }

    @Test("further places of a finding are named: tensors, and blocks by their row, block and byte")
    func furtherPlaces() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors.removeAll { $0.nameText.hasPrefix("blk.1.ffn_") }
        let missing = try Self.text(builder)
        #expect(missing.contains("also blk.1.ffn_gate.weight; blk.1.ffn_up.weight; blk.1.ffn_down.weight\n"), "\(missing)")

        builder = GGUFBuilder.smallLlama()
        for start in [200, 400, 600] { builder.tensors[0].data.replaceSubrange(start..<start + 2, with: [0x00, 0x7e]) }
        let blocks = try Self.text(builder)
        #expect(blocks.contains(/also row \d+ block \d+ .*byte [\d,]+; row \d+ block \d+ .*byte [\d,]+\n/), "\(blocks)")
    }

    @Test("SARIF is JSON with results, JUnit is well-formed XML with failures")
    func machineFormats() throws {
        let damaged = try #require(CorruptionCorpus.named("p01-nan-scale"))
        let report = try Self.report(damaged.bytes, named: "a<b>&\"c.gguf")
        let sarif = Data(try JSONText.render(SARIFLog(report, RuleReference(page: nil))).utf8)
        let log = try #require(try JSONSerialization.jsonObject(with: sarif) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        let runs = try #require(log["runs"] as? [[String: Any]])
        let results = try #require(runs.first?["results"] as? [[String: Any]])
        #expect(results.contains { $0["level"] as? String == "error" })

        let junit = VerificationJUnit.text(report)
        #expect(XMLParser(data: Data(junit.utf8)).parse(), "\(junit)")
        #expect(junit.contains("<failure"))
    }
}
