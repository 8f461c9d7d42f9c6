import HIFIBlockSpec
import HIFICKernels
import HIFIKernels
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Memory that ends where an unreadable page begins, and starts after one.
final class GuardedBytes {
    private let start: UnsafeMutableRawPointer
    private let length: Int
    private let page: Int
    /// `count` bytes, the last of which is the last readable one (or the first the first, if `atStart`).
    let bytes: UnsafeMutableRawBufferPointer

    init?(_ count: Int, atStart: Bool = false) {
        page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let inner = max(1, (count + page - 1) / page) * page
        length = inner + 2 * page
        let mapped = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapped, mapped != MAP_FAILED else { return nil }
        start = mapped
        guard mprotect(mapped, page, PROT_NONE) == 0, mprotect(mapped + page + inner, page, PROT_NONE) == 0 else { return nil }
        let first = atStart ? mapped + page : mapped + page + inner - count
        bytes = UnsafeMutableRawBufferPointer(start: first, count: count)
    }

    convenience init?(_ content: [UInt8], atStart: Bool = false) {
        self.init(content.count, atStart: atStart)
        bytes.copyBytes(from: content)
    }

    deinit { munmap(start, length) }
}

@Suite("Kernels stay inside their buffers")
struct GuardPageTests {
    @Test("no read before the first or past the last block, no write past the output", arguments: Pairing.all)
    func guarded(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        let superblock = max(1, 256 / format.elements)
        for (columns, rows) in [(256, 1), (256, 2), (256, 3), (1024, 1), (1280, 2)] {
            let values = Samples.activations(columns, seed: 8)
            let count = superblock * rows * columns / 256
            let blocks = Samples.hostile(format, blocks: count, seed: 6)
            for atStart in [false, true] {
                let input = try #require(GuardedBytes(blocks, atStart: atStart))
                let output = try #require(GuardedBytes(4 * count * format.elements, atStart: atStart))
                try backend.decode(format, UnsafeRawBufferPointer(input.bytes), into: output.bytes.bindMemory(to: Float.self))
                let small = try #require(GuardedBytes(2 * count * format.elements, atStart: atStart))
                for type in SmallFloat.allCases {
                    let target = small.bytes.bindMemory(to: UInt16.self)
                    try backend.decode(format, UnsafeRawBufferPointer(input.bytes), as: type, into: target)
                }
                // The last row ends at the guard page.
                let activations = try backend.quantize(values, columns: columns)
                let products = try #require(GuardedBytes(4 * rows, atStart: atStart))
                try backend.multiply(
                    format, UnsafeRawBufferPointer(input.bytes), by: activations, into: products.bytes.bindMemory(to: Float.self))
                let many = try backend.quantize((0..<9).flatMap { _ in values }, columns: columns)
                let matrix = try #require(GuardedBytes(4 * 9 * rows, atStart: atStart))
                try backend.multiply(format, UnsafeRawBufferPointer(input.bytes), by: many, into: matrix.bytes.bindMemory(to: Float.self))
            }
        }
    }

    @Test("formats that are decoded only too, in any number", arguments: Pairing.decodedOnly)
    func guardedDecoding(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        for count in 1..<70 {
            let values = Samples.hostile(format, blocks: count, seed: 6)
            for atStart in [false, true] {
                let input = try #require(GuardedBytes(values, atStart: atStart))
                let output = try #require(GuardedBytes(4 * count * format.elements, atStart: atStart))
                try backend.decode(format, UnsafeRawBufferPointer(input.bytes), into: output.bytes.bindMemory(to: Float.self))
            }
        }
    }

    @Test("rows with headers too", arguments: Pairing.rows)
    func guardedRows(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        for count in 0..<40 {
            let row = Samples.hostileRow(format, blocks: count, special: nil, seed: 6)
            for atStart in [false, true] {
                let input = try #require(GuardedBytes(row, atStart: atStart))
                let output = try #require(GuardedBytes(4 * count * format.elements, atStart: atStart))
                try backend.decode(format, UnsafeRawBufferPointer(input.bytes), into: output.bytes.bindMemory(to: Float.self))
            }
        }
    }

    /// Through the C interface: the Swift one holds activations in arrays of its own.
    @Test("activations are read in bounds, at any address", arguments: InstructionSet.available)
    func activationBlocks(_ isa: InstructionSet) throws {
        let kernels = try #require(hifi_kernels_named(isa.rawValue))
        for (format, id) in Self.described {
            for superblocks in [1, 4, 5] {
                let columns = 256 * superblocks
                let weights = Samples.finite(try #require(Spec.format(id)), blocks: columns / Int(format.elements), seed: 14)
                let q8k = try CPUBackend(isa: isa).quantize(Samples.activations(columns, seed: 15), columns: columns).bytes
                func product(_ activations: UnsafeRawBufferPointer) -> UInt32 {
                    var (result, format) = (Float.nan, format)
                    let address = activations.bindMemory(to: UInt8.self).baseAddress
                    hifi_dot_rows(kernels, &format, weights, weights.count, 1, address, superblocks, &result)
                    return result.bitPattern
                }
                let expected = q8k.withUnsafeBytes { product($0) }
                #expect(!Float(bitPattern: expected).isNaN)
                for atStart in [false, true] {
                    let guarded = try #require(GuardedBytes(q8k, atStart: atStart))
                    #expect(product(UnsafeRawBufferPointer(guarded.bytes)) == expected, "\(id)")
                }
                for offset in 0..<64 {
                    let shifted = [UInt8](repeating: 0x5A, count: offset) + q8k
                    let found = shifted.withUnsafeBytes { product(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
                    #expect(found == expected, "\(id), offset \(offset)")
                }
            }
        }
    }

    /// Every format with products, in the terms of the C kernels.
    private static let described: [(hifi_format, String)] = Spec.formats.compactMap { format in
        KernelFormat(format).flatMap { $0.isMultiplied ? ($0.c, format.id) : nil }
    }

    @Test("fp32 is read and activation blocks written in bounds, at any address", arguments: InstructionSet.available)
    func activations(_ isa: InstructionSet) throws {
        let backend = try CPUBackend(isa: isa)
        let kernels = try #require(hifi_kernels_named(isa.rawValue)).pointee
        let samples = Samples.activations(768, seed: 7)
        let (q8k, q80) = (
            try backend.quantize(samples, columns: 768).bytes, try samples.withUnsafeBufferPointer { try backend.quantizeQ80($0) }
        )
        for atStart in [false, true] {
            let input = try #require(GuardedBytes(4 * 768, atStart: atStart))
            let values = input.bytes.bindMemory(to: Float.self)
            for (i, value) in samples.enumerated() { values[i] = value }
            for (expected, quantize) in [(q8k, kernels.quantize_q8k), (q80, kernels.quantize_q80)] {
                let output = try #require(GuardedBytes(expected.count, atStart: atStart))
                quantize?(values.baseAddress, 768, output.bytes.bindMemory(to: UInt8.self).baseAddress)
                #expect(Array(output.bytes) == expected)
            }
        }
        for offset in 0..<16 {
            let shifted = [Float](repeating: 9e9, count: offset) + samples
            let found = try shifted.withUnsafeBufferPointer { values in
                let here = UnsafeBufferPointer(rebasing: values[offset...])
                return (try backend.quantize(here, columns: 768).bytes, try backend.quantizeQ80(here))
            }
            #expect(found == (q8k, q80), "offset \(offset)")
        }
    }
}
