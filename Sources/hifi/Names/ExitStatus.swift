/// The exit statuses of a command as its help lists them.
enum ExitStatus {
    /// What 1 means for every command that opens models.
    static let unread = "an unsupported kind of file (big-endian, version 1)"

    /// A section for the end of a command's discussion.
    ///
    /// Every command ends with 64 for a usage error and, since bugs happen, with 70 where this program is at fault;
    /// the latter is said once, by `hifi --help`.
    ///
    /// - Parameters:
    ///   - success: what 0 means.
    ///   - others: the statuses that the command ends with besides 0 and 64.
    static func section(_ success: String, _ others: [(Failure.Status, String)]) -> String {
        var lines = ["EXIT STATUS", "  0   \(success)"]
        for (status, meaning) in (others + [(.usage, "a usage error")]).sorted(by: { $0.0.rawValue < $1.0.rawValue }) {
            let number = "\(status.rawValue)"
            lines.append("  \(number)\(String(repeating: " ", count: 4 - number.count))\(meaning)")
        }
        return lines.joined(separator: "\n")
    }
}
