import HIFIKernels

/// Launches on buffers of the device. Nothing here waits.
extension CUDABackend {
    func decode(_ format: CUDAFormat, _ blocks: DeviceBuffer, weights: Int, into target: DeviceBuffer) throws(CUDAError) {
        try module.launch(
            "hifi_decode_\(format.name)", grid: ((weights + 2047) / 2048, 1), threads: 256,
            [.buffer(blocks), .ints(format.layout), .buffer(target), .uint64(UInt64(weights))])
    }

    func decode(
        _ format: CUDAFormat, _ blocks: DeviceBuffer, weights: Int, as type: SmallFloat, into target: DeviceBuffer
    ) throws(CUDAError) {
        try module.launch(
            "hifi_decode_short_\(format.name)", grid: ((weights + 2047) / 2048, 1), threads: 256,
            [.buffer(blocks), .ints(format.layout), .buffer(target), .uint64(UInt64(weights)), .int(type == .bf16 ? 1 : 0)])
    }

    /// Rows of the file's layout to tiles.
    func repack(_ format: CUDAFormat, _ blocks: DeviceBuffer, rows: Int, supers: Int) throws(CUDAError) -> DeviceBuffer {
        let tiles = (rows + 7) / 8 * supers
        let target = try DeviceBuffer(device, bytes: tiles * format.tileBytes)
        try module.launch(
            "hifi_repack_\(format.name)", grid: ((tiles + 7) / 8, 1), threads: 256,
            [.buffer(blocks), .ints(format.layout), .buffer(target), .int(rows), .int(supers)])
        return target
    }

    /// Up to eight columns of Q8_K, starting at `first`.
    func multiplyVectors(
        _ matrix: DeviceMatrix, _ activations: DeviceBuffer, first: Int, columns: Int, into target: DeviceArray<Float>, widths: [Int]
    ) throws(CUDAError) {
        let format = matrix.format
        let width = widths.first { $0 >= columns } ?? 8
        let shared = width * Self.segmentBytes
        let from = KernelArgument.buffer(activations, offset: first * matrix.supers * ActivationRows.blockBytes)
        let to = target.argument(at: first * matrix.rows)
        // As many blocks as the device can hold at once, each of which then stays for several groups of rows.
        let resident = device.processors * 8
        switch matrix.layout {
        case .tiles:
            try module.launch(
                "hifi_tiles_\(format.name)_\(width)", grid: (min(matrix.groups, resident), 1), threads: 128, shared: shared,
                [.buffer(matrix.buffer), from, to, .int(matrix.rows), .int(matrix.supers), .int(columns)])
        case .rows:
            // Eight super-blocks from any place, in units of sixteen bytes, and a word more.
            let chunk = (8 * format.stride + 15 + 4 + 15) / 16 * 16
            try module.launch(
                "hifi_rows_\(format.name)_\(width)", grid: (min((matrix.rows + 3) / 4, resident), 1), threads: 128,
                shared: shared + 4 * chunk,
                [
                    .buffer(matrix.buffer), .ints(format.layout), from, to, .int(matrix.rows), .int(matrix.supers), .int(columns),
                    .int(chunk),
                ])
        }
    }

    /// Any number of columns by the vector kernels.
    func multiplyVectors(
        _ matrix: DeviceMatrix, _ activations: DeviceBuffer, columns: Int, into target: DeviceArray<Float>
    ) throws(CUDAError) {
        let widths = matrix.layout == .rows ? [1, 4] : [1, 4, 8]
        let most = widths.last ?? 1
        for first in stride(from: 0, to: columns, by: most) {
            let count = min(most, columns - first)
            try multiplyVectors(matrix, activations, first: first, columns: count, into: target, widths: widths)
        }
    }

