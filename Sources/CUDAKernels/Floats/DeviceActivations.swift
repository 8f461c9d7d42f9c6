import HIFIKernels

/// Activations of a product with quantized weights, quantized to Q8_K on the device: in the form of the matrix kernel, or where the
/// device cannot run that, as rows for the vector kernels.
///
/// Allocated once, for the largest input of any product; `quantize` fills it, for that many positions and columns or fewer, and gives
/// back what to multiply with. The next one overwrites it.
package struct DeviceActivations: Sendable {
    /// Rows: positions.
    package let positions: Int
    /// Numbers in a row, a multiple of 256.
    package let columns: Int
    let memory: Memory

    enum Memory: Sendable {
        case spread(SpreadActivations)
        case rows(DeviceBuffer)
    }

    /// Room for `positions` rows of `columns` numbers, for fewer and longer rows, and for more and shorter ones, if they are no more in
    /// all when positions are counted in multiples of 128.
    ///
    /// - Throws: `outOfMemory`, `failed`.
    package init(_ backend: CUDABackend, positions: Int, columns: Int) throws(CUDAError) {
        precondition(positions > 0 && columns > 0 && columns % 256 == 0, "whole blocks of Q8_K")
        (self.positions, self.columns) = (positions, columns)
        if backend.usesMatrixKernel {
            memory = .spread(try SpreadActivations(backend.device, columns: positions, supers: columns / 256))
        } else {
            memory = .rows(try DeviceBuffer(backend.device, bytes: room(positions, columns / 256, ActivationRows.blockBytes)))
        }
    }

    init(_ memory: Memory, positions: Int, columns: Int) {
        (self.memory, self.positions, self.columns) = (memory, positions, columns)
    }

    /// Bytes of device memory.
    package var bytes: Int {
        switch memory {
        case .spread(let spread): spread.byColumn.bytes + spread.byWeight.bytes + spread.scales.bytes + spread.sums.bytes
        case .rows(let buffer): buffer.bytes
        }
    }
}

extension CUDABackend {
    /// Whether products with quantized weights go through the matrix kernel.
    package var usesMatrixKernel: Bool { hasMatrixKernel && (path == .automatic || path == .matrix) }

    /// How a matrix must lie for `multiply(_:_:into:)`.
    package var residentLayout: MatrixLayout { path == .rows ? .rows : .tiles }

    /// fp32 rows to Q8_K, byte for byte as the reference for finite numbers. Does not wait.
    ///
    /// - Parameters:
    ///   - x: `[position][column]`.
    ///   - columns: a positive multiple of 256.
    ///   - room: memory for it, overwritten.
    ///   - broken: if given, as `flag` of `findBroken`.
    /// - Returns: what to multiply with, in the memory of `room`.
    package func quantize(
        _ x: DeviceArray<Float>, positions: Int, columns: Int, into room: DeviceActivations, broken: DeviceArray<Int32>? = nil
    ) throws(CUDAError) -> DeviceActivations {
        check([x], positions: positions, columns: columns, broken)
        switch room.memory {
        case .spread(let memory):
            return try spread("hifi_quantize_spread", [x], positions: positions, columns: columns, into: memory, broken)
        case .rows(let buffer):
            let blocks = positions * (columns / 256)
            precondition(blocks * ActivationRows.blockBytes <= buffer.bytes, "more activations than there is room for")
            try module.launch(
                "hifi_quantize_q8k", grid: ((blocks + 7) / 8, 1), threads: 256,
                [x.argument, .buffer(buffer), .uint64(UInt64(blocks))])
            if let broken { try findBroken(x, width: columns, rows: positions, flag: broken) }
            return DeviceActivations(.rows(buffer), positions: positions, columns: columns)
        }
    }

    /// `swiglu` and `quantize` of its result in one: the same bits, with less to write and read. Does not wait.
    ///
    /// - Parameter gate: may hold the result of `swiglu` afterwards.
    package func quantizeSwiglu(
        _ gate: DeviceArray<Float>, _ up: DeviceArray<Float>, positions: Int, columns: Int, into room: DeviceActivations,
        broken: DeviceArray<Int32>? = nil
    ) throws(CUDAError) -> DeviceActivations {
        check([gate, up], positions: positions, columns: columns, broken)
        guard case .spread(let memory) = room.memory else {
            try swiglu(gate, up, into: gate, count: positions * columns)
            return try quantize(gate, positions: positions, columns: columns, into: room, broken: broken)
        }
        return try spread("hifi_quantize_swiglu", [gate, up], positions: positions, columns: columns, into: memory, broken)
    }

    private func check(_ inputs: [DeviceArray<Float>], positions: Int, columns: Int, _ broken: DeviceArray<Int32>?) {
        precondition(columns > 0 && columns % 256 == 0 && positions > 0 && positions <= Int(Int32.max) / 512, "whole blocks of Q8_K")
        let (numbers, overflow) = positions.multipliedReportingOverflow(by: columns)
        precondition(!overflow && inputs.allSatisfy { numbers <= $0.count && $0.isAligned }, "more activations than the array has")
        precondition(broken.map { $0.count > 0 } ?? true, "no room for the broken row")
    }

    private func spread(
        _ kernel: String, _ inputs: [DeviceArray<Float>], positions: Int, columns: Int, into memory: SpreadActivations,
        _ broken: DeviceArray<Int32>?
    ) throws(CUDAError) -> DeviceActivations {
        let supers = columns / 256
        let spread = memory.resized(columns: positions, supers: supers)
        precondition(spread.padded / 32 <= 65535, "a size outside the kernels' range")
        try module.launch(
            kernel, grid: (supers, spread.padded / 32), threads: 256,
            inputs.map(\.argument) + [
                .buffer(spread.byColumn), .buffer(spread.byWeight), .buffer(spread.scales), .buffer(spread.sums),
                .int(positions), .int(spread.padded), .int(supers), broken?.argument ?? .nothing,
            ])
        return DeviceActivations(.spread(spread), positions: positions, columns: columns)
    }

    /// Every row of a matrix times every row of activations, `target[position * rows + row]`, within the reference's bound: by the matrix
    /// kernel, or where that does not run by the vector kernels. Does not wait.
    ///
    /// The order of additions follows the row's length alone, not how many positions there are.
    package func multiply(
        _ matrix: DeviceMatrix, _ activations: DeviceActivations, into target: DeviceArray<Float>
    ) throws(CUDAError) {
        precondition(matrix.columns == activations.columns, "rows of different lengths")
        precondition(room(matrix.rows, activations.positions) <= target.count, "more results than the array has")
        guard matrix.rows > 0 else { return }
        switch activations.memory {
        case .spread(let spread):
            precondition(matrix.layout == .tiles, "the matrix kernel takes tiles")
            try multiplyMatrix(matrix, spread, into: target)
        case .rows(let buffer):
            try multiplyVectors(matrix, buffer, columns: activations.positions, into: target)
        }
    }
}
