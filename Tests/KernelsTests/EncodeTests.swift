import Foundation
import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import TestSupport
import Testing

@Suite("Kernels encode as the reference does")
struct EncodeTests {
    /// Blocks of 256 of each kind, or as many weights; the environment asks for more by hand.
    private static let blocks = ProcessInfo.processInfo.environment["HIFI_ENCODE_BLOCKS"].flatMap(Int.init) ?? 20

    @Test("the formats with encoding kernels")
    func coverage() {
        let ids = Set(EncodeSubject.all.map(\.format.id))
        let expected: Set = [
            "q2_k", "iq4_nl", "iq4_xs", "iq2_xxs", "iq2_xs", "iq2_s", "iq3_xxs", "iq3_s",
            "tq1_0", "tq2_0", "q2_0", "q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q4_0",
            "q4_1", "q5_0", "q5_1", "q3_k_hifi@r5", "q3_k_hifi@r6",
            "q3_k_hifi@r9",
            "q3_k_hifi@r12a", "q3_k_hifi@r12b", "q3_k_hifi@r12c", "q3_k_hifi@r13", "q3_k_hifi_res8", "q4_k_hifi", "q6_k_hifi",
            "q6_k_hifi_dynamic", "f32", "f16", "bf16",
        ]
        #expect(expected.isSubset(of: ids), "missing: \(expected.subtracting(ids).sorted())")
    }

