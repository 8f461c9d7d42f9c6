import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import Testing

/// A fixed sequence of numbers (SplitMix64), so that a failing case can be run again.
struct Sequence64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// One instruction set with one format.
struct Pairing: Sendable, CustomTestStringConvertible {
    let isa: InstructionSet
    let format: BlockFormat

    var testDescription: String { "\(format.id) by \(isa.rawValue)" }

    /// Every set that this machine can run times every format with kernels.
    static let all = of { $0.isNative($1) }

    /// The same with the formats that are decoded only, but for those whose rows have headers.
    static let decoded = of { $0.decodesNatively($1) && $1.rowHeader == nil }

    /// Those whose rows have headers, which nothing multiplies.
    static let rows = of { $0.decodesNatively($1) && $1.rowHeader != nil }

    /// Those of them that are not multiplied.
    static let decodedOnly = of { $0.decodesNatively($1) && $1.rowHeader == nil && !$0.isNative($1) }

    private static func of(_ takes: (CPUBackend, BlockFormat) -> Bool) -> [Pairing] {
        guard let any = try? CPUBackend(isa: .scalar) else { return [] }
        return InstructionSet.available.flatMap { isa in
            Spec.formats.filter { takes(any, $0) }.map { Pairing(isa: isa, format: $0) }
        }
    }
}

/// Made-up blocks: any bytes, then trouble in some of them.
enum Samples {
    private static let halves: [UInt16] = [
        0x0000, 0x8000, 0x0001, 0x83FF, 0x0400, 0x7BFF, 0xFBFF, 0x7C00, 0xFC00, 0x7C01, 0xFDFF, 0x7E00, 0xFFFF, 0x3C00,
    ]
    private static let singles: [UInt32] = [
        0, 0x8000_0000, 1, 0x807F_FFFF, 0x7F7F_FFFF, 0x7F80_0000, 0xFF80_0000, 0x7F80_0001, 0xFFC1_2345, 0x3F80_0000,
    ]

    /// Blocks of any content: NaN, infinities, subnormals, repeated positions, counts over the limit.
    static func hostile(_ format: BlockFormat, blocks: Int, seed: UInt64) -> [UInt8] {
        var random = Sequence64(state: seed)
        var bytes = (0..<blocks * format.bytes).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for block in 0..<blocks {
            for field in format.fields where random.next() % 2 == 0 {
                let place = block * format.bytes + field.offset
                switch field.type {
                case .f16 where field.count == 1:
                    set(field, to: halves.randomElement(using: &random) ?? 0, block: block * format.bytes, in: &bytes)
                case .f16:
                    for k in 0..<field.count { put(halves.randomElement(using: &random) ?? 0, at: place + 2 * k, in: &bytes) }
                case .f32:
                    for k in 0..<field.count { put(singles.randomElement(using: &random) ?? 0, at: place + 4 * k, in: &bytes) }
                default: break
                }
            }
            trouble(format, block, &bytes, &random)
        }
        return bytes
    }

    /// Blocks whose products are finite: scales as real tensors have them, any codes, outliers twenty times larger.
    static func finite(_ format: BlockFormat, blocks: Int, seed: UInt64) -> [UInt8] {
        var random = Sequence64(state: seed)
        var bytes = (0..<blocks * format.bytes).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for block in 0..<blocks {
            for field in format.fields where field.type == .e8m0half {
                for k in 0..<field.count { bytes[block * format.bytes + field.offset + k] = .random(in: 110...135, using: &random) }
            }
            for field in format.fields where field.type.canBeNonFinite {
                for k in 0..<field.count {
                    let outlier = field.count > 1
                    let value = Float.random(in: -0.01...0.01, using: &random) * (outlier ? 20 : 1)
                    let place = block * format.bytes + field.offset + field.type.bytes * k
                    if field.type == .f32 { put(value.bitPattern, at: place, in: &bytes) }
                    if field.type == .f16 { put(SmallFloats.half(value), at: place, in: &bytes) }
                }
            }
            trouble(format, block, &bytes, &random)
        }
        return bytes
    }

    /// Positions by turns: any, all equal, in pairs, the sentinel; counts by turns: any, within the limit, none.
    private static func trouble(_ format: BlockFormat, _ block: Int, _ bytes: inout [UInt8], _ random: inout Sequence64) {
        guard let rule = format.decoding?.correction, let index = format.field(rule.index) else { return }
        let place = block * format.bytes + index.offset
        if index.type == .u16 {
            // Positions within the block, in pairs by turns, and some beyond it.
            for k in 0..<index.count where random.next() % 4 != 0 {
                bytes[place + 2 * k + 1] = 0
                if block % 2 == 1 { bytes[place + 2 * k] = bytes[place + 2 * (k / 2)] }
            }
            return
        }
        for k in 0..<index.count {
            switch block % 5 {
            case 1: bytes[place + k] = bytes[place]
            case 2: bytes[place + k] = bytes[place + k / 2]
            case 3 where k >= 3: bytes[place + k] = 255
            default: break
            }
        }
        guard let count = rule.count.flatMap({ format.field($0.field) }) else { return }
        switch block % 4 {
        case 1: bytes[block * format.bytes + count.offset] = UInt8(random.next() % UInt64(rule.slots + 1))
        case 2: bytes[block * format.bytes + count.offset] = 0
        case 3: bytes[block * format.bytes + count.offset] = UInt8(rule.slots)
        default: break
        }
    }

