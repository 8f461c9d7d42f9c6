import HIFIBlockSpec
import HIFICKernels
import HIFIKernels

/// A block format in the terms of the CUDA kernels.
struct CUDAFormat: Sendable {
    /// The middle of the kernels' names.
    let name: String
    /// The same for the matrix kernel, which knows base formats only.
    let baseName: String
    /// Bytes of a super-block of 256 weights.
    let stride: Int
    /// Weights and bytes of a block of the file.
    let elements: Int
    let blockBytes: Int
    /// Bytes of a tile: eight rows by one super-block.
    let tileBytes: Int
    /// Whether there is a kernel that adds outliers to a product of the matrix kernel.
    let hasOutliers: Bool
    /// `struct Layout` of the kernels.
    let layout: [Int32]

    /// Nil if there are no kernels for the format. What a format is comes from the same derivation as for the C kernels.
    init?(_ format: BlockFormat) {
        guard let c = KernelFormat(format)?.c, let base = Self.bases[c.base.rawValue] else { return nil }
        elements = format.elements
        blockBytes = format.bytes
        stride = 256 / format.elements * format.bytes
        baseName = base.name
        let outliers = c.outliers
        var (index, value, scale, count, slots): (Int, Int, Int, Int, Int) = (0, 0, 0, -1, 0)
        switch UInt32(outliers.mode) {
        case HIFI_NO_OUTLIERS.rawValue:
            (name, tileBytes, hasOutliers) = (base.name, base.tileBytes, false)
        case HIFI_REPLACE.rawValue where base.name == "q3_k" && outliers.value == HIFI_VALUE_F16.rawValue:
            (name, tileBytes, hasOutliers) = ("hifi", base.tileBytes + 192, true)
        case HIFI_ADD.rawValue
        where base.name == "q3_k" && outliers.value == HIFI_VALUE_SCALED.rawValue && outliers.scale == HIFI_SCALE_F32.rawValue:
            (name, tileBytes, hasOutliers) = ("res8", base.tileBytes + 160, true)
        default: return nil
        }
        if hasOutliers {
            (index, value, scale) = (Int(outliers.index_at), Int(outliers.value_at), Int(outliers.scale_at))
            slots = Int(outliers.slots)
            if outliers.has_count != 0 {
                guard outliers.count_mask == 255, outliers.count_max == outliers.slots else { return nil }
                count = Int(outliers.count_at)
            }
            // The kernels load pairs of bytes there, and have room for eight slots.
            guard (1...8).contains(slots), outliers.first_only == 0, outliers.switch_mask == 0 else { return nil }
            guard index % 2 == 0, value % 2 == 0, scale % 2 == 0, stride % 2 == 0 else { return nil }
        }
        layout = [stride, index, value, scale, count, slots].map { Int32($0) }
    }

    private static let bases: [UInt32: (name: String, tileBytes: Int)] = [
        HIFI_Q3_K.rawValue: ("q3_k", 896), HIFI_Q4_K.rawValue: ("q4_k", 1152), HIFI_Q5_K.rawValue: ("q5_k", 1408),
        HIFI_Q6_K.rawValue: ("q6_k", 1680), HIFI_Q8_0.rawValue: ("q8_0", 2176),
    ]
}
