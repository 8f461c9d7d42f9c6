import CUDAKernels
import HIFIBlockSpec
import HIFIForeign
import HIFIKernels
import Inference

/// One matrix of a model in a device's memory.
struct DeviceWeights: Sendable {
    let name: ForeignText
    let rows: Int
    let columns: Int
    let form: Form
    /// What activations are rounded through before they meet the weights; nil leaves them as they are.
    let rounding: ProductRule.Rounding?

    enum Form: Sendable {
        /// Multiplied with Q8_K activations as it is.
        case quantized(DeviceMatrix)
        /// fp32, fp16 or bf16, multiplied in fp32.
        case floats(DeviceFloatMatrix)
        /// In the file's layout, decoded again for each product, a stretch of rows at a time.
        case blocks(DeviceMatrix)
    }

    /// Copies a matrix to the device.
    ///
    /// Formats that the device has no kernels for are decoded here, and stay there in fp32.
    init(_ matrix: WeightMatrix, on backend: CUDABackend, _ engine: Engine, _ arithmetic: InferenceOptions.Arithmetic) throws(ModelError) {
        (name, rows, columns) = (matrix.name, matrix.rows, matrix.columns)
        // Of the kernels' tiles of 128 rows a grid has 65,535 at most.
        guard rows <= 65_535 * 128 else { throw .kernel(.device("tensor \(name) has \(rows) rows, more than the device's kernels take")) }
        let native = Self.isNative(matrix, on: backend)
        let rule = ProductRule(matrix.format, arithmetic, isNative: native)
        rounding = if case .decoded(let rounding) = rule { rounding } else { nil }
        do throws(KernelError) {
            form = try matrix.bytes.withUnsafeBytes { bytes throws(KernelError) -> Form in
                if rule == .quantized {
                    return .quantized(
                        try backend.upload(matrix.format, bytes, columns: matrix.columns, layout: backend.residentLayout))
                }
                if let element = DeviceFloatMatrix.Element(rawValue: matrix.format.id) {
                    return try onDevice { () throws(CUDAError) in
                        .floats(try DeviceFloatMatrix(backend, bytes: bytes, element: element, columns: matrix.columns))
                    }
                }
                if native { return .blocks(try backend.upload(matrix.format, bytes, columns: matrix.columns, layout: .rows)) }
                return .floats(try Self.decoded(matrix, bytes, on: backend, engine))
            }
        } catch { throw .kernel(error) }
    }

    private static func decoded(
        _ matrix: WeightMatrix, _ bytes: UnsafeRawBufferPointer, on backend: CUDABackend, _ engine: Engine
    ) throws(KernelError) -> DeviceFloatMatrix {
        guard let decoder = FloatDecoder(matrix.format, kernels: engine.rowKernels) else { throw .knownBySizeOnly(matrix.format.id) }
        // Loading checked the file's size, but fp32 is larger.
        let (weights, overflow) = matrix.rows.multipliedReportingOverflow(by: matrix.columns)
        guard !overflow, weights <= Int.max / 4 else { throw .tooLarge }
        let target = try onDevice { () throws(CUDAError) in try DeviceArray<Float>(backend, count: weights) }
        // 16 Mi weights at a time.
        let height = max(1, (16 << 20) / matrix.columns)
        var values = [Float](repeating: 0, count: min(height, matrix.rows) * matrix.columns)
        for first in stride(from: 0, to: matrix.rows, by: height) {
            let count = min(height, matrix.rows - first)
            let result: Result<Void, KernelError> = values.withUnsafeMutableBufferPointer { buffer in
                let stretch = UnsafeMutableBufferPointer(rebasing: buffer[0..<count * matrix.columns])
                decoder.decode(
                    UnsafeRawBufferPointer(rebasing: bytes[first * matrix.rowBytes..<(first + count) * matrix.rowBytes]), into: stretch)
                return Result { () throws(KernelError) in
                    try onDevice { () throws(CUDAError) in
                        try target.slice(first * matrix.columns..<weights).upload(UnsafeBufferPointer(stretch))
                    }
                }
            }
            try result.get()
        }
        return DeviceFloatMatrix(target, rows: matrix.rows, columns: matrix.columns)
    }

    /// Whether the device has kernels for it.
    static func isNative(_ matrix: WeightMatrix, on backend: CUDABackend) -> Bool {
        backend.isNative(matrix.format) && matrix.columns % 256 == 0
    }

    /// Bytes that a matrix takes on the device, about.
    static func bytes(_ matrix: WeightMatrix, on backend: CUDABackend) -> Int {
        if isNative(matrix, on: backend) || DeviceFloatMatrix.Element(rawValue: matrix.format.id) != nil { return matrix.bytes.count }
        let (weights, overflow) = matrix.rows.multipliedReportingOverflow(by: 4 * matrix.columns)
        return overflow ? Int.max : weights
    }
}
