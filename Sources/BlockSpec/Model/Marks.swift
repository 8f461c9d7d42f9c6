/// What identifies the blocks of a format: the `marks` of its declaration.
///
/// The declared content checks about the form of a block (padding, counts, positions) identify it as well; what stands here is what
/// follows from how its encoder works.
public struct Marks: Sendable, Hashable {
    /// How unlikely it is that blocks of another format of the same size show the marks by accident: 0 for no less than others, up to 3.
    public let specificity: Int
    /// What every block shows.
    public let forms: [Mark]
    /// Clauses that say what the encoder does where it may tell formats apart that mean the same by the same bytes.
    public let habits: Habits
    /// Whether nothing has taken the format's place: it is the published revision, or the newest of a line.
    public let isCurrent: Bool
    /// The format that other builds of the same program lay the same blocks out as.
    public let otherLayout: String?

    /// Creates marks; this initializer checks nothing.
    public init(specificity: Int, forms: [Mark], habits: Habits, isCurrent: Bool, otherLayout: String?) {
        self.specificity = specificity
        self.forms = forms
        self.habits = habits
        self.isCurrent = isCurrent
        self.otherLayout = otherLayout
    }

    /// Those of a format that declares none.
    public static let none = Marks(
        specificity: 0, forms: [], habits: Habits(order: nil, unused: nil, number: nil), isCurrent: false, otherLayout: nil)

    /// Clause ids.
    public struct Habits: Sendable, Hashable {
        /// In which order slots are filled.
        public let order: String?
        /// What unused slots hold.
        public let unused: String?
        /// How many slots are in use.
        public let number: String?

        /// Creates habits.
        public init(order: String?, unused: String?, number: String?) {
            (self.order, self.unused, self.number) = (order, unused, number)
        }
    }
}

/// Something that every block of a format shows and blocks of others do not, unless by accident.
public struct Mark: Sendable, Hashable {
    /// The clause that asks for it.
    public let clause: String
    /// What is looked at.
    public let kind: Kind
    /// The field that shows it.
    public let field: String
    /// For `zeroFrom`: the byte of the field from which on it is zero.
    public let from: Int

    /// Creates a mark.
    public init(clause: String, kind: Kind, field: String, from: Int) {
        (self.clause, self.kind, self.field, self.from) = (clause, kind, field, from)
    }

    /// What is looked at.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A finite f32 between 2^-40 and 2^20, or zero: what a scale of weights can be.
        case plausibleScale = "plausible_scale"
        /// A positive fp16 below 16, subnormals included.
        case smallPositive = "small_positive"
        /// Zero bytes from a place in the field on, behind the last code that is ever written.
        case zeroFrom = "zero_from"
        /// A count of at most all slots, and nothing in the slots from there on, though readers ignore it.
        case agreeingCount = "agreeing_count"
        /// An E8M0 exponent between 2^-63 and 2^32, or none.
        case plausibleExponent = "plausible_exponent"
    }
}
