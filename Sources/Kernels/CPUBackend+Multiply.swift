import HIFIBlockSpec
import HIFICKernels
import HIFIReference
import HIFIThreads

extension CPUBackend {
    /// Quantizes rows of fp32 to Q8_K, byte for byte as the reference; `columns` is a multiple of 256. Throws for other sizes.
    public func quantize(_ rows: UnsafeBufferPointer<Float>, columns: Int) throws(KernelError) -> ActivationRows {
        guard columns > 0, columns % 256 == 0 else { throw .rowLength(format: "q8_k", columns: columns, multipleOf: 256) }
        guard rows.count % columns == 0 else {
            throw .wrongSize(of: "activations", expected: (rows.count / columns + 1) * columns, found: rows.count)
        }
        let total = rows.count
        let (size, overflow) = (total / 256).multipliedReportingOverflow(by: ActivationRows.blockBytes)
        guard !overflow else { throw .tooLarge }
        let table = table
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            if let source = rows.baseAddress, let target = buffer.baseAddress {
                let parts = Parts(source: source, target: target)
                // Pieces of 16 Ki values: blocks are independent of each other.
                let piece = 16384
                pool.run((total + piece - 1) / piece) { index in
                    let first = index * piece
                    let output = parts.target + first / 256 * ActivationRows.blockBytes
                    table.pointer.pointee.quantize_q8k(parts.source + first, min(piece, total - first), output)
                }
            }
            count = size
        }
        return ActivationRows(columns: columns, rows: rows.count / columns, bytes: bytes)
    }

    /// Quantizes fp32 to Q8_0, 34 bytes for each 32 values. Throws for other sizes.
    public func quantizeQ80(_ values: UnsafeBufferPointer<Float>) throws(KernelError) -> [UInt8] {
        guard values.count % 32 == 0 else { throw .rowLength(format: "q8_0", columns: values.count, multipleOf: 32) }
        let total = values.count
        let (size, overflow) = (total / 32).multipliedReportingOverflow(by: 34)
        guard !overflow else { throw .tooLarge }
        let table = table
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            if let source = values.baseAddress, let target = buffer.baseAddress {
                let parts = Parts(source: source, target: target)
                let piece = 16384
                pool.run((total + piece - 1) / piece) { index in
                    let first = index * piece
                    table.pointer.pointee.quantize_q80(parts.source + first, min(piece, total - first), parts.target + first / 32 * 34)
                }
            }
            count = size
        }
    }

    /// Multiplies rows of weights with rows of activations; see ``KernelBackend``.
    public func multiply(
        _ format: BlockFormat, _ weights: UnsafeRawBufferPointer, by activations: ActivationRows,
        into output: UnsafeMutableBufferPointer<Float>
    ) throws(KernelError) {
        let shape = try Shape(format, weights.count, activations, output.count)
        guard shape.rows > 0, activations.rows > 0, let source = weights.baseAddress, let target = output.baseAddress else { return }
        let parts = Parts(source: source.assumingMemoryBound(to: UInt8.self), target: target)
        guard let kernel = KernelFormat(format), kernel.isMultiplied else {
            return try multiplyByReference(format, weights, by: activations, shape, into: output)
        }
        activations.bytes.withUnsafeBufferPointer { buffer in
            guard let address = buffer.baseAddress else { return }
            let job = Job(table: table, format: kernel.c, parts: parts, q8k: address, shape: shape, columns: activations.rows)
            if job.arrangedBytes > 0 {
                job.runArranged(on: pool)
            } else if job.prefersPanels {
                job.runPanels(on: pool)
            } else {
                job.runRows(on: pool)
            }
        }
    }

    /// Decoded weights times decoded activations, summed in double: for formats without kernels.
    private func multiplyByReference(
        _ format: BlockFormat, _ weights: UnsafeRawBufferPointer, by activations: ActivationRows, _ shape: Shape,
        into output: UnsafeMutableBufferPointer<Float>
    ) throws(KernelError) {
        let columns = activations.columns
        guard let q8k = Spec.format("q8_k") else { throw .unavailable("q8_k") }
        let decoded = try decodeToArray(q8k, activations.bytes)
        let row = UnsafeMutableBufferPointer<Float>.allocate(capacity: columns)
        defer { row.deallocate() }
        for w in 0..<shape.rows {
            try decode(format, UnsafeRawBufferPointer(rebasing: weights[w * shape.rowBytes..<(w + 1) * shape.rowBytes]), into: row)
            for a in 0..<activations.rows {
                var sum = 0.0
                for i in 0..<columns { sum += Double(row[i]) * Double(decoded[a * columns + i]) }
                output[a * shape.rows + w] = Float(sum)
            }
        }
    }

    private func decodeToArray(_ format: BlockFormat, _ blocks: [UInt8]) throws(KernelError) -> [Float] {
        var output = [Float](repeating: 0, count: try Self.blockCount(format, blocks.count) * format.elements)
        let result: Result<Void, KernelError> = blocks.withUnsafeBytes { bytes in
            output.withUnsafeMutableBufferPointer { buffer in
                Result { () throws(KernelError) in try decode(format, bytes, into: buffer) }
            }
        }
        try result.get()
        return output
    }

    /// The sizes of a product, checked.
    struct Shape: Sendable {
        let rows: Int
        let rowBytes: Int
        let superblocks: Int

        init(_ format: BlockFormat, _ bytes: Int, _ activations: ActivationRows, _ outputs: Int) throws(KernelError) {
            let columns = activations.columns
            guard format.elements > 0, columns % format.elements == 0 else {
                throw .rowLength(format: format.id, columns: columns, multipleOf: format.elements)
            }
            let (rowBytes, overflow) = (columns / format.elements).multipliedReportingOverflow(by: format.bytes)
            guard !overflow, rowBytes > 0 else { throw .tooLarge }
            guard bytes % rowBytes == 0 else { throw .partialBlock(format: "\(format.id) row", bytes: bytes, blockBytes: rowBytes) }
            rows = bytes / rowBytes
            self.rowBytes = rowBytes
            superblocks = columns / 256
            let (expected, tooMany) = rows.multipliedReportingOverflow(by: activations.rows)
            guard !tooMany else { throw .tooLarge }
            guard outputs == expected else { throw .wrongSize(of: "numbers of the output", expected: expected, found: outputs) }
        }
    }
}

