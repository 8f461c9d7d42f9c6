import Foundation
import HIFIGGUF
import TestSupport
import Testing

@Suite("No text from a file, a path or an adapter controls the terminal")
struct ForeignOutputTests {
    /// Escape sequences, a bell, line ends, C1, bidirectional controls, no width, separators, markup.
    static let evil = "\u{1B}]0;pwn\u{7}\u{1B}[31mX\r\n<b>&\"\u{9B}31m\u{202E}\u{2066}\u{200B}\u{FEFF}\u{AD}\u{2028}\u{7F}\u{E0041}]]>"

    /// Scalars of an output that no reader may get, beside line feeds.
    static func unprintable(_ data: Data) -> [String] {
        guard let text = String(validating: data, as: UTF8.self) else { return ["not UTF-8"] }
        return text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x0A: false
            case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFE00...0xFE0F,
                0xE0000...0xE0FFF:
                true
            default: false
            }
        }.map { String($0.value, radix: 16) }
    }

    /// Files that are odd in many ways, with such text in every place where text can be.
    static func files(in folder: TemporaryFolder) throws -> [String] {
        var odd = GGUFBuilder.smallLlama()
        for index in odd.tensors.indices { odd.tensors[index].name = Array((evil.prefix(12) + "\(index)").utf8) }
        odd.tensors[0].typeID = 999
        for key in [
            "general.name", "general.type", "general.size_label", "quantize.imatrix.file", "tokenizer.ggml.model", "tokenizer.ggml.pre",
        ] {
            odd.entries.removeAll { $0.key == Array(key.utf8) }
            odd.entries.append(.init(key, .string(evil)))
        }
        odd.entries.append(.init("general.\(evil)", .uint32(1)))
        odd.entries.append(.init("general.tags", .strings([evil, evil])))
        var named = GGUFBuilder.smallLlama()
        named.entries.removeAll { $0.key == Array("general.architecture".utf8) }
        named.entries.append(.init("general.architecture", .string("llama\(evil)")))
        named.entries.append(.init("hifi.types", .strings(["40=\(evil)", evil])))
        named.entries.append(.init("hifi.dialect", .string(evil)))
        named.entries.append(.init("split.count", .string(evil)))
        var one = GGUFBuilder.smallLlama()
        one.tensors[1].name = Array(evil.utf8.prefix(60))
        one.entries.removeAll { $0.key == Array("general.name".utf8) }
        one.entries.append(.init("general.name", .string(evil)))
        return [
            try folder.file("odd.gguf", odd.build().bytes), try folder.file("named.gguf", named.build().bytes),
            try folder.file("one\u{1B}[5m\n\u{202E}.gguf", one.build().bytes),
        ]
    }

    static let lines =
        [
            "inspect --keys --tensors FILE", "inspect --format json FILE", "identify FILE", "identify --format json FILE",
            "diff FILE OTHER",
            "diff --format json FILE OTHER", "diff --format html OTHER FILE", "figures sizes --model FILE",
            "figures sizes --model FILE --format json", "quantize FILE OUT --mix q3_k_m --dry-run", "convert FILE OUT --to r6", "hash FILE",
            "hash --form common FILE", "hash --check MANIFEST FILE", "hash --chunks FILE", "hash --form in-toto FILE",
            "attribute FILE --source OTHER --tensors",
            "attribute FILE --source OTHER --format json", "repair OTHER --manifest PIECES",
            "repair OTHER --manifest PIECES --format json",
            "repair FILE --manifest MANIFEST", "perplexity -m FILE -f FILE", "imatrix -m FILE -f FILE -o OUT",
            "decode --type q3_k --blocks FILE", "encode --type FILE --columns 32 --input FILE", "inspect OUT", "verify --no-such-FILE",
            "EVIL",
        ]
        + ["text", "json", "sarif", "junit"].flatMap { format in
            ["verify", "verify --digests", "verify --profile runtime", "verify --manifest MANIFEST", "verify --policy FILE"].map {
                "\($0) --format \(format) FILE"
            }
        }

    @Test("Every command in every form", arguments: lines)
    func command(_ line: String) throws {
        let folder = try TemporaryFolder()
        let files = try Self.files(in: folder)
        let manifest = "xxh3  0123456789abcdef  odd.gguf:\(Self.evil.replacing("\n", with: "").replacing("\r", with: ""))\n\(Self.evil)\n"
        let replaced = [
            "OTHER": files[2], "OUT": folder.path("out\u{1B}[2J\n.gguf"), "EVIL": Self.evil,
            "MANIFEST": try folder.file("manifest\u{9B}", Array(manifest.utf8)),
            "PIECES": try folder.file("pieces\u{1B}[1m", Array(Tool.run(["hash", "--chunks", files[0]]).output)),
        ]
        for file in files {
            let words = line.split(separator: " ").map { word in
                (replaced.merging(["FILE": file]) { $1 }).reduce(String(word)) { $0.replacing($1.key, with: $1.value) }
            }
            let outcome = try Tool.run(words)
            #expect(outcome.exited)
            #expect(Self.unprintable(outcome.output) == [], "\(line) of \(file.debugDescription)")
            #expect(Self.unprintable(Data(outcome.errors.utf8)) == [], "\(line) of \(file.debugDescription): \(outcome.errors)")
        }
    }

    @Test("A path with a line feed is one line of an error")
    func pathInError() throws {
        let outcome = try Tool.run(["inspect", "no\nsuch\u{1B}[31m file"])
        #expect(outcome.errors == #"hifi: error: cannot open no\u{a}such\u{1b}[31m file: No such file or directory"# + "\n")
        let parsed = try Tool.run(["inspect", "--odd\nHIFI: error: all is well", "x"])
        #expect(parsed.errors.contains(#"--odd\u{a}HIFI: error: all is well"#) && !parsed.errors.contains("\nHIFI"))
    }

    @Test("An adapter: its name, its replies, what it says on standard error", arguments: ["text", "json", "junit", "html"])
    func adapter(format: String) throws {
        let folder = try TemporaryFolder()
        let text = #"\x1b]0;pwn\x07\x1b[31m\x9b\u202e\u200b"#
        let program = """
            import json, sys
            evil = "\(text)"
            for line in sys.stdin:
                message = json.loads(line)
                if message["op"] == "bye": break
                if message["op"] == "hello": reply = {"name": evil, "version": evil, "supports": {"decode": ["*"]}}
                elif message["id"] % 3 == 0: reply = {"error": evil}
                elif message["id"] % 3 == 1: reply = {"skipped": evil}
                else:
                    sys.stderr.write(evil + "\\r\\n" + evil); sys.stderr.flush()
                    print(evil); sys.exit(3)
                reply["id"] = message["id"]
                print(json.dumps(reply), flush=True)
            """
        let path = try folder.file("adapter.py", Array(program.utf8))
        let outcome = try Tool.run(
            ["conformance", "--exec", "python3 \(path)", "--filter", "id:q3_k-dec-00*", "--format", format],
            environment: ["PYTHONIOENCODING": "utf-8"])
        #expect(outcome.exited && outcome.output.count > 200, "\(outcome.errors)")
        #expect(Self.unprintable(outcome.output) == [] && Self.unprintable(Data(outcome.errors.utf8)) == [], "\(outcome.text)")
        #expect(outcome.text.contains(#"\u{1b}]0;pwn\u{7}"#) || outcome.text.contains(#"\\u{1b}]0;pwn\\u{7}"#), "\(outcome.text)")
    }

    @Test("JSON keeps names exactly")
    func exact() throws {
        let folder = try TemporaryFolder()
        let path = try Self.files(in: folder)[2]
        let outcome = try Tool.run(["inspect", "--format", "json", path])
        let json = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
        #expect(json["path"] as? String == path)
        #expect(json["name"] as? String == Self.evil)
    }
}
