/// A published comparison of mixes over models, with every figure as it was printed.
public struct PublishedTable: Sendable, Hashable {
    /// For example `qwen3`.
    public let id: String
    /// A one-line description.
    public let title: String
    /// The architecture of all its models.
    public let architecture: String
    /// Where it comes from.
    public let provenance: PublishedProvenance
    /// The compared mixes, the one of interest first.
    public let columns: [PublishedColumn]
    /// The measured figures, one cell for each model and mix, models in order.
    public let cells: [PublishedCell]
    /// Printed percentages of the first mix against the others.
    public let derived: [PublishedPercentages]
    /// What its prose says.
    public let claims: [PublishedClaim]
    /// What is known about the use of an importance matrix.
    public let imatrixEvidence: [ImatrixEvidence]
    /// Figures made under the same conditions, as far as is known.
    public let likeForLike: [LikeForLike]
    /// What the evidence comes to.
    public let imatrixVerdict: ImatrixVerdict
    /// Sizes that the history records elsewhere.
    public let recordedSizes: [RecordedSize]

    /// Creates a table.
    public init(
        id: String, title: String, architecture: String, provenance: PublishedProvenance, columns: [PublishedColumn],
        cells: [PublishedCell], derived: [PublishedPercentages], claims: [PublishedClaim], imatrixEvidence: [ImatrixEvidence],
        likeForLike: [LikeForLike], imatrixVerdict: ImatrixVerdict, recordedSizes: [RecordedSize]
    ) {
        self.id = id
        self.title = title
        self.architecture = architecture
        self.provenance = provenance
        self.columns = columns
        self.cells = cells
        self.derived = derived
        self.claims = claims
        self.imatrixEvidence = imatrixEvidence
        self.likeForLike = likeForLike
        self.imatrixVerdict = imatrixVerdict
        self.recordedSizes = recordedSizes
    }

    /// The cell of a model and a mix, both by id.
    public func cell(model: String, mix: String) -> PublishedCell? { cells.first { $0.model == model && $0.mix == mix } }

    /// The models in the order of the table.
    public var models: [String] {
        var seen: Set<String> = []
        return cells.map(\.model).filter { seen.insert($0).inserted }
    }
}

/// Where a published table comes from.
public struct PublishedProvenance: Sendable, Hashable {
    /// Name of the document.
    public let document: String
    /// What happened to it, in order.
    public let history: [PublicationEvent]
    /// The pull request that shows the same figures.
    public let pullRequest: String
    /// The machine it names.
    public let environment: String
    /// The block revision that reproduces its sizes.
    public let revision: String
    /// The dialect of its files.
    public let dialect: String
    /// What it does not say.
    public let notStated: [String]

    /// Creates a provenance.
    public init(
        document: String, history: [PublicationEvent], pullRequest: String, environment: String, revision: String, dialect: String,
        notStated: [String]
    ) {
        self.document = document
        self.history = history
        self.pullRequest = pullRequest
        self.environment = environment
        self.revision = revision
        self.dialect = dialect
        self.notStated = notStated
    }
}

/// Something that happened to a publication.
public struct PublicationEvent: Sendable, Hashable {
    /// When.
    public let milestone: Milestone
    /// What.
    public let event: String

    /// Creates an event.
    public init(milestone: Milestone, event: String) {
        self.milestone = milestone
        self.event = event
    }
}

/// A compared mix.
public struct PublishedColumn: Sendable, Hashable {
    /// The name as printed.
    public let name: String
    /// The mix it stands for.
    public let mix: String

    /// Creates a column.
    public init(name: String, mix: String) {
        self.name = name
        self.mix = mix
    }
}

/// The figures of one model and one mix, as printed.
public struct PublishedCell: Sendable, Hashable {
    /// Id of the model.
    public let model: String
    /// Id of the mix.
    public let mix: String
    /// Size with unit, `MiB` or `GiB`.
    public let size: String
    /// Bits for a weight.
    public let bpw: String
    /// Perplexity.
    public let perplexity: String
    /// Generated tokens in a second.
    public let tokensPerSecond: String

