import CUDAKernels
import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import Testing

extension CUDAOnShim {
    @Suite("Products and attention on the device have the bits of the C kernels") struct FloatProductTests {
        let library: String
        let device: CUDADevice
        let backend: CUDABackend
        let check: FloatChecks

        init() throws {
            library = try ShimLibrary.plain.get()
            device = try CUDADevice(driver: library)
            backend = try CUDABackend(device)
            check = FloatChecks(backend: backend)
        }

        /// Rows, columns and positions within and beyond a tile; columns that are not a multiple of four.
        @Test("products of floats", arguments: DeviceFloatMatrix.Element.allCases)
        func products(_ element: DeviceFloatMatrix.Element) throws {
            for (rows, columns, positions) in [(1, 1, 1), (5, 3, 2), (130, 17, 33), (3, 257, 40), (9, 64, 130), (131, 20, 4)] {
                #expect(try check.product(element, rows: rows, columns: columns, positions: positions, seed: 20) == [])
            }
            #expect(try check.product(element, rows: 7, columns: 12, positions: 5, stride: 9, seed: 21) == [])
            #expect(try check.product(element, rows: 8, columns: 12, positions: 5, stride: 12, seed: 22) == [])
            #expect(try check.product(element, rows: 40, columns: 5, positions: 6, seed: 23, strangeOneIn: 60) == [])
        }

        /// Products that underflow leave negative zeros, which terms past the last must not touch.
        @Test("the sign of zero", arguments: [1, 4, 9])
        func zeros(_ columns: Int) throws {
            #expect(try check.product(.f32, rows: 40, columns: columns, positions: 40, seed: 24, scale: 0x1p-80) == [])
            #expect(try check.product(.f32, rows: 40, columns: columns, positions: 4, seed: 24, octaves: 150) == [])
        }

        @Test("products whatever the order of threads", arguments: [Int32(1), 6])
        func orders(_ order: Int32) throws {
            ShimLibrary.setOrder(order, of: library)
            defer { ShimLibrary.setOrder(0, of: library) }
            #expect(try check.product(.f16, rows: 20, columns: 36, positions: 34, seed: 25) == [])
            let shape = AttentionShape(sequences: 2, length: 19, heads: 2, headsKV: 1, size: 6)
            #expect(try check.attention(shape, scratch: 1, seed: 26) == [])
        }

        @Test("rows on the device in the file's layout, decoded and multiplied")
        func decoded() throws {
            for id in ["q8_0", "q3_k_hifi@r13"] {
                let format = try Samples.format(id)
                let weights = Samples.blocks(format, count: 12 * 512 / format.elements, seed: 27)
                let matrix = try weights.withUnsafeBytes { try backend.upload(format, $0, columns: 512, layout: .rows) }
                let rows = try DeviceArray<Float>(backend, count: 5 * 512)
                try backend.decode(matrix, rows: 4..<9, into: rows)
                let expected = Array(try ReferenceDecoder(format).decode(weights)[4 * 512..<9 * 512])
                #expect(try mismatches(id, rows.download(), expected) == [])
                let x = try DeviceArray(backend, FloatSamples.numbers(3 * 512, seed: 28))
                let (one, other) = (try DeviceArray<Float>(backend, count: 15), try DeviceArray<Float>(backend, count: 15))
                try backend.multiplyDecoded(rows, rows: 5, columns: 512, x, positions: 3, into: one)
                let whole = try expected.withUnsafeBytes { try DeviceFloatMatrix(backend, bytes: $0, element: .f32, columns: 512) }
                try backend.multiply(whole, x, positions: 3, into: other)
                #expect(try mismatches(id, one.download(), other.download()) == [])
            }
        }

