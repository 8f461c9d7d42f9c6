/// Speed of perplexity runs: tokens of chunks that are run and scored in a second.
public enum ScoringBench {
    /// Measures with made-up tokens, as many chunks as the evaluator takes at once, after one repetition that does not count.
    ///
    /// - Parameter context: tokens of a chunk, at least 4.
    /// - Returns: tokens in a second of each repetition.
    public static func rates(_ evaluator: any ChunkEvaluator, context: Int, repetitions: Int) throws(ModelError) -> [Double] {
        let vocabulary = evaluator.model.shape.vocabulary
        let chunks = (0..<max(1, evaluator.chunksAtOnce)).map { number in
            let tokens = InferenceBench.tokens(context, vocabulary: vocabulary, seed: UInt64(number + 1))
            return ScoredChunk(tokens: Array(tokens.dropLast()), targets: Array(tokens[(context / 2 + 1)...]))
        }
        var rates: [Double] = []
        for repetition in 0...max(1, repetitions) {
            let clock = ContinuousClock()
            let start = clock.now
            try evaluator.evaluate(chunks, keepsLogits: false) { _, _, _ in }
            if repetition > 0 { rates.append(Double(context * chunks.count) / ((clock.now - start) / .seconds(1))) }
        }
        return rates
    }
}
