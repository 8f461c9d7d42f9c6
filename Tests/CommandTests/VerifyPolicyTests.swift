import Foundation
import TestSupport
import Testing

@Suite("hifi verify: coverage and policies")
struct VerifyPolicyTests {
    /// A file with two keys of an odd style (GGUF-17, warnings) and no tokenizer.
    static func odd() -> GGUFBuilder {
        var builder = GGUFBuilder.smallLlama()
        builder.entries.removeAll { String(decoding: $0.key, as: UTF8.self).hasPrefix("tokenizer.") }
        builder.entries += [.init("Bad Key", .uint8(1)), .init("Other Key", .uint8(1))]
        return builder
    }

    /// A sound file with a tensor of a type that is known by its size only.
    static func sized() -> GGUFBuilder {
        var builder = odd()
        builder.entries.removeLast(2)
        builder.tensors.append(.init("blk.1.made_up.weight", [256, 4], typeID: 64, data: [UInt8](repeating: 0x3F, count: 4 * 46)))
        return builder
    }

    private static func lastLine(_ outcome: Tool.Outcome) -> String { outcome.text.split(separator: "\n").last.map(String.init) ?? "" }

    @Test("what is known by size only never conforms silently, and with --require not at all")
    func coverage() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("file.gguf", Self.sized().build().bytes)
        let open = try Tool.run(["verify", path])
        #expect(open.status == 0)
        #expect(Self.lastLine(open).hasPrefix("  conforming as far as checked: blocks of iq1_xs by size only (1 tensor)"))
        for (require, status) in [("blocks", 1), ("full", 1), ("container,parts", 0)] {
            #expect(try Tool.run(["verify", "-q", "--require", require, path]).status == Int32(status), "\(require)")
        }
        let strict = try Tool.run(["verify", "--require", "blocks", path])
        #expect(strict.text.contains("COVER-02") && strict.text.contains("iq1_xs by size only"))
        for wrong in ["block", "", "full,", "digests"] {
            #expect(try Tool.run(["verify", "--require", wrong, path]).status == 64, "\(wrong)")
        }
        try Tool.run(["hash", path]).output.write(to: folder.url("m"))
        #expect(try Tool.run(["verify", "-q", "--require", "digests", "--manifest", folder.path("m"), path]).status == 0)
    }

    @Test("every counted finding is printed", arguments: [VerifyCommandTests.model, "odd"])
    func counted(file: String) throws {
        let folder = try TemporaryFolder()
        let path = file == "odd" ? try folder.file("odd.gguf", Self.odd().build().bytes) : file
        let lines = try Tool.run(["verify", path]).text.split(separator: "\n").map(String.init)
        let last = try #require(lines.last)
        for word in ["error", "warning", "note"] {
            let printed = lines.filter { $0.hasPrefix("  \(word)".padding(toLength: 9, withPad: " ", startingAt: 0) + "  ") }.count
            let counted = last.split(separator: " ").map(String.init)
            let index = counted.firstIndex { $0.hasPrefix(word) }
            #expect(printed == index.flatMap { Int(counted[$0 - 1]) } ?? 0, "\(word)")
        }
    }

    @Test("a rule is silenced on the command line and by a file; the verdict, JSON, SARIF and JUnit say so")
    func silenced() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("odd.gguf", Self.odd().build().bytes)
        #expect(try Tool.run(["verify", "-q", path]).status == 1)
        let option = ["--rule", "GGUF-17=off:\"keys of ours\""]
        let text = try Tool.run(["verify"] + option + [path])
        #expect(text.status == 0)
        #expect(Self.lastLine(text).contains("conforming under policy --rule: 2 findings silenced"))
        #expect(text.text.contains("silenced  GGUF-17 × 2 by --rule: keys of ours"))

        let policy = try folder.file(
            "ci.json", Array(#"{"version": 1, "rules": [{"rule": "GGUF-17", "severity": "off", "reason": "ours", "keys": ["Bad*"]}]}"#.utf8)
        )
        let partly = try Tool.run(["verify", "--policy", policy, path])
        #expect(partly.status == 1)
        #expect(Self.lastLine(partly).contains("findings  1 warning") && Self.lastLine(partly).contains("\(policy): 1 finding silenced"))

        let sarif = try Tool.run(["verify", "--format", "sarif"] + option + [path])
        let log = try #require(try JSONSerialization.jsonObject(with: sarif.output) as? [String: Any])
        let results = try #require((log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]])
        let suppressed = results.filter { $0["ruleId"] as? String == "GGUF-17" }
        #expect(suppressed.count == 2)
        for result in suppressed {
            let suppression = try #require((result["suppressions"] as? [[String: Any]])?.first)
            #expect(suppression["kind"] as? String == "external")
            #expect(suppression["justification"] as? String == "keys of ours (--rule)")
        }
        #expect(results.filter { $0["ruleId"] as? String != "GGUF-17" }.allSatisfy { $0["suppressions"] == nil })
        #expect(try Tool.run(["verify", "--format", "junit"] + option + [path]).text.contains("skipped message=\"--rule: keys of ours\""))
        #expect(
            try OutputSchemaTests.violations(of: Tool.run(["verify", "--format", "json"] + option + [path]).output, schema: "verify") == [])
        let raised = try Tool.run(["verify", "--format", "json", "--rule", "GGUF-17=error:strict", path])
        #expect(raised.status == 1)
        #expect(try OutputSchemaTests.violations(of: raised.output, schema: "verify") == [])
    }

    @Test("a baseline makes what is there known, is a policy by its schema, and replaces no input")
    func baseline() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("odd.gguf", Self.odd().build().bytes)
        let baseline = folder.path("known.json")
        let written = try Tool.run(["verify", "--write-baseline", baseline, path])
        #expect(written.status == 1 && written.errors.contains("2 findings known from now on"))
        let schema = try OutputSchemaTests.policySchema.violations(in: OutputSchemaTests.policyValue(at: folder.url("."), "known.json"))
        #expect(schema == [])
        let again = try Tool.run(["verify", "--policy", baseline, path])
        #expect(again.status == 0)
        #expect(Self.lastLine(again).contains("0 findings silenced, 2 known"))

        var builder = Self.odd()
        builder.entries.removeLast()
        builder.entries.append(.init("New Key", .uint8(1)))
        _ = try folder.file("odd.gguf", builder.build().bytes)
        let later = try Tool.run(["verify", "--policy", baseline, path])
        #expect(later.status == 1)
        #expect(later.text.contains("New Key") && later.text.contains("POLICY-01"))

        let before = try Data(contentsOf: folder.url("odd.gguf"))
        #expect(try Tool.run(["verify", "--write-baseline", path, path]).status == 64)
        try FileManager.default.linkItem(at: folder.url("odd.gguf"), to: folder.url("link.gguf"))
        #expect(try Tool.run(["verify", "--write-baseline", folder.path("link.gguf"), path]).status == 64)
        #expect(try Data(contentsOf: folder.url("odd.gguf")) == before)

        let cut = try folder.file("cut.gguf", Array(builder.build().bytes.dropLast(3000)))
        let malformed = try Tool.run(["verify", "--write-baseline", folder.path("cut.json"), cut])
        #expect(malformed.status == 2 && malformed.errors.contains("no baseline was written"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("cut.json")))
    }

    @Test("several policies are taken together, and each is named")
    func several() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("odd.gguf", Self.odd().build().bytes)
        let known = folder.path("known.json")
        #expect(try Tool.run(["verify", "-q", "--write-baseline", known, path]).status == 1)
        let empty = try folder.file("empty.json", Array(#"{"version": 1}"#.utf8))
        for policies in [[known, empty], [empty, known]] {
            let outcome = try Tool.run(["verify", path] + policies.flatMap { ["--policy", $0] })
            #expect(outcome.status == 0, "\(outcome.text)")
            #expect(policies.allSatisfy { Self.lastLine(outcome).contains($0) })
        }
    }

    @Test("invalid policies and rules end with 64, file, place and remedy")
    func refused() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("odd.gguf", Self.odd().build().bytes)
        for (text, words) in [
            ("{\n  \"version\": 1,\n}", "line 3, column 1: not JSON"), (#"{"version": 1, "version": 1}"#, "line 1"),
            (#"{"version": 1, "rules": [{"rule": "NONE-01", "severity": "off", "reason": "r"}]}"#, "rules[0].rule"),
            (#"{"version": 1, "rules": [{"rule": "GGUF-58", "severity": "off", "reason": "r"}]}"#, "malformed"),
        ] {
            let policy = try folder.file("p.json", Array(text.utf8))
            let outcome = try Tool.run(["verify", "--policy", policy, path])
            #expect(outcome.status == 64 && outcome.errors.contains(policy) && outcome.errors.contains(words), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        #expect(try Tool.run(["verify", "--policy", folder.path("none.json"), path]).status == 74)
        // Without --require there is nothing that a rule about coverage could be about.
        for rule in ["GGUF-17=off", "GGUF-17=off:", "NONE-01=off:r", "GGUF-60=note:r", "COVER-02=error:r"] {
            #expect(try Tool.run(["verify", "--rule", rule, path]).status == 64, "\(rule)")
        }
    }

    @Test("a big-endian file is unsupported")
    func bigEndian() throws {
        let folder = try TemporaryFolder()
        let little = Self.odd().build().bytes
        var big = little
        for range in [4..<8, 8..<16, 16..<24] { big.replaceSubrange(range, with: little[range].reversed()) }
        let outcome = try Tool.run(["verify", folder.file("big.gguf", big)])
        #expect(outcome.status == 1)
        #expect(Self.lastLine(outcome).contains("unsupported  1 error"))
    }
}
