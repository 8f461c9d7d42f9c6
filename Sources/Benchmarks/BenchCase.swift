import HIFIBlockSpec
import HIFIKernels

/// What to measure.
public struct BenchCase: Sendable, Hashable, Codable {
    /// The work that is timed.
    public enum Operation: String, Sendable, CaseIterable, Codable {
        /// Blocks to fp32.
        case decode
        /// Blocks to fp16.
        case decodeF16 = "decode-f16"
        /// Every row times one row of activations.
        case dot
        /// fp32 to the blocks that weights are multiplied with: Q8_K or Q8_0.
        case activation
        /// Every row times many rows of activations.
        case gemm
        /// fp32 to blocks of weights.
        case encode
        /// The content checks of verification.
        case scan
    }

    /// Where the data lies while it is worked on.
    public enum Size: String, Sendable, CaseIterable, Codable {
        /// In half of a core's second-level cache.
        case cache
        /// In memory several times as large as the last cache.
        case memory
        /// Whatever rows and columns the caller asked for.
        case given
        /// Work that is bound by arithmetic, wherever the data lies.
        case arithmetic
    }

    /// What is done.
    public var operation: Operation
    /// Format id or alias.
    public var format: String
    /// Whose kernels.
    public var isa: InstructionSet
    /// Threads at work; one for `scan`.
    public var threads: Int
    /// Rows of weights.
    public var rows: Int
    /// Weights in a row, a multiple of 256.
    public var columns: Int
    /// Rows of activations: many for `gemm`, else one.
    public var activationRows: Int
    /// How the number of rows was chosen.
    public var size: Size

    /// A case of so many rows.
    public init(
        _ operation: Operation, format: String, isa: InstructionSet, threads: Int = 1, rows: Int, columns: Int = 4096,
        activationRows: Int = 512, size: Size = .given
    ) {
        self.operation = operation
        self.format = format
        self.isa = isa
        self.threads = operation == .scan ? 1 : threads
        self.rows = rows
        self.columns = columns
        self.activationRows = operation == .gemm ? activationRows : 1
        self.size = size
    }

    /// Weights that one run handles: those decoded, encoded or checked, or the products formed.
    public var values: Int { rows * columns * (operation == .gemm ? activationRows : 1) }
}

/// A made-up tensor and room for results, the same for a kernel and a peer it is compared with.
public struct BenchInput: @unchecked Sendable {
    // Unchecked: read-only but for `output` and `encoded`, which one function at a time writes.
    /// What the blocks are, or become.
    public let format: BlockFormat
    /// Rows of weights.
    public let rows: Int
    /// Weights in a row.
    public let columns: Int
    /// Rows of weights, one after another; empty for operations that make blocks.
    public let blocks: UnsafeRawBufferPointer
    /// fp32 to be encoded, or the activations as they were.
    public let values: UnsafeBufferPointer<Float>
    /// The activations in Q8_K; of no rows where there are none.
    public let activations: ActivationRows
    /// Room for the decoded weights, or the products.
    public let output: UnsafeMutableBufferPointer<Float>
    /// Room for decoded halves, or for blocks.
    public let encoded: UnsafeMutableRawBufferPointer
}
