/// How weights become blocks of a format: the `encoder` of its declaration.
///
/// `Reference` interprets it, and the kernels take what they need from it; neither knows a revision by name.
public struct Encoding: Sendable, Hashable {
    /// The search for codes and scales; that of the base where a format extends one.
    public let search: Search
    /// Outliers without importances; nil for a format without slots.
    public let outliers: OutlierEncoding?
    /// Outliers with importances. The same but for Q2_K_HIFI, which then stores residuals.
    public let guidedOutliers: OutlierEncoding?
    /// Whether the format is made with importances only.
    public let needsImportances: Bool

    /// Creates a rule. The loader of `Spec/` vouches that both kinds of outliers are given or neither.
    public init(search: Search, outliers: OutlierEncoding?, guidedOutliers: OutlierEncoding?, needsImportances: Bool = false) {
        (self.search, self.outliers, self.guidedOutliers) = (search, outliers, guidedOutliers)
        self.needsImportances = needsImportances
    }

    /// Searches for codes and scales, each specified by a clause of its own (`Spec/encode.yaml`).
    public enum Search: String, Sendable, Hashable, CaseIterable {
        /// ENC-15: each value by itself, to nearest.
        case scalar
        /// ENC-14: one scale for the block, from the value of largest magnitude; Q4_0 and Q5_0.
        case symmetric
        /// ENC-14: a scale and a minimum for the block, from the ends; Q4_1 and Q5_1.
        case affine
        /// ENC-15: one scale, the largest magnitude over 127; Q8_0.
        case bytes
        /// ENC-16: the nearest entries of the code's codebook; IQ4_NL.
        case codebook
        /// ENC-11
        case q2k = "q2_k"
        /// ENC-09
        case q3k = "q3_k"
        /// ENC-12
        case q4k = "q4_k"
        /// ENC-12
        case q5k = "q5_k"
        /// ENC-10
        case q6k = "q6_k"
        /// ENC-18: one scale for the block, the largest magnitude over 4; r1 to r4 and r8.
        case linear
        /// ENC-27: one scale, the mean of the magnitudes, and signs.
        case q10 = "q1_0"
        /// ENC-28: one scale, the largest magnitude, and four levels.
        case q20 = "q2_0"
        /// ENC-29: one scale, the largest magnitude, and three levels; TQ1_0 and TQ2_0.
        case ternary
        /// ENC-30: the nearest E2M1 numbers under a power of two.
        case mxfp4
        /// ENC-31: the nearest E2M1 numbers under scales in UE4M3.
        case nvfp4
        /// ENC-32: as `codebook` by sub-blocks, whose scales become codes.
        case iq4xs = "iq4_xs"
        /// ENC-34 to ENC-36: entries of a grid for eight weights, signs by parity.
        case iq2xxs = "iq2_xxs"
        /// ENC-34 to ENC-36
        case iq2xs = "iq2_xs"
        /// ENC-34 to ENC-36: as the last, each weight with a sign of its own.
        case iq2s = "iq2_s"
        /// ENC-34 to ENC-36: entries of a grid for four weights, signs by parity.
        case iq3xxs = "iq3_xxs"
        /// ENC-34 to ENC-36: as the last, each weight with a sign of its own.
        case iq3s = "iq3_s"
        /// ENC-37: the best split of a sub-block into three levels, then entries of a grid.
        case iq1s = "iq1_s"
        /// ENC-38: as the last with a shift for each entry.
        case iq1m = "iq1_m"

        /// Whether importances make a difference to codes and scales.
        public var heedsImportances: Bool {
            switch self {
            case .scalar, .bytes, .linear, .q10, .q20, .ternary, .mxfp4, .nvfp4: false
            default: true
            }
        }
    }
}

