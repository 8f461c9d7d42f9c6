import HIFIGGUF

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

    /// Words of the table.
    var size: Int { nodes.count }

    /// A place that some text leads to and that the table does not have; nil for none. Takes time and memory in proportion to the table.
    ///
    /// From where a path stands any byte of a text may lead on: places are looked up for all of them, so that they must all be there.
    var firstPlaceOutside: Int? {
        guard var base = offset(0) else { return 0 }
        let places = (nodes.count + 255) / 256 * 256
        // The children of each place as chains: the label is what leads from there to the child.
        var firstChild = [Int32](repeating: -1, count: places)
        var nextChild = [Int32](repeating: -1, count: nodes.count)
        for (node, word) in nodes.enumerated() {
            let label = word & 0x8000_00FF
            guard (1...255).contains(label) else { continue }
            let parent = node ^ Int(label)
            nextChild[node] = firstChild[parent]
            firstChild[parent] = Int32(truncatingIfNeeded: node)
        }
        var isSeen = [Bool](repeating: false, count: places)
        var open: [UInt32] = []
        while true {
            let last = Int(base | 255)
            guard last < nodes.count else { return last }
            if !isSeen[Int(base)] {
                isSeen[Int(base)] = true
                var child = firstChild[Int(base)]
                while child >= 0 {
                    if let step = offset(UInt32(child)) { open.append(UInt32(child) ^ step) }
                    child = nextChild[Int(child)]
                }
            }
            guard let next = open.popLast() else { return nil }
            base = next
        }
    }

    private func offset(_ node: UInt32) -> UInt32? {
        guard Int(node) < nodes.count else { return nil }
        return (nodes[Int(node)] >> 10) << (nodes[Int(node)] >> 6 & 8)
    }
}