    /// A field of one fp16, cut up or not, of the block that begins at byte `block`.
    static func set(_ field: Field, to value: UInt16, block: Int, in bytes: inout [UInt8]) {
        if field.parts.isEmpty { return put(value, at: block + field.offset, in: &bytes) }
        for part in field.parts {
            for index in 0..<part.width {
                let position = 8 * (block + field.offset) + part.bit + index
                let mask: UInt8 = 1 << UInt8(position % 8)
                bytes[position / 8] = bytes[position / 8] & ~mask | (value >> UInt16(part.place + index) & 1 == 1 ? mask : 0)
            }
        }
    }

    /// A row whose header is any bytes but for its scale, which is special (the number says which) or any.
    static func hostileRow(_ format: BlockFormat, blocks: Int, special: Int?, seed: UInt64) -> [UInt8] {
        var random = Sequence64(state: seed)
        var row = (0..<format.headerBytes).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for field in format.rowHeader?.fields ?? [] {
            guard let special else { break }
            if field.type == .f16 { put(halves[special % halves.count], at: field.offset, in: &row) }
            if field.type == .f32 { put(singles[special % singles.count], at: field.offset, in: &row) }
        }
        return row + hostile(format, blocks: blocks, seed: seed &+ 1)
    }

    /// How many special scales a row can have.
    static var specials: Int { max(halves.count, singles.count) }

    private static func put<T: FixedWidthInteger>(_ value: T, at place: Int, in bytes: inout [UInt8]) {
        for k in 0..<MemoryLayout<T>.size { bytes[place + k] = UInt8(truncatingIfNeeded: value >> T(8 * k)) }
    }

    /// Activations: mostly near zero, some large, whole blocks of zeros.
    static func activations(_ count: Int, seed: UInt64) -> [Float] {
        var random = Sequence64(state: seed)
        return (0..<count).map { i in
            if i / 256 % 7 == 5 { return i % 2 == 0 ? 0 : -0.0 }
            let value = Float.random(in: -1...1, using: &random) + Float.random(in: -1...1, using: &random)
            return random.next() % 97 == 0 ? value * 30 : value
        }
    }
}

/// Where decoded weights differ first, nil if nowhere. NaNs are compared by their bits on x86, elsewhere as a class.
func firstDifference(_ a: [Float], _ b: [Float]) -> String? {
    guard a.count == b.count else { return "\(a.count) weights, \(b.count) expected" }
    for i in a.indices where a[i].bitPattern != b[i].bitPattern {
        #if !arch(x86_64)
            if a[i].isNaN, b[i].isNaN { continue }
        #endif
        return "weight \(i): \(String(a[i].bitPattern, radix: 16)), \(String(b[i].bitPattern, radix: 16)) expected"
    }
    return nil
}

extension CPUBackend {
    /// Decodes to a new array.
    func decode(_ format: BlockFormat, _ blocks: [UInt8]) throws -> [Float] {
        let weights = format.rowHeader == nil ? blocks.count / format.bytes * format.elements : format.weights(inRowOf: blocks.count) ?? 0
        var output = [Float](repeating: 0, count: weights)
        try blocks.withUnsafeBytes { bytes in try output.withUnsafeMutableBufferPointer { try decode(format, bytes, into: $0) } }
        return output
    }

    /// Decodes to a new array of fp16 or bf16.
    func decode(_ format: BlockFormat, _ blocks: [UInt8], as type: SmallFloat) throws -> [UInt16] {
        var output = [UInt16](repeating: 0, count: blocks.count / format.bytes * format.elements)
        try blocks.withUnsafeBytes { bytes in try output.withUnsafeMutableBufferPointer { try decode(format, bytes, as: type, into: $0) } }
        return output
    }

    /// Multiplies to a new array.
    func multiply(_ format: BlockFormat, _ weights: [UInt8], rows: Int, by activations: ActivationRows) throws -> [Float] {
        var output = [Float](repeating: 0, count: rows * activations.rows)
        try weights.withUnsafeBytes { bytes in
            try output.withUnsafeMutableBufferPointer { try multiply(format, bytes, by: activations, into: $0) }
        }
        return output
    }

    /// Quantizes to Q8_K.
    func quantize(_ values: [Float], columns: Int) throws -> ActivationRows {
        try values.withUnsafeBufferPointer { try quantize($0, columns: columns) }
    }
}
