/// What the keys `tokenizer.ggml.*` mean (`Spec/tokenizers.yaml`).
public struct TokenizerRules: Sendable, Hashable {
    /// Version of Unicode whose categories count.
    public let unicode: String
    /// Values of `tokenizer.ggml.model`.
    public let models: [TokenizerModel]
    /// Texts of tokens that are control tokens whatever their type.
    public let controlTexts: [String]
    /// Texts of tokens that are user-defined whatever their type.
    public let userDefinedTexts: [String]
    /// Keys after `tokenizer.ggml.` that name a token.
    public let tokenKeys: [String]
    /// Keys after `tokenizer.ggml.` that say yes or no.
    public let flagKeys: [String]
    /// Ways of cutting text into words.
    public let splittings: [WordSplitting]
    /// Values of `tokenizer.ggml.pre`.
    public let preTokenizers: [PreTokenizerName]

    /// Creates the rules.
    public init(
        unicode: String, models: [TokenizerModel], controlTexts: [String], userDefinedTexts: [String], tokenKeys: [String],
        flagKeys: [String], splittings: [WordSplitting], preTokenizers: [PreTokenizerName]
    ) {
        (self.unicode, self.models, self.controlTexts, self.userDefinedTexts) = (unicode, models, controlTexts, userDefinedTexts)
        (self.tokenKeys, self.flagKeys, self.splittings, self.preTokenizers) = (tokenKeys, flagKeys, splittings, preTokenizers)
    }

    /// The model of that name.
    public func model(_ id: String) -> TokenizerModel? { models.first { $0.id == id } }

    /// The pre-tokenizer of that name.
    public func preTokenizer(_ name: String) -> PreTokenizerName? { preTokenizers.first { $0.names.contains(name) } }

    /// The splitting with that id.
    public func splitting(_ id: String) -> WordSplitting? { splittings.first { $0.id == id } }
}

/// How a tokenizer makes tokens of text.
public enum TokenizerAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// Byte-level BPE: pairs merge within words, in the order of a list of merges.
    case bytePairs = "byte_pairs"
    /// SentencePiece BPE: neighbours that join to a token do so, the highest score first.
    case sentencePairs = "sentence_pairs"
    /// SentencePiece unigram: the tokens whose scores add up to most.
    case unigram
}

/// A value of `tokenizer.ggml.model`.
public struct TokenizerModel: Sendable, Hashable {
    /// The value.
    public let id: String
    /// Nil where text is not made into tokens here.
    public let algorithm: TokenizerAlgorithm?
    /// The token that begins a text where the file names none.
    public let beginning: Int?
    /// The token that ends a text where the file names none.
    public let ending: Int?
    /// The token for what has no token, where the file names none.
    public let unknown: Int?
    /// Whether texts begin with a token unless the file says otherwise.
    public let addsBeginning: Bool
    /// Whether texts end with a token unless the file says otherwise.
    public let addsEnding: Bool

    /// Creates a model.
    public init(
        id: String, algorithm: TokenizerAlgorithm?, beginning: Int?, ending: Int?, unknown: Int?, addsBeginning: Bool, addsEnding: Bool
    ) {
        (self.id, self.algorithm, self.beginning, self.ending, self.unknown) = (id, algorithm, beginning, ending, unknown)
        (self.addsBeginning, self.addsEnding) = (addsBeginning, addsEnding)
    }
}

/// Patterns that cut text into words, one applied to the pieces of the one before.
public struct WordSplitting: Sendable, Hashable {
    /// The name in `Spec/tokenizers.yaml`.
    public let id: String
    /// Regular expressions, applied in this order.
    public let patterns: [String]

    /// Creates a splitting.
    public init(id: String, patterns: [String]) { (self.id, self.patterns) = (id, patterns) }
}

/// Values of `tokenizer.ggml.pre` that mean the same.
public struct PreTokenizerName: Sendable, Hashable {
    /// The values, all with the same meaning.
    public let names: [String]
    /// Id of a ``WordSplitting``; nil where text is not made into tokens here.
    public let splitting: String?
    /// Whether a word that is a token stays whole, without merges.
    public let ignoresMerges: Bool
    /// Whether texts begin with a token unless the file says otherwise.
    public let addsBeginning: Bool

    /// Creates a set of names.
    public init(names: [String], splitting: String?, ignoresMerges: Bool, addsBeginning: Bool) {
        (self.names, self.splitting, self.ignoresMerges, self.addsBeginning) = (names, splitting, ignoresMerges, addsBeginning)
    }
}
