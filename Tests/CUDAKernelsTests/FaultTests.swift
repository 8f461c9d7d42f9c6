import BlockSpec
import CUDAKernels
import Foundation
import Kernels
import Reference
import Synchronization
import Testing

extension CUDAOnShim {
    /// The tests' own test: kernels broken on purpose must not pass.
    @Suite("Faults planted in the kernels' text are noticed") struct FaultTests {
        struct Fault: Sendable {
            let name: String
            let edit: ShimLibrary.Edit

            init(_ name: String, _ old: String, _ new: String) {
                self.name = name
                edit = ShimLibrary.Edit(old: old, new: new)
            }
        }

        static let faults = [
            Fault("a bias of 3 for Q3_K", "groups = 4, bias = 4,", "groups = 4, bias = 3,"),
            Fault("the third bit one place too low", "(nibbles >> j & 0x01010101u) << 2", "(nibbles >> j & 0x01010101u) << 1"),
            Fault(
                "a nibble of the third bits taken twice", "(w < 2 ? lane.h.x : lane.h.y) >> (4 * (w & 1))", "(w < 2 ? lane.h.x : lane.h.y)"),
            Fault("upper scale bits one place off", "(high & 0x0C0C0000u) << 2", "(high & 0x0C0C0000u) << 1"),
            Fault(
                "minima for scales", "product[c] += unsigned_byte(scales, j) * sum;", "product[c] += unsigned_byte(scales, 2 + j) * sum;"),
            Fault("the first slot of a position wins", "before(used) & ~before(slot + 1)", "before(slot)"),
            Fault("the base left under an outlier, file layout", "b.first = lane.index & 1u << 16 ?", "b.first = lane.index & 1u << 24 ?"),
            Fault("the base left under an outlier, tiles", "Base::clear(lane, part, p[at.index_at + slot]);", ";"),
            Fault("the count of outliers not held to eight", "min((int)p[at.count_at], at.slots)", "(int)(p[at.count_at] & 15)"),
            Fault(
                "a decoder that takes slots backwards",
                "const int i = p[at.index_at + slot];\n            if ((i >> 2 & 31) != lane) continue;\n            const float value = half_at(p + at.value_at + 2 * slot);",
                "const int k = used - 1 - slot, i = p[at.index_at + k];\n            if ((i >> 2 & 31) != lane) continue;\n            const float value = half_at(p + at.value_at + 2 * k);"
            ),
            Fault(
                "the minimum taken off before the code is scaled", "__fsub_rn(__fmul_rn(scale, (float)unsigned_byte(code, 2)), minimum)",
                "__fmul_rn(scale, __fsub_rn((float)unsigned_byte(code, 2), minimum))"),
            Fault("a common unit one octave too small", "max(top - 4, 1)", "max(top - 5, 1)"),
            Fault("subnormal outliers with a bit too many", "(magnitude >= 0x400 ? 0x400 : 0)", "0x400"),
            Fault("the last of equal extremes", "(later && fabsf(other) == fabsf(extreme))", "(!later && fabsf(other) == fabsf(extreme))"),
            Fault("codes rounded away from zero", "__fadd_rn(scaled, 12582912.0f)", "roundf(scaled) + 12582912.0f"),
            Fault(
                "no barrier before sums of warps are added", "total[c];\n            }\n            __syncthreads();",
                "total[c];\n            }"),
            Fault(
                "no barrier after weights are unpacked", "copy_wait();\n        __syncthreads();\n        if (super + 1 < supers)",
                "copy_wait();\n        if (super + 1 < supers)"),
            Fault(
                "copies not waited for", "        copy_wait();\n        __syncthreads();\n        if (super + 1",
                "        __syncthreads();\n        if (super + 1"),
            Fault("no barrier before weights are overwritten", "if (super > 0) __syncthreads();  // nobody", "// nobody"),
            Fault(
                "a chunk read before the warp has stored it", "= ahead[k];\n                }\n                __syncwarp();",
                "= ahead[k];\n                }"),
            Fault(
                "activations used before they are there", "typename F::Lane next = typename F::Lane();",
                "__syncthreads();\n        if (blockIdx.x == 0) shared[threadIdx.x] ^= 1;\n        typename F::Lane next = typename F::Lane();"
            ),
            Fault("columns of a matrix fragment swapped", "2 * (l & 3) + (k & 1);", "2 * (l & 3) + 1 - (k & 1);"),
            Fault("a row of four taken twice", "low.w += total[3][e];", "low.w += total[2][e];"),
            Fault("the sign of the table of Q3_K", "(u32)(-s & 255) << 8", "(u32)(s & 255) << 8"),
        ]

