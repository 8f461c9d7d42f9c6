import Inference
import Kernels

/// Tokens in a second of a whole model, by the names that llama-bench gives its tests: `pp512`, `tg128`.
public struct ModelBench: Sendable, Hashable, Codable {
    /// A test.
    public enum Operation: Sendable, Hashable {
        /// A prompt of so many tokens, processed at once.
        case prompt(Int)
        /// So many tokens, one by one.
        case generation(Int)

        /// Most tokens of a test.
        public static let limit = 1 << 16

        /// `pp` or `tg` with a number from 1 to `limit`; nil for anything else.
        public init?(_ name: String) {
            guard name.hasPrefix("pp") || name.hasPrefix("tg"), let count = Int(name.dropFirst(2)), (1...Self.limit).contains(count)
            else { return nil }
            self = name.hasPrefix("pp") ? .prompt(count) : .generation(count)
        }

        /// As the command line has it.
        public var name: String {
            switch self {
            case .prompt(let count): "pp\(count)"
            case .generation(let count): "tg\(count)"
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
    public let model: String
    /// The instruction set.
    public let kernel: String
    /// Threads at work.
    public let threads: Int
    /// One for each test.
    public let results: [Result]

    /// Runs the tests one after the other.
    ///
    /// - Parameters:
    ///   - operations: at least one.
    ///   - repetitions: of each test, after one that does not count.
    ///   - progress: called before each test.
    public static func measure(
        _ model: LanguageModel, path: String, _ operations: [Operation], options: InferenceOptions, repetitions: Int = 3,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(ModelError) -> ModelBench {
        var results: [Result] = []
        var last: InferenceBench?
        for (index, operation) in operations.enumerated() {
            progress(index, operations.count)
            let bench: InferenceBench
            let rates: [Double]
            switch operation {
            case .prompt(let count):
                bench = try InferenceBench(model, options: options, prompt: count, generate: 0, repetitions: repetitions)
                rates = bench.promptRates
            case .generation(let count):
                bench = try InferenceBench(model, options: options, prompt: 0, generate: count, repetitions: repetitions)
                rates = bench.generationRates
            }
            last = bench
            results.append(Result(operation: operation.name, rates: rates, tokensPerSecond: rates.max() ?? 0))
        }
        return ModelBench(
            machine: .current(), model: path, kernel: last?.kernel ?? "", threads: last?.threads ?? options.threads, results: results)
    }
}
