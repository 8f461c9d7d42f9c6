/// Several questions in a row, made from a few numbers: how an operation behaves along one axis that a lone question cannot show.
public struct SeriesRecipe: Sendable, Hashable {
    /// What is asked of the system.
    public let operation: Operation
    /// What changes from question to question.
    public let axis: SeriesAxis
    /// The encoder's way in; nil for other operations.
    public let path: Request.EncodePath?
    /// Whether columns have importances, each its own.
    public let hasImportance: Bool
    /// Format of the activations; nil where there are none.
    public let activationFormat: String?
    /// What the numbers of all questions follow from.
    public let seed: UInt64
    /// What is right, in the order of the questions.
    public let expected: [Expected]

    /// What is asked of the system.
    public enum Operation: String, Sendable, Hashable, Codable, CaseIterable {
        case decode, encode, quantize, dot, product
    }

    /// The right answer to one question.
    public enum Expected: Sendable, Hashable {
        /// XXH3-128 of the output, as in ``BulkRecipe/digest``; one for each output that is right.
        case digests([String])
        /// Of every number of the output, the product in real arithmetic and how far an answer may be from it.
        case products([Product])
    }

    /// A product in real arithmetic.
    public struct Product: Sendable, Hashable {
        /// The product.
        public let exact: Double
        /// How far an answer may be from it (DOT-06).
        public let bound: Double

        /// Creates a product.
        public init(exact: Double, bound: Double) { (self.exact, self.bound) = (exact, bound) }
    }

    /// Creates a recipe.
    public init(
        operation: Operation, axis: SeriesAxis, path: Request.EncodePath? = nil, hasImportance: Bool = false,
        activationFormat: String? = nil, seed: UInt64, expected: [Expected]
    ) {
        (self.operation, self.axis, self.path, self.hasImportance) = (operation, axis, path, hasImportance)
        (self.activationFormat, self.seed, self.expected) = (activationFormat, seed, expected)
    }

    /// The same with other right answers.
    public func expecting(_ expected: [Expected]) -> SeriesRecipe {
        SeriesRecipe(
            operation: operation, axis: axis, path: path, hasImportance: hasImportance, activationFormat: activationFormat, seed: seed,
            expected: expected)
    }
}

/// What changes from question to question in a series.
public enum SeriesAxis: String, Sendable, Hashable, Codable, CaseIterable {
    /// Rows of one to sixty-four super-blocks, every remainder of an unrolled loop among them.
    case length
    /// Sums of integers past 16 bits and on to the edge of 32, of either sign.
    case magnitude
    /// The same row at other places in memory, as rows of a matrix lie.
    case placement
    /// The same question again, and others of the same size in between, that differ in one thing only.
    case repetition
    /// Several rows, and several columns of activations, in one call.
    case rows

    /// The axes along which an operation can go wrong. Every type that an operation is tested with is tested along each of them.
    public static func axes(of operation: SeriesRecipe.Operation) -> [SeriesAxis] {
        switch operation {
        case .decode, .quantize: [.length, .placement, .repetition]
        case .encode: [.length, .placement, .repetition, .rows]
        case .dot: [.length, .magnitude, .placement, .repetition]
        case .product: [.rows]
        }
    }
}

/// One question of a series.
public struct SeriesStep: Sendable {
    /// What is asked.
    public let request: Request
    /// How many blocks, activation blocks or scalars lie before the operands in memory, after a boundary of 64 bytes.
    public let shift: Int
    /// What is special about it, for reports: `5 blocks`.
    public let name: String
}
