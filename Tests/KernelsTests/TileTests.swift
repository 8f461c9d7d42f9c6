import HIFIBlockSpec
import HIFICKernels
import HIFIKernels
import HIFIReference
import Testing

/// A table with a matrix kernel that takes arranged activations: AMX, or its emulation.
struct TileTable: Sendable, CustomTestStringConvertible {
    // The tables are constants of the program.
    nonisolated(unsafe) let kernels: UnsafePointer<hifi_kernels>

    var testDescription: String { String(cString: kernels.pointee.name) }

    /// The emulation runs everywhere, AMX where there is one.
    static let all: [TileTable] = {
        var tables = (0..<9).prefix { hifi_kernels_emulated($0) != nil }.compactMap { hifi_kernels_emulated($0) }
        if let amx = hifi_kernels_named("amx") { tables.append(amx) }
        return tables.map(TileTable.init)
    }()

    /// Every row of weights times every row of activations, by the kernel itself, however few columns there are; nil where it does
    /// not take the format.
    func multiply(
        _ format: BlockFormat, _ weights: UnsafeRawBufferPointer, rows: Int, by activations: ActivationRows,
        into output: UnsafeMutableBufferPointer<Float>
    ) throws -> Bool {
        var c = try #require(KernelFormat(format)).c
        let table = kernels.pointee
        let superblocks = activations.columns / 256
        // So many columns that they are taken, then room for as many as there are.
        let room = table.arranged_bytes(&c, max(48, activations.rows), superblocks)
        guard room > 0 else { return false }
        let arranged = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 64).assumingMemoryBound(to: UInt8.self)
        let scratch = UnsafeMutableRawPointer.allocate(byteCount: table.arranged_scratch(&c, superblocks), alignment: 64)
        defer {
            arranged.deallocate()
            scratch.deallocate()
        }
        let groups = (activations.rows + table.group_columns - 1) / table.group_columns
        for group in 0..<groups {
            table.arrange(activations.bytes, activations.rowBytes, activations.rows, superblocks, group, 1, arranged)
        }
        let (source, target) = (try #require(weights.baseAddress), try #require(output.baseAddress))
        let rowBytes = weights.count / rows
        for first in stride(from: 0, to: rows, by: table.arranged_rows) {
            table.gemm_arranged(
                &c, source.assumingMemoryBound(to: UInt8.self) + first * rowBytes, rowBytes, min(table.arranged_rows, rows - first),
                arranged, activations.rows, superblocks, target + first, rows, scratch.assumingMemoryBound(to: UInt8.self))
        }
        return true
    }

    func multiply(_ format: BlockFormat, _ weights: [UInt8], rows: Int, by activations: ActivationRows) throws -> [Float]? {
        var output = [Float](repeating: .nan, count: rows * activations.rows)
        let taken = try weights.withUnsafeBytes { bytes in
            try output.withUnsafeMutableBufferPointer { try multiply(format, bytes, rows: rows, by: activations, into: $0) }
        }
        return taken ? output : nil
    }
}

/// A table with one of the formats that tile products take.
struct TilePairing: Sendable, CustomTestStringConvertible {
    let table: TileTable
    let format: BlockFormat

    var testDescription: String { "\(format.id) by \(table.testDescription)" }

    static let formats = ["q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q3_k_hifi@r6", "q3_k_hifi@r12", "q3_k_hifi@r13", "q3_k_hifi_res8"]
        .compactMap(Spec.format)

    static let all = TileTable.all.flatMap { table in formats.map { TilePairing(table: table, format: $0) } }
}

@Suite("Tile products give the bits that their arithmetic prescribes")
struct TileTests {
    /// Rows and columns that fill strips, panels and sets of columns, that do not, and that exceed them by one.
    private static let shapes: [(rows: Int, columns: Int, superblocks: Int)] = [
        (1, 1, 1), (1, 49, 1), (16, 16, 2), (17, 5, 3), (33, 48, 2), (37, 97, 1), (129, 33, 2), (5, 2, 12),
    ]

