/// The encoder of the HIFI family's E4M3 (decoded by NUM-09).
public enum FamilyE4M3 {
    /// The code of a value: sign, exponent ⌊log2|v|⌋ + 7 held to 0 … 15, and the fraction to nearest eighth, ties away
    /// from zero, never carried into the exponent. Zero has code 0.
    ///
    /// The logarithm is the fp32 one, that is rounded to nearest: the few values just below 2^k whose logarithm rounds
    /// up to k count as 2^k (`belowPowerRoundsUp`).
    public static func encode(_ value: Float) -> UInt8 {
        guard value != 0 else { return 0 }
        let magnitude = abs(value)
        let sign: UInt8 = value < 0 ? 0x80 : 0
        let exponent = max(0, min(15, flooredLogarithm(magnitude) + 7))
        // 2^(exponent − 7): a normal number, so its bits can be written down.
        let scale = Float(bitPattern: UInt32(exponent + 120) << 23)
        var fraction = magnitude / scale - 1
        if fraction < 0 { fraction = 0 }
        if fraction >= 1 { fraction = 0.999 }
        let eighths = Rounding.clamp(Rounding.awayFromZero(fraction * 8), 0, 7)
        return sign | UInt8(exponent) << 3 | UInt8(eighths)
    }

    /// ⌊log2 v⌋ with the logarithm rounded to fp32 first; exact for every positive finite value in the range that
    /// matters (results outside −8 … 9 are only compared with the clamps). NaN and infinities give a very negative number,
    /// as their conversion to an integer does in the fork.
    static func flooredLogarithm(_ magnitude: Float) -> Int {
        guard magnitude.isFinite else { return .min / 2 }
        let exponent = Int(magnitude.exponent)
        let below = Int(0x80_0000 - (magnitude.bitPattern & 0x7F_FFFF))
        return below <= belowPowerRoundsUp(exponent + 1) ? exponent + 1 : exponent
    }

    /// How many fp32 numbers just below 2^k have log2 that rounds to k.
    ///
    /// The n-th number below 2^k is 2^k (1 − n·2^−24) with logarithm k − n·2^−24/ln 2 (relative error n·2^−25); that
    /// rounds to k if the second term is at most half the spacing of fp32 just inside |k|.
    private static func belowPowerRoundsUp(_ k: Int) -> Int {
        guard k != 0 else { return 0 }
        // Towards zero from k > 0, away from zero from k < 0.
        let spacing: Float = k > 0 ? Float(k) - Float(k).nextDown : Float(-k).nextUp - Float(-k)
        let half = Double(spacing) / 2
        let step = 0x1p-24 / 0.693147180559945309417
        return Int((half / step).rounded(.down))
    }
}
