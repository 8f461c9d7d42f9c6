import HIFIForeign

/// A model at work on chunks of text, each by itself: what a perplexity run asks of a processor or of a device.
public protocol ChunkEvaluator: AnyObject {
    /// What computes.
    var model: LanguageModel { get }
    /// Positions of a chunk that are computed at once.
    var batch: Int { get }
    /// Chunks that are best handed over together.
    var chunksAtOnce: Int { get }
    /// What is multiplied with what.
    var arithmetic: InferenceOptions.Arithmetic { get }
    /// What computes, by the name that a record keeps: an instruction set, `cuda`.
    var kernel: String { get }
    /// The device's name; nil for the processor.
    var device: ForeignText? { get }
    /// The processor's threads at work, the caller included.
    var threads: Int { get }

    /// Runs chunks and returns the results of their last positions.
    ///
    /// - Parameters:
    ///   - chunks: each with as many tokens and targets as the others.
    ///   - keepsLogits: whether `body` looks at logits; without, only losses may be there.
    ///   - body: called for the chunks in their order, for stretches of their scored positions in order: the chunk's number among
    ///     `chunks`, the first position's among the scored ones, and the rows.
    /// - Throws: ``ModelError``, for numbers that are not finite with the first product that gives them; what `body` throws.
    func evaluate(
        _ chunks: [ScoredChunk], keepsLogits: Bool,
        _ body: (_ chunk: Int, _ first: Int, _ rows: LogitRows) throws(ModelError) -> Void
    ) throws(ModelError)
}

/// A chunk of text with what is to be scored.
public struct ScoredChunk: Sendable {
    /// What the model sees.
    public let tokens: [Int32]
    /// The tokens that follow its last positions.
    public let targets: [Int32]

    /// - Parameter targets: at most as many as there are tokens.
    public init(tokens: [Int32], targets: [Int32]) {
        precondition(targets.count <= tokens.count, "more targets than positions")
        (self.tokens, self.targets) = (tokens, targets)
    }
}

extension InferenceSession: ChunkEvaluator {
    /// One: the processor runs chunks one after another.
    public var chunksAtOnce: Int { 1 }
    /// What is multiplied with what.
    public var arithmetic: InferenceOptions.Arithmetic { engine.arithmetic }
    /// The instruction set.
    public var kernel: String { isa.rawValue }
    /// Nil: the processor computes.
    public var device: ForeignText? { nil }

    /// Runs chunks one after another; see ``ChunkEvaluator``.
    public func evaluate(
        _ chunks: [ScoredChunk], keepsLogits: Bool,
        _ body: (_ chunk: Int, _ first: Int, _ rows: LogitRows) throws(ModelError) -> Void
    ) throws(ModelError) {
        for (number, chunk) in chunks.enumerated() {
            reset()
            try append(chunk.tokens, outputs: chunk.targets.count) { first, logits throws(ModelError) in
                let targets = Array(chunk.targets[first...].prefix(logits.count / model.shape.vocabulary))
                let rows = LogitRows(logits, targets, engine)
                try rows.checkFinite(model, chunk, first: first)
                try body(number, first, rows)
            }
        }
    }
}
