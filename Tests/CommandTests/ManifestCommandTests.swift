import Foundation
import TestSupport
import Testing

@Suite("Manifests of other programs, and files that are none")
struct ManifestCommandTests {
    private let folder: TemporaryFolder
    private let good: String
    private let sum: String

    init() throws {
        folder = try TemporaryFolder()
        let bytes = GGUFBuilder.smallLlama().build().bytes
        good = try folder.file("a model (1).gguf", bytes)
        sum = SHA256.hash(data: bytes).map { String($0, radix: 16).count == 1 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }
            .joined()
    }

    private func check(_ text: String) throws -> (hash: Tool.Outcome, verify: Tool.Outcome) {
        let manifest = try folder.file("sums", Array(text.utf8))
        return (
            try Tool.run(["hash", "--check", manifest, good]),
            try Tool.run(["verify", "--require", "digests", "--manifest", manifest, good])
        )
    }

    @Test(
        "the forms of sha256sum",
        arguments: ["SUM  NAME", "SUM *NAME", "SUM  some/where/NAME", "SHA256 (NAME) = SUM", "\u{FEFF}SUM  NAME\r", "\\SUM  NAME"])
    func forms(form: String) throws {
        func text(_ sum: String) -> String {
            form.replacingOccurrences(of: "NAME", with: "a model (1).gguf").replacingOccurrences(of: "SUM", with: sum) + "\n"
        }
        for sum in [sum, sum.uppercased()] {
            let (hash, verify) = try check(text(sum))
            #expect(hash.status == 0 && hash.text.contains("the data of 11 of 11 tensors") || hash.text.contains("ok"), "\(hash.errors)")
            #expect(verify.status == 0, "\(verify.text)")
        }
        let other = (sum.first == "0" ? "1" : "0") + sum.dropFirst()
        let (hash, verify) = try check(text(other))
        #expect(hash.status == 1 && hash.text.contains("whole file"))
        #expect(verify.status == 1 && verify.text.contains("MANIFEST-02"))
    }

    @Test(
        "a file that is not a manifest is reported as such",
        arguments: [
            ("", "this is not a manifest"), ("hello\nworld\n", "this is not a manifest"), ("{\"a\": 1}", "this is not a manifest"),
            ("GGUF\u{3}\0\0\0", "this is a GGUF file, no manifest"),
        ])
    func none(text: String, message: String) throws {
        let (hash, verify) = try check(text)
        #expect(hash.status == 2 && hash.errors.contains(message), "\(hash.errors)")
        #expect(verify.status == 1 && verify.text.contains(message))
        #expect(verify.text.components(separatedBy: "MANIFEST-01").count == 2)
    }

    @Test("a digest of another kind, and a line in a manifest that is none, are told with their line")
    func lines() throws {
        let (md5, _) = try check("\(sum)  a model (1).gguf\n\(sum.prefix(32))  b.gguf\n")
        #expect(md5.status == 2 && md5.errors.contains("line 2: a digest of 128 bits"))
        let (tag, _) = try check("\(sum)  a model (1).gguf\nMD5 (b) = \(sum.prefix(32))\n")
        #expect(tag.status == 2 && tag.errors.contains("line 2: a MD5 digest"))
    }
}
