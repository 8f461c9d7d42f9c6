import Pages

/// Byte counts for people, in the units of loaders.
public enum ByteCount {
    /// `1.20 GiB`; whole bytes below 1 KiB.
    public static func text(_ bytes: Int) -> String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        var value = Double(bytes)
        var unit = -1
        while value >= 1024, unit < 3 {
            value /= 1024
            unit += 1
        }
        return "\(FixedPoint.text(value, places: 2)) \(["KiB", "MiB", "GiB", "TiB"][unit])"
    }
}
