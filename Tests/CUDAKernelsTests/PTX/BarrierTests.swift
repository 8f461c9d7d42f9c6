import CUDAKernels
import HIFIBlockSpec
import HIFIKernels
import Testing

extension CUDAOnShim {
    /// What the PTX's tests see: no order of threads need show that a barrier is missing, the record of who touched what does.
    @Suite("A barrier missing from the PTX is noticed") struct BarrierTests {
        @Test("each of them")
        func each() throws {
            let (barriers, library) = (try PTXLibrary.newest.get().barriers, try PTXLibrary.fused.get())
            let backends = try Backends(library)
            #expect(barriers.count > 100)
            defer { ShimLibrary.setFault(0, of: library) }
            for kernel in Set(barriers.map(\.kernel)) {
                ShimLibrary.setFault(0, of: library)
                #expect(try backends.problems(of: kernel) == [], "\(kernel) with all its barriers")
            }
            for (place, barrier) in barriers.enumerated() {
                ShimLibrary.setFault(place + 1, of: library)
                let problems = try backends.problems(of: barrier.kernel)
                #expect(problems.contains { $0.contains(barrier.kernel) }, "\(barrier.kernel) without that of line \(barrier.line)")
            }
        }

        /// Work that passes every barrier of a kernel more than once, where it stands in a loop.
        private struct Backends {
            let tiles: CUDABackend, rows: CUDABackend, matrix: CUDABackend
            let check: FloatChecks

            init(_ library: String) throws {
                let device = try CUDADevice(driver: library)
                tiles = try CUDABackend(device, path: .tiles)
                rows = try CUDABackend(device, path: .rows)
                matrix = try CUDABackend(device, path: .matrix)
                check = try FloatChecks(backend: CUDABackend(device))
            }

            /// What the device said.
            func problems(of kernel: String) throws -> [String] {
                do {
                    try work(kernel)
                    return []
                } catch let error as KernelError {
                    return ["\(error)"]
                } catch let error as CUDAError {
                    return ["\(error)"]
                }
            }

            private func work(_ kernel: String) throws {
                // "hifi", what it does, and of what: a format, a type of floats or a part, a number of columns or rows.
                let words = kernel.split(separator: "_").dropFirst().map(String.init)
                let number = words.last.flatMap { Int($0) }
                switch words[0] {
                case "tiles": try product(words.dropFirst().dropLast().joined(separator: "_"), by: tiles, supers: 40, columns: number ?? 1)
                case "rows": try product(words.dropFirst().dropLast().joined(separator: "_"), by: rows, supers: 70, columns: number ?? 1)
                case "matrix", "outliers": try product(words.dropFirst().joined(separator: "_"), by: matrix, supers: 3, columns: 9)
                case "spread": try product("q4_k", by: matrix, supers: 1, columns: 9)
                case "product":
                    guard let element = DeviceFloatMatrix.Element(rawValue: words[1]) else { return }
                    _ = try check.product(element, rows: 7, columns: 40, positions: number == 128 ? 40 : 3, seed: 1)
                case "attention":
                    let shape = AttentionShape(sequences: 1, length: 40, heads: 2, headsKV: 1, size: number == 128 ? 100 : 40)
                    _ = try check.attention(shape, scratch: 1, seed: 2)
                case "heads": _ = try check.heads(size: 12, kind: .halves, normed: true, heads: 2, rows: 5, period: 3, seed: 3)
                case "score": _ = try check.scores(vocabulary: 7000, rows: 3, seed: 4)
                case "quantize":
                    let room = try DeviceActivations(check.backend, positions: 50, columns: 256)
                    _ = try check.quantized(
                        "q4_k", rows: 3, columns: 256, positions: 50, gated: words[1] == "swiglu", room: room, seed: 5)
                default: break
                }
            }

            private func product(_ name: String, by backend: CUDABackend, supers: Int, columns: Int) throws {
                let format = try Samples.format(["hifi": "q3_k_hifi@r6", "res8": "q3_k_hifi_res8"][name] ?? name)
                let weights = Samples.blocks(format, count: 17 * supers * 256 / format.elements, seed: 6)
                _ = try backend.product(format, weights, rows: 17, by: Samples.rows(columns, columns: supers * 256, seed: 7))
            }
        }
    }
}
