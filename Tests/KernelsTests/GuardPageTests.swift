import BlockSpec
import Kernels
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
        let values = Samples.activations(256, seed: 8)
        for count in [superblock, 2 * superblock, 3 * superblock] {
            let blocks = Samples.hostile(format, blocks: count, seed: 6)
            for atStart in [false, true] {
                let input = try #require(GuardedBytes(blocks, atStart: atStart))
                let output = try #require(GuardedBytes(4 * count * format.elements, atStart: atStart))
                try backend.decode(format, UnsafeRawBufferPointer(input.bytes), into: output.bytes.bindMemory(to: Float.self))
                // Rows of 256: as many as there are super-blocks, so the last row ends at the guard page.
                let activations = try backend.quantize(values, columns: 256)
                let products = try #require(GuardedBytes(4 * (count / superblock), atStart: atStart))
                try backend.multiply(
                    format, UnsafeRawBufferPointer(input.bytes), by: activations, into: products.bytes.bindMemory(to: Float.self))
                let many = try backend.quantize((0..<9).flatMap { _ in values }, columns: 256)
                let matrix = try #require(GuardedBytes(4 * 9 * (count / superblock), atStart: atStart))
                try backend.multiply(format, UnsafeRawBufferPointer(input.bytes), by: many, into: matrix.bytes.bindMemory(to: Float.self))
            }
        }
    }

    @Test("activations are read and blocks written in bounds", arguments: InstructionSet.available)
    func activations(_ isa: InstructionSet) throws {
        let backend = try CPUBackend(isa: isa)
        let input = try #require(GuardedBytes(4 * 768))
        let values = input.bytes.bindMemory(to: Float.self)
        for (i, value) in Samples.activations(768, seed: 7).enumerated() { values[i] = value }
        #expect(try backend.quantize(UnsafeBufferPointer(values), columns: 768).bytes.count == 3 * 292)
        #expect(try backend.quantizeQ80(UnsafeBufferPointer(values)).count == 24 * 34)
    }
}