    @Test("any weights, byte for byte, with and without importances", arguments: EncodeSubject.all)
    func anyWeights(_ subject: EncodeSubject) throws {
        for isa in InstructionSet.available { #expect(try subject.encoder(isa).isNative) }
        // Rows of one block, of what one search takes, and of more.
        for (turn, length) in [1, 3, 4, 8, 19].enumerated() {
            let columns = length * subject.format.elements
            let rows = max(1, Self.blocks * 256 / columns)
            for kind in EncodeSamples.allCases {
                let weights = kind.weights(rows * columns, seed: UInt64(turn))
                let importance = EncodeSamples.importance(columns, seed: UInt64(turn))
                for given in [nil, importance, [Float](repeating: 0, count: columns), [Float](repeating: 1, count: columns)] {
                    if given == nil, subject.format.encoding?.needsImportances == true { continue }
                    // Where a scale or minimum overflows, both refuse in the same words, and write the same bytes if told to.
                    var policy = InputPolicy.reject
                    let expected: [UInt8]
                    do {
                        expected = try subject.reference().encode(weights, columns: columns, importance: given)
                    } catch let refusal as EncodeError {
                        for isa in InstructionSet.available {
                            #expect(throws: refusal, "\(isa)") {
                                try subject.encoder(isa).encode(weights, columns: columns, importance: given)
                            }
                        }
                        policy = .asOriginal
                        expected = try subject.reference(policy).encode(weights, columns: columns, importance: given)
                    }
                    for isa in InstructionSet.available {
                        let found = try subject.encoder(isa, policy).encode(weights, columns: columns, importance: given)
                        let place = firstDifference(found, expected, subject.format)
                        #expect(
                            place == nil,
                            "\(isa), \(kind) weights, rows of \(columns), importances \(given?[0].description ?? "none"): \(place ?? "")")
                        if place != nil { return }
                    }
                }
            }
        }
    }

    @Test("weights that the fork's encoders were recorded with", arguments: EncodeSubject.all)
    func recorded(_ subject: EncodeSubject) throws {
        var tried = 0
        for name in ["gauss", "student3", "alternating", "const", "denorm", "large", "mixed", "onehot", "subnormal", "ties"] {
            let weights = try floats("Vectors/recorded/encode/\(name).f32")
            for matrix in [nil, "imp", "imv", "imz"] {
                if matrix == nil, subject.format.encoding?.needsImportances == true { continue }
                let importance = try matrix.map { try floats("Vectors/recorded/encode/importance-\($0).f32") }
                let columns = importance?.count ?? 1024
                guard weights.count % columns == 0 else { continue }
                tried += 1
                let expected = try subject.reference(.asOriginal).encode(weights, columns: columns, importance: importance)
                for isa in InstructionSet.available {
                    let found = try subject.encoder(isa, .asOriginal).encode(weights, columns: columns, importance: importance)
                    #expect(
                        firstDifference(found, expected, subject.format) == nil, "\(isa), \(name) \(matrix ?? "without importances")")
                }
            }
        }
        #expect(tried >= 30)
    }

    @Test("a few importances among zeros, where searches divide by next to nothing", arguments: EncodeSubject.all)
    func fewImportances(_ subject: EncodeSubject) throws {
        let columns = 256
        for turn in 0..<24 {
            let weights = [EncodeSamples.gaussian, .few, .steps][turn % 3].weights(8 * columns, seed: UInt64(turn))
            let importance = (0..<columns).map { Float(($0 + 5 * turn) % 97 == 18 ? 1 : 0) }
            let expected = try subject.reference().encode(weights, columns: columns, importance: importance)
            for isa in InstructionSet.available {
                let found = try subject.encoder(isa).encode(weights, columns: columns, importance: importance)
                #expect(firstDifference(found, expected, subject.format) == nil, "\(isa), turn \(turn)")
            }
        }
    }

    @Test("any number of threads, rows at any address", arguments: InstructionSet.available)
    func threads(_ isa: InstructionSet) throws {
        let format = try #require(Spec.format("q3_k_hifi@r13"))
        let columns = 768
        let weights = EncodeSamples.gaussian.weights(400 * columns, seed: 3)
        let expected = try ReferenceEncoder(format).encode(weights, columns: columns)
        for threads in [1, 2, 5] {
            let encoder = try BlockEncoder(format, backend: CPUBackend(isa: isa, threads: threads))
            #expect(try encoder.encode(weights, columns: columns) == expected, "\(threads) threads")
            var output = [UInt8](repeating: 0xA5, count: expected.count + 3)
            try ([0] + weights).withUnsafeBufferPointer { rows in
                try output.withUnsafeMutableBytes { bytes in
                    try encoder.encode(
                        rows: .init(rebasing: rows[1...]), columns: columns, importance: nil,
                        into: .init(rebasing: bytes[1..<bytes.count - 2]))
                }
            }
            #expect(output == [0xA5] + expected + [0xA5, 0xA5])
        }
    }

    @Test("formats without encoding kernels go through the reference")
    func fallback() throws {
        for id in ["q2_k_hifi", "q5_k_hifi_res8", "q3_k_hifi@r7a"] {
            let format = try #require(Spec.format(id))
            let encoder = try BlockEncoder(format, backend: CPUBackend())
            #expect(!encoder.isNative)
            let weights = EncodeSamples.gaussian.weights(512, seed: 1)
            #expect(try encoder.encode(weights, columns: 256) == ReferenceEncoder(format).encode(weights, columns: 256), "\(id)")
        }
    }

    @Test("on the reference path IQ4_NL is another search, and a negligible block keeps codes: not by kernels (ENC-16)")
    func codebookPaths() throws {
        let format = try #require(Spec.format("iq4_nl"))
        var weights = EncodeSamples.gaussian.weights(512, seed: 1)
        for i in 64..<128 { weights[i] = 1e-20 }
        let encoder = try BlockEncoder(format, path: .reference, backend: CPUBackend())
        #expect(!encoder.isNative)
        let bytes = try encoder.encode(weights, columns: 256)
        #expect(try bytes == ReferenceEncoder(format, path: .reference).encode(weights, columns: 256))
        #expect(try bytes != BlockEncoder(format, backend: CPUBackend()).encode(weights, columns: 256))
    }

    @Test("weights halfway between values of the book, and beside that, take the value that is nearer", arguments: InstructionSet.available)
    func halfway(_ isa: InstructionSet) throws {
        let format = try #require(Spec.format("iq4_nl"))
        let book = try #require(format.decoding?.code?.codebook).map(Float.init)
        let middles = zip(book, book.dropFirst()).map { ($0 + $1) / 2 }
        // One weight of -127 · 2^e makes the trial for the book itself exact; the others lie around its middles.
        let weights = (-3...3).flatMap { exponent -> [Float] in
            let scale = Float(sign: .plus, exponent: exponent, significand: 1)
            return [[\.self], [\.nextUp], [\.nextDown]].flatMap { (side: [KeyPath<Float, Float>]) -> [Float] in
                let values = middles.map { $0[keyPath: side[0]] }
                return [-127] + values + [113] + values
            }.map { $0 * scale }
        }
        #expect(weights.count % 32 == 0)
        for importance in [nil, [Float](repeating: 1, count: 32)] {
            let expected = try ReferenceEncoder(format).encode(weights, columns: 32, importance: importance)
            let found = try BlockEncoder(format, backend: CPUBackend(isa: isa)).encode(weights, columns: 32, importance: importance)
            #expect(firstDifference(found, expected, format) == nil)
        }
    }

    private func floats(_ path: String) throws -> [Float] {
        try Repository.bytes(path).withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            }
        }
    }

    private func firstDifference(_ a: [UInt8], _ b: [UInt8], _ format: BlockFormat) -> String? {
        guard a.count == b.count else { return "\(a.count) bytes, \(b.count) expected" }
        for i in a.indices where a[i] != b[i] {
            return "block \(i / format.bytes), byte \(i % format.bytes): \(a[i]), \(b[i]) expected"
        }
        return nil
    }
}
