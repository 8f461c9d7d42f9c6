import HIFIBlockSpec
import HIFICKernels
import HIFIReference
import HIFIThreads

/// The kernels of one instruction set, on as many threads as its pool has.
public struct CPUBackend: KernelBackend {
    /// The instruction set in use.
    public let isa: InstructionSet
    let table: KernelTable
    /// Its threads, for others that take turns with it.
    public let pool: ThreadPool

    /// The instruction set's name, with its variant if it has several.
    public var name: String { table.name }

    /// - Parameters:
    ///   - isa: nil takes what `HIFI_FORCE_ISA` names, else the fastest that the processor has.
    ///   - threads: the caller included.
    /// - Throws: `unavailable`.
    public init(isa: InstructionSet? = nil, threads: Int = 1) throws(KernelError) {
        let chosen: InstructionSet
        if let isa { chosen = isa } else { chosen = try InstructionSet.chosen() }
        guard let table = KernelTable(chosen) else { throw .unavailable(chosen.rawValue) }
        self.isa = chosen
        self.table = table
        pool = ThreadPool(threads: threads)
    }

    /// The matrix kernel of AMX on emulated tiles, for tests: it runs on every processor. Everything else is portable C.
    ///
    /// - Parameters:
    ///   - index: 0, or 1 for weights unpacked by AVX-512. Nil where the processor cannot run that, and for other numbers.
    ///   - threads: the caller included.
    package init?(emulatedAMX index: Int, threads: Int = 1) {
        guard let table = KernelTable(emulated: index) else { return nil }
        isa = .amx
        self.table = table
        pool = ThreadPool(threads: threads)
    }

    /// Calls that went to this instruction set's kernels since the program started, from whatever backend.
    public var entries: UInt64 { hifi_kernels_entered(table.pointer) }

    /// Whether kernels multiply this format; the others are multiplied by the reference.
    public func isNative(_ format: BlockFormat) -> Bool { KernelFormat(format)?.isMultiplied == true }

    /// All but Q8_1, Q8_K, fp64 and whole numbers.
    public func decodesNatively(_ format: BlockFormat) -> Bool { KernelFormat(format) != nil }

    /// Decodes whole blocks to fp32, bit for bit as the reference. Throws if the output does not have one number for each weight.
    public func decode(
        _ format: BlockFormat, _ blocks: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<Float>
    ) throws(KernelError) {
        if format.rowHeader != nil { return try decodeRow(format, blocks, into: output) }
        let count = try Self.blockCount(format, blocks.count)
        let (weights, overflow) = count.multipliedReportingOverflow(by: format.elements)
        guard !overflow else { throw .tooLarge }
        guard output.count == weights else { throw .wrongSize(of: "weights of the output", expected: weights, found: output.count) }
        guard count > 0, let source = blocks.baseAddress, let target = output.baseAddress else { return }
        let parts = Parts(source: source.assumingMemoryBound(to: UInt8.self), target: target)
        guard let kernel = KernelFormat(format) else { return try decodeByReference(format, count, parts) }
        let (table, c) = (table, kernel.c)
        // Pieces of about 64 Ki weights; blocks are independent of each other.
        let piece = max(1, 65536 / format.elements)
        pool.run((count + piece - 1) / piece) { index in
            let first = index * piece
            withUnsafePointer(to: c) {
                hifi_decode(
                    table.pointer, $0, parts.source + first * Int(c.stride), min(piece, count - first),
                    parts.target + first * Int(c.elements))
            }
        }
    }

    /// The header of a row and its blocks.
    private func decodeRow(
        _ format: BlockFormat, _ row: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<Float>
    ) throws(KernelError) {
        guard let weights = format.weights(inRowOf: row.count) else {
            throw .partialBlock(format: format.id, bytes: row.count, blockBytes: format.bytes)
        }
        guard output.count == weights else { throw .wrongSize(of: "weights of the output", expected: weights, found: output.count) }
        guard let kernel = KernelFormat(format) else {
            let reference = try Self.reference(format)
            // Sizes fit, and nothing else makes it throw.
            try? reference.decode(row, into: output)
            return
        }
        guard weights > 0, let source = row.baseAddress, let target = output.baseAddress else { return }
        withUnsafePointer(to: kernel.ofRow(row)) {
            hifi_decode(
                table.pointer, $0, source.assumingMemoryBound(to: UInt8.self) + format.headerBytes, weights / format.elements, target)
        }
    }

