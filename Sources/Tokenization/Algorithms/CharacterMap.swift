import GGUF

/// The precompiled map of SentencePiece: a double array of prefixes, and the texts that replace them, each ended by a zero.
///
/// A node is a word of 32 bits: its label in bits 0 to 7, with bit 31 for words that are values; in bit 8 whether a prefix ends here; and
/// the offset of its children in bits 10 to 30, times 256 where bit 9 is set. A child stands at the node's place, XOR its offset, XOR its
/// label.
struct CharacterMap: Sendable {
    private let nodes: [UInt32]
    private let texts: [UInt8]

    /// - Returns: nil where the size field does not fit the value.
    init?(_ entry: MetadataEntry) {
        let stored = Array(entry.valueBytes.dropFirst(12))
        guard stored.count >= 4 else { return nil }
        func word(_ place: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(stored[place + $1]) << (8 * UInt32($1)) } }
        let size = Int(word(0))
        guard size + 4 < stored.count else { return nil }
        nodes = (0..<size / 4).map { word(4 + 4 * $0) }
        texts = Array(stored[(4 + size)...])
    }

    /// What replaces the longest prefix of the text at a place that the map has, and the prefix's length; nil where it has none, or where
    /// the map leads astray.
    func longest(_ text: [UInt8], _ place: Int) -> (ArraySlice<UInt8>, Int)? {
        guard var node = offset(0) else { return nil }
        var found: (value: Int, length: Int)?
        for end in place..<text.count {
            let byte = UInt32(text[end])
            guard byte != 0 else { break }
            node ^= byte
            guard Int(node) < nodes.count, nodes[Int(node)] & 0x8000_00FF == byte else { break }
            let isLeaf = nodes[Int(node)] >> 8 & 1 == 1
            guard let step = offset(node) else { break }
            node ^= step
            guard isLeaf else { continue }
            guard Int(node) < nodes.count else { break }
            found = (Int(nodes[Int(node)] & 0x7FFF_FFFF), end - place + 1)
        }
        guard let found, found.value < texts.count, let end = texts[found.value...].firstIndex(of: 0) else { return nil }
        return (texts[found.value..<end], found.length)
    }

    private func offset(_ node: UInt32) -> UInt32? {
        guard Int(node) < nodes.count else { return nil }
        return (nodes[Int(node)] >> 10) << (nodes[Int(node)] >> 6 & 8)
    }
}
