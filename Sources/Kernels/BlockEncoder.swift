import BlockSpec
import CKernels
import Reference

/// Encodes rows of weights to blocks: the bytes of `ReferenceEncoder`, sooner.
///
/// One value can serve any number of threads at once. Rows do not depend on each other: callers may hand in a tensor and
/// let the backend's threads share it, or cut it into rows themselves.
public struct BlockEncoder: Sendable {
    /// The rules, and whoever does what the kernels do not.
    let reference: ReferenceEncoder
    private let backend: CPUBackend

    /// What is encoded to.
    public var format: BlockFormat { reference.format }
    /// Which of the original's two ways in.
    public var path: ReferenceEncoder.Path { reference.path }
    /// What happens to weights out of range.
    public var policy: InputPolicy { reference.policy }
    /// Outliers per block that were asked for; nil for formats without.
    public var outliers: Int? { reference.outliers }
    /// The instruction set of the kernels.
    public var isa: InstructionSet { backend.isa }

    /// - Parameters:
    ///   - outliers: as of `ReferenceEncoder`; likewise `modelBillions` and `policy`.
    ///   - backend: whose instruction set and threads are used.
    /// - Throws: `noEncoder`, `outlierCount`.
    public init(
        _ format: BlockFormat, path: ReferenceEncoder.Path = .chunk, outliers: Int? = nil, modelBillions: Float? = nil,
        policy: InputPolicy = .reject, backend: CPUBackend
    ) throws(EncodeError) {
        reference = try ReferenceEncoder(format, path: path, outliers: outliers, modelBillions: modelBillions, policy: policy)
        self.backend = backend
    }

    /// Whether there are kernels for the format; if not, this is the reference's speed.
    public var isNative: Bool { false }

    /// Bytes that `weights` weights take.
    public func encodedBytes(weights: Int) -> Int { reference.encodedBytes(weights: weights) }

    /// Encodes rows to a new array.
    ///
    /// - Parameters:
    ///   - rows: whole rows, one after another.
    ///   - columns: weights per row, a positive multiple of the block length.
    ///   - importance: one value per column, used for every row.
    /// - Throws: as `ReferenceEncoder.encode`.
    public func encode(_ rows: [Float], columns: Int, importance: [Float]? = nil) throws(EncodeError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: encodedBytes(weights: rows.count))
        let result: Result<Void, EncodeError> = rows.withUnsafeBufferPointer { rows in
            (importance ?? []).withUnsafeBufferPointer { values in
                output.withUnsafeMutableBytes { output in
                    Result { () throws(EncodeError) in
                        try encode(rows: rows, columns: columns, importance: importance == nil ? nil : values, into: output)
                    }
                }
            }
        }
        try result.get()
        return output
    }

    /// Encodes rows into memory of exactly `encodedBytes` bytes, whatever it holds.
    ///
    /// - Throws: any `EncodeError` but those of the initialiser, as `ReferenceEncoder.encode` does for the same rows; the
    ///   output is then unspecified.
    public func encode(
        rows: UnsafeBufferPointer<Float>, columns: Int, importance: UnsafeBufferPointer<Float>?, into output: UnsafeMutableRawBufferPointer
    ) throws(EncodeError) {
        _ = output.initializeMemory(as: UInt8.self, repeating: 0)
        try reference.encode(rows, columns: columns, importance: importance.map(Array.init), into: output)
    }
}