    /// Decodes whole blocks to fp16 or bf16, rounded once from fp32. Throws if the output does not have one number for each weight.
    public func decode(
        _ format: BlockFormat, _ blocks: UnsafeRawBufferPointer, as type: SmallFloat, into output: UnsafeMutableBufferPointer<UInt16>
    ) throws(KernelError) {
        let count = try Self.blockCount(format, blocks.count)
        let (weights, overflow) = count.multipliedReportingOverflow(by: format.elements)
        guard !overflow else { throw .tooLarge }
        guard output.count == weights else { throw .wrongSize(of: "weights of the output", expected: weights, found: output.count) }
        guard count > 0, let source = blocks.baseAddress, let target = output.baseAddress else { return }
        let kernel = KernelFormat(format)
        // Worked out once: where the bits of a format are takes longer than reading a few blocks.
        let reference = kernel == nil ? try Self.reference(format) : nil
        let parts = Parts(source: source.assumingMemoryBound(to: UInt8.self), target: target)
        // By way of fp32 in pieces that stay in the first-level cache, thirty-two pieces to a task.
        let piece = max(1, 2048 / format.elements)
        let task = 32 * piece
        pool.run((count + task - 1) / task) { index in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: piece * format.elements) { scratch in
                for first in stride(from: index * task, to: min(count, (index + 1) * task), by: piece) {
                    let taken = min(piece, count - first)
                    let bytes = UnsafeRawBufferPointer(start: parts.source + first * format.bytes, count: taken * format.bytes)
                    let decoded = UnsafeMutableBufferPointer(rebasing: scratch[0..<taken * format.elements])
                    decodeChecked(format, kernel, reference, bytes, into: decoded)
                    let part = UnsafeMutableBufferPointer(start: parts.target + first * format.elements, count: decoded.count)
                    convert(UnsafeBufferPointer(decoded), to: type, part)
                }
            }
        }
    }

    /// Whole blocks into as many weights, both known to fit.
    private func decodeChecked(
        _ format: BlockFormat, _ kernel: KernelFormat?, _ reference: ReferenceDecoder?, _ blocks: UnsafeRawBufferPointer,
        into output: UnsafeMutableBufferPointer<Float>
    ) {
        guard let kernel else {
            try? reference?.decode(blocks, into: output)
            return
        }
        guard let source = blocks.baseAddress, let target = output.baseAddress else { return }
        withUnsafePointer(to: kernel.c) {
            hifi_decode(table.pointer, $0, source.assumingMemoryBound(to: UInt8.self), blocks.count / format.bytes, target)
        }
    }

    private func convert(_ source: UnsafeBufferPointer<Float>, to type: SmallFloat, _ target: UnsafeMutableBufferPointer<UInt16>) {
        switch type {
        case .f16: table.pointer.pointee.to_f16(source.baseAddress, source.count, target.baseAddress)
        case .bf16: table.pointer.pointee.to_bf16(source.baseAddress, source.count, target.baseAddress)
        }
    }

    private func decodeByReference(_ format: BlockFormat, _ count: Int, _ parts: Parts<UInt8, Float>) throws(KernelError) {
        let reference = try Self.reference(format)
        let piece = max(1, 65536 / format.elements)
        pool.run((count + piece - 1) / piece) { index in
            let first = index * piece
            let taken = min(piece, count - first)
            let blocks = UnsafeRawBufferPointer(start: parts.source + first * format.bytes, count: taken * format.bytes)
            let weights = UnsafeMutableBufferPointer(start: parts.target + first * format.elements, count: taken * format.elements)
            // Sizes fit, and nothing else makes it throw.
            try? reference.decode(blocks, into: weights)
        }
    }

    private static func reference(_ format: BlockFormat) throws(KernelError) -> ReferenceDecoder {
        do { return try ReferenceDecoder(format) } catch { throw .knownBySizeOnly(format.id) }
    }

    static func blockCount(_ format: BlockFormat, _ bytes: Int) throws(KernelError) -> Int {
        guard format.rowHeader == nil, format.bytes > 0, bytes % format.bytes == 0 else {
            throw .partialBlock(format: format.id, bytes: bytes, blockBytes: format.bytes)
        }
        return bytes / format.bytes
    }
}

/// Buffers whose parts go to different threads; each task writes only its own.
struct Parts<Source, Target>: @unchecked Sendable {
    let source: UnsafePointer<Source>
    let target: UnsafeMutablePointer<Target>
}
