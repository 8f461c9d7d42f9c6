import HIFIBlockSpec
import HIFICKernels
import HIFIContent
import HIFIGGUF
import HIFIKernels
import HIFIReference

/// The work of a case, ready to run.
struct BenchSubject {
    let run: () -> Void
    /// Whether kernels do it.
    let isNative: Bool

    /// Runs once, to fail before time is spent.
    init(_ measured: BenchCase, _ input: BenchInput, _ backend: CPUBackend) throws(KernelError) {
        switch measured.operation {
        case .decode:
            try backend.decode(input.format, input.blocks, into: input.output)
            run = { try? backend.decode(input.format, input.blocks, into: input.output) }
            isNative = backend.decodesNatively(input.format)
        case .decodeF16:
            let halves = input.encoded.bindMemory(to: UInt16.self)
            try backend.decode(input.format, input.blocks, as: .f16, into: halves)
            run = { try? backend.decode(input.format, input.blocks, as: .f16, into: halves) }
            isNative = backend.decodesNatively(input.format)
        case .dot, .gemm:
            try backend.multiply(input.format, input.blocks, by: input.activations, into: input.output)
            run = { try? backend.multiply(input.format, input.blocks, by: input.activations, into: input.output) }
            isNative = backend.isNative(input.format)
        case .activation:
            run = try Self.quantizer(input, measured.isa)
            isNative = true
        case .encode:
            (run, isNative) = try Self.encoder(input, backend)
        case .scan:
            let scan = HashedScan(input, measured.isa)
            guard scan.findsNothing else { throw .unavailable("a scan without findings of made-up \(input.format.id) blocks") }
            run = scan.scan
            isNative = !scan.scanner.quickChecks.isEmpty
        }
    }

    /// The table's function itself: the backend's makes an array for each result.
    private static func quantizer(_ input: BenchInput, _ isa: InstructionSet) throws(KernelError) -> () -> Void {
        guard let table = hifi_kernels_named(isa.rawValue) else { throw .unavailable(isa.rawValue) }
        let function: @convention(c) (UnsafePointer<Float>?, Int, UnsafeMutablePointer<UInt8>?) -> Void
        switch input.format.id {
        case "q8_k": function = table.pointee.quantize_q8k
        case "q8_0": function = table.pointee.quantize_q80
        default: throw .unavailable("quantizing activations to \(input.format.id)")
        }
        let target = input.encoded.bindMemory(to: UInt8.self)
        return { function(input.values.baseAddress, input.values.count, target.baseAddress) }
    }

    private static func encoder(_ input: BenchInput, _ backend: CPUBackend) throws(KernelError) -> (() -> Void, Bool) {
        do {
            let encoder = try BlockEncoder(input.format, backend: backend)
            try encoder.encode(rows: input.values, columns: input.columns, importance: nil, into: input.encoded)
            let run: () -> Void = {
                try? encoder.encode(rows: input.values, columns: input.columns, importance: nil, into: input.encoded)
            }
            return (run, encoder.isNative)
        } catch {
            throw .unavailable("encoding to \(input.format.id)")
        }
    }
}

/// The content checks with and without the digest, chunk by chunk as verification does it.
struct HashedScan {
    let scanner: ContentScanner
    private let blocks: UnsafeRawBufferPointer
    private let hasher = MultiHasher([.xxh3])

    init(_ input: BenchInput, _ isa: InstructionSet) {
        scanner = ContentScanner(input.format, isa: isa)
        blocks = input.blocks
    }

    /// Whether the blocks pass every check. Blocks that do not are looked at one by one, which is another measurement.
    var findsNothing: Bool { !scanner.checks.isEmpty && scanned().counts.allSatisfy { $0 == 0 } }

    func scan() { _ = scanned() }

    func hash() { each { chunk, _ in hasher.update(chunk) } }

    func hashAndScan() {
        var tally = ContentTally(checks: scanner.checks.count, exampleLimit: 1)
        each { chunk, block in
            hasher.update(chunk)
            scanner.scan(chunk, firstBlock: block, into: &tally)
        }
    }

    private func scanned() -> ContentTally {
        var tally = ContentTally(checks: scanner.checks.count, exampleLimit: 1)
        each { chunk, block in scanner.scan(chunk, firstBlock: block, into: &tally) }
        return tally
    }

    private func each(_ body: (UnsafeRawBufferPointer, Int) -> Void) {
        let chunkBytes = scanner.chunkBytes
        for start in stride(from: 0, to: blocks.count, by: chunkBytes) {
            body(UnsafeRawBufferPointer(rebasing: blocks[start..<min(start + chunkBytes, blocks.count)]), start / scanner.format.bytes)
        }
    }
}