    /// Creates a cell.
    public init(model: String, mix: String, size: String, bpw: String, perplexity: String, tokensPerSecond: String) {
        self.model = model
        self.mix = mix
        self.size = size
        self.bpw = bpw
        self.perplexity = perplexity
        self.tokensPerSecond = tokensPerSecond
    }
}

/// A figure of a cell that percentages are printed for.
public enum PublishedMetric: String, Sendable, Hashable, CaseIterable {
    /// Perplexity.
    case perplexity
    /// Size.
    case size
    /// Tokens in a second.
    case speed
}

/// A row of printed percentages of the first mix against another.
public struct PublishedPercentages: Sendable, Hashable {
    /// What is compared.
    public let metric: PublishedMetric
    /// Id of the mix it is compared with.
    public let against: String
    /// One for each model in the order of the table, with sign.
    public let percent: [String]

    /// Creates a row.
    public init(metric: PublishedMetric, against: String, percent: [String]) {
        self.metric = metric
        self.against = against
        self.percent = percent
    }
}

/// Whether a claim follows from the figures beside it.
public enum ClaimVerdict: String, Sendable, Hashable, CaseIterable {
    /// It does.
    case follows
    /// For some models only.
    case partly
    /// It does not.
    case contradicted
}

/// A statement of the prose.
public struct PublishedClaim: Sendable, Hashable {
    /// For example `P1`.
    public let id: String
    /// What is claimed.
    public let text: String
    /// Whether it follows from the printed figures.
    public let verdict: ClaimVerdict
    /// Why.
    public let remark: String
    /// The claim in figures.
    public let check: ClaimCheck

    /// Creates a claim.
    public init(id: String, text: String, verdict: ClaimVerdict, remark: String, check: ClaimCheck) {
        self.id = id
        self.text = text
        self.verdict = verdict
        self.remark = remark
        self.check = check
    }
}

/// What a piece of evidence speaks for.
public enum ImatrixConclusion: String, Sendable, Hashable, CaseIterable {
    /// The HIFI files were made with an importance matrix.
    case hifiWithImatrix = "hifi-with-imatrix"
    /// The compared files were made without one.
    case baselineWithoutImatrix = "baseline-without-imatrix"
    /// The author's conditions differed between tables.
    case mixedConditions = "mixed-conditions"
    /// The gain comes from the importance matrix rather than the format.
    case gainFromImatrix = "gain-from-imatrix"
    /// Neither.
    case neutral
}

/// A piece of evidence about the use of an importance matrix.
public struct ImatrixEvidence: Sendable, Hashable {
    /// For example `E1`.
    public let id: String
    /// Where it is found.
    public let source: String
    /// What it says.
    public let statement: String
    /// What it speaks for.
    public let suggests: ImatrixConclusion

    /// Creates a piece of evidence.
    public init(id: String, source: String, statement: String, suggests: ImatrixConclusion) {
        self.id = id
        self.source = source
        self.statement = statement
        self.suggests = suggests
    }
}

/// What a recorded size counts.
public enum SizeMeasure: String, Sendable, Hashable, CaseIterable {
    /// Tensor data only, as the loader prints it.
    case tensors
    /// The whole file.
    case file
}

/// A size that the history records outside the table.
public struct RecordedSize: Sendable, Hashable {
    /// For example `S1`.
    public let id: String
    /// Where it is recorded.
    public let source: String
    /// What it is the size of.
    public let subject: String
    /// Id of the model.
    public let model: String
    /// Id of the mix.
    public let mix: String
    /// Whether an importance matrix was used, where the mix looks at it.
    public let usesImatrix: Bool?
    /// As recorded.
    public let size: String
    /// What it counts.
    public let measure: SizeMeasure
    /// Whether shapes and routing give the same.
    public let agrees: Bool
    /// Why not, or what to mind.
    public let remark: String?

    /// Creates a recorded size.
    public init(
        id: String, source: String, subject: String, model: String, mix: String, usesImatrix: Bool?, size: String, measure: SizeMeasure,
        agrees: Bool, remark: String?
    ) {
        self.id = id
        self.source = source
        self.subject = subject
        self.model = model
        self.mix = mix
        self.usesImatrix = usesImatrix
        self.size = size
        self.measure = measure
        self.agrees = agrees
        self.remark = remark
    }
}
