import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIIdentification

extension RuleProfile: Codable {}

/// Everything that verification has to say about some files.
public struct VerificationReport: Sendable, Hashable, Codable {
    /// The profile whose severities apply.
    public var profile: RuleProfile
    /// In the order given, parts of a split set one after the other.
    public var files: [FileReport] = []
    /// Files of which nothing was concluded: not readable, or changed while being read.
    public var failures: [Failure] = []
    /// The policy in force; nil where there was none.
    public var policy: PolicyUse?

    /// An empty report.
    public init(profile: RuleProfile) { self.profile = profile }

    /// The worst of all files.
    public var verdict: Verdict { failures.isEmpty ? files.map(\.verdict).max() ?? .conforming : .unreadable }
    /// 0 conforming, 1 findings or unsupported, 2 malformed, 74 not readable.
    public var exitCode: Int32 { verdict.exitCode }
    /// The counts of all files together.
    public var counts: FindingCounts { files.map(\.counts).reduce(FindingCounts(), +) }

    /// A file that could not be opened, mapped, read or trusted to stay the same.
    public struct Failure: Sendable, Hashable, Codable {
        /// The path as given.
        public var file: ForeignText
        /// One line: what was tried, and why it failed.
        public var message: String
        /// The system's error number, where it had one.
        public var errorNumber: Int32?

        init(_ error: FileError) {
            (file, message, errorNumber) = (error.path, error.description, error.errorNumber)
        }
    }
}

/// A policy as it was in force for a report.
public struct PolicyUse: Sendable, Hashable, Codable {
    /// Files and options that it was put together from.
    public var sources: [ForeignText]
    /// Decisions about rules.
    public var rules: [Rule]
    /// How many findings it lists as known.
    public var known: Int

    /// A decision about a rule.
    public struct Rule: Sendable, Hashable, Codable {
        /// A rule (`GGUF-36`) or a clause of a block format (`R6-05`).
        public var rule: String
        /// `off`, `note`, `warning` or `error`.
        public var severity: String
        /// Why; never empty.
        public var reason: ForeignText
        /// The policy's file, or the option.
        public var source: ForeignText
    }

    init(_ policy: Policy) {
        sources = policy.sources
        rules = policy.decisions.map { Rule(rule: $0.rule, severity: $0.severity.rawValue, reason: $0.reason, source: $0.source) }
        known = policy.known.count
    }
}

/// What verification found out about one file.
public struct FileReport: Sendable, Hashable, Codable {
    /// The path as given.
    public var path: ForeignText
    /// Size of the file.
    public var bytes: Int
    /// Version as stored; nil where the file has no such field.
    public var version: UInt32?
    /// Metadata entries and tensor records that could be read.
    public var keys: Int
    /// Tensor records that could be read.
    public var tensors: Int
    /// Alignment in force.
    public var alignment: Int
    /// Id of the dialect that type ids were read by; nil where none fits.
    public var dialect: String?
    /// Tensors by type, most bytes first.
    public var types: [TypeCount]
    /// How the dialect and the formats were found out; nil where they were given.
    public var identification: Identification?
    /// What the verdict covers.
    public var coverage: Coverage
    /// Nil where digests were not asked for or the data was not looked at.
    public var digests: Digests?
    /// Errors first, then by place in the file. `counts.omitted` says how many more there are.
    public var findings: [Finding]
    /// All findings by severity, listed or not; setting them sets the verdict.
    public var counts: FindingCounts { didSet { verdict = counts.verdict } }
    /// No error and no warning, only meaning and content, or the container itself. `coverage` says what was checked.
    public internal(set) var verdict: Verdict

    /// The tensors of one type.
    public struct TypeCount: Sendable, Hashable, Codable {
        /// The number stored in the file.
        public var id: UInt32
        /// The dialect's name for it.
        public var name: String?
        /// The project's id of the format; nil where it is not known.
        public var format: String?
        /// Number of tensors.
        public var tensors: Int
        /// Bytes of data, as far as sizes are known.
        public var bytes: Int
    }

    /// Digests in hexadecimal digits.
    public struct Digests: Sendable, Hashable, Codable {
        /// `xxh64`, `xxh3`, `xxh128`, `sha1` or `sha256`.
        public var algorithm: String
        /// Of everything before the data.
        public var header: String?
        /// Of all bytes; nil where not asked for.
        public var file: String?
        /// Of the digests of header and tensors, one after the other as bytes: one value that stands for the whole content. Nil where
        /// a tensor's data is missing.
        public var combined: String?
        /// Of the data of each tensor, in the order of records. Tensors that are not all inside the file are left out.
        public var tensors: [Tensor]

        /// The digest of one tensor.
        public struct Tensor: Sendable, Hashable, Codable {
            /// The tensor's name.
            public var name: ForeignText
            /// Size of its data in bytes.
            public var bytes: Int
            /// In hexadecimal digits.
            public var digest: String
        }
    }
}
