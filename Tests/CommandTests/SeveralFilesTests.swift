import Foundation
import TestSupport
import Testing

@Suite("Several files: each has its own result or error, and a bad file does not hide a good one")
struct SeveralFilesTests {
    private let folder: TemporaryFolder
    private let good: String
    /// A file that cannot be opened, and one that is not a GGUF file.
    private let missing: String
    private let page: String

    init() throws {
        folder = try TemporaryFolder()
        good = try folder.file("good.gguf", GGUFBuilder.smallLlama().build().bytes)
        missing = folder.path("missing.gguf")
        page = try folder.file("page.gguf", Array("<!DOCTYPE html>".utf8))
    }

    private static func json(_ outcome: Tool.Outcome) throws -> Any { try JSONSerialization.jsonObject(with: outcome.output) }

    @Test("good files have results, bad ones errors; the worst status decides", arguments: ["verify", "identify", "inspect", "hash"])
    func mixed(command: String) throws {
        let alone = try Tool.run([command, good])
        #expect(alone.status == 0 && alone.errors.isEmpty)
        for files in [[page, good], [good, page]] {
            let outcome = try Tool.run([command] + files)
            #expect(outcome.status == 2)
            #expect(outcome.text.contains(String(decoding: alone.output, as: UTF8.self)))
            #expect((outcome.text + outcome.errors).contains("page.gguf"))
        }
        for files in [[missing, page, good], [good, missing, page]] {
            let outcome = try Tool.run([command] + files)
            #expect(outcome.status == 74)
            #expect(outcome.text.contains(String(decoding: alone.output, as: UTF8.self)))
            #expect(outcome.errors.contains("cannot open \(missing): No such file or directory"))
        }
    }

    @Test("entries of bad files have an error in JSON", arguments: ["identify", "inspect"])
    func entries(command: String) throws {
        let outcome = try Tool.run([command, "--format", "json", missing, good, page])
        #expect(outcome.status == 74)
        #expect(try OutputSchemaTests.violations(of: outcome.output, schema: command) == [])
        let entries = try #require(try Self.json(outcome) as? [[String: Any]])
        #expect(entries.count == 3)
        let errors = entries.compactMap { $0["error"] as? [String: Any] }.compactMap { $0["exitCode"] as? Int }
        #expect(errors.sorted() == [2, 74])
        #expect(entries.filter { $0["error"] == nil }.count == 1)
        // Of one file alone too.
        let single = try Tool.run([command, "--format", "json", page])
        #expect(single.status == 2)
        #expect(try OutputSchemaTests.violations(of: single.output, schema: command) == [])
    }

    @Test("a manifest is checked for the files that can be read")
    func check() throws {
        try Tool.run(["hash", good]).output.write(to: folder.url("m"))
        let outcome = try Tool.run(["hash", "--check", folder.path("m"), "--format", "json", missing, good])
        #expect(outcome.status == 74)
        #expect(try OutputSchemaTests.violations(of: outcome.output, schema: "hash-check") == [])
        let result = try #require(try Self.json(outcome) as? [String: Any])
        #expect(result["differences"] as? [String] == [])
        #expect((result["failures"] as? [[String: Any]])?.first?["file"] as? String == missing)
        #expect((result["tensorsCompared"] as? Int ?? 0) > 0)
    }

    // MARK: Folders

