import HIFIBlockSpec

/// ik_llama.cpp's blocks of two to six bits, a weight at a time: codebooks of which each sub-block takes one of two halves.
enum HandCodebooks {
    static func decode(_ format: String, _ b: Bytes) -> [Float]? {
        switch format {
        case "q6_0":
            (0..<32).map { w in
                let (upper, byte) = (w / 16, w % 16)
                let low = upper == 1 ? b[10 + byte] / 16 : b[10 + byte] % 16
                let high = (b[2 + byte % 8] >> (byte / 8 * 4 + upper * 2)) % 4
                return ExactArithmetic.multiply(Float(low + 16 * high - 32), b.half(0))
            }
        case "iq2_k":
            super256(b) { w, s in
                let code = (b[12 + w / 128 * 32 + w % 32] >> (w % 128 / 32 * 2)) % 4
                return (nibble(b, 4, s) - 8, two[isSecond(b, s) ? 4 + code : code])
            }
        case "iq3_k":
            super256(b) { w, s in
                let low = (b[14 + w / 128 * 32 + w % 32] >> (w % 128 / 32 * 2)) % 4
                let code = low + (b[78 + w % 32] >> (w / 32)) % 2 * 4
                let odd = 2 * nibble(b, 6, s) + 1
                return ((b.word(4) >> s) % 2 == 1 ? -odd : odd, three[isSecond(b, s) ? 8 + code : code])
            }
        case "iq4_k":
            super256(b) { w, s in
                let byte = b[16 + w / 32 * 16 + w % 16]
                let code = w % 32 < 16 ? byte % 16 : byte / 16
                return (sixBits(b, s), four[code] + (isSecond(b, s) ? 4 : 0))
            }
        case "iq5_k":
            super256(b) { w, s in
                let byte = b[16 + w / 64 * 32 + w % 32]
                let low = w % 64 < 32 ? byte % 16 : byte / 16
                let code = low + (b[144 + w % 32] >> (w / 32)) % 2 * 16
                return (sixBits(b, s), five[code] + (isSecond(b, s) ? 2 : 0))
            }
        case "iq6_k":
            (0..<256).map { w in
                let byte = b[20 + w / 64 * 32 + w % 32]
                let low = w % 64 < 32 ? byte % 16 : byte / 16
                let code = low + (b[148 + w / 128 * 32 + w % 32] >> (w % 128 / 32 * 2)) % 4 * 16
                let number = ExactArithmetic.add(curve(Float(code)), isSecond(b, w / 16) ? 1 : 0)
                return ExactArithmetic.multiply(ExactArithmetic.multiply(b.half(0), Float(b.signed(4 + w / 16))), number)
            }
        default: nil
        }
    }

    /// d times the scale, rounded, times the number, of a weight and its sub-block of sixteen.
    private static func super256(_ b: Bytes, _ parts: (Int, Int) -> (scale: Int, number: Int)) -> [Float] {
        (0..<256).map { w in
            let (scale, number) = parts(w, w / 16)
            return ExactArithmetic.multiply(ExactArithmetic.multiply(b.half(0), Float(scale)), Float(number))
        }
    }

    /// Whether a sub-block takes the second half of its codebook.
    private static func isSecond(_ b: Bytes, _ group: Int) -> Bool { (b.word(2) >> group) % 2 == 1 }

    private static func nibble(_ b: Bytes, _ start: Int, _ number: Int) -> Int {
        number % 2 == 0 ? b[start + number / 2] % 16 : b[start + number / 2] / 16
    }

    private static func sixBits(_ b: Bytes, _ group: Int) -> Int {
        nibble(b, 8, group) + (b[4 + group / 4] >> (group % 4 * 2)) % 4 * 16 - 32
    }

    /// The cubic of IQ6_K by Horner's rule, each step rounded.
    private static func curve(_ code: Float) -> Float {
        let inner = ExactArithmetic.subtract(ExactArithmetic.multiply(code, 0.0011972), 0.11218)
        let middle = ExactArithmetic.add(6.2568, ExactArithmetic.multiply(code, inner))
        return ExactArithmetic.subtract(ExactArithmetic.multiply(code, middle), 127)
    }

    private static let two = [-31, -13, 1, 17, -26, -8, 6, 22]
    private static let three = [-63, -40, -23, -10, 1, 13, 28, 47, -59, -36, -19, -6, 5, 17, 32, 51]
    /// The first half of the codebook; the second is four more throughout.
    private static let four = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]
    /// The first half of the codebook; the second is two more throughout.
    private static let five = [
        -126, -114, -103, -92, -83, -74, -65, -57, -50, -43, -36, -30, -24, -18, -12, -6,
        -1, 5, 11, 17, 23, 29, 36, 43, 51, 59, 68, 77, 87, 97, 109, 121,
    ]
}
