import HIFIReference

extension LayoutSentence {
    static let all = small + superBlocks + codebooks + activations

    /// Blocks of 32 with one or two numbers for all weights.
    private static let small = [
        LayoutSentence(
            format: "q4_0", clauses: "Q40-01, Q40-02", bytes: 18, weights: 32, codeBits: 4,
            meaning: { b, k in b < 2 ? .header(0, place: 8 * b + k) : nibble(b - 2, k) },
            value: { Float($0.code - 8) * $0.d }),
        LayoutSentence(
            format: "q4_1", clauses: "Q41-01, Q41-02", bytes: 20, weights: 32, codeBits: 4,
            meaning: { b, k in b < 4 ? .header(b / 2, place: b % 2 * 8 + k) : nibble(b - 4, k) },
            value: { Float($0.code) * $0.d + $0.second }),
        LayoutSentence(
            format: "q5_0", clauses: "Q50-01, Q50-02", bytes: 22, weights: 32, codeBits: 5,
            meaning: { b, k in
                b < 2 ? .header(0, place: 8 * b + k) : b < 6 ? .code(weight: 8 * (b - 2) + k, place: 4) : nibble(b - 6, k)
            },
            value: { Float($0.code - 16) * $0.d }),
        LayoutSentence(
            format: "q5_1", clauses: "Q51-01, Q51-02", bytes: 24, weights: 32, codeBits: 5,
            meaning: { b, k in
                b < 4 ? .header(b / 2, place: b % 2 * 8 + k) : b < 8 ? .code(weight: 8 * (b - 4) + k, place: 4) : nibble(b - 8, k)
            },
            value: { Float($0.code) * $0.d + $0.second }),
        LayoutSentence(
            format: "q8_0", clauses: "Q80-01, Q80-02", bytes: 34, weights: 32, codeBits: 8,
            meaning: { b, k in b < 2 ? .header(0, place: 8 * b + k) : .code(weight: b - 2, place: k) },
            value: { Float(signedByte($0.code)) * $0.d }),
    ]

    /// Blocks of 256 with scales for 16 or 32 weights.
    private static let superBlocks = [
        LayoutSentence(
            format: "q2_k", clauses: "Q2K-01 to Q2K-04", bytes: 84, weights: 256, group: 16, codeBits: 2,
            meaning: { b, k in
                if b < 16 { return k < 4 ? .scale(group: b, place: k) : .minimum(group: b, place: k - 4) }
                if b >= 80 { return .header((b - 80) / 2, place: b % 2 * 8 + k) }
                let (half, lane) = ((b - 16) / 32, (b - 16) % 32)
                return .code(weight: 128 * half + 32 * (k / 2) + lane, place: k % 2)
            },
            value: { $0.d * Float($0.scale) * Float($0.code) - $0.second * Float($0.minimum) }),
        LayoutSentence(
            format: "q3_k", clauses: "Q3K-01 to Q3K-07", bytes: 110, weights: 256, group: 16, codeBits: 3,
            meaning: { b, k in
                if b < 32 { return .code(weight: 32 * k + b, place: 2) }
                if b < 96 { return .code(weight: (b - 32) / 32 * 128 + 32 * (k / 2) + b % 32, place: k % 2) }
                if b < 104 { return .scale(group: b - 96 + 8 * (k / 4), place: k % 4) }
                if b < 108 { return .scale(group: b - 104 + 4 * (k / 2), place: 4 + k % 2) }
                return .header(0, place: 8 * (b - 108) + k)
            },
            value: { $0.d * Float($0.scale - 32) * Float($0.code - 4) }),
        LayoutSentence(
            format: "q4_k", clauses: "Q4K-01 to Q4K-05", bytes: 144, weights: 256, codeBits: 4,
            meaning: { b, k in
                if b < 4 { return .header(b / 2, place: b % 2 * 8 + k) }
                if b < 16 { return sixBitPair(b - 4, k) }
                return .code(weight: (b - 16) / 32 * 64 + 32 * (k / 4) + (b - 16) % 32, place: k % 4)
            },
            value: { $0.d * Float($0.scale) * Float($0.code) - $0.second * Float($0.minimum) }),
        LayoutSentence(
            format: "q5_k", clauses: "Q5K-01 to Q5K-05", bytes: 176, weights: 256, codeBits: 5,
            meaning: { b, k in
                if b < 4 { return .header(b / 2, place: b % 2 * 8 + k) }
                if b < 16 { return sixBitPair(b - 4, k) }
                if b < 48 { return .code(weight: 32 * k + b - 16, place: 4) }
                return .code(weight: (b - 48) / 32 * 64 + 32 * (k / 4) + (b - 48) % 32, place: k % 4)
            },
            value: { $0.d * Float($0.scale) * Float($0.code) - $0.second * Float($0.minimum) }),
        LayoutSentence(
            format: "q6_k", clauses: "Q6K-01 to Q6K-05", bytes: 210, weights: 256, group: 16, codeBits: 6,
            meaning: { b, k in
                if b < 128 { return .code(weight: b / 64 * 128 + 64 * (k / 4) + b % 64, place: k % 4) }
                if b < 192 { return .code(weight: (b - 128) / 32 * 128 + 32 * (k / 2) + b % 32, place: 4 + k % 2) }
                if b < 208 { return .scale(group: b - 192, place: k) }
                return .header(0, place: 8 * (b - 208) + k)
            },
            value: { $0.d * Float(signedByte($0.scale)) * Float($0.code - 32) }),
    ]

