/// SentencePiece unigram: of all ways to write a text in tokens the one whose scores add up to most. A code point without a token costs
/// ten more than the least score, and neighbours without one become a single unknown token.
struct Unigram: Sendable {
    private let table: TokenTable
    /// Tokens that texts may be made of, in the order of their texts as bytes.
    private let sorted: [Int32]
    private let scores: [Double]
    private let unknown: Int32
    private let unknownScore: Double
    private let normalizer: UnigramNormalizer

    init(_ table: TokenTable, _ kinds: [TokenKind], scores: [Float], unknown: Int32, normalizer: UnigramNormalizer) {
        (self.table, self.unknown, self.normalizer) = (table, unknown, normalizer)
        let texts = table.texts
        // Scores of user-defined tokens count as 0, which makes them likely: those of others are logarithms of probabilities.
        self.scores = zip(kinds, scores).map { $0 == .userDefined ? 0 : Double($1) }
        let least = zip(kinds, scores).filter { $0.0 == .normal }.map(\.1).min() ?? 0
        unknownScore = Double(least - 10)
        let used = kinds.indices.filter { [.normal, .userDefined, .unused].contains(kinds[$0]) && !texts.range($0).isEmpty }
        sorted = texts.bytes.withUnsafeBytes { raw in
            used.sorted { raw[texts.range($0)].lexicographicallyPrecedes(raw[texts.range($1)]) }.map { Int32($0) }
        }
    }

    /// How to reach a place best: the last token, where it begins, and the sum so far.
    private struct Step {
        var token: Int32
        var start: Int
        var sum: Double
    }

    func encode(_ text: ArraySlice<UInt8>, into tokens: inout [Int32]) {
        let normal = normalizer.normalize(Array(text))
        guard !normal.isEmpty else { return }
        var best = [Step](repeating: .init(token: unknown, start: 0, sum: -.greatestFiniteMagnitude), count: normal.count + 1)
        best[0].sum = 0
        table.texts.bytes.withUnsafeBytes { raw in
            var start = 0
            while start < normal.count {
                let length = min([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4][Int(normal[start] >> 4)], normal.count - start)
                let reached = best[start].sum
                var hasOwnToken = false
                forEachToken(normal, from: start, raw) { token, end in
                    if end - start == length { hasOwnToken = true }
                    let sum = reached + scores[Int(token)]
                    if sum > best[end].sum { best[end] = .init(token: token, start: start, sum: sum) }
                }
                if !hasOwnToken, reached + unknownScore > best[start + length].sum {
                    best[start + length] = .init(token: unknown, start: start, sum: reached + unknownScore)
                }
                start += length
            }
        }
        var made: [Int32] = []
        var place = normal.count
        var wasUnknown = false
        while true {
            let step = best[place]
            if !(wasUnknown && step.token == unknown) { made.append(step.token) }
            guard step.start > 0 else { break }
            wasUnknown = step.token == unknown
            place = step.start
        }
        tokens += made.reversed()
    }

    /// Calls `body` with each token that the text goes on with at a place, the shortest first, and where it ends.
    private func forEachToken(_ text: [UInt8], from start: Int, _ raw: UnsafeRawBufferPointer, _ body: (Int32, Int) -> Void) {
        // Tokens that begin as the text does are neighbours in the order of texts.
        var (low, high) = (0, sorted.count)
        var end = start
        while end < text.count {
            let (depth, byte) = (end - start, text[end])
            low = bound(low, high, depth, raw) { $0 < Int(byte) }
            high = bound(low, high, depth, raw) { $0 <= Int(byte) }
            guard low < high else { return }
            end += 1
            if table.texts.range(Int(sorted[low])).count == end - start { body(sorted[low], end) }
        }
    }

    /// The first of tokens `low ..< high` whose byte at `depth` (-1 where there is none) does not satisfy `isBefore`.
    private func bound(_ low: Int, _ high: Int, _ depth: Int, _ raw: UnsafeRawBufferPointer, _ isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (low, high)
        while low < high {
            let middle = (low + high) / 2
            let range = table.texts.range(Int(sorted[middle]))
            if isBefore(depth < range.count ? Int(raw[range.lowerBound + depth]) : -1) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Makes of a text what a unigram vocabulary is over: characters replaced by a map, spaces escaped, added or merged.
struct UnigramNormalizer: Sendable {
    let map: CharacterMap?
    /// Whether a space stands before the text.
    let addsSpace: Bool
    /// Whether spaces in a row count as one.
    let mergesSpaces: Bool

    static let space: [UInt8] = [0xE2, 0x96, 0x81]

    func normalize(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var hasSpace = false
        var isInWord = false
        var place = 0
        while place < text.count {
            let (replacement, length) = piece(text, place)
            for byte in replacement {
                if byte == UInt8(ascii: " ") {
                    isInWord = false
                    if !mergesSpaces { result += Self.space }
                    continue
                }
                if !isInWord {
                    isInWord = true
                    if (addsSpace && !hasSpace) || mergesSpaces {
                        result += Self.space
                        hasSpace = true
                    }
                }
                result.append(byte)
            }
            place += length
        }
        return result
    }

    /// What the next piece of the text becomes, and its length.
    private func piece(_ text: [UInt8], _ place: Int) -> (ArraySlice<UInt8>, Int) {
        if let map, let (replacement, length) = map.longest(text, place) { return (replacement, length) }
        guard let length = CodePoints.length(text[place...]) else { return ([0xEF, 0xBF, 0xBD], 1) }
        return (text[place..<place + length], length)
    }
}