/// How outliers are chosen and what is stored of them.
public struct OutlierEncoding: Sendable, Hashable {
    /// The fewest outliers that an encoder can be asked for in each block; the most are all slots.
    public let least: Int
    /// The number where nothing else decides (QUANT-08).
    public let standard: Int
    /// What the number follows in a model.
    public let follows: Follows
    /// What a weight's score is made of, and so whether the base is encoded after or before the choice.
    public let choice: Choice
    /// Whether scores are multiplied by importances.
    public let scoredByImportance: Bool
    /// What a slot stores.
    public let stored: Stored
    /// The search of the base where importances are given.
    public let guidance: Guidance
    /// In which order slots are filled.
    public let order: Order
    /// The position that an unused slot holds.
    public let unused: Int
    /// The same in a block without any outlier.
    public let unusedWithoutOutliers: Int
    /// Field that receives the number of slots in use.
    public let count: String?
    /// Bits set in that field besides.
    public let countFlag: Int
    /// Whether the choice ends at the first score that is not above zero.
    public let stopsAtZero: Bool
    /// Whether NaN scores are never chosen, not even at position 0.
    public let passesOverNaN: Bool
    /// With importances the number varies by block (QUANT-13), outside a model as for one of this many billions of weights; nil where
    /// it does not.
    public let variesFor: Double?

    /// Creates a rule; this initializer checks nothing.
    public init(
        least: Int, standard: Int, follows: Follows, choice: Choice, scoredByImportance: Bool, stored: Stored, guidance: Guidance,
        order: Order, unused: Int,
        unusedWithoutOutliers: Int, count: String?, countFlag: Int, stopsAtZero: Bool, passesOverNaN: Bool, variesFor: Double?
    ) {
        self.least = least
        self.standard = standard
        self.follows = follows
        self.choice = choice
        self.scoredByImportance = scoredByImportance
        self.stored = stored
        self.guidance = guidance
        self.order = order
        self.unused = unused
        self.unusedWithoutOutliers = unusedWithoutOutliers
        self.count = count
        self.countFlag = countFlag
        self.stopsAtZero = stopsAtZero
        self.passesOverNaN = passesOverNaN
        self.variesFor = variesFor
    }

    /// What the number of outliers follows under a HIFI mix.
    public enum Follows: String, Sendable, Hashable, CaseIterable {
        /// Nothing: it is the standard number.
        case nothing
        /// The size of the model (QUANT-09).
        case model
        /// The size of the model and, with importances, that of the tensor (QUANT-11).
        case tensor
    }

    /// What scores are made of.
    public enum Choice: String, Sendable, Hashable, CaseIterable {
        /// |x|, before the base is encoded, which then sees zeros in place of the chosen weights.
        case magnitude
        /// |x − decoded base|, after the base has been encoded from all weights.
        case residual
        /// |x − decoded base| · (1 + |x|/2), the importance multiplied in before the bracket; after the base, too.
        case residualByMagnitude = "residual_by_magnitude"
    }

    /// What a slot stores.
    public enum Stored: String, Sendable, Hashable, CaseIterable {
        /// The weight, in fp16.
        case weight
        /// What the base leaves of it, in fp16.
        case residual
        /// The same as a signed byte under a scale of the largest / 127; where that is 0, positions of 0 and a kept count.
        case dividedBytes = "bytes_of_divided_scale"
        /// The same under a scale of the largest, at least 1e−10.
        case wholeBytes = "bytes_of_whole_scale"
        /// The same under a scale of the largest in E4M3; with importances, blocks with negligible residuals keep none (QUANT-14).
        case significantBytes = "bytes_if_significant"

        /// Whether slots hold bytes under a scale.
        public var isBytes: Bool { self != .weight && self != .residual }
    }

    /// The search of the base where importances are given.
    public enum Guidance: String, Sendable, Hashable, CaseIterable {
        /// The same as without.
        case plain
        /// The one made for importances, without them.
        case unweighted
        /// The one made for importances, with them.
        case weighted
    }

    /// The order of slots.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        /// By falling score.
        case score
        /// By rising position.
        case position
    }
}
