import BlockSpec

/// The clauses of the block files and the numerics, as they are read: ids that are well-formed, numbered without gaps, each
/// file with a prefix of its own.
struct ClauseRegister {
    /// Prefix → the file that uses it. The rules over a file have theirs from the start.
    private var prefixes = Dictionary(uniqueKeysWithValues: ContainerRule.prefixes.map { ($0, "gguf.yaml") })

    /// Turns the clauses of one file into model values.
    ///
    /// Numbers run from 01 in the order of the file: a clause that is withdrawn keeps its place and says so, hence a gap
    /// is a mistake.
    mutating func read(_ sources: [ClauseSource], from file: String) throws -> [Clause] {
        let checks = SpecChecks(file: file)
        try checks.unique(sources.map(\.id), "clause")
        let clauses = try sources.enumerated().map { index, source in
            guard let id = ClauseID(source.id) else { throw checks.fail("'\(source.id)' is not a clause id like Q3K-07") }
            guard let first = sources.first.flatMap({ ClauseID($0.id) }), id.prefix == first.prefix else {
                throw checks.fail("clause \(source.id) has another prefix than \(sources.first?.id ?? "the first")")
            }
            guard id.number == index + 1 else {
                throw checks.fail("clause \(source.id) stands where \(ClauseID(prefix: id.prefix, number: index + 1)) belongs")
            }
            guard !source.text.isEmpty else { throw checks.fail("clause \(source.id) says nothing") }
            return Clause(id: source.id, topic: try checks.word(source.topic, Clause.Topic.self, at: source.id), text: source.text)
        }
        if let prefix = clauses.first.flatMap({ ClauseID($0.id) })?.prefix {
            if let other = prefixes.updateValue(file, forKey: prefix) {
                throw checks.fail("clause \(sources[0].id): the prefix \(prefix) belongs to Spec/\(other)")
            }
        }
        return clauses
    }
}

/// `Q3K-07`: capital letters and digits, a hyphen, two digits.
public struct ClauseID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let prefix: String
    public let number: Int

    public init(prefix: String, number: Int) {
        self.prefix = prefix
        self.number = number
    }

    /// Nil for a text that is not a clause id.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = parts[0].utf8.first, (65...90).contains(first),
            parts[0].utf8.allSatisfy({ (65...90).contains($0) || (48...57).contains($0) }), parts[1].utf8.count == 2,
            parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(parts[1])
        else { return nil }
        self.init(prefix: String(parts[0]), number: number)
    }

    public var description: String { "\(prefix)-\(number < 10 ? "0" : "")\(number)" }

    public static func < (a: ClauseID, b: ClauseID) -> Bool { (a.prefix, a.number) < (b.prefix, b.number) }
}
