import HIFIBlockSpec

/// Something that decodes and multiplies quantized rows. Sizes are checked, content is not: NaN, infinities, repeated
/// positions and over-large counts have the meaning that the spec gives them.
public protocol KernelBackend: Sendable {
    /// Name for reports, such as `avx512`.
    var name: String { get }

    /// Whether the backend has kernels of its own that decode and multiply the format; others go through the reference,
    /// slowly.
    func isNative(_ format: BlockFormat) -> Bool

    /// Whether the backend has kernels of its own that decode the format: all that are native, and perhaps some that are not
    /// multiplied.
    func decodesNatively(_ format: BlockFormat) -> Bool

    /// Decodes whole blocks, bit for bit as the reference does.
    ///
    /// - Parameters:
    ///   - blocks: whole blocks at any address.
    ///   - output: `elements` weights for each block.
    func decode(
        _ format: BlockFormat, _ blocks: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<Float>
    ) throws(KernelError)

    /// As `decode`, then each weight rounded to fp16 or bf16: to nearest, ties to even, NaN quiet.
    func decode(
        _ format: BlockFormat, _ blocks: UnsafeRawBufferPointer, as type: SmallFloat, into output: UnsafeMutableBufferPointer<UInt16>
    ) throws(KernelError)

    /// Rows of fp32 to Q8_K, byte for byte as the reference does for finite input. `columns` is a multiple of 256.
    func quantize(_ rows: UnsafeBufferPointer<Float>, columns: Int) throws(KernelError) -> ActivationRows

    /// fp32 to Q8_0 blocks, by the rule that weights are made with. Whole blocks of 32.
    func quantizeQ80(_ values: UnsafeBufferPointer<Float>) throws(KernelError) -> [UInt8]

    /// Every row of `weights` times every row of `activations`: `output[a * rows + w]`.
    ///
    /// Sums of integers are exact, and an outlier replaces its weight or adds to it as decoding would have it. The result
    /// does not depend on the number of threads.
    /// - Parameters:
    ///   - weights: rows of `activations.columns` weights, one after another.
    ///   - output: one number for each pair of rows.
    func multiply(
        _ format: BlockFormat, _ weights: UnsafeRawBufferPointer, by activations: ActivationRows,
        into output: UnsafeMutableBufferPointer<Float>
    ) throws(KernelError)
}

extension KernelBackend {
    /// By default the formats that are multiplied by kernels.
    public func decodesNatively(_ format: BlockFormat) -> Bool { isNative(format) }
}

/// Floats of sixteen bits.
public enum SmallFloat: String, Sendable, CaseIterable {
    case f16, bf16
}

/// Rows of activations in Q8_K blocks.
public struct ActivationRows: Sendable, Hashable {
    /// Values in a row, a positive multiple of 256.
    public let columns: Int
    /// Number of rows.
    public let rows: Int
    /// `rows` times `columns / 256` blocks of 292 bytes.
    public let bytes: [UInt8]

    package static let blockBytes = 292

    /// Rows whose sums are known to be right.
    package init(columns: Int, rows: Int, bytes: [UInt8]) {
        self.columns = columns
        self.rows = rows
        self.bytes = bytes
    }

    /// Bytes of one row.
    public var rowBytes: Int { columns / 256 * Self.blockBytes }

    /// Rows made elsewhere. The sums stored in the blocks are computed again from the codes: kernels rely on them, and the
    /// codes decide (Q8K-02).
    public init(q8k bytes: [UInt8], columns: Int) throws(KernelError) {
        guard columns > 0, columns % 256 == 0 else { throw .rowLength(format: "q8_k", columns: columns, multipleOf: 256) }
        let (rowBytes, overflow) = (columns / 256).multipliedReportingOverflow(by: Self.blockBytes)
        guard !overflow else { throw .tooLarge }
        guard bytes.count % rowBytes == 0 else { throw .partialBlock(format: "q8_k", bytes: bytes.count, blockBytes: rowBytes) }
        var bytes = bytes
        for block in stride(from: 0, to: bytes.count, by: Self.blockBytes) {
            for group in 0..<16 {
                let codes = bytes[block + 4 + 16 * group..<block + 20 + 16 * group]
                let sum = UInt16(truncatingIfNeeded: codes.reduce(0) { $0 + Int(Int8(bitPattern: $1)) })
                bytes[block + 260 + 2 * group] = UInt8(truncatingIfNeeded: sum)
                bytes[block + 261 + 2 * group] = UInt8(truncatingIfNeeded: sum >> 8)
            }
        }
        self.init(columns: columns, rows: bytes.count / rowBytes, bytes: bytes)
    }
}
