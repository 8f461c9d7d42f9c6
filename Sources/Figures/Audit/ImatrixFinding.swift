import HIFIBlockSpec

/// What is known about the use of an importance matrix in the published comparison.
public struct ImatrixFinding: Sendable, Hashable, Codable {
    /// A piece of evidence.
    public struct Evidence: Sendable, Hashable, Codable {
        /// For example `E1`.
        public let id: String
        /// Where it is found.
        public let source: String
        /// What it says.
        public let statement: String
        /// What it speaks for.
        public let suggests: String
    }

    /// HIFI against its baseline under the same conditions, as far as is known.
    public struct LikeForLike: Sendable, Hashable, Codable {
        /// For example `C1`.
        public let id: String
        /// Id of the model.
        public let model: String
        /// The model for people.
        public let label: String
        /// The arithmetic.
        public let change: Change
        /// The percentage that the table prints.
        public let published: String
        /// Where the two figures are found.
        public let source: String
        /// What to mind.
        public let remark: String
    }

    /// `proven`, `probable` or `open`.
    public let certainty: String
    /// What is concluded, worded with that certainty.
    public let statement: String
    /// Why it is no more certain.
    public let caveats: [String]
    /// What speaks for it, and what does not.
    public let evidence: [Evidence]
    /// The gain that remains.
    public let likeForLike: [LikeForLike]

    init(_ table: PublishedTable) {
        certainty = table.imatrixVerdict.certainty.rawValue
        statement = table.imatrixVerdict.statement
        caveats = table.imatrixVerdict.caveats
        evidence = table.imatrixEvidence.map {
            Evidence(id: $0.id, source: $0.source, statement: $0.statement, suggests: $0.suggests.rawValue)
        }
        let row = table.derived.first { $0.metric == .perplexity }
        likeForLike = table.likeForLike.compactMap { pair in
            guard let change = Change(pair.ours, pair.theirs, places: 1), let place = table.models.firstIndex(of: pair.model),
                let published = row.flatMap({ $0.percent.indices.contains(place) ? $0.percent[place] : nil })
            else { return nil }
            return LikeForLike(
                id: pair.id, model: pair.model, label: Spec.model(pair.model)?.model.label ?? pair.model, change: change,
                published: published, source: pair.source, remark: pair.remark)
        }
    }
}
