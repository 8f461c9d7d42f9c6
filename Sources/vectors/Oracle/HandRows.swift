/// ik_llama.cpp's types whose rows have headers, a weight at a time: the header, then a block.
enum HandRows {
    static func decode(_ format: String, _ b: Bytes) -> [Float]? {
        switch format {
        case "iq1_bn":
            (0..<64).map { w in
                let (sixteen, place) = (w / 16, w % 16)
                let digit = place == 15 ? fifth(b[2 + 12], 4 - sixteen) : fifth(b[2 + 3 * sixteen + place / 5], 4 - place % 5)
                return ExactArithmetic.multiply(b.half(0), Float(digit - 1))
            }
        case "iq2_bn":
            (0..<64).map { w in ExactArithmetic.multiply(b.single(0), Float(b[4 + w % 16] / [1, 4, 16, 64][w / 16] % 4 - 1)) }
        case "q8_kv": (0..<32).map { w in ExactArithmetic.multiply(b.single(0), Float(b.signed(8 + w))) }
        case "iq2_ks":
            scaled(b.half(0)) { w in
                let (block, extra) = (w / 32, b.word(2))
                let code = b[8 + w / 128 * 32 + w % 32] / [1, 4, 16, 64][block % 4] % 4
                let number = [-31, -13, 1, 17][code] + ((extra >> block) % 2 == 1 ? 5 : 0)
                return (nibble(b[4 + block / 2], block % 2) + 16 * ((extra >> (8 + block)) % 2) - 16, number)
            }
        case "iq3_ks":
            scaled(b.half(0)) { w in
                let (block, extra) = (w / 32, b.word(2))
                let code = b[8 + w / 128 * 32 + w % 32] / [1, 4, 16, 64][block % 4] % 4 + (b[72 + w % 32] >> block) % 2 * 4
                let number = [-63, -40, -23, -10, 1, 13, 28, 47][code] + ((extra >> (8 + block)) % 2 == 1 ? 4 : 0)
                return (nibble(b[4 + block % 4], block / 4) + 16 * ((extra >> block) % 2) - 16, number)
            }
        case "iq4_ks":
            scaled(b.single(0)) { w in
                let head = b[4 + w / 32]
                let code = nibble(b[12 + w / 32 * 16 + w % 16], w % 32 / 16)
                return (head / 2 * 2 - 127, four[code] + head % 2 * 4)
            }
        case "iq4_kss":
            scaled(b.single(0)) { w in
                let words = (0..<8).map { b.word(4 + w / 32 * 16 + 2 * $0) }
                let stored = words[w % 16 / 2] / 2 * 2
                let code = nibble((stored ^ stored / 2) / (w % 2 == 0 ? 1 : 256) % 256, w % 32 / 16)
                let scale = (1..<8).reduce(0) { $0 + words[$1] % 2 * (1 << ($1 - 1)) }
                return (2 * scale - 127, four[code] + words[0] % 2 * 4)
            }
        case "iq5_ks":
            scaled(b.single(0)) { w in
                let head = b[4 + w / 32]
                let code = nibble(b[12 + w / 64 * 32 + w % 32], w / 32 % 2) + (b[140 + w % 32] >> (w / 32)) % 2 * 16
                return (head / 2 * 2 - 127, five[code] + head % 2 * 2)
            }
        case "iq2_kl":
            scaled(b.half(0)) { w in
                let (four, side, pair) = (w / 64, w % 64 / 32, w % 32 / 2)
                let entry = nibble(b[8 + 16 * four + pair], side) + (b[72 + pair] >> (2 * four + side)) % 2 * 16
                let block = w / 32
                let scale = nibble(b[4 + block % 4], block / 4) + (b.word(2) >> (2 * block)) % 4 * 16 - 32
                return (scale, GridBlocks.entry("iq2_kl", entry)[w % 2])
            }
        case "iq1_kt":
            scaled(b.single(0)) { w in
                let (group, head) = (w / 8, b[4 + w / 32])
                let code = b[12 + group] + 256 * nibble(b[44 + group % 16], group / 16) + 4096 * ((head >> (4 + group % 4)) % 2)
                return (four[head % 16], term(code, w % 8))
            }
        case "iq2_kt":
            scaled(b.single(0)) { w in
                let block = w / 32
                return (four[nibble(b[4 + block % 4], block / 4)], term(b.word(8 + w / 8 * 2), w % 8))
            }
        case "iq3_kt":
            (0..<256).map { w in
                let block = w / 32
                let scale = ExactArithmetic.multiply(b.single(0), Float(nibble(b[4 + block % 4], block / 4)))
                let size = ExactArithmetic.multiply(scale, Float(abs(term(b.word(8 + w / 8 * 2), w % 8))))
                return (b[72 + w % 32] >> block) % 2 == 1 ? -size : size
            }
        case "iq4_kt":
            scaled(b.single(0)) { w in
                let (group, block) = (w / 4, w / 32)
                let word = b.word(4 + 4 * block) + 65536 * b.word(6 + 4 * block)
                let high = nibble(b[100 + group % 32], group / 32)
                let top = (word >> (8 + 3 * (group % 8))) % 8 + word % 2 * 8
                return (word / 2 % 128 - 64, term(b[36 + group] + 256 * high + 4096 * top, w % 4))
            }
        default: nil
        }
    }

    /// d times the scale, rounded, times the number, of each of 256 weights.
    private static func scaled(_ d: Float, _ parts: (Int) -> (scale: Int, number: Int)) -> [Float] {
        (0..<256).map { w in
            let (scale, number) = parts(w)
            return ExactArithmetic.multiply(ExactArithmetic.multiply(d, Float(scale)), Float(number))
        }
    }

    private static func nibble(_ byte: Int, _ high: Int) -> Int { high == 0 ? byte % 16 : byte / 16 }

    /// A ternary digit of byte / 256, counted from the point, by long division.
    private static func fifth(_ byte: Int, _ place: Int) -> Int {
        var (rest, digit) = (byte, 0)
        for _ in 0...place { (digit, rest) = (3 * rest).quotientAndRemainder(dividingBy: 256) }
        return digit
    }

    /// A term of the trellis: powers of the multiplier by hand, modulo 2^32.
    private static func term(_ code: Int, _ place: Int) -> Int {
        // The product of two numbers of 32 bits has 64, the sign's among them.
        var state = UInt64(code + 4096)
        for _ in 0...place { state = state * 3_417_055_213 % 4_294_967_296 }
        return [1, 256, 65536, 16_777_216].reduce(-126) { $0 + Int(state / $1 % 64) }
    }

    /// The first half of the codebook; the second is four more throughout.
    private static let four = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]
    /// The first half of the codebook; the second is two more throughout.
    private static let five = [
        -126, -114, -103, -92, -83, -74, -65, -57, -50, -43, -36, -30, -24, -18, -12, -6,
        -1, 5, 11, 17, 23, 29, 36, 43, 51, 59, 68, 77, 87, 97, 109, 121,
    ]
}
