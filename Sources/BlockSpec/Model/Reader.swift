/// A build, or a span of builds, whose reading of a file is known.
public struct Reader: Sendable, Hashable {
    /// For example `fork-a`.
    public let id: String
    /// A one-line description.
    public let title: String
    /// Whose program it is.
    public let family: DialectFamily
    /// The dialect it takes every file for.
    public let dialect: String
    /// The build, or the first of the span.
    public let from: Milestone
    /// The last build of the span; `nil` for a single build.
    public let to: Milestone?
    /// The formats beyond its base library's that its kernels decode, one for each of its HIFI types.
    public let decodes: [String]
    /// What it does wrong.
    public let faults: [ReaderFault]

    /// Creates a reader.
    public init(
        id: String, title: String, family: DialectFamily, dialect: String, from: Milestone, to: Milestone?, decodes: [String],
        faults: [ReaderFault]
    ) {
        self.id = id
        self.title = title
        self.family = family
        self.dialect = dialect
        self.from = from
        self.to = to
        self.decodes = decodes
        self.faults = faults
    }
}

/// What a reader does with a block.
public enum ReaderOperation: String, Sendable, Hashable, CaseIterable {
    /// Turns blocks into floats.
    case decode
    /// Multiplies blocks with activations.
    case dot
}

/// One thing that a reader does wrong.
public struct ReaderFault: Sendable, Hashable {
    /// The formats concerned.
    public let formats: [String]
    /// Which of its ways of reading.
    public let operation: ReaderOperation
    /// The entry of the defect catalogue.
    public let defect: String
    /// What a user sees.
    public let effect: String

    /// Creates a fault.
    public init(formats: [String], operation: ReaderOperation, defect: String, effect: String) {
        self.formats = formats
        self.operation = operation
        self.defect = defect
        self.effect = effect
    }
}

/// A period in which the fork's Python package and its library said different things.
public struct NumberingDisagreement: Sendable, Hashable {
    /// For example `py-stock-ids`.
    public let id: String
    /// What they disagree about.
    public let subject: String
    /// What the Python package says.
    public let python: String
    /// What the library says.
    public let library: String
    /// The formats concerned.
    public let formats: [String]
    /// Bytes of a block by the package, where they are not the library's.
    public let blockBytes: [PythonBlockBytes]
    /// When it began.
    public let since: Milestone
    /// When it ended; `nil` if it had not at the newest dated commit.
    public let until: Milestone?

    /// Creates a disagreement.
    public init(
        id: String, subject: String, python: String, library: String, formats: [String], blockBytes: [PythonBlockBytes],
        since: Milestone, until: Milestone?
    ) {
        self.id = id
        self.subject = subject
        self.python = python
        self.library = library
        self.formats = formats
        self.blockBytes = blockBytes
        self.since = since
        self.until = until
    }
}

/// The bytes that the fork's Python package took a block for.
public struct PythonBlockBytes: Sendable, Hashable {
    /// Format id.
    public let format: String
    /// Bytes per block, by the package.
    public let bytes: Int

    /// Creates a size.
    public init(format: String, bytes: Int) {
        self.format = format
        self.bytes = bytes
    }
}
