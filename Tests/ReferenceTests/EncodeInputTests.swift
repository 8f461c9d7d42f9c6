import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

@Suite("The encoder answers every input, and never with a silent infinity")
struct EncodeInputTests {
    private static let encodable = Spec.formats.filter(ReferenceEncoder.canEncode).map(\.id)

    /// Even importances for the formats that are made with importances only.
    private func least(_ id: String, _ columns: Int) -> [Float]? {
        Spec.format(id)?.encoding?.needsImportances == true ? [Float](repeating: 1, count: columns) : nil
    }

    private func encoder(_ id: String, policy: InputPolicy = .reject) throws -> ReferenceEncoder {
        try ReferenceEncoder(#require(Spec.format(id)), policy: policy, refusesSpoiling: true)
    }

    @Test("all formats of the published recipes and all revisions can be encoded")
    func formats() {
        for id in [
            "f32", "f16", "bf16", "q2_k", "q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q4_0", "q4_1", "q5_0", "q5_1", "iq4_nl", "q3_k_hifi",
            "q3_k_hifi_res8", "q2_k_hifi", "q4_k_hifi", "q5_k_hifi_res8", "q6_k_hifi", "q6_k_hifi_dynamic", "q6_k_hifi_res8",
        ] + Spec.formats.map(\.id).filter({ $0.hasPrefix("q3_k_hifi@") }) {
            #expect(Spec.format(id).map(ReferenceEncoder.canEncode) == true, "\(id)")
        }
    }

    @Test("formats known by size only, and those of activations, are refused")
    func sizeOnly() throws {
        for id in ["q2_k_turbo", "q8_1"] { #expect(throws: EncodeError.noEncoder(id)) { try encoder(id) } }
    }

    @Test("rows must be whole blocks and weights whole rows (ENC-03)")
    func shapes() throws {
        let encoder = try encoder("q3_k")
        #expect(throws: EncodeError.partialBlock(format: "q3_k", columns: 100, blockWeights: 256)) {
            try encoder.encode([Float](repeating: 1, count: 100), columns: 100)
        }
        #expect(throws: EncodeError.partialBlock(format: "q3_k", columns: 0, blockWeights: 256)) { try encoder.encode([], columns: 0) }
        #expect(throws: EncodeError.partialRow(weights: 300, columns: 256)) {
            try encoder.encode([Float](repeating: 1, count: 300), columns: 256)
        }
        #expect(try encoder.encode([], columns: 256).isEmpty)
    }

