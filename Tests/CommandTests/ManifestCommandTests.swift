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

    /// The digest of some bytes in hexadecimal digits.
    private static func hex(_ bytes: [UInt8]) -> String { bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }

    @Test("a statement to be signed lists files as OpenSSF's Model Signing does, and is compared with them, signed or not")
    func statement() throws {
        let folder = try TemporaryFolder()
        let bytes = try Repository.bytes(VerifyCommandTests.model)
        let path = try folder.file("model.gguf", bytes)
        let outcome = try Tool.run(["hash", "--form", "in-toto", path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let sum = [UInt8](SHA256.hash(data: bytes))
        let json = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? NSDictionary)
        let expected: NSDictionary = [
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [["name": "model.gguf", "digest": ["sha256": Self.hex([UInt8](SHA256.hash(data: sum)))]]],
            "predicateType": "https://model_signing/signature/v1.0",
            "predicate": [
                "serialization": ["method": "files", "hash_type": "sha256", "allow_symlinks": false],
                "resources": [["name": ".", "algorithm": "sha256", "digest": Self.hex(sum)]],
            ],
        ]
        #expect(json == expected, "\(outcome.text)")

        func check(_ text: String, _ file: String = "model.gguf") throws -> Tool.Outcome {
            try Data(text.utf8).write(to: folder.url("statement"))
            return try Tool.run(["hash", "--check", folder.path("statement"), folder.path(file)])
        }
        let same = try check(outcome.text)
        #expect(same.status == 0 && same.text.hasPrefix("ok") && same.errors.isEmpty, "\(same.text)\(same.errors)")
        let payload = Data(outcome.output).base64EncodedString()
        let envelope =
            "{\"payload\": \"\(payload)\", \"payloadType\": \"application/vnd.in-toto+json\", \"signatures\": [{\"sig\": \"AA==\"}]}"
        for text in [envelope, "{\"mediaType\": \"x\", \"dsseEnvelope\": \(envelope)}"] {
            let signed = try check(text)
            #expect(signed.status == 0 && signed.errors.contains("its signatures are not checked here"), "\(signed.errors)")
        }
        try folder.file("changed.gguf", bytes.dropLast() + [bytes[bytes.count - 1] ^ 1])
        #expect(try check(outcome.text, "changed.gguf").status == 1)
        for (from, to, words) in [
            (Self.hex(sum), Self.hex(sum.reversed()), "it was altered"), ("model_signing", "slsa", "not the digests of a model's files"),
            ("Statement/v1", "Statement/v0.1", "not an in-toto statement"), ("\"files\"", "\"shards\"", "not those of whole files"),
            ("\"resources\"", "\"resource\"", "does not name one model"), ("{", "{{", "not JSON"),
        ] {
            let wrong = try check(outcome.text.replacing(from, with: to, maxReplacements: 1))
            #expect(wrong.status == 2 && wrong.errors.contains(words), "\(words): \(wrong.errors)")
        }
    }

    @Test("a statement about a folder names its files in order, and one about some of them is not made")
    func folderStatement() throws {
        let folder = try TemporaryFolder()
        let bytes = try Repository.bytes(VerifyCommandTests.model)
        try FileManager.default.createDirectory(at: folder.url("m/b"), withIntermediateDirectories: true)
        for name in ["m/z.gguf", "m/b/a.gguf", "m/B.gguf"] { try folder.file(name, bytes) }
        let outcome = try Tool.run(["hash", "--form", "in-toto", folder.path("m")])
        let json = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
        let resources = try #require((json["predicate"] as? [String: Any])?["resources"] as? [[String: String]])
        #expect(resources.map { $0["name"] } == ["B.gguf", "b/a.gguf", "z.gguf"])
        let sum = [UInt8](SHA256.hash(data: bytes))
        let subject = try #require((json["subject"] as? [[String: Any]])?.first)
        let root = Self.hex([UInt8](SHA256.hash(data: sum + sum + sum)))
        #expect(subject["name"] as? String == "m" && subject["digest"] as? [String: String] == ["sha256": root])
        try folder.file("m/cut.gguf", Array(bytes.prefix(100)))
        let partial = try Tool.run(["hash", "--form", "in-toto", folder.path("m")])
        #expect(partial.status == 2 && partial.output.isEmpty, "\(partial.text)")
    }

    @Test("files of one name in several folders are told apart by their paths", arguments: [[], ["--form", "in-toto"]])
    func sameNames(form: [String]) throws {
        let folder = try TemporaryFolder()
        let bytes = try Repository.bytes(VerifyCommandTests.model)
        for (index, name) in ["one", "two", "three"].enumerated() {
            try FileManager.default.createDirectory(at: folder.url("m/\(name)"), withIntermediateDirectories: true)
            try folder.file("m/\(name)/q.gguf", bytes.dropLast() + [UInt8(index)])
        }
        let names = ["one", "two", "three"].map { folder.path("m/\($0)/q.gguf") }
        for files in [[folder.path("m")], names] {
            try Tool.run(["hash"] + form + files).output.write(to: folder.url("list"))
            let same = try Tool.run(["hash", "--check", folder.path("list")] + files)
            #expect(same.status == 0 && same.text.hasPrefix("ok"), "\(same.text)\(same.errors)")
            let one = try Tool.run(["hash", "--check", folder.path("list"), names[1]])
            // A statement is about all of a model.
            #expect(one.status == (form.isEmpty ? 0 : 1), "\(one.text)")
            #expect(one.text.contains("one/q.gguf") && one.text.contains("three/q.gguf"), "\(one.text)")
        }
        try FileManager.default.removeItem(atPath: names[0])
        try FileManager.default.moveItem(atPath: names[1], toPath: names[0])
        let moved = try Tool.run(["hash", "--check", folder.path("list"), names[0]])
        #expect(moved.status == 1, "\(moved.text)")
    }

    @Test("a statement in which two files would have one name is not made, nor is one read that leads out of the model")
    func sameNameTwice() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] {
            try FileManager.default.createDirectory(at: folder.url(name), withIntermediateDirectories: true)
            try folder.file("\(name)/m.gguf", Repository.bytes(VerifyCommandTests.model))
        }
        let outcome = try Tool.run(["hash", "--form", "in-toto", folder.path("a/m.gguf"), folder.path("b/m.gguf")])
        #expect(outcome.status == 0 && outcome.text.contains("\"a/m.gguf\"") && outcome.text.contains("\"b/m.gguf\""), "\(outcome.text)")
        try Data(outcome.text.replacing("a/m.gguf", with: "../m.gguf").utf8).write(to: folder.url("s"))
        let outside = try Tool.run(["hash", "--check", folder.path("s"), folder.path("a/m.gguf")])
        #expect(outside.status == 2 && outside.errors.contains("no path below the model"), "\(outside.errors)")
    }
}
