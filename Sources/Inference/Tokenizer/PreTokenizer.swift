/// Cuts text into the words within which byte pairs merge, by the pattern of Qwen2:
///
///     '[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD] | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N}
///     | ' '?[^\s\p{L}\p{N}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+
///
/// The first alternative that matches wins. Contractions are spelled with ASCII letters, as in the original; a pattern that ignores case
/// by Unicode rules would also take U+017F for an s.
struct PreTokenizer {
    private let points: [UInt32]
    private let classes: [CharacterClass]

    init(_ points: [UInt32]) {
        self.points = points
        classes = points.map(CharacterClass.init)
    }

    /// The end of the word that begins at `start`, which must be inside the text. Always past `start`.
    func wordEnd(from start: Int) -> Int {
        if points[start] == UInt32(UInt8(ascii: "'")), let end = contractionEnd(start) { return end }
        switch classes[start] {
        case .letter: return end(of: .letter, from: start)
        case .number: return start + 1
        case .space, .other: break
        }
        // One character of any other kind goes with the letters after it.
        if !isNewline(start), holds(.letter, at: start + 1) { return end(of: .letter, from: start + 1) }
        let mark = points[start] == UInt32(UInt8(ascii: " ")) ? start + 1 : start
        if holds(.other, at: mark) {
            var end = end(of: .other, from: mark)
            while end < points.count, isNewline(end) { end += 1 }
            return end
        }
        let end = end(of: .space, from: start)
        // Up to the last line break of the white space.
        if let last = (start..<end).last(where: isNewline) { return last + 1 }
        // The last space is left to the word behind it.
        return end == points.count || end == start + 1 ? end : end - 1
    }

    private func isNewline(_ place: Int) -> Bool { points[place] == 0x0A || points[place] == 0x0D }

    private func holds(_ kind: CharacterClass, at place: Int) -> Bool { place < classes.count && classes[place] == kind }

    private func end(of kind: CharacterClass, from start: Int) -> Int {
        var end = start
        while holds(kind, at: end) { end += 1 }
        return end
    }

    private func contractionEnd(_ start: Int) -> Int? {
        func lower(_ place: Int) -> UInt8? {
            guard place < points.count, points[place] < 0x80 else { return nil }
            return UInt8(points[place]) | 0x20
        }
        guard let first = lower(start + 1) else { return nil }
        switch first {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
            // Bit 5 makes letters small, but other characters too: 0x13 must not pass for an s.
            return classes[start + 1] == .letter ? start + 2 : nil
        case UInt8(ascii: "r"), UInt8(ascii: "v"), UInt8(ascii: "l"):
            let second = first == UInt8(ascii: "l") ? first : UInt8(ascii: "e")
            guard classes[start + 1] == .letter, lower(start + 2) == second, classes[start + 2] == .letter else { return nil }
            return start + 3
        default: return nil
        }
    }
}
