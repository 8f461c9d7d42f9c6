import HIFIBlockSpec
import SpecLoader
import Testing

@Suite("Every clause is tested")
struct CoverageTests {
    /// Clauses that nothing tests yet, each with the reason. An entry that is no longer true fails, so the list only shrinks.
    static let gaps: [(clauses: String, reason: String)] = []

    @Test("every clause and rule is cited by what it needs: a check, code, a test or a vector")
    func covered() throws {
        let coverage = try Coverage(root: SpecFolder.checkout)
        #expect(coverage.entries.count > 300)
        let gaps = Set(Self.gaps.flatMap { CitationList.ids(in: $0.clauses) })
        for entry in coverage.uncovered where !gaps.contains("\(entry.clause.id)") {
            Issue.record("\(entry.clause.id) (Spec/\(entry.clause.file)) lacks \(entry.missing.joined(separator: " and "))")
        }
        let covered = Set(coverage.entries.filter(\.isCovered).map { "\($0.clause.id)" })
        #expect(gaps.intersection(covered).sorted() == [], "covered by now: take these from the list of gaps")
        #expect(gaps.subtracting(coverage.entries.map { "\($0.clause.id)" }) == [], "no such clauses")
        for gap in Self.gaps {
            for entry in coverage.uncovered where CitationList.ids(in: gap.clauses).contains("\(entry.clause.id)") {
                withKnownIssue("\(gap.reason)") { Issue.record("\(entry.clause.id) is not tested") }
            }
        }
    }

    @Test("no test, vector or rule cites a clause that does not exist")
    func noDanglingCitations() throws {
        #expect(try Coverage(root: SpecFolder.checkout).dangling == [])
    }

    @Test("no clause refers to another that does not exist")
    func references() throws {
        let clauses = try SpecFolder.source.clauseIndex()
        let ids = Set(clauses.map { "\($0.id)" })
        let prefixes = Set(clauses.map(\.id.prefix))
        for clause in clauses {
            for cited in CitationList.ids(in: clause.text, prefixes: prefixes) where !ids.contains(cited) {
                Issue.record("\(clause.id) refers to \(cited)")
            }
        }
    }

    @Test("a clause compiled in is the one in the files, topic and words")
    func compiledIn() throws {
        for clause in try SpecFolder.source.clauseIndex() where clause.topic != "rule" {
            let compiled = try #require(Spec.clause("\(clause.id)"))
            #expect((compiled.topic.rawValue, compiled.text) == (clause.topic, clause.text))
        }
    }
}

@Suite("Citations in text")
struct CitationTests {
    static let cases: [(text: String, ids: [String])] = [
        ("decodes (Q3K-07)", ["Q3K-07"]),
        ("Q3K-01 to Q3K-04", ["Q3K-01", "Q3K-02", "Q3K-03", "Q3K-04"]),
        ("R1-02 to R1-04, R2-02 and RES8-01", ["R1-02", "R1-03", "R1-04", "R2-02", "RES8-01"]),
        ("R1-02 to R2-04", ["R1-02", "R2-04"]),
        ("Q3K-04 to Q3K-02", ["Q3K-04", "Q3K-02"]),
        ("`Q3K-07`; \"NUM-01\".", ["Q3K-07", "NUM-01"]),
        ("UTF-16, SHA-25, 2025-12-22, Q3K-7, Q3K-071, XQ3K-07, q3k-07, Q3K-07-08, Q3K-07x", []),
        ("Q3K-01 to\nQ3K-03", ["Q3K-01", "Q3K-03"]),
    ]

    @Test("ids and ranges are found, look-alikes are not", arguments: cases.indices)
    func found(index: Int) {
        let (text, ids) = Self.cases[index]
        #expect(CitationList.ids(in: text, prefixes: ["Q3K", "R1", "R2", "RES8", "NUM"]) == ids)
    }

    @Test("a citation has the number of its line")
    func lines() {
        let found = CitationScanner(prefixes: ["NUM"]).citations(in: "\n// NUM-01\n\nNUM-03 to NUM-04")
        #expect(found.map(\.line) == [2, 4, 4])
    }

    @Test("an id reads back as written; other strings are not ids", arguments: ["Q3K-07", "R10-01", "RES8-07", "IQ4NL-03"])
    func roundTrip(text: String) throws {
        #expect("\(try #require(ClauseID(text)))" == text)
        for wrong in [text + "0", text.lowercased(), " " + text, text + "-01", String(text.dropLast()), "-07", "7Q-01"] {
            #expect(ClauseID(wrong) == nil, "\(wrong)")
        }
    }
}

/// Ids as text.
enum CitationList {
    static func ids(in text: String, prefixes: Set<String>? = nil) -> [String] {
        let all = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "-") }.compactMap { ClauseID($0)?.prefix })
        return CitationScanner(prefixes: prefixes ?? all).citations(in: text).map { "\($0.id)" }
    }
}
