import CUDAKernels
import HIFIBlockSpec
import HIFIKernels
import Testing

extension CUDAOnShim {
    @Suite("Measuring on a device") struct BenchTests {
        @Test("every operation gives figures that agree with each other", arguments: CUDABenchCase.Operation.allCases)
        func figures(_ operation: CUDABenchCase.Operation) throws {
            let backend = try CUDABackend(CUDADevice(driver: ShimLibrary.plain.get()))
            let bench = try CUDABench(backend, samples: 2, sampleTime: 1, leastRotation: 1 << 18)
            let measured = CUDABenchCase(
                operation, format: "q3_k_hifi", rows: 8, columns: 512, activationRows: operation == .matrix ? 9 : 1)
            let report = try bench.measure([measured])
            let result = try #require(report.results.first)
            #expect(report.device == "shim (no GPU)" && report.capability == "9.0" && report.copyBandwidth > 0)
            #expect(result.fastest > 0 && result.fastest <= result.median)
            #expect(abs(result.gigabytesPerSecond * result.median - Double(result.bytes)) < 1e-6 * Double(result.bytes))
            #expect(abs(result.shareOfCopyBandwidth * report.copyBandwidth - result.gigabytesPerSecond) < 1e-6 * result.gigabytesPerSecond)
            // The shim's cache has 64 KiB, four times that rotate, a copy has about two.
            #expect(result.copies > 100 && result.exceedsCache)
            let isProduct = operation != .decode && operation != .decodeF16
            #expect((result.teraoperationsPerSecond != nil) == isProduct)
            let blocks = operation == .tiles || operation == .matrix ? 2 * 1088 : 16 * 134
            let others =
                switch operation {
                case .decode: 4 * 4096
                case .decodeF16: 2 * 4096
                case .tiles, .rows: 584 + 32
                case .matrix: 9 * (584 + 32)
                }
            #expect(result.bytes == blocks + others)
        }

        @Test("impossible cases are refused")
        func refused() throws {
            let backend = try CUDABackend(CUDADevice(driver: ShimLibrary.plain.get()))
            let bench = try CUDABench(backend, samples: 1, sampleTime: 1, leastRotation: 1 << 16)
            #expect(throws: KernelError.rowLength(format: "q3_k", columns: 100, multipleOf: 256)) {
                try bench.measure([CUDABenchCase(.decode, format: "q3_k", rows: 1, columns: 100)])
            }
            #expect(throws: KernelError.unavailable("a CUDA kernel for q2_k")) {
                try bench.measure([CUDABenchCase(.decode, format: "q2_k", rows: 1, columns: 256)])
            }
            #expect(throws: KernelError.tooLarge) {
                try bench.measure([CUDABenchCase(.tiles, format: "q3_k", rows: Int.max / 512, columns: 512)])
            }
        }
    }
}
