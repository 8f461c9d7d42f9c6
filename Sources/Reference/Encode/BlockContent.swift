/// The numbers of one block before they are packed: what an encoder decides, in terms of the declared format.
///
/// Integers are as stored, that is before the declared bias and codebook; integers wider than their planes lose the bits
/// that the planes do not hold.
struct BlockContent {
    /// One per weight, in order of weight. Formats that leave weights out of the stream use the first `codeCount`.
    var codes: [UInt8]
    /// Codes to pack, normally all.
    var codeCount: Int
    /// For codes that name entries of a grid, one per weight: the number of the entry, with what the planes hold of signs above it.
    /// Empty in other formats.
    var entries: [UInt16]
    /// One per sub-block; empty where the format has none.
    var scales: [UInt8]
    var minima: [UInt8]
    /// The scale of the block, before it is rounded to its field's type.
    var scale: Float = 0
    /// The scale of the minima, or the minimum itself.
    var minimum: Float = 0

    init(weights: Int, entries: Int = 0, scales: Int, minima: Int) {
        codes = [UInt8](repeating: 0, count: weights)
        codeCount = weights
        self.entries = [UInt16](repeating: 0, count: entries)
        self.scales = [UInt8](repeating: 0, count: scales)
        self.minima = [UInt8](repeating: 0, count: minima)
    }
}
