#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The sums that one chunk of text contributes.
public struct ChunkScore: Sendable, Hashable, Codable {
    /// Number of the chunk in the text, from 1.
    public let chunk: Int
    /// Tokens scored.
    public let count: Int
    /// Sum of −ln p over them.
    public let sum: Double
    /// Sum of (ln p)².
    public let squares: Double

    /// Sums of a chunk.
    public init(chunk: Int, count: Int, sum: Double, squares: Double) {
        (self.chunk, self.count, self.sum, self.squares) = (chunk, count, sum, squares)
    }
}

/// An average over scored tokens with its standard error.
public struct PerplexityEstimate: Sendable, Hashable, Codable {
    /// exp of the mean of −ln p.
    public let perplexity: Double
    /// Its standard error: the error of the mean times the perplexity. Nil where there are too few tokens, or rounding left no variance.
    public let error: Double?
    /// Tokens scored.
    public let count: Int

    /// Adds up chunks in their order, so that parts joined give the bits of the whole.
    public init(_ scores: some Sequence<ChunkScore>) {
        var (sum, squares, count) = (0.0, 0.0, 0)
        for score in scores {
            sum += score.sum
            squares += score.squares
            count += score.count
        }
        let mean = sum / Double(count)
        let variance = squares / Double(count) - mean * mean
        perplexity = exp(mean)
        error = count > 1 && variance > 0 ? (variance / Double(count - 1)).squareRoot() * exp(mean) : nil
        self.count = count
    }
}
