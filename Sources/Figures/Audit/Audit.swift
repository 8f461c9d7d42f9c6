import HIFIBlockSpec

/// A published comparison held against its own figures: what follows, what does not, and what it leaves open.
///
/// Nothing is measured here. Every statement is arithmetic on printed figures, on sizes that follow from shapes and routing, or
/// a quotation with its source.
public struct Audit: Sendable, Hashable, Codable {
    /// Where the comparison comes from.
    public struct Source: Sendable, Hashable, Codable {
        /// Title of the comparison.
        public let title: String
        /// The document.
        public let document: String
        /// The pull request that shows the same figures.
        public let pullRequest: String
        /// The machine it names.
        public let environment: String
        /// The block revision of its files, which the sizes tell.
        public let revision: String
        /// What happened to it.
        public let history: [String]
        /// What it does not state.
        public let notStated: [String]
    }

    /// Everything in a few numbers.
    public struct Summary: Sendable, Hashable, Codable {
        /// Size cells compared and following.
        public let cells: Int
        /// Size cells that follow from shapes and routing.
        public let cellsFollowing: Int
        /// Percentages.
        public let percentages: Int
        /// Percentages that follow from the printed figures.
        public let percentagesFollowing: Int
        /// Size percentages that change when exact bytes replace rounded sizes.
        public let changedByExactBytes: Int
        /// Claims by verdict.
        public let claims: [String: Int]
    }

    /// Where it comes from.
    public let source: Source
    /// In a few numbers.
    public let summary: Summary
    /// The size cells.
    public let sizes: SizeReport
    /// The derived percentages.
    public let percentages: [PercentageCheck]
    /// The claims of the prose.
    public let claims: [ClaimReport]
    /// What the sizes tell of the files.
    public let sizeEvidence: SizeEvidence
    /// The importance matrix.
    public let imatrix: ImatrixFinding
    /// The same question on a small model, measured.
    public let reversals: [RankingReversal]

    /// Audits a table.
    public init(_ table: PublishedTable, measurements: [MeasurementSeries] = Spec.measurements) throws(FiguresError) {
        var requests: [ModelSize.Request] = []
        for column in table.columns { requests.append(try .init(mix: column.mix)) }
        let sizes = try SizeReport.published(table, requests)
        self.sizes = sizes
        percentages = PercentageCheck.all(table, sizes: sizes)
        claims = table.claims.compactMap { ClaimReport($0, table, sizes: sizes) }
        sizeEvidence = try SizeEvidence(table)
        imatrix = ImatrixFinding(table)
        reversals = measurements.flatMap { series in series.variants.compactMap { RankingReversal(series, $0) } }
        source = Source(table)
        summary = Summary(
            cells: sizes.cells, cellsFollowing: sizes.following, percentages: percentages.count,
            percentagesFollowing: percentages.count { $0.verdict == .follows },
            changedByExactBytes: percentages.count { $0.fromBytes?.differsFromPublished == true },
            claims: Dictionary(claims.map { ($0.verdict, 1) }, uniquingKeysWith: +))
    }

    /// The percentages that do not follow.
    public var unfounded: [PercentageCheck] { percentages.filter { $0.verdict == .doesNotFollow } }
    /// The percentages that exact bytes change.
    public var changed: [PercentageCheck] { percentages.filter { $0.fromBytes?.differsFromPublished == true } }
}

extension Audit.Source {
    init(_ table: PublishedTable) {
        let provenance = table.provenance
        title = table.title
        document = provenance.document
        pullRequest = provenance.pullRequest
        environment = provenance.environment
        revision = provenance.revision
        history = provenance.history.map { "\($0.milestone): \($0.event)" }
        notStated = provenance.notStated
    }
}