        @Test("rows by number", arguments: ["q8_0", "q3_k_hifi@r13", "f32", "f16", "bf16"])
        func gathered(_ id: String) throws { #expect(try check.gathered(id, rows: 12, columns: 512, seed: 29) == []) }

        struct Case: Sendable {
            let shape: AttentionShape
            init(_ sequences: Int, _ length: Int, _ heads: Int, _ headsKV: Int, _ size: Int) {
                shape = AttentionShape(sequences: sequences, length: length, heads: heads, headsKV: headsKV, size: size)
            }
        }

        @Test(
            "attention",
            arguments: [
                Case(1, 1, 1, 1, 2), Case(3, 17, 2, 1, 6), Case(2, 70, 2, 2, 64), Case(1, 70, 4, 2, 128), Case(1, 33, 2, 1, 80),
                Case(1, 20, 1, 1, 130), Case(2, 131, 1, 1, 7), Case(1, 140, 2, 1, 128),
            ])
        func attention(_ tried: Case) throws { #expect(try check.attention(tried.shape, scratch: 1, seed: 30) == []) }

        @Test("attention with little memory for scores", arguments: [nil, 0.1, 0.5, 0.8])
        func scratch(_ part: Double?) throws {
            #expect(try check.attention(Case(2, 18, 3, 1, 10).shape, scratch: part, seed: 31) == [])
        }

        /// More queries than a tile in one pass, of which the second begins within a sequence.
        @Test("attention in passes of whole tiles")
        func passes() throws { #expect(try check.attention(Case(1, 150, 1, 1, 4).shape, scratch: 0.9, seed: 32) == []) }

        @Test("attention to one position, and to all alike", arguments: [Float(1e4), 1e-6, 0])
        func ranges(_ scale: Float) throws {
            #expect(try check.attention(Case(1, 40, 2, 1, 16).shape, scratch: 1, scale: scale, seed: 33) == [])
        }

        @Test("what is not finite stays in its sequence")
        func independent() throws {
            let shape = Case(2, 5, 1, 1, 4).shape
            let numbers = FloatSamples.numbers(40, seed: 34)
            func run(_ values: [Float]) throws -> [Float] {
                let (queries, memory) = (try DeviceArray(backend, numbers), try DeviceArray<Float>(backend, count: shape.mostScratch))
                let target = try DeviceArray<Float>(backend, count: 40)
                try backend.attend(queries, queries, DeviceArray(backend, values), shape: shape, scratch: memory, into: target)
                return try target.download()
            }
            var values = numbers
            values[21] = .nan
            let (clean, spoiled) = (try run(numbers), try run(values))
            #expect(mismatches("the first sequence", Array(spoiled[..<20]), Array(clean[..<20])) == [])
            #expect(spoiled[20...].contains { $0.isNaN })
        }

        @Test("activations quantized on the device, by every path", arguments: [CUDABackend.Path.automatic, .tiles, .rows])
        func quantized(_ path: CUDABackend.Path) throws {
            let backend = try CUDABackend(device, path: path)
            let check = FloatChecks(backend: backend)
            // Room for the largest; what others left there does not matter.
            let room = try DeviceActivations(backend, positions: 130, columns: 512)
            let sizes = path == .automatic ? [(9, 512, 130), (17, 256, 9), (20, 256, 200)] : [(9, 512, 13), (5, 256, 8)]
            for (rows, columns, positions) in sizes {
                for id in ["q3_k_hifi@r6", "q4_k"] {
                    for gated in [false, true] {
                        let found = try check.quantized(
                            id, rows: rows, columns: columns, positions: positions, gated: gated, room: room, seed: 35)
                        #expect(found == [])
                    }
                }
            }
        }

        @Test("extreme activations", arguments: ActivationTests.vectors)
        func extremes(_ values: [Float]) throws {
            let room = try DeviceActivations(backend, positions: 16, columns: 256)
            let format = try Samples.format("q4_k")
            let weights = Samples.blocks(format, count: 3, seed: 36)
            let matrix = try weights.withUnsafeBytes { try backend.upload(format, $0, columns: 256) }
            let positions = 9
            let x = (0..<positions).flatMap { _ in values.prefix(256) }
            let made = try backend.quantize(DeviceArray(backend, x), positions: positions, columns: 256, into: room)
            let target = try DeviceArray<Float>(backend, count: 3 * positions)
            try backend.multiply(matrix, made, into: target)
            var expected = [Float](repeating: 0, count: 3 * positions)
            let rows = try x.withUnsafeBufferPointer { try backend.quantize($0, columns: 256) }
            try expected.withUnsafeMutableBufferPointer { try backend.multiply(matrix, by: rows, into: $0) }
            #expect(try mismatches("products", target.download(), expected) == [])
        }

        @Test("a row that is not finite is noticed on the way", arguments: [CUDABackend.Path.automatic, .tiles])
        func broken(_ path: CUDABackend.Path) throws {
            let backend = try CUDABackend(device, path: path)
            let room = try DeviceActivations(backend, positions: 50, columns: 512)
            let flag = try DeviceArray<Int32>(backend, count: 1)
            try flag.fill(.max)
            var x = FloatSamples.numbers(50 * 512, seed: 37)
            for place in [49 * 512, 41 * 512 + 511, 44 * 512 + 256] { x[place] = .infinity }
            _ = try backend.quantize(DeviceArray(backend, x), positions: 50, columns: 512, into: room, broken: flag)
            #expect(try flag.download() == [41])
        }
    }
}
