extension Double {
    /// Fixed-point text as C's printf makes it, see ``FixedPoint``.
    package func rounded(toPlaces places: Int) -> String { FixedPoint.text(self, places: places) }
}

extension BinaryInteger {
    /// Digits in groups of three: `12,929,056`.
    package var grouped: String { FixedPoint.grouped(self) }

    /// `1 tensor`, `2,000 tensors`.
    package func counting(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
