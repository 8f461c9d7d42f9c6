import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// Reads what a file says of its tokenizer and finds out what is wrong with it: one look for verification and for use.
///
/// Time and memory are in proportion to the keys: texts stay where they are, and merges are looked up by hash once.
public struct TokenizerInspection: Sendable {
    /// What is wrong, in the order of the rules' discovery.
    public private(set) var problems: [TokenizerProblem] = []
    /// What was looked at.
    public private(set) var coverage = TokenizerCoverage(model: nil, pre: nil, tokens: 0, merges: 0, gap: "no tokenizer in the file")

    let metadata: Metadata
    private(set) var model: TokenizerModel?
    private(set) var preTokenizer: PreTokenizerName?
    private(set) var table: TokenTable?
    private(set) var merges: StringArray?

    static let prefix = "tokenizer.ggml."

    /// Inspects the tokenizer of a file, or of the first part of a split model.
    public init(_ metadata: Metadata) {
        self.metadata = metadata
        guard metadata.contains(where: { $0.key.hasPrefix(Self.prefix) }) else {
            add(.tokenizerMissing(), "model", expected: "a tokenizer", found: "no key \(Self.prefix)*")
            return
        }
        let name = string("model")
        readModel(name)
        let pre = string("pre")
        if model?.algorithm == .bytePairs { readPreTokenizer(pre) }
        let hasNoTokens = model?.id == "none" || model?.id == "no_vocab"
        if !hasNoTokens { readTokens() }
        checkKeys()
        if let table {
            checkTokenArrays(table.texts.count)
            checkTokenKeys(table.texts.count)
            if let algorithm = model?.algorithm {
                checkBytes(table, algorithm)
                if algorithm != .bytePairs { checkByteTokens(table) }
            }
        }
        if model?.algorithm == .bytePairs { readMerges() }
        if model?.algorithm == .unigram { checkCharacterMap() }
        coverage = TokenizerCoverage(
            model: name, pre: pre, tokens: table?.texts.count ?? 0, merges: merges?.count ?? 0, gap: gap(name, pre, hasNoTokens))
    }

    private func gap(_ name: ForeignText?, _ pre: ForeignText?, _ hasNoTokens: Bool) -> String? {
        guard let name else { return "the tokenizer's model is not named" }
        if hasNoTokens { return "the file says that it has no vocabulary" }
        guard model?.algorithm != nil else { return "tokenizer model \"\(name)\" is not described" }
        guard model?.algorithm != .bytePairs || preTokenizer?.splitting != nil else {
            return "pre-tokenizer \"\((pre ?? ""))\" is not described"
        }
        return table == nil ? "the tokens cannot be read" : nil
    }

    /// The entry of a key after `tokenizer.ggml.`.
    func entry(_ name: String) -> MetadataEntry? { metadata[Self.prefix + name] }

    mutating func add(
        _ sentence: RuleSentence, _ name: String, expected: String? = nil, found: String? = nil, count: Int = 1,
        elements: [Int] = []
    ) {
        problems.append(
            TokenizerProblem(
                sentence: sentence, key: Self.prefix + name, offset: entry(name)?.valueRange.lowerBound, expected: expected,
                found: found, count: count, elements: elements))
    }

    // MARK: - Single keys

    /// The value of a string, nil where there is none; another type is a problem.
    private mutating func string(_ name: String) -> ForeignText? {
        guard let entry = entry(name) else { return nil }
        if let text = entry.string { return text }
        add(.tokenizerKeyType(type: entry.typeDescription), name, expected: "string", found: entry.typeDescription)
        return nil
    }

    private mutating func readModel(_ name: ForeignText?) {
        guard let name else {
            if entry("model") == nil { add(.tokenizerModelMissing(), "model", expected: "a string", found: "no such key") }
            return
        }
        model = Spec.tokenizers.model(name.raw)
        guard model == nil else { return }
        add(
            .tokenizerModelUnknown(name: "\(name)"), "model",
            expected: Spec.tokenizers.models.map(\.id).joined(separator: ", "), found: "\"\(name)\"")
    }

    private mutating func readPreTokenizer(_ name: ForeignText?) {
        guard let name, !name.isEmpty else {
            guard entry("pre")?.string != nil || entry("pre") == nil else { return }
            preTokenizer = Spec.tokenizers.preTokenizer("default")
            add(
                .tokenizerPreMissing(), "pre",
                expected: "a string", found: "no such key")
            return
        }
        preTokenizer = Spec.tokenizers.preTokenizer(name.raw)
        guard preTokenizer == nil else { return }
        add(.tokenizerPreUnknown(name: "\(name)"), "pre", expected: "a known name", found: "\"\(name)\"")
    }

