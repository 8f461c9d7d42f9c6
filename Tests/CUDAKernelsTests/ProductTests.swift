import CUDAKernels
import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import Testing

extension CUDAOnShim {
    @Suite("CUDA kernels multiply within the bound of the reference") struct ProductTests {
        let library: String
        let device: CUDADevice

        init() throws {
            library = try ShimLibrary.plain.get()
            device = try CUDADevice(driver: library)
        }

        struct Case: Sendable, CustomTestStringConvertible {
            let id: String
            let path: CUDABackend.Path
            var testDescription: String { "\(id) by \(path.rawValue)" }
            static let all = Samples.formats.flatMap { id in CUDABackend.Path.allCases.map { Case(id: id, path: $0) } }
        }

        /// Rows and super-blocks that fill neither tiles nor warps: 11 rows, 9 super-blocks; then a second segment.
        @Test("one column and several, finite", arguments: Case.all)
        func finite(_ tried: Case) throws {
            let (format, backend) = (try Samples.format(tried.id), try CUDABackend(device, path: tried.path))
            for (rows, columns, count) in [(11, 9 * 256, 1), (3, 18 * 256, 2), (9, 512, 7)] {
                let weights = Samples.blocks(format, count: rows * columns / format.elements, seed: 20)
                let activations = try Samples.rows(count, columns: columns, seed: 21)
                let found = try backend.product(format, weights, rows: rows, by: activations)
                #expect(try outside(format, weights, activations, found, rows: rows) == [], "\(rows) rows of \(columns)")
            }
        }

        @Test("NaN, infinities and subnormal scales", arguments: Case.all)
        func hostile(_ tried: Case) throws {
            let (format, backend) = (try Samples.format(tried.id), try CUDABackend(device, path: tried.path))
            let weights = Samples.blocks(format, count: 40 * 256 / format.elements, seed: 22, hostile: true)
            let activations = try Samples.rows(1, columns: 256, seed: 23)
            let found = try backend.product(format, weights, rows: 40, by: activations)
            #expect(try outside(format, weights, activations, found, rows: 40) == [])
        }

        /// Every byte as code, -128 included, which no quantizer makes.
        @Test("extreme codes", arguments: Case.all)
        func extremes(_ tried: Case) throws {
            let (format, backend) = (try Samples.format(tried.id), try CUDABackend(device, path: tried.path))
            for fill: UInt8 in [0x7F, 0x80] {
                var block = [UInt8](repeating: fill, count: 292)
                block.replaceSubrange(0..<4, with: [0, 0, 0x80, 0x3F])
                let activations = try ActivationRows(q8k: block, columns: 256)
                for code: UInt8 in [0x00, 0x7F, 0x80, 0xFF] {
                    var weights = Samples.blocks(format, count: 256 / format.elements, seed: 24)
                    for block in 0..<256 / format.elements {
                        for field in format.fields where !field.type.canBeNonFinite {
                            let range = field.range.lowerBound + block * format.bytes..<field.range.upperBound + block * format.bytes
                            weights.replaceSubrange(range, with: [UInt8](repeating: code, count: field.range.count))
                        }
                    }
                    let found = try backend.product(format, weights, rows: 1, by: activations)
                    #expect(try outside(format, weights, activations, found, rows: 1) == [], "\(code) times \(fill)")
                }
            }
        }

        /// With scales of one only integers are left, so an error in a single one shows.
        @Test("integers are exact", arguments: Case.all)
        func exact(_ tried: Case) throws {
            let (format, backend) = (try Samples.format(tried.id), try CUDABackend(device, path: tried.path))
            let rows = 5
            var weights = Samples.blocks(format, count: rows * 256 / format.elements, seed: 25)
            for block in 0..<rows * 256 / format.elements {
                for field in format.fields where field.type.canBeNonFinite {
                    let one: [UInt8] = field.type == .f32 ? [0, 0, 0x80, 0x3F] : [0, 0x3C]
                    for k in 0..<field.count {
                        let place = block * format.bytes + field.offset + k * field.type.bytes
                        weights.replaceSubrange(place..<place + field.type.bytes, with: one)
                    }
                }
            }
            var bytes = try Samples.rows(1, columns: 256, seed: 26).bytes
            bytes.replaceSubrange(0..<4, with: [0, 0, 0x80, 0x3F])
            let activations = try ActivationRows(q8k: bytes, columns: 256)
            let reference = try ReferenceDot(format, activation: Samples.format("q8_k"))
            let rowBytes = weights.count / rows
            let expected = try (0..<rows).map {
                try Float(reference.dot(Array(weights[$0 * rowBytes..<($0 + 1) * rowBytes]), activations.bytes).value)
            }
            #expect(try backend.product(format, weights, rows: rows, by: activations) == expected)
        }

