import CInference
import Foundation
import HIFIBlockSpec
import HIFIReference
import Testing

@Suite("Kernels in fp32: the same bits on every instruction set, and the right ones")
struct FloatKernelTests {
    static let names: [String] = (["portable", "avx2", "avx512"] as [String]).filter { hifi_float_kernels_named($0) != nil }

    private static func table(_ name: String) throws -> hifi_float_kernels { try #require(hifi_float_kernels_named(name)).pointee }

    /// Numbers between −1 and 1, now and then far larger or smaller.
    private static func numbers(_ count: Int, seed: UInt64 = 1) -> [Float] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let value = Float(Int32(truncatingIfNeeded: state >> 32)) * 0x1p-31
            return state >> 20 & 15 == 0 ? value * 20 : state >> 24 & 15 == 0 ? value * 1e-4 : value
        }
    }

    @Test("Products of panels: one chain of fused multiply-adds from the first term to the last", arguments: names)
    func products(name: String) throws {
        let table = try Self.table(name)
        for (rows, terms) in [(1, 1), (3, 7), (12, 256), (13, 257), (29, 600)] {
            let (a, b) = (Self.numbers(rows * terms), Self.numbers(32 * terms, seed: 2))
            var c = [Float](repeating: 0.5, count: rows * 32)
            for accumulate in [0, 1] {
                let before = c
                table.panel_product(a, terms, b, &c, 32, rows, terms, Int32(accumulate))
                for row in 0..<rows {
                    for column in [0, 17, 31] {
                        var sum: Float = accumulate == 1 ? before[row * 32 + column] : 0
                        for k in 0..<terms { sum = sum.addingProduct(a[row * terms + k], b[k * 32 + column]) }
                        #expect(c[row * 32 + column].bitPattern == sum.bitPattern)
                    }
                }
            }
        }
    }

    @Test("A negative zero stays one in a product, and a norm in place is the norm", arguments: names)
    func signsAndPlaces(name: String) throws {
        let table = try Self.table(name)
        // −0 · 1 − 0 is −0; a left operand that had 0 added would give +0.
        var zeros = [Float](repeating: -0.0, count: 13 * 32)
        table.panel_product([Float](repeating: -0.0, count: 13), 1, [Float](repeating: 1, count: 32), &zeros, 32, 13, 1, 1)
        #expect(zeros.allSatisfy { $0.bitPattern == 0x8000_0000 })
        for count in [1, 16, 47, 128] {
            let (x, weight) = (Self.numbers(count), Self.numbers(count, seed: 5))
            var (apart, place) = ([Float](repeating: 0, count: count), x)
            table.rms_norm(x, weight, 1e-6, &apart, count)
            place.withUnsafeMutableBufferPointer { table.rms_norm($0.baseAddress, weight, 1e-6, $0.baseAddress, count) }
            #expect(place.map(\.bitPattern) == apart.map(\.bitPattern))
        }
    }

    @Test("Exponentials are within 1.5 units of the last place, and 0 where the result is not a normal number", arguments: names)
    func exponentials(name: String) throws {
        let table = try Self.table(name)
        var worst = 0.0
        for step in -87_300..<0 {
            // One term beside the largest, which is 0 and gives 1.
            var pair: [Float] = [Float(step) / 1000 + 0.0003, 0]
            let exact = exp(Double(pair[0]))
            _ = table.softmax_terms(&pair, 1, 2)
            guard pair[1] == 1 else { continue }
            worst = max(worst, abs(Double(pair[0]) - exact) / Double(Float(exact).ulp))
        }
        #expect(worst < 1.5)
        var ends: [Float] = [-88, -1000, -.infinity, 0]
        #expect(table.softmax_terms(&ends, 1, 4) == 1)
        #expect(ends == [0, 0, 0, 1])
    }

    @Test("All tables give the bits of the portable one", arguments: names)
    func sameBits(name: String) throws {
        let (table, portable) = (try Self.table(name), try Self.table("portable"))
        for count in [1, 15, 16, 17, 100, 256, 1000] {
            let (x, y) = (Self.numbers(count), Self.numbers(count, seed: 3))
            func results(_ table: hifi_float_kernels) -> [UInt64] {
                var out = [Float](repeating: 0, count: count)
                var bits: [UInt64] = []
                table.rms_norm(x, y, 1e-6, &out, count)
                bits += out.map { UInt64($0.bitPattern) }
                table.swiglu(x, y, &out, count)
                bits += out.map { UInt64($0.bitPattern) }
                out = x
                bits.append(UInt64(table.softmax_terms(&out, 0.3, count).bitPattern))
                bits += out.map { UInt64($0.bitPattern) }
                bits.append(table.exponential_sum(x, 1, count).bitPattern)
                bits.append(table.divergence_sum(x, y, 1, count).bitPattern)
                bits.append(UInt64(table.largest(x, count).bitPattern))
                var sums = [Double](repeating: 1, count: count)
                table.add_squares(&sums, x, count)
                return bits + sums.map(\.bitPattern)
            }
            #expect(results(table) == results(portable), "\(count) numbers")
        }
    }

    @Test("Means, sums and maxima against double", arguments: names)
    func againstDouble(name: String) throws {
        let table = try Self.table(name)
        let (x, y) = (Self.numbers(1000), Self.numbers(1000, seed: 3))
        var out = [Float](repeating: 0, count: 1000)
        table.rms_norm(x, y, 1e-6, &out, 1000)
        let mean = x.reduce(0) { $0 + Double($1) * Double($1) } / 1000
        for i in 0..<1000 { #expect(abs(Double(out[i]) - Double(x[i]) / (mean + 1e-6).squareRoot() * Double(y[i])) < 1e-6 * 400) }
        let sum = x.reduce(0) { $0 + exp(Double($1) - 2) }
        #expect(abs(table.exponential_sum(x, 2, 1000) / sum - 1) < 1e-6)
        let divergence = zip(x, y).reduce(0) { $0 + exp(Double($1.0) - 2) * (Double($1.0) - Double($1.1)) }
        #expect(abs(table.divergence_sum(x, y, 2, 1000) - divergence) < 1e-6 * sum * 40)
        #expect(table.divergence_sum(x, x, 2, 1000) == 0)
        #expect(table.largest(x, 1000) == x.max())
    }

    @Test("Numbers that are not finite are found at every position", arguments: names)
    func notFinite(name: String) throws {
        let table = try Self.table(name)
        for count in [1, 16, 33] {
            for place in 0..<count {
                for bad in [Float.nan, .infinity, -.infinity] {
                    var x = Self.numbers(count)
                    #expect(table.all_finite(x, count) == 1)
                    x[place] = bad
                    #expect(table.all_finite(x, count) == 0)
                    if bad.isNaN { #expect(table.largest(x, count).isNaN) }
                }
            }
        }
        #expect(table.largest([], 0) == -.infinity)
    }

    @Test("Activations rounded through Q8_0 and Q8_K are what decoding their blocks gives", arguments: names)
    func rounding(name: String) throws {
        let table = try Self.table(name)
        var x = Self.numbers(2048)
        // Zeros, a tiny block whose scale is subnormal in fp16, ties.
        for i in 0..<32 { (x[i], x[32 + i], x[64 + i]) = (0, x[32 + i] * 1e-6, Float(i) - 15.5) }
        for i in 256..<512 { x[i] = 0 }
        for (id, round) in [("q8_0", table.through_q8_0), ("q8_k", table.through_q8_k)] {
            let format = try #require(Spec.format(id))
            let blocks = try ActivationQuantizer(format, variant: .vector).quantize(x, columns: 2048)
            var out = [Float](repeating: 7, count: 2048)
            round?(x, &out, 2048)
            let expected = try ReferenceDecoder(format).decode(blocks)
            for i in 0..<2048 { #expect(out[i] == expected[i], "\(id) \(i)") }
        }
    }

    @Test("Rows become columns of a panel", arguments: names)
    func transposition(name: String) throws {
        let table = try Self.table(name)
        for (rows, count) in [(32, 48), (5, 17), (1, 1)] {
            let x = Self.numbers(rows * count)
            var panel = [Float](repeating: 7, count: 32 * count)
            table.transpose(x, count, rows, &panel, count)
            for k in 0..<count {
                for r in 0..<32 { #expect(panel[k * 32 + r] == (r < rows ? x[r * count + k] : 0)) }
            }
        }
    }
}
