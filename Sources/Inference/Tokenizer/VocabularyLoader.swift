import GGUF

/// What a token is for: the values of `tokenizer.ggml.token_type`.
enum TokenKind: Int32, Sendable {
    case normal = 1, unknown, control, userDefined, unused, byte

    /// Spelled out rather than made of bytes.
    var isSpecial: Bool { self == .control || self == .userDefined || self == .unknown }
}

/// Reads a byte-level BPE vocabulary from metadata and checks that it is complete.
struct VocabularyLoader {
    private(set) var texts: [[UInt8]] = []
    private(set) var kinds: [TokenKind] = []
    private(set) var byteTokens: [Int32] = []
    private(set) var merges: [UInt64: BytePairMerger.Merge] = [:]
    private(set) var beginning: Int32?
    private(set) var ending: Int32?
    private(set) var addsBeginning = false
    private(set) var addsEnding = false
    let digest: Digest

    init(_ metadata: Metadata) throws(TokenizerError) {
        digest = Self.digest(metadata)
        let model = try Self.required(metadata, "tokenizer.ggml.model", as: String.self)
        guard model == "gpt2" else { throw .unsupportedModel(model) }
        let pre = try Self.required(metadata, "tokenizer.ggml.pre", as: String.self)
        guard Tokenizer.preTokenizers.contains(pre) else { throw .unsupportedPreTokenizer(pre) }
        addsBeginning = try Self.optional(metadata, "tokenizer.ggml.add_bos_token") ?? false
        addsEnding = try Self.optional(metadata, "tokenizer.ggml.add_eos_token") ?? false
        let stored = try Self.strings(metadata, "tokenizer.ggml.tokens")
        var numbers: [ByteView: Int32] = [:]
        numbers.reserveCapacity(stored.count)
        for (index, text) in stored.enumerated() { numbers[text] = Int32(truncatingIfNeeded: index) }
        kinds = try Self.kinds(metadata, count: stored.count)
        texts = zip(stored, kinds).map { $1.isSpecial ? Array($0) : ByteAlphabet.bytes(spelledBy: $0) }
        byteTokens = try Self.byteTokens(numbers)
        merges = try Self.merges(metadata, numbers)
        beginning = try Self.token(metadata, "tokenizer.ggml.bos_token_id", count: stored.count)
        ending = try Self.token(metadata, "tokenizer.ggml.eos_token_id", count: stored.count)
    }

    private static func required<T: MetadataDecodable>(
        _ metadata: Metadata, _ key: String, as type: T.Type = T.self
    ) throws(TokenizerError) -> T {
        do { return try metadata.value(key, as: type) } catch { throw .metadata(error) }
    }

    private static func optional<T: MetadataDecodable>(_ metadata: Metadata, _ key: String) throws(TokenizerError) -> T? {
        do { return try metadata.valueIfPresent(key, as: T.self) } catch { throw .metadata(error) }
    }

    private static func strings(_ metadata: Metadata, _ key: String) throws(TokenizerError) -> [ByteView] {
        guard let entry = metadata[key] else { throw .metadata(.missing(key: key)) }
        guard let elements = entry.stringElements else {
            throw .metadata(.wrongType(key: key, expected: "array of string", found: entry.typeDescription))
        }
        return Array(elements)
    }

    private static func kinds(_ metadata: Metadata, count: Int) throws(TokenizerError) -> [TokenKind] {
        let key = "tokenizer.ggml.token_type"
        guard let values: [Int32] = try optional(metadata, key) else { return Array(repeating: .normal, count: count) }
        guard values.count == count else { throw .wrongCount(key: key, expected: count, found: values.count) }
        return values.map { TokenKind(rawValue: $0) ?? .normal }
    }

    private static func byteTokens(_ numbers: [ByteView: Int32]) throws(TokenizerError) -> [Int32] {
        var tokens: [Int32] = []
        for byte in UInt8.min...UInt8.max {
            var spelling: [UInt8] = []
            CodePoints.append(ByteAlphabet.points[Int(byte)], to: &spelling)
            guard let token = numbers[ByteView(spelling)] else { throw .noTokenForByte(byte) }
            tokens.append(token)
        }
        return tokens
    }

    private static func merges(
        _ metadata: Metadata, _ numbers: [ByteView: Int32]
    ) throws(TokenizerError) -> [UInt64: BytePairMerger.Merge] {
        let stored = try strings(metadata, "tokenizer.ggml.merges")
        var merges: [UInt64: BytePairMerger.Merge] = [:]
        merges.reserveCapacity(stored.count)
        for (rank, text) in stored.enumerated() {
            // The first byte is never the separator: a token has at least one.
            guard let space = text.dropFirst().firstIndex(of: UInt8(ascii: " ")), let left = text.slice(0..<space),
                let right = text.slice(space + 1..<text.count), let first = numbers[left], let second = numbers[right],
                let joined = numbers[ByteView(Array(left) + Array(right))]
            else { throw .badMerge(index: rank, text: String(decoding: text, as: UTF8.self)) }
            let key = BytePairMerger.key(first, second)
            // Of a pair that is listed twice the first counts.
            if merges[key] == nil { merges[key] = .init(rank: UInt32(truncatingIfNeeded: rank), token: joined) }
        }
        return merges
    }

    private static func token(_ metadata: Metadata, _ key: String, count: Int) throws(TokenizerError) -> Int32? {
        guard let entry = metadata[key] else { return nil }
        guard let number = entry.integer else {
            throw .metadata(.wrongType(key: key, expected: "an integer", found: entry.typeDescription))
        }
        guard (0..<count).contains(number) else { throw .tokenOutOfRange(key: key, token: number, count: count) }
        return Int32(truncatingIfNeeded: number)
    }

    /// Keys in a fixed order, so that the place of a key in the file does not matter.
    private static func digest(_ metadata: Metadata) -> Digest {
        let keys = ["model", "pre", "tokens", "token_type", "merges", "bos_token_id", "eos_token_id", "add_bos_token", "add_eos_token"]
        let hasher = MultiHasher([.sha256])
        for key in keys.map({ "tokenizer.ggml.\($0)" }) {
            guard let entry = metadata[key] else { continue }
            hasher.update(ByteView(Array("\(key) \(entry.typeDescription) \(entry.valueBytes.count)\n".utf8)))
            hasher.update(entry.valueBytes)
        }
        return hasher.finish()[0]
    }
}

/// The visible characters by which byte-level vocabularies spell bytes: a printable byte by itself, the others by U+0100 and on.
enum ByteAlphabet {
    /// The character of each byte.
    static let points: [UInt32] = {
        var next: UInt32 = 0x100
        return (0..<256).map { (byte: UInt32) -> UInt32 in
            if (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte) { return byte }
            defer { next += 1 }
            return next
        }
    }()

    private static let bytes = Dictionary(uniqueKeysWithValues: zip(points, UInt8.min...UInt8.max))

    /// The bytes behind a spelling. Characters outside the alphabet, which such a vocabulary should not have, stand for themselves.
    static func bytes(spelledBy text: ByteView) -> [UInt8] {
        var result: [UInt8] = []
        for point in CodePoints.decode(text) {
            if let byte = bytes[point] { result.append(byte) } else { CodePoints.append(point, to: &result) }
        }
        return result
    }
}
