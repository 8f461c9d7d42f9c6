import HIFIBlockSpec
import HIFIForeign

/// A rule that a file's tokenizer breaks.
public struct TokenizerProblem: Error, Hashable, Sendable {
    /// What is wrong, as a sentence without its full stop, and the rule that is broken.
    public let sentence: RuleSentence
    /// The key that it is about.
    public let key: String
    /// Byte of the file where the value begins; nil where the key is missing.
    public let offset: Int?
    /// What the rule asks for; a short phrase.
    public let expected: String?
    /// What is there; a short phrase.
    public let found: String?
    /// How many elements break the rule.
    public let count: Int
    /// Numbers of the first elements that do.
    public let elements: [Int]

    /// The rule that is broken.
    public var rule: Rule { sentence.rule }
}

extension TokenizerProblem: CustomStringConvertible {
    /// One line naming the key.
    public var description: String {
        let place = elements.first.map { "[\($0)]" } ?? ""
        let more = count > 1 ? " (and \(count - 1) more)" : ""
        return "\(key)\(place): \(sentence.text)\(more) [\(rule.rawValue)]"
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
