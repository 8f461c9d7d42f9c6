/// What a system that checks files is asked. Systems that only compute need not answer.
public enum CheckRequest: Sendable, Hashable {
    /// Which content clauses do these blocks break?
    case content(format: String, blocks: [UInt8])
    /// Which rules does the file at this path break?
    case container(path: String)
}

/// What came back.
public enum CheckAnswer: Sendable, Hashable {
    /// Ids of clauses or rules, in any order.
    case broken([String])
    /// The system does not do this; not a failure.
    case skipped(reason: String)
    /// The system said that it failed, or its answer was malformed.
    case error(String)
    /// The process died of a signal or with a status.
    case crash(String)
    /// No answer in time.
    case timeout(seconds: Double)
}

/// A system under test that also judges blocks and files.
public protocol InspectingSystem: SystemUnderTest {
    /// Answers one request. Called from one thread at a time.
    func inspect(_ request: CheckRequest) -> CheckAnswer
}
