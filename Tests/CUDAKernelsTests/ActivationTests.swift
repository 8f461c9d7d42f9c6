import CUDAKernels
import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import Testing

extension CUDAOnShim {
    @Suite("CUDA kernels quantize activations byte for byte") struct ActivationTests {
        let backend: CUDABackend

        init() throws { backend = try CUDABackend(CUDADevice(driver: ShimLibrary.plain.get())) }

        static let vectors: [[Float]] = {
            var all = [Samples.activations(256 * 9, seed: 40)]
            // Equal magnitudes of both signs in any place: the first one counts. Ties of rounding. Tiny and huge values.
            for first in [0, 7, 8, 131, 255] {
                var values = [Float](repeating: 0.25, count: 256)
                values[first] = -2
                values[(first + 9) % 256] = 2
                values[(first + 100) % 256] = -2
                all.append(values)
            }
            all.append((0..<256).map { Float($0 - 127) + 0.5 })
            all.append((0..<256).map { $0 == 3 ? 127 : Float($0 % 100) - 49.5 })
            all.append((0..<256).map { Float($0) * 0x1p-140 })
            all.append((0..<256).map { Float($0 - 128) * 2.6e36 })
            all.append([Float](repeating: 0, count: 256))
            all.append([Float](repeating: -0.0, count: 256))
            return all
        }()

        @Test("Q8_K, its sums included", arguments: vectors)
        func q8k(_ values: [Float]) throws {
            let found = try values.withUnsafeBufferPointer { try backend.quantize($0, columns: 256) }
            #expect(try found.bytes == ActivationQuantizer(Samples.format("q8_k")).quantize(values, columns: 256))
        }

        /// Values whose scale does not fit fp16 are the caller's to refuse; the reference does.
        @Test("Q8_0", arguments: vectors.filter { ($0.map(abs).max() ?? 0) < 127 * 65504 })
        func q80(_ values: [Float]) throws {
            let found = try values.withUnsafeBufferPointer { try backend.quantizeQ80($0) }
            #expect(try found == ActivationQuantizer(Samples.format("q8_0")).quantize(values, columns: values.count))
        }
    }
}
