/// SentencePiece BPE: neighbours that join to a token do so, the highest score first, of equal ones from left to right. What has no token
/// in the end is written byte by byte.
struct SentencePairs: Sendable {
    private let table: TokenTable
    private let scores: [Float]
    /// The token of each byte; nil for none.
    private let byteTokens: [Int32?]

    init(_ table: TokenTable, scores: [Float]) {
        (self.table, self.scores) = (table, scores)
        byteTokens = (UInt8.min...UInt8.max).map { TokenizerInspection.sentenceByte($0, table).map { Int32($0) } }
    }

    /// A pair that may join: its symbols, and the bytes of both together. The highest score first, of equal ones the leftmost.
    private struct Pair: Comparable {
        let left: Int
        let right: Int
        let score: Float
        let size: Int

        static func < (a: Pair, b: Pair) -> Bool { a.score != b.score ? a.score > b.score : a.left < b.left }
    }

    /// A stretch of the text; empty once it has joined its left neighbour.
    private struct Symbol {
        var start: Int
        var count: Int
        var previous: Int
        var next: Int
    }

    /// - Parameter text: with spaces escaped.
    func encode(_ text: [UInt8], into tokens: inout [Int32]) {
        var symbols: [Symbol] = []
        var place = 0
        while place < text.count {
            // By the first byte alone, whatever follows.
            let length = min([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4][Int(text[place] >> 4)], text.count - place)
            symbols.append(.init(start: place, count: length, previous: symbols.count - 1, next: symbols.count + 1))
            place += length
        }
        guard !symbols.isEmpty else { return }
        symbols[symbols.count - 1].next = -1
        table.texts.bytes.withUnsafeBytes { raw in
            text.withUnsafeBytes { bytes in
                func token(_ start: Int, _ count: Int) -> Int? {
                    table.token(UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]), in: raw)
                }
                var queue = Heap<Pair>()
                func push(_ left: Int, _ right: Int) {
                    guard left >= 0, right >= 0 else { return }
                    let size = symbols[left].count + symbols[right].count
                    guard let token = token(symbols[left].start, size) else { return }
                    queue.push(.init(left: left, right: right, score: scores[token], size: size))
                }
                for right in symbols.indices.dropFirst() { push(right - 1, right) }
                while let pair = queue.pop() {
                    let (left, right) = (symbols[pair.left], symbols[pair.right])
                    guard left.count > 0, right.count > 0, left.count + right.count == pair.size else { continue }
                    symbols[pair.left].count += right.count
                    symbols[pair.right].count = 0
                    symbols[pair.left].next = right.next
                    if right.next >= 0 { symbols[right.next].previous = pair.left }
                    push(left.previous, pair.left)
                    push(pair.left, right.next)
                }
                var index = 0
                while index >= 0 {
                    let symbol = symbols[index]
                    if let token = token(symbol.start, symbol.count) {
                        tokens.append(Int32(token))
                    } else {
                        tokens += bytes[symbol.start..<symbol.start + symbol.count].compactMap { byteTokens[Int($0)] }
                    }
                    index = symbol.next
                }
            }
        }
    }
}
