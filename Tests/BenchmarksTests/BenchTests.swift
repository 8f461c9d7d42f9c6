import BlockSpec
import Foundation
import Kernels
import Testing

@Suite("Measuring")
struct BenchTests {
    @Test("every operation gives figures that agree with each other", arguments: BenchCase.Operation.allCases)
    func figures(_ operation: BenchCase.Operation) throws {
        let isa = try #require(InstructionSet.available.last)
        let measured = BenchCase(operation, format: "q3_k_hifi@r6", isa: isa, rows: 4, columns: 512, activationRows: 8)
        let result = try KernelBench.measure(measured, samples: 3, sampleNanoseconds: 1e5, copyBandwidth: 10)
        #expect(result.native)
        #expect(result.time.minimum > 0 && result.time.minimum <= result.time.median && result.time.median <= result.time.high)
        let seconds = result.time.minimum * 1e-9
        #expect(abs(result.megavaluesPerSecond * 1e6 * seconds - Double(measured.values)) < 1e-3 * Double(measured.values))
        #expect(abs((result.shareOfCopyBandwidth ?? 0) * 10 - result.gigabytesPerSecond) < 1e-6 * result.gigabytesPerSecond)
        #expect(result.bytesRead > 0 && result.bytesWritten > 0)
        #expect(result.peer == nil)
    }

    @Test("a peer runs in turn, on the same data")
    func peer() throws {
        let measured = BenchCase(.decode, format: "q3_k", isa: .scalar, rows: 2, columns: 256)
        let scalar = try CPUBackend(isa: .scalar)
        let peer = KernelBench.Peer(name: "itself") { input in try? scalar.decode(input.format, input.blocks, into: input.output) }
        let result = try KernelBench.measure(measured, samples: 5, sampleNanoseconds: 1e5, peer: peer)
        let found = try #require(result.peer)
        #expect(found.name == "itself")
        #expect(found.ratioLow <= found.ratioMedian && found.ratioMedian <= found.ratioHigh)
    }

    @Test("impossible cases are refused")
    func refused() {
        #expect(throws: KernelError.rowLength(format: "q3_k", columns: 100, multipleOf: 256)) {
            try KernelBench.measure(BenchCase(.decode, format: "q3_k", isa: .scalar, columns: 100))
        }
        #expect(throws: KernelError.unavailable("the format q9_z")) {
            try KernelBench.measure(BenchCase(.decode, format: "q9_z", isa: .scalar))
        }
        #expect(throws: KernelError.tooLarge) {
            try KernelBench.measure(BenchCase(.decode, format: "q3_k", isa: .scalar, rows: Int.max / 512, columns: 512))
        }
    }

    @Test("copying has a speed")
    func bandwidth() { #expect(KernelBench.measureCopyBandwidth(bytes: 1 << 20, runs: 2) > 0) }

    /// The table of Sources/CKernels/README.md: HIFI_BENCH=1 swift test -c release --filter BenchTests
    @Test("figures of this machine", .enabled(if: ProcessInfo.processInfo.environment["HIFI_BENCH"] != nil))
    func table() throws {
        let bandwidth = KernelBench.measureCopyBandwidth()
        print("copy bandwidth \(String(format: "%.1f", bandwidth)) GB/s")
        let rows = ProcessInfo.processInfo.environment["HIFI_BENCH_ROWS"].flatMap { Int($0) }
        let formats = ["q2_k", "q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q4_0", "q3_k_hifi@r6", "q3_k_hifi@r13", "q3_k_hifi_res8"]
        for operation in [BenchCase.Operation.decode, .dot, .gemm] {
            for isa in InstructionSet.available {
                for format in formats {
                    let measured = BenchCase(operation, format: format, isa: isa, rows: rows, columns: 4096, activationRows: 128)
                    let result = try KernelBench.measure(measured, samples: 11, sampleNanoseconds: 2e6, copyBandwidth: bandwidth)
                    let per4096 = result.time.minimum / Double(measured.values) * 4096
                    print(
                        operation.rawValue, isa.rawValue, format,
                        String(
                            format: "%.1f ns/4096  %.0f Mvalue/s  %.1f GB/s  %.2f ticks/32", per4096, result.megavaluesPerSecond,
                            result.gigabytesPerSecond, result.ticksPer32Values ?? .nan))
                }
            }
        }
    }
}