    @Test("made-up rows", arguments: TilePairing.all)
    func finite(_ pairing: TilePairing) throws {
        for (index, shape) in Self.shapes.enumerated() {
            let columns = 256 * shape.superblocks
            let blocks = shape.rows * columns / pairing.format.elements
            let weights = Samples.finite(pairing.format, blocks: blocks, seed: UInt64(50 + index))
            let activations = try activations(shape.columns, columns, seed: UInt64(70 + index))
            try compare(pairing, weights, shape.rows, activations)
        }
    }

    @Test("rows with NaN, infinities and subnormal scales", arguments: TilePairing.all)
    func hostile(_ pairing: TilePairing) throws {
        for (rows, columns) in [(40, 512), (1, 256), (130, 256)] {
            let weights = Samples.hostile(pairing.format, blocks: rows * columns / pairing.format.elements, seed: 90)
            try compare(pairing, weights, rows, activations(19, columns, seed: 91))
        }
    }

    /// Every code extreme, activations of -128 among them, which the quantizer never makes.
    @Test("extreme codes", arguments: TilePairing.all)
    func extremes(_ pairing: TilePairing) throws {
        let format = pairing.format
        for fill: UInt8 in [0x7F, 0x80, 0x81] {
            let block: [UInt8] = [0, 0, 0x80, 0x3F] + [UInt8](repeating: fill, count: 288)
            let activations = try ActivationRows(q8k: [[UInt8]](repeating: block, count: 2 * 18).flatMap { $0 }, columns: 512)
            for code: UInt8 in [0x00, 0x7F, 0x80, 0xFF] {
                var weights = Samples.finite(format, blocks: 3 * 512 / format.elements, seed: 92)
                for start in stride(from: 0, to: weights.count, by: format.bytes) {
                    for field in format.fields where !field.type.canBeNonFinite && field.type != .e4m3hifi {
                        for k in field.range { weights[start + k] = code }
                    }
                }
                try compare(pairing, weights, 3, activations)
            }
        }
    }

    @Test("no read and no write outside the buffers", arguments: TilePairing.all)
    func guarded(_ pairing: TilePairing) throws {
        let format = pairing.format
        for (rows, columns, count) in [(1, 256, 1), (3, 512, 17), (16, 256, 16), (130, 256, 20)] {
            let weights = Samples.finite(format, blocks: rows * columns / format.elements, seed: 93)
            let activations = try activations(count, columns, seed: 94)
            let expected = try #require(try pairing.table.multiply(format, weights, rows: rows, by: activations))
            for atStart in [false, true] {
                let input = try #require(GuardedBytes(weights, atStart: atStart))
                let output = try #require(GuardedBytes(4 * rows * count, atStart: atStart))
                let numbers = output.bytes.bindMemory(to: Float.self)
                let bytes = UnsafeRawBufferPointer(input.bytes)
                #expect(try pairing.table.multiply(format, bytes, rows: rows, by: activations, into: numbers))
                #expect(numbers.map(\.bitPattern) == expected.map(\.bitPattern))
            }
        }
    }

