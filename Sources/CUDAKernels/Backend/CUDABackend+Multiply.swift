import HIFIBlockSpec
import HIFIKernels

extension CUDABackend {
    /// Copies a matrix to the device, where it stays as long as the result is held.
    ///
    /// - Parameters:
    ///   - weights: rows of `columns` weights, one after another.
    ///   - columns: a positive multiple of 256.
    ///   - layout: tiles multiply faster, and are needed for the matrix kernel.
    /// - Throws: `unavailable` for a format without kernels; `rowLength`, `partialBlock`, `tooLarge`, `device`.
    public func upload(
        _ format: BlockFormat, _ weights: UnsafeRawBufferPointer, columns: Int, layout: MatrixLayout = .tiles
    ) throws(KernelError) -> DeviceMatrix {
        guard let kernels = CUDAFormat(format) else { throw .unavailable("a CUDA kernel for \(format.id)") }
        guard columns > 0, columns % 256 == 0 else { throw .rowLength(format: format.id, columns: columns, multipleOf: 256) }
        let supers = columns / 256
        let (rowBytes, overflow) = supers.multipliedReportingOverflow(by: kernels.stride)
        guard !overflow else { throw .tooLarge }
        guard weights.count % rowBytes == 0 else {
            throw .partialBlock(format: "\(format.id) row", bytes: weights.count, blockBytes: rowBytes)
        }
        let rows = weights.count / rowBytes
        // The kernels count rows and super-blocks in 32 bits, and the driver blocks of threads.
        guard rows <= Int(Int32.max) / 8, supers <= Int(Int32.max) / 512 else { throw .tooLarge }
        return try onDevice { () throws(CUDAError) in
            let blocks = try DeviceBuffer(device, weights, slack: DeviceBuffer.blockSlack)
            let buffer = layout == .rows || rows == 0 ? blocks : try repack(kernels, blocks, rows: rows, supers: supers)
            return DeviceMatrix(rows: rows, columns: columns, layout: layout, format: kernels, buffer: buffer)
        }
    }

    /// Every row of a matrix times every row of activations: `output[a * rows + w]`.
    public func multiply(
        _ matrix: DeviceMatrix, by activations: ActivationRows, into output: UnsafeMutableBufferPointer<Float>
    ) throws(KernelError) {
        guard activations.columns == matrix.columns else {
            throw .wrongSize(of: "activations in a row", expected: matrix.columns, found: activations.columns)
        }
        let (results, overflow) = matrix.rows.multipliedReportingOverflow(by: activations.rows)
        guard !overflow, activations.rows <= 65535 * 32 else { throw .tooLarge }
        guard output.count == results else { throw .wrongSize(of: "numbers of the output", expected: results, found: output.count) }
        guard results > 0 else { return }
        try onDevice { () throws(CUDAError) in
            let target = try DeviceArray<Float>(self, count: results)
            let result: Result<DeviceBuffer, CUDAError> = activations.bytes.withUnsafeBytes { bytes in
                Result { () throws(CUDAError) in try DeviceBuffer(device, bytes) }
            }
            try run(matrix, try result.get(), columns: activations.rows, into: target)
            try target.download(into: output)
        }
    }

    /// Whether the matrix kernel runs here; devices of capability 7.5 have too little shared memory for it.
    public var hasMatrixKernel: Bool { device.sharedLimit >= Self.matrixShared(stages: 1) }

    /// Chooses the kernel and starts it.
    func run(_ matrix: DeviceMatrix, _ activations: DeviceBuffer, columns: Int, into target: DeviceArray<Float>) throws(CUDAError) {
        if hasMatrixKernel, matrix.layout == .tiles, path == .matrix || (path == .automatic && columns > 8) {
            try multiplyMatrix(matrix, spread(activations, columns: columns, supers: matrix.supers), into: target)
            return
        }
        try multiplyVectors(matrix, activations, columns: columns, into: target)
    }
}
