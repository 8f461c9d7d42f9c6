import HIFIBlockSpec
import HIFIForeign

/// One thing that verification has to say about a file.
public struct Finding: Sendable, Hashable, Codable {
    /// The rule that it is about: `GGUF-58`, `IDENT-04`; for checks inside blocks without a numbered rule the clause itself, `R6-05`.
    public var rule: String
    /// The clause of the block format that is broken, for findings inside blocks: `Q3K-08`.
    public var clause: String?
    /// How much it matters, under the profile and policy in force.
    public var severity: Severity
    /// What it says about the file.
    public var kind: Kind
    /// The first place where it occurs.
    public var location: Location
    /// One sentence: what is wrong, in terms of the place.
    public var message: String
    /// What the rule asks for, and what is there; short phrases.
    public var expected: String?
    /// What is there; a short phrase.
    public var found: String?
    /// What the reader of the report can do about it.
    public var advice: String?
    /// How often it occurs at this place (blocks of a tensor, mostly). The report names the first few.
    public var count: Int
    /// More places of the same kind, after `location`, at most a handful.
    public var examples: [Location]
    /// Why a policy says that it does not count; nil where it counts.
    public var suppressed: ForeignText?
    /// Where that stands: the policy's file, or the option.
    public var suppressedBy: ForeignText?
    /// What a policy made of the severity; nil where it is the specification's.
    public var changed: Change?
    /// What the finding is recognised by in another run: rule, every place and what was found there, but neither bytes of the file, which
    /// move with every edit of the header, nor words of the message. Sixteen hexadecimal digits; empty before it is put to a report.
    public var fingerprint = ""

    /// A severity that a policy replaced.
    public struct Change: Sendable, Hashable, Codable {
        /// The severity that the specification gives.
        public var from: Severity
        /// Why, as the policy says.
        public var reason: ForeignText
        /// The policy's file, or the option.
        public var source: ForeignText
    }

    /// How much it matters, under the profile in force.
    public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        /// Worth knowing; does not change the verdict.
        case note
        /// Readable, but something is not as it should be.
        case warning
        /// The file breaks the rule.
        case error

        /// From note to error.
        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

        /// What the spec gives a rule in a profile; nil where the profile does not look at it.
        init?(_ severity: RuleSeverity) {
            switch severity {
            case .error: self = .error
            case .warning: self = .warning
            case .note: self = .note
            case .off: return nil
            }
        }

        /// What a block format gives a check.
        init(_ severity: ContentCheck.Severity) {
            switch severity {
            case .error: self = .error
            case .warning: self = .warning
            case .note: self = .note
            }
        }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// What the finding says about the file.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The bytes contradict themselves: the file was cut, altered or badly written.
        case damaged
        /// Well-formed, but of a kind that is not read (another format, version, byte order, type).
        case unsupported
        /// Readable, yet odd.
        case suspicious

        /// What the spec says of a rule.
        init(_ findingClass: FindingClass) {
            switch findingClass {
            case .damaged: self = .damaged
            case .unsupported: self = .unsupported
            case .suspicious: self = .suspicious
            }
        }
    }

    /// Where it is. Fields that do not apply are nil.
    public struct Location: Sendable, Hashable, Codable {
        /// Name of the file as given.
        public var file: ForeignText?
        /// Metadata key.
        public var key: ForeignText?
        /// Name of the tensor.
        public var tensor: ForeignText?
        /// Byte in the file.
        public var offset: Int?
        /// Row of the tensor, from 0.
        public var row: Int?
        /// Block in the row, from 0.
        public var block: Int?
        /// Field of the block.
        public var field: String?
        /// Scalar or slot of the field.
        public var index: Int?

        /// Creates a place; leave out what does not apply.
        public init(
            file: ForeignText? = nil, key: ForeignText? = nil, tensor: ForeignText? = nil, offset: Int? = nil, row: Int? = nil,
            block: Int? = nil,
            field: String? = nil, index: Int? = nil
        ) {
            self.file = file
            self.key = key
            self.tensor = tensor
            self.offset = offset
            self.row = row
            self.block = block
            self.field = field
            self.index = index
        }
    }

    /// Creates a finding; the fingerprint is added when it is reported.
    public init(
        rule: String, severity: Severity, kind: Kind, location: Location, message: String, expected: String? = nil, found: String? = nil,
        advice: String? = nil, count: Int = 1, examples: [Location] = [], clause: String? = nil
    ) {
        self.rule = rule
        self.clause = clause
        self.severity = severity
        self.kind = kind
        self.location = location
        self.message = message
        self.expected = expected
        self.found = found
        self.advice = advice
        self.count = count
        self.examples = examples
    }
}
