import Foundation
import TestSupport
import Testing

/// Commands that read from addresses, on a server that is started here.
@Suite("Commands take addresses", .serialized)
struct RemoteCommandTests {
    private static let server = Result { try LocalServer.nginx() }
    private let model: [UInt8]
    private let server: LocalServer?

    init() throws {
        model = try Repository.bytes(VerifyCommandTests.model)
        switch Self.server {
        case .success(let server):
            self.server = server
            _ = try server.folder.file("files/model.gguf", model)
        case .failure(let error as LocalServer.Missing):
            print(error)
            server = nil
        case .failure(let error): throw error
        }
    }

    private func run(_ words: String...) throws -> Tool.Outcome? {
        guard let server else { return nil }
        return try Tool.run(
            words.map { $0.replacing("HOST", with: server.address) },
            environment: ["CURL_CA_BUNDLE": server.certificate, "HF_ENDPOINT": server.address + "/hub", "HF_TOKEN": "secret"])
    }

    @Test("hifi verify: the header alone, tensors that are named, and not the rest")
    func verify() throws {
        guard let outcome = try run("verify", "--header-only", "hf://owner/name@main/model.gguf") else { return }
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(outcome.text.contains("hf://owner/name@main/model.gguf") && outcome.text.contains("as far as checked"), "\(outcome.text)")
        #expect(outcome.text.contains("data not examined"), "\(outcome.text)")
        let tensor = try run("verify", "HOST/model.gguf", "--tensor", "blk.0.ffn_down.weight", "--format", "json")
        #expect(tensor?.status == 0 && tensor?.text.contains("not examined: not named") == true, "\(tensor?.text ?? "")")
        let whole = try run("verify", "HOST/model.gguf?key=secret")
        #expect(whole?.status == 64 && whole?.errors.contains("--header-only") == true && whole?.errors.contains("secret") == false)
        let wrong = try run("verify", "HOST/model.gguf", "--tensor", "blk.0.ffn_dawn.weight")
        #expect(wrong?.status == 64)
        #expect(
            wrong?.errors.contains("no tensor is named blk.0.ffn_dawn.weight: did you mean blk.0.ffn_down.weight") == true,
            "\(wrong?.errors ?? "")")
        let missing = try run("verify", "--header-only", "HOST/none.gguf")
        #expect(missing?.status == 74 && missing?.errors.contains("there is no such file (404)") == true, "\(missing?.errors ?? "")")
        let plain = try run("verify", "--header-only", "http://127.0.0.1/model.gguf")
        #expect(plain?.status == 64 && plain?.errors.contains("only https:// and hf:// are read") == true, "\(plain?.errors ?? "")")
    }

    @Test(
        "no secret of an address is printed, whoever refuses it",
        arguments: [
            "https://user:SECRET@127.0.0.1/m", "HOST/m.gguf?x=SECRET#x", "HOST/m x.gguf?SECRET", "https:///m?SECRET", "http://x/m?SECRET",
            "HOST/none.gguf?SECRET", "hf://o/r/m.gguf?SECRET", "hf://o/r", "https://127.0.0.1:1/m?SECRET",
        ])
    func secrets(address: String) throws {
        for words in [
            ["verify", "--header-only"], ["verify", "--header-only", "--format", "sarif"], ["inspect", "--format", "json"], ["hash"],
            ["figures", "sizes", "--model"], ["diff", VerifyCommandTests.model], ["quantize", "--mix", "q8_0", VerifyCommandTests.model],
        ] {
            guard let server else { return }
            let outcome = try Tool.run(
                words + [address.replacing("HOST", with: server.address)],
                environment: ["CURL_CA_BUNDLE": server.certificate, "https_proxy": "foo://u:SECRET@127.0.0.1:9"])
            #expect([64, 74].contains(outcome.status), "\(words): \(outcome.status) \(outcome.errors)")
            #expect(!(outcome.text + outcome.errors).contains("SECRET"), "\(words): \(outcome.text)\(outcome.errors)")
        }
    }

    @Test("hifi inspect and figures sizes say what they say of the file")
    func shapes() throws {
        guard let far = try run("inspect", "--tensors", "--keys", "HOST/model.gguf") else { return }
        let near = try Tool.run(["inspect", "--tensors", "--keys", VerifyCommandTests.model])
        #expect(far.status == 0)
        #expect(far.text.replacing("\(server?.address ?? "")/model.gguf", with: VerifyCommandTests.model) == near.text)
        let sizes = try run("figures", "sizes", "--model", "hf://owner/name/model.gguf", "--mix", "q3_k_m", "--format", "json")
        let local = try Tool.run(["figures", "sizes", "--model", VerifyCommandTests.model, "--mix", "q3_k_m", "--format", "json"])
        #expect(sizes?.status == 0)
        #expect(sizes?.text.replacing("hf://owner/name/model.gguf", with: VerifyCommandTests.model) == local.text, "\(sizes?.errors ?? "")")
    }

    @Test("hifi identify: with a tensor it is as sure as with the file")
    func identify() throws {
        guard let header = try run("identify", "HOST/moved/model.gguf") else { return }
        #expect([0, 1].contains(header.status) && header.errors.isEmpty, "\(header.errors)")
        // What a reader makes of blocks that nobody looked at is not told.
        #expect(!header.text.contains("misreads     HIFI fork A") && header.text.contains("no block was examined"), "\(header.text)")
        let names = try String(decoding: Tool.run(["inspect", "--tensors", VerifyCommandTests.model]).output, as: UTF8.self)
            .split(separator: "\n").flatMap { $0.split(separator: " ") }.filter { $0.hasPrefix("blk.") }.map(String.init)
        guard let server else { return }
        let tensors = try Tool.run(
            ["identify", "\(server.address)/model.gguf"] + names.flatMap { ["--tensor", $0] },
            environment: ["CURL_CA_BUNDLE": server.certificate])
        let near = try Tool.run(["identify", VerifyCommandTests.model])
        #expect(tensors.text.replacing("\(server.address)/model.gguf", with: VerifyCommandTests.model) == near.text, "\(tensors.text)")
    }

    @Test("hifi hash: all bytes, compared or listed, none kept")
    func hash() throws {
        guard let server else { return }
        let near = try Tool.run(["hash", "--algorithm", "sha256", VerifyCommandTests.model])
        let manifest = try server.folder.file("manifest", Array(near.output))
        let far = try run("hash", "--algorithm", "sha256", "HOST/model.gguf")
        #expect(far?.text == near.text.replacing(VerifyCommandTests.model, with: "model.gguf"), "\(far?.errors ?? "")")
        let same = try run("hash", "--check", manifest, "HOST/model.gguf")
        #expect(same?.status == 0 && same?.text.hasPrefix("ok  ") == true, "\(same?.text ?? "")\(same?.errors ?? "")")
        var changed = model
        changed[model.count - 100] ^= 1
        _ = try server.folder.file("files/changed.gguf", changed)
        let differs = try run("hash", "--check", manifest, "HOST/changed.gguf")
        #expect(differs?.status == 1 && differs?.text.contains("whole file: expected ") == true, "\(differs?.text ?? "")")
    }

    @Test("hifi repair takes what is missing from an address, and no more")
    func repair() throws {
        guard let server else { return }
        let list = server.folder.path("list")
        try Tool.run(["hash", "--chunks", "--chunk-size", "65536", Repository.root.appendingPathComponent(VerifyCommandTests.model).path])
            .output
            .write(to: server.folder.url("list"))
        var damaged = model
        damaged[200_000] ^= 1
        let path = try server.folder.file("damaged.gguf", damaged)
        let before = try server.requests.count
        let outcome = try run("repair", path, "--manifest", list, "--from", "hf://owner/name/model.gguf", "--in-place")
        #expect(
            outcome?.status == 0 && outcome?.text.contains("65,536 bytes came from hf://owner/name/model.gguf") == true,
            "\(outcome?.errors ?? "")")
        #expect(try server.folder.bytes("damaged.gguf") == model)
        #expect(try server.requests.dropFirst(before).filter { $0.contains(" 206 ") }.count == 1)
        // Another version of the file is found out before it is written.
        _ = try server.folder.file("damaged.gguf", damaged)
        _ = try server.folder.file("files/shorter.gguf", Array(model.dropLast()))
        let shorter = try run("repair", path, "--manifest", list, "--from", "HOST/shorter.gguf", "--in-place")
        #expect(shorter?.status == 2 && shorter?.errors.contains("and the list is of a file of") == true, "\(shorter?.errors ?? "")")
        #expect(try server.folder.bytes("damaged.gguf") == damaged)
    }

    @Test("commands that read files say so of an address")
    func others() throws {
        guard let outcome = try run("quantize", "HOST/model.gguf", "/nowhere", "--mix", "q8_0") else { return }
        #expect(
            outcome.status == 74 && outcome.errors.contains("it is an address, and only files of this machine are used here"),
            "\(outcome.errors)")
        let chunks = try run("hash", "--chunks", "HOST/model.gguf")
        #expect(chunks?.status == 64, "\(chunks?.errors ?? "")")
    }
}
