import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// How a file is to be judged, and how much of it is looked at.
public struct VerifierOptions: Sendable {
    /// What the file is measured by.
    public var profile: RuleProfile = .spec
    /// Look at the header and where data lies, not at the data.
    public var headerOnly = false
    /// A manifest to compare digests with.
    public var manifestPath: String?
    /// Places named in one finding besides the first.
    public var exampleLimit = 8
    /// Take digests of the header and of every tensor. A manifest brings its own algorithms and always takes them.
    public var hashing = true
    /// Also digest the file as a whole. That is to digest every byte twice, and tells nothing more about a file whose padding is
    /// zero, so it is done only where asked for, or where a manifest lists it.
    public var wholeFileDigest = false
    /// The algorithm of those digests.
    public var algorithm: Digest.Algorithm = .xxh3
    /// Tensors are shared out to so many threads; the report does not depend on it.
    public var threads = 1
    /// Findings listed of each severity and file; more are counted only.
    public var findingsCap = 1000
    /// Areas of which a gap is a finding (rules `COVER-01` to `COVER-07`).
    public var required: Set<Coverage.Area> = []
    /// What counts for less or more than the specification says; `Policy.check` must have accepted it.
    public var policy: Policy?
    /// How the caller does what remedies ask for, by id of the rule: a few words, such as an option, that follow the remedy in brackets.
    public var remedyHints: [String: String] = [:]
    /// Where files come from. Of those that are elsewhere only what is here is looked at.
    public var source: any FileSource = LocalFiles()
    /// Tensors whose data is looked at; nil for all.
    public var tensors: Set<String>?
    /// Bounds for scanning hostile files.
    public var limits = ScanLimits()

    /// The defaults: profile `spec`, every block checked.
    public init() {}
}

/// How far verification has come.
public struct VerificationProgress: Sendable, Hashable {
    /// The file being read.
    public let file: ForeignText
    /// The tensor being read; nil between tensors.
    public let tensor: ForeignText?
    /// Bytes read so far, of all files.
    public let bytesDone: Int
    /// Bytes to read, of all files.
    public let bytesTotal: Int
}
