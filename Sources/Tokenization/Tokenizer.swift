import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF

/// The tokenizer of a GGUF file: text to the tokens that llama.cpp makes of it.
public struct Tokenizer: Sendable {
    /// What becomes of special tokens spelled out in a text.
    public enum SpecialTokens: Sendable, CaseIterable {
        /// Control tokens are text like any other, user-defined ones are recognized: how llama.cpp reads text files.
        case asText
        /// All are recognised.
        case recognised
    }

    private enum Algorithm: Sendable {
        case bytePairs(BytePairs)
        case sentencePairs(SentencePairs, addsSpace: Bool)
        case unigram(Unigram)
    }

    /// Number of tokens.
    public var count: Int { table.texts.count }
    /// The token that begins a text, if there is one.
    public let beginning: Int32?
    /// The token that ends a text, if there is one.
    public let ending: Int32?
    /// Whether texts and chunks begin with ``beginning``.
    public let addsBeginning: Bool
    /// Whether texts end with ``ending``.
    public let addsEnding: Bool
    /// SHA-256 of everything that decides how text becomes tokens.
    public let digest: Digest
    /// What is odd about the vocabulary and does not hinder its use.
    public let oddities: [TokenizerProblem]

    private let table: TokenTable
    private let kinds: TokenKinds
    private let algorithm: Algorithm

    /// Reads the tokenizer of a file.
    ///
    /// - Throws: ``TokenizerError``, naming the key that is missing, of another type, or not supported.
    public init(_ metadata: Metadata) throws(TokenizerError) {
        let inspection = TokenizerInspection(metadata)
        if let problem = inspection.problems.first(where: \.rule.declaration.forbidsUse) { throw .problem(problem) }
        oddities = inspection.problems
        guard let table = inspection.table, let model = inspection.model, let algorithm = model.algorithm else {
            throw .notDescribed(inspection.coverage.gap ?? "the tokenizer")
        }
        if let gap = inspection.coverage.gap { throw .notDescribed(gap) }
        let kinds = TokenKinds(metadata, table)
        (self.table, self.kinds) = (table, kinds)
        func flag(_ name: String) -> Bool? { inspection.entry(name)?.bool }
        func token(_ name: String, _ fallback: Int?) -> Int32? {
            let number = inspection.entry(name)?.integer ?? fallback
            return number.flatMap { (0..<table.texts.count).contains($0) ? Int32($0) : nil }
        }
        // The default token of byte pairs is an accident of llama.cpp's, which no file intends.
        beginning = token("bos_token_id", algorithm == .bytePairs ? nil : model.beginning)
        ending = token("eos_token_id", algorithm == .bytePairs ? nil : model.ending)
        addsBeginning = flag("add_bos_token") ?? (inspection.preTokenizer?.addsBeginning ?? model.addsBeginning)
        addsEnding = flag("add_eos_token") ?? model.addsEnding
        let scores = Self.scores(metadata, table.texts.count)
        switch algorithm {
        case .bytePairs: self.algorithm = .bytePairs(try BytePairs(inspection, table))
        case .sentencePairs:
            self.algorithm = .sentencePairs(SentencePairs(table, scores: scores), addsSpace: flag("add_space_prefix") ?? true)
        case .unigram:
            guard let unknown = token("unknown_token_id", model.unknown) else {
                throw .notDescribed("a unigram vocabulary without an unknown token")
            }
            self.algorithm = .unigram(
                Unigram(
                    table, kinds.stored, scores: scores, unknown: unknown,
                    normalizer: UnigramNormalizer(
                        map: inspection.entry("precompiled_charsmap").flatMap(CharacterMap.init),
                        addsSpace: flag("add_space_prefix") ?? false,
                        mergesSpaces: flag("remove_extra_whitespaces") ?? false)))
        }
        digest = Self.digest(metadata)
    }

    /// Scores are float32, or int32 in some files; 0 where there are none.
    private static func scores(_ metadata: Metadata, _ count: Int) -> [Float] {
        let entry = metadata["tokenizer.ggml.scores"]
        let stored = entry?.value(as: [Float].self) ?? entry?.value(as: [Int32].self)?.map { Float($0) } ?? []
        return stored.isEmpty ? [Float](repeating: 0, count: count) : stored
    }

