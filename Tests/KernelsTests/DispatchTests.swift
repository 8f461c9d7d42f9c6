import Foundation
import HIFIBlockSpec
import HIFIKernels
import Testing

@Suite("The requested instruction set is the one that runs")
struct DispatchTests {
    /// Other tests run beside this one, so counts of a table can only be compared as "grew".
    @Test("a forced set's kernels are entered", arguments: InstructionSet.available)
    func forced(_ isa: InstructionSet) throws {
        let backend = try CPUBackend(isa: isa)
        #expect(backend.isa == isa)
        #expect(backend.name == isa.rawValue)
        let format = try #require(Spec.format("q3_k"))
        let before = backend.entries
        _ = try backend.decode(format, [UInt8](repeating: 0, count: format.bytes))
        #expect(backend.entries > before)
    }

    @Test("a set that the processor lacks is refused, not replaced")
    func refused() throws {
        for isa in InstructionSet.allCases where !InstructionSet.available.contains(isa) {
            #expect(throws: KernelError.unavailable(isa.rawValue)) { try CPUBackend(isa: isa) }
        }
    }

    /// Run the suite with HIFI_FORCE_ISA set to each set in turn, and to nonsense, to see all of it.
    @Test("the environment decides, else the fastest set runs")
    func environment() throws {
        guard let forced = ProcessInfo.processInfo.environment["HIFI_FORCE_ISA"], !forced.isEmpty else {
            #expect(try InstructionSet.chosen() == InstructionSet.available.last)
            return
        }
        guard let isa = InstructionSet(rawValue: forced), InstructionSet.available.contains(isa) else {
            #expect(throws: KernelError.self) { try CPUBackend() }
            return
        }
        let backend = try CPUBackend()
        #expect(backend.isa == isa)
        let before = backend.entries
        _ = try backend.decode(#require(Spec.format("q8_0")), [UInt8](repeating: 0, count: 34))
        #expect(backend.entries > before)
    }

    @Test("sizes are checked")
    func sizes() throws {
        let backend = try CPUBackend(isa: .scalar)
        let format = try #require(Spec.format("q3_k_hifi@r6"))
        #expect(throws: KernelError.partialBlock(format: format.id, bytes: 135, blockBytes: 134)) {
            try backend.decode(format, [UInt8](repeating: 0, count: 135))
        }
        var output = [Float](repeating: 0, count: 255)
        #expect(throws: KernelError.wrongSize(of: "weights of the output", expected: 256, found: 255)) {
            try [UInt8](repeating: 0, count: 134).withUnsafeBytes { bytes in
                try output.withUnsafeMutableBufferPointer { try backend.decode(format, bytes, into: $0) }
            }
        }
        #expect(throws: KernelError.rowLength(format: "q8_k", columns: 100, multipleOf: 256)) {
            try backend.quantize([Float](repeating: 0, count: 100), columns: 100)
        }
        let activations = try backend.quantize([Float](repeating: 0, count: 512), columns: 512)
        #expect(throws: KernelError.partialBlock(format: "q3_k_hifi@r6 row", bytes: 134, blockBytes: 268)) {
            try backend.multiply(format, [UInt8](repeating: 0, count: 134), rows: 0, by: activations)
        }
    }

    @Test("empty input is fine", arguments: InstructionSet.available)
    func empty(_ isa: InstructionSet) throws {
        let backend = try CPUBackend(isa: isa)
        let format = try #require(Spec.format("q6_k"))
        #expect(try backend.decode(format, []).isEmpty)
        let activations = try backend.quantize([Float](repeating: 1, count: 256), columns: 256)
        #expect(try backend.multiply(format, [], rows: 0, by: activations).isEmpty)
    }
}