    /// Nibbles that are looked up.
    private static let codebooks = [
        LayoutSentence(
            format: "iq4_nl", clauses: "IQ4NL-01, IQ4NL-02", bytes: 18, weights: 32, codeBits: 4,
            meaning: { b, k in b < 2 ? .header(0, place: 8 * b + k) : nibble(b - 2, k) },
            value: { $0.d * nonLinear[$0.code] }),
        LayoutSentence(
            format: "iq4_xs", clauses: "IQ4XS-01 to IQ4XS-03", bytes: 136, weights: 256, codeBits: 4,
            meaning: { b, k in
                if b < 2 { return .header(0, place: 8 * b + k) }
                if b < 4 { return .scale(group: 4 * (b - 2) + k / 2, place: 4 + k % 2) }
                if b < 8 { return .scale(group: 2 * (b - 4) + k / 4, place: k % 4) }
                return .code(weight: (b - 8) / 16 * 32 + 16 * (k / 4) + (b - 8) % 16, place: k % 4)
            },
            value: { $0.d * Float($0.scale - 32) * nonLinear[$0.code] }),
        LayoutSentence(
            format: "mxfp4", clauses: "MXFP4-01, MXFP4-02", bytes: 17, weights: 32, codeBits: 4,
            base: WeightBits(code: 1, headers: [127, 0]),
            meaning: { b, k in b < 1 ? .header(0, place: k) : nibble(b - 1, k) },
            value: { twiceE2M1($0.code) * Float(sign: .plus, exponent: $0.headers[0] - 128, significand: 1) }),
    ]

    /// Blocks that no file stores.
    private static let activations = [
        LayoutSentence(
            format: "q8_1", clauses: "Q81-01, Q81-02", bytes: 36, weights: 32, codeBits: 8,
            meaning: { b, k in b < 2 ? .header(0, place: 8 * b + k) : b < 4 ? .nothing : .code(weight: b - 4, place: k) },
            value: { Float(signedByte($0.code)) * $0.d }),
        LayoutSentence(
            format: "q8_k", clauses: "Q8K-01, Q8K-02", bytes: 292, weights: 256, codeBits: 8,
            base: WeightBits(code: 1, headers: [0x3FC0_0000, 0]),
            meaning: { b, k in b < 4 ? .header(0, place: 8 * b + k) : b < 260 ? .code(weight: b - 4, place: k) : .nothing },
            value: { Float(bitPattern: UInt32(truncatingIfNeeded: $0.headers[0])) * Float(signedByte($0.code)) }),
    ]

    // MARK: Pieces that several types share

    /// Sixteen bytes of nibbles: the low ones are weights 0 to 15, the high ones 16 to 31.
    private static func nibble(_ byte: Int, _ k: Int) -> BitMeaning { .code(weight: byte + (k < 4 ? 0 : 16), place: k % 4) }

    /// The twelve bytes that hold eight scales and eight minima of six bits (Q4K-03, Q4K-04).
    private static func sixBitPair(_ byte: Int, _ k: Int) -> BitMeaning {
        switch (byte, k) {
        case (0..<4, 0..<6): .scale(group: byte, place: k)
        case (0..<4, _): .scale(group: byte + 4, place: k - 2)
        case (4..<8, 0..<6): .minimum(group: byte - 4, place: k)
        case (4..<8, _): .minimum(group: byte, place: k - 2)
        case (_, 0..<4): .scale(group: byte - 4, place: k)
        default: .minimum(group: byte - 4, place: k - 4)
        }
    }

    private static func signedByte(_ code: Int) -> Int { code < 128 ? code : code - 256 }

    private static let nonLinear: [Float] = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]

    /// Twice the number that four bits mean: sign, two bits of exponent with bias 1, one bit of mantissa. No negative zero.
    private static func twiceE2M1(_ code: Int) -> Float {
        let (exponent, mantissa) = (code >> 1 & 3, code & 1)
        let magnitude = exponent == 0 ? mantissa : (2 + mantissa) << (exponent - 1)
        return Float(code < 8 ? magnitude : -magnitude)
    }
}
