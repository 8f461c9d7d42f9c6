import HIFIBlockSpec

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
        /// A type that prevails in the file is the one that prevails in what it stands for.
        case mostly
        /// Some tensors have the types that it stands for: made with other types for some, or by another tool's rules.
        case partly
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
    package init(value: Int, in dialect: Dialect, matcher: MixMatcher) {
        let assignment = Self.assignment(of: value, in: dialect)
        let agreement = Self.agreement(assignment, matcher)
        let meaning =
            assignment.map { "file type \(value) is \($0.name) in \(dialect.id)" } ?? "file type \(value) has no meaning in \(dialect.id)"
        let verdict: String
        switch agreement {
        case .exact: verdict = ", and the tensors follow its routing" + Self.fallbackText(assignment, matcher)
        case .mostly: verdict = ", which agrees with the most frequent type"
        case .partly: verdict = Self.otherRoutingText(assignment, matcher) ?? ", whose types some of the tensors have"
        case .contradicts: verdict = ", but the tensors are of other types"
        case .open, .unassigned: verdict = ""
        }
        self.init(value: value, name: assignment?.name, mix: assignment?.mix, agreement: agreement, text: meaning + verdict)
    }

    /// What the number means in a dialect; nil for numbers without a meaning or kept free.
    package static func assignment(of value: Int, in dialect: Dialect) -> FileTypeAssignment? {
        UInt32(exactly: value).flatMap(dialect.fileType).flatMap { $0.status == .assigned ? $0 : nil }
    }

    /// Whether a meaning describes the tensors.
    package static func agreement(_ assignment: FileTypeAssignment?, _ matcher: MixMatcher) -> Agreement {
        guard let assignment else { return .unassigned }
        guard let prevailing = matcher.prevailing else { return .open }
        if let mix = assignment.mix.flatMap(Spec.mix) {
            let match = matcher.match(mix)
            if match.isExact { return .exact }
            let expected = matcher.types(of: mix)
            if let most = expected.mostFrequent, prevailing.types.contains(most) { return .mostly }
            // Files are made with other types for some tensors, by patterns or by other tools' rules. The label is wrong only where
            // another mix explains every tensor, or where next to nothing is as the label has it.
            if mix.kind == .stock, matcher.followsAnother(than: mix) { return .contradicts }
            return prevailing.types.isDisjoint(with: expected.all) && match.agreeing * 10 < match.compared ? .contradicts : .partly
        }
        guard let named = family(named: assignment.name) else { return .open }
        let families = { (types: Set<String>) in Set(types.map { KnownFormats.byID[$0]?.family ?? $0 }) }
        if families(prevailing.types).contains(named) { return .mostly }
        if families(matcher.formats).contains(named) { return .partly }
        // Later routings of the fork put their HIFI types into few tensors or none.
        return KnownFormats.isHIFI(named) ? .open : .contradicts
    }

    /// Names the routing that the tensors follow to the last, where the label is that of another one of the fork's: a conversion keeps the
    /// routing, and the label of the dialect that it writes may have stood for a later one.
    private static func otherRoutingText(_ assignment: FileTypeAssignment?, _ matcher: MixMatcher) -> String? {
        guard let mix = assignment?.mix.flatMap(Spec.mix), mix.kind == .hifi,
            let followed = matcher.matches().first(where: \.isExact).flatMap({ Spec.mix($0.id) }), followed.kind == .hifi
        else { return nil }
        return ", used there with routing \(mix.id); the tensors follow \(followed.id)"
    }

    /// Says that tensors have the types that take the place of the rules', where some do.
    private static func fallbackText(_ assignment: FileTypeAssignment?, _ matcher: MixMatcher) -> String {
        let count = assignment?.mix.flatMap(Spec.mix).map { matcher.match($0).fallbacks } ?? 0
        guard count > 0 else { return "" }
        return ", with its own fallback types in \(NumberText.count(count, "tensor")) whose rows are not whole blocks"
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
