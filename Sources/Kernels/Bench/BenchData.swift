import BlockSpec

/// Memory of a measurement, filled the same way each time.
final class BenchData {
    let input: BenchInput
    let halves: UnsafeMutableBufferPointer<UInt16>
    private let blocks: UnsafeMutableRawBufferPointer
    private let values: UnsafeMutableBufferPointer<Float>
    private let output: UnsafeMutableBufferPointer<Float>

    /// - Throws: `rowLength`, `tooLarge`.
    init(_ measured: BenchCase, _ format: BlockFormat, _ backend: CPUBackend) throws(KernelError) {
        let columns = measured.columns
        guard columns > 0, columns % 256 == 0, columns % format.elements == 0 else {
            throw .rowLength(format: format.id, columns: columns, multipleOf: max(256, format.elements))
        }
        guard measured.rows > 0, measured.activationRows > 0 else { throw .wrongSize(of: "rows", expected: 1, found: 0) }
        let activationRows = measured.operation == .quantize ? measured.rows : measured.activationRows
        let products = measured.rows.multipliedReportingOverflow(by: max(columns, activationRows))
        let inputs = activationRows.multipliedReportingOverflow(by: columns)
        // A few gigabytes at most: a slip of a command line must not fill the machine.
        let limit = 1 << 30
        guard !products.overflow, !inputs.overflow, max(products.partialValue, inputs.partialValue) <= limit else { throw .tooLarge }
        let isProduct = measured.operation == .dot || measured.operation == .gemm
        let results = measured.rows * (isProduct ? measured.activationRows : columns)
        blocks = .allocate(byteCount: measured.rows * (columns / format.elements) * format.bytes, alignment: 64)
        values = .allocate(capacity: inputs.partialValue)
        output = .allocate(capacity: results)
        halves = .allocate(capacity: measured.operation == .decodeF16 ? results : 1)
        output.initialize(repeating: 0)
        halves.initialize(repeating: 0)
        Self.fill(blocks, format)
        var state: UInt64 = 1
        // Sums of four uniform numbers are close enough to a bell curve.
        for i in values.indices {
            var sum: Float = 0
            for _ in 0..<4 { sum += Float(Self.next(&state) >> 40) * 0x1p-24 - 0.5 }
            values.initializeElement(at: i, to: sum)
        }
        let activations: ActivationRows
        do {
            activations = try backend.quantize(UnsafeBufferPointer(values), columns: columns)
        } catch {
            blocks.deallocate()
            values.deallocate()
            output.deallocate()
            halves.deallocate()
            throw error
        }
        input = BenchInput(
            format: format, rows: measured.rows, columns: columns, blocks: UnsafeRawBufferPointer(blocks),
            values: UnsafeBufferPointer(values), activations: activations, output: output)
    }

    deinit {
        blocks.deallocate()
        values.deallocate()
        output.deallocate()
        halves.deallocate()
    }

    /// Bytes that a run needs to read and write at least.
    func bytes(of measured: BenchCase) -> (read: Int, written: Int) {
        switch measured.operation {
        case .decode: (blocks.count, 4 * output.count)
        case .decodeF16: (blocks.count, 2 * output.count)
        case .quantize: (4 * values.count, input.activations.bytes.count)
        case .dot, .gemm: (blocks.count + input.activations.bytes.count, 4 * output.count)
        }
    }

    /// Random codes; scales as tensors have them; outlier positions that rise, all slots in use.
    private static func fill(_ blocks: UnsafeMutableRawBufferPointer, _ format: BlockFormat) {
        var state: UInt64 = 2
        for i in blocks.indices { blocks[i] = UInt8(truncatingIfNeeded: next(&state) >> 32) }
        let rule = format.decoding?.correction
        for block in stride(from: 0, to: blocks.count, by: format.bytes) {
            for field in format.fields where field.type.canBeNonFinite {
                for k in 0..<field.count {
                    let place = block + field.offset + k * field.type.bytes
                    // 2^−7 with some fraction bits, in either width.
                    let fraction = UInt32(truncatingIfNeeded: next(&state) >> 32)
                    if field.type == .f32 {
                        blocks.storeBytes(of: 0x3C00_0000 | fraction & 0x7F_FFFF, toByteOffset: place, as: UInt32.self)
                    }
                    if field.type == .f16 {
                        let bits = 0x2000 | UInt16(truncatingIfNeeded: fraction & 0x3FF)
                        blocks.storeBytes(of: bits, toByteOffset: place, as: UInt16.self)
                    }
                }
            }
            if let rule, let index = format.field(rule.index), index.type == .u8 {
                for k in 0..<index.count {
                    blocks[block + index.offset + k] = UInt8(truncatingIfNeeded: k * 256 / index.count + Int(next(&state) >> 60))
                }
            }
            if let count = rule?.count, let field = format.field(count.field) {
                blocks[block + field.offset] = UInt8(truncatingIfNeeded: count.maximum)
            }
        }
    }

    private static func next(_ state: inout UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state
    }
}
