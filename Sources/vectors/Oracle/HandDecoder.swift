import HIFIBlockSpec
import Suite

/// A second decoder for every format, rows of one block where rows have headers,
/// written from the sentences of the spec with offsets and loops of its own.
///
/// It shares no code with the reference implementation and does not read the declared bit planes. A vector is frozen only if
/// both agree. The slots of a revision that nobody has written down here yet are read where its declaration says.
struct HandDecoder {
    /// Decodes one block; nil for a format that it does not know.
    static func decode(_ format: String, _ block: [UInt8]) -> [UInt32]? {
        let weights: [Float]
        if let tail = OutlierTail.all[format] ?? Spec.format(format).flatMap(OutlierTail.declared) {
            guard let base = decodeBase(tail.base, block) else { return nil }
            weights = tail.apply(block, to: base)
        } else {
            guard let base = decodeBase(format, block) else { return nil }
            weights = base
        }
        return weights.map { FloatPattern.classified($0.bitPattern) }
    }

    private static func decodeBase(_ format: String, _ block: [UInt8]) -> [Float]? {
        let bytes = Bytes(block)
        return switch format {
        case "q2_k": SuperBlocks.q2(bytes)
        case "q3_k": SuperBlocks.q3(bytes)
        case "q4_k": SuperBlocks.q45(bytes, five: false)
        case "q5_k": SuperBlocks.q45(bytes, five: true)
        case "q6_k": SuperBlocks.q6(bytes)
        case "q8_k": (0..<256).map { ExactArithmetic.multiply(bytes.single(0), Float(bytes.signed(4 + $0))) }
        case "iq4_xs": SmallBlocks.iq4xs(bytes)
        case "iq4_nl": SmallBlocks.nibbles(bytes, at: 2).map { ExactArithmetic.multiply(bytes.half(0), Float(SmallBlocks.book[$0])) }
        case "mxfp4": SmallBlocks.mxfp4(bytes)
        case "q4_0": SmallBlocks.nibbles(bytes, at: 2).map { ExactArithmetic.multiply(Float($0 - 8), bytes.half(0)) }
        case "q4_1":
            SmallBlocks.nibbles(bytes, at: 4).map {
                ExactArithmetic.add(ExactArithmetic.multiply(Float($0), bytes.half(0)), bytes.half(2))
            }
        case "q5_0": SmallBlocks.fives(bytes, high: 2, low: 6).map { ExactArithmetic.multiply(Float($0 - 16), bytes.half(0)) }
        case "q5_1":
            SmallBlocks.fives(bytes, high: 4, low: 8).map {
                ExactArithmetic.add(ExactArithmetic.multiply(Float($0), bytes.half(0)), bytes.half(2))
            }
        case "q8_0": (0..<32).map { ExactArithmetic.multiply(Float(bytes.signed(2 + $0)), bytes.half(0)) }
        case "q8_1": (0..<32).map { ExactArithmetic.multiply(Float(bytes.signed(4 + $0)), bytes.half(0)) }
        case "linear-f32": LinearBlocks.stream(bytes, scale: bytes.single(0), codes: 4)
        case "linear-f16": LinearBlocks.stream(bytes, scale: bytes.half(0), codes: 2)
        case "linear-planes": LinearBlocks.planes(bytes)
        case "sparse": LinearBlocks.sparse(bytes)
        case "f32": [bytes.single(0)]
        case "f16": [bytes.half(0)]
        case "bf16": [Float(bitPattern: UInt32(bytes.word(0)) << 16)]
        case "f64": [Float(Double(bitPattern: bytes.long(0)))]
        case "i8": [Float(bytes.signed(0))]
        case "i16": [Float(Int16(truncatingIfNeeded: bytes.word(0)))]
        case "i32": [SmallBlocks.rounded(Int64(Int32(truncatingIfNeeded: Int64(bitPattern: bytes.long(0)))))]
        case "i64": [SmallBlocks.rounded(Int64(bitPattern: bytes.long(0)))]
        default:
            GridBlocks.decode(format, bytes) ?? FewLevels.decode(format, bytes) ?? HandCodebooks.decode(format, bytes)
                ?? HandRows.decode(format, bytes)
        }
    }
}

