import HIFIBlockSpec
import HIFICKernels
import HIFIReference

/// A block format in the terms of the C kernels: a base layout, and stored outliers after it.
///
/// Derived from the spec, so that a new revision of known parts needs no new kernel.
package struct KernelFormat: Sendable {
    package let c: hifi_format

    /// The scale in the headers of rows, where it is; nil for formats that need none.
    private let rowScale: Field?

    /// Whether there are products of it; others are decoded only.
    package var isMultiplied: Bool { withUnsafePointer(to: c) { hifi_multiplies($0) != 0 } }

    /// Nil if there are no kernels for the format's base or its kind of outliers.
    package init?(_ format: BlockFormat) {
        // Formats of the spec are derived once; comparing one with itself is quick, deriving it is not.
        if let known = Self.known[format.id], known.isMeant(by: format) {
            guard let c = known.c else { return nil }
            self.c = c
            rowScale = known.rowScale
            return
        }
        guard let c = Self.derive(format) else { return nil }
        self.c = c
        rowScale = Self.rowScale(of: format)
    }

    /// The same for the blocks of a row that begins with this header.
    func ofRow(_ header: UnsafeRawBufferPointer) -> hifi_format {
        var c = c
        guard let rowScale else { return c }
        if rowScale.type == .f16 {
            let bits = header.loadUnaligned(fromByteOffset: rowScale.offset, as: UInt16.self)
            c.row_scale = SmallFloats.float(half: UInt16(littleEndian: bits))
        } else {
            let bits = header.loadUnaligned(fromByteOffset: rowScale.offset, as: UInt32.self)
            c.row_scale = Float(bitPattern: UInt32(littleEndian: bits))
        }
        return c
    }

    private final class Known: Sendable {
        let format: BlockFormat
        let c: hifi_format?
        let rowScale: Field?

        init(_ format: BlockFormat) {
            self.format = format
            c = derive(format)
            rowScale = KernelFormat.rowScale(of: format)
        }

        /// All that the kernels depend on is the same.
        func isMeant(by other: BlockFormat) -> Bool {
            format.bytes == other.bytes && format.elements == other.elements && format.fields == other.fields
                && format.decoding == other.decoding && format.rowHeader == other.rowHeader
        }
    }

    private static let known = Dictionary(
        Spec.formats.map { ($0.id, Known($0)) }, uniquingKeysWith: { first, _ in first })

    private static func derive(_ format: BlockFormat) -> hifi_format? {
        guard let decoding = format.decoding, let base = root(of: format), let kind = bases[base.id],
            let rule = base.decoding, rule.correction == nil || base.id == format.id, rule.code == decoding.code,
            rule.scale == decoding.scale,
            rule.minimum == decoding.minimum, rule.value == decoding.value, format.elements == base.elements,
            base.rowHeader == format.rowHeader, format.rowHeader == nil || rowScale(of: format) != nil,
            format.bytes <= Int(UInt16.max), format.fields.allSatisfy({ $0.offset >= 0 && $0.range.upperBound <= format.bytes }),
            base.fields == Array(format.fields.prefix(base.fields.count)), let stride = UInt32(exactly: format.bytes)
        else { return nil }
        var c = hifi_format()
        c.base = kind
        c.elements = UInt32(format.elements)
        c.stride = stride
        if case .grid(let grid, _) = decoding.code?.selection?.rule {
            guard let pointer = GridMemory.pointer(to: grid) else { return nil }
            c.grid = pointer
        }
        if let slots = format.outliers {
            guard let outliers = outliers(slots, in: format) else { return nil }
            c.outliers = outliers
            // Products look positions up by bytes.
            if outliers.wide_index != 0, withUnsafePointer(to: c, { hifi_multiplies($0) != 0 }) || outliers.first_only != 0 { return nil }
        }
        return c
    }

    private static let bases: [String: hifi_base] = [
        "q2_k": HIFI_Q2_K, "q3_k": HIFI_Q3_K, "q4_k": HIFI_Q4_K, "q5_k": HIFI_Q5_K, "q6_k": HIFI_Q6_K, "q8_0": HIFI_Q8_0,
        "q4_0": HIFI_Q4_0, "q4_1": HIFI_Q4_1, "q5_0": HIFI_Q5_0, "q5_1": HIFI_Q5_1, "iq4_nl": HIFI_IQ4_NL, "iq4_xs": HIFI_IQ4_XS,
        "mxfp4": HIFI_MXFP4, "iq1_s": HIFI_IQ1_S, "iq1_m": HIFI_IQ1_M, "iq2_xxs": HIFI_IQ2_XXS, "iq2_xs": HIFI_IQ2_XS,
        "iq2_s": HIFI_IQ2_S, "iq3_xxs": HIFI_IQ3_XXS, "iq3_s": HIFI_IQ3_S, "tq1_0": HIFI_TQ1_0, "tq2_0": HIFI_TQ2_0,
        "nvfp4": HIFI_NVFP4, "q1_0": HIFI_Q1_0, "q2_0": HIFI_Q2_0, "q3_k_hifi@r1": HIFI_R1, "q3_k_hifi@r2": HIFI_R1,
        "q3_k_hifi@r3": HIFI_R3, "q3_k_hifi@r4": HIFI_R4, "q3_k_hifi@r8": HIFI_R8, "f32": HIFI_F32, "f16": HIFI_F16, "bf16": HIFI_BF16,
        "iq2_k": HIFI_IQ2_K, "iq3_k": HIFI_IQ3_K, "iq4_k": HIFI_IQ4_K, "iq5_k": HIFI_IQ5_K, "iq6_k": HIFI_IQ6_K, "iq2_ks": HIFI_IQ2_KS,
        "iq3_ks": HIFI_IQ3_KS, "iq4_ks": HIFI_IQ4_KS, "iq4_kss": HIFI_IQ4_KSS, "iq5_ks": HIFI_IQ5_KS, "iq2_kl": HIFI_IQ2_KL,
        "iq1_kt": HIFI_IQ1_KT, "iq2_kt": HIFI_IQ2_KT, "iq3_kt": HIFI_IQ3_KT, "iq4_kt": HIFI_IQ4_KT, "iq1_bn": HIFI_IQ1_BN,
        "iq2_bn": HIFI_IQ2_BN, "q6_0": HIFI_Q6_0, "q8_kv": HIFI_Q8_KV,
    ]

    /// The formats that kernels are made for; others are derived from them.
    package static var baseIDs: [String] { bases.keys.sorted() }

    private static func root(of format: BlockFormat) -> BlockFormat? {
        var current = format
        for _ in 0..<8 {
            guard let base = current.base else { return Spec.format(current.id) }
            guard let next = Spec.format(base) else { return nil }
            current = next
        }
        return nil
    }

    /// The one scalar of the header that weights depend on.
    private static func rowScale(of format: BlockFormat) -> Field? {
        format.rowHeader?.fields.first { format.decoding?.value.names.contains($0.name) == true && [.f16, .f32].contains($0.type) }
    }

    private static func outliers(_ slots: OutlierSlots, in format: BlockFormat) -> hifi_outliers? {
        let (rule, index) = (slots.rule, slots.index)
        // Positions of one byte in blocks of 256 cannot leave the block; the kernels rely on it. Wide ones they test.
        guard format.elements == 256, [.u8, .u16].contains(index.type), index.count >= rule.slots,
            (0...Int(HIFI_MAX_SLOTS)).contains(rule.slots), let form = ValueForm(rule.value, in: format, slots: rule.slots)
        else { return nil }
        var c = hifi_outliers()
        c.mode = code(rule.mode)
        c.slots = UInt8(rule.slots)
        c.wide_index = index.type == .u16 ? 1 : 0
        c.index_at = UInt16(index.offset)
        c.first_only = rule.duplicates == .first ? 1 : 0
        c.value = UInt8(form.kind.rawValue)
        c.value_at = UInt16(form.value.offset)
        if let scale = form.scale {
            switch scale.type {
            case .f16: c.scale = UInt8(HIFI_SCALE_F16.rawValue)
            case .f32: c.scale = UInt8(HIFI_SCALE_F32.rawValue)
            case .e4m3hifi: c.scale = UInt8(HIFI_SCALE_E4M3.rawValue)
            default: return nil
            }
            c.scale_at = UInt16(scale.offset)
        }
        if let count = rule.count {
            guard let field = slots.count, field.type == .u8, (0...rule.slots).contains(count.maximum) else { return nil }
            c.has_count = 1
            c.count_at = UInt16(field.offset)
            c.count_mask = UInt8(truncatingIfNeeded: count.mask)
            c.count_max = UInt8(count.maximum)
        }
        if let switching = rule.switching {
            guard let field = slots.switching, field.type == .u8 else { return nil }
            c.switch_at = UInt16(field.offset)
            c.switch_mask = UInt8(truncatingIfNeeded: switching.mask)
            c.switched_mode = code(switching.whenSet)
        }
        return c
    }

    private static func code(_ mode: Correction.Mode) -> UInt8 {
        UInt8((mode == .add ? HIFI_ADD : HIFI_REPLACE).rawValue)
    }
}

/// The four ways in which the family writes a slot's value.
private struct ValueForm {
    let kind: hifi_value
    let value: Field
    let scale: Field?

    init?(_ expression: Expression, in format: BlockFormat, slots: Int) {
        var names: (value: String, scale: String?)
        switch expression {
        case .f32(let value):
            (kind, names) = (HIFI_VALUE_F16, (value, nil))
        case .multiply(.f32(let scale), .f32(let value)):
            (kind, names) = (HIFI_VALUE_SCALED, (value, scale))
        case .multiply(.f32(let scale), .divide(.f32(let value), .literal(127))):
            (kind, names) = (HIFI_VALUE_SCALED_127TH, (value, scale))
        case .multiply(.multiply(.f32(let scale), .divide(.literal(1), .literal(127))), .f32(let value)):
            (kind, names) = (HIFI_VALUE_127TH_SCALED, (value, scale))
        default: return nil
        }
        guard let value = format.field(names.value), value.count >= slots else { return nil }
        guard value.type == (names.scale == nil ? .f16 : .i8) else { return nil }
        let scale = names.scale.flatMap(format.field)
        guard names.scale == nil || scale?.count == 1 else { return nil }
        self.value = value
        self.scale = scale
    }
}
