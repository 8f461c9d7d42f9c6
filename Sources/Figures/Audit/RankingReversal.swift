import HIFIBlockSpec

/// Two mixes measured on a small model with and without an importance matrix on either side: does the ranking depend on it?
public struct RankingReversal: Sendable, Hashable, Codable {
    /// One combination of conditions.
    public struct Combination: Sendable, Hashable, Codable {
        /// Whether the mix of interest had an importance matrix.
        public let oursWithImatrix: Bool
        /// Whether the baseline had one.
        public let theirsWithImatrix: Bool
        /// Perplexities, ours against theirs.
        public let change: Change

        /// Whether both sides had the same conditions.
        public var isFair: Bool { oursWithImatrix == theirsWithImatrix }
        /// Whether the mix of interest has the lower perplexity.
        public var oursWins: Bool { change.percent.hasPrefix("-") }
    }

    /// Id of the series.
    public let series: String
    /// Id of the variant of the model.
    public let variant: String
    /// What the variant is.
    public let title: String
    /// Whether its weights were changed on purpose.
    public let isArtificial: Bool
    /// What to mind.
    public let remark: String
    /// The mix of interest.
    public let ours: String
    /// The baseline.
    public let theirs: String
    /// Sizes of the two files without an importance matrix.
    public let bytes: Change
    /// All four combinations.
    public let combinations: [Combination]
    /// Whether the mix of interest loses under the same conditions, both ways, and wins where it alone has an importance matrix.
    public let turnsAround: Bool
    /// What else to know about the measurements.
    public let notes: [String]

    init?(_ series: MeasurementSeries, _ variant: MeasurementVariant) {
        func row(_ mix: String, _ imatrix: Bool) -> Measurement? { series.row(variant: variant.id, mix: mix, imatrix: imatrix) }
        guard let plain = row(series.ours, false), let base = row(series.theirs, false),
            let bytes = Change(bytes: UInt64(max(0, plain.bytes)), UInt64(max(0, base.bytes)), places: 1)
        else { return nil }
        combinations = [(true, true), (false, false), (true, false), (false, true)].compactMap { a, b in
            guard let ours = row(series.ours, a), let theirs = row(series.theirs, b),
                let change = Change(ours.perplexity, theirs.perplexity, places: 2)
            else { return nil }
            return Combination(oursWithImatrix: a, theirsWithImatrix: b, change: change)
        }
        self.series = series.id
        self.variant = variant.id
        title = variant.title
        isArtificial = variant.isArtificial
        remark = variant.remark
        ours = plain.type
        theirs = base.type
        self.bytes = bytes
        notes = series.remarks
        turnsAround =
            combinations.filter(\.isFair).allSatisfy { !$0.oursWins }
            && combinations.contains { $0.oursWithImatrix && !$0.theirsWithImatrix && $0.oursWins }
    }
}
