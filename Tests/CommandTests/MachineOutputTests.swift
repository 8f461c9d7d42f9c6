import Foundation
#if canImport(FoundationXML)
    import FoundationXML
#endif
import SpecLoader
import TestSupport
import Testing

@Suite("SARIF and JUnit of hifi verify are what services accept")
struct MachineOutputTests {
    private let folder: TemporaryFolder
    /// A file that conforms, and one with errors and warnings in names with every character that a URI must not have.
    private let good: String
    private let bad: String

    init() throws {
        folder = try TemporaryFolder()
        good = try folder.file("good.gguf", GGUFBuilder.smallLlama().build().bytes)
        var builder = GGUFBuilder.smallLlama()
        builder.entries[1] = .init("general.name", .string("a\0b"))
        builder.entries += [.init("Bad Key", .uint8(1)), .init("Other \u{1}\u{1B}[31mKey", .uint8(1))]
        builder.tensors[2].data[5] = 0xFF
        builder.tensors.remove(at: 3)
        bad = try folder.file("a b#%ü.gguf", builder.build().bytes)
    }

    private func sarif(_ arguments: [String], in directory: String? = nil) throws -> [String: Any] {
        let line = (["verify", "--format", "sarif"] + arguments).map { "'\($0)'" }.joined(separator: " ")
        let output = try Tool.shell("cd '\(directory ?? folder.root.path)' && $HIFI \(line)").output
        #expect(try OutputSchemaTests.violations(of: output, schema: "sarif") == [])
        try Self.checkPublished(output)
        let log = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
        return try #require((log["runs"] as? [[String: Any]])?.first)
    }

    /// Against the schema that OASIS publishes, where `HIFI_SARIF_SCHEMA` says where a copy is: its licence keeps it out of this package.
    private static func checkPublished(_ output: Data) throws {
        guard let path = ProcessInfo.processInfo.environment["HIFI_SARIF_SCHEMA"] else { return }
        let url = URL(fileURLWithPath: path)
        let schema = try SpecSource(root: url.deletingLastPathComponent()).value(at: url.lastPathComponent)
        let folder = try TemporaryFolder()
        try output.write(to: folder.url("log.json"))
        #expect(try JSONSchemaSubset(schema).violations(in: SpecSource(root: folder.url(".")).value(at: "log.json")) == [])
    }

    @Test(
        "the published schema holds",
        .enabled(
            if: ProcessInfo.processInfo.environment["HIFI_SARIF_SCHEMA"] != nil,
            "SKIPPED: name a copy of OASIS's sarif-schema-2.1.0.json in HIFI_SARIF_SCHEMA; until then only our own schema is held to"
        ))
    func published() throws {
        for files in [[good], [bad, "missing.gguf"], [good, bad]] { _ = try sarif(files) }
        _ = try sarif(["--profile", "runtime", "--rule", "GGUF-17=off:ours", bad])
    }

    private static func results(_ run: [String: Any]) -> [[String: Any]] { run["results"] as? [[String: Any]] ?? [] }
    private static func uri(_ result: [String: Any]) -> [String: Any]? {
        let location = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
        return location?["artifactLocation"] as? [String: Any]
    }

    @Test("a file that conforms has no result; its notes are beside it")
    func clean() throws {
        let run = try sarif(["good.gguf"])
        #expect(Self.results(run).isEmpty)
        let file = try #require(((run["properties"] as? [String: Any])?["files"] as? [[String: Any]])?.first)
        #expect(file["verdict"] as? String == "conforming")
        #expect((file["notes"] as? [[String: Any]])?.isEmpty == false)
        #expect(((run["invocations"] as? [[String: Any]])?.first)?["executionSuccessful"] as? Bool == true)
    }

    @Test("a file that could not be read makes the run unsuccessful, and is named")
    func unread() throws {
        let run = try sarif(["missing.gguf", "good.gguf"])
        #expect(Self.results(run).isEmpty)
        let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
        #expect(invocation["executionSuccessful"] as? Bool == false)
        #expect(invocation["exitCode"] as? Int == 74)
        let notification = try #require((invocation["toolExecutionNotifications"] as? [[String: Any]])?.first)
        #expect((notification["message"] as? [String: Any])?["text"] as? String == "cannot open missing.gguf: No such file or directory")
    }

    @Test("URIs are escaped, and relative to the current folder where the file lies below it")
    func uris() throws {
        let inside = try sarif([bad])
        #expect(Self.results(inside).count > 3)
        for result in Self.results(inside) {
            #expect(Self.uri(result)?["uri"] as? String == "a%20b%23%25%C3%BC.gguf")
            #expect(Self.uri(result)?["uriBaseId"] as? String == "%SRCROOT%")
        }
        let base = (inside["originalUriBaseIds"] as? [String: [String: Any]])?["%SRCROOT%"]?["uri"] as? String
        #expect(base?.hasPrefix("file:///") == true && base?.hasSuffix("/") == true)
        let outside = try sarif([bad], in: "/")
        let absolute = try sarif([folder.root.path + "/./x/../" + "a b#%ü.gguf"], in: "/usr")
        #expect(Self.uri(try #require(Self.results(outside).first))?["uri"] as? String != nil)
        for result in Self.results(absolute) {
            #expect((Self.uri(result)?["uri"] as? String)?.hasSuffix("/a%20b%23%25%C3%BC.gguf") == true)
            #expect((Self.uri(result)?["uri"] as? String)?.hasPrefix("file:///") == true)
            #expect(Self.uri(result)?["uriBaseId"] == nil)
        }
    }

