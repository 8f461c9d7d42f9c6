import HIFIBlockSpec

/// What makes the codes of a format (of its base, for formats that extend one); nil where it has no encoder, or nothing but scalars.
///
/// - Parameter entries: makes kernels for the search of entries; nil for the reference.
func baseEncoder(for format: BlockFormat, entries: EntryKernelMaker? = nil) -> (any BaseEncoder)? {
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
    case .q10: SignEncoder()
    case .q20: FourLevelEncoder()
    case .ternary: TernaryEncoder()
    case .mxfp4: code.codebook.flatMap(MicroscalingEncoder.init(values:))
    case .nvfp4: code.codebook.flatMap(SmallFloatScaleEncoder.init(values:))
    case .iq4xs: code.codebook.map(SuperBlockCodebookEncoder.init(values:))
    case .iq2xxs: EntryEncoder(code, .iq2xxs, entries)
    case .iq2xs: EntryEncoder(code, .iq2xs, entries)
    case .iq2s: EntryEncoder(code, .iq2s, entries)
    case .iq3xxs: EntryEncoder(code, .iq3xxs, entries)
    case .iq3s: EntryEncoder(code, .iq3s, entries)
    case .iq1s: SplitEncoder(code, .oneShift)
    case .iq1m: SplitEncoder(code, .twoShifts)
    case .scalar, nil: nil
    }
}
