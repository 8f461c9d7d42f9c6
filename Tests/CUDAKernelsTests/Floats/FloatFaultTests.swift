import CUDAKernels
import HIFIBlockSpec
import HIFIKernels
import Testing

extension CUDAOnShim {
    /// The same for the forward pass.
    @Suite("Faults planted in the kernels of the forward pass are noticed") struct FloatFaultTests {
        static let faults = [
            PlantedFault(
                "neighbours added first", "x = __fadd_rn(x, __shfl_xor_sync(EVERY_LANE, x, width));",
                "x = __fadd_rn(x, __shfl_xor_sync(EVERY_LANE, x, 8 / width));"),
            PlantedFault(
                "neighbours added first, in double", "x = __dadd_rn(x, __shfl_xor_sync(EVERY_LANE, x, width));",
                "x = __dadd_rn(x, __shfl_xor_sync(EVERY_LANE, x, 8 / width));"),
            PlantedFault("a factor of 2^128 at once", "__fmul_rn(__fmul_rn(p, first), second)", "__fmul_rn(p, __fmul_rn(first, second))"),
            PlantedFault("a polynomial that is rounded twice", "__fmaf_rn(p, r, 0.5f)", "__fadd_rn(__fmul_rn(p, r), 0.5f)"),
            PlantedFault("exponentials that do not vanish", "x < low", "x < -1e30f"),
            PlantedFault(
                "the weight before the factor", "__fmul_rn(__fmul_rn(v[k], factor), w[k])", "__fmul_rn(v[k], __fmul_rn(factor, w[k]))"),
            PlantedFault("squares in fp32", "__dmul_rn((double)v[k], (double)v[k])", "(double)__fmul_rn(v[k], v[k])"),
            PlantedFault("the first rows of a period", "row / per * period + skip + row % per", "row / per * period + row % per"),
            PlantedFault(
                "a fused rotation", "__fsub_rn(__fmul_rn(a, c), __fmul_rn(b, s))", "__fmaf_rn(a, c, -__fmul_rn(b, s))"),
            PlantedFault(
                "a head rotated before it is there", "__syncwarp();", ";",
                in: "    __syncwarp();\n    if (!present) return;\n    const u64 angle"),
            PlantedFault("positions counted by heads", "head / heads % period", "head % period"),
            PlantedFault("pairs for halves", "pairs ? 2 * i : i", "pairs ? i : i", in: "const int one = pairs ? 2 * i : i,"),
            PlantedFault(
                "swiglu with a reciprocal", "__fdiv_rn(gate, __fadd_rn(1.0f, exponential(-gate)))",
                "__fmul_rn(gate, __fdiv_rn(1.0f, __fadd_rn(1.0f, exponential(-gate))))"),
            PlantedFault("a scale cut off instead of rounded", "bits + 0xFFFu + (bits >> 13 & 1)", "bits"),
            PlantedFault("ties away from zero", "__fsub_rn(__fadd_rn(x, 12582912.0f), 12582912.0f)", "roundf(x)"),
            PlantedFault("codes above 127", "code > 127.0f ? 127.0f : code", "code"),
            PlantedFault("NaN taken for finite", "(bits_of(x) & 0x7F800000u) == 0x7F800000u", "(bits_of(x) & 0x7FFFFFFFu) == 0x7F800000u"),
            PlantedFault("any broken row for the first", "atomicMin(flag, (int)(i / width));", "*flag = (int)(i / width);"),
            PlantedFault(
                "a product rounded before it is added", "__fmaf_rn(x[i], y[j], sum[i][j])", "__fadd_rn(__fmul_rn(x[i], y[j]), sum[i][j])"),
            PlantedFault(
                "terms backwards", "fragment<HEIGHT>(x, a[now][k], down);\n            fragment<WIDTH>(y, b[now][k], across);",
                "fragment<HEIGHT>(x, a[now][DEPTH - 1 - k], down);\n            fragment<WIDTH>(y, b[now][DEPTH - 1 - k], across);"),
            PlantedFault("terms read before they are there", "__syncthreads();", ";", in: "b[0], next_right);\n    __syncthreads();"),
            PlantedFault("no barrier between two halves", "__syncthreads();", ";", in: "b[now], next_right);\n        __syncthreads();"),
            PlantedFault("terms overwritten while they are read", "now ^= 1;", "now ^= 0;"),
            PlantedFault(
                "terms past the last that turn zeros positive", "-0.0f", "0.0f",
                in: "const TermsInRows<E> right(weights + (u64)row * columns, (u64)columns, rows - row, columns, fours, -0.0f);"),
            PlantedFault("two of four bf16 numbers swapped", "float_of(v.y << 16)", "float_of(v.y & 0xFFFF0000u)"),
            PlantedFault(
                "subnormal fp16 lost", "half_to_float((u16)(v.x >> 16))", "(v.x >> 26 & 31 ? half_to_float((u16)(v.x >> 16)) : 0.0f)"),
            PlantedFault("a stride for the rows", "(u64)p * stride + w", "(u64)p * rows + w"),
            PlantedFault("the row after the last", "count >= 4", "count >= 3", in: "if (aligned && count >= 4)"),
            PlantedFault("a query that does not see itself", "present ? at.row + query + 1 : 0", "present ? max(at.row + query, 1) : 0"),
            PlantedFault("keys counted from the pass", "key >= at.row + min(query + 128, at.rows)", "key >= min(query + 128, at.rows)"),
            PlantedFault("keys after the query left as they were", "for (int k = seen + lane; k < end; k += 16) x[k] = 0;", ";"),
            PlantedFault(
                "keys cleared to the last query only", "(at.row + min(query / 128 * 128 + 128, at.rows) + DEPTH - 1) / DEPTH * DEPTH",
                "at.row + min(query / 128 * 128 + 128, at.rows)"),
            PlantedFault("heads of keys by turns", "head / at.group", "head % (at.heads / at.group)"),
            PlantedFault(
                "a factor on each score", "__fmul_rn(factor, __fsub_rn(x[k], most))",
                "__fsub_rn(__fmul_rn(factor, x[k]), __fmul_rn(factor, most))"),
            PlantedFault(
                "a quotient for each number", "inverses[line] = __fdiv_rn(1.0f, sum);",
                "inverses[line] = __fdiv_rn(1.0f, sum + sum * 6e-8f);"),
            PlantedFault(
                "the largest of a warp for the row's", "__syncthreads();", ";",
                in: "unordered_in[warp] = unordered;\n    __syncthreads();"),
            PlantedFault(
                "terms added before they are there", "__syncthreads();", ";",
                in: "sum = __dadd_rn(sum, (double)term[k]);\n        }\n        __syncthreads();"),
            PlantedFault("terms added in fp32", "sum = __dadd_rn(sum, (double)term[k]);", "sum = (double)__fadd_rn((float)sum, term[k]);"),
            PlantedFault(
                "a NaN passed over", "if (unordered) most = NOT_A_NUMBER;", ";",
                in: "unordered |= unordered_in[k];\n    }\n    if (unordered) most = NOT_A_NUMBER;"),
            PlantedFault("sums of sixteen for sums of 32", "sum += __shfl_xor_sync(EVERY_LANE, sum, 2);", ";"),
            PlantedFault(
                "codes by weight before they are there", "__syncthreads();", ";",
                in: "scales[at] = made.scale;\n    }\n    __syncthreads();"),
            PlantedFault("the number of another row", "numbers[super / supers]", "numbers[super % supers]"),
            PlantedFault("a column for the row", "numbers[i / columns]", "numbers[i / rows]"),
            PlantedFault("up for gate", "swiglu_of(g[k], u[k])", "swiglu_of(u[k], g[k])", in: "out[k] = swiglu_of(g[k], u[k]);"),
            PlantedFault("columns counted from the block", "atomicMin(broken, column);", "atomicMin(broken, mine);"),
        ]

