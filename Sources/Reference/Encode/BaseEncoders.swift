import BlockSpec

/// Which encoder makes the codes of a format (of its base, for formats that extend one).
func baseEncoder(for format: BlockFormat) -> (any BaseEncoder)? {
    switch format.base ?? format.family {
    case "q2_k": Q2KEncoder()
    case "q3_k": Q3KEncoder()
    case "q4_k": Q45KEncoder.q4
    case "q5_k": Q45KEncoder.q5
    case "q6_k": Q6KEncoder()
    case "q4_0": SymmetricSmallEncoder(limit: 8)
    case "q5_0": SymmetricSmallEncoder(limit: 16)
    case "q4_1": AffineSmallEncoder(limit: 15)
    case "q5_1": AffineSmallEncoder(limit: 31)
    case "q8_0": Q80Encoder()
    case "iq4_nl": (format.decoding?.code?.codebook).map(CodebookEncoder.init(values:))
    case "q3_k_hifi": LinearThreeBitEncoder()
    default: nil
    }
}
