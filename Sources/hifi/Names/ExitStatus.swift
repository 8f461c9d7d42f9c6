/// The exit statuses of a command as its help lists them.
enum ExitStatus {
    /// A status and what it means.
    struct Line {
        fileprivate let status: Failure.Status
        fileprivate let meaning: String

        /// What 1 means for every command that opens models.
        static let unread = Line(status: .findings, meaning: "an unsupported kind of file (big-endian, version 1)")
        static let damaged = malformed("an input that is damaged or not what it claims to be")
        static let unavailable = Line(
            status: .unavailable, meaning: "a library, a device, memory or an instruction set that is not available")
        static let unreadable = inputOutput("a file that cannot be read")
        static let unwritable = inputOutput("a file that cannot be read or written")

        static func findings(_ meaning: String, orUnread: Bool = false) -> Line {
            Line(status: .findings, meaning: orUnread ? "\(meaning);\n      \(unread.meaning)" : meaning)
        }
        static func malformed(_ meaning: String) -> Line { Line(status: .malformed, meaning: meaning) }
        static func inputOutput(_ meaning: String) -> Line { Line(status: .inputOutput, meaning: meaning) }
    }

    /// A section for the end of a command's discussion.
    ///
    /// Every command ends with 64 for a usage error and, since bugs happen, with 70 where this program is at fault;
    /// the latter is said once, by `hifi --help`.
    ///
    /// - Parameters:
    ///   - success: what 0 means.
    ///   - others: the statuses that the command ends with besides 0 and 64.
    static func section(_ success: String, _ others: [Line]) -> String {
        var lines = ["EXIT STATUS", "  0   \(success)"]
        let usage = Line(status: .usage, meaning: "a usage error")
        for line in (others + [usage]).sorted(by: { $0.status.rawValue < $1.status.rawValue }) {
            let number = "\(line.status.rawValue)"
            lines.append("  \(number)\(String(repeating: " ", count: 4 - number.count))\(line.meaning)")
        }
        return lines.joined(separator: "\n")
    }
}
