/// What a known program does with a file.
public struct ReaderVerdict: Sendable, Hashable, Codable {
    /// The reader, for example `fork-a`.
    public let reader: String
    /// What it is.
    public let title: String
    /// Whether it takes the file's type ids for what they are.
    public let isOfFilesDialect: Bool
    /// The verdict.
    public let outcome: Outcome
    /// Why, in sentences; empty for a file that is simply read right.
    public let reasons: [String]

    /// The possible outcomes.
    public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        /// Loads the file and computes what the spec says.
        case right
        /// Loads the file and computes something else silently.
        case misreads
        /// Does not load the file.
        case refuses
        /// Loads the file and cannot compute with it.
        case cannotRun = "cannot-run"
        /// The file does not tell enough.
        case undecided
    }
}
