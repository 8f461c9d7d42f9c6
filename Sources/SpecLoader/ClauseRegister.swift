import HIFIBlockSpec

/// The clauses of the block files and the numerics, as they are read: ids that are well-formed and numbered
/// without gaps, under prefixes that no other file uses.
struct ClauseRegister {
    /// Prefix → the file that uses it. The rules over a file have theirs from the start.
    private var prefixes = Dictionary(uniqueKeysWithValues: ContainerRule.prefixes.map { ($0, "gguf.yaml") })

    /// Turns the clauses of one file into model values.
    ///
    /// Numbers run from 01 in the order of the file, for each of its prefixes: a clause that is withdrawn keeps its place
    /// and says so, hence a gap is a mistake.
    mutating func read(_ sources: [ClauseSource], from file: String) throws -> [Clause] {
        let checks = SpecChecks(file: file)
        try checks.unique(sources.map(\.id), "clause")
        var last: ClauseID?
        return try sources.map { source in
            guard let id = ClauseID(source.id) else { throw checks.fail("'\(source.id)' is not a clause id like Q3K-07") }
            let isNext = id.prefix == last?.prefix
            let due = ClauseID(prefix: id.prefix, number: isNext ? (last?.number ?? 0) + 1 : 1)
            guard id == due else { throw checks.fail("clause \(source.id) stands where \(due) belongs") }
            if !isNext, let other = prefixes.updateValue(file, forKey: id.prefix) {
                throw checks.fail("clause \(source.id): the prefix \(id.prefix) is already that of Spec/\(other)")
            }
            last = id
            guard !source.text.isEmpty else { throw checks.fail("clause \(source.id) says nothing") }
            return Clause(id: source.id, topic: try checks.word(source.topic, Clause.Topic.self, at: source.id), text: source.text)
        }
    }
}

/// `Q3K-07`: capital letters and digits, a hyphen, two digits.
public struct ClauseID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The letters before the hyphen: `Q3K`.
    public let prefix: String
    /// The number after the hyphen, from 1.
    public let number: Int

    /// Creates an id from its parts.
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

    /// The id as it is written, with at least two digits: `Q3K-07`.
    public var description: String { "\(prefix)-\(number < 10 ? "0" : "")\(number)" }

    /// By prefix, then by number.
    public static func < (a: ClauseID, b: ClauseID) -> Bool { (a.prefix, a.number) < (b.prefix, b.number) }
}
