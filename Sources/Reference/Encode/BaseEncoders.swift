import BlockSpec

/// What makes the codes of a format (of its base, for formats that extend one); nil where it has no encoder, or nothing but scalars.
func baseEncoder(for format: BlockFormat) -> (any BaseEncoder)? {
    guard let code = format.decoding?.code else { return nil }
    // Codes lie at -limit ... limit - 1, or at 0 ... limit.
    let width = code.planes.reduce(0) { $0 + $1.width }
    return switch format.encoding?.search {
    case .q2k: Q2KEncoder()
    case .q3k: Q3KEncoder()
    case .q4k: Q45KEncoder.q4
    case .q5k: Q45KEncoder.q5
    case .q6k: Q6KEncoder()
    case .symmetric: SymmetricSmallEncoder(limit: 1 << (width - 1))
    case .affine: AffineSmallEncoder(limit: 1 << width - 1)
    case .bytes: Q80Encoder()
    case .codebook: code.codebook.map(CodebookEncoder.init(values:))
    case .linear: LinearThreeBitEncoder()
    case .scalar, nil: nil
    }
}
