import Foreign

/// Rules over a file's tokenizer (`TOK-…` in `Spec/gguf.yaml`).
public enum TokenizerRule: String, Sendable, Hashable, CaseIterable {
    case tokenizerMissing = "TOK-01"
    case modelMissing = "TOK-02"
    case modelUnknown = "TOK-03"
    case preUnknown = "TOK-04"
    case preMissing = "TOK-05"
    case tokensMissing = "TOK-06"
    case mergesMissing = "TOK-07"
    case arrayType = "TOK-08"
    case arrayShort = "TOK-09"
    case arrayLong = "TOK-10"
    case keyType = "TOK-11"
    case tokenOutOfRange = "TOK-12"
    case tokenRepeated = "TOK-13"
    case tokenType = "TOK-14"
    case score = "TOK-15"
    case beginningMissing = "TOK-16"
    case mergeForm = "TOK-17"
    case mergePart = "TOK-18"
    case mergeResult = "TOK-19"
    case mergeRepeated = "TOK-20"
    case byteMissing = "TOK-21"
    case characterMap = "TOK-22"
    case byteForm = "TOK-23"
    case byteLength = "TOK-24"

    /// Whether text cannot be made into tokens where the rule is broken.
    var forbidsUse: Bool {
        switch self {
        case .tokenizerMissing, .modelMissing, .modelUnknown, .preUnknown, .tokensMissing, .mergesMissing, .arrayType, .arrayShort,
            .keyType, .tokenOutOfRange, .tokenRepeated, .score, .characterMap,
            .byteForm, .byteLength:
            true
        case .preMissing, .arrayLong, .tokenType, .beginningMissing, .mergeForm, .mergePart, .mergeResult, .mergeRepeated, .byteMissing:
            false
        }
    }
}

/// A rule that a file's tokenizer breaks.
public struct TokenizerProblem: Error, Hashable, Sendable {
    /// The rule that is broken.
    public let rule: TokenizerRule
    /// The key that it is about.
    public let key: String
    /// Byte of the file where the value begins; nil where the key is missing.
    public let offset: Int?
    /// What is wrong, as a sentence without its full stop.
    public let message: String
    /// What the rule asks for; a short phrase.
    public let expected: String?
    /// What is there; a short phrase.
    public let found: String?
    /// How many elements break the rule.
    public let count: Int
    /// Numbers of the first elements that do.
    public let elements: [Int]
}

extension TokenizerProblem: CustomStringConvertible {
    /// One line naming the key.
    public var description: String {
        let place = elements.first.map { "[\($0)]" } ?? ""
        let more = count > 1 ? " (and \(count - 1) more)" : ""
        return "\(key)\(place): \(message)\(more) [\(rule.rawValue)]"
    }
}

/// What was looked at in a file's tokenizer.
public struct TokenizerCoverage: Hashable, Sendable {
    /// `tokenizer.ggml.model`.
    public let model: ForeignText?
    /// `tokenizer.ggml.pre`.
    public let pre: ForeignText?
    /// Number of tokens that were looked at.
    public let tokens: Int
    /// Number of merges that were looked at.
    public let merges: Int
    /// Nil where model, pre-tokenizer, tokens, their types and scores, and merges were all judged; else why not.
    public let gap: String?
}
