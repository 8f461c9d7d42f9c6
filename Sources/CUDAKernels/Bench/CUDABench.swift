import HIFIBlockSpec
import HIFIKernels

/// Measures kernels on a device, by its own events, against what copying reaches there.
public struct CUDABench {
    private let backend: CUDABackend
    private let samples: Int
    /// What a sample lasts at least, in nanoseconds.
    private let sampleTime: Double
    /// Bytes that take turns: several times the second-level cache.
    private let rotation: Int
    private let stopwatch: Stopwatch
    /// 10⁹ bytes read and written a second by a large copy.
    public let copyBandwidth: Double

    /// Measures the copy bandwidth.
    ///
    /// - Parameters:
    ///   - samples: of each case.
    ///   - sampleTime: nanoseconds that a sample lasts at least.
    ///   - leastRotation: bytes that take turns at least, if the device has room.
    /// - Throws: `KernelError.device`.
    public init(
        _ backend: CUDABackend, samples: Int = 15, sampleTime: Double = 2e7, leastRotation: Int = 256 << 20
    ) throws(KernelError) {
        self.backend = backend
        self.samples = max(1, samples)
        self.sampleTime = sampleTime
        rotation = max(4 * backend.device.cacheBytes, leastRotation)
        do {
            stopwatch = try Stopwatch(backend.device)
            let bytes = min(rotation, try backend.device.memory().free / 4)
            let (from, to) = (try DeviceBuffer(backend.device, bytes: bytes), try DeviceBuffer(backend.device, bytes: bytes))
            var best = 0.0
            for _ in 0..<self.samples {
                let time = try stopwatch.time { () throws(CUDAError) in
                    let library = backend.device.library
                    try library.check(library.cuMemcpyDtoDAsync(to.address, from.address, bytes, nil), "copying")
                }
                best = max(best, 2 * Double(bytes) / max(1, time))
            }
            copyBandwidth = best
        } catch { throw .device("\(error)") }
    }

    /// Measures every case that the device can run.
    ///
    /// - Parameter progress: called before each case with its number and how many there are.
    /// - Throws: `unavailable` for a format without kernels, `rowLength`, `tooLarge`, `device`.
    public func measure(_ cases: [CUDABenchCase], progress: (Int, Int) -> Void = { _, _ in }) throws(KernelError) -> CUDABenchReport {
        var results: [CUDABenchResult] = []
        for (number, measured) in cases.enumerated() where measured.operation != .matrix || backend.hasMatrixKernel {
            progress(number, cases.count)
            results.append(try measure(measured))
        }
        let device = backend.device
        return CUDABenchReport(
            device: device.name, capability: "\(device.capability.major).\(device.capability.minor)", driver: device.driverVersion,
            processors: device.processors, copyBandwidth: copyBandwidth, results: results)
    }

    private func measure(_ measured: CUDABenchCase) throws(KernelError) -> CUDABenchResult {
        guard let format = Spec.format(measured.format), let kernels = CUDAFormat(format) else {
            throw .unavailable("a CUDA kernel for \(measured.format)")
        }
        guard measured.columns > 0, measured.columns % 256 == 0 else {
            throw .rowLength(format: format.id, columns: measured.columns, multipleOf: 256)
        }
        let (weights, overflow) = measured.rows.multipliedReportingOverflow(by: measured.columns)
        guard !overflow, measured.rows > 0, measured.activationRows > 0, weights <= 1 << 36,
            measured.activationRows <= 1 << 20, measured.rows * measured.activationRows <= 1 << 32,
            measured.operation == .matrix || measured.activationRows <= 8
        else { throw .tooLarge }
        return try onDevice { () throws(CUDAError) in try time(measured, format, kernels, weights: weights) }
    }

