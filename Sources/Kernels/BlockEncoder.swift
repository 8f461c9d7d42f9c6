import BlockSpec
import CKernels
import Reference

/// Encodes rows of weights to blocks: the bytes of `ReferenceEncoder`, sooner.
///
/// One value can serve any number of threads at once. Rows do not depend on each other: callers may hand in a tensor and
/// let the backend's threads share it, or cut it into rows themselves (then with a backend of one thread each, so that
/// they need not wait for each other).
public struct BlockEncoder: Sendable {
    /// The rules, and whoever does what the kernels do not.
    let reference: ReferenceEncoder
    private let backend: CPUBackend
    private let kernel: EncodeKernel?

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
        // The reference path of the codebook type is another search, whose codes depend on the block before (ENC-16).
        kernel = path == .reference && format.id == "iq4_nl" ? nil : EncodeKernel(format, outliers: reference.outliers)
    }

    /// Whether there are kernels for the format; if not, this is the reference's speed.
    public var isNative: Bool { kernel != nil }

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
        precondition(output.count == encodedBytes(weights: rows.count), "output must hold exactly the encoded rows")
        guard let kernel, fits(rows, columns, importance), let source = rows.baseAddress, let target = output.baseAddress else {
            try encodeByReference(rows, columns, importance, output)
            return
        }
        let job = EncodeJob(
            encoder: self, table: backend.table, kernel: kernel, importance: importance, columns: columns, source: source,
            target: target.assumingMemoryBound(to: UInt8.self), rowBytes: encodedBytes(weights: columns))
        let count = rows.count / columns
        // Pieces of about 64 Ki weights, whole rows.
        let piece = max(1, 65536 / columns)
        let tasks = (count + piece - 1) / piece
        let trouble = [EncodeTrouble](unsafeUninitializedCapacity: tasks) { buffer, used in
            buffer.initialize(repeating: .none)
            used = tasks
            let found = Slots(buffer)
            backend.pool.run(tasks) { index in
                found.put(job.run(index * piece..<min(count, (index + 1) * piece)), at: index)
            }
        }
        try report(trouble, rows, columns, importance)
    }

    /// Shapes and importances that the kernels take; the reference has the words for the others.
    private func fits(_ rows: UnsafeBufferPointer<Float>, _ columns: Int, _ importance: UnsafeBufferPointer<Float>?) -> Bool {
        guard columns > 0, columns % format.elements == 0, rows.count % columns == 0, rows.count > 0 else { return false }
        guard let importance else { return true }
        // Below this no sum over a block can overflow, so no NaN of one processor meets one of another.
        let most: Float = 1e18
        guard path == .chunk, importance.count == columns, let values = importance.baseAddress else { return false }
        return importance.allSatisfy { $0 >= 0 } && backend.table.pointer.pointee.first_beyond(values, columns, most) == columns
    }

    /// Throws what the reference would: the first weight out of range, else the first scale that overflowed.
    private func report(
        _ trouble: [EncodeTrouble], _ rows: UnsafeBufferPointer<Float>, _ columns: Int, _ importance: UnsafeBufferPointer<Float>?
    ) throws(EncodeError) {
        for case .badWeight(let row, let column) in trouble {
            throw .badWeight(row: row, column: column, value: rows[row * columns + column], largest: format.largestWeight)
        }
        for case .overflow(let row) in trouble {
            let weights = UnsafeBufferPointer(rebasing: rows[row * columns..<(row + 1) * columns])
            try encodeRow(row, weights, importance, into: [UInt8](repeating: 0, count: encodedBytes(weights: columns)))
        }
    }

    /// One row by the reference, for the error it throws.
    private func encodeRow(
        _ row: Int, _ weights: UnsafeBufferPointer<Float>, _ importance: UnsafeBufferPointer<Float>?, into scratch: [UInt8]
    ) throws(EncodeError) {
        var scratch = scratch
        let result: Result<Void, EncodeError> = scratch.withUnsafeMutableBytes { bytes in
            Result { () throws(EncodeError) in try encodeByReference(weights, weights.count, importance, bytes) }
        }
        if case .failure(.scaleOverflow(_, let column, let field)) = result {
            throw .scaleOverflow(row: row, column: column, field: field)
        }
        try result.get()
    }

    func encodeByReference(
        _ rows: UnsafeBufferPointer<Float>, _ columns: Int, _ importance: UnsafeBufferPointer<Float>?,
        _ output: UnsafeMutableRawBufferPointer
    ) throws(EncodeError) {
        _ = output.initializeMemory(as: UInt8.self, repeating: 0)
        try reference.encode(rows, columns: columns, importance: importance.map(Array.init), into: output)
    }
}