    @Test("activations are read in bounds", arguments: TileTable.all)
    func guardedActivations(_ table: TileTable) throws {
        for (count, superblocks) in [(1, 1), (15, 2), (16, 1), (17, 3)] {
            let activations = try activations(count, 256 * superblocks, seed: 95)
            let q4k = try #require(Spec.format("q4_k"))
            var format = try #require(KernelFormat(q4k)).c
            let kernels = table.kernels.pointee
            let groups = (count + kernels.group_columns - 1) / kernels.group_columns
            let room = kernels.arranged_bytes(&format, max(48, count), superblocks)
            func arranged(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
                let out = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 64)
                defer { out.deallocate() }
                out.initializeMemory(as: UInt8.self, repeating: 0, count: room)
                kernels.arrange(
                    bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), activations.rowBytes, count, superblocks, 0, groups,
                    out.assumingMemoryBound(to: UInt8.self))
                return Array(UnsafeRawBufferPointer(start: out, count: room))
            }
            let expected = activations.bytes.withUnsafeBytes { arranged($0) }
            for atStart in [false, true] {
                let guarded = try #require(GuardedBytes(activations.bytes, atStart: atStart))
                #expect(arranged(UnsafeRawBufferPointer(guarded.bytes)) == expected)
            }
        }
    }

    /// The way backends go, with tasks that arrange and tasks that multiply.
    @Test("the same for any number of threads", arguments: TilePairing.formats)
    func threads(_ format: BlockFormat) throws {
        let rows = 150
        let weights = Samples.finite(format, blocks: rows * 256 / format.elements, seed: 96)
        let activations = try activations(50, 256, seed: 97)
        for index in 0..<2 {
            guard let one = CPUBackend(emulatedAMX: index) else { continue }
            let before = one.entries
            let expected = try one.multiply(format, weights, rows: rows, by: activations).map(\.bitPattern)
            #expect(one.entries > before)
            for threads in [2, 5] {
                let several = try #require(CPUBackend(emulatedAMX: index, threads: threads))
                #expect(try several.multiply(format, weights, rows: rows, by: activations).map(\.bitPattern) == expected)
            }
            if InstructionSet.available.contains(.amx) {
                let amx = try CPUBackend(isa: .amx, threads: 2)
                #expect(try amx.multiply(format, weights, rows: rows, by: activations).map(\.bitPattern) == expected)
            }
        }
    }

    private func activations(_ rows: Int, _ columns: Int, seed: UInt64) throws -> ActivationRows {
        try CPUBackend(isa: .scalar).quantize(Samples.activations(rows * columns, seed: seed), columns: columns)
    }

    /// With the arithmetic written out below, and with the AVX-512 kernel where there is one.
    private func compare(_ pairing: TilePairing, _ weights: [UInt8], _ rows: Int, _ activations: ActivationRows) throws {
        let format = pairing.format
        let found = try #require(try pairing.table.multiply(format, weights, rows: rows, by: activations))
        let prescribed = try Prescribed(format, weights, rows: rows).multiply(activations)
        #expect(firstDifference(found, prescribed) == nil, "\(rows) rows, \(activations.rows) columns of \(activations.columns)")
        guard activations.rows >= 4, InstructionSet.available.contains(.avx512) else { return }
        let avx512 = try CPUBackend(isa: .avx512).multiply(format, weights, rows: rows, by: activations)
        #expect(firstDifference(found, avx512) == nil, "\(rows) rows, \(activations.rows) columns of \(activations.columns)")
    }

    /// NaNs as a class: a fused operation takes the payload of whichever operand the compiler puts first.
    private func firstDifference(_ a: [Float], _ b: [Float]) -> Int? {
        guard a.count == b.count else { return 0 }
        return a.indices.first { a[$0].bitPattern != b[$0].bitPattern && !(a[$0].isNaN && b[$0].isNaN) }
    }
}

/// What the matrix kernels of AVX-512 and AMX compute, in Swift: exact sums of products of code and scale, then for each block a
/// fused multiply-add or a few, in this order.
private struct Prescribed {
    private let format: hifi_format
    private let weights: [UInt8]
    private let rows: Int
    /// Scale times code of each weight, and its minimum; integers.
    private let products: [Float]
    private let minima: [Float]

    init(_ format: BlockFormat, _ weights: [UInt8], rows: Int) throws {
        let c = try #require(KernelFormat(format)).c
        (self.format, self.weights, self.rows) = (c, weights, rows)
        let bases = ["q3_k", "q4_k", "q5_k", "q6_k", "q8_0"].compactMap(Spec.format)
        let base = try #require(bases.first { KernelFormat($0)?.c.base == c.base })
        products = try Self.decoded(base, of: format, weights, d: 0x3C00, dmin: 0)
        minima = base.field("dmin") == nil ? [] : try Self.decoded(base, of: format, weights, d: 0, dmin: 0x3C00).map { -$0 }
    }

