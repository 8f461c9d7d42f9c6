import HIFIBlockSpec
import HIFICKernels
import HIFIKernels
import HIFIReference
import Testing

@Suite("Kernels multiply within the bound of the reference")
struct ProductTests {
    /// Rows of 1024, one of them at a time and many at once, against rows of activations with zeros and spikes.
    @Test("finite rows", arguments: Pairing.all)
    func finite(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        let (rows, columns) = (5, 1024)
        let weights = Samples.finite(format, blocks: rows * columns / format.elements, seed: 20)
        let activations = try backend.quantize(Samples.activations(2 * columns, seed: 21), columns: columns)
        let found = try backend.multiply(format, weights, rows: rows, by: activations)
        try check(format, weights, activations, found, rows: rows)
    }

    /// Kernels take several blocks at a time, and several such groups: every remainder, and more than all of them.
    @Test("rows of any number of blocks", arguments: Pairing.all)
    func lengths(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        for superblocks in [2, 3, 4, 5, 7, 8, 38] {
            let columns = 256 * superblocks
            let activations = try backend.quantize(Samples.activations(columns, seed: 34), columns: columns)
            let weights = Samples.finite(format, blocks: 2 * columns / format.elements, seed: 35)
            try check(format, weights, activations, backend.multiply(format, weights, rows: 2, by: activations), rows: 2)
            let hostile = Samples.hostile(format, blocks: 2 * columns / format.elements, seed: 36)
            try check(format, hostile, activations, backend.multiply(format, hostile, rows: 2, by: activations), rows: 2)
        }
    }

    @Test("rows at any address", arguments: Pairing.all)
    func unaligned(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        for count in [1, 5] {
            let activations = try backend.quantize(Samples.activations(count * 1280, seed: 37), columns: 1280)
            let weights = Samples.finite(format, blocks: 1280 / format.elements, seed: 38)
            let expected = try backend.multiply(format, weights, rows: 1, by: activations).map(\.bitPattern)
            for offset in 0..<64 {
                let shifted = [UInt8](repeating: 0xA5, count: offset) + weights
                var output = [Float](repeating: 0, count: count)
                try shifted.withUnsafeBytes { bytes in
                    try output.withUnsafeMutableBufferPointer {
                        try backend.multiply(format, .init(rebasing: bytes[offset...]), by: activations, into: $0)
                    }
                }
                #expect(output.map(\.bitPattern) == expected, "offset \(offset)")
            }
        }
    }

    @Test("rows with NaN, infinities and subnormal scales", arguments: Pairing.all)
    func hostile(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        let rows = 60
        let weights = Samples.hostile(format, blocks: rows * 256 / format.elements, seed: 22)
        let activations = try backend.quantize(Samples.activations(256, seed: 23), columns: 256)
        let found = try backend.multiply(format, weights, rows: rows, by: activations)
        try check(format, weights, activations, found, rows: rows)
    }

    /// Every byte as code, -128 included, which the quantizer never makes: integer sums must not saturate.
    @Test("extreme codes", arguments: Pairing.all)
    func extremes(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        let columns = 1280
        for fill: UInt8 in [0x7F, 0x80, 0x81] {
            var blocks = [UInt8](repeating: fill, count: 5 * 292)
            for block in 0..<5 { blocks.replaceSubrange(292 * block..<292 * block + 4, with: [0, 0, 0x80, 0x3F]) }
            let activations = try ActivationRows(q8k: blocks + blocks + blocks + blocks + blocks, columns: columns)
            for code: UInt8 in [0x00, 0x7F, 0x80, 0xFF] {
                var weights = Samples.finite(format, blocks: columns / format.elements, seed: 24)
                for block in 0..<columns / format.elements {
                    for field in format.fields where !field.type.canBeNonFinite && field.type != .e4m3hifi {
                        let range = field.range.lowerBound + block * format.bytes..<field.range.upperBound + block * format.bytes
                        weights.replaceSubrange(range, with: [UInt8](repeating: code, count: field.range.count))
                    }
                }
                let found = try backend.multiply(format, weights, rows: 1, by: activations)
                try check(format, weights, activations, found, rows: 1)
            }
        }
    }

