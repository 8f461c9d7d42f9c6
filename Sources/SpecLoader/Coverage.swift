import Foundation
import HIFIBlockSpec

/// Where each clause of the spec is cited: by content checks, by the code that judges files, by tests, by vectors.
public struct Coverage: Sendable {
    /// One for each clause and rule, in the order of ``SpecSource/clauseIndex()``.
    public let entries: [Entry]
    /// Ids with a clause's prefix that no file defines, with the place that cites them.
    public let dangling: [String]

    /// A clause and its citations.
    public struct Entry: Sendable {
        /// The clause.
        public let clause: SpecClause
        /// Formats and kinds of the content checks: `q3_k: finite d`. A format that inherits a check is not repeated.
        public fileprivate(set) var checks: [String] = []
        /// `Sources/Verification/…:line`: where a rule's sentence, problem or fault is used by its name, or a clause is spoken of.
        public fileprivate(set) var code: [String] = []
        /// `Tests/…:line`.
        public fileprivate(set) var tests: [String] = []
        /// `Vectors/…`, and damaged sample files that the rule must catch.
        public fileprivate(set) var vectors: [String] = []
    }

    /// Folders of a checkout that are searched.
    ///
    /// Tests of the spec files themselves (`Tests/BlockSpecTests`) are left out: they name clauses without testing them.
    enum Folder {
        static let code = ["Sources/Verification", "Sources/Identification", "Sources/GGUF", "Sources/Tokenization"]
        static let tests = "Tests"
        static let notTests = "Tests/BlockSpecTests/"
        static let samples = "Tests/TestSupport/"
        static let vectors = "Vectors"
    }

    /// Searches a checkout.
    ///
    /// - Parameter root: the folder that holds `Spec`, `Sources`, `Tests` and `Vectors`.
    public init(root: URL) throws {
        let source = SpecSource(root: root.appendingPathComponent("Spec"))
        var collector = Collector(clauses: try source.clauseIndex())
        let formats = try source.formats()
        let inherited = Dictionary(formats.map { ($0.id, $0.checks.count) }, uniquingKeysWith: { first, _ in first })
        for format in formats {
            for check in format.checks.dropFirst(format.base.flatMap { inherited[$0] } ?? 0) {
                collector.add(check.clause, \.checks, "\(format.id): \(check.kind.rawValue) \(check.field)")
            }
        }
        let tree = Tree(root: root)
        let names = try source.ruleBook().idsByName
        for file in Folder.code.flatMap({ tree.files(below: $0, withExtension: "swift") }) {
            let text = try tree.text(file)
            collector.scan(text, of: file, into: \.code)
            for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                for word in Self.members(in: line) { if let id = names[word] { collector.add(id, \.code, "\(file):\(index + 1)") } }
            }
        }
        var sampleText = ""
        for file in tree.files(below: Folder.tests, withExtension: "swift") where !file.hasPrefix(Folder.notTests) {
            let text = try tree.text(file)
            collector.scan(text, of: file, into: \.tests)
            if file.hasPrefix(Folder.samples) { sampleText += text }
        }
        collector.addSamples(named: { sampleText.contains("\"\($0)-") || sampleText.contains("\"\($0)\"") })
        for file in tree.files(below: Folder.vectors, withExtension: "json") {
            let document = try JSONSerialization.jsonObject(with: Data(contentsOf: root.appendingPathComponent(file)))
            for text in Self.clauseMembers(of: document) { collector.scan(text, of: file, into: \.vectors, hasLines: false) }
        }
        entries = collector.entries
        dangling = collector.dangling
    }

    /// Words that follow a full stop: `tensorZero` of `.tensorZero()`.
    private static func members(in line: Substring) -> [String] {
        line.split(separator: ".", omittingEmptySubsequences: false).dropFirst().map { String($0.prefix { $0.isLetter || $0.isNumber }) }
    }

    /// Texts of all members named `clause` or `clauses`, at any depth.
    private static func clauseMembers(of document: Any) -> [String] {
        if let array = document as? [Any] { return array.flatMap(clauseMembers) }
        guard let object = document as? [String: Any] else { return [] }
        return object.sorted { $0.key < $1.key }.flatMap { key, value -> [String] in
            guard key == "clause" || key == "clauses" else { return clauseMembers(of: value) }
            return (value as? [String]) ?? (value as? String).map { [$0] } ?? []
        }
    }
}

extension Coverage.Entry {
    /// Whether enough speaks for the clause.
    ///
    /// * A `content` clause needs a check and a test (or a vector).
    /// * A rule needs the code that applies it, and a test, a vector or a damaged sample.
    /// * Any other clause needs a test or a vector.
    public var isCovered: Bool { missing.isEmpty }

    /// What is lacking, in words.
    public var missing: [String] {
        var lacks: [String] = []
        if clause.topic == "content", checks.isEmpty { lacks.append("a check") }
        if clause.topic == "rule", code.isEmpty { lacks.append("code") }
        if tests.isEmpty, vectors.isEmpty { lacks.append("a test or vector") }
        return lacks
    }
}

/// Gathers citations by clause.
private struct Collector {
    private(set) var entries: [Coverage.Entry]
    private(set) var dangling: [String] = []
    private let places: [ClauseID: Int]
    private let scanner: CitationScanner

    init(clauses: [SpecClause]) {
        entries = clauses.map { Coverage.Entry(clause: $0) }
        places = Dictionary(clauses.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        scanner = CitationScanner(prefixes: Set(clauses.map(\.id.prefix)))
    }

    mutating func add(_ id: String, _ list: WritableKeyPath<Coverage.Entry, [String]>, _ citation: String) {
        guard let id = ClauseID(id), let place = places[id] else { return dangling.append("\(id) in \(citation)") }
        if !entries[place][keyPath: list].contains(citation) { entries[place][keyPath: list].append(citation) }
    }

    mutating func scan(_ text: String, of file: String, into list: WritableKeyPath<Coverage.Entry, [String]>, hasLines: Bool = true) {
        for citation in scanner.citations(in: text) {
            add("\(citation.id)", list, hasLines ? "\(file):\(citation.line)" : file)
        }
    }

    mutating func addSamples(named exists: (String) -> Bool) {
        for index in entries.indices {
            entries[index].vectors += entries[index].clause.samples.filter(exists).map { "damaged file \($0)" }
        }
    }
}

/// Files of a checkout.
private struct Tree {
    let root: URL

    func files(below folder: String, withExtension ending: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".\(ending)") }.sorted().map { "\(folder)/\($0)" }
    }

    func text(_ path: String) throws -> String { try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8) }
}
