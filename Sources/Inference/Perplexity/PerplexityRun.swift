/// Perplexity as llama-perplexity measures it: the text is cut into chunks of one context each, every chunk is run by itself, and the
/// tokens of its second half are scored, each by the distribution that the model gives after the tokens before it.
///
/// Of a context of n, positions n/2 … n − 2 predict tokens n/2 + 1 … n − 1. Where the tokenizer begins texts with a token, that token takes
/// the place of each chunk's first. Probabilities are log-softmax in double over fp32 logits.
public struct PerplexityRun {
    /// The text.
    public let tokens: [Int32]
    /// Tokens in a chunk.
    public let context: Int
    /// Chunks to score, from 1.
    public let chunks: ClosedRange<Int>
    /// What stands in the place of each chunk's first token.
    public let beginning: Int32?
    /// Number of the chunk that `tokens` begin with.
    private let firstChunk: Int

    /// First position whose logits count.
    package var firstScored: Int { context / 2 }
    /// Tokens scored in each chunk.
    public var scoredPerChunk: Int { context - 1 - firstScored }

    /// - Parameters:
    ///   - chunks: nil for all.
    /// - Throws: ``PerplexityError`` for a text of less than two chunks, and for chunks that it does not have.
    public init(tokens: [Int32], context: Int, chunks: ClosedRange<Int>? = nil, beginning: Int32? = nil) throws(PerplexityError) {
        guard context >= 4 else { throw .contextTooSmall(context) }
        guard tokens.count / 2 >= context else { throw .textTooShort(tokens: tokens.count, context: context) }
        let available = tokens.count / context
        let chosen = chunks ?? 1...available
        guard chosen.lowerBound >= 1, chosen.upperBound <= available else { throw .noSuchChunks(asked: chosen, available: available) }
        (self.tokens, self.context, self.chunks, self.beginning, firstChunk) = (tokens, context, chosen, beginning, 1)
    }

    /// The text of a baseline, or some chunks of it, under its own numbers.
    public init(_ baseline: Baseline, chunks: ClosedRange<Int>? = nil, beginning: Int32? = nil) throws(PerplexityError) {
        let chosen = chunks ?? baseline.chunks
        guard baseline.chunks.lowerBound <= chosen.lowerBound, chosen.upperBound <= baseline.chunks.upperBound else {
            throw .baseline(.noSuchChunk(path: baseline.path, chunk: chosen.upperBound, available: baseline.chunks))
        }
        (tokens, context, self.chunks, self.beginning) = (baseline.allTokens, baseline.context, chosen, beginning)
        firstChunk = baseline.chunks.lowerBound
    }

    /// The tokens of a chunk as the model sees them.
    func chunk(_ number: Int) -> [Int32] {
        var chunk = Array(tokens[(number - firstChunk) * context..<(number - firstChunk + 1) * context])
        if let beginning { chunk[0] = beginning }
        return chunk
    }

    /// Runs the chunks.
    ///
    /// - Parameters:
    ///   - evaluator: a session with room for `context − 1` positions at once, or a device's.
    ///   - first: the chunk to begin with; nil for the first of all.
    ///   - watcher: also sees the logits.
    ///   - progress: called after each chunk with its score.
    public func scores(
        _ evaluator: any ChunkEvaluator, from first: Int? = nil, watcher: (any LogitWatcher)? = nil,
        progress: (ChunkScore) -> Void = { _ in }
    ) throws(PerplexityError) -> [ChunkScore] {
        var scores: [ChunkScore] = []
        let width = max(1, evaluator.chunksAtOnce)
        for first in stride(from: first ?? chunks.lowerBound, through: chunks.upperBound, by: width) {
            for score in try score(first..<min(first + width, chunks.upperBound + 1), evaluator, watcher) {
                scores.append(score)
                progress(score)
            }
        }
        return scores
    }

    private func score(
        _ numbers: Range<Int>, _ evaluator: any ChunkEvaluator, _ watcher: (any LogitWatcher)?
    ) throws(PerplexityError) -> [ChunkScore] {
        let vocabulary = evaluator.model.shape.vocabulary
        var scored: [ScoredChunk] = []
        for number in numbers {
            let tokens = chunk(number)
            // The last token is a target only, which nobody else looks at before it is used as a column.
            if let bad = tokens.last, !(0..<vocabulary).contains(Int(bad)) {
                throw .model(.tokenOutOfRange(token: Int(bad), count: vocabulary))
            }
            // Nothing follows the last token, so its logits are of no use.
            scored.append(ScoredChunk(tokens: Array(tokens.dropLast()), targets: Array(tokens[(firstScored + 1)...])))
        }
        var sums = [(sum: Double, squares: Double)](repeating: (0, 0), count: scored.count)
        var problem: PerplexityError?
        do {
            try evaluator.evaluate(scored, keepsLogits: watcher != nil) { index, first, rows throws(ModelError) in
                let number = numbers.lowerBound + index
                for (row, loss) in rows.losses.enumerated() {
                    if !loss.isFinite, problem == nil {
                        problem = .impossibleToken(rows.targets[row], chunk: number, position: firstScored + first + row)
                    }
                    sums[index].sum += loss
                    sums[index].squares += loss * loss
                }
                do throws(PerplexityError) {
                    try watcher?.see(rows, chunk: number, first: first)
                } catch {
                    problem = problem ?? error
                }
            }
        } catch {
            throw .model(error)
        }
        if let problem { throw problem }
        return zip(numbers, sums).map { ChunkScore(chunk: $0, count: scoredPerChunk, sum: $1.sum, squares: $1.squares) }
    }
}

/// A consumer of the logits that are scored.
public protocol LogitWatcher: AnyObject {
    /// - Parameters:
    ///   - chunk: from 1.
    ///   - first: the first row's number among the scored positions of the chunk.
    func see(_ rows: LogitRows, chunk: Int, first: Int) throws(PerplexityError)
}
