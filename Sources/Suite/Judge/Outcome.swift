/// How one case ended.
public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// The answer is right.
    case pass
    /// The answer is wrong.
    case fail
    /// The system does not do this.
    case skip
    /// Wrong, as the list of expected failures says.
    case expectedFailure = "xfail"
    /// Right, although the list of expected failures says that it would not be.
    case unexpectedPass = "xpass"
    /// The system said that it failed, or its answer was malformed.
    case error
    /// The process died.
    case crash
    /// No answer in time.
    case timeout
    /// The same question was answered in two ways.
    case unstable
    /// Never run: the system had stopped answering.
    case notRun = "not-run"

    /// Whether a run with such an outcome is red.
    public var isFailure: Bool {
        switch self {
        case .pass, .skip, .expectedFailure: false
        case .fail, .unexpectedPass, .error, .crash, .timeout, .unstable, .notRun: true
        }
    }
}

/// The result of one case.
public struct CaseResult: Sendable, Hashable, Codable {
    /// The case's id.
    public let id: String
    /// What kind of task it is.
    public let kind: ConformanceCase.Kind
    /// Its format.
    public let format: String
    /// The clauses it shows.
    public let clauses: [String]
    /// Its flags.
    public let flags: [String]
    /// How much it weighs.
    public let level: ConformanceCase.Level
    /// Why it is there.
    public let why: String
    /// How it ended.
    public let outcome: Outcome
    /// What was wrong, why it was skipped, or what the list of expected failures says; nil for a pass.
    public let detail: String?
    /// Where and how numbers differ.
    public let mismatch: Mismatch?
    /// Time to the answer.
    public let seconds: Double

    /// Creates a result.
    public init(
        _ entry: ConformanceCase, outcome: Outcome, detail: String? = nil, mismatch: Mismatch? = nil, seconds: Double = 0
    ) {
        id = entry.id
        kind = entry.kind
        format = entry.format
        clauses = entry.clauses
        flags = entry.flags
        level = entry.level
        why = entry.why
        self.outcome = outcome
        self.detail = detail
        self.mismatch = mismatch
        self.seconds = seconds
    }
}
