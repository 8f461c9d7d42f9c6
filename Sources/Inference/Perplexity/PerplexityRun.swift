import CInference
import GGUF

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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
    var firstScored: Int { context / 2 }
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
    ///   - session: with room for `context − 1` positions at once.
    ///   - watcher: also sees the logits.
    ///   - progress: called after each chunk with its score.
    public func scores(
        _ session: InferenceSession, watcher: (any LogitWatcher)? = nil, progress: (ChunkScore) -> Void = { _ in }
    ) throws(PerplexityError) -> [ChunkScore] {
        var scores: [ChunkScore] = []
        for number in chunks {
            let score = try score(number, session, watcher)
            scores.append(score)
            progress(score)
        }
        return scores
    }

    private func score(_ number: Int, _ session: InferenceSession, _ watcher: (any LogitWatcher)?) throws(PerplexityError) -> ChunkScore {
        let chunk = chunk(number)
        // The last token is a target only, which nobody else looks at before it is used as a column.
        let vocabulary = session.model.shape.vocabulary
        if let bad = chunk.last, !(0..<vocabulary).contains(Int(bad)) { throw .model(.tokenOutOfRange(token: Int(bad), count: vocabulary)) }
        var (sum, squares) = (0.0, 0.0)
        var problem: PerplexityError?
        session.reset()
        do {
            // Nothing follows the last token, so its logits are of no use.
            try session.append(Array(chunk.dropLast()), outputs: scoredPerChunk) { first, logits throws(ModelError) in
                let targets = Array(chunk[(firstScored + 1 + first)...].prefix(logits.count / session.model.shape.vocabulary))
                let rows = LogitRows(logits, targets, session.engine)
                if let row = rows.firstUnusable {
                    throw .nonFinite("the product of tensor \(session.model.output.name)", position: firstScored + first + row)
                }
                for (row, loss) in rows.losses.enumerated() {
                    if !loss.isFinite, problem == nil {
                        problem = .impossibleToken(targets[row], chunk: number, position: firstScored + first + row)
                    }
                    sum += loss
                    squares += loss * loss
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
        return ChunkScore(chunk: number, count: scoredPerChunk, sum: sum, squares: squares)
    }
}

/// Somebody who wants to see the logits that are scored.
public protocol LogitWatcher: AnyObject {
    /// - Parameters:
    ///   - chunk: from 1.
    ///   - first: the first row's number among the scored positions of the chunk.
    func see(_ rows: LogitRows, chunk: Int, first: Int) throws(PerplexityError)
}

/// Logits of some positions, with the log-softmax of the tokens that follow.
public struct LogitRows: @unchecked Sendable {
    // Unchecked: the logits are only read, during the call that they are handed to.
    /// Rows of one number for each token of the vocabulary.
    public let logits: UnsafeBufferPointer<Float>
    /// The token that follows each position.
    public let targets: [Int32]
    /// The largest logit of each row.
    let largest: [Float]
    /// ln of the sum of exp of each row.
    let logSums: [Double]
    /// −ln p of each target.
    public let losses: [Double]
    let engine: Engine

    var vocabulary: Int { logits.count / max(1, targets.count) }

    init(_ logits: UnsafeBufferPointer<Float>, _ targets: [Int32], _ engine: Engine) {
        (self.logits, self.targets, self.engine) = (logits, targets, engine)
        let width = logits.count / max(1, targets.count)
        var rows = [(largest: Float, logSum: Double, loss: Double)](repeating: (0, 0, 0), count: targets.count)
        if let start = logits.baseAddress.map(Floats.init) {
            rows.withUnsafeMutableBufferPointer { buffer in
                let results = Results(buffer)
                engine.inStretches(targets.count, of: 8) { stretch in
                    for row in stretch {
                        let values = start.start + row * width
                        let largest = engine.floats.table.largest(values, width)
                        let logSum = Double(largest) + log(engine.floats.table.exponential_sum(values, largest, width))
                        results.buffer[row] = (largest, logSum, logSum - Double(values[Int(targets[row])]))
                    }
                }
            }
        }
        (largest, logSums, losses) = (rows.map(\.largest), rows.map(\.logSum), rows.map(\.loss))
    }

    /// The first row with a NaN or without a finite maximum.
    var firstUnusable: Int? { largest.firstIndex { !$0.isFinite } }

    private struct Results: @unchecked Sendable {
        // Unchecked: each task writes the rows of its stretch.
        let buffer: UnsafeMutableBufferPointer<(largest: Float, logSum: Double, loss: Double)>
        init(_ buffer: UnsafeMutableBufferPointer<(largest: Float, logSum: Double, loss: Double)>) { self.buffer = buffer }
    }
}
