import CUDAKernels
import HIFIKernels
import Testing

extension CUDAOnShim {
    @Suite("Steps of the forward pass on the device have the bits of the C kernels") struct FloatTests {
        let library: String
        let backend: CUDABackend
        let check: FloatChecks

        init() throws {
            library = try ShimLibrary.plain.get()
            backend = try CUDABackend(CUDADevice(driver: library))
            check = FloatChecks(backend: backend)
        }

        /// Runs a check in several orders of threads.
        func inOrders(_ body: () throws -> [String]) rethrows {
            defer { ShimLibrary.setOrder(0, of: library) }
            for order: Int32 in [0, 1, 5] {
                ShimLibrary.setOrder(order, of: library)
                #expect(try body() == [], "order \(order)")
            }
        }

        @Test("norm, of all rows and of the last of each sequence", arguments: [1, 15, 16, 17, 100, 259, 1024])
        func norm(_ width: Int) throws {
            try inOrders { try check.norm(width: width, rows: .all(35), inputs: 35, seed: 1) }
            try inOrders { try check.norm(width: width, rows: .last(2, of: 5, sequences: 3), inputs: 15, seed: 2) }
            #expect(try check.norm(width: width, rows: .all(40), inputs: 40, seed: 3, strangeOneIn: 40) == [])
        }

        /// What the planted faults are looked for with; it runs with checks of every address too.
        @Test("every kernel, at small sizes")
        func inLittle() throws { #expect(try FloatFaultTests.problems(library) == []) }

        @Test("choices of rows")
        func choices() {
            #expect(RowChoice.last(0, of: 5, sequences: 3).count == 0)
            #expect(RowChoice.last(5, of: 5, sequences: 3) == RowChoice(count: 15, per: 5, period: 5, skip: 0))
            #expect(RowChoice.last(2, of: 5, sequences: 3) == RowChoice(count: 6, per: 2, period: 5, skip: 3))
            #expect(RowChoice.all(0).count == 0)
        }

        @Test("norm in place")
        func normInPlace() throws {
            let x = FloatSamples.numbers(5 * 300, seed: 4), weight = FloatSamples.numbers(300, seed: 5)
            let (array, other) = (try DeviceArray(backend, x), try DeviceArray(backend, x))
            let by = try DeviceArray(backend, weight)
            try backend.norm(other, weight: by, epsilon: 1e-6, width: 300, rows: .all(5), into: array)
            try backend.norm(other, weight: by, epsilon: 1e-6, width: 300, rows: .all(5), into: other)
            #expect(try mismatches("in place", other.download(), array.download()) == [])
        }

        /// The last size does not fit shared memory.
        @Test("heads, normed and rotated", arguments: [2, 6, 64, 80, 128, 300])
        func heads(_ size: Int) throws {
            for kind in RotationTable.Kind.allCases {
                for normed in [true, false] {
                    try inOrders { try check.heads(size: size, kind: kind, normed: normed, heads: 3, rows: 7, period: 4, seed: 6) }
                }
            }
        }

        @Test("sums and swiglu", arguments: [1, 255, 1023, 1024, 1025, 5000])
        func elements(_ count: Int) throws {
            #expect(try check.elements(count: count, seed: 7) == [])
            #expect(try check.elements(count: count, seed: 8, strangeOneIn: 3) == [])
        }

        @Test("rounded through Q8_0 and Q8_K", arguments: RoundingForm.allCases)
        func rounded(_ form: RoundingForm) throws {
            for values in ActivationTests.vectors { #expect(try check.rounded(form, values) == []) }
            try inOrders { try check.rounded(form, FloatSamples.numbers(256 * 11, seed: 9, octaves: 24)) }
            for exponent in stride(from: -149, to: 128, by: 7) {
                let values = FloatSamples.numbers(256, seed: 10).map { $0 / 8 * Float(sign: .plus, exponent: exponent, significand: 1) }
                #expect(try check.rounded(form, values) == [], "2^\(exponent)")
            }
        }

        @Test("the first row that is not finite", arguments: [[], [2999], [1700, 1600, 1650, 2999], [0], [299, 300]])
        func broken(_ places: [Int]) throws {
            #expect(try check.broken(width: 300, rows: 10, places: places) == [])
        }

        @Test("what is there already stays if it is less")
        func brokenBefore() throws {
            let flag = try DeviceArray<Int32>(backend, [3])
            try backend.findBroken(DeviceArray(backend, [1, 2, 3, 4, .nan]), width: 1, rows: 5, flag: flag)
            #expect(try flag.download() == [3])
        }

        @Test("scores of logits", arguments: [1, 5, 17, 2048, 2049, 7000])
        func scores(_ vocabulary: Int) throws {
            try inOrders { try check.scores(vocabulary: vocabulary, rows: 4, seed: 11) }
            #expect(try check.scores(vocabulary: vocabulary, rows: 6, seed: 12, strangeOneIn: 2000) == [])
            #expect(try check.scores(vocabulary: vocabulary, rows: 3, seed: 13, spread: 40) == [])
        }

        @Test("arrays: slices, filling, copies; nothing is left on the device")
        func arrays() throws {
            let before = ShimLibrary.allocations(of: library)
            do {
                let array = try DeviceArray<Int32>(backend, (0..<10).map { $0 })
                let middle = array.slice(2..<7).slice(1..<4)
                #expect(try middle.download() == [3, 4, 5])
                try middle.fill(-1)
                try [Int32(70), 80].withUnsafeBufferPointer { try array.slice(8..<10).upload($0) }
                #expect(try array.download() == [0, 1, 2, -1, -1, -1, 6, 7, 70, 80])
                let doubles = try DeviceArray<Double>(backend, [1, 2])
                try doubles.fill(0)
                #expect(try doubles.download() == [0, 0])
                #expect(try DeviceArray<Float>(backend, count: 0).download() == [])
                #expect(throws: CUDAError.self) { try DeviceArray<Float>(backend, count: Int.max / 2) }
            }
            #expect(ShimLibrary.allocations(of: library) == before)
        }
    }
}