/// Little-endian scalars of a block.
struct Bytes {
    let all: [UInt8]

    init(_ all: [UInt8]) { self.all = all }

    subscript(_ at: Int) -> Int { Int(all[at]) }
    func signed(_ at: Int) -> Int { all[at] < 128 ? Int(all[at]) : Int(all[at]) - 256 }
    func word(_ at: Int) -> Int { self[at] + 256 * self[at + 1] }
    func half(_ at: Int) -> Float { ExactArithmetic.half(word(at)) }
    func single(_ at: Int) -> Float { Float(bitPattern: UInt32(word(at)) + UInt32(word(at + 2)) << 16) }
    func long(_ at: Int) -> UInt64 { (0..<8).reduce(0) { at + $1 < all.count ? $0 + UInt64(all[at + $1]) << UInt64(8 * $1) : $0 } }
}

/// The K-quants, a weight at a time.
private enum SuperBlocks {
    /// d · scale · code − dmin · minimum with a rounding after each step.
    static func affine(_ d: Float, _ scale: Int, _ code: Int, _ dmin: Float, _ minimum: Int) -> Float {
        let product = ExactArithmetic.multiply(ExactArithmetic.multiply(d, Float(scale)), Float(code))
        return ExactArithmetic.subtract(product, ExactArithmetic.multiply(dmin, Float(minimum)))
    }

    static func product(_ d: Float, _ scale: Int, _ code: Int) -> Float {
        ExactArithmetic.multiply(ExactArithmetic.multiply(d, Float(scale)), Float(code))
    }

    static func q2(_ b: Bytes) -> [Float] {
        var weights = [Float](repeating: 0, count: 256)
        for half in 0..<2 {
            for quarter in 0..<4 {
                for lane in 0..<32 {
                    let weight = 128 * half + 32 * quarter + lane
                    let code = b[16 + 32 * half + lane] / [1, 4, 16, 64][quarter] % 4
                    let packed = b[weight / 16]
                    weights[weight] = affine(b.half(80), packed % 16, code, b.half(82), packed / 16)
                }
            }
        }
        return weights
    }

    static func q3(_ b: Bytes) -> [Float] {
        (0..<256).map { weight in
            let (half, quarter, lane) = (weight / 128, weight % 128 / 32, weight % 32)
            let low = b[32 + 32 * half + lane] / [1, 4, 16, 64][quarter] % 4
            let isHigh = b[lane] / [1, 2, 4, 8, 16, 32, 64, 128][4 * half + quarter] % 2 == 1
            let group = weight / 16
            let nibble = group < 8 ? b[96 + group] % 16 : b[96 + group - 8] / 16
            let upper = b[104 + group % 4] / [1, 4, 16, 64][group / 4] % 4
            return product(b.half(108), nibble + 16 * upper - 32, low - (isHigh ? 0 : 4))
        }
    }

    static func q45(_ b: Bytes, five: Bool) -> [Float] {
        (0..<256).map { weight in
            let (pair, isUpper, lane) = (weight / 64, weight % 64 / 32, weight % 32)
            let byte = b[(five ? 48 : 16) + 32 * pair + lane]
            var code = isUpper == 1 ? byte / 16 : byte % 16
            if five, (b[16 + lane] >> (2 * pair + isUpper)) % 2 == 1 { code += 16 }
            let group = weight / 32
            let scale: Int
            let minimum: Int
            if group < 4 {
                scale = b[4 + group] % 64
                minimum = b[8 + group] % 64
            } else {
                scale = b[8 + group] % 16 + b[group] / 64 * 16
                minimum = b[8 + group] / 16 + b[4 + group] / 64 * 16
            }
            return affine(b.half(0), scale, code, b.half(2), minimum)
        }
    }

