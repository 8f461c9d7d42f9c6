import GGUF

/// Byte-level byte-pair encoding with the vocabulary of a GGUF file: text to the tokens that the original tool makes of it.
public struct Tokenizer: Sendable {
    /// What becomes of special tokens spelled out in a text.
    public enum SpecialTokens: Sendable, CaseIterable {
        /// Control tokens are text like any other, user-defined ones are recognised: how the original reads files of text.
        case asText
        /// All are recognised.
        case recognised
    }

    /// Values of `tokenizer.ggml.pre` that mean the pattern of ``PreTokenizer``.
    static let preTokenizers = ["qwen2", "deepseek-r1-qwen"]

    /// Number of tokens.
    public var count: Int { texts.count }
    /// The token that begins a text, if there is one.
    public let beginning: Int32?
    /// The token that ends a text, if there is one.
    public let ending: Int32?
    /// Whether texts and chunks begin with ``beginning``: the key `tokenizer.ggml.add_bos_token`, false where it is absent.
    public let addsBeginning: Bool
    /// Whether texts end with ``ending``.
    public let addsEnding: Bool
    /// SHA-256 of everything that decides how text becomes tokens.
    public let digest: Digest

    /// The bytes that each token stands for.
    let texts: [[UInt8]]
    let kinds: [TokenKind]
    /// The token of each byte.
    let byteTokens: [Int32]
    let merger: BytePairMerger
    /// Tokens that a text can spell out, longest first, of equal length in order.
    private let specials: [(token: Int32, isControl: Bool)]

    /// - Parameters:
    ///   - contents: what ``VocabularyLoader`` made of the metadata.
    init(_ contents: VocabularyLoader) {
        (texts, kinds, byteTokens, merger) = (contents.texts, contents.kinds, contents.byteTokens, BytePairMerger(contents.merges))
        (beginning, ending) = (contents.beginning, contents.ending)
        (addsBeginning, addsEnding, digest) = (contents.addsBeginning, contents.addsEnding, contents.digest)
        let special = contents.kinds.indices.filter { contents.kinds[$0].isSpecial && !contents.texts[$0].isEmpty }
        specials = special.sorted { (contents.texts[$1].count, $0) < (contents.texts[$0].count, $1) }
            .map { (Int32($0), contents.kinds[$0] != .userDefined) }
    }

    /// Reads the tokenizer of a file.
    ///
    /// - Throws: ``TokenizerError``, naming the key that is missing, of another type, or not supported.
    public init(_ metadata: Metadata) throws(TokenizerError) {
        self.init(try VocabularyLoader(metadata))
    }

    /// The tokens of a text.
    ///
    /// - Parameters:
    ///   - text: UTF-8; bytes that are none become U+FFFD one for one, as in the original.
    ///   - marksEnds: also adds the beginning and ending tokens that the file asks for.
    public func encode(_ text: [UInt8], special: SpecialTokens = .asText, marksEnds: Bool = false) -> [Int32] {
        var tokens: [Int32] = []
        if marksEnds, addsBeginning, let beginning { tokens.append(beginning) }
        var fragments = [Fragment.text(0..<text.count)]
        for (token, isControl) in specials where special == .recognised || !isControl {
            fragments = fragments.flatMap { $0.split(text, at: texts[Int(token)], token) }
        }
        for fragment in fragments {
            switch fragment {
            case .token(let token): tokens.append(token)
            case .text(let range): encode(text[range], into: &tokens)
            }
        }
        if marksEnds, addsEnding, let ending { tokens.append(ending) }
        return tokens
    }

    /// The tokens of a text, given as a string.
    public func encode(_ text: String, special: SpecialTokens = .asText) -> [Int32] { encode(Array(text.utf8), special: special) }

    /// Text without special tokens.
    private func encode(_ text: ArraySlice<UInt8>, into tokens: inout [Int32]) {
        let points = CodePoints.decode(text)
        let words = PreTokenizer(points)
        // Texts repeat their words.
        var known: [[UInt8]: [Int32]] = [:]
        var start = 0
        var bytes: [UInt8] = []
        while start < points.count {
            let end = words.wordEnd(from: start)
            bytes.removeAll(keepingCapacity: true)
            for point in points[start..<end] { CodePoints.append(point, to: &bytes) }
            if let same = known[bytes] {
                tokens += same
            } else {
                let merged = merger.merge(bytes.map { byteTokens[Int($0)] })
                known[bytes] = merged
                tokens += merged
            }
            start = end
        }
    }

    /// The bytes that a token stands for, nil for a number outside the vocabulary.
    public func bytes(of token: Int32) -> [UInt8]? { texts.indices.contains(Int(token)) ? texts[Int(token)] : nil }

    /// The bytes of tokens one after another; numbers outside the vocabulary add nothing.
    public func decode(_ tokens: [Int32]) -> [UInt8] { tokens.flatMap { bytes(of: $0) ?? [] } }
}

/// A stretch of text, or a special token found in it.
private enum Fragment {
    case text(Range<Int>)
    case token(Int32)

    /// Cuts a stretch of text at each place where a token is spelled out, left to right.
    func split(_ text: [UInt8], at spelling: [UInt8], _ token: Int32) -> [Fragment] {
        guard case .text(let range) = self, range.count >= spelling.count else { return [self] }
        var parts: [Fragment] = []
        var start = range.lowerBound
        var place = start
        while place + spelling.count <= range.upperBound {
            guard text[place] == spelling[0], text[place..<place + spelling.count].elementsEqual(spelling) else {
                place += 1
                continue
            }
            if start < place { parts.append(.text(start..<place)) }
            parts.append(.token(token))
            place += spelling.count
            start = place
        }
        if start < range.upperBound { parts.append(.text(start..<range.upperBound)) }
        return parts
    }
}
