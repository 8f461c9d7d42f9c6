/// A point in the history of a format: a date, a commit, or both.
public struct Milestone: Sendable, Hashable {
    /// `2025-12-22` or, where the time of day matters, `2025-12-22 09:24`, in the time zone of the author. Sorts as text.
    public let date: String?
    /// Abbreviated commit id, nine hexadecimal digits.
    public let commit: String?

    /// Creates a milestone.
    public init(date: String?, commit: String?) {
        self.date = date
        self.commit = commit
    }
}

extension Milestone: CustomStringConvertible {
    /// For example `e4fd98f81 (2025-12-22 09:24)`.
    public var description: String {
        switch (commit, date) {
        case (let commit?, let date?): "\(commit) (\(date))"
        case (let commit?, nil): commit
        case (nil, let date?): date
        case (nil, nil): "unknown"
        }
    }
}
