import Figures
import Pages

/// Byte counts for people, in the units of loaders.
enum ByteCount {
    static func text(_ bytes: Int) -> String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        var value = Double(bytes)
        var unit = -1
        while value >= 1024, unit < 3 {
            value /= 1024
            unit += 1
        }
        return "\(value.rounded(toPlaces: 2)) \(["KiB", "MiB", "GiB", "TiB"][unit])"
    }
}

extension Double {
    /// Fixed-point text as C's printf makes it, see ``FixedPoint``.
    func rounded(toPlaces places: Int) -> String { FixedPoint.text(self, places: places) }
}

extension BinaryInteger {
    /// Digits in groups of three: `12,929,056`.
    var grouped: String { FixedPoint.grouped(self) }
}

extension ByteCount {
    /// As llama.cpp's loader prints a model's size: MiB below 1 GiB, else GiB, two places.
    static func loader(_ bytes: Int) -> String { LoaderSize.size(UInt64(clamping: bytes)) }
}
