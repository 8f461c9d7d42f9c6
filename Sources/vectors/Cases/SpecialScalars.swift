import HIFIBlockSpec

/// Bit patterns at the corners of a scalar type.
struct SpecialScalars {
    let bits: UInt64
    let name: String
    let flag: String
    var clauses: [String] = []

    static func of(_ type: ScalarType) -> [SpecialScalars] {
        switch type {
        case .f16: halves
        case .f32: singles
        case .bf16: bfloats
        case .f64: doubles
        case .e8m0half:
            [0, 1, 2, 126, 127, 128, 129, 253, 254, 255].map {
                .init(bits: $0, name: "code \($0)", flag: "exponent-scale", clauses: ["NUM-08"])
            }
        case .e4m3hifi: (0...255).map { .init(bits: $0, name: "E4M3 code \($0)", flag: "e4m3-scale", clauses: ["NUM-09"]) }
        case .i8, .u8: integers(8)
        case .i16, .u16: integers(16)
        case .i32, .u32: integers(32) + wide(32)
        case .i64: integers(64) + wide(64)
        }
    }

    private static let halves: [SpecialScalars] = [
        .init(bits: 0x0000, name: "+0", flag: "zero-scale"), .init(bits: 0x8000, name: "-0", flag: "zero-scale"),
        .init(bits: 0x3C00, name: "1", flag: "plain-scale", clauses: ["NUM-03"]), .init(bits: 0xBC00, name: "-1", flag: "negative-scale"),
        .init(bits: 0x0001, name: "the smallest subnormal", flag: "subnormal-scale", clauses: ["NUM-03", "NUM-07"]),
        .init(bits: 0x8001, name: "the smallest negative subnormal", flag: "subnormal-scale", clauses: ["NUM-03", "NUM-07"]),
        .init(bits: 0x0200, name: "a subnormal with its upper fraction bit", flag: "subnormal-scale", clauses: ["NUM-03", "NUM-07"]),
        .init(bits: 0x03FF, name: "the largest subnormal", flag: "subnormal-scale", clauses: ["NUM-03", "NUM-07"]),
        .init(bits: 0x0400, name: "the smallest normal", flag: "plain-scale", clauses: ["NUM-03"]),
        .init(bits: 0x2E66, name: "about 0.1", flag: "plain-scale", clauses: ["NUM-01"]),
        .init(bits: 0x7BFF, name: "65504", flag: "large-scale", clauses: ["NUM-03"]),
        .init(bits: 0xFBFF, name: "-65504", flag: "large-scale", clauses: ["NUM-03"]),
        .init(bits: 0x7C00, name: "+infinity", flag: "non-finite-scale", clauses: ["NUM-03", "NUM-05"]),
        .init(bits: 0xFC00, name: "-infinity", flag: "non-finite-scale", clauses: ["NUM-03", "NUM-05"]),
        .init(bits: 0x7C01, name: "a signalling NaN", flag: "non-finite-scale", clauses: ["NUM-03", "NUM-04"]),
        .init(bits: 0x7E00, name: "a quiet NaN", flag: "non-finite-scale", clauses: ["NUM-04"]),
        .init(bits: 0xFFFF, name: "a negative NaN of all ones", flag: "non-finite-scale", clauses: ["NUM-04"]),
    ]

    private static let singles: [SpecialScalars] = [
        .init(bits: 0x0000_0000, name: "+0", flag: "zero-scale"), .init(bits: 0x8000_0000, name: "-0", flag: "zero-scale"),
        .init(bits: 0x3F80_0000, name: "1", flag: "plain-scale"), .init(bits: 0xBF80_0000, name: "-1", flag: "negative-scale"),
        .init(bits: 0x3DCC_CCCD, name: "0.1", flag: "plain-scale", clauses: ["NUM-01"]),
        .init(bits: 0x3EAA_AAAB, name: "1/3", flag: "plain-scale", clauses: ["NUM-01"]),
        .init(bits: 0x0000_0001, name: "the smallest subnormal", flag: "subnormal-scale", clauses: ["NUM-07"]),
        .init(bits: 0x807F_FFFF, name: "the largest negative subnormal", flag: "subnormal-scale", clauses: ["NUM-07"]),
        .init(bits: 0x0080_0000, name: "the smallest normal", flag: "subnormal-scale", clauses: ["NUM-07"]),
        .init(bits: 0x7F7F_FFFF, name: "the largest number", flag: "large-scale"),
        .init(bits: 0x7F80_0000, name: "+infinity", flag: "non-finite-scale", clauses: ["NUM-05"]),
        .init(bits: 0xFF80_0000, name: "-infinity", flag: "non-finite-scale", clauses: ["NUM-05"]),
        .init(bits: 0x7F80_0001, name: "a signalling NaN", flag: "non-finite-scale", clauses: ["NUM-04"]),
        .init(bits: 0x7FC0_0000, name: "a quiet NaN", flag: "non-finite-scale", clauses: ["NUM-04"]),
    ]

