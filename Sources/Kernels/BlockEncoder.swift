import HIFIBlockSpec
import HIFICKernels
import HIFIReference
import Synchronization

/// Encodes rows of weights to blocks: the bytes of `ReferenceEncoder`, sooner.
///
/// One value can serve any number of threads at once. Rows do not depend on each other: callers may hand in a tensor and
/// let the backend's threads share it, or cut it into rows themselves (then with a backend of one thread each, so that
/// they need not wait for each other).
public struct BlockEncoder: Sendable {
    /// The rules, and the fallback for what the kernels do not do.
    let reference: ReferenceEncoder
    private let backend: CPUBackend
    private let kernel: EncodeKernel?
    /// The reference with kernels for its search of entries; nil for formats without such a search.
    private let searcher: ReferenceEncoder?
    /// Where the fp16 scale of a block lies; nil for formats without.
    let halfScale: Int?

    /// What is encoded to.
    public var format: BlockFormat { reference.format }
    /// Which of llama.cpp's two entry points.
    public var path: ReferenceEncoder.Path { reference.path }
    /// What happens to weights out of range.
    public var policy: InputPolicy { reference.policy }
    /// Outliers per block that were asked for; nil for formats without.
    public var outliers: Int? { reference.outliers }
    /// The instruction set of the kernels.
    public var isa: InstructionSet { backend.isa }

    /// - Parameters:
    ///   - outliers: as of `ReferenceEncoder`; likewise `modelBillions`, `policy` and `refusesSpoiling`.
    ///   - backend: whose instruction set and threads are used.
    /// - Throws: `noEncoder`, `outlierCount`.
    public init(
        _ format: BlockFormat, path: ReferenceEncoder.Path = .chunk, outliers: Int? = nil, modelBillions: Float? = nil,
        policy: InputPolicy = .reject, refusesSpoiling: Bool = false, backend: CPUBackend
    ) throws(EncodeError) {
        reference = try ReferenceEncoder(
            format, path: path, outliers: outliers, modelBillions: modelBillions, policy: policy, refusesSpoiling: refusesSpoiling)
        self.backend = backend
        // The reference path of the codebook type is another search, whose codes depend on the block before (ENC-16).
        halfScale = (format.field("d") ?? format.field("scale16")).flatMap { $0.type == .f16 && $0.parts.isEmpty ? $0.offset : nil }
        kernel = path == .reference && format.encoding?.search == .codebook ? nil : EncodeKernel(format, outliers: reference.outliers)
        searcher =
            switch format.encoding?.search {
            case .iq2xxs, .iq2xs, .iq2s, .iq3xxs, .iq3s:
                try EntryTable.maker(backend.table).map { maker throws(EncodeError) in
                    try ReferenceEncoder(
                        format, path: path, outliers: outliers, modelBillions: modelBillions, policy: policy,
                        refusesSpoiling: refusesSpoiling, entries: maker)
                }
            default: nil
            }
    }

    /// Whether there are kernels for the format; if not, this is the reference's speed.
    public var isNative: Bool { kernel != nil || searcher != nil }

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
            try shareOut(rows, columns, importance, output)
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

