import HIFIBlockSpec

/// Cuts text into the words within which byte pairs merge, by the patterns of a splitting: each cuts the pieces that the one before left,
/// into its matches and what lies between them.
struct WordSplitter: Sendable {
    private let patterns: [Pattern]

    /// - Throws: ``PatternError``, for a splitting that the spec should not have.
    init(_ splitting: WordSplitting) throws(PatternError) {
        var patterns: [Pattern] = []
        for text in splitting.patterns { patterns.append(try Pattern(text)) }
        self.patterns = patterns
    }

    /// The words of a text in order; together they are all of it.
    func words(_ points: [UInt32]) -> [Range<Int>] {
        let text = CharacterText(points)
        var pieces = points.isEmpty ? [] : [0..<points.count]
        for pattern in patterns {
            var next: [Range<Int>] = []
            next.reserveCapacity(pieces.count)
            for piece in pieces { cut(piece, pattern, text, into: &next) }
            pieces = next
        }
        return pieces
    }

    private func cut(_ piece: Range<Int>, _ pattern: Pattern, _ text: CharacterText, into pieces: inout [Range<Int>]) {
        var matcher = PatternMatcher(pattern, text, in: piece)
        var (rest, place) = (piece.lowerBound, piece.lowerBound)
        while place < piece.upperBound {
            guard let end = matcher.match(at: place), end > place else {
                place += 1
                continue
            }
            if rest < place { pieces.append(rest..<place) }
            pieces.append(place..<end)
            (rest, place) = (end, end)
        }
        if rest < piece.upperBound { pieces.append(rest..<piece.upperBound) }
    }
}
