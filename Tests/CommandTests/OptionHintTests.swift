import Foundation
import HIFIGGUF
import TestSupport
import Testing

@Suite("Errors of libraries come with the option that helps")
struct OptionHintTests {
    private static let model = VerifyCommandTests.model

    @Test(
        "the last words are the option",
        arguments: [
            ("quantize \(model) OUT --mix q8_0", 64, "--allow-requantize"),
            ("quantize \(model) OUT --mix q8_0 --revision r6", 64, "--revision"),
            ("quantize \(model) OUT --mix q8_0 --allow-requantize --tensor-type nothing=q4_k", 64, "--tensor-type"),
            ("conformance --vectors /nowhere", 74, "--vectors"),
        ])
    func hint(line: String, status: Int32, option: String) throws {
        let folder = try TemporaryFolder()
        let words = line.split(separator: " ").map { $0 == "OUT" ? folder.path("out.gguf") : String($0) }
        let outcome = try Tool.run(words)
        #expect(outcome.status == status && outcome.errors.hasSuffix(" (\(option))\n"), "\(outcome.errors)")
    }

    @Test("remedies of rules too, in text and in JSON")
    func remedy() throws {
        let folder = try TemporaryFolder()
        var builder = GGUFBuilder.smallQwen3()
        builder.entries.append(.init("hifi.dialect", .string("upstream-today")))
        let path = try folder.file("half-stamped.gguf", builder.build().bytes)
        for format in ["text", "json"] {
            let outcome = try Tool.run(["verify", "--format", format, path])
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("Write it again, or remove it. (hifi convert --stamp)"), "\(outcome.text)")
        }
    }
}
