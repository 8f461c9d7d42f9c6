import BlockDiff
import Foundation
import HIFIBlockSpec
import HIFIFiles
import HIFIReference
import TestSupport
import Testing

@Suite("Differences of rows with headers")
struct RowDiffTests {
    private static let columns = 512
    private static let rows = 4

    /// Rows of IQ4_KS with scales 0.01, 0.02 and so on.
    private static func row(_ number: Int, scale: Float) -> [UInt8] {
        withUnsafeBytes(of: scale.bitPattern.littleEndian, Array.init) + (0..<272).map { UInt8(truncatingIfNeeded: 7 * $0 + 31 * number) }
    }

    private static let scales: [Float] = [0.01, 0.02, 0.03, 0.04]
    private static let bytes = scales.enumerated().flatMap { row($0, scale: $1) }

    private static func decoded(_ scales: [Float]) throws -> [Float] {
        let decoder = try ReferenceDecoder(try #require(Spec.format("iq4_ks")))
        return try scales.enumerated().flatMap { try decoder.decode(row($0, scale: $1)) }
    }

    private static func explain(_ actual: [Float]) throws -> [Explanation] {
        let format = try #require(Spec.format("iq4_ks"))
        let (a, b) = (FloatSource(try decoded(scales)), FloatSource(actual))
        var comparison = ArrayComparison()
        try comparison.decoded(bytes, from: "blocks", as: format, a, named: "a", b, named: "b")
        return comparison.run("", a, b).diff.explanations
    }

    @Test("one row's wrong scale is named with its row")
    func oneRow() throws {
        let found = try Self.explain(Self.decoded([0.01, 0.02, 0.06, 0.04]))
        #expect(found.first?.sentence.contains("d of row 2 is 0.06 instead of 0.03") == true, "\(found)")
        #expect(found.first?.isGeneral == false)
    }

    @Test(
        "headers of other rows, and rows without their scale, are named",
        arguments: [
            ([0.01, 0.01, 0.01, 0.01], "the header of the first row"), ([0.01, 0.01, 0.02, 0.03], "the header of the row before it"),
            ([0.02, 0.03, 0.04, 0.04], "the header of the row after it"), ([1, 1, 1, 1], "d of the row is taken for 1"),
        ] as [([Float], String)])
    func everyRow(_ scales: [Float], _ words: String) throws {
        let found = try Self.explain(Self.decoded(scales))
        #expect(found.contains { $0.sentence.contains(words) && $0.isGeneral }, "\(found)")
    }

    @Test("rows of other lengths than the values are refused")
    func lengths() throws {
        let format = try #require(Spec.format("iq4_ks"))
        let values = FloatSource([Float](repeating: 0, count: 4 * 512))
        var comparison = ArrayComparison()
        #expect(throws: DiffError.self) {
            try comparison.decoded(Self.bytes, from: "b", as: format, rowWeights: 256, values, named: "a", values, named: "b")
        }
        #expect(throws: DiffError.self) {
            try comparison.decoded(Array(Self.bytes.dropLast()), from: "b", as: format, values, named: "a", values, named: "b")
        }
        try comparison.decoded(Self.bytes, from: "b", as: format, rowWeights: 512, values, named: "a", values, named: "b")
        #expect(comparison.blocks?.count == 8 && comparison.blocks?.rows?.blocks == 2)
    }

    @Test("interleaved rows are taken apart first, and their length has to be said")
    func woven() throws {
        let format = try #require(Spec.format("q4_k_r4"))
        let bytes = [UInt8](repeating: 0, count: 8 * 2 * format.bytes)
        let values = FloatSource([Float](repeating: 0, count: 16 * 256))
        var comparison = ArrayComparison()
        #expect(throws: DiffError.self) {
            try comparison.decoded(bytes, from: "b", as: format, values, named: "a", values, named: "b")
        }
        try comparison.decoded(bytes, from: "b", as: format, rowWeights: 512, values, named: "a", values, named: "b")
        #expect(comparison.format?.id == "q4_k" && comparison.blocks?.count == 16)
    }
}
