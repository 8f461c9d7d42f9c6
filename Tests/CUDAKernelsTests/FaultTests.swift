import CUDAKernels
import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import Testing

extension CUDAOnShim {
    /// The tests' own test: kernels broken on purpose must not pass.
    @Suite("Faults planted in the kernels' text are noticed") struct FaultTests {
        static let faults = [
            PlantedFault(
                "a bias of 3 for Q3_K", "B::bias * sum_of(sums[c], j)", "(B::bias - 1) * sum_of(sums[c], j)"),
            PlantedFault("the third bit one place too low", "(nibbles >> j & 0x01010101u) << 2", "(nibbles >> j & 0x01010101u) << 1"),
            PlantedFault(
                "a nibble of the third bits taken twice", "(w < 2 ? lane.h.x : lane.h.y) >> (4 * (w & 1))",
                "(w < 2 ? lane.h.x : lane.h.y)"),
            PlantedFault("upper scale bits one place off", "(high & 0x0C0C0000u) << 2", "(high & 0x0C0C0000u) << 1"),
            PlantedFault(
                "minima for scales", "product[c] += unsigned_byte(scales, j) * sum;", "product[c] += unsigned_byte(scales, 2 + j) * sum;"),
            PlantedFault("the first slot of a position wins", "before(used) & ~before(slot + 1)", "before(slot)"),
            PlantedFault(
                "the base left under an outlier, file layout", "lane.index & 1u << 16", "lane.index & 1u << 24",
                in: "b.first = lane.index & 1u << 16 ?"),
            PlantedFault("the base left under an outlier, tiles", "Base::clear(lane, part, p[at.index_at + slot]);", ";"),
            PlantedFault("the count of outliers not held to eight", "min((int)p[at.count_at], at.slots)", "(int)(p[at.count_at] & 15)"),
            PlantedFault(
                "a decoder that takes slots backwards",
                place: """
                    const int i = p[at.index_at + slot];
                                if ((i >> 2 & 31) != lane) continue;
                                const float value = half_at(p + at.value_at + 2 * slot);
                    """,
                with: """
                    const int turn = FAULT ? used - 1 - slot : slot, i = p[at.index_at + turn];
                                if ((i >> 2 & 31) != lane) continue;
                                const float value = half_at(p + at.value_at + 2 * turn);
                    """
            ),
            PlantedFault(
                "the minimum taken off before the code is scaled", "__fsub_rn(__fmul_rn(scale, (float)unsigned_byte(code, 2)), minimum)",
                "__fmul_rn(scale, __fsub_rn((float)unsigned_byte(code, 2), minimum))"),
            PlantedFault("a common unit one octave too small", "max(top - 4, 1)", "max(top - 5, 1)"),
            PlantedFault("subnormal outliers with a bit too many", "(magnitude >= 0x400 ? 0x400 : 0)", "0x400"),
            PlantedFault(
                "the last of equal extremes", "(later && fabsf(other) == fabsf(extreme))", "(!later && fabsf(other) == fabsf(extreme))"),
            PlantedFault("the device's NaN for a code", "scaled == scaled ? min(code, 127) : 0", "min(code, 127)"),
            PlantedFault("codes rounded away from zero", "__fadd_rn(scaled, 12582912.0f)", "roundf(scaled) + 12582912.0f"),
            PlantedFault(
                "no barrier before sums of warps are added", "__syncthreads();", ";",
                in: "total[c];\n            }\n            __syncthreads();"),
            PlantedFault(
                "no barrier after weights are unpacked", "__syncthreads();", ";",
                in: "__syncthreads();\n        if (super + 1 < supers) {"),
            PlantedFault("copies not waited for", "copy_wait();", ";", in: "l & 3, ahead[k]);\n        copy_wait();"),
            PlantedFault(
                "no barrier before weights are overwritten", "if (super > 0) __syncthreads();", ";",
                in: "if (super > 0) __syncthreads();  // nobody"),
            PlantedFault(
                "a chunk read before the warp has stored it", "__syncwarp();", ";",
                in: "= ahead[k];\n                }\n                __syncwarp();"),
            PlantedFault(
                "activations used before they are there", place: "typename F::Lane next = typename F::Lane();",
                with: """
                    if (FAULT) {
                    __syncthreads();
                    if (blockIdx.x == 0) shared[threadIdx.x] ^= 1;
                    }
                    typename F::Lane next = typename F::Lane();
                    """
            ),
            PlantedFault("columns of a matrix fragment swapped", "(k & 1)", "(1 - (k & 1))", in: "2 * (l & 3) + (k & 1);"),
            PlantedFault("a row of four taken twice", "total[3][e]", "total[2][e]", in: "low.w += total[3][e];"),
            PlantedFault("the activations of another slot", "(mine.index & 0xFF00) << 16", "(mine.index & 0xFF00) << 8"),
            PlantedFault("the sign of the table of Q3_K", "(u32)(-s & 255) << 8", "(u32)(s & 255) << 8"),
        ]

        @Test("without a fault nothing is noticed")
        func sound() throws {
            #expect(Set(PlantedFault.all.map(\.name)).count == PlantedFault.all.count)
            #expect(try PlantedFault.problems(nil, Self.problems) == [])
        }

        @Test("each planted fault is noticed", arguments: faults.indices)
        func noticed(_ number: Int) throws {
            let fault = Self.faults[number]
            #expect(try !PlantedFault.problems(fault, Self.problems).isEmpty, "\(fault.name)")
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
            if !found.isEmpty { return found }
            for values in ActivationTests.vectors.prefix(9) {
                let bytes = try values.withUnsafeBufferPointer { try backend.quantize($0, columns: 256) }.bytes
                if try bytes != ActivationQuantizer(Samples.format("q8_k")).quantize(values, columns: 256) { found.append("activations") }
            }
            defer { ShimLibrary.setOrder(0, of: library) }
            for order: Int32 in [2, 0] {
                ShimLibrary.setOrder(order, of: library)
                for path in [CUDABackend.Path.rows, .tiles, .matrix] {
                    let backend = try CUDABackend(device, path: path)
                    for (id, rows, count) in [("q4_k", 9, 1), ("q3_k_hifi@r6", 12, 2), ("q3_k_hifi@r13", 17, 1)]
                    where order == 2 || rows > 16 {
                        let format = try Samples.format(id)
                        let weights = Samples.blocks(format, count: rows * 5, seed: 51)
                        let activations = try Samples.rows(count, columns: 5 * 256, seed: 52)
                        if !found.isEmpty { return found }
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
