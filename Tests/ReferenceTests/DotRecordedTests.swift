import Foundation
import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// Rows of weights and activations, and the products that a kernel of the fork gave.
struct RecordedDot: Decodable, Sendable, CustomTestStringConvertible {
    let format: String
    let input: String?
    let blocks: String?
    let firstBlock: Int?
    let activations: String
    let activationFormat: String
    let columns: Int
    let rows: Int
    let build: String
    let results: Int

    var testDescription: String { "\(format) \(input ?? "random blocks") × \(activations), \(build)" }

    static let all: [RecordedDot] = {
        let index = try? JSONDecoder().decode([RecordedDot].self, from: Data(Repository.bytes("Vectors/recorded/dot/index.json")))
        return index ?? []
    }()

    /// The recorded products.
    func recordedResults() throws -> [Float] { Array(try RecordedActivation.floats("dot/results")[results..<results + rows]) }

    /// Weight blocks and activation blocks, per row.
    func operands() throws -> [(weights: [UInt8], activations: [UInt8])] {
        let format = try #require(Spec.format(format))
        let activationFormat = try #require(Spec.format(activationFormat))
        var weights: [UInt8]
        if let input {
            weights = try ReferenceEncoder(format).encode(RecordedEncode.floats(input), columns: columns)
        } else {
            weights = try Repository.bytes("Vectors/recorded/decode/\(#require(blocks))")
            weights.removeFirst(try #require(firstBlock) * format.bytes)
        }
        let variant: ActivationQuantizer.Variant = build == "native" ? .vector : .portable
        let all = try RecordedActivation.floats("activation/\(activations)").prefix(rows * columns)
        let quantized = try ActivationQuantizer(activationFormat, variant: variant).quantize(Array(all), columns: columns)
        let (w, a) = (weights.count / rows, quantized.count / rows)
        return (0..<rows).map { (Array(weights[$0 * w..<($0 + 1) * w]), Array(quantized[$0 * a..<($0 + 1) * a])) }
    }

    /// Rows whose recorded result a kernel of this meaning may give: one that multiplies element by element, and one
    /// that sums integers.
    func admitted(_ meaning: DotMeaning) throws -> (elementwise: Int, blocked: Int) {
        let dot = try ReferenceDot(#require(Spec.format(format)), activation: #require(Spec.format(activationFormat)))
        var counts = (elementwise: 0, blocked: 0)
        for (operands, result) in zip(try operands(), try recordedResults()) {
            let value = try dot.dot(operands.weights, operands.activations, meaning: meaning)
            if value.admits(result, .elementwise) { counts.elementwise += 1 }
            if value.admits(result, .blocked) { counts.blocked += 1 }
        }
        return counts
    }
}

@Suite("Recorded dot products against the a-priori bound")
struct DotRecordedTests {
    private static let stock = RecordedDot.all.filter { !$0.format.contains("hifi") }
    private static let hifi = RecordedDot.all.filter { $0.format.contains("hifi") }

    /// What the fork's CPU kernels compute, where that is not `decoded`.
    private static let history: [String: DotMeaning] = [
        "q3_k_hifi@r6": .add, "q3_k_hifi@r12c": .baseOffPerSlot, "q4_k_hifi": .baseOffPerSlot, "q2_k_hifi": .add,
        "q5_k_hifi_res8": .addWhereActive, "q6_k_hifi_res8": .addWhereActive, "q6_k_hifi_dynamic": .addWhereActive,
    ]

    @Test("products of nineteen kernels in two builds are recorded")
    func present() {
        #expect(RecordedDot.all.count == 170)
        #expect(Set(RecordedDot.all.map(\.format)).count == 18)
    }

    @Test("every stock kernel is inside both bounds", arguments: stock)
    func stockKernels(_ recorded: RecordedDot) throws {
        #expect(try recorded.admitted(.decoded) == (recorded.rows, recorded.rows))
    }

    @Test("every HIFI kernel is inside the bounds of its historical meaning", arguments: hifi.filter { $0.format != "q6_k_hifi" })
    func historicalMeanings(_ recorded: RecordedDot) throws {
        let meaning = try #require(Self.history[recorded.format])
        #expect(try recorded.admitted(meaning) == (recorded.rows, recorded.rows))
    }

    @Test("the kernels that agree with decoding on encoder output conform there", arguments: hifi.filter { $0.input != nil })
    func conforming(_ recorded: RecordedDot) throws {
        let conforms = ["q3_k_hifi@r6", "q3_k_hifi@r12c", "q4_k_hifi"].contains(recorded.format)
        let admitted = try recorded.admitted(.decoded).elementwise
        if conforms { #expect(admitted == recorded.rows) } else { #expect(admitted < recorded.rows) }
    }

    @Test("duplicate positions and live bases show every HIFI kernel wrong", arguments: hifi.filter { $0.blocks != nil })
    func adversarial(_ recorded: RecordedDot) throws {
        #expect(try recorded.admitted(.decoded).elementwise < recorded.rows)
    }

    @Test("spiky activations show the kernels that skip small ones wrong on almost every row")
    func skippingKernels() throws {
        for recorded in Self.hifi where recorded.activations == "spiky" && Self.history[recorded.format] == .addWhereActive {
            #expect(try recorded.admitted(.decoded).elementwise <= recorded.rows / 8, "\(recorded.testDescription)")
        }
    }

    @Test("the Q6_K_HIFI kernel reads blocks of 222 bytes as Q6_K blocks of 210", arguments: hifi.filter { $0.format == "q6_k_hifi" })
    func stride(_ recorded: RecordedDot) throws {
        let q6k = try #require(Spec.format("q6_k"))
        let dot = try ReferenceDot(q6k, activation: #require(Spec.format("q8_k")))
        for (operands, result) in zip(try recorded.operands(), try recorded.recordedResults()) {
            let misread = Array(operands.weights.prefix(recorded.columns / 256 * 210))
            let value = try dot.dot(misread, operands.activations)
            // Misread scales can be NaN or huge; then only the class of the result is known.
            #expect(value.admits(result) || !value.bound().isFinite, "\(value) \(result)")
        }
        #expect(try recorded.admitted(.decoded).elementwise <= 1)
    }
}
