import Foundation
import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// An input and what the fork's encoder made of it.
struct RecordedEncode: Decodable, Sendable, CustomTestStringConvertible {
    let format: String
    let input: String
    let importance: String?
    let path: String
    let outliers: Int?
    let rows: Int
    let columns: Int
    let encodedSHA256: String
    let decodedSHA256: String?
    /// Entry of `groups.bin` with the digest of the first 256 weights.
    let groupDigests: Int
    let source: String

    var testDescription: String {
        "\(format) of \(input), importance \(importance ?? "none"), \(path)\(outliers.map { ", \($0) outliers" } ?? "")"
    }

    static let all: [RecordedEncode] = {
        let index = try? JSONDecoder().decode([RecordedEncode].self, from: Data(Repository.bytes("Vectors/recorded/encode/index.json")))
        return index ?? []
    }()

    /// The formats with recorded cases; one test each, so that a failure names its cases and a run stays readable.
    static let formats = Set(all.map(\.format)).sorted()

    static func floats(_ name: String) throws -> [Float] {
        let bytes = try Repository.bytes("Vectors/recorded/encode/\(name).f32")
        return bytes.withUnsafeBytes { raw in
            stride(from: 0, to: raw.count, by: 4).map { offset in
                Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            }
        }
    }

    func encode(policy: InputPolicy) throws -> [UInt8] {
        let format = try #require(Spec.format(format))
        let path = try #require(ReferenceEncoder.Path(rawValue: path))
        let encoder = try ReferenceEncoder(format, path: path, outliers: outliers, policy: policy)
        let importance = try importance.map { try Self.floats("importance-\($0)") }
        return try encoder.encode(Self.floats(input), columns: columns, importance: importance)
    }

    /// Where `encoded` first differs from what is recorded.
    func firstDifference(_ encoded: [UInt8], groups: [UInt8]) -> String {
        let count = rows * columns / 256
        let size = encoded.count / count
        for group in 0..<count {
            let digest = encoded[group * size..<(group + 1) * size].withUnsafeBytes { Array(SHA256.hash(data: $0).prefix(4)) }
            let entry = 4 * (groupDigests + group)
            if digest != Array(groups[entry..<entry + 4]) {
                let (row, column) = (256 * group / columns, 256 * group % columns)
                return "\(testDescription): first difference in row \(row), columns \(column) ..< \(column + 256)"
            }
        }
        return "\(testDescription): no group differs"
    }
}

func hexSHA256(_ bytes: [UInt8]) -> String { SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined() }

@Suite("The reference encoder equals llama.cpp and its HIFI fork byte for byte")
struct EncodeRecordedTests {
    @Test("over a thousand cases are recorded, and the importance matrices with them")
    func present() throws {
        #expect(RecordedEncode.all.count == 1468)
        #expect(RecordedEncode.formats.count == 33)
        #expect(RecordedEncode.all.filter { $0.source.hasPrefix("llama.cpp 3f545becc") }.count == 351)
        for name in ["imp", "imz", "imv"] { #expect(try RecordedEncode.floats("importance-\(name)").count == 1024) }
    }

    @Test("every recorded case (ENC-04 to ENC-17, ENC-19, ENC-20, ENC-22 to ENC-25, ENC-27 to ENC-38)", arguments: RecordedEncode.formats)
    func bytes(_ format: String) throws {
        let groups = try Repository.bytes("Vectors/recorded/encode/groups.bin")
        for recorded in RecordedEncode.all where recorded.format == format {
            let encoded = try recorded.encode(policy: .asOriginal)
            if hexSHA256(encoded) != recorded.encodedSHA256 {
                Issue.record("\(recorded.firstDifference(encoded, groups: groups))")
            }
        }
    }

    @Test("what was encoded decodes to what the fork decoded", arguments: RecordedEncode.formats)
    func decoded(_ format: String) throws {
        let decoder = try ReferenceDecoder(#require(Spec.format(format)))
        var seen: Set<String> = []
        for recorded in RecordedEncode.all where recorded.format == format && seen.insert(recorded.encodedSHA256).inserted {
            guard let expected = recorded.decodedSHA256 else { continue }
            let weights = try decoder.decode(recorded.encode(policy: .asOriginal))
            let digest = weights.withUnsafeBytes { SHA256.hash(data: $0).map { String(format: "%02x", $0) }.joined() }
            #expect(digest == expected, "\(recorded.testDescription)")
        }
    }

    @Test("weights in range encode the same under every input policy", arguments: RecordedEncode.formats)
    func policies(_ format: String) throws {
        let range = try #require(Spec.format(format)).weightRange
        for recorded in RecordedEncode.all where recorded.format == format && recorded.input != "overflow" && recorded.rows <= 16 {
            // Weights up to 11014 are beyond NVFP4.
            guard try recorded.input != "types-large" || RecordedEncode.floats(recorded.input).allSatisfy(range.contains) else { continue }
            #expect(try hexSHA256(recorded.encode(policy: .reject)) == recorded.encodedSHA256, "\(recorded.testDescription)")
            #expect(try hexSHA256(recorded.encode(policy: .clamp)) == recorded.encodedSHA256, "\(recorded.testDescription)")
        }
    }

    @Test("weights out of range are refused unless asked otherwise", arguments: RecordedEncode.formats)
    func overflow(_ format: String) throws {
        let range = try #require(Spec.format(format)).weightRange
        for recorded in RecordedEncode.all where recorded.format == format && recorded.input == "overflow" {
            // Only what a block can hold with finite scales is taken: weights of another type's range may be in this one's.
            let values = try RecordedEncode.floats("overflow")
            if values.allSatisfy(range.contains) {
                // A scale may still exceed its field, which is refused; otherwise everything is finite.
                guard recorded.importance != "imz", let bytes = try? recorded.encode(policy: .reject) else { continue }
                let decoded = try ReferenceDecoder(#require(Spec.format(format))).decode(bytes)
                #expect(!decoded.contains { !$0.isFinite }, "\(recorded.testDescription)")
            } else {
                #expect(throws: EncodeError.self) { try recorded.encode(policy: .reject) }
            }
            let weights = try ReferenceDecoder(#require(Spec.format(format))).decode(recorded.encode(policy: .clamp))
            #expect(recorded.importance == "imz" || weights.allSatisfy(\.isFinite), "\(recorded.testDescription)")
        }
    }
}
