import BlockSpec
import CKernels
import Reference

/// What encodes a format.
enum EncodeKernel: Sendable {
    case blocks(EncodeFormat)
    case scalars(SmallFloat)
    /// fp32 as it is.
    case copy

    /// Nil if there are no kernels for the format. `outliers` as of `EncodeFormat`.
    init?(_ format: BlockFormat, outliers: Int?) {
        switch (format.id, format.elements, format.bytes) {
        case ("f32", 1, 4): self = .copy
        case ("f16", 1, 2): self = .scalars(.f16)
        case ("bf16", 1, 2): self = .scalars(.bf16)
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
        guard let base = Self.bases[format.base ?? format.id], let root = Spec.format(format.base ?? format.id),
            Spec.format(format.id) == format, format.elements == root.elements, format.bytes <= Int(UInt16.max),
            root.fields == Array(format.fields.prefix(root.fields.count))
        else { return nil }
        var c = hifi_encoding()
        c.base = base
        c.stride = UInt32(format.bytes)
        c.search = Self.code(HIFI_SEARCH_PLAIN)
        guard format.decoding?.correction != nil else {
            guard format.id == root.id else { return nil }
            plain = c
            c.search = Self.code(HIFI_SEARCH_WEIGHTED)
            guided = c
            return
        }
        guard let kind = Self.kinds[format.id], let outliers, let index = format.field("outlier_idx"), index.type == .u8,
            let values = format.field(kind.residuals ? "residual_vals" : "outlier_vals"), values.type == (kind.residuals ? .i8 : .f16),
            values.count >= index.count,
            (1...Int(HIFI_MAX_SLOTS)).contains(index.count), (0...index.count).contains(outliers)
        else { return nil }
        c.slots = UInt8(index.count)
        c.outliers = UInt8(outliers)
        c.index_at = UInt16(index.offset)
        c.value_at = UInt16(values.offset)
        c.scored_by_importance = kind.scoredByImportance ? 1 : 0
        c.rising = kind.rising ? 1 : 0
        c.stops_at_zero = kind.stopsAtZero ? 1 : 0
        c.empty = kind.empty
        c.empty_of_none = kind.emptyOfNone
        if let name = kind.count {
            guard let count = format.field(name), count.type == .u8 else { return nil }
            c.has_count = 1
            c.count_at = UInt16(count.offset)
        }
        if kind.residuals {
            guard let scale = format.field("residual_scale"), scale.type == .f32 else { return nil }
            c.stored = UInt8(HIFI_STORES_RESIDUALS.rawValue)
            c.scale_at = UInt16(scale.offset)
        }
        plain = c
        if kind.searched, outliers > 0 { c.search = Self.code(HIFI_SEARCH_UNWEIGHTED) }
        guided = c
    }

    private static func code(_ search: hifi_search) -> UInt8 { UInt8(search.rawValue) }

    private static let bases: [String: hifi_base] = [
        "q2_k": HIFI_Q2_K, "q3_k": HIFI_Q3_K, "q4_k": HIFI_Q4_K, "q5_k": HIFI_Q5_K, "q6_k": HIFI_Q6_K, "q8_0": HIFI_Q8_0,
        "q4_0": HIFI_Q4_0, "q4_1": HIFI_Q4_1, "q5_0": HIFI_Q5_0, "q5_1": HIFI_Q5_1, "iq4_nl": HIFI_IQ4_NL,
    ]

    /// What tells formats with outliers apart (ENC-17, ENC-19 to ENC-21, ENC-23).
    private struct Kind {
        /// Stores residuals as bytes instead of weights.
        var residuals = false
        /// With an importance matrix the base takes the search made for it, without importances.
        var searched = false
        var rising = false
        var empty: UInt8 = 0
        var emptyOfNone: UInt8 = 0
        var count: String?
        var scoredByImportance = true
        var stopsAtZero = false
    }

    private static let kinds: [String: Kind] = [
        "q3_k_hifi@r5": Kind(), "q3_k_hifi@r6": Kind(),
        "q3_k_hifi@r7c": Kind(count: "outlier_count"), "q3_k_hifi@r7e": Kind(count: "outlier_count"),
        "q3_k_hifi@r9": Kind(searched: true),
        "q3_k_hifi@r10": Kind(searched: true, count: "n_outliers"), "q3_k_hifi@r10-gpu": Kind(searched: true, count: "n_outliers"),
        "q3_k_hifi@r11": Kind(searched: true, count: "n_outliers"), "q3_k_hifi@r11-gpu": Kind(searched: true, count: "n_outliers"),
        "q3_k_hifi@r12a": Kind(searched: true),
        "q3_k_hifi@r12b": Kind(searched: true, rising: true, empty: 255), "q3_k_hifi@r12c": Kind(searched: true, rising: true, empty: 255),
        "q3_k_hifi@r13": Kind(rising: true, count: "outlier_count", scoredByImportance: false, stopsAtZero: true),
        "q3_k_hifi_res8": Kind(residuals: true, count: "outlier_count", scoredByImportance: false),
        "q4_k_hifi": Kind(searched: true, rising: true, empty: 255, emptyOfNone: 255),
        "q6_k_hifi": Kind(), "q6_k_hifi_dynamic": Kind(count: "outlier_count"),
    ]
}
