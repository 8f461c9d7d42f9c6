import HIFIBlockSpec
import HIFIKernels

/// Kernels on an NVIDIA device.
///
/// As a `KernelBackend` it copies blocks to the device and results back at each call. To multiply a matrix more than
/// once uploads it and keeps the `DeviceMatrix`.
public final class CUDABackend: KernelBackend {
    /// Which kernels multiply.
    public enum Path: String, Sendable, CaseIterable {
        /// Tiles; up to eight columns by the vector kernels, more by the matrix kernel where the device can run it.
        case automatic
        /// The vector kernels of the file's layout.
        case rows
        /// The vector kernels of tiles.
        case tiles
        /// The matrix kernel, however few the columns.
        case matrix
    }

    /// The device at work.
    public let device: CUDADevice
    /// Which kernels multiply.
    public let path: Path
    let module: KernelModule
    private let processor: CPUBackend

    /// `cuda`, or `cuda:` and the path.
    public var name: String { path == .automatic ? "cuda" : "cuda:\(path.rawValue)" }

    /// Loads the kernels into a device.
    ///
    /// - Throws: `KernelError.device` if they do not load; `unavailable` if `HIFI_FORCE_ISA` names a set that is not there
    ///   (formats without CUDA kernels run on the processor).
    public init(_ device: CUDADevice, path: Path = .automatic) throws(KernelError) {
        self.device = device
        self.path = path
        do { module = try KernelText.load(into: device) } catch { throw .device("\(error)") }
        processor = try CPUBackend()
    }

    /// Whether the device has kernels for the format.
    public func isNative(_ format: BlockFormat) -> Bool { CUDAFormat(format) != nil }

    /// Decodes blocks on the device, bit for bit as the reference; every NaN is the device's.
    public func decode(
        _ format: BlockFormat, _ blocks: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<Float>
    ) throws(KernelError) {
        guard let kernels = CUDAFormat(format) else { return try processor.decode(format, blocks, into: output) }
        let weights = try Self.weights(format, blocks.count, output.count)
        guard weights > 0 else { return }
        try onDevice { () throws(CUDAError) in
            let source = try DeviceBuffer(device, blocks, slack: DeviceBuffer.blockSlack)
            let target = try DeviceBuffer(device, bytes: 4 * weights)
            try decode(kernels, source, weights: weights, into: target)
            try target.download(UnsafeMutableRawBufferPointer(output))
        }
    }

    /// As above, then rounded to fp16 or bf16.
    public func decode(
        _ format: BlockFormat, _ blocks: UnsafeRawBufferPointer, as type: SmallFloat, into output: UnsafeMutableBufferPointer<UInt16>
    ) throws(KernelError) {
        guard let kernels = CUDAFormat(format) else { return try processor.decode(format, blocks, as: type, into: output) }
        let weights = try Self.weights(format, blocks.count, output.count)
        guard weights > 0 else { return }
        try onDevice { () throws(CUDAError) in
            let source = try DeviceBuffer(device, blocks, slack: DeviceBuffer.blockSlack)
            let target = try DeviceBuffer(device, bytes: 2 * weights)
            try decode(kernels, source, weights: weights, as: type, into: target)
            try target.download(UnsafeMutableRawBufferPointer(output))
        }
    }

    /// fp32 to Q8_K on the device.
    public func quantize(_ rows: UnsafeBufferPointer<Float>, columns: Int) throws(KernelError) -> ActivationRows {
        guard columns > 0, columns % 256 == 0 else { throw .rowLength(format: "q8_k", columns: columns, multipleOf: 256) }
        guard rows.count % columns == 0 else {
            throw .wrongSize(of: "activations", expected: (rows.count / columns + 1) * columns, found: rows.count)
        }
        let bytes = try quantize(rows, kernel: "hifi_quantize_q8k", elements: 256, blockBytes: ActivationRows.blockBytes)
        return ActivationRows(columns: columns, rows: rows.count / columns, bytes: bytes)
    }

    /// fp32 to Q8_0 on the device.
    public func quantizeQ80(_ values: UnsafeBufferPointer<Float>) throws(KernelError) -> [UInt8] {
        guard values.count % 32 == 0 else { throw .rowLength(format: "q8_0", columns: values.count, multipleOf: 32) }
        return try quantize(values, kernel: "hifi_quantize_q80", elements: 32, blockBytes: 34)
    }

    /// Uploads the weights, multiplies, and forgets them.
    public func multiply(
        _ format: BlockFormat, _ weights: UnsafeRawBufferPointer, by activations: ActivationRows,
        into output: UnsafeMutableBufferPointer<Float>
    ) throws(KernelError) {
        guard isNative(format) else { return try processor.multiply(format, weights, by: activations, into: output) }
        let matrix = try upload(format, weights, columns: activations.columns, layout: path == .rows ? .rows : .tiles)
        try multiply(matrix, by: activations, into: output)
    }

    private func quantize(
        _ values: UnsafeBufferPointer<Float>, kernel: String, elements: Int, blockBytes: Int
    ) throws(KernelError) -> [UInt8] {
        let count = values.count / elements
        let (size, overflow) = count.multipliedReportingOverflow(by: blockBytes)
        guard !overflow else { throw .tooLarge }
        guard count > 0 else { return [] }
        return try onDevice { () throws(CUDAError) in
            let source = try DeviceBuffer(device, UnsafeRawBufferPointer(values))
            let target = try DeviceBuffer(device, bytes: size)
            try module.launch(
                kernel, grid: ((count + 7) / 8, 1), threads: 256, [.buffer(source), .buffer(target), .uint64(UInt64(count))])
            var bytes = [UInt8](repeating: 0, count: size)
            let result: Result<Void, CUDAError> = bytes.withUnsafeMutableBytes { buffer in
                Result { () throws(CUDAError) in try target.download(buffer) }
            }
            try result.get()
            return bytes
        }
    }

    private static func weights(_ format: BlockFormat, _ bytes: Int, _ outputs: Int) throws(KernelError) -> Int {
        guard bytes % format.bytes == 0 else { throw .partialBlock(format: format.id, bytes: bytes, blockBytes: format.bytes) }
        let (weights, overflow) = (bytes / format.bytes).multipliedReportingOverflow(by: format.elements)
        guard !overflow, weights <= Int(Int32.max) * 256 else { throw .tooLarge }
        guard outputs == weights else { throw .wrongSize(of: "weights of the output", expected: weights, found: outputs) }
        return weights
    }
}

/// Runs work of the device; its errors become the kernels'.
package func onDevice<T>(_ work: () throws(CUDAError) -> T) throws(KernelError) -> T {
    do { return try work() } catch { throw .device("\(error)") }
}
