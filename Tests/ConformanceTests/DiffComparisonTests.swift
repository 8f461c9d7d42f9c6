import BlockDiff
import Foundation
import HIFIBlockSpec
import HIFIReference
import Testing

@Suite("Differences are counted, measured and placed")
struct DiffComparisonTests {
    private func compare(_ a: [UInt32], _ b: [UInt32], strictNaN: Bool = false) -> FloatComparer {
        var options = FloatComparer.Options()
        options.strictNaN = strictNaN
        var comparer = FloatComparer(format: nil, options: options)
        comparer.append(a, b)
        comparer.finish()
        return comparer
    }

    @Test("kinds of difference are distinguished")
    func kinds() {
        let (one, nan, otherNaN, infinity): (UInt32, UInt32, UInt32, UInt32) = (0x3F80_0000, 0x7FC0_0000, 0xFFC0_0001, 0x7F80_0000)
        let s = compare([one, nan, nan, infinity, 0, one, one], [one, otherNaN, one, one, 0x8000_0000, one + 1, one + 3]).statistics
        #expect(s.compared == 7)
        #expect(s.sameBits == 1)
        #expect(s.otherNaNBits == 1)
        #expect(s.differing == 5)
        #expect(s.nanMismatches == 1)
        #expect(s.infinityMismatches == 1)
        #expect(s.zeroSigns == 1)
        #expect(s.maximumAbsolute == 0x3p-23)
        #expect(s.maximumAbsoluteAt == 6)
        #expect(s.maximumRelative == 0x3p-23)
        #expect(s.maximumULPs == 0x7F80_0000 - 0x3F80_0000)
        #expect(s.rootMeanSquare == ((0x1p-46 + 0x9p-46) / 5).squareRoot())
        #expect(s.histogram.map(\.count) == [1, 1, 1, 1])
        #expect(s.histogram.prefix(3).map(\.label) == ["0", "1", "3–4"])
    }

    @Test("NaNs with other bits differ only where that is asked for")
    func nan() {
        #expect(compare([0x7FC0_0000], [0x7FC0_0001]).statistics.differing == 0)
        #expect(compare([0x7FC0_0000], [0x7FC0_0001], strictNaN: true).statistics.differing == 1)
    }

    @Test(
        "classes of distances hold what their labels say",
        arguments: [(1, "1"), (2, "2"), (3, "3–4"), (4, "3–4"), (5, "5–8"), (8, "5–8"), (9, "9–16")])
    func classes(_ distance: UInt32, _ label: String) {
        #expect(compare([0x4000_0000], [0x4000_0000 + distance]).statistics.histogram.map(\.label) == [label])
    }

    @Test("a difference knows block, weight, sub-block, and the parts of both numbers")
    func place() throws {
        let format = try #require(Spec.format("q3_k"))
        var comparer = FloatComparer(format: format)
        var b = [UInt32](repeating: 0x3F80_0000, count: 512)
        b[300] = 0xC020_0000  // −2.5
        comparer.append([UInt32](repeating: 0x3F80_0000, count: 512), b)
        let first = try #require(comparer.first.first)
        #expect(first.index == 300 && first.block == 1 && first.weight == 44 && first.subBlock == 2)
        #expect(
            first.actual.sign == "-" && first.actual.exponent == 1 && first.actual.mantissa == "200000" && first.actual.bits == "c0200000")
        #expect(comparer.blocks == [1] && comparer.weightsInBlock == [1])
    }

    @Test("chunks make no difference")
    func chunks() {
        let a = (0..<1000).map { UInt32($0) << 12 }
        let b = a.map { $0 ^ ($0 % 7 == 0 ? 1 : 0) }
        var pieces = FloatComparer(format: nil)
        for start in stride(from: 0, to: 1000, by: 37) { pieces.append(a[start..<min(1000, start + 37)], b[start..<min(1000, start + 37)]) }
        pieces.finish()
        #expect(pieces.statistics == compare(a, b).statistics)
    }

    @Test("arrays of two lengths are compared as far as they go, and are not equal")
    func lengths() {
        let entry = ArrayComparison().run("", FloatSource([1, 2, 3]), FloatSource([1, 2])).diff
        #expect(!entry.isEqual && entry.statistics?.sameBits == 2 && entry.problem == "3 values on one side, 2 on the other")
    }

    @Test("a minimal failing input keeps only the bytes that matter")
    func shrink() {
        var bytes = Fixture.noise(134, seed: 3)
        bytes[17] = 0x80
        bytes[90] = 0x41
        let small = Minimiser.shrink(bytes) { $0[17] & 0x80 != 0 && $0[90] & 1 == 1 }
        #expect(small.indices.filter { small[$0] != 0 } == [17, 90])
    }
}
