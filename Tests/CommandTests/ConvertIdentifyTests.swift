import Foundation
import TestSupport
import Testing

/// What is said of a converted file agrees with itself: every revision there and back.
@Suite("Converted files are identified")
struct ConvertIdentifyTests {
    @Test("without a stamp, for certain or among equals, label and routing side by side", arguments: ["r9", "r10", "r11", "r12", "r13"])
    func identify(revision: String) throws {
        let folder = try TemporaryFolder()
        let (there, back) = (folder.path("there.gguf"), folder.path("back.gguf"))
        #expect(try Tool.run(["convert", VerifyCommandTests.model, there, "--to", revision]).status == 0)
        let identified = try Tool.run(["identify", there, "--all-content"])
        #expect(identified.status == 0, "\(identified.text)")
        let lines = identified.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(lines.contains { $0.hasPrefix("certain") && $0.contains("q3_k_hifi@\(revision)") }, "\(identified.text)")
        #expect(lines.contains { $0.hasPrefix("revision") && $0.contains("q3_k_hifi@\(revision)") })
        #expect(!identified.text.contains("not q3_k_hifi@\(revision):"), "\(identified.text)")
        let label = try #require(lines.first { $0.hasPrefix("file type") })
        #expect(label.contains("MOSTLY_Q3_K_HIFI") && label.contains("the tensors follow q3_k_hifi"), "\(label)")
        #expect(lines.contains { $0.hasPrefix("routing") && $0.contains("q3_k_hifi: ") && $0.contains("43 of 43") })
        let verified = try Tool.run(["verify", there])
        #expect(verified.status == 0 && verified.text.contains("conforming"), "\(verified.text)")
        #expect(try Tool.run(["convert", there, back, "--to", "r6"]).status == 0)
        #expect(try Data(contentsOf: folder.url("back.gguf")) == Data(Repository.bytes(VerifyCommandTests.model)))
    }
}
