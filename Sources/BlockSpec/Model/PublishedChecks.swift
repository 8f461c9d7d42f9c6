/// A claim restated in figures: the change of one mix against another, in per cent.
public struct ClaimCheck: Sendable, Hashable {
    /// What is compared.
    public let metric: PublishedMetric
    /// Id of the mix that is spoken of.
    public let mix: String
    /// Id of the mix it is compared with.
    public let against: String
    /// Ids of the models that the claim covers.
    public let models: [String]
    /// What `low` and `high` are.
    public let form: ClaimForm
    /// The smaller end, with sign.
    public let low: String
    /// The larger end, with sign.
    public let high: String

    /// Creates a check.
    public init(
        metric: PublishedMetric, mix: String, against: String, models: [String], form: ClaimForm, low: String, high: String
    ) {
        self.metric = metric
        self.mix = mix
        self.against = against
        self.models = models
        self.form = form
        self.low = low
        self.high = high
    }
}

/// What the two ends of a claim are.
public enum ClaimForm: String, Sendable, Hashable, CaseIterable {
    /// Every model lies between them.
    case within
    /// The smallest and the largest change are these.
    case extremes
}

/// Recorded figures of HIFI and its baseline that were, as far as is known, made under the same conditions.
public struct LikeForLike: Sendable, Hashable {
    /// For example `C1`.
    public let id: String
    /// Id of the model.
    public let model: String
    /// Perplexity of the first mix.
    public let ours: String
    /// Perplexity of the baseline.
    public let theirs: String
    /// Where the two are found.
    public let source: String
    /// What to mind.
    public let remark: String

    /// Creates a pair.
    public init(id: String, model: String, ours: String, theirs: String, source: String, remark: String) {
        self.id = id
        self.model = model
        self.ours = ours
        self.theirs = theirs
        self.source = source
        self.remark = remark
    }
}

/// How sure a conclusion is.
public enum Certainty: String, Sendable, Hashable, CaseIterable {
    /// Nothing else is possible.
    case proven
    /// Everything known speaks for it.
    case probable
    /// Nothing can be said.
    case open
}

/// What the evidence on the use of an importance matrix comes to.
public struct ImatrixVerdict: Sendable, Hashable {
    /// How sure.
    public let certainty: Certainty
    /// What is concluded.
    public let statement: String
    /// Why it is no more certain than that.
    public let caveats: [String]

    /// Creates a verdict.
    public init(certainty: Certainty, statement: String, caveats: [String]) {
        self.certainty = certainty
        self.statement = statement
        self.caveats = caveats
    }
}
