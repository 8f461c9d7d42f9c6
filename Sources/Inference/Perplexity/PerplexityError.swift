/// Why a text cannot be scored.
public enum PerplexityError: Error, Sendable {
    /// Fewer tokens than two contexts: nothing that could be called an average.
    case textTooShort(tokens: Int, context: Int)
    /// A context that leaves nothing to score.
    case contextTooSmall(Int)
    /// Chunks asked for that the text does not have, counted from 1.
    case noSuchChunks(asked: ClosedRange<Int>, available: Int)
    /// The tokenizer has tokens that the model has not.
    case tokenizerTooLarge(tokens: Int, vocabulary: Int)
    /// The model gives a token of the text no chance at all.
    case impossibleToken(Int32, chunk: Int, position: Int)
    case model(ModelError)
    case baseline(BaselineError)
}

extension PerplexityError: CustomStringConvertible {
    /// One line: what, where, what would do.
    public var description: String {
        switch self {
        case .textTooShort(let tokens, let context):
            "the text has \(tokens) tokens; a context of \(context) needs at least \(2 * context)"
        case .contextTooSmall(let context): "a context of \(context) leaves nothing to score; 4 is the least"
        case .noSuchChunks(let asked, let available):
            "chunks \(asked.lowerBound)..\(asked.upperBound) were asked for; the text has 1..\(available)"
        case .tokenizerTooLarge(let tokens, let vocabulary):
            "the tokenizer has \(tokens) tokens, the rows of token_embd.weight are only \(vocabulary)"
        case .impossibleToken(let token, let chunk, let position):
            "token \(token) at position \(position) of chunk \(chunk) has probability 0"
        case .model(let error): "\(error)"
        case .baseline(let error): "\(error)"
        }
    }
}
