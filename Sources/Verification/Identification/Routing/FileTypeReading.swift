import BlockSpec

/// `general.file_type`, read in the identified dialect.
public struct FileTypeReading: Sendable, Hashable, Codable {
    /// The number stored in the file.
    public let value: Int
    /// The name that the dialect gives it; nil where it has none.
    public let name: String?
    /// The routing it stands for, where that is specified.
    public let mix: String?
    /// Whether it describes the tensors.
    public let agreement: Agreement
    /// One sentence.
    public let text: String

    /// How file type and tensors go together.
    public enum Agreement: String, Sendable, Hashable, Codable, CaseIterable {
        /// The tensors follow the routing that it stands for.
        case exact
        /// The most frequent type is the one that it stands for.
        case mostly
        /// It stands for something else.
        case contradicts
        /// Nothing is known about what it stands for.
        case open
        /// The dialect gives the number no meaning.
        case unassigned
    }
}

extension FileTypeReading {
    /// Reads a file type in a dialect.
    init(value: Int, in dialect: Dialect, matcher: MixMatcher) {
        let assignment = Self.assignment(of: value, in: dialect)
        let agreement = Self.agreement(assignment, matcher)
        let meaning =
            assignment.map { "file type \(value) is \($0.name) in \(dialect.id)" } ?? "file type \(value) has no meaning in \(dialect.id)"
        let verdict: String
        switch agreement {
        case .exact: verdict = ", and the tensors follow its routing"
        case .mostly: verdict = ", which the most frequent type agrees with"
        case .contradicts: verdict = ", but the tensors are of other types"
        case .open, .unassigned: verdict = ""
        }
        self.init(value: value, name: assignment?.name, mix: assignment?.mix, agreement: agreement, text: meaning + verdict)
    }

    /// What the number means in a dialect; nil for numbers without a meaning or kept free.
    static func assignment(of value: Int, in dialect: Dialect) -> FileTypeAssignment? {
        UInt32(exactly: value).flatMap(dialect.fileType).flatMap { $0.status == .assigned ? $0 : nil }
    }

    /// Whether a meaning describes the tensors.
    static func agreement(_ assignment: FileTypeAssignment?, _ matcher: MixMatcher) -> Agreement {
        guard let assignment else { return .unassigned }
        guard let actual = matcher.dominantType else { return .open }
        if let mix = assignment.mix.flatMap(Spec.mix) {
            if matcher.match(mix).isExact { return .exact }
            return matcher.dominantType(of: mix) == actual ? .mostly : .contradicts
        }
        guard let named = family(named: assignment.name) else { return .open }
        let family = KnownFormats.byID[actual]?.family ?? actual
        if named == family { return .mostly }
        // Later routings of the fork put their HIFI types into few tensors or none.
        return KnownFormats.isHIFI(named) ? .open : .contradicts
    }

    /// The family of formats that a name such as `MOSTLY_Q5_K_M` speaks of: the longest one that it begins with.
    private static func family(named name: String) -> String? {
        let words = name.lowercased().split(separator: "_", maxSplits: 1)
        guard words.count == 2, words[0] == "mostly" || words[0] == "all" else { return nil }
        let rest = words[1]
        let names = Spec.formats.flatMap { [$0.family] + $0.aliases.filter { !$0.contains("@") } }
        guard let best = names.filter({ rest == $0 || rest.hasPrefix($0 + "_") }).max(by: { $0.utf8.count < $1.utf8.count }) else {
            return nil
        }
        return Spec.format(best)?.family ?? best
    }
}