        /// More rows and columns than a block of threads has; columns that end with the first half of the outliers' block; rows that are
        /// stored in fours.
        @Test("many columns", arguments: ["q3_k_hifi@r6", "q3_k_hifi_res8", "q4_k", "q6_k", "q8_0"])
        func matrix(_ id: String) throws {
            let (format, backend) = (try Samples.format(id), try CUDABackend(device))
            for (rows, columns, count) in [(130, 512, 140), (9, 256, 260), (28, 256, 20)] {
                let weights = Samples.blocks(format, count: rows * columns / format.elements, seed: 27)
                let activations = try Samples.rows(count, columns: columns, seed: 28)
                let found = try backend.product(format, weights, rows: rows, by: activations)
                #expect(try outside(format, weights, activations, found, rows: rows) == [])
            }
        }

        @Test("the same bits for any order of threads, neighbouring rows and columns", arguments: CUDABackend.Path.allCases)
        func determinism(_ path: CUDABackend.Path) throws {
            let backend = try CUDABackend(device, path: path)
            defer { ShimLibrary.setOrder(0, of: library) }
            for id in ["q3_k_hifi@r6", "q3_k_hifi_res8", "q5_k"] {
                let format = try Samples.format(id)
                let (rows, columns, count) = (10, 5 * 256, 3)
                let weights = Samples.blocks(format, count: rows * columns / format.elements, seed: 30)
                let activations = try Samples.rows(count, columns: columns, seed: 31)
                let expected = try backend.product(format, weights, rows: rows, by: activations).map(\.bitPattern)
                for order: Int32 in [1, 2, 77] {
                    ShimLibrary.setOrder(order, of: library)
                    #expect(try backend.product(format, weights, rows: rows, by: activations).map(\.bitPattern) == expected, "\(id)")
                }
                let one = try ActivationRows(q8k: Array(activations.bytes.suffix(activations.rowBytes)), columns: columns)
                let last = Array(weights.suffix(weights.count / rows))
                #expect(try backend.product(format, last, rows: 1, by: one).map(\.bitPattern) == [expected[rows * count - 1]], "\(id)")
            }
        }

        @Test("an uploaded matrix is multiplied many times, and freed with the last reference")
        func resident() throws {
            let format = try Samples.format("q3_k_hifi@r13")
            let backend = try CUDABackend(device)
            let before = ShimLibrary.allocations(of: library)
            let weights = Samples.blocks(format, count: 24, seed: 32)
            do {
                let matrix = try weights.withUnsafeBytes { try backend.upload(format, $0, columns: 768) }
                #expect((matrix.rows, matrix.columns) == (8, 768))
                #expect(matrix.bytes == 3 * 1088)
                for count in [1, 12] {
                    let activations = try Samples.rows(count, columns: 768, seed: UInt64(33 + count))
                    var found = [Float](repeating: 0, count: 8 * count)
                    try found.withUnsafeMutableBufferPointer { try backend.multiply(matrix, by: activations, into: $0) }
                    #expect(try outside(format, weights, activations, found, rows: 8) == [])
                }
            }
            #expect(ShimLibrary.allocations(of: library) == before)
        }

        @Test("impossible products are refused")
        func refused() throws {
            let backend = try CUDABackend(device)
            let format = try Samples.format("q3_k")
            let activations = try Samples.rows(1, columns: 256, seed: 34)
            #expect(throws: KernelError.partialBlock(format: "q3_k row", bytes: 111, blockBytes: 110)) {
                _ = try backend.product(format, [UInt8](repeating: 0, count: 111), rows: 1, by: activations)
            }
            #expect(throws: KernelError.wrongSize(of: "numbers of the output", expected: 2, found: 1)) {
                _ = try backend.product(format, [UInt8](repeating: 0, count: 220), rows: 1, by: activations)
            }
            // The shim's device has one gibibyte.
            let huge = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: 4096), count: 110 << 24)
            #expect(throws: KernelError.device(CUDAError.outOfMemory(bytes: 110 << 24).description)) {
                _ = try backend.upload(format, huge, columns: 256)
            }
        }
    }
}