/// The first thing in some rows that the kernels cannot answer for.
enum EncodeTrouble: Sendable {
    case none
    case badWeight(row: Int, column: Int)
    /// A stored scale became infinite.
    case overflow(row: Int)
}

/// Rows under way. Each task reads and writes rows of its own only.
private struct EncodeJob: @unchecked Sendable {
    // Unchecked: the pointers are read only, but for `target`, whose parts are disjoint by row.
    let encoder: BlockEncoder
    let table: KernelTable
    let kernel: EncodeKernel
    let importance: UnsafeBufferPointer<Float>?
    let columns: Int
    let source: UnsafePointer<Float>
    let target: UnsafeMutablePointer<UInt8>
    let rowBytes: Int

    func run(_ rows: Range<Int>) -> EncodeTrouble {
        let weights = rows.count * columns
        let beyond = table.pointer.pointee.first_beyond(source + rows.lowerBound * columns, weights, encoder.format.largestWeight)
        if beyond == weights, !encode(rows) || encoder.policy == .asOriginal { return .none }
        if beyond < weights, encoder.policy == .reject {
            return .badWeight(row: rows.lowerBound + beyond / columns, column: beyond % columns)
        }
        for row in rows {
            // Each row anew, as few by the reference as need it.
            let inRange =
                table.pointer.pointee.first_beyond(source + row * columns, columns, encoder.format.largestWeight) == columns
            let overflows = inRange && encode(row..<row + 1)
            if overflows, encoder.policy == .reject { return .overflow(row: row) }
            if !inRange || (overflows && encoder.policy == .clamp) { byReference(row) }
        }
        return .none
    }

    /// True if a stored scale became infinite.
    private func encode(_ rows: Range<Int>) -> Bool {
        let weights = source + rows.lowerBound * columns
        let bytes = target + rows.lowerBound * rowBytes
        switch kernel {
        case .blocks(let format):
            let blocks = columns / encoder.format.elements
            return withUnsafePointer(to: importance == nil ? format.plain : format.guided) {
                hifi_encode(table.pointer, $0, weights, importance?.baseAddress, blocks, rows.count * blocks, bytes) != 0
            }
        case .scalars(let type):
            let count = rows.count * columns
            return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 1024) { scratch in
                // By way of aligned scratch: the output may lie at any address.
                guard let halves = scratch.baseAddress else { return false }
                for first in stride(from: 0, to: count, by: 1024) {
                    let taken = min(1024, count - first)
                    switch type {
                    case .f16: table.pointer.pointee.to_f16(weights + first, taken, halves)
                    case .bf16: table.pointer.pointee.to_bf16(weights + first, taken, halves)
                    }
                    UnsafeMutableRawPointer(bytes + 2 * first).copyMemory(from: halves, byteCount: 2 * taken)
                }
                return false
            }
        case .copy:
            UnsafeMutableRawPointer(bytes).copyMemory(from: weights, byteCount: rows.count * rowBytes)
            return false
        }
    }

    /// Neither policy under which this is called throws for a row.
    private func byReference(_ row: Int) {
        let weights = UnsafeBufferPointer(start: source + row * columns, count: columns)
        let bytes = UnsafeMutableRawBufferPointer(start: target + row * rowBytes, count: rowBytes)
        try? encoder.encodeByReference(weights, columns, importance, bytes)
    }
}

/// One answer per task, each written by its task only.
private struct Slots: @unchecked Sendable {
    private let buffer: UnsafeMutableBufferPointer<EncodeTrouble>

    init(_ buffer: UnsafeMutableBufferPointer<EncodeTrouble>) { self.buffer = buffer }

    func put(_ trouble: EncodeTrouble, at index: Int) { buffer[index] = trouble }
}
