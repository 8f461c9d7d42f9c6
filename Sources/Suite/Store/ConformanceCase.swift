/// One question to a system under test and the answer that the specification demands.
public struct ConformanceCase: Sendable, Hashable, Identifiable {
    /// For example `hifi-r12c-dec-000417`. Given by the tool that writes the vectors, never reused, never changed in meaning.
    public let id: String
    /// The format that it is about; empty for cases about whole files.
    public let format: String
    /// The clauses of the specification that it shows.
    public let clauses: [String]
    /// How much a failure weighs.
    public let level: Level
    /// Names of notes that apply: defects that it catches (`B19`), kinds of input (`subnormal-scale`).
    public let flags: [String]
    /// Whether its input is well-formed.
    public let validity: Validity
    /// Why it is here, in one sentence.
    public let why: String
    /// The question, and the right answer.
    public let task: Task

    /// How much a failure weighs.
    public enum Level: String, Sendable, Hashable, Codable, CaseIterable {
        /// A system that fails it does not conform.
        case required
        /// Input that no known encoder makes; a robust system passes it.
        case recommended
        /// Behaviour that is good to have.
        case optional

        /// Whether a failure at this level counts where failures count down to another.
        public func counts(downTo weakest: Level) -> Bool { rank <= weakest.rank }

        private var rank: Int {
            switch self {
            case .required: 0
            case .recommended: 1
            case .optional: 2
            }
        }
    }

    /// Whether the input of a case is well-formed.
    public enum Validity: String, Sendable, Hashable, Codable, CaseIterable {
        /// Well-formed: there is one right answer.
        case valid
        /// Not well-formed: the right answer is a refusal or a finding.
        case invalid
        /// Not well-formed, but with a defined meaning; a system may refuse it instead.
        case acceptable
    }

    /// Creates a case.
    public init(
        id: String, format: String, clauses: [String], level: Level, flags: [String], validity: Validity, why: String, task: Task
    ) {
        self.id = id
        self.format = format
        self.clauses = clauses
        self.level = level
        self.flags = flags
        self.validity = validity
        self.why = why
        self.task = task
    }
}

extension ConformanceCase {
    /// The question, and the right answer. fp32 values are bit patterns.
    public enum Task: Sendable, Hashable {
        /// Blocks to weights. A NaN among the weights stands for any NaN.
        case decode(blocks: [UInt8], weights: [UInt32])
        /// Rows of weights to blocks; without `blocks` the input must be refused.
        case encode(path: Request.EncodePath, values: [UInt32], columns: Int, importance: [UInt32]?, blocks: MaskedBytes?)
        /// Activations to blocks of an activation format. Each of `blocks` is right.
        case activations(values: [UInt32], blocks: [MaskedBytes])
        /// One row times one column. The answer may differ from `exact` by at most `bound`.
        case dot(blocks: [UInt8], activationFormat: String, activations: [UInt8], exact: Double, bound: Double)
        /// Which content clauses blocks break.
        case content(blocks: [UInt8], broken: [String])
        /// What is wrong with a file. Each of `rules` must be reported; no rule at all for a valid file.
        case container(file: String, rules: [String])
        /// Much input from a recipe; what comes out is compared by digest.
        case bulk(BulkRecipe)
        /// Several questions from a recipe, put one after another to one system.
        case series(SeriesRecipe)
    }

    /// The kinds of task.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case decode, encode, activation, dot, content, gguf, bulk, series

        /// The part of a case id that names the kind.
        public var tag: String {
            switch self {
            case .decode: "dec"
            case .encode: "enc"
            case .activation: "act"
            case .dot: "dot"
            case .content: "chk"
            case .gguf: "file"
            case .bulk: "bulk"
            case .series: "series"
            }
        }
    }

    /// The kind of task.
    public var kind: Kind {
        switch task {
        case .decode: .decode
        case .encode: .encode
        case .activations: .activation
        case .dot: .dot
        case .content: .content
        case .container: .gguf
        case .bulk: .bulk
        case .series: .series
        }
    }
}