    private mutating func checkKeys() {
        for name in Spec.tokenizers.tokenKeys {
            guard let entry = entry(name), entry.valueType != .uint32 else { continue }
            add(.tokenizerKeyType(type: entry.typeDescription), name, expected: "uint32", found: entry.typeDescription)
        }
        for name in Spec.tokenizers.flagKeys {
            guard let entry = entry(name), entry.valueType != .bool else { continue }
            add(.tokenizerKeyType(type: entry.typeDescription), name, expected: "bool", found: entry.typeDescription)
        }
        if let entry = entry("suppress_tokens"), entry.elementType != .int32 {
            add(
                .tokenizerArrayType(type: entry.typeDescription), "suppress_tokens", expected: "array of int32",
                found: entry.typeDescription)
        }
        guard entry("add_bos_token")?.bool == true, entry("bos_token_id") == nil, let model, model.algorithm == .bytePairs else { return }
        let fallback = model.beginning.map { "; readers take token \($0)" } ?? ""
        add(
            .tokenizerBeginningMissing(fallback: fallback), "add_bos_token", expected: "key bos_token_id",
            found: "no such key")
    }

    private mutating func checkTokenKeys(_ count: Int) {
        for name in Spec.tokenizers.tokenKeys {
            guard let number = entry(name)?.uint32, Int(number) >= count else { continue }
            add(
                .tokenOutOfRange(number: "\(number)", tokens: "\(count)"), name, expected: "below \(count)",
                found: "\(number)")
        }
    }

    // MARK: - Tokens

    private mutating func readTokens() {
        guard let entry = entry("tokens") else {
            add(.tokensMissingMissing(), "tokens", expected: "array of string", found: "no such key")
            return
        }
        guard let texts = StringArray(entry) else {
            add(
                .tokenizerArrayType(type: entry.typeDescription), "tokens", expected: "array of string",
                found: entry.typeDescription)
            return
        }
        guard texts.count > 0, texts.count <= Int(Int32.max) else {
            add(.tokensMissingCount(count: "\(texts.count)"), "tokens", expected: "1 to \(Int32.max)", found: "\(texts.count)")
            return
        }
        let table = TokenTable(texts)
        self.table = table
        if let first = table.repeated.first {
            add(
                .tokenRepeated(text: "\(texts.shown(first))"), "tokens",
                expected: "each text once", found: "\(table.repeated.count) repeated", count: table.repeated.count,
                elements: Array(table.repeated.prefix(8)))
        }
    }

    private mutating func checkTokenArrays(_ count: Int) {
        if let entry = entry("token_type") {
            if entry.elementType == .int32 {
                checkLength("token_type", entry, count)
                let wrong = Self.numbers(entry, Int32.self) { !(0...6).contains($0) }
                if let first = wrong.elements.first {
                    add(
                        .tokenType(), "token_type", expected: "0 to 6",
                        found: "\(entry.valueBytes.load(Int32.self, at: 12 + 4 * first) ?? 0)", count: wrong.count, elements: wrong.elements
                    )
                }
            } else {
                add(
                    .tokenizerArrayType(type: entry.typeDescription), "token_type", expected: "array of int32",
                    found: entry.typeDescription)
            }
        }
        guard let entry = entry("scores") else { return }
        switch entry.elementType {
        case .float32:
            checkLength("scores", entry, count)
            let wrong = Self.numbers(entry, UInt32.self) { !Float(bitPattern: $0).isFinite }
            guard wrong.count > 0 else { return }
            add(
                .tokenizerScore(), "scores", expected: "finite numbers", found: "\(wrong.count) others",
                count: wrong.count, elements: wrong.elements)
        case .int32: checkLength("scores", entry, count)
        default:
            add(
                .tokenizerArrayType(type: entry.typeDescription), "scores", expected: "array of float32",
                found: entry.typeDescription)
        }
    }

    private mutating func checkLength(_ name: String, _ entry: MetadataEntry, _ count: Int) {
        guard let found = entry.elementCount, found != count else { return }
        let (elements, tokens) = ("\(found)", "\(count)")
        add(
            found < count
                ? .tokenizerArrayShort(found: elements, tokens: tokens) : .tokenizerArrayLong(found: elements, tokens: tokens), name,
            expected: "\(count) elements", found: "\(found)")
    }

    /// How many numbers of an array satisfy something, and the first of them, no more than a limit.
    private static func numbers<T: FixedWidthInteger & BitwiseCopyable>(
        _ entry: MetadataEntry, _ type: T.Type, limit: Int = 8, _ isWanted: (T) -> Bool
    ) -> (count: Int, elements: [Int]) {
        entry.valueBytes.withUnsafeBytes { raw in
            let count = min(entry.elementCount ?? 0, max(0, raw.count - 12) / MemoryLayout<T>.size)
            var (found, elements) = (0, [Int]())
            for index in 0..<count
            where isWanted(T(littleEndian: raw.loadUnaligned(fromByteOffset: 12 + index * MemoryLayout<T>.size, as: T.self))) {
                found += 1
                if elements.count < limit { elements.append(index) }
            }
            return (found, elements)
        }
    }