/// A product under way. Each task writes numbers of its own rows only.
private struct Job: @unchecked Sendable {
    // Unchecked: the pointers are read only, but for `parts.target`, whose parts are disjoint by row.
    let table: KernelTable
    let format: hifi_format
    let parts: Parts<UInt8, Float>
    let q8k: UnsafePointer<UInt8>
    let shape: CPUBackend.Shape
    /// Rows of activations.
    let columns: Int

    /// Unpacking a panel pays from a few columns on.
    var prefersPanels: Bool {
        guard columns >= 4, table.pointer.pointee.panel_rows > 0 else { return false }
        return withUnsafePointer(to: format) { table.pointer.pointee.gemm_takes($0) != 0 }
    }

    /// Room for the activations as the set's own matrix kernel takes them; 0 where it does not take the format, or so few columns.
    var arrangedBytes: Int {
        guard let size = table.pointer.pointee.arranged_bytes else { return 0 }
        return withUnsafePointer(to: format) { size($0, columns, shape.superblocks) }
    }

    private var columnBytes: Int { shape.superblocks * ActivationRows.blockBytes }

    func runRows(on pool: ThreadPool) {
        let piece = rowsOfPiece(threads: pool.threads)
        pool.run((shape.rows + piece - 1) / piece) { index in
            let first = index * piece
            withUnsafePointer(to: format) { format in
                for a in 0..<columns {
                    hifi_dot_rows(
                        table.pointer, format, parts.source + first * shape.rowBytes, shape.rowBytes, min(piece, shape.rows - first),
                        q8k + a * columnBytes, shape.superblocks, parts.target + a * shape.rows + first)
                }
            }
        }
    }

