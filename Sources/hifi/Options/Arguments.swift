import HIFIBlockSpec
import HIFIForeign
import HIFIThreads

/// Dialects as the user names them.
enum DialectName {
    static func find(_ id: String?) throws -> Dialect? {
        guard let id else { return nil }
        guard let dialect = Spec.dialect(id) else {
            throw Failure(.usage, "there is no dialect \(ForeignText(id)); \(NearNames.hint(id, in: KnownNames.dialects))")
        }
        return dialect
    }
}

/// A number of threads.
enum ThreadCount {
    static func checked(_ asked: Int?) throws -> Int {
        guard let asked else { return ThreadPool.processors }
        guard (1...1024).contains(asked) else { throw Failure(.usage, "--threads takes a number from 1 to 1024") }
        return asked
    }
}

extension BlockFormat {
    /// The format that the user named, or a usage failure with the nearest names.
    static func named(_ name: String) throws -> BlockFormat {
        if let format = Spec.format(name) { return format }
        let named = TypeRegistry.namedOnly(name)
        if let first = named.first {
            let places = named.map { "\($0.number) (\($0.meaning.project))" }.joined(separator: " and ")
            let fate = named.allSatisfy { $0.meaning.status == .removed } ? "; it was withdrawn" : ""
            let note = named.compactMap(\.meaning.note).first.map { ". \($0)" } ?? ""
            throw Failure(
                .usage,
                "\(first.meaning.name) is known by name only, as type \(places)\(fate): "
                    + "how its blocks are laid out is not recorded here\(note)"
            )
        }
        let known = Spec.formats.filter { $0.decoding != nil || $0.weave != nil }.map(\.id)
        let stem = name.lowercased().prefix { $0 != "@" }
        let near = known.filter { $0.hasPrefix(stem) }
        let hint =
            near.isEmpty
            ? NearNames.question(name, in: known + Spec.formats.flatMap(\.aliases)) ?? "`hifi decode --list` shows all"
            : "did you mean \(near.joined(separator: ", "))?"
        throw Failure(.usage, "no block type \"\(ForeignText(name))\": \(hint)")
    }
}
