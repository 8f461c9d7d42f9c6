import Console
import Figures
import Pages

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