    /// What keeps texts from beginning with a token although they should; nil if nothing does.
    public var missingBeginning: String? {
        guard addsBeginning, beginning == nil else { return nil }
        return "texts begin with a token (tokenizer.ggml.add_bos_token, or what tokenizer.ggml.pre implies), but key "
            + "tokenizer.ggml.bos_token_id is missing, so the token is unknown"
    }

    /// The tokens of a text.
    ///
    /// - Parameters:
    ///   - text: UTF-8; bytes that are none become U+FFFD one for one, as in llama.cpp.
    ///   - marksEnds: also adds the beginning and ending tokens that the file asks for.
    public func encode(_ text: [UInt8], special: SpecialTokens = .asText, marksEnds: Bool = false) -> [Int32] {
        var tokens: [Int32] = []
        if marksEnds, addsBeginning, let beginning { tokens.append(beginning) }
        var fragments = text.isEmpty ? [] : [Fragment.text(0..<text.count)]
        for (token, isControl) in kinds.specials where special == .recognised || !isControl {
            let spelling = table.texts.text(Int(token))
            fragments = fragments.flatMap { $0.split(text, at: spelling, token) }
        }
        var followsSpecial = true
        for fragment in fragments {
            switch fragment {
            case .token(let token):
                tokens.append(token)
                followsSpecial = true
            case .text(let range):
                encode(text[range], followsSpecial: followsSpecial, into: &tokens)
                followsSpecial = false
            }
        }
        if marksEnds, addsEnding, let ending { tokens.append(ending) }
        return tokens
    }

    /// The tokens of a text, given as a string.
    public func encode(_ text: String, special: SpecialTokens = .asText) -> [Int32] { encode(Array(text.utf8), special: special) }

    /// Text without special tokens.
    private func encode(_ text: ArraySlice<UInt8>, followsSpecial: Bool, into tokens: inout [Int32]) {
        switch algorithm {
        case .bytePairs(let pairs): pairs.encode(text, into: &tokens)
        case .sentencePairs(let pairs, let addsSpace):
            var escaped = addsSpace && followsSpecial ? UnigramNormalizer.space : []
            for byte in text { if byte == UInt8(ascii: " ") { escaped += UnigramNormalizer.space } else { escaped.append(byte) } }
            pairs.encode(escaped, into: &tokens)
        case .unigram(let unigram): unigram.encode(text, into: &tokens)
        }
    }

    /// The bytes that a token stands for, nil for a number outside the vocabulary.
    public func bytes(of token: Int32) -> [UInt8]? {
        guard (0..<count).contains(Int(token)) else { return nil }
        let text = table.texts.text(Int(token))
        let kind = kinds.stored[Int(token)]
        if kind == .control || kind == .userDefined || kind == .unknown { return text }
        if case .bytePairs = algorithm { return ByteAlphabet.bytes(spelledBy: text) }
        if kind == .byte, text.count == 6, let byte = UInt8(String(decoding: text[3..<5], as: UTF8.self), radix: 16) { return [byte] }
        var bytes: [UInt8] = []
        var rest = text[...]
        while let first = rest.first {
            let isSpace = rest.starts(with: UnigramNormalizer.space)
            bytes.append(isSpace ? UInt8(ascii: " ") : first)
            rest = rest.dropFirst(isSpace ? 3 : 1)
        }
        return bytes
    }

    /// The bytes of tokens one after another; numbers outside the vocabulary add nothing.
    public func decode(_ tokens: [Int32]) -> [UInt8] { tokens.flatMap { bytes(of: $0) ?? [] } }

    /// Keys in a fixed order, so that the place of a key in the file does not matter.
    private static func digest(_ metadata: Metadata) -> Digest {
        let keys = [
            "model", "pre", "tokens", "token_type", "merges", "bos_token_id", "eos_token_id", "add_bos_token", "add_eos_token", "scores",
            "unknown_token_id", "add_space_prefix", "remove_extra_whitespaces", "precompiled_charsmap",
        ]
        let hasher = MultiHasher([.sha256])
        for key in keys.map({ "tokenizer.ggml.\($0)" }) {
            guard let entry = metadata[key] else { continue }
            hasher.update(ByteView(Array("\(key) \(entry.typeDescription) \(entry.valueBytes.count)\n".utf8)))
            hasher.update(entry.valueBytes)
        }
        return hasher.finish()[0]
    }
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
