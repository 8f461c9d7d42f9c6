import Foundation
import HIFIGGUF
import HIFITokenization
import TestSupport
import Testing

/// Vocabularies trained with the packages `tokenizers` and `sentencepiece`, and what the library of llama.cpp as in llama-cpp-python 0.3.36
/// makes of texts with them, under every pre-tokenizer that is built in.
struct PeerTokens: Decodable {
    struct Vocabulary: Decodable {
        let tokens: [String]
        let types: [Int32]
        let merges: [String]?
        let scores: [Float]?
        /// In hexadecimal.
        let characterMap: String?
    }

    struct Case: Decodable, CustomTestStringConvertible {
        let vocabulary: String
        let pre: String?
        let addsSpace: Bool?
        let mergesSpaces: Bool?
        let special: Bool
        let text: String
        let tokens: [Int32]
        var testDescription: String { "\(vocabulary) \(pre ?? "") \(text.prefix(12).debugDescription)" }
    }

    let vocabularies: [String: Vocabulary]
    let cases: [Case]

    static let all: PeerTokens? = try? JSONDecoder().decode(
        PeerTokens.self, from: Data(Repository.bytes("Tests/InferenceTests/Fixtures/tokenizer-peer.json")))

    /// The keys of a file with this vocabulary.
    func metadata(_ item: Case) throws -> Metadata {
        let vocabulary = try #require(vocabularies[item.vocabulary])
        var writer = GGUFWriter()
        func add(_ key: String, _ value: MetadataValue) throws { try writer.add("tokenizer.ggml.\(key)", value) }
        try add("model", .string(["byte_pairs": "gpt2", "sentence_pairs": "llama", "unigram": "t5"][item.vocabulary] ?? ""))
        if let pre = item.pre { try add("pre", .string(pre)) }
        try add("tokens", .strings(vocabulary.tokens))
        try add("token_type", .int32s(vocabulary.types))
        if let merges = vocabulary.merges { try add("merges", .strings(merges)) }
        if let scores = vocabulary.scores { try add("scores", .float32s(scores)) }
        if let map = vocabulary.characterMap {
            let digits = Array(map)
            try add(
                "precompiled_charsmap",
                .array(.uint8, stride(from: 0, to: digits.count, by: 2).map { .uint8(UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0) }))
        }
        try add("bos_token_id", .uint32(1))
        try add("eos_token_id", .uint32(2))
        if item.vocabulary != "byte_pairs" { try add("unknown_token_id", .uint32(0)) }
        if let addsSpace = item.addsSpace { try add("add_space_prefix", .bool(addsSpace)) }
        if let merges = item.mergesSpaces { try add("remove_extra_whitespaces", .bool(merges)) }
        return GGUFScan.scan(try writer.header()).metadata
    }
}

@Suite("Tokens are those of llama.cpp's library")
struct PeerTokenTests {
    @Test("The recorded cases are there: three texts for each of 25 ways of cutting words, and SentencePiece")
    func recorded() throws {
        let peer = try #require(PeerTokens.all)
        #expect(peer.cases.filter { $0.vocabulary == "byte_pairs" }.count >= 75)
        #expect(Set(peer.cases.map(\.vocabulary)) == ["byte_pairs", "sentence_pairs", "unigram"])
    }

    @Test("Token by token", arguments: PeerTokens.all?.cases ?? [])
    func tokens(_ item: PeerTokens.Case) throws {
        let peer = try #require(PeerTokens.all)
        let tokenizer = try Tokenizer(peer.metadata(item))
        #expect(tokenizer.encode(item.text, special: item.special ? .recognised : .asText) == item.tokens)
    }

    @Test("A pre-tokenizer that is known and not built in is refused by its name, as is an unknown one")
    func refused() throws {
        let peer = try #require(PeerTokens.all)
        let first = try #require(peer.cases.first)
        func problem(_ pre: String) throws -> String {
            let item = PeerTokens.Case(
                vocabulary: first.vocabulary, pre: pre, addsSpace: nil, mergesSpaces: nil, special: false, text: "", tokens: [])
            do {
                _ = try Tokenizer(peer.metadata(item))
                return "accepted"
            } catch { return "\(error)" }
        }
        #expect(try problem("superbpe").contains("\"superbpe\" is not described"))
        #expect(try problem("smallm").contains("\"smallm\" is not a known pre-tokenizer [TOK-04]"))
        #expect(try problem("smollm") == "accepted")
    }

    @Test(
        "White space without end takes time in proportion to its length, whatever the pattern",
        arguments: ["deepseek-llm", "default", "qwen2"])
    func manySpaces(_ pre: String) throws {
        let peer = try #require(PeerTokens.all)
        let item = PeerTokens.Case(
            vocabulary: "byte_pairs", pre: pre, addsSpace: nil, mergesSpaces: nil, special: false, text: "", tokens: [])
        let tokenizer = try Tokenizer(peer.metadata(item))
        func seconds(_ count: Int) -> Double {
            let text = [UInt8](repeating: 0x20, count: count) + [0x78]
            let clock = ContinuousClock()
            return clock.measure { _ = tokenizer.encode(text) } / .seconds(1)
        }
        // Eight times the length: 64 times as long if time grew with the square.
        let (short, long) = (seconds(2_000), seconds(16_000))
        #expect(long < 32 * short)
    }
}
