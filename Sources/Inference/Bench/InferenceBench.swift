import HIFIKernels

/// Speed of a model: prompts processed and tokens generated in a second, the way llama-bench counts them.
public struct InferenceBench: Sendable, Hashable, Codable {
    /// Tokens of a prompt processed at once.
    public let promptTokens: Int
    /// Tokens generated one by one after an empty prompt.
    public let generatedTokens: Int
    /// Threads at work.
    public let threads: Int
    /// The instruction set.
    public let kernel: String
    /// Tokens in a second of each repetition.
    public let promptRates: [Double]
    /// Tokens in a second of each repetition.
    public let generationRates: [Double]

    /// The fastest repetition, the one least disturbed.
    public var promptRate: Double { promptRates.max() ?? 0 }
    /// The fastest repetition.
    public var generationRate: Double { generationRates.max() ?? 0 }

    /// Measures a model with made-up tokens, after one repetition that does not count.
    ///
    /// - Parameters:
    ///   - prompt: tokens of the prompt; 0 leaves the measurement out.
    ///   - generate: tokens to generate; 0 leaves the measurement out.
    public init(
        _ model: LanguageModel, options: InferenceOptions, prompt: Int = 512, generate: Int = 128, repetitions: Int = 3
    ) throws(ModelError) {
        let session = try InferenceSession(model, context: max(1, prompt, generate), options: options)
        (promptTokens, generatedTokens) = (max(0, prompt), max(0, generate))
        threads = session.threads
        kernel = session.isa.rawValue
        let tokens = Self.tokens(max(1, prompt, generate), vocabulary: model.shape.vocabulary, seed: 1)
        func rates(_ count: Int, _ batch: Int) throws(ModelError) -> [Double] {
            guard count > 0 else { return [] }
            var rates: [Double] = []
            for repetition in 0...max(1, repetitions) {
                session.reset()
                let clock = ContinuousClock()
                let start = clock.now
                for first in stride(from: 0, to: count, by: batch) {
                    try session.append(Array(tokens[first..<first + batch]), outputs: 1) { _, _ in }
                }
                if repetition > 0 { rates.append(Double(count) / ((clock.now - start) / .seconds(1))) }
            }
            return rates
        }
        promptRates = try rates(promptTokens, max(1, promptTokens))
        generationRates = try rates(generatedTokens, 1)
    }

    /// Tokens of no meaning, the same for the same seed.
    static func tokens(_ count: Int, vocabulary: Int, seed: UInt64) -> [Int32] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int32((state >> 33) % UInt64(vocabulary))
        }
    }
}
