import HIFIBlockSpec
import HIFIGGUF

/// Byte-level BPE: text is cut into words, bytes are spelled by visible characters, and pairs merge in the order of a list.
struct BytePairs: Sendable {
    private let table: TokenTable
    private let splitter: WordSplitter
    private let ignoresMerges: Bool
    private let merger: BytePairMerger
    /// The symbol of each byte: its token, or a symbol without a token.
    private let byteSymbols: [Int32]
    /// Texts of symbols that are not tokens, by number after the last token: parts and results of merges that the vocabulary lacks.
    private let spellings: [[UInt8]]

    /// - Throws: a problem that makes merges unusable.
    init(_ inspection: TokenizerInspection, _ table: TokenTable) throws(TokenizerError) {
        guard let merges = inspection.merges, let name = inspection.preTokenizer,
            let splitting = name.splitting.flatMap(Spec.tokenizers.splitting)
        else { throw .notDescribed(inspection.coverage.gap ?? "the tokenizer") }
        do throws(PatternError) { splitter = try WordSplitter(splitting) } catch { throw .notDescribed("\(error)") }
        (self.table, ignoresMerges) = (table, name.ignoresMerges)
        var symbols = Symbols(table)
        byteSymbols = (UInt8.min...UInt8.max).map { symbols.symbol(ByteAlphabet.spelling(of: $0)) }
        var known: [UInt64: BytePairMerger.Merge] = [:]
        known.reserveCapacity(merges.count)
        for rank in 0..<merges.count {
            let text = merges.text(rank)
            guard let space = text.withUnsafeBytes(MergeCheck.separator) else { continue }
            let (left, right) = (Array(text[..<space]), Array(text[(space + 1)...]))
            let key = BytePairMerger.key(symbols.symbol(left), symbols.symbol(right))
            // Of a pair that is listed twice the first counts.
            if known[key] == nil { known[key] = .init(rank: UInt32(truncatingIfNeeded: rank), token: symbols.symbol(left + right)) }
        }
        merger = BytePairMerger(known)
        spellings = symbols.spellings
    }

    /// Symbols of texts; those that are not tokens get numbers after them.
    private struct Symbols {
        let table: TokenTable
        var spellings: [[UInt8]] = []
        private var numbers: [[UInt8]: Int32] = [:]

        init(_ table: TokenTable) { self.table = table }

        mutating func symbol(_ text: [UInt8]) -> Int32 {
            if let token = table.token(text) { return Int32(token) }
            if let number = numbers[text] { return number }
            let number = Int32(table.texts.count + spellings.count)
            spellings.append(text)
            numbers[text] = number
            return number
        }
    }

    func encode(_ text: ArraySlice<UInt8>, into tokens: inout [Int32]) {
        let points = CodePoints.decode(text)
        // Texts repeat their words.
        var known: [[UInt8]: [Int32]] = [:]
        var bytes: [UInt8] = []
        for word in splitter.words(points) {
            bytes.removeAll(keepingCapacity: true)
            for point in points[word] { CodePoints.append(point, to: &bytes) }
            if let same = known[bytes] {
                tokens += same
            } else {
                let made = encode(word: bytes)
                known[bytes] = made
                tokens += made
            }
        }
    }

    private func encode(word bytes: [UInt8]) -> [Int32] {
        if ignoresMerges, let token = table.token(bytes.flatMap(ByteAlphabet.spelling(of:))) { return [Int32(token)] }
        let count = Int32(table.texts.count)
        return merger.merge(bytes.map { byteSymbols[Int($0)] }).flatMap { symbol -> [Int32] in
            guard symbol >= count else { return [symbol] }
            // As llama.cpp has it: a symbol without a token becomes the tokens of its single bytes, and what has none is left out.
            return spellings[Int(symbol - count)].compactMap { table.token([$0]).map { Int32($0) } }
        }
    }
}
