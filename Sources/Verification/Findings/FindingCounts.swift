/// How many findings there are, kept or not.
public struct FindingCounts: Sendable, Hashable, Codable {
    /// Findings that are errors.
    public var errors = 0
    /// Findings that are warnings.
    public var warnings = 0
    /// Findings that are notes.
    public var notes = 0
    /// Errors that make the container malformed, or unreadable as what it says it is.
    public var structuralErrors = 0
    /// Errors that say the file is well-formed, but of a kind that is not read at all: big-endian, or version 1.
    public var unsupportedErrors = 0
    /// Findings that a policy's rules silence, and those that it lists as known: counted here only.
    public var silenced = 0
    /// Findings that a policy lists as known; counted here only.
    public var known = 0
    /// Findings whose severity a policy raised or lowered; they count under the new one.
    public var raised = 0
    /// Findings whose severity a policy lowered; they count under the new one.
    public var lowered = 0
    /// By `Finding.Kind`'s raw value.
    public var byKind: [String: Int] = [:]
    /// By rule or clause id.
    public var byRule: [String: Int] = [:]
    /// Findings counted here but not listed.
    public var omitted = 0

    /// No findings.
    public init() {}

    mutating func add(rule: String, _ severity: Finding.Severity, _ kind: Finding.Kind, _ weight: FindingWeight, times: Int) {
        switch severity {
        case .error:
            errors += times
            switch weight {
            case .meaning: break
            case .container: structuralErrors += times
            case .unread: unsupportedErrors += times
            }
        case .warning: warnings += times
        case .note: notes += times
        }
        byKind[kind.rawValue, default: 0] += times
        byRule[rule, default: 0] += times
    }

    /// Both counts together.
    public static func + (a: FindingCounts, b: FindingCounts) -> FindingCounts {
        var sum = a
        sum.errors += b.errors
        sum.warnings += b.warnings
        sum.notes += b.notes
        sum.structuralErrors += b.structuralErrors
        sum.unsupportedErrors += b.unsupportedErrors
        sum.silenced += b.silenced
        sum.known += b.known
        sum.raised += b.raised
        sum.lowered += b.lowered
        sum.omitted += b.omitted
        sum.byKind.merge(b.byKind, uniquingKeysWith: +)
        sum.byRule.merge(b.byRule, uniquingKeysWith: +)
        return sum
    }

    /// What the counts amount to. Notes change nothing.
    public var verdict: Verdict {
        if structuralErrors > 0 { return .malformed }
        if unsupportedErrors > 0 { return .unsupported }
        return errors + warnings > 0 ? .findings : .conforming
    }
}

/// What an error says about the file as a whole.
enum FindingWeight {
    /// About what the file means or holds.
    case meaning
    /// The container is malformed, or unreadable as what it says it is.
    case container
    /// The container is well-formed, but of a kind that is not read.
    case unread
}

/// What verification says of a file or of all files.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// No error, no warning.
    case conforming
    /// Errors or warnings about what the file means or holds.
    case findings
    /// Well-formed as far as can be told, but of a kind that is not read: a big-endian file, or one of version 1.
    case unsupported
    /// The container is malformed, or cannot be read as what it says it is.
    case malformed
    /// The file could not be opened or read, or changed meanwhile: nothing was concluded.
    case unreadable

    /// The exit status of the command line: 0, 1 (findings, unsupported), 2 or 74.
    public var exitCode: Int32 {
        switch self {
        case .conforming: 0
        case .findings, .unsupported: 1
        case .malformed: 2
        case .unreadable: 74
        }
    }

    /// From conforming to unreadable.
    public static func < (a: Verdict, b: Verdict) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .conforming: 0
        case .findings: 1
        case .unsupported: 2
        case .malformed: 3
        case .unreadable: 4
        }
    }
}