    private mutating func checkBytes(_ table: TokenTable, _ algorithm: TokenizerAlgorithm) {
        let missing: [UInt8]
        switch algorithm {
        // Bytes that no UTF-8 has are of no use.
        case .bytePairs:
            missing = (UInt8.min...UInt8.max).filter { table.token(ByteAlphabet.spelling(of: $0)) == nil && Self.occurs($0) }
        case .sentencePairs: missing = (UInt8.min...UInt8.max).filter { Self.sentenceByte($0, table) == nil && Self.occurs($0) }
        case .unigram: return
        }
        guard let first = missing.first else { return }
        add(
            .tokenizerByteMissing(byte: "\(first)"), "tokens",
            expected: "a token for each byte", found: "\(missing.count) without", count: missing.count)
    }

    /// Whether a byte occurs in UTF-8.
    private static func occurs(_ byte: UInt8) -> Bool { byte < 0xC0 || (0xC2...0xF4).contains(byte) }

    /// The token of a byte in a SentencePiece vocabulary: `<0x0A>`, or else the byte itself.
    static func sentenceByte(_ byte: UInt8, _ table: TokenTable) -> Int? {
        let digits = Array("0123456789ABCDEF".utf8)
        return table.token(Array("<0x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)], UInt8(ascii: ">")]) ?? table.token([byte])
    }

    /// Tokens of the type for bytes, by their texts: shorter ones are worse, since loaders count on three bytes.
    private mutating func checkByteTokens(_ table: TokenTable) {
        guard let types = entry("token_type"), types.elementType == .int32 else { return }
        let byteType: Int32 = 6
        var (odd, short): ([Int], [Int]) = ([], [])
        for token in Self.numbers(types, Int32.self, limit: .max, { $0 == byteType }).elements where token < table.texts.count {
            let text = table.texts.text(token)
            if text.count < 3 { short.append(token) } else if !Self.isByteText(text) { odd.append(token) }
        }
        for (isShort, tokens) in [(false, odd), (true, short)] {
            guard let first = tokens.first else { continue }
            let shown = "\(table.texts.shown(first))"
            add(
                isShort ? .tokenizerByteLength(text: shown) : .tokenizerByteForm(text: shown), "tokens", expected: "<0x00> to <0xFF>",
                found: "\"\(shown)\"", count: tokens.count, elements: Array(tokens.prefix(8)))
        }
    }

    /// Whether a text is `<0x`, two hexadecimal digits and `>`.
    private static func isByteText(_ text: [UInt8]) -> Bool {
        text.count == 6 && text.starts(with: Array("<0x".utf8)) && text[5] == UInt8(ascii: ">")
            && text[3..<5].allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }

    // MARK: - Merges

    private mutating func readMerges() {
        guard let entry = entry("merges") else {
            add(.mergesMissing(), "merges", expected: "array of string", found: "no such key")
            return
        }
        guard let merges = StringArray(entry) else {
            add(
                .tokenizerArrayType(type: entry.typeDescription), "merges", expected: "array of string",
                found: entry.typeDescription)
            return
        }
        self.merges = merges
        guard let table else { return }
        for (rule, broken) in MergeCheck(merges, table).broken.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let text = broken.elements.first.map { "\(merges.shown($0))" } ?? ""
            add(
                MergeCheck.sentence(rule, text), "merges", expected: "two tokens with a space between, which join to a token",
                found: "\"\(text)\"", count: broken.count, elements: broken.elements)
        }
    }

    private mutating func checkCharacterMap() {
        guard let entry = entry("precompiled_charsmap") else { return }
        guard entry.elementType == .uint8 || entry.elementType == .int8 else {
            add(
                .tokenizerArrayType(type: entry.typeDescription), "precompiled_charsmap", expected: "array of uint8",
                found: entry.typeDescription)
            return
        }
        guard let map = CharacterMap(entry) else {
            add(
                .tokenizerCharacterMapSize(bytes: "\(entry.elementCount ?? 0)"), "precompiled_charsmap",
                expected: "a table and texts after it", found: "\(entry.elementCount ?? 0) bytes")
            return
        }
        guard let place = map.firstPlaceOutside else { return }
        add(
            .tokenizerCharacterMapPath(size: "\(map.size)", entry: "\(place)"), "precompiled_charsmap",
            expected: "below \(map.size)", found: "\(place)")
    }
}