    /// Several rows of activations pass by sixteen rows of weights, which stay in cache. For a single one weights are streamed, and long
    /// pieces read ahead best; two for each thread, or as many as keep a slow thread from holding up the others for long.
    private func rowsOfPiece(threads: Int) -> Int {
        let least = 16
        guard columns == 1 else { return least }
        guard threads > 1 else { return shape.rows }
        return max(least, min((shape.rows + 2 * threads - 1) / (2 * threads), (256 << 10) / shape.rowBytes))
    }

    func runPanels(on pool: ThreadPool) {
        let height = table.pointer.pointee.panel_rows
        let scratchBytes = withUnsafePointer(to: format) { table.pointer.pointee.gemm_scratch($0, shape.superblocks) }
        pool.run((shape.rows + height - 1) / height) { index in
            let first = index * height
            let scratch = UnsafeMutableRawPointer.allocate(byteCount: scratchBytes, alignment: 64)
            defer { scratch.deallocate() }
            withUnsafePointer(to: format) { format in
                hifi_gemm_panel(
                    table.pointer, format, parts.source + first * shape.rowBytes, shape.rowBytes, min(height, shape.rows - first), q8k,
                    columnBytes, columns, shape.superblocks, parts.target + first, shape.rows,
                    scratch.assumingMemoryBound(to: UInt8.self))
            }
        }
    }

    /// Activations are arranged once, then shared by all panels.
    func runArranged(on pool: ThreadPool) {
        let functions = table.pointer.pointee
        let arranged = Shared(UnsafeMutableRawPointer.allocate(byteCount: arrangedBytes, alignment: 64))
        defer { arranged.bytes.deallocate() }
        // A few groups for each task, so that threads share them evenly.
        let groups = (columns + functions.group_columns - 1) / functions.group_columns
        let together = max(1, groups / (4 * pool.threads))
        pool.run((groups + together - 1) / together) { index in
            table.pointer.pointee.arrange(
                q8k, columnBytes, columns, shape.superblocks, index * together, together,
                arranged.bytes.assumingMemoryBound(to: UInt8.self))
        }
        let height = panelHeight(largest: functions.arranged_rows, threads: pool.threads)
        let scratchBytes = withUnsafePointer(to: format) { functions.arranged_scratch($0, shape.superblocks) }
        pool.run((shape.rows + height - 1) / height) { index in
            let first = index * height
            let scratch = UnsafeMutableRawPointer.allocate(byteCount: scratchBytes, alignment: 64)
            defer { scratch.deallocate() }
            withUnsafePointer(to: format) { format in
                hifi_gemm_arranged(
                    table.pointer, format, parts.source + first * shape.rowBytes, shape.rowBytes, min(height, shape.rows - first),
                    arranged.bytes.assumingMemoryBound(to: UInt8.self), columns, shape.superblocks, parts.target + first, shape.rows,
                    scratch.assumingMemoryBound(to: UInt8.self))
            }
        }
    }

    /// Rows of a panel: as many as the kernel takes, but fewer where threads would otherwise have nothing to do.
    private func panelHeight(largest: Int, threads: Int) -> Int {
        let strips = 32
        let share = (shape.rows + 2 * threads - 1) / (2 * threads)
        return threads == 1 ? largest : min(largest, max(strips, (share + strips - 1) / strips * strips))
    }
}

/// Memory that tasks write, each its own part, and later read.
private struct Shared: @unchecked Sendable {
    // Unchecked: see above.
    let bytes: UnsafeMutableRawPointer
    init(_ bytes: UnsafeMutableRawPointer) { self.bytes = bytes }
}
