import HIFIBlockSpec
import HIFIKernels

/// Memory of a measurement, filled the same way each time.
final class BenchData {
    let input: BenchInput
    /// Bytes that a run needs to read and write at least.
    let bytesRead: Int
    let bytesWritten: Int
    private let allocations: [UnsafeMutableRawBufferPointer]

    /// - Throws: `rowLength`, `wrongSize`, `tooLarge`.
    init(_ measured: BenchCase, _ format: BlockFormat, _ backend: CPUBackend) throws(KernelError) {
        let columns = measured.columns
        guard columns > 0, columns % 256 == 0, columns % format.elements == 0 else {
            throw .rowLength(format: format.id, columns: columns, multipleOf: max(256, format.elements))
        }
        guard measured.rows > 0, measured.activationRows > 0 else { throw .wrongSize(of: "rows", expected: 1, found: 0) }
        let weights = measured.rows.multipliedReportingOverflow(by: max(columns, measured.activationRows))
        let inputs = measured.activationRows.multipliedReportingOverflow(by: columns)
        // A few gigabytes at most: a slip of a command line must not fill the machine.
        let limit = 1 << 30
        guard !weights.overflow, !inputs.overflow, max(weights.partialValue, inputs.partialValue) <= limit else { throw .tooLarge }

        let all = measured.rows * columns
        let blockBytes = all / format.elements * format.bytes
        var sizes = (blocks: blockBytes, values: 0, output: 0, encoded: 0)
        switch measured.operation {
        case .decode: sizes.output = all
        case .decodeF16: sizes.encoded = 2 * all
        case .dot, .gemm: (sizes.values, sizes.output) = (inputs.partialValue, measured.rows * measured.activationRows)
        case .activation, .encode: (sizes.blocks, sizes.values, sizes.encoded) = (0, all, blockBytes)
        case .scan: break
        }
        let blocks = Self.memory(sizes.blocks)
        let values = Self.memory(4 * sizes.values)
        let output = Self.memory(4 * sizes.output)
        let encoded = Self.memory(sizes.encoded)
        allocations = [blocks, values, output, encoded]
        BenchBlocks.fill(blocks, format)
        let floats = values.bindMemory(to: Float.self)
        BenchBlocks.fill(floats)
        var activations: ActivationRows?
        if measured.operation == .dot || measured.operation == .gemm {
            do { activations = try backend.quantize(UnsafeBufferPointer(floats), columns: columns) } catch {
                allocations.forEach { $0.deallocate() }
                throw error
            }
        }
        let none = try ActivationRows(q8k: [], columns: columns)
        bytesRead = sizes.blocks + (activations?.bytes.count ?? 4 * sizes.values)
        bytesWritten = 4 * sizes.output + sizes.encoded
        input = BenchInput(
            format: format, rows: measured.rows, columns: columns, blocks: UnsafeRawBufferPointer(blocks),
            values: UnsafeBufferPointer(floats), activations: activations ?? none, output: output.bindMemory(to: Float.self),
            encoded: encoded)
    }

    deinit { allocations.forEach { $0.deallocate() } }

    /// Zeroed, so that no page is touched for the first time while the clock runs.
    private static func memory(_ bytes: Int) -> UnsafeMutableRawBufferPointer {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 4096)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        return memory
    }
}
