/// Merges neighbouring symbols in the order of ranks, equal ranks from left to right, in O(n log n).
struct BytePairMerger: Sendable {
    /// What a pair of tokens merges to, and how early.
    struct Merge: Sendable {
        let rank: UInt32
        let token: Int32
    }

    private let merges: [UInt64: Merge]

    init(_ merges: [UInt64: Merge]) { self.merges = merges }

    static func key(_ left: Int32, _ right: Int32) -> UInt64 { UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right)) }

    /// The tokens that the given ones merge to.
    func merge(_ tokens: [Int32]) -> [Int32] {
        guard tokens.count > 1 else { return tokens }
        var word = Word(tokens)
        for left in 0..<tokens.count - 1 { push(left, &word) }
        while let pair = word.queue.pop() {
            let left = pair.left
            // Entries of pairs that have changed since are left in the queue.
            guard word.ranks[left] == pair.rank else { continue }
            let right = word.next[left]
            guard let merge = merges[Self.key(word.tokens[left], word.tokens[right])] else { continue }
            word.join(left, right, merge.token)
            push(left, &word)
            if word.previous[left] >= 0 { push(word.previous[left], &word) }
        }
        var output: [Int32] = []
        var place = 0
        while place < tokens.count {
            output.append(word.tokens[place])
            place = word.next[place]
        }
        return output
    }

    /// Notes the rank of the pair that begins at `left`, if it can merge.
    private func push(_ left: Int, _ word: inout Word) {
        let right = word.next[left]
        guard right < word.tokens.count, let merge = merges[Self.key(word.tokens[left], word.tokens[right])] else {
            word.ranks[left] = Word.noRank
            return
        }
        word.ranks[left] = merge.rank
        word.queue.push(.init(rank: merge.rank, left: left))
    }

    /// A pair that can merge: the smallest rank first, of equal ones the leftmost.
    private struct Pair: Comparable {
        let rank: UInt32
        let left: Int

        static func < (a: Pair, b: Pair) -> Bool { a.rank != b.rank ? a.rank < b.rank : a.left < b.left }
    }

    /// Symbols as a linked list in arrays.
    private struct Word {
        static let noRank = UInt32.max
        var tokens: [Int32]
        var next: [Int]
        var previous: [Int]
        /// Rank of the pair that begins at each place.
        var ranks: [UInt32]
        var queue = Heap<Pair>()

        init(_ tokens: [Int32]) {
            self.tokens = tokens
            next = Array(1...tokens.count)
            previous = Array(-1..<tokens.count - 1)
            ranks = [UInt32](repeating: Self.noRank, count: tokens.count)
        }

        mutating func join(_ left: Int, _ right: Int, _ token: Int32) {
            tokens[left] = token
            ranks[right] = Self.noRank
            next[left] = next[right]
            if next[right] < tokens.count { previous[next[right]] = left }
        }
    }
}