    /// Only the two scales are rounded here, so any error in an integer shows at once.
    @Test("integers are exact", arguments: Pairing.all)
    func exact(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        for columns in [256, 1280] {
            var weights = Samples.finite(format, blocks: columns / format.elements, seed: 25)
            for block in 0..<columns / format.elements {
                for field in format.fields {
                    guard let one = Self.one(of: field, in: format) else { continue }
                    for k in 0..<field.count {
                        let place = block * format.bytes + field.offset + k * field.type.bytes
                        weights.replaceSubrange(place..<place + field.type.bytes, with: one)
                    }
                }
            }
            var bytes = try backend.quantize(Samples.activations(columns, seed: 26), columns: columns).bytes
            for block in 0..<columns / 256 { bytes.replaceSubrange(292 * block..<292 * block + 4, with: [0, 0, 0x80, 0x3F]) }
            let activations = try ActivationRows(q8k: bytes, columns: columns)
            let value = try ReferenceDot(format, activation: #require(Spec.format("q8_k"))).dot(weights, activations.bytes).value
            // Scales of IQ2 and IQ3 are multiples of 1/8. Those of 1/127 have no exact sum.
            let eighths = value * 8
            guard format.decoding?.correction == nil || eighths == eighths.rounded() else { continue }
            #expect(eighths == eighths.rounded() && abs(eighths) < 0x1p27 && value == Double(Float(value)))
            #expect(try backend.multiply(format, weights, rows: 1, by: activations) == [Float(value)])
        }
    }

    /// Each byte of codes takes every value, and each weight meets an activation of 1 by itself: the product is the weight.
    @Test("every byte in every place", arguments: Pairing.all.filter { $0.format.decoding?.correction == nil })
    func everyByte(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        let blocks = 256 / format.elements
        var weights: [UInt8] = []
        for row in 0..<256 {
            for block in 0..<blocks {
                var bytes = (0..<format.bytes).map { UInt8(truncatingIfNeeded: row + 37 * $0 + 101 * block) }
                for field in format.fields {
                    guard let one = Self.one(of: field, in: format), field.type != .u8 else { continue }
                    for k in 0..<field.count {
                        let place = field.offset + k * field.type.bytes
                        bytes.replaceSubrange(place..<place + field.type.bytes, with: one)
                    }
                }
                weights += bytes
            }
        }
        let expected = try ReferenceDecoder(format).decode(weights)
        var unit: [UInt8] = []
        for place in 0..<256 {
            var block = [UInt8](repeating: 0, count: 292)
            block.replaceSubrange(0..<4, with: [0, 0, 0x80, 0x3F])
            block[4 + place] = 1
            unit += block
        }
        // Three rows of activations go to the product of rows, all of them to the matrix kernel where there is one.
        for count in [3, 256] {
            for first in stride(from: 0, to: 256, by: count) {
                let taken = min(count, 256 - first)
                let activations = try ActivationRows(q8k: Array(unit[292 * first..<292 * (first + taken)]), columns: 256)
                let found = try backend.multiply(format, weights, rows: 256, by: activations)
                let wrong = found.indices.filter { found[$0] != expected[256 * ($0 % 256) + first + $0 / 256] }
                #expect(wrong == [], "from activation \(first) on, \(taken) at once")
            }
        }
    }

    /// The bytes of a scale of 1.
    private static func one(of field: Field, in format: BlockFormat) -> [UInt8]? {
        switch (field.type, format.id, field.name) {
        case (.f32, _, _): [0, 0, 0x80, 0x3F]
        case (.f16, _, _): [0, 0x3C]
        case (.e8m0half, _, _): [128]
        case (_, "nvfp4", "d"): [0x40]
        default: nil
        }
    }

    /// Scales that are powers of two reach from 2^-128 to 2^127. With an activation scale that brings the product back into the range
    /// of fp32 it has to come out; a product of zeros is zero.
    @Test("scales at the ends of the range", arguments: Pairing.all.filter { $0.format.id == "mxfp4" })
    func exponents(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        for exponent: UInt8 in [0, 1, 2, 3, 127, 128, 253, 254, 255] {
            for scale: Float in [1e-38, 3e-30, 1e-10, 1, 1e10, 1e30] {
                for isZero in [false, true] {
                    var weights = Samples.finite(format, blocks: 16, seed: 39)
                    for block in 0..<16 {
                        weights[17 * block] = exponent
                        if isZero { for k in 1..<17 { weights[17 * block + k] = k % 2 == 0 ? 0x08 : 0x80 } }
                    }
                    var bytes = try backend.quantize(Samples.activations(512, seed: 40), columns: 512).bytes
                    for block in 0..<2 {
                        for k in 0..<4 { bytes[292 * block + k] = UInt8(truncatingIfNeeded: scale.bitPattern >> UInt32(8 * k)) }
                    }
                    let one = try ActivationRows(q8k: bytes, columns: 512)
                    let many = try ActivationRows(q8k: bytes + bytes + bytes + bytes, columns: 512)
                    for activations in [one, many] {
                        let found = try backend.multiply(format, weights, rows: 1, by: activations)
                        try check(format, weights, activations, found, rows: 1)
                        if isZero { #expect(found.allSatisfy { $0 == 0 }) }
                    }
                }
            }
        }
    }

    @Test("kernels of signed codes take no outliers and no other distance between blocks")
    func ownBlocksOnly() throws {
        for id in ["iq4_nl", "iq4_xs", "tq2_0", "iq3_s", "nvfp4", "q3_k", "q8_0"] {
            let declared = try #require(Spec.format(id))
            var format = try #require(KernelFormat(declared)).c
            #expect(hifi_multiplies(&format) == 1, "\(id)")
            let takesAny = ["q3_k", "q8_0"].contains(id)
            format.stride += 2
            #expect((hifi_multiplies(&format) == 1) == takesAny, "\(id)")
            format.stride -= 2
            format.outliers.mode = UInt8(HIFI_REPLACE.rawValue)
            #expect((hifi_multiplies(&format) == 1) == takesAny, "\(id)")
        }
        let halves = try #require(Spec.format("f16"))
        var plain = try #require(KernelFormat(halves)).c
        #expect(hifi_multiplies(&plain) == 0)
    }

    @Test("many columns: the matrix kernel where there is one", arguments: Pairing.all)
    func matrix(_ pairing: Pairing) throws {
        let (format, backend) = (pairing.format, try CPUBackend(isa: pairing.isa))
        // Neither rows nor columns fill the kernels' tiles.
        let (rows, columns, count) = (37, 512, 33)
        let weights = Samples.finite(format, blocks: rows * columns / format.elements, seed: 27)
        let activations = try backend.quantize(Samples.activations(count * columns, seed: 28), columns: columns)
        let found = try backend.multiply(format, weights, rows: rows, by: activations)
        try check(format, weights, activations, found, rows: rows)
        let hostile = Samples.hostile(format, blocks: rows * columns / format.elements, seed: 29)
        try check(format, hostile, activations, backend.multiply(format, hostile, rows: rows, by: activations), rows: rows)
    }

    @Test("the same for any number of threads", arguments: Pairing.all)
    func threads(_ pairing: Pairing) throws {
        let format = pairing.format
        let rows = 150
        let weights = Samples.finite(format, blocks: rows * 256 / format.elements, seed: 30)
        let one = try CPUBackend(isa: pairing.isa)
        for count in [1, 13, 50] {
            let activations = try one.quantize(Samples.activations(count * 256, seed: 31), columns: 256)
            let expected = try one.multiply(format, weights, rows: rows, by: activations).map(\.bitPattern)
            for threads in [2, 5] {
                let backend = try CPUBackend(isa: pairing.isa, threads: threads)
                #expect(try backend.multiply(format, weights, rows: rows, by: activations).map(\.bitPattern) == expected)
            }
        }
    }

    @Test("formats without kernels")
    func fallback() throws {
        let format = try #require(Spec.format("q5_0"))
        let backend = try CPUBackend(isa: .scalar)
        #expect(!backend.isNative(format))
        let weights = Samples.finite(format, blocks: 3 * 16, seed: 32)
        let activations = try backend.quantize(Samples.activations(512, seed: 33), columns: 512)
        let found = try backend.multiply(format, weights, rows: 3, by: activations)
        try check(format, weights, activations, found, rows: 3, .elementwise)
    }

    private func check(
        _ format: BlockFormat, _ weights: [UInt8], _ activations: ActivationRows, _ found: [Float], rows: Int,
        _ kernel: DotValue.KernelClass = .blocked
    ) throws {
        let reference = try ReferenceDot(format, activation: #require(Spec.format("q8_k")))
        let rowBytes = weights.count / rows
        for a in 0..<activations.rows {
            let x = Array(activations.bytes[a * activations.rowBytes..<(a + 1) * activations.rowBytes])
            for w in 0..<rows {
                let value = try reference.dot(Array(weights[w * rowBytes..<(w + 1) * rowBytes]), x)
                let result = found[a * rows + w]
                #expect(value.admits(result, kernel), "row \(w), activations \(a): \(result), \(value.value) ± \(value.bound(kernel))")
            }
        }
    }
}
