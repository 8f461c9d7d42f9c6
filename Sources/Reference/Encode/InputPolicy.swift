import HIFIBlockSpec

/// What an encoder does with weights that are NaN, infinite, or larger than its format can hold.
public enum InputPolicy: String, Sendable, CaseIterable {
    /// Throws `EncodeError.badWeight` for the first one, naming row and column.
    case reject
    /// NaN becomes 0, everything else too large is clamped to `BlockFormat.clampedWeight` with its sign. A scale or minimum that exceeds
    /// its field although every weight was in range is clamped to the largest number of the field; `reject` throws
    /// `EncodeError.scaleOverflow` for it. Unusable importances are refused all the same.
    case clamp
    /// Goes on as llama.cpp does: silent infinities in stored outliers and scales. For comparison with its bytes only.
    case asOriginal
}

extension BlockFormat {
    /// The weights that a block can hold with finite scales (ENC-02). Those beside it matter too: where it holds -65504 to a million,
    /// one block does not hold both.
    public var weightRange: ClosedRange<Float> { Spec.quantizer.weightRange(of: self) }

    /// The magnitude that any block can hold, whatever else is in it: the smaller end of the range. Weights are clamped to it.
    public var clampedWeight: Float { min(-weightRange.lowerBound, weightRange.upperBound) }
}