    @Test("folders are walked: sorted, below, without hidden ones, through loops of links, each file once")
    func walk() throws {
        let manager = FileManager.default
        let root = folder.url("models")
        for name in ["b/c", ".hidden", "a.gguf"] {
            try manager.createDirectory(at: root.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        for name in ["b/c/2.gguf", "b/1.GGUF", ".hidden/x.gguf", "b/.x.gguf", "a.gguf/0.gguf", "notes.txt"] {
            try manager.copyItem(atPath: good, toPath: root.appendingPathComponent(name).path)
        }
        try manager.createSymbolicLink(atPath: root.appendingPathComponent("b/loop").path, withDestinationPath: "..")
        try manager.createSymbolicLink(atPath: root.appendingPathComponent("b/c/self").path, withDestinationPath: ".")
        let outcome = try Tool.run(["identify", "--format", "json", root.path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let files = try #require(try Self.json(outcome) as? [[String: Any]]).compactMap { $0["file"] as? String }
        #expect(files.map { String($0.dropFirst(root.path.count + 1)) } == ["a.gguf/0.gguf", "b/1.GGUF", "b/c/2.gguf"])
        // The same by every command.
        #expect(try Tool.run(["hash", root.path]).text.contains("2.gguf#file"))
        #expect(try Tool.run(["verify", root.path]).text.components(separatedBy: "conforming").count > 3)
        let inspected = try #require(try Self.json(Tool.run(["inspect", "--format", "json", root.path])) as? [Any])
        #expect(inspected.count == 3)
    }

    @Test("a folder without a model is an error that says so", arguments: ["verify", "identify", "inspect", "hash"])
    func empty(command: String) throws {
        try FileManager.default.createDirectory(at: folder.url("empty"), withIntermediateDirectories: true)
        let outcome = try Tool.run([command, folder.path("empty"), good])
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("the folder has no file *.gguf"))
        #expect(outcome.text.contains("good.gguf"))
    }

    @Test("a name in a folder that is not UTF-8 is an error that says so, and hides no other file")
    func nameless() throws {
        let place = folder.url("names").path
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: good, toPath: place + "/good.gguf")
        for name: [UInt8] in [[0x61, 0xFF] + Array(".gguf".utf8), [0x62, 0xFF] + Array(".txt".utf8)] {
            let path = (Array(place.utf8) + [UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
            let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
            #expect(descriptor >= 0)
            close(descriptor)
        }
        let outcome = try Tool.run(["verify", place])
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("its name is not UTF-8: rename it") && !outcome.errors.contains(".txt"), "\(outcome.errors)")
        #expect(outcome.text.contains("good.gguf"))
    }

    @Test("a split model in a folder is one model")
    func split() throws {
        let parts = try SplitModel.write(
            Repository.root.appendingPathComponent(VerifyCommandTests.model).path, tensors: [0, 1], prefix: folder.path("set"))
        let walked = try Tool.run(["identify", "--format", "json", folder.root.path])
        let files = try #require(try Self.json(walked) as? [[String: Any]]).compactMap { $0["file"] as? String }
        #expect(files.filter { $0.contains("set-0000") } == parts)
        // A part that cannot be read is told once, and hides no other model.
        try FileManager.default.removeItem(atPath: parts[1])
        let broken = try Tool.run(["identify", folder.root.path])
        #expect(broken.errors.components(separatedBy: "part 2 of the set").count == 2)
        #expect(broken.text.contains("good.gguf"))
    }

    // MARK: Standard input

    @Test("- is standard input, from a pipe or a file", arguments: ["verify", "identify", "inspect", "hash"])
    func standardInput(command: String) throws {
        let file = try Tool.run([command, good])
        for line in ["cat '\(good)' | $HIFI \(command) -", "$HIFI \(command) - < '\(good)'"] {
            let outcome = try Tool.shell(line)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.text == file.text.replacingOccurrences(of: good, with: "-"))
        }
        #expect(try Tool.run([command, "-", "-"]).status == 64)
        #expect(try Tool.shell("$HIFI \(command) - '\(good)' < /dev/null").text.contains(file.text))
    }

    @Test(
        "where a model is read more than once, - is refused by name",
        arguments: [
            ["quantize", "-", "out.gguf", "--mix", "q3_k_m", "--dry-run"], ["convert", "-", "out.gguf", "--to", "r13"],
            ["perplexity", "-m", "-", "-f", "nothing.txt"], ["figures", "sizes", "--model", "-"],
        ])
    func refused(command: [String]) throws {
        let outcome = try Tool.run(command)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("a model is not taken from standard input here"), "\(outcome.errors)")
    }

    @Test("manifests may come from standard input; a mark in front of UTF-8 is passed over, in policies too")
    func otherInputs() throws {
        let manifest = try Tool.run(["hash", good]).output
        try (Data([0xEF, 0xBB, 0xBF]) + manifest).write(to: folder.url("m"))
        #expect(try Tool.shell("$HIFI hash --check - '\(good)' < '\(folder.path("m"))'").status == 0)
        #expect(try Tool.shell("cat '\(folder.path("m"))' | $HIFI verify --require digests --manifest - '\(good)'").status == 0)
        #expect(try Tool.run(["verify", "--manifest", "-", "-"]).status == 64)
        let policy = #"{"version": 1, "rules": [{"rule": "GGUF-28", "severity": "off", "reason": "ours"}]}"#
        try (Data([0xEF, 0xBB, 0xBF]) + Data(policy.utf8)).write(to: folder.url("p.json"))
        let outcome = try Tool.run(["verify", "--policy", folder.path("p.json"), good])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