        /// Two formats are enough and build quickly.
        static let few = [
            ShimLibrary.Edit(
                old: "KERNEL_OF(q3_k, FormatQ3K) KERNEL_OF(q4_k, FormatQ4K) KERNEL_OF(q5_k, FormatQ5K) KERNEL_OF(q6_k, FormatQ6K) \\\n"
                    + "    KERNEL_OF(q8_0, FormatQ80) KERNEL_OF(hifi, FormatHIFI) KERNEL_OF(res8, FormatRES8)",
                new: "KERNEL_OF(q4_k, FormatQ4K) KERNEL_OF(hifi, FormatHIFI)"),
            ShimLibrary.Edit(
                old: "KERNEL_OF(q3_k, Q3K) KERNEL_OF(q4_k, Q4K) KERNEL_OF(q5_k, Q5K) KERNEL_OF(q6_k, Q6K) KERNEL_OF(q8_0, Q80)",
                new: "KERNEL_OF(q3_k, Q3K) KERNEL_OF(q4_k, Q4K)"),
        ]

        /// The libraries, built on all processors at once; the first is sound.
        static let libraries: [Result<String, any Error>] = {
            let edits = [few] + faults.map { few + [$0.edit] }
            let built = Mutex([Result<String, any Error>](repeating: .failure(CancellationError()), count: edits.count))
            DispatchQueue.concurrentPerform(iterations: edits.count) { number in
                let result = Result { try ShimLibrary.build("fault-\(number)", edits[number], flags: ["-O0"]) }
                built.withLock { $0[number] = result }
            }
            return built.withLock { $0 }
        }()

        @Test("without a fault nothing is noticed")
        func sound() throws { #expect(try Self.problems(Self.libraries[0].get()) == []) }

        @Test("with one it is", arguments: faults.indices)
        func noticed(_ number: Int) throws {
            #expect(try !Self.problems(Self.libraries[number + 1].get()).isEmpty, "\(Self.faults[number].name)")
        }

        /// The other tests in little: decoding, activations, products by every path, threads shuffled and in order.
        static func problems(_ library: String) throws -> [String] {
            let device = try CUDADevice(driver: library)
            let backend = try CUDABackend(device)
            var found: [String] = []
            for id in ["q4_k", "q3_k_hifi@r13"] {
                let format = try Samples.format(id)
                let blocks = Samples.blocks(format, count: 12, seed: 50)
                found += try differences(backend.decoded(format, blocks), ReferenceDecoder(format).decode(blocks))
            }
            for values in ActivationTests.vectors.prefix(8) {
                let bytes = try values.withUnsafeBufferPointer { try backend.quantize($0, columns: 256) }.bytes
                if try bytes != ActivationQuantizer(Samples.format("q8_k")).quantize(values, columns: 256) { found.append("activations") }
            }
            for order: Int32 in [2, 0] {
                ShimLibrary.setOrder(order, of: library)
                for path in [CUDABackend.Path.rows, .tiles, .matrix] {
                    let backend = try CUDABackend(device, path: path)
                    for (id, rows, count) in [("q4_k", 9, 1), ("q3_k_hifi@r6", 12, 2), ("q3_k_hifi@r13", 17, 1)]
                    where order == 2 || rows > 16 {
                        let format = try Samples.format(id)
                        let weights = Samples.blocks(format, count: rows * 5, seed: 51)
                        let activations = try Samples.rows(count, columns: 5 * 256, seed: 52)
                        do {
                            let products = try backend.product(format, weights, rows: rows, by: activations)
                            found += try outside(format, weights, activations, products, rows: rows)
                        } catch let error as KernelError {
                            found.append("\(error)")
                        }
                    }
                }
            }
            return found
        }
    }
}