    @Test("an importance matrix has one usable value per column, and the chunk path (ENC-03)")
    func importances() throws {
        let row = [Float](repeating: 1, count: 256)
        let encoder = try encoder("q4_k")
        #expect(throws: EncodeError.importanceCount(expected: 256, found: 255)) {
            try encoder.encode(row, columns: 256, importance: [Float](repeating: 1, count: 255))
        }
        for bad: Float in [.infinity, -1] {
            var importance = row
            importance[7] = bad
            #expect(throws: EncodeError.badImportance(column: 7, value: bad)) {
                try encoder.encode(row, columns: 256, importance: importance)
            }
        }
        let reference = try ReferenceEncoder(#require(Spec.format("q4_k")), path: .reference)
        #expect(throws: EncodeError.importanceOnReferencePath("q4_k")) { try reference.encode(row, columns: 256, importance: row) }
    }

    @Test("a count of outliers that the format cannot hold is refused")
    func counts() throws {
        #expect(throws: EncodeError.outlierCount(format: "q3_k_hifi@r6", asked: 7, allowed: 8...8)) {
            try ReferenceEncoder(#require(Spec.format("q3_k_hifi")), outliers: 7)
        }
        #expect(throws: EncodeError.outlierCount(format: "q3_k", asked: 1, allowed: 0...0)) {
            try ReferenceEncoder(#require(Spec.format("q3_k")), outliers: 1)
        }
    }

    @Test("NaN, infinities and what exceeds the format are named by row and column (ENC-02)", arguments: encodable)
    func refuses(_ id: String) throws {
        let range = try #require(Spec.format(id)).weightRange
        for bad: Float in [.infinity, -.infinity, range.upperBound.nextUp, range.lowerBound.nextDown] {
            var rows = [Float](repeating: 0.5, count: 512)
            rows[256 + 9] = bad
            let largest = bad < 0 ? -range.lowerBound : range.upperBound
            #expect(throws: EncodeError.badWeight(row: 1, column: 9, value: bad, largest: largest)) {
                try encoder(id).encode(rows, columns: 256, importance: least(id, 256))
            }
        }
        var rows = [Float](repeating: 0.5, count: 256)
        rows[3] = .nan
        #expect(throws: EncodeError.self) { try encoder(id).encode(rows, columns: 256, importance: least(id, 256)) }
    }

    @Test("clamping makes NaN zero and the rest the largest magnitude (ENC-02)", arguments: encodable)
    func clamps(_ id: String) throws {
        let format = try #require(Spec.format(id))
        var rows = (0..<512).map { Float($0 % 17) - 8 }
        var clamped = rows
        rows[40] = .nan
        clamped[40] = 0
        rows[300] = -.infinity
        clamped[300] = -format.clampedWeight
        let given = least(id, 256)
        let found = try encoder(id, policy: .clamp).encode(rows, columns: 256, importance: given)
        #expect(try found == encoder(id, policy: .clamp).encode(clamped, columns: 256, importance: given))
    }

    @Test("the largest magnitude itself encodes to finite weights", arguments: encodable)
    func largest(_ id: String) throws {
        let format = try #require(Spec.format(id))
        let rows = (0..<256).map { $0 % 3 == 0 ? format.clampedWeight : -format.clampedWeight }
        for importance in [least(id, 256), [Float](repeating: 1, count: 256)] {
            let encoded = try encoder(id, policy: .clamp).encode(rows, columns: 256, importance: importance)
            #expect(try ReferenceDecoder(format).decode(encoded).allSatisfy(\.isFinite))
        }
    }

    /// What each type holds alone in a block of zeros, and the magnitudes at both ends.
    static let ranges: [(id: String, lowest: Float, highest: Float)] = [
        ("q8_0", -8_319_008, 8_319_008), ("q4_0", -524_032, 524_032), ("q5_0", -1_048_064, 1_048_064), ("iq4_nl", -7_401_952, 7_401_952),
        ("q4_1", -65504, 1_048_064), ("q5_1", -65504, 2_096_128), ("q2_k", -982_560, 2_947_680), ("q3_k", -8_384_512, 8_384_512),
        ("q4_k", -4_126_752, 61_901_280), ("q5_k", -4_126_752, 127_929_312), ("q6_k", -268_304_384, 268_304_384), ("f16", -65504, 65504),
        ("nvfp4", -2688, 2688), ("iq4_xs", -236_862_464, 236_862_464), ("q2_0", -65504, 65504),
        ("tq1_0", -65504, 65504), ("tq2_0", -65504, 65504), ("q3_k_hifi@r6", -65504, 65504),
        ("q3_k_hifi_res8", -8_384_512, 8_384_512), ("q6_k_hifi_res8", -268_304_384, 268_304_384),
    ]

    @Test("the limit is that of each type: 99 % of it comes out right, its neighbour beyond is refused (ENC-02)", arguments: ranges.indices)
    func ends(_ index: Int) throws {
        let (id, lowest, highest) = Self.ranges[index]
        let format = try #require(Spec.format(id))
        #expect(format.weightRange == lowest...highest)
        for end in [lowest, highest] {
            var rows = [Float](repeating: 0, count: 256)
            rows[7] = end * 0.99
            // Q4_1 and Q5_1 lay the highest weight over the lowest, so alone it reaches only what the steps do.
            if ["q4_1", "q5_1"].contains(id), end > 0 { rows[7] = end * 0.92 }
            let decoded = try ReferenceDecoder(format).decode(encoder(id).encode(rows, columns: 256))
            #expect(abs(decoded[7] / rows[7] - 1) < 0.04, "\(decoded[7]) for \(rows[7])")
            rows[7] = end < 0 ? end.nextDown : end.nextUp
            #expect(throws: EncodeError.badWeight(row: 0, column: 7, value: rows[7], largest: abs(end))) {
                try encoder(id).encode(rows, columns: 256)
            }
        }
    }

    /// Types in which the entry that a lone weight takes decides how far its scale reaches.
    static let scaled: [(id: String, highest: Float)] = [
        ("iq1_s", 982_560), ("iq1_m", 982_560), ("iq2_xxs", 10_153_120), ("iq2_xs", 10_153_120), ("iq2_s", 10_153_120),
        ("iq3_xxs", 30_083_318), ("iq3_s", 29_486_310),
    ]

    @Test("about the limit the scale of a lone weight leaves fp16; its neighbour beyond is refused (ENC-02)", arguments: scaled.indices)
    func scaledEnds(_ index: Int) throws {
        let (id, highest) = Self.scaled[index]
        let format = try #require(Spec.format(id))
        #expect(format.weightRange == -highest...highest)
        let importance = (0..<256).map { $0 == 7 ? Float(1) : 0 }
        for sign: Float in [1, -1] {
            var rows = [Float](repeating: 0, count: 256)
            rows[7] = sign * highest * 0.6
            let decoded = try ReferenceDecoder(format).decode(encoder(id).encode(rows, columns: 256, importance: importance))
            #expect(abs(decoded[7] / rows[7] - 1) < 0.15, "\(decoded[7]) for \(rows[7])")
            rows[7] = sign * highest.nextUp
            #expect(throws: EncodeError.badWeight(row: 0, column: 7, value: rows[7], largest: highest)) {
                try encoder(id).encode(rows, columns: 256, importance: importance)
            }
            rows[7] = sign * highest * 1.5
            let beyond = try encoder(id, policy: .asOriginal).encode(rows, columns: 256, importance: importance)
            #expect(try !ReferenceDecoder(format).decode(beyond)[7].isFinite)
        }
    }

    @Test("types that are made with importances only say so (ENC-39)")
    func needed() throws {
        let needing = Spec.formats.filter { $0.encoding?.needsImportances == true }.map(\.id)
        #expect(needing.sorted() == ["iq1_s", "iq2_xs", "iq2_xxs"])
        let row = [Float](repeating: 1, count: 256)
        for id in needing {
            #expect(throws: EncodeError.importanceRequired(id)) { try encoder(id).encode(row, columns: 256) }
            #expect(throws: EncodeError.importanceRequired(id)) { try encoder(id, policy: .asOriginal).encode(row, columns: 256) }
        }
    }

    @Test("weights that no fp16 number could be are held by the types whose scales reach them (ENC-02)")
    func beyondHalf() throws {
        let rows = (0..<256).map { Float($0 % 2 == 0 ? 69632 : -1000) }
        for id in ["q8_0", "q3_k", "q2_k", "q4_k", "q5_k", "q6_k", "q4_0", "q4_1", "q5_0", "q5_1", "iq4_nl", "bf16", "f32"] {
            let format = try #require(Spec.format(id))
            let decoded = try ReferenceDecoder(format).decode(encoder(id).encode(rows, columns: 256))
            #expect(zip(decoded, rows).allSatisfy { abs($0 - $1) < 0.1 * 69632 }, "\(id)")
        }
        for id in ["f16", "q3_k_hifi@r6"] {
            #expect(throws: EncodeError.badWeight(row: 0, column: 0, value: 69632, largest: 65504)) {
                try encoder(id).encode(rows, columns: 256)
            }
        }
    }

    @Test("importances whose sums overflow or vanish are refused with their column, all zero ones are not (QUANT-20)")
    func spoiling() throws {
        let rows = (0..<512).map { Float(($0 * 37) % 101 - 50) / 500 }
        for id in ["q2_k", "q3_k", "q4_k", "q5_k", "q6_k", "q4_0", "iq4_nl"] {
            let encoder = try encoder(id)
            let even = [Float](repeating: 1, count: 512)
            let plain = try encoder.encode(rows, columns: 512, importance: even)
            for (wrong, vanishes) in [(Float(3e38), false), (Float.leastNonzeroMagnitude, true)] {
                var importance = even
                for column in 256..<512 { importance[column] = wrong }
                let error = #expect(throws: EncodeError.self, "\(id)") {
                    try encoder.encode(rows, columns: 512, importance: importance)
                }
                guard case .unusableImportance(0, let column, let place, wrong, vanishes) = error else {
                    Issue.record("\(id): \(error as Any)")
                    continue
                }
                #expect(column >= 256 && place >= column && place < column + encoder.format.elements)
                // llama.cpp goes on.
                _ = try self.encoder(id, policy: .asOriginal).encode(rows, columns: 512, importance: importance)
            }
            // Nothing is wrong with large or small ones as such.
            for factor: Float in [0x1p-40, 0x1p40] {
                #expect(try encoder.encode(rows, columns: 512, importance: even.map { $0 * factor }) == plain, "\(id)")
            }
        }
    }

    @Test("a minimum that grows past fp16 is refused, or held when clamping")
    func scaleOverflow() throws {
        // One block of the recorded overflow input, held to the range of fp16, whose weighted minimum lies below it.
        let rows = try RecordedEncode.floats("overflow").prefix(1024).map { max(-65504, min(65504, $0)) }
        let importance = try RecordedEncode.floats("importance-imp")
        #expect(throws: EncodeError.scaleOverflow(row: 0, column: 32, field: "m")) {
            try encoder("q5_1").encode(rows, columns: 1024, importance: importance)
        }
        let encoded = try encoder("q5_1", policy: .clamp).encode(rows, columns: 1024, importance: importance)
        #expect(encoded[24 + 2] == 0xFF && encoded[24 + 3] == 0xFB)
    }

    @Test("Q5_K holds the codes of minima that came out below zero, where few weights matter (ENC-12)")
    func heldCodes() throws {
        let rows = (0..<256).map { Float($0 * 29 % 101 - 50) }
        let importance = (0..<256).map { Float($0 % 100 == 0 ? 1 : 0) }
        // As llama.cpp encodes it: the minimum of the last sub-block but one has the code 63 of a stored -n.
        let block =
            "f929593afffefefefff932ffae4e0fae388c8771188623388c8731188633388ea739988733388ea7399c8733"
            + "388ea73950fa940ea54fe950fa940ea54fe9610ba41eb650fa610ba51fb650fa610ba51f4ae45ef59f09a04a"
            + "e45ef59f09a04ae46e05af19b15bf56f06a01ab15bf56f06e950fa940ea54fe950fa940ea640fa610ba51fb6"
            + "50fa610ba51fb650fa610ba5a040e751f0920ca040e750f0930da040e86000a31db050f86000a31db050f960"
        let found = try encoder("q5_k").encode(rows, columns: 256, importance: importance)
        #expect(found.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == block)
    }

    @Test("rows do not influence each other on the chunk path (ENC-01)", arguments: encodable)
    func rowsAreIndependent(_ id: String) throws {
        let first = try RecordedEncode.floats("mixed")
        let importance = try RecordedEncode.floats("importance-imp")
        for importance in [least(id, 1024), importance] {
            let whole = try encoder(id).encode(first, columns: 1024, importance: importance)
            var parts: [UInt8] = []
            for start in stride(from: 0, to: 8192, by: 1024) {
                parts += try encoder(id).encode(Array(first[start..<start + 1024]), columns: 1024, importance: importance)
            }
            #expect(whole == parts)
        }
    }

    @Test("arbitrary bit patterns as weights and importances never stop an encoder", arguments: encodable)
    func arbitraryBits(_ id: String) throws {
        var random = SplitMix64(seed: 7)
        let encoder = try encoder(id, policy: .asOriginal)
        for round in 0..<24 {
            // Rounds differ in how wild the exponents are: everything, near the largest, subnormal.
            let mask: UInt32 = [0xFFFF_FFFF, 0xFFFF_FFFF, 0x807F_FFFF][round % 3]
            let forced: UInt32 = [0, 0x7F00_0000, 0][round % 3]
            let rows = (0..<512).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: random.next()) & mask | forced) }
            let importance = (0..<512).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: random.next())) }
            for importance in [least(id, 512), importance] {
                let first = try encoder.encode(rows, columns: 512, importance: importance)
                #expect(first.count == encoder.encodedBytes(weights: 512))
                #expect(try encoder.encode(rows, columns: 512, importance: importance) == first)
            }
            let clamped = try self.encoder(id, policy: .clamp).encode(rows, columns: 512, importance: least(id, 512))
            #expect(try ReferenceDecoder(encoder.format).decode(clamped).allSatisfy(\.isFinite))
        }
    }

    @Test("element types are rounded to nearest, ties to even (ENC-15)")
    func elements() throws {
        #expect(try encoder("f32").encode([1, -0.0], columns: 2) == [0, 0, 0x80, 0x3F, 0, 0, 0, 0x80])
        #expect(try encoder("f16").encode([1, 1 + 0x1p-11, 1 + 0x3p-11, 0x1p-25], columns: 4) == [0, 0x3C, 0, 0x3C, 2, 0x3C, 0, 0])
        #expect(try encoder("bf16").encode([1, 1 + 0x1p-8, 1 + 0x3p-8], columns: 3) == [0x80, 0x3F, 0x80, 0x3F, 0x82, 0x3F])
    }
}
