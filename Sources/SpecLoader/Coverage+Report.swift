import Foundation

extension Coverage {
    /// Clauses that lack something, in order.
    public var uncovered: [Entry] { entries.filter { !$0.isCovered } }

    /// A table of all clauses, then totals by topic, then what is lacking.
    public func text() -> String {
        let idWidth = entries.map { "\($0.clause.id)".count }.max() ?? 0
        let topicWidth = entries.map(\.clause.topic.count).max() ?? 0
        func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
        func count(_ places: [String], _ one: String) -> String? {
            places.first.map { places.count == 1 ? "\(one) \($0)" : "\(one) \($0) and \(places.count - 1) more" }
        }
        var lines = entries.map { entry in
            let parts = [
                count(entry.checks, "check"), count(entry.code, "code"), count(entry.tests, "test"), count(entry.vectors, "vector"),
            ]
            let places = parts.compactMap(\.self).joined(separator: "; ")
            return "\(pad("\(entry.clause.id)", idWidth))  \(pad(entry.clause.topic, topicWidth))  \(places.isEmpty ? "-" : places)"
        }
        lines.append("")
        for total in totals { lines.append("\(pad(total.topic, topicWidth))  \(total.covered) of \(total.count) covered") }
        if !uncovered.isEmpty { lines.append("") }
        for entry in uncovered {
            lines.append("\(entry.clause.id) (Spec/\(entry.clause.file)) lacks \(entry.missing.joined(separator: " and "))")
        }
        for citation in dangling { lines.append("no clause \(citation)") }
        return lines.joined(separator: "\n")
    }

    /// The same as JSON: `{"clauses": [{id, topic, file, checks, code, tests, vectors, lacks}], "totals": …, "dangling": […]}`.
    public func json() throws -> String {
        let report = Report(
            clauses: entries.map {
                Report.Clause(
                    id: "\($0.clause.id)", topic: $0.clause.topic, file: "Spec/\($0.clause.file)", checks: $0.checks, code: $0.code,
                    tests: $0.tests, vectors: $0.vectors, lacks: $0.missing)
            },
            totals: totals.map { Report.Total(topic: $0.topic, clauses: $0.count, covered: $0.covered) }, dangling: dangling)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }

    private var totals: [(topic: String, count: Int, covered: Int)] {
        var topics: [String] = []
        for topic in entries.map(\.clause.topic) where !topics.contains(topic) { topics.append(topic) }
        func total(_ name: String, _ entries: [Entry]) -> (topic: String, count: Int, covered: Int) {
            (name, entries.count, entries.filter(\.isCovered).count)
        }
        return topics.map { topic in total(topic, entries.filter { $0.clause.topic == topic }) } + [total("all", entries)]
    }

    private struct Report: Encodable {
        struct Clause: Encodable {
            let id, topic, file: String
            let checks, code, tests, vectors, lacks: [String]
        }

        struct Total: Encodable {
            let topic: String
            let clauses, covered: Int
        }

        let clauses: [Clause]
        let totals: [Total]
        let dangling: [String]
    }
}
