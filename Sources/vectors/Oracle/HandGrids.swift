import HIFIBlockSpec

/// Blocks whose codes name entries of grids, a group of weights at a time. The numbers of the grids are data of the spec; where codes,
/// signs and scales lie is written here once more.
enum GridBlocks {
    /// The weights of a block; nil for a format that is none of these.
    static func decode(_ format: String, _ b: Bytes) -> [Float]? {
        switch format {
        case "iq2_xxs":
            groups(b.half(0), factor: 0.25) { group in
                let (start, place) = (2 + 8 * (group / 4), group % 4)
                let tail = word(b, start + 4)
                return (entry("iq2_xxs", b[start + place]), paritySigns(tail >> (7 * place) % 128), halves(tail >> 28))
            }
        case "iq2_xs":
            groups(b.half(0), factor: 0.25) { group in
                let code = b.word(2 + 2 * group)
                return (entry("iq2_xs", code % 512), paritySigns(code / 512), halves(nibble(b, 66, group / 2)))
            }
        case "iq2_s":
            groups(b.half(0), factor: 0.25) { group in
                let high = (b[66 + group / 4] >> (group % 4 * 2)) % 4
                return (entry("iq2_s", b[2 + group] + 256 * high), ownSigns(b[34 + group]), halves(nibble(b, 74, group / 2)))
            }
        case "iq3_xxs":
            groups(b.half(0), factor: 0.5) { group in
                let tail = word(b, 66 + group / 4 * 4)
                let magnitudes = entry("iq3_xxs", b[2 + 2 * group]) + entry("iq3_xxs", b[3 + 2 * group])
                return (magnitudes, paritySigns(tail >> (group % 4 * 7) % 128), halves(tail >> 28))
            }
        case "iq3_s":
            groups(b.half(0), factor: 1) { group in
                let pair = (0..<2).flatMap { half -> [Int] in
                    let number = 2 * group + half
                    return entry("iq3_s", b[2 + number] + (b[66 + number / 8] >> (number % 8)) % 2 * 256)
                }
                return (pair, ownSigns(b[74 + group]), Double(1 + 2 * nibble(b, 106, group / 4)))
            }
        case "iq1_s":
            shifted(b.half(0)) { group in
                let high = b.word(34 + group / 4 * 2)
                let number = b[group + 2] + (high >> (group % 4 * 3)) % 8 * 256
                return (number, high >= 0x8000, high / 4096 % 8)
            }
        case "iq1_m":
            shifted(ExactArithmetic.half((0..<4).reduce(0) { $0 + (b.word(48 + 2 * $1) / 4096) << (4 * $1) })) { group in
                let high = nibble(b, 32, group)
                return (b[group] + high % 8 * 256, high >= 8, (b.word(48 + group / 8 * 2) >> (group % 8 / 2 * 3)) % 8)
            }
        default: nil
        }
    }

    /// Each group of eight weights: magnitudes, whether negative, and what d is multiplied by first.
    private static func groups(_ d: Float, factor: Float, _ group: (Int) -> ([Int], [Bool], Double)) -> [Float] {
        (0..<32).flatMap { number -> [Float] in
            let (magnitudes, signs, scale) = group(number)
            let size = ExactArithmetic.multiply(ExactArithmetic.multiply(d, Float(scale)), factor)
            return zip(magnitudes, signs).map { ExactArithmetic.multiply(size, Float($1 ? -$0 : $0)) }
        }
    }

    /// The same of ternary entries: number of the entry, whether an eighth is taken off rather than added, scale.
    private static func shifted(_ d: Float, _ group: (Int) -> (Int, Bool, Int)) -> [Float] {
        (0..<32).flatMap { number -> [Float] in
            let (code, isBelow, scale) = group(number)
            let size = ExactArithmetic.multiply(d, Float(scale + scale + 1))
            return entry("iq1", code).map { ExactArithmetic.multiply(size, (Float(8 * $0) + (isBelow ? -1 : 1)) * 0.125) }
        }
    }

    private static let tables = Dictionary(uniqueKeysWithValues: Spec.grids.map { ($0.id, $0) })

    static func entry(_ grid: String, _ number: Int) -> [Int] {
        guard let table = tables[grid] else { return [] }
        return table.numbers[number * table.lanes..<(number + 1) * table.lanes].map(Int.init)
    }

    /// Seven signs and the eighth that makes the negative ones an even number.
    private static func paritySigns(_ bits: Int) -> [Bool] {
        let seven = (0..<7).map { bits >> $0 & 1 == 1 }
        return seven + [seven.count { $0 } % 2 == 1]
    }

    private static func ownSigns(_ byte: Int) -> [Bool] { (0..<8).map { byte >> $0 & 1 == 1 } }
    private static func halves(_ scale: Int) -> Double { Double(scale) + 0.5 }
    private static func word(_ b: Bytes, _ at: Int) -> Int { b.word(at) + b.word(at + 2) * 65536 }

    private static func nibble(_ b: Bytes, _ start: Int, _ number: Int) -> Int {
        let byte = b[start + number / 2]
        return number % 2 == 0 ? byte % 16 : byte / 16
    }
}

/// Blocks of few levels: ternary, signs, two bits, FP4.
enum FewLevels {
    static func decode(_ format: String, _ b: Bytes) -> [Float]? {
        switch format {
        case "q1_0": (0..<128).map { w in ExactArithmetic.multiply(b.half(0), (b[2 + w / 8] >> (w % 8)) % 2 == 1 ? 1 : -1) }
        case "q2_0": (0..<64).map { w in ExactArithmetic.multiply(Float((b[2 + w / 4] >> (w % 4 * 2)) % 4 - 1), b.half(0)) }
        case "tq2_0":
            (0..<256).map { w in
                let bits = (b[w / 128 * 32 + w % 32] / [1, 4, 16, 64][w / 32 % 4]) % 4
                return ExactArithmetic.multiply(Float(bits - 1), b.half(64))
            }
        case "tq1_0":
            (0..<256).map { w in
                let (byte, place) =
                    w < 160 ? (w % 32, w / 32) : w < 240 ? (32 + w % 16, (w - 160) / 16) : (48 + w % 4, (w - 240) / 4)
                return ExactArithmetic.multiply(Float(digit(b[byte], place) - 1), b.half(52))
            }
        case "nvfp4":
            (0..<64).map { w in
                let byte = b[4 + w / 16 * 8 + w % 8]
                let code = w % 16 < 8 ? byte % 16 : byte / 16
                let magnitude: Float = [0, 1, 2, 3, 4, 6, 8, 12][code % 8]
                return ExactArithmetic.multiply(code > 8 ? -magnitude : magnitude, scale(b[w / 16]))
            }
        default: nil
        }
    }

    /// Place `place` after the point of byte / 256 to base 3, by long division.
    private static func digit(_ byte: Int, _ place: Int) -> Int {
        var (rest, digit) = (byte, 0)
        for _ in 0...place { (digit, rest) = (3 * rest).quotientAndRemainder(dividingBy: 256) }
        return digit
    }

    /// Half of the UE4M3 number.
    private static func scale(_ code: Int) -> Float {
        let (exponent, fraction) = (code % 128 / 8, code % 8)
        if code == 0x7F { return 0 }
        let number = exponent == 0 ? Double(fraction) / 512 : (1 + Double(fraction) / 8) * ExactArithmetic.power(exponent - 7)
        return Float(number / 2)
    }
}
