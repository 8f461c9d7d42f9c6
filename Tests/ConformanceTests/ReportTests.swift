import Conformance
import Foundation
import Rendering
import Suite
#if canImport(FoundationXML)
    import FoundationXML
#endif
import TestSupport
import Testing

@Suite("Reports of a run")
struct ReportTests {
    private func report(_ answer: @escaping @Sendable (Request) -> Answer, list: String = "") throws -> ConformanceReport {
        let options = ConformanceRunner.Options(
            filter: try CaseFilter(terms: ["id:q4_0-*", "kind:decode"]), expectedFailures: try ExpectedFailures(text: list))
        return ConformanceRunner.run(try StoredVectors.result.get(), options, system: ScriptedSystem(script: answer))
    }

    /// Counts elements and remembers messages.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [String: Int] = [:]
        var messages: [String] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) {
            elements[name, default: 0] += 1
            if let message = attributes["message"] { messages.append(message) }
        }
    }

    @Test("the schema of reports names every outcome")
    func schemaOutcomes() throws {
        let text = try Repository.bytes("Spec/schema/output/conformance.json")
        let root = try #require(JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
        let result = (root["$defs"] as? [String: Any])?["result"] as? [String: Any]
        let outcome = (result?["properties"] as? [String: Any])?["outcome"] as? [String: Any]
        #expect(Set(try #require(outcome?["enum"] as? [String])) == Set(Outcome.allCases.map(\.rawValue)))
    }

    @Test(
        "JUnit is well-formed whatever a system says",
        arguments: [
            ("plain", "plain"), ("<&>\"' ]]>", "<&>\"' ]]>"), ("line\nbreak\ttab", "line\nbreak\\u{9}tab"),
            ("\u{0}\u{1}\u{FFFE}\u{9B}\u{202E}", #"\u{0}\u{1}\u{fffe}\u{9b}\u{202e}"#), ("é😀", "é😀"),
        ])
    func junit(text: String, expected: String) throws {
        let report = try report { _ in .error(text) }
        let parser = XMLParser(data: Data(ConformanceJUnit.text(report).utf8))
        let reader = Reader()
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(reader.elements["testcase"] == report.results.count)
        #expect(reader.elements["error"] == report.count(.error))
        if report.count(.error) > 0 { #expect(reader.messages.contains(expected)) }
    }

    @Test("JUnit counts failures and skips as it should")
    func counts() throws {
        let report = try report({ _ in .floats([]) }, list: "q4_0-dec-000001 known")
        let text = ConformanceJUnit.text(report)
        #expect(report.count(.expectedFailure) == 1)
        #expect(text.contains("failures=\"\(report.count(.fail))\" errors=\"0\" skipped=\"1\""))
    }

    @Test("the text report tells failures, counts and the verdict")
    func text() throws {
        let failing = ConformanceText.lines(try report { _ in .floats([]) }, limit: 2, clauses: true)
        #expect(failing.first?.hasPrefix("FAIL q4_0-dec-000001  [Q40-01 Q40-02]") == true)
        #expect(failing.contains { $0.hasPrefix("… and ") })
        #expect(failing.contains { $0.hasPrefix("Q40-02 ") })
        #expect(failing.last?.contains("does not conform") == true)
        let passing = ConformanceText.lines(try report { ReferenceSystem.shared.answer($0) })
        #expect(passing.last?.contains("conforms to suite") == true)
        #expect(ConformanceText.lines(try report { _ in .skipped(reason: "no") }).last?.contains("was not tested") == true)
    }

    @Test("reports survive encoding and decoding")
    func codable() throws {
        let report = try report { request in
            guard case .floats(var values) = ReferenceSystem.shared.answer(request) else { return .error("no") }
            values[0] ^= 1 << 31
            return .floats(values)
        }
        let copy = try JSONDecoder().decode(ConformanceReport.self, from: JSONEncoder().encode(report))
        #expect(copy == report)
        #expect(copy.results.contains { $0.mismatch != nil })
    }

    @Test(
        "distances between numbers are counted in steps",
        arguments: [
            (0x3F80_0000, 0x3F80_0001, 1), (0x0000_0000, 0x8000_0000, 1), (0x0000_0001, 0x8000_0001, 3), (0x7F7F_FFFF, 0x7F80_0000, 1),
            (0x3F80_0000, 0x3F80_0000, 0),
        ] as [(UInt32, UInt32, UInt64)])
    func ulps(a: UInt32, b: UInt32, distance: UInt64) {
        #expect(Mismatch.ulps(a, b) == distance)
        #expect(Mismatch.ulps(b, a) == distance)
        #expect(Mismatch.ulps(a, 0x7FC0_0000) == nil)
    }
}
