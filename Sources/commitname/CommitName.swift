import FoundationEssentials

/// Writes a Swift source that names the commit that HEAD is at; run by the build, for `hifi --version`.
///
/// Usage: commitname ROOT OUTPUT. Reads git's files instead of running git, which may not be installed. Without them, or where they are
/// not as expected, the commit is nil.
@main
enum CommitName {
    static func main() throws {
        guard CommandLine.arguments.count == 3 else { return }
        let commit = commit(at: CommandLine.arguments[1])
        let source = """
            /// The commit that this program was built from; nil where that is not known.
            let builtFromCommit: String? = \(commit.map { "\"\($0)\"" } ?? "nil")

            """
        // The same text again would make what depends on it out of date.
        if text(CommandLine.arguments[2]) == source { return }
        try Data(source.utf8).write(to: URL(filePath: CommandLine.arguments[2]))
    }

    private static func commit(at root: String) -> String? {
        var folder = root + "/.git"
        if let link = text(folder), link.hasPrefix("gitdir: ") {
            let path = trimmed(link.dropFirst(8))
            folder = path.hasPrefix("/") ? path : root + "/" + path
        }
        guard let head = text(folder + "/HEAD").map({ trimmed($0[...]) }) else { return nil }
        guard head.hasPrefix("ref: ") else { return checked(head) }
        let name = String(head.dropFirst(5))
        // Branches of a worktree are in the folder that it belongs to.
        let common = text(folder + "/commondir").map { folder + "/" + trimmed($0[...]) } ?? folder
        if let commit = text("\(common)/\(name)").flatMap({ checked(trimmed($0[...])) }) { return commit }
        let packed = text(common + "/packed-refs") ?? ""
        return packed.split(separator: "\n").first { $0.hasSuffix(" " + name) }.flatMap { checked(String($0.prefix { $0 != " " })) }
    }

    /// Twelve digits of a commit's name; nil for anything else.
    private static func checked(_ text: String) -> String? {
        text.utf8.count >= 40 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) } ? String(text.prefix(12)) : nil
    }

    private static func text(_ path: String) -> String? {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.reversed().drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace })
    }
}