    /// Rows by the reference, or the one with kernels inside, shared out to the threads.
    ///
    /// On the reference path a block may keep codes of the block before it, whatever row that is in (ENC-16).
    private func shareOut(
        _ rows: UnsafeBufferPointer<Float>, _ columns: Int, _ importance: UnsafeBufferPointer<Float>?,
        _ output: UnsafeMutableRawBufferPointer
    ) throws(EncodeError) {
        let isWhole = columns > 0 && columns % format.elements == 0 && rows.count % columns == 0
        guard isWhole, path == .chunk, rows.count > columns else { return try encodeByReference(rows, columns, importance, output) }
        // What sums could not hold, the reference does: it also decides what becomes of a NaN.
        let worker = fits(rows, columns, importance) ? searcher ?? reference : reference
        let job = ReferenceJob(
            encoder: worker, importance: importance.map(Array.init), columns: columns, rows: rows, output: output,
            rowBytes: encodedBytes(weights: columns))
        let count = rows.count / columns
        let piece = max(1, 16384 / columns)
        let tasks = (count + piece - 1) / piece
        let errors = Mutex<[Int: EncodeError]>([:])
        backend.pool.run(tasks) { index in
            let first = index * piece
            guard let error = job.run(first..<min(count, first + piece)) else { return }
            errors.withLock { $0[first] = error }
        }
        let found = errors.withLock { $0.sorted { $0.key < $1.key } }
        // Weights out of range are what the reference looks for first.
        let worst = found.first { if case .badWeight = $0.value { true } else { false } } ?? found.first
        if let worst { throw worst.value.moved(down: worst.key) }
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

    /// Throws what the reference would: the first weight out of range, else what spoils the first row that came out wrong.
    private func report(
        _ trouble: [EncodeTrouble], _ rows: UnsafeBufferPointer<Float>, _ columns: Int, _ importance: UnsafeBufferPointer<Float>?
    ) throws(EncodeError) {
        for case .badWeight(let row, let column) in trouble {
            throw .badWeight(rows, at: row * columns + column, columns: columns, format.weightRange)
        }
        for case .spoiled(let row) in trouble {
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
        if case .failure(let error) = result { throw error.moved(down: row) }
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
    /// A stored scale is not finite, or importances made a block lose all its weights.
    case spoiled(row: Int)
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
        let beyond = firstBeyond(rows)
        if beyond == weights, !encode(rows) || encoder.policy == .asOriginal { return lostRow(rows) }
        if beyond < weights, encoder.policy == .reject {
            return .badWeight(row: rows.lowerBound + beyond / columns, column: beyond % columns)
        }
        for row in rows {
            // Each row again, as few by the reference as need it.
            let inRange = firstBeyond(row..<row + 1) == columns
            let overflows = inRange && encode(row..<row + 1)
            // What came out not finite, the reference refuses, clamps or, for a NaN, leaves as llama.cpp does.
            if !inRange || overflows, !byReference(row) { return .spoiled(row: row) }
        }
        return lostRow(rows)
    }

    /// The place among the weights of some rows of the first that no block can hold; their number if there is none.
    private func firstBeyond(_ rows: Range<Int>) -> Int {
        let weights = rows.count * columns
        let start = source + rows.lowerBound * columns
        let range = encoder.format.weightRange
        let first = table.pointer.pointee.first_beyond(start, weights, encoder.format.clampedWeight)
        return first == weights ? weights : (first..<weights).first { !range.contains(start[$0]) } ?? weights
    }

    /// Looks for a row with a block that stores nothing of weights that its importances count, which the reference refuses.
    private func lostRow(_ rows: Range<Int>) -> EncodeTrouble {
        guard let importance, encoder.reference.refusesSpoiling, let d = encoder.halfScale else { return .none }
        let (elements, bytes) = (encoder.format.elements, encoder.format.bytes)
        for row in rows {
            let first = target + row * rowBytes
            for block in 0..<columns / elements where (first[block * bytes + d] | first[block * bytes + d + 1] & 0x7F) == 0 {
                let x = source + row * columns + block * elements
                let isCounted = (0..<elements).contains { x[$0] != 0 && importance[block * elements + $0] > 0 }
                guard isCounted, encoder.format.storesNothing(UnsafeRawBufferPointer(start: first + block * bytes, count: bytes)) else {
                    continue
                }
                // The row once more by the reference, which knows whether the weights themselves are too small.
                if byReference(row) { break }
                return .spoiled(row: row)
            }
        }
        return .none
    }

    /// True if a stored scale is not finite.
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

    /// False where the reference refuses the row.
    private func byReference(_ row: Int) -> Bool {
        let weights = UnsafeBufferPointer(start: source + row * columns, count: columns)
        let bytes = UnsafeMutableRawBufferPointer(start: target + row * rowBytes, count: rowBytes)
        do { try encoder.encodeByReference(weights, columns, importance, bytes) } catch { return false }
        return true
    }
}

/// Rows under way by the reference. Each task reads and writes rows of its own only.
private struct ReferenceJob: @unchecked Sendable {
    // Unchecked: `rows` is read only, and the parts of `output` are disjoint by row.
    let encoder: ReferenceEncoder
    let importance: [Float]?
    let columns: Int
    let rows: UnsafeBufferPointer<Float>
    let output: UnsafeMutableRawBufferPointer
    let rowBytes: Int

    /// What the encoder throws for some rows, its rows counted from the first of them.
    func run(_ range: Range<Int>) -> EncodeError? {
        let bytes = UnsafeMutableRawBufferPointer(rebasing: output[range.lowerBound * rowBytes..<range.upperBound * rowBytes])
        _ = bytes.initializeMemory(as: UInt8.self, repeating: 0)
        let weights = UnsafeBufferPointer(rebasing: rows[range.lowerBound * columns..<range.upperBound * columns])
        do throws(EncodeError) {
            try encoder.encode(weights, columns: columns, importance: importance, into: bytes)
            return nil
        } catch {
            return error
        }
    }
}

/// One answer per task, each written by its task only.
private struct Slots: @unchecked Sendable {
    private let buffer: UnsafeMutableBufferPointer<EncodeTrouble>

    init(_ buffer: UnsafeMutableBufferPointer<EncodeTrouble>) { self.buffer = buffer }

    func put(_ trouble: EncodeTrouble, at index: Int) { buffer[index] = trouble }
}
