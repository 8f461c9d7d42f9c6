import BlockSpec

/// What to measure.
public struct BenchCase: Sendable, Hashable, Codable {
    public enum Operation: String, Sendable, CaseIterable, Codable {
        /// Blocks to fp32.
        case decode
        /// Blocks to fp16.
        case decodeF16 = "decode-f16"
        /// fp32 to Q8_K; the format plays no part.
        case quantize
        /// Every row times one row of activations.
        case dot
        /// Every row times many rows of activations.
        case gemm
    }

    public var operation: Operation
    /// Format id or alias.
    public var format: String
    public var isa: InstructionSet
    public var threads: Int
    /// Rows of weights.
    public var rows: Int
    /// Weights in a row, a multiple of 256.
    public var columns: Int
    /// Rows of activations, for `gemm`.
    public var activationRows: Int

    /// A case that stays in a core's second-level cache, and long enough that the call itself does not count, unless
    /// `rows` says otherwise.
    public init(
        _ operation: Operation, format: String, isa: InstructionSet, threads: Int = 1, rows: Int? = nil, columns: Int = 4096,
        activationRows: Int = 512
    ) {
        self.operation = operation
        self.format = format
        self.isa = isa
        self.threads = threads
        self.rows = rows ?? (operation == .dot ? 256 : 32)
        self.columns = columns
        self.activationRows = operation == .gemm ? activationRows : 1
    }

    /// Weights that one run handles: those decoded or quantized, or the products formed.
    public var values: Int { rows * columns * (operation == .gemm ? activationRows : 1) }
}

/// A made-up tensor and room for results, the same for a kernel and a peer it is compared with.
public struct BenchInput: @unchecked Sendable {
    // Unchecked: read-only but for `output`, which one function at a time writes.
    public let format: BlockFormat
    public let rows: Int
    public let columns: Int
    /// Rows of weights, one after another.
    public let blocks: UnsafeRawBufferPointer
    /// The activations as they were.
    public let values: UnsafeBufferPointer<Float>
    /// The activations in Q8_K.
    public let activations: ActivationRows
    /// Room for the decoded weights, or the products.
    public let output: UnsafeMutableBufferPointer<Float>
}