    /// The base alone, its scales replaced: what is decoded is then an integer.
    private static func decoded(
        _ base: BlockFormat, of format: BlockFormat, _ weights: [UInt8], d: UInt16, dmin: UInt16
    ) throws -> [Float] {
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: weights.count, by: format.bytes) {
            var block = Array(weights[start..<start + base.bytes])
            for (name, value) in [("d", d), ("dmin", dmin)] {
                guard let field = base.field(name) else { continue }
                (block[field.offset], block[field.offset + 1]) = (UInt8(value & 255), UInt8(value >> 8))
            }
            bytes += block
        }
        var output = [Float](repeating: 0, count: bytes.count / base.bytes * base.elements)
        let decoder = try ReferenceDecoder(base)
        try bytes.withUnsafeBytes { bytes in try output.withUnsafeMutableBufferPointer { try decoder.decode(bytes, into: $0) } }
        return output
    }

    func multiply(_ activations: ActivationRows) -> [Float] {
        var output: [Float] = []
        for a in 0..<activations.rows {
            let x = activations.bytes[a * activations.rowBytes..<(a + 1) * activations.rowBytes]
            for row in 0..<rows { output.append(dot(row, x)) }
        }
        return output
    }

    private func dot(_ row: Int, _ x: ArraySlice<UInt8>) -> Float {
        let superblocks = x.count / 292, parts = 256 / Int(format.elements)
        var total: Float = 0
        for i in 0..<superblocks {
            let q8k = x.startIndex + 292 * i
            let yd = Float(bitPattern: word(x, q8k))
            let codes = (0..<256).map { Int(Int8(bitPattern: x[q8k + 4 + $0])) }
            let block = (row * superblocks + i) * parts
            let weight = block * Int(format.elements)
            if format.base == HIFI_Q8_0 {
                var sum: Float = 0
                for g in 0..<8 {
                    let exact = (32 * g..<32 * g + 32).reduce(0) { $0 + Int(products[weight + $1]) * codes[$1] }
                    sum.addProduct(Float(exact), half(block + g, 0))
                }
                total.addProduct(sum, yd)
                continue
            }
            var exact = (0..<256).reduce(0) { $0 + Int(products[weight + $1]) * codes[$1] }
            let terms = outliers(block, codes, weight, &exact)
            let places: [hifi_base.RawValue: Int] = [HIFI_Q3_K.rawValue: 108, HIFI_Q6_K.rawValue: 208]
            total.addProduct(Float(exact), half(block, places[format.base.rawValue] ?? 0) * yd)
            if !minima.isEmpty {
                let minimum = (0..<256).reduce(0) { $0 + Int(minima[weight + $1]) * codes[$1] }
                total.addProduct(-Float(minimum), half(block, 2) * yd)
            }
            if let terms { total.addProduct(terms.sum * yd, terms.factor) }
        }
        return total
    }

    /// Slots that act, in order; those that replace take their base out of the sum. Others count as zero at position 0.
    private func outliers(_ block: Int, _ codes: [Int], _ weight: Int, _ exact: inout Int) -> (sum: Float, factor: Float)? {
        let o = format.outliers
        guard o.mode != UInt8(HIFI_NO_OUTLIERS.rawValue) else { return nil }
        let start = block * Int(format.stride)
        let replaces = o.mode == UInt8(HIFI_REPLACE.rawValue)
        let used = o.has_count == 0 ? 8 : min(Int(weights[start + Int(o.count_at)] & o.count_mask), Int(o.count_max))
        let positions = (0..<8).map { Int(weights[start + Int(o.index_at) + $0]) }
        var sum: Float = 0
        for k in 0..<8 {
            let acts = k < used && !(replaces && positions[(k + 1)..<max(k + 1, used)].contains(positions[k]))
            var value: Float = 0
            if acts {
                value =
                    replaces
                    ? half(start: start + Int(o.value_at) + 2 * k) : Float(Int8(bitPattern: weights[start + Int(o.value_at) + k]))
                if replaces { exact -= Int(products[weight + positions[k]]) * codes[positions[k]] }
            }
            sum.addProduct(Float(codes[acts ? positions[k] : 0]), value)
        }
        let scale = replaces ? 1 : Float(bitPattern: word(weights[...], start + Int(o.scale_at)))
        return (sum, used > 0 ? scale : 0)
    }

    private func half(_ block: Int, _ offset: Int) -> Float { half(start: block * Int(format.stride) + offset) }

    private func half(start: Int) -> Float { SmallFloats.float(half: UInt16(weights[start]) | UInt16(weights[start + 1]) << 8) }

    private func word(_ bytes: ArraySlice<UInt8>, _ at: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
    }
}
