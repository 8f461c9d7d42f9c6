import HIFIBlockSpec
import HIFICKernels
import HIFIReference

/// What encodes a format.
enum EncodeKernel: Sendable {
    case blocks(EncodeFormat)
    case scalars(SmallFloat)
    /// fp32 as it is.
    case copy

    /// Nil if there are no kernels for the format. `outliers` as of `EncodeFormat`.
    init?(_ format: BlockFormat, outliers: Int?) {
        switch (format.encoding?.search, format.fields.first?.type) {
        case (.scalar, .f32): self = .copy
        case (.scalar, .f16): self = .scalars(.f16)
        case (.scalar, .bf16): self = .scalars(.bf16)
        default:
            guard let blocks = EncodeFormat(format, outliers: outliers) else { return nil }
            self = .blocks(blocks)
        }
    }
}

/// How rows become blocks of a format, in the terms of the C encoders.
struct EncodeFormat: Sendable {
    /// Without an importance matrix.
    let plain: hifi_encoding
    /// With one.
    let guided: hifi_encoding

    /// Nil if the kernels have no encoder for the format's base or its kind of outliers.
    ///
    /// - Parameter outliers: per block, for formats that have them.
    init?(_ format: BlockFormat, outliers: Int?) {
        guard let encoding = format.encoding, let base = Self.bases[format.base ?? format.id],
            let root = Spec.format(format.base ?? format.id), Spec.format(format.id) == format, format.elements == root.elements,
            format.bytes <= Int(UInt16.max), root.fields == Array(format.fields.prefix(root.fields.count))
        else { return nil }
        var c = hifi_encoding()
        c.base = base
        c.stride = UInt32(format.bytes)
        c.search = Self.code(HIFI_SEARCH_PLAIN)
        guard let slots = format.outliers else {
            guard format.id == root.id else { return nil }
            plain = c
            c.search = Self.code(HIFI_SEARCH_WEIGHTED)
            guided = c
            return
        }
        let index = slots.index
        guard let rule = encoding.outliers, rule == encoding.guidedOutliers, Self.knows(rule), let outliers, index.type == .u8,
            (1...Int(HIFI_MAX_SLOTS)).contains(index.count), (0...index.count).contains(outliers)
        else { return nil }
        c.slots = UInt8(index.count)
        c.outliers = UInt8(outliers)
        c.index_at = UInt16(index.offset)
        c.value_at = UInt16(slots.values.offset)
        c.scored_by_importance = rule.scoredByImportance ? 1 : 0
        c.rising = rule.order == .position ? 1 : 0
        c.stops_at_zero = rule.stopsAtZero ? 1 : 0
        c.empty = UInt8(rule.unused)
        c.empty_of_none = UInt8(rule.unusedWithoutOutliers)
        if let count = slots.stated {
            guard count.type == .u8 else { return nil }
            c.has_count = 1
            c.count_at = UInt16(count.offset)
        }
        if rule.stored.isBytes {
            guard let scale = slots.scale, scale.type == .f32 else { return nil }
            c.stored = UInt8(HIFI_STORES_RESIDUALS.rawValue)
            c.scale_at = UInt16(scale.offset)
        }
        plain = c
        if rule.guidance == .unweighted, outliers > 0 { c.search = Self.code(HIFI_SEARCH_UNWEIGHTED) }
        guided = c
    }

    /// Whether the C encoders have what a rule asks for (ENC-17, ENC-19 to ENC-21, ENC-23).
    private static func knows(_ rule: OutlierEncoding) -> Bool {
        let isKnownKind =
            switch (rule.choice, rule.stored) {
            case (.magnitude, .weight), (.residual, .dividedBytes): true
            default: false
            }
        return isKnownKind && rule.guidance != .weighted && !rule.passesOverNaN && rule.countFlag == 0 && rule.variesFor == nil
    }

    private static func code(_ search: hifi_search) -> UInt8 { UInt8(search.rawValue) }

    private static let bases: [String: hifi_base] = [
        "q2_k": HIFI_Q2_K, "q3_k": HIFI_Q3_K, "q4_k": HIFI_Q4_K, "q5_k": HIFI_Q5_K, "q6_k": HIFI_Q6_K, "q8_0": HIFI_Q8_0,
        "q4_0": HIFI_Q4_0, "q4_1": HIFI_Q4_1, "q5_0": HIFI_Q5_0, "q5_1": HIFI_Q5_1, "iq4_nl": HIFI_IQ4_NL, "iq4_xs": HIFI_IQ4_XS,
        "tq1_0": HIFI_TQ1_0, "tq2_0": HIFI_TQ2_0, "q2_0": HIFI_Q2_0,
    ]
}