    @Test("fingerprints do not depend on the folder, the order or the run, and are of one finding each")
    func fingerprints() throws {
        func prints(_ run: [String: Any]) -> [String] {
            Self.results(run).compactMap { ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"] }
        }
        let first = prints(try sarif([bad]))
        #expect(first.count > 3 && Set(first).count == first.count)
        let elsewhere = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: bad, toPath: elsewhere.path("a b#%ü.gguf"))
        #expect(prints(try sarif(["a b#%ü.gguf"], in: elsewhere.root.path)) == first)
        #expect(Set(prints(try sarif([good, bad]))) == Set(first))
    }

    @Test("rules have a documented anchor, a level and help; messages have what was expected, what was found and the remedy")
    func rules() throws {
        let run = try sarif(["--rule", "GGUF-17=off:ours", bad])
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let page = try String(contentsOf: Repository.root.appendingPathComponent("Spec/RULES.md"), encoding: .utf8)
        for rule in rules {
            let parts = try #require(rule["helpUri"] as? String).components(separatedBy: "#")
            #expect(parts[0] == "urn:hifi:Spec/RULES.md")
            #expect(page.contains("<a id=\"\(parts[1])\"></a>"))
        }
        for result in Self.results(run) {
            #expect(rules[try #require(result["ruleIndex"] as? Int)]["id"] as? String == result["ruleId"] as? String)
            let text = try #require((result["message"] as? [String: Any])?["text"] as? String)
            for word in ["Expected: ", "Found: ", "Remedy: "] { #expect(text.contains(word), "\(text)") }
            let isSilenced = result["ruleId"] as? String == "GGUF-17"
            #expect((result["suppressions"] != nil) == isSilenced)
        }
        #expect(Self.results(run).contains { $0["suppressions"] != nil })
        let linked = try sarif(["--rules-uri", "https://example.org/Spec/RULES.md", bad])
        let first = (((linked["tool"] as? [String: Any])?["driver"] as? [String: Any])?["rules"] as? [[String: Any]])?.first
        #expect((first?["helpUri"] as? String)?.hasPrefix("https://example.org/Spec/RULES.md#") == true)
        #expect(try Tool.run(["verify", "--rules-uri", "https://example.org", good]).status == 64)
        #expect(try Tool.run(["verify", "--rules-uri", "RULES.md", "--format", "sarif", good]).status == 64)
    }

    // MARK: JUnit

    @Test("JUnit is XML 1.0, its counts are right, no two cases have one name, its words are those of SARIF")
    func junit() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.entries.append(.init("\u{FFFF}\u{FFFE}\u{B}", .uint8(1)))
        let odd = try Tool.run(["verify", "--format", "junit", folder.file("odd.gguf", builder.build().bytes)])
        #expect(odd.status == 1 && XMLParser(data: odd.output).parse())
        let outcome = try Tool.run(["verify", "--format", "junit", bad, good, folder.path("missing.gguf")])
        #expect(outcome.status == 74)
        let reader = JUnitReader()
        let parser = XMLParser(data: outcome.output)
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(Set(reader.names).count == reader.names.count && reader.names.count > 10)
        #expect(reader.suites.count == 3)
        for suite in reader.suites + [reader.root] {
            let expected =
                suite === reader.root ? reader.suites.reduce(into: [0, 0, 0]) { for i in 0..<3 { $0[i] += $1.counted[i] } } : suite.counted
            #expect(["tests", "failures", "errors"].map { Int(suite.attributes[$0] ?? "") } == expected)
            #expect(suite.attributes["time"]?.wholeMatch(of: #/\d+\.\d{3}/#) != nil)
        }
        #expect(reader.suites.last?.counted[2] == 1)
        let messages = try Self.results(sarif([bad])).compactMap { ($0["message"] as? [String: Any])?["text"] as? String }
        #expect(messages.count == reader.messages.count)
        for message in messages where !message.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 0xFFFF }) {
            #expect(reader.messages.contains(message))
        }
    }
}

/// Counts what a JUnit document holds.
private final class JUnitReader: NSObject, XMLParserDelegate {
    final class Suite {
        let attributes: [String: String]
        /// Cases, failures, errors.
        var counted = [0, 0, 0]
        init(_ attributes: [String: String]) { self.attributes = attributes }
    }

    var root = Suite([:])
    var suites: [Suite] = []
    var names: [[String]] = []
    var messages: [String] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        switch name {
        case "testsuites": root = Suite(attributes)
        case "testsuite": suites.append(Suite(attributes))
        case "testcase":
            suites.last?.counted[0] += 1
            names.append([attributes["classname"] ?? "", attributes["name"] ?? ""])
        case "failure":
            suites.last?.counted[1] += 1
            messages.append(attributes["message"] ?? "")
        case "error": suites.last?.counted[2] += 1
        default: break
        }
    }
}