    private func time(
        _ measured: CUDABenchCase, _ format: BlockFormat, _ kernels: CUDAFormat, weights: Int
    ) throws(CUDAError) -> CUDABenchResult {
        let device = backend.device
        let supers = measured.columns / 256
        let blocks = [UInt8](unsafeUninitializedCapacity: measured.rows * supers * kernels.stride) { buffer, count in
            count = measured.rows * supers * kernels.stride
            BenchBlocks.fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]), format)
        }
        let layout: MatrixLayout = measured.operation == .tiles || measured.operation == .matrix ? .tiles : .rows
        var values = [Float](repeating: 0, count: measured.columns * measured.activationRows)
        values.withUnsafeMutableBufferPointer { BenchBlocks.fill($0) }
        let source = try upload(values)
        let activations = try DeviceBuffer(device, bytes: measured.activationRows * supers * ActivationRows.blockBytes)
        try backend.module.launch(
            "hifi_quantize_q8k", grid: ((values.count / 256 + 7) / 8, 1), threads: 256,
            [.buffer(source), .buffer(activations), .uint64(UInt64(values.count / 256))])
        let outputs = measured.operation == .decode || measured.operation == .decodeF16 ? weights : measured.rows * measured.activationRows
        let target = try DeviceBuffer(device, bytes: outputs * (measured.operation == .decodeF16 ? 2 : 4))
        let products = DeviceArray<Float>(target)
        // Copies until the rotation is reached or half of what is left is used; very small matrices stay in the cache.
        let room = try device.memory().free / 2
        let copies = max(1, min(1024, (rotation + blocks.count - 1) / blocks.count, room / max(1, blocks.count + blocks.count / 8)))
        var matrices: [DeviceMatrix] = []
        for _ in 0..<copies {
            let buffer = try upload(blocks, slack: DeviceBuffer.blockSlack)
            let placed = layout == .rows ? buffer : try backend.repack(kernels, buffer, rows: measured.rows, supers: supers)
            matrices.append(
                DeviceMatrix(rows: measured.rows, columns: measured.columns, layout: layout, format: kernels, buffer: placed))
        }
        // Once: allocating and freeing wait for the device.
        let spread =
            measured.operation == .matrix ? try SpreadActivations(device, columns: measured.activationRows, supers: supers) : nil
        let run = { (turn: Int) throws(CUDAError) in
            let matrix = matrices[turn % copies]
            switch measured.operation {
            case .decode: try backend.decode(kernels, matrix.buffer, weights: weights, into: target)
            case .decodeF16: try backend.decode(kernels, matrix.buffer, weights: weights, as: .f16, into: target)
            case .tiles:
                try backend.multiplyVectors(
                    matrix, activations, first: 0, columns: measured.activationRows, into: products, widths: [1, 4, 8])
            case .rows:
                try backend.multiplyVectors(matrix, activations, columns: measured.activationRows, into: products)
            case .matrix:
                guard let spread else { return }
                try backend.spread(activations, supers: supers, into: spread)
                try backend.multiplyMatrix(matrix, spread, into: products)
            }
        }
        let once = try stopwatch.time { () throws(CUDAError) in try run(0) }
        let repetitions = max(1, min(10_000, Int(sampleTime / max(1, once))))
        var times: [Double] = []
        var turn = 0
        for _ in 0..<samples {
            let whole = try stopwatch.time { () throws(CUDAError) in
                for _ in 0..<repetitions {
                    try run(turn)
                    turn += 1
                }
            }
            times.append(whole / Double(repetitions))
        }
        times.sort()
        let median = max(1, times[times.count / 2])
        let inputs = measured.operation == .decode || measured.operation == .decodeF16 ? 0 : activations.bytes
        let bytes = matrices[0].bytes + inputs + target.bytes
        let speed = Double(bytes) / median
        return CUDABenchResult(
            measured: measured, fastest: times[0], median: median, bytes: bytes, gigabytesPerSecond: speed,
            shareOfCopyBandwidth: speed / max(copyBandwidth, .leastNormalMagnitude),
            teraoperationsPerSecond: inputs == 0 ? nil : 2 * Double(weights) * Double(measured.activationRows) / median / 1000,
            copies: copies, exceedsCache: copies * blocks.count >= 3 * device.cacheBytes)
    }

    private func upload<T: BitwiseCopyable>(_ values: [T], slack: Int = 0) throws(CUDAError) -> DeviceBuffer {
        let result: Result<DeviceBuffer, CUDAError> = values.withUnsafeBytes { bytes in
            Result { () throws(CUDAError) in try DeviceBuffer(backend.device, bytes, slack: slack) }
        }
        return try result.get()
    }
}