        @Test("without a fault nothing is noticed")
        func sound() throws { #expect(try PlantedFault.problems(nil, Self.problems) == []) }

        @Test("each planted fault is noticed", arguments: faults.indices)
        func noticed(_ number: Int) throws {
            let fault = Self.faults[number]
            #expect(try !PlantedFault.problems(fault, Self.problems).isEmpty, "\(fault.name)")
        }

        /// The other tests in little, until something is noticed.
        static func problems(_ library: String) throws -> [String] {
            let backend = try CUDABackend(CUDADevice(driver: library))
            let check = FloatChecks(backend: backend)
            let tiny = FloatSamples.numbers(256, seed: 71).map { $0 * 0x1p-136 }
            let checks: [() throws -> [String]] = [
                { try check.norm(width: 100, rows: .last(2, of: 5, sequences: 3), inputs: 15, seed: 70) },
                { try check.heads(size: 12, kind: .halves, normed: true, heads: 2, rows: 5, period: 3, seed: 72) },
                { try check.heads(size: 6, kind: .pairs, normed: true, heads: 3, rows: 4, period: 4, seed: 73) },
                { try check.elements(count: 1500, seed: 74, strangeOneIn: 3) },
                { try check.rounded(.q8_0, ActivationTests.vectors[0] + ActivationTests.vectors[7]) },
                { try check.rounded(.q8_k, ActivationTests.vectors[0] + ActivationTests.vectors[7] + tiny) },
                { try check.broken(width: 30, rows: 9, places: [200, 100, 260]) },
                { try check.broken(width: 30, rows: 9, places: [100]) },
                { try check.scores(vocabulary: 4100, rows: 3, seed: 75) },
                { try check.scores(vocabulary: 300, rows: 4, seed: 76, strangeOneIn: 8) },
                { try check.product(.f32, rows: 6, columns: 9, positions: 20, stride: 8, seed: 77, octaves: 150) },
                { try check.product(.f32, rows: 6, columns: 11, positions: 20, seed: 85, scale: 0x1p-80) },
                { try check.product(.f16, rows: 7, columns: 20, positions: 33, seed: 78, octaves: 26) },
                { try check.product(.f16, rows: 2, columns: 7, positions: 3, seed: 87) },
                { try check.product(.bf16, rows: 7, columns: 20, positions: 3, stride: 8, seed: 79) },
                { try check.attention(AttentionShape(sequences: 2, length: 21, heads: 6, headsKV: 3, size: 6), scratch: 1, seed: 80) },
                { try check.attention(AttentionShape(sequences: 1, length: 21, heads: 2, headsKV: 1, size: 7), scratch: 0.25, seed: 86) },
                { try check.attention(AttentionShape(sequences: 1, length: 132, heads: 1, headsKV: 1, size: 2), scratch: 0.98, seed: 81) },
                {
                    try check.quantized(
                        "q4_k", rows: 3, columns: 256, positions: 50, room: DeviceActivations(backend, positions: 50, columns: 256),
                        seed: 82)
                },
                {
                    try check.quantized(
                        "q3_k_hifi@r6", rows: 3, columns: 256, positions: 9, room: DeviceActivations(backend, positions: 9, columns: 256),
                        seed: 83)
                },
                {
                    try check.quantized(
                        "q4_k", rows: 3, columns: 256, positions: 9, gated: true,
                        room: DeviceActivations(backend, positions: 9, columns: 256), seed: 88)
                },
                { try check.gathered("q4_k", rows: 12, columns: 512, seed: 89) },
                { try check.gathered("bf16", rows: 12, columns: 30, seed: 90) },
                { try Self.brokenActivations(backend) },
            ]
            defer { ShimLibrary.setOrder(0, of: library) }
            for check in checks {
                for order: Int32 in [5, 0] {
                    ShimLibrary.setOrder(order, of: library)
                    do {
                        let found = try check()
                        if !found.isEmpty { return found }
                    } catch let error as CUDAError {
                        return ["\(error)"]
                    } catch let error as KernelError {
                        return ["\(error)"]
                    }
                }
            }
            return []
        }

        private static func brokenActivations(_ backend: CUDABackend) throws -> [String] {
            let flag = try DeviceArray<Int32>(backend, [.max])
            var x = FloatSamples.numbers(40 * 256, seed: 84)
            x[37 * 256 + 100] = .nan
            let room = try DeviceActivations(backend, positions: 40, columns: 256)
            _ = try backend.quantize(DeviceArray(backend, x), positions: 40, columns: 256, into: room, broken: flag)
            return try flag.download() == [37] ? [] : ["a broken row is not found"]
        }
    }
}
