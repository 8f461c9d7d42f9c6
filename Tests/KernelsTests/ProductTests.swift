import BlockSpec
import Kernels
import Reference
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
                for field in format.fields where field.type.canBeNonFinite {
                    let one: [UInt8] = field.type == .f32 ? [0, 0, 0x80, 0x3F] : [0, 0x3C]
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
            guard value == value.rounded(), abs(value) < 0x1p24 else { continue }  // scales of 1/127 have no exact sum
            #expect(try backend.multiply(format, weights, rows: 1, by: activations) == [Float(value)])
        }
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
        let format = try #require(Spec.format("iq4_nl"))
        let backend = try CPUBackend(isa: .scalar)
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
