import HIFIForeign

/// What to measure on a device.
public struct CUDABenchCase: Sendable, Hashable, Codable {
    /// What the device is to do.
    public enum Operation: String, Sendable, CaseIterable, Codable {
        /// Blocks to fp32.
        case decode
        /// Blocks to fp16.
        case decodeF16 = "decode-f16"
        /// Every row times one to eight columns, matrix in tiles.
        case tiles
        /// The same, matrix as in the file.
        case rows
        /// Every row times many columns, on tensor cores.
        case matrix
    }

    /// What the device is to do.
    public var operation: Operation
    /// Format id or alias.
    public var format: String
    /// Rows of weights.
    public var rows: Int
    /// Weights in a row, a multiple of 256.
    public var columns: Int
    /// Rows of activations; decoding has none.
    public var activationRows: Int

    /// A case of that shape.
    public init(_ operation: Operation, format: String, rows: Int, columns: Int, activationRows: Int = 1) {
        self.operation = operation
        self.format = format
        self.rows = rows
        self.columns = columns
        self.activationRows = activationRows
    }

    /// The shapes that say something of a device: one layer's matrix, which no device can fill, to a vocabulary's; then prompts.
    public static func usual(_ format: String) -> [CUDABenchCase] {
        var cases = [CUDABenchCase(.decode, format: format, rows: 28672, columns: 4096)]
        cases.append(CUDABenchCase(.decodeF16, format: format, rows: 28672, columns: 4096))
        for (rows, columns) in [(4096, 4096), (14336, 4096), (4096, 14336), (28672, 4096), (131072, 4096)] {
            for operation in [Operation.tiles, .rows] {
                cases.append(CUDABenchCase(operation, format: format, rows: rows, columns: columns))
            }
        }
        for count in [4, 8] { cases.append(CUDABenchCase(.tiles, format: format, rows: 28672, columns: 4096, activationRows: count)) }
        for count in [64, 512, 4096] {
            cases.append(CUDABenchCase(.matrix, format: format, rows: 14336, columns: 4096, activationRows: count))
        }
        return cases
    }
}

/// What was measured.
public struct CUDABenchResult: Sendable, Hashable, Codable {
    /// The case.
    public let measured: CUDABenchCase
    /// Nanoseconds of a run by the device's own events, the fastest sample.
    public let fastest: Double
    /// The same, the median of the samples.
    public let median: Double
    /// Bytes that a run must read and write, each once.
    public let bytes: Int
    /// 10⁹ bytes a second, by the median.
    public let gigabytesPerSecond: Double
    /// That as a share of what copying reaches on this device.
    public let shareOfCopyBandwidth: Double
    /// 10¹² multiplications and additions a second, by the median; nil for decoding.
    public let teraoperationsPerSecond: Double?
    /// Copies of the matrix that took turns.
    public let copies: Int
    /// Whether all copies together are several times the second-level cache, so that every run reads from memory.
    public let exceedsCache: Bool
}

/// A device and what it was measured to do.
public struct CUDABenchReport: Sendable, Hashable, Codable {
    /// The device's name.
    public let device: ForeignText
    /// Compute capability, e.g. `9.0`.
    public let capability: String
    /// The driver's CUDA version, e.g. 12040.
    public let driver: Int
    /// Multiprocessors.
    public let processors: Int
    /// 10⁹ bytes read and written a second by a large copy within the device.
    public let copyBandwidth: Double
    /// One for each case that the device can run.
    public let results: [CUDABenchResult]
}