    /// Any number of columns by the matrix kernel.
    func multiplyMatrix(
        _ matrix: DeviceMatrix, _ activations: SpreadActivations, into target: DeviceArray<Float>
    ) throws(CUDAError) {
        let format = matrix.format
        let stages = device.sharedLimit >= Self.matrixShared(stages: 2) ? 2 : 1
        try module.launch(
            "hifi_matrix_\(format.baseName)", grid: ((matrix.rows + 127) / 128, activations.padded / 128), threads: 256,
            shared: Self.matrixShared(stages: stages),
            [
                .buffer(matrix.buffer), .int(format.tileBytes), .buffer(activations.byColumn), .buffer(activations.scales),
                .buffer(activations.sums), target.argument, .int(matrix.rows), .int(matrix.supers), .int(activations.columns),
                .int(activations.padded), .int(stages),
            ])
        guard format.hasOutliers else { return }
        try module.launch(
            "hifi_outliers_\(format.name)", grid: ((matrix.rows + 63) / 64, (activations.padded + 255) / 256), threads: 256,
            shared: 2 * 256 * 128,
            [
                .buffer(matrix.buffer), .buffer(activations.byWeight), .buffer(activations.scales), target.argument, .int(matrix.rows),
                .int(matrix.supers), .int(activations.columns), .int(activations.padded),
            ])
    }

    /// Rows of Q8_K as the matrix kernel takes them.
    func spread(_ rows: DeviceBuffer, columns: Int, supers: Int) throws(CUDAError) -> SpreadActivations {
        let result = try SpreadActivations(device, columns: columns, supers: supers)
        try spread(rows, supers: supers, into: result)
        return result
    }

    /// The same into memory that is there.
    func spread(_ rows: DeviceBuffer, supers: Int, into result: SpreadActivations) throws(CUDAError) {
        try module.launch(
            "hifi_spread_q8k", grid: (supers, result.padded / 32), threads: 256,
            [
                .buffer(rows), .buffer(result.byColumn), .buffer(result.byWeight), .buffer(result.scales), .buffer(result.sums),
                .int(result.columns), .int(result.padded), .int(supers),
            ])
    }

    /// Shared memory of a column of activations in the vector kernels: `Activations::bytes` (SEGMENT super-blocks, with gaps).
    static let segmentBytes = 16 * (320 + 32 + 4)
    /// Shared memory of the matrix kernel: weights as bytes, with their scales (`Weights`), and one or two sets of 128 columns.
    static func matrixShared(stages: Int) -> Int { 128 * (272 + 16 + 4) + 8 * 132 * 4 + stages * 128 * 272 }
}

/// Activations for the matrix kernel; columns are padded with zeros to a multiple of 128.
struct SpreadActivations {
    let columns: Int
    let padded: Int
    let byColumn: DeviceBuffer
    let byWeight: DeviceBuffer
    let scales: DeviceBuffer
    let sums: DeviceBuffer

    /// Room for them.
    init(_ device: CUDADevice, columns: Int, supers: Int) throws(CUDAError) {
        self.columns = columns
        padded = (columns + 127) / 128 * 128
        let blocks = room(padded, supers)
        byColumn = try DeviceBuffer(device, bytes: room(blocks, 256))
        byWeight = try DeviceBuffer(device, bytes: blocks * 256)
        scales = try DeviceBuffer(device, bytes: blocks * 4)
        sums = try DeviceBuffer(device, bytes: blocks * 16)
    }

    private init(_ other: SpreadActivations, columns: Int, padded: Int) {
        (self.columns, self.padded) = (columns, padded)
        (byColumn, byWeight, scales, sums) = (other.byColumn, other.byWeight, other.scales, other.sums)
    }

    /// The same memory for other sizes, which it must have room for.
    func resized(columns: Int, supers: Int) -> SpreadActivations {
        let padded = (columns + 127) / 128 * 128
        precondition(room(padded, supers, 256) <= byColumn.bytes, "more activations than there is room for")
        return SpreadActivations(self, columns: columns, padded: padded)
    }
}