    private static let bfloats: [SpecialScalars] = [
        .init(bits: 0x0000, name: "+0", flag: "zero-scale"), .init(bits: 0x8000, name: "-0", flag: "zero-scale"),
        .init(bits: 0x3F80, name: "1", flag: "plain-scale"),
        .init(bits: 0x0001, name: "the smallest subnormal", flag: "subnormal-scale", clauses: ["NUM-03", "NUM-07"]),
        .init(bits: 0x807F, name: "the largest negative subnormal", flag: "subnormal-scale", clauses: ["NUM-03", "NUM-07"]),
        .init(bits: 0x7F7F, name: "the largest number", flag: "large-scale"),
        .init(bits: 0x7F80, name: "+infinity", flag: "non-finite-scale"),
        .init(bits: 0xFF80, name: "-infinity", flag: "non-finite-scale"),
        .init(bits: 0x7F81, name: "a signalling NaN", flag: "non-finite-scale", clauses: ["NUM-03"]),
        .init(bits: 0xFFFF, name: "a NaN of all ones", flag: "non-finite-scale", clauses: ["NUM-03"]),
    ]

    private static let doubles: [SpecialScalars] = [
        .init(bits: 0x0000_0000_0000_0000, name: "+0", flag: "zero-scale"),
        .init(bits: 0x8000_0000_0000_0000, name: "-0", flag: "zero-scale"),
        .init(
            bits: 0x3FF0_0000_1000_0000, name: "a tie between 1 and its fp32 neighbour, the lower being even", flag: "rounding",
            clauses: ["NUM-06"]),
        .init(bits: 0x3FF0_0000_3000_0000, name: "a tie whose upper neighbour is even", flag: "rounding", clauses: ["NUM-06"]),
        .init(bits: 0x3FF0_0000_1000_0001, name: "just above a tie", flag: "rounding", clauses: ["NUM-06"]),
        .init(bits: 0x47EF_FFFF_F000_0000, name: "halfway between the largest fp32 and infinity", flag: "large-scale", clauses: ["NUM-06"]),
        .init(bits: 0x47EF_FFFF_EFFF_FFFF, name: "just below that", flag: "large-scale", clauses: ["NUM-06"]),
        .init(bits: 0x36A0_0000_0000_0000, name: "the smallest fp32 subnormal", flag: "subnormal-scale", clauses: ["NUM-06", "NUM-07"]),
        .init(bits: 0x3690_0000_0000_0000, name: "half of the smallest fp32 subnormal", flag: "subnormal-scale", clauses: ["NUM-06"]),
        .init(bits: 0x0000_0000_0000_0001, name: "the smallest fp64 subnormal", flag: "subnormal-scale", clauses: ["NUM-06"]),
        .init(bits: 0x7FF0_0000_0000_0000, name: "+infinity", flag: "non-finite-scale"),
        .init(bits: 0x7FF8_0000_0000_0000, name: "a NaN", flag: "non-finite-scale"),
    ]

    private static func integers(_ width: UInt64) -> [SpecialScalars] {
        let top: UInt64 = 1 << (width - 1)
        return [
            .init(bits: 0, name: "0", flag: "integer", clauses: ["NUM-06"]),
            .init(bits: 1, name: "1", flag: "integer", clauses: ["NUM-06"]),
            .init(bits: top - 1, name: "the largest", flag: "integer", clauses: ["NUM-06"]),
            .init(bits: top, name: "the least", flag: "integer", clauses: ["NUM-06"]),
            .init(bits: top - 1 + top, name: "-1", flag: "integer", clauses: ["NUM-06"]),
        ]
    }

    private static func wide(_: UInt64) -> [SpecialScalars] {
        [
            .init(bits: 1 << 24, name: "2^24", flag: "rounding", clauses: ["NUM-06"]),
            .init(bits: (1 << 24) + 1, name: "2^24 + 1, a tie with the even number below", flag: "rounding", clauses: ["NUM-06"]),
            .init(bits: (1 << 24) + 3, name: "2^24 + 3, a tie with the even number above", flag: "rounding", clauses: ["NUM-06"]),
            .init(bits: (1 << 25) + 3, name: "2^25 + 3, nearer to the number above", flag: "rounding", clauses: ["NUM-06"]),
        ]
    }
}
