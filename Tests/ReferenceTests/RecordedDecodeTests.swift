import BlockSpec
import Foundation
import Reference
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

    var testDescription: String { "\(format), \(count) \(set) blocks of \(source)" }

    static let all: [RecordedDecode] = {
        let index = try? JSONDecoder().decode([RecordedDecode].self, from: Data(Repository.bytes("Vectors/recorded/decode/index.json")))
        return index ?? []
    }()
}

@Suite("The reference decoder equals the llama.cpp HIFI fork bit for bit, NaN payloads included")
struct RecordedDecodeTests {
    @Test("the recorded sets are there")
    func present() { #expect(RecordedDecode.all.count >= 22) }

    @Test("recorded blocks", arguments: RecordedDecode.all)
    func decode(_ recorded: RecordedDecode) throws {
        let format = try #require(Spec.format(recorded.format))
        let blocks = try Repository.bytes("Vectors/recorded/decode/\(recorded.blocks)")
        #expect(blocks.count == recorded.count * format.bytes)
        let weights = try ReferenceDecoder(format).decode(blocks)
        let digest = weights.withUnsafeBytes { SHA256.hash(data: $0) }
        #expect(digest.map { String(format: "%02x", $0) }.joined() == recorded.decodedSHA256)
    }
}
