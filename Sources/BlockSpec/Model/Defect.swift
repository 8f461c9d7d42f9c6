/// A known defect of an implementation, or a fault planted to rate a test suite.
public struct Defect: Sendable, Hashable {
    /// `B…`: from the fork's history; `F…`: planted; `O…`: measured by running the fork.
    public let id: String
    /// What kinds of code it concerns.
    public let kinds: [DefectKind]
    /// The formats concerned.
    public let formats: [String]
    /// The part of the implementation.
    public let location: String
    /// When it came in; `nil` for planted faults and where not known.
    public let introduced: Milestone?
    /// When it went; `nil` if never or not known.
    public let fixed: Milestone?
    /// What is wrong.
    public let wrong: String
    /// What is right.
    public let correct: String
    /// An input or comparison that shows it.
    public let test: String
    /// For planted faults: whether ggml's own quantization test notices.
    public let isCaughtByPeerTest: Bool?
    /// What a person should know.
    public let note: String?

    /// Creates a defect.
    public init(
        id: String, kinds: [DefectKind], formats: [String], location: String, introduced: Milestone?, fixed: Milestone?, wrong: String,
        correct: String, test: String, isCaughtByPeerTest: Bool?, note: String?
    ) {
        self.id = id
        self.kinds = kinds
        self.formats = formats
        self.location = location
        self.introduced = introduced
        self.fixed = fixed
        self.wrong = wrong
        self.correct = correct
        self.test = test
        self.isCaughtByPeerTest = isCaughtByPeerTest
        self.note = note
    }
}

/// The kind of code a defect concerns.
public enum DefectKind: String, Sendable, Hashable, CaseIterable {
    /// Blocks to floats.
    case decoder
    /// Floats to blocks.
    case encoder
    /// Blocks times activations.
    case dot
    /// Checks of blocks.
    case validator
    /// Sizes, offsets, alignment.
    case layout
    /// Numbers and names.
    case id
    /// The same input gives different results.
    case determinism
}
