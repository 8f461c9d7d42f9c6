import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import Testing

@Suite("Encoding kernels refuse what the reference refuses, with the same message")
struct EncodeErrorTests {
    private static let formats = [
        "q2_k", "q3_k", "q3_k_hifi@r6", "q3_k_hifi@r13", "q4_k", "q5_k", "q6_k", "q8_0", "iq4_nl",
        "iq4_xs", "iq3_s", "tq1_0", "tq2_0", "q2_0",
    ]

    @Test("the first weight out of range, with its place", arguments: InstructionSet.available, formats)
    func badWeight(_ isa: InstructionSet, _ id: String) throws {
        let format = try #require(Spec.format(id))
        let backend = try CPUBackend(isa: isa, threads: 3)
        for (value, place) in [(Float.nan, 0), (.infinity, 700), (-.infinity, 255 * 512 + 511), (65505, 511), (-3e38, 200 * 512 + 256)] {
            var weights = EncodeSamples.gaussian.weights(256 * 512, seed: 5)
            weights[place] = value
            if place < 100_000 { weights[100_007] = .nan }
            let expected = error { try ReferenceEncoder(format).encode(weights, columns: 512) }
            let found = error { try BlockEncoder(format, backend: backend).encode(weights, columns: 512) }
            #expect(found != nil)
            // By their text: a NaN in an error is equal to none.
            #expect(found?.description == expected?.description, "\(value) at \(place)")
        }
    }

    @Test("clamped, or with infinities as llama.cpp", arguments: InstructionSet.available, formats)
    func clamped(_ isa: InstructionSet, _ id: String) throws {
        let format = try #require(Spec.format(id))
        let backend = try CPUBackend(isa: isa)
        var weights = EncodeSamples.gaussian.weights(8 * 512, seed: 6)
        weights[3] = .nan
        weights[600] = .infinity
        weights[1500] = -70000
        weights[4000] = 3e38
        for policy in [InputPolicy.clamp, .asOriginal] {
            let expected = try ReferenceEncoder(format, policy: policy).encode(weights, columns: 512)
            #expect(try BlockEncoder(format, policy: policy, backend: backend).encode(weights, columns: 512) == expected, "\(policy)")
        }
    }

    @Test("shapes and importances", arguments: InstructionSet.available, formats)
    func shapes(_ isa: InstructionSet, _ id: String) throws {
        let format = try #require(Spec.format(id))
        let backend = try CPUBackend(isa: isa)
        let weights = EncodeSamples.gaussian.weights(1024, seed: 7)
        var negative = [Float](repeating: 1, count: 512)
        negative[77] = -1
        var infinite = [Float](repeating: 1, count: 512)
        infinite[500] = .infinity
        let cases: [(Int, [Float]?, ReferenceEncoder.Path)] = [
            (0, nil, .chunk), (-256, nil, .chunk), (100, nil, .chunk), (768, nil, .chunk), (512, [1], .chunk), (512, negative, .chunk),
            (512, infinite, .chunk), (512, [Float](repeating: 1, count: 512), .reference),
        ]
        for (columns, importance, path) in cases {
            let expected = error { try ReferenceEncoder(format, path: path).encode(weights, columns: columns, importance: importance) }
            let found = error {
                try BlockEncoder(format, path: path, backend: backend).encode(weights, columns: columns, importance: importance)
            }
            #expect(found != nil)
            #expect(found == expected, "rows of \(columns)")
        }
    }

    @Test("importances so large that sums overflow", arguments: InstructionSet.available, formats)
    func enormousImportances(_ isa: InstructionSet, _ id: String) throws {
        let format = try #require(Spec.format(id))
        let weights = EncodeSamples.huge.weights(1024, seed: 8)
        let importance = (0..<512).map { $0 % 3 == 0 ? Float.greatestFiniteMagnitude : 1e30 }
        let expected = Result { try ReferenceEncoder(format, policy: .asOriginal).encode(weights, columns: 512, importance: importance) }
        let encoder = try BlockEncoder(format, policy: .asOriginal, backend: CPUBackend(isa: isa))
        #expect(try encoder.encode(weights, columns: 512, importance: importance) == expected.get())
    }

    @Test("what cannot be set up")
    func setUp() throws {
        let backend = try CPUBackend()
        let r6 = try #require(Spec.format("q3_k_hifi@r6"))
        #expect(throws: EncodeError.outlierCount(format: r6.id, asked: 3, allowed: 8...8)) {
            try BlockEncoder(r6, outliers: 3, backend: backend)
        }
    }

    private func error(_ body: () throws -> [UInt8]) -> EncodeError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? EncodeError
        }
    }
}
