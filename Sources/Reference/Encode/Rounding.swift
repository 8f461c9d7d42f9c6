/// Conversions from fp32 to integers as the encoders define them. None depends on a processor's rounding mode.
enum Rounding {
    /// To nearest, ties to even, by the sum `value + 1.5 · 2^23`: the integer is what is left in the fraction.
    ///
    /// Exact for |value| ≤ 2^22. Beyond that the result is still defined, by the same bits: encoders meet such values
    /// for subnormal and for enormous weights, and their bytes are recorded.
    @inline(__always)
    static func nearest(_ value: Float) -> Int32 {
        Int32(bitPattern: (value + 12_582_912).bitPattern & 0x7F_FFFF) &- 0x40_0000
    }

    /// To nearest, ties away from zero, then to an integer as `truncate` does.
    @inline(__always)
    static func awayFromZero(_ value: Float) -> Int32 { truncate(value.rounded(.toNearestOrAwayFromZero)) }

    /// Towards zero; NaN and values outside the range of Int32 give its least value.
    @inline(__always)
    static func truncate(_ value: Float) -> Int32 {
        value > -2_147_483_904 && value < 2_147_483_648 ? Int32(value) : .min
    }

    @inline(__always)
    static func clamp(_ value: Int32, _ low: Int32, _ high: Int32) -> Int32 { max(low, min(high, value)) }
}

/// Groups whose largest magnitude is below this are encoded as zero.
let negligibleMagnitude: Float = 1e-15
