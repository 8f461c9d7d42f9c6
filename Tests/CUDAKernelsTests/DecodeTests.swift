import CUDAKernels
import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import Testing

extension CUDAOnShim {
    @Suite("CUDA kernels decode as the reference does") struct DecodeTests {
        let library: String
        let backend: CUDABackend

        init() throws {
            library = try ShimLibrary.plain.get()
            backend = try CUDABackend(CUDADevice(driver: library))
        }

        @Test("the formats with kernels are those promised")
        func coverage() throws {
            let native = Set(Spec.formats.filter(backend.isNative).map(\.id))
            #expect(native.isSuperset(of: Samples.formats))
            #expect(!native.contains("q2_k") && !native.contains("q4_k_hifi"))
        }

        @Test("any content, bit for bit but for the kind of NaN", arguments: Samples.formats)
        func anyContent(_ id: String) throws {
            let format = try Samples.format(id)
            // 61 blocks of 32 are not whole super-blocks.
            let blocks = Samples.blocks(format, count: 61, seed: 1, hostile: true)
            #expect(try differences(backend.decoded(format, blocks), ReferenceDecoder(format).decode(blocks)) == [])
        }

        @Test("whatever the order in which threads run", arguments: [Int32(1), 2, 77])
        func orders(_ order: Int32) throws {
            ShimLibrary.setOrder(order, of: library)
            defer { ShimLibrary.setOrder(0, of: library) }
            for id in ["q3_k_hifi@r6", "q3_k_hifi_res8", "q6_k"] {
                let format = try Samples.format(id)
                let blocks = Samples.blocks(format, count: 21, seed: 2)
                #expect(try differences(backend.decoded(format, blocks), ReferenceDecoder(format).decode(blocks)) == [], "\(id)")
            }
        }

        @Test("to fp16 and bf16", arguments: Samples.formats)
        func short(_ id: String) throws {
            let format = try Samples.format(id)
            let blocks = Samples.blocks(format, count: 19, seed: 3, hostile: true)
            let decoded = try ReferenceDecoder(format).decode(blocks)
            for type in SmallFloat.allCases {
                var output = [UInt16](repeating: 0, count: decoded.count)
                try blocks.withUnsafeBytes { bytes in
                    try output.withUnsafeMutableBufferPointer { try backend.decode(format, bytes, as: type, into: $0) }
                }
                let wrong = output.indices.filter { i in
                    let expected = type == .f16 ? SmallFloats.half(decoded[i]) : SmallFloats.bfloat16(decoded[i])
                    return decoded[i].isNaN ? output[i] & 0x7FFF <= (type == .f16 ? 0x7C00 : 0x7F80) : output[i] != expected
                }
                #expect(wrong == [], "\(type)")
            }
        }

        @Test("formats without kernels run on the processor")
        func fallback() throws {
            let format = try Samples.format("iq4_nl")
            let blocks = Samples.blocks(format, count: 16, seed: 4)
            #expect(try differences(backend.decoded(format, blocks), ReferenceDecoder(format).decode(blocks)) == [])
        }

        @Test("impossible sizes are refused, nothing is left on the device")
        func refused() throws {
            let before = ShimLibrary.allocations(of: library)
            #expect(throws: KernelError.partialBlock(format: "q3_k", bytes: 111, blockBytes: 110)) {
                _ = try backend.decoded(Samples.format("q3_k"), [UInt8](repeating: 0, count: 111))
            }
            #expect(try backend.decoded(Samples.format("q3_k"), []) == [])
            _ = try backend.decoded(Samples.format("q3_k"), [UInt8](repeating: 0, count: 220))
            #expect(ShimLibrary.allocations(of: library) == before)
        }
    }
}
