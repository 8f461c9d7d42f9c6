import Foundation
import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// Random blocks and what the fork decoded them to, as a digest of the little-endian fp32 output.
struct RecordedDecode: Decodable, Sendable, CustomTestStringConvertible {
    let format: String
    let set: String
    let blocks: String
    let count: Int
    let decodedSHA256: String
    let source: String
    /// The bits that every NaN counts as; nil where payloads count.
    let nans: String?

    var testDescription: String { "\(format), \(count) \(set) blocks of \(source)" }

    static let all: [RecordedDecode] = {
        let index = try? JSONDecoder().decode([RecordedDecode].self, from: Data(Repository.bytes("Vectors/recorded/decode/index.json")))
        return index ?? []
    }()
}

@Suite("The reference decoder equals the llama.cpp HIFI fork bit for bit, NaN payloads included where they are recorded")
struct RecordedDecodeTests {
    @Test("the recorded sets are there")
    func present() { #expect(RecordedDecode.all.count >= 36) }

    /// Types whose codes name entries of grids, ternary digits, FP4 scales: IQ2XXS-01 to IQ2XXS-05, IQ2XS-01 to IQ2XS-05, IQ2S-01 to
    /// IQ2S-05, IQ3XXS-01 to IQ3XXS-05, IQ3S-01 to IQ3S-05, IQ1S-01 to IQ1S-04, IQ1M-01 to IQ1M-05, TQ1-01 to TQ1-04, TQ2-01 to
    /// TQ2-03, NVFP4-01 to NVFP4-03, Q10-01 to Q10-02, Q20-01 to Q20-02, NUM-11 to NUM-12.
    @Test("every type of the library that is decoded has recorded blocks")
    func everyTypeOfTheLibrary() {
        let recorded = Set(RecordedDecode.all.map(\.format))
        let types = Spec.dialect("upstream")?.types.flatMap(\.formats) ?? []
        #expect(!types.isEmpty)
        for format in types.compactMap(Spec.format) where format.elements > 1 && !["q4_1", "q8_1", "q8_k"].contains(format.id) {
            #expect(recorded.contains(format.id), "\(format.id)")
        }
    }

    @Test("recorded blocks", arguments: RecordedDecode.all)
    func decode(_ recorded: RecordedDecode) throws {
        let format = try #require(Spec.format(recorded.format))
        let blocks = try Repository.bytes("Vectors/recorded/decode/\(recorded.blocks)")
        #expect(blocks.count == recorded.count * format.bytes)
        let weights = try ReferenceDecoder(format).decode(blocks)
        let nan = recorded.nans.flatMap { UInt32($0, radix: 16) }
        let bits = weights.map { weight in weight.isNaN ? nan ?? weight.bitPattern : weight.bitPattern }
        let digest = bits.withUnsafeBytes { SHA256.hash(data: $0) }
        #expect(digest.map { String(format: "%02x", $0) }.joined() == recorded.decodedSHA256)
    }
}
