import Foundation
import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

/// Rows of types of ik_llama.cpp and what its library decoded them to, as a digest of the little-endian fp32 output with every NaN
/// as 0x7fc00000.
struct RecordedRows: Decodable, Sendable, CustomTestStringConvertible {
    let format: String
    let set: String
    let rows: String
    let count: Int
    let columns: Int
    let decodedSHA256: String
    let source: String
    /// The library took the row from its first byte on for blocks, and left out the scale in the header (O24).
    let headerLeftOut: Bool?

    var testDescription: String { "\(format), \(count) \(set) rows of \(source)" }

    static let all: [RecordedRows] = {
        let index = try? JSONDecoder().decode([RecordedRows].self, from: Data(Repository.bytes("Vectors/recorded/rows/index.json")))
        return index ?? []
    }()
}

/// Q60-01 to Q60-02, IQ2K-01 to IQ2K-05, IQ3K-01 to IQ3K-05, IQ4K-01 to IQ4K-05, IQ5K-01 to IQ5K-05, IQ6K-01 to IQ6K-06,
/// Q8KV-01 to Q8KV-03, IQ1BN-01 to IQ1BN-04, IQ2BN-01 to IQ2BN-03, IQ2KL-01 to IQ2KL-05, IQ3KS-01 to IQ3KS-05, IQ4KS-01 to IQ4KS-05,
/// IQ4KSS-01 to IQ4KSS-05, IQ5KS-01 to IQ5KS-05, IQ1KT-01 to IQ1KT-05, IQ2KT-01 to IQ2KT-05, IQ3KT-01 to IQ3KT-06, IQ4KT-01 to IQ4KT-05,
/// NUM-13.
@Suite("The reference decoder equals ik_llama.cpp bit for bit")
struct RecordedRowTests {
    @Test("every type of ik_llama.cpp that is decoded has recorded rows, but for one whose encoder crashed")
    func present() {
        let types = Spec.dialect("ik-llama")?.ownTypes.filter { $0.id >= 133 }.flatMap(\.formats) ?? []
        let decoded = Set(types.compactMap(Spec.format).filter { $0.decoding != nil }.map(\.id))
        #expect(decoded.count == 19)
        #expect(Set(RecordedRows.all.map(\.format)) == decoded.subtracting(["iq2_ks"]))
        #expect(RecordedRows.all.count == 36)
    }

    @Test("recorded rows", arguments: RecordedRows.all)
    func decode(_ recorded: RecordedRows) throws {
        let format = try #require(Spec.format(recorded.format))
        let stored = try Repository.bytes("Vectors/recorded/rows/\(recorded.rows)")
        let rowBytes = try #require(format.bytes(forRowOf: UInt64(recorded.columns)).map(Int.init))
        #expect(stored.count == recorded.count * rowBytes)
        let decoder = try ReferenceDecoder(format)
        var weights: [Float] = []
        for row in 0..<recorded.count {
            let bytes = Array(stored[row * rowBytes..<(row + 1) * rowBytes])
            weights += try decoder.decode(recorded.headerLeftOut == true ? Self.headerLeftOut(bytes, format) : bytes)
        }
        let bits = weights.map { $0.isNaN ? 0x7FC0_0000 : $0.bitPattern }
        let digest = bits.withUnsafeBytes { SHA256.hash(data: $0) }
        #expect(digest.map { String(format: "%02x", $0) }.joined() == recorded.decodedSHA256)
    }

    /// The bytes of a row with a scale of 1 in front, less what is then too much at the end.
    private static func headerLeftOut(_ row: [UInt8], _ format: BlockFormat) -> [UInt8] {
        let one: [UInt8] = format.headerBytes == 2 ? [0, 0x3C] : [0, 0, 0x80, 0x3F]
        return one + row.dropLast(format.headerBytes)
    }
}
