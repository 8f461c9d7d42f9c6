import HIFIForeign
import HIFIKernels
import Inference

/// Tokens in a second of a whole model: `pp512` and `tg128` as llama-bench names its tests, `ppl512` for a perplexity run.
public struct ModelBench: Sendable, Hashable, Codable {
    /// A test.
    public enum Operation: Sendable, Hashable {
        /// A prompt of so many tokens, processed at once.
        case prompt(Int)
        /// So many tokens, one by one.
        case generation(Int)
        /// Chunks of so many tokens, run and scored.
        case perplexity(Int)

        /// Most tokens of a test.
        public static let limit = 1 << 16

        /// `pp` or `tg` with a number from 1 to `limit`, or `ppl` with one from 4; nil for anything else.
        public init?(_ name: String) {
            let word = name.prefix { !$0.isNumber }
            guard let count = Int(name.dropFirst(word.count)), (1...Self.limit).contains(count) else { return nil }
            switch word {
            case "pp": self = .prompt(count)
            case "tg": self = .generation(count)
            case "ppl" where count >= 4: self = .perplexity(count)
            default: return nil
            }
        }

        /// As the command line has it.
        public var name: String {
            switch self {
            case .prompt(let count): "pp\(count)"
            case .generation(let count): "tg\(count)"
            case .perplexity(let count): "ppl\(count)"
            }
        }
    }

    /// One test's outcome.
    public struct Result: Sendable, Hashable, Codable {
        /// The test.
        public let operation: String
        /// Tokens in a second of each repetition.
        public let rates: [Double]
        /// The fastest repetition, the one least disturbed.
        public let tokensPerSecond: Double
    }

    /// What ran it.
    public let machine: BenchMachine
    /// The model's file.
    public let model: ForeignText
    /// The instruction set; `cuda` for a device.
    public let kernel: String
    /// The device's name; nil for the processor.
    public let device: ForeignText?
    /// Threads at work.
    public let threads: Int
    /// One for each test.
    public let results: [Result]

    /// Runs the tests one after the other, on the processor.
    ///
    /// - Parameters:
    ///   - operations: at least one.
    ///   - repetitions: of each test, after one that does not count.
    ///   - progress: called before each test.
    public static func measure(
        _ model: LanguageModel, path: ForeignText, _ operations: [Operation], options: InferenceOptions, repetitions: Int = 3,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(ModelError) -> ModelBench {
        var results: [Result] = []
        for (index, operation) in operations.enumerated() {
            progress(index, operations.count)
            let rates: [Double]
            switch operation {
            case .prompt(let count):
                rates = try InferenceBench(model, options: options, prompt: count, generate: 0, repetitions: repetitions).promptRates
            case .generation(let count):
                rates = try InferenceBench(model, options: options, prompt: 0, generate: count, repetitions: repetitions).generationRates
            case .perplexity(let count):
                let session = try InferenceSession(model, context: count, options: options)
                rates = try ScoringBench.rates(session, context: count, repetitions: repetitions)
            }
            results.append(Result(operation: operation.name, rates: rates, tokensPerSecond: rates.max() ?? 0))
        }
        let session = try InferenceSession(model, context: 1, options: options)
        return ModelBench(
            machine: .current(), model: path, kernel: session.kernel, device: nil, threads: session.threads, results: results)
    }

    /// Runs perplexity on a device, for each context.
    ///
    /// - Parameter evaluator: the model on the device, with room for chunks of a context.
    public static func measure(
        _ contexts: [Int], path: ForeignText, repetitions: Int = 3, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
        _ evaluator: (_ context: Int) throws(ModelError) -> any ChunkEvaluator
    ) throws(ModelError) -> ModelBench {
        var results: [Result] = []
        var last: (kernel: String, device: ForeignText?, threads: Int) = ("", nil, 1)
        for (index, context) in contexts.enumerated() {
            progress(index, contexts.count)
            let evaluator = try evaluator(context)
            let rates = try ScoringBench.rates(evaluator, context: context, repetitions: repetitions)
            results.append(
                Result(operation: Operation.perplexity(context).name, rates: rates, tokensPerSecond: rates.max() ?? 0))
            last = (evaluator.kernel, evaluator.device, evaluator.threads)
        }
        return ModelBench(
            machine: .current(), model: path, kernel: last.kernel, device: last.device, threads: last.threads, results: results)
    }
}