    static func q6(_ b: Bytes) -> [Float] {
        (0..<256).map { weight in
            let (half, n, m, lane) = (weight / 128, weight % 128 / 64, weight % 64 / 32, weight % 32)
            let byte = b[64 * half + 32 * m + lane]
            let low = n == 1 ? byte / 16 : byte % 16
            let high = b[128 + 32 * half + lane] / [1, 4, 16, 64][2 * n + m] % 4
            return product(b.half(208), b.signed(192 + weight / 16), low + 16 * high - 32)
        }
    }
}

/// Blocks of 32 weights, and IQ4_XS, which is made of eight such.
private enum SmallBlocks {
    /// The sixteen values of IQ4_NL.
    static let book = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]

    static func nibbles(_ b: Bytes, at start: Int) -> [Int] { (0..<32).map { $0 < 16 ? b[start + $0] % 16 : b[start + $0 - 16] / 16 } }

    static func fives(_ b: Bytes, high: Int, low: Int) -> [Int] {
        nibbles(b, at: low).enumerated().map { $1 + (b[high + $0 / 8] >> ($0 % 8)) % 2 * 16 }
    }

    static func iq4xs(_ b: Bytes) -> [Float] {
        (0..<8).flatMap { group -> [Float] in
            let low = group % 2 == 0 ? b[4 + group / 2] % 16 : b[4 + group / 2] / 16
            let scale = low + (b.word(2) >> (2 * group)) % 4 * 16 - 32
            return nibbles(b, at: 8 + 16 * group).map { code in
                ExactArithmetic.multiply(ExactArithmetic.multiply(b.half(0), Float(scale)), Float(book[code]))
            }
        }
    }

    static func mxfp4(_ b: Bytes) -> [Float] {
        let magnitudes: [Float] = [0, 0.5, 1, 1.5, 2, 3, 4, 6]
        let scale = ExactArithmetic.power(b[0] - 127)
        return nibbles(b, at: 1).map { code in
            let magnitude = Double(magnitudes[code % 8]) * scale
            return Float(code < 8 || magnitude == 0 ? magnitude : -magnitude)
        }
    }

    /// To nearest, ties to even, by integer arithmetic.
    static func rounded(_ value: Int64) -> Float {
        let magnitude = value.magnitude
        let surplus = max(0, 64 - magnitude.leadingZeroBitCount - 24)
        var kept = magnitude >> UInt64(surplus)
        let rest = magnitude - kept << UInt64(surplus)
        let half: UInt64 = surplus == 0 ? 0 : 1 << UInt64(surplus - 1)
        if surplus > 0, rest > half || (rest == half && kept % 2 == 1) { kept += 1 }
        let result = Float(kept) * Float(ExactArithmetic.power(surplus))
        return value < 0 ? -result : result
    }
}

/// The revisions before the Q3_K base, and the sparse one.
private enum LinearBlocks {
    /// Three bits from bit 3 · rank of a string of bytes, lowest first.
    static func three(_ b: Bytes, _ start: Int, _ rank: Int) -> Int {
        let bit = 3 * rank
        let byte = start + bit / 8
        let pair = b[byte] + (byte + 1 < b.all.count ? 256 * b[byte + 1] : 0)
        return (pair >> (bit % 8)) % 8
    }

    static func stream(_ b: Bytes, scale: Float, codes: Int) -> [Float] {
        (0..<256).map { ExactArithmetic.multiply(Float(three(b, codes, $0) - 4), scale) }
    }

    static func planes(_ b: Bytes) -> [Float] {
        (0..<256).map { weight in
            let low = (b[2 + weight / 4] >> (2 * (weight % 4))) % 4
            let high = (b[66 + weight / 8] >> (weight % 8)) % 2
            return ExactArithmetic.multiply(Float(low + 4 * high - 4), b.half(0))
        }
    }

    static func sparse(_ b: Bytes) -> [Float] {
        let listed = (0..<16).map { b[2 + $0] }
        var rank = 0
        return (0..<256).map { weight in
            if listed.contains(weight) { return 0 }
            defer { rank += 1 }
            return ExactArithmetic.multiply(Float(three(b, 50, rank) - 4), b.half(0))
        }
    }
}
