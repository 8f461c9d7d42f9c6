import Foundation
import TestSupport
import Testing

@Suite("hifi verify, identify, inspect, hash")
struct VerifyCommandTests {
    static let model = "Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf"

    @Test("the real model conforms in both profiles", arguments: ["spec", "runtime"])
    func realModel(profile: String) throws {
        let outcome = try Tool.run(["verify", "--profile", profile, Self.model])
        #expect(outcome.status == 0, "\(outcome.text)\(outcome.errors)")
        #expect(outcome.text.contains("conforming"))
        #expect(outcome.text.contains("q3_k_hifi@r6"))
        #expect(outcome.errors.isEmpty)
    }

    @Test("no damaged file of the catalogue gets away", arguments: ["spec", "runtime"])
    func catalogue(profile: String) throws {
        let folder = try TemporaryFolder()
        let manifest = folder.path("manifest")
        let good = try #require(CorruptionCorpus.cases.first { $0.visibility == .valid })
        let goodPath = try folder.file("good.gguf", good.bytes)
        try Tool.run(["hash", goodPath]).output.write(to: folder.url("manifest"))
        for damaged in CorruptionCorpus.cases {
            let path = try folder.file("\(damaged.id).gguf", damaged.bytes)
            let needsManifest = damaged.visibility == .digest
            let extra = needsManifest ? ["--manifest", manifest] : []
            let outcome = try Tool.run(["verify", "--format", "json", "--profile", profile] + extra + [path])
            #expect(outcome.exited, "\(damaged.id)")
            if damaged.visibility == .valid {
                #expect(outcome.status == 0, "\(damaged.id): \(outcome.text)")
            } else {
                #expect([1, 2].contains(outcome.status), "\(damaged.id): \(damaged.sentence)")
            }
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: outcome.output) }
        }
    }

    @Test("a file that is not there is an input error; several files give the worst status")
    func severalFiles() throws {
        #expect(try Tool.run(["verify", "nothing.gguf"]).status == 74)
        let folder = try TemporaryFolder()
        let cut = try folder.file("cut.gguf", Array(try Repository.bytes(Self.model).prefix(1000)))
        #expect(try Tool.run(["verify", "-q", Self.model, cut]).status == 2)
        #expect(try Tool.run(["verify", "-q", Self.model, cut]).output.isEmpty)
        let page = try folder.file("page.gguf", Array("<!DOCTYPE html><html><body>404</body></html>".utf8))
        let html = try Tool.run(["verify", page])
        #expect(html.status == 2)
        #expect(html.text.contains("HTML"))
        #expect(try Tool.run(["inspect", page]).status == 2)
        #expect(try Tool.run(["identify", folder.path("x")]).status == 74)
    }

    @Test("identify names revision, dialect and readers")
    func identify() throws {
        let outcome = try Tool.run(["identify", Self.model])
        #expect(outcome.status == 0)
        for word in ["certain", "q3_k_hifi@r6", "fork-2025-12-22", "reads right", "refuses"] { #expect(outcome.text.contains(word)) }
        let json = try Tool.run(["identify", "--format", "json", Self.model])
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: json.output) }
    }

    @Test("inspect counts weights and bytes as loaders do")
    func inspect() throws {
        let outcome = try Tool.run(["inspect", Self.model, "--tensors", "--keys"])
        #expect(outcome.status == 0)
        for word in ["6,427,392", "4.00 bits per weight", "blk.0.attn_v.weight", "general.architecture"] {
            #expect(outcome.text.contains(word))
        }
    }

    @Test("a manifest matches its file, and tells what changed", arguments: ["hifi", "common"])
    func manifest(form: String) throws {
        let folder = try TemporaryFolder()
        var bytes = try Repository.bytes(Self.model)
        let path = try folder.file("model.gguf", bytes)
        let algorithms = form == "common" ? ["-a", "xxh64", "-a", "sha256"] : ["-a", "xxh3-128", "-a", "sha256"]
        try Tool.run(["hash", "--form", form] + algorithms + [path]).output.write(to: folder.url("m"))
        #expect(try Tool.run(["hash", "--check", folder.path("m"), path]).status == 0)
        #expect(try Tool.run(["verify", "--manifest", folder.path("m"), path]).status == 0)
        bytes[bytes.count - 5000] ^= 1
        _ = try folder.file("model.gguf", bytes)
        let changed = try Tool.run(["hash", "--check", folder.path("m"), path])
        #expect(changed.status == 1)
        #expect(changed.text.contains("tensor"))
        #expect(try Tool.run(["verify", "--manifest", folder.path("m"), path]).status != 0)
        #expect(try Tool.run(["hash", "--check", path, path]).status == 2)
    }
}
