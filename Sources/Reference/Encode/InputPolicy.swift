import BlockSpec

/// What an encoder does with weights that are NaN, infinite, or larger than its format can hold.
public enum InputPolicy: String, Sendable, CaseIterable {
    /// Throws `EncodeError.badWeight` for the first one, naming row and column.
    case reject
    /// NaN becomes 0, everything else too large becomes the largest magnitude with its sign. So does a
    /// scale or minimum that exceeds its field although every weight was in range (possible for the fp16 minimum of Q4_1
    /// and Q5_1 within 1 % of the limit); `reject` throws `EncodeError.scaleOverflow` for it.
    case clamp
    /// Goes on as the original does: silent infinities in stored outliers and scales. For comparison with its bytes only.
    case asOriginal
}

extension BlockFormat {
    /// The largest magnitude that an encoder of this format takes: what its scales and outliers can hold.
    ///
    /// 65504 where fp16 is stored, the largest finite number of the type for f32 and bf16.
    public var largestWeight: Float {
        switch id {
        case "f32", "f64": .greatestFiniteMagnitude
        case "bf16": SmallFloats.float(bfloat16: 0x7F7F)
        default: 65504
        }
    }
}
