import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFITokenization
import HIFIVerification
import TestSupport
import Testing

/// TOK-01 to TOK-24.
@Suite("Rules over the tokenizer")
struct VocabularyRuleTests {
    private typealias Keys = [(String, MetadataValue)]

    /// A byte-level vocabulary: the 256 bytes, "ab", "abc".
    private static var sound: Keys {
        let bytes = BytePairSpelling.all
        return [
            ("model", .string("gpt2")), ("pre", .string("smollm")), ("tokens", .strings(bytes + ["ab", "abc"])),
            ("token_type", .int32s([Int32](repeating: 1, count: 258))), ("merges", .strings(["a b", "ab c"])), ("bos_token_id", .uint32(0)),
            ("eos_token_id", .uint32(1)), ("add_bos_token", .bool(true)),
        ]
    }

    /// A SentencePiece vocabulary.
    private static var sentence: Keys {
        let bytes = (0..<256).map { byte in "<0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) + ">" }
        return [
            ("model", .string("llama")), ("tokens", .strings(["<unk>", "<s>", "</s>"] + bytes + ["ab"])),
            ("scores", .float32s([Float](repeating: -1, count: 260))), ("token_type", .int32s([Int32](repeating: 1, count: 260))),
            ("bos_token_id", .uint32(1)),
        ]
    }

    private func problems(_ keys: Keys, _ changes: Keys = [], without: String? = nil) throws -> [TokenizerProblem] {
        var keys = keys.filter { $0.0 != without }
        for (key, value) in changes {
            keys.removeAll { $0.0 == key }
            keys.append((key, value))
        }
        var writer = GGUFWriter()
        for (key, value) in keys { try writer.add("tokenizer.ggml.\(key)", value) }
        return TokenizerInspection(GGUFScan.scan(try writer.header()).metadata).problems
    }

    private func rules(_ keys: Keys, _ changes: Keys = [], without: String? = nil) throws -> [String] {
        try problems(keys, changes, without: without).map(\.rule.rawValue)
    }

    @Test("Sound vocabularies break no rule")
    func sound() throws {
        #expect(try rules(Self.sound) == [])
        #expect(try rules(Self.sentence) == [])
        #expect(try rules([("model", .string("none"))]) == [])
    }

    @Test("Every rule has its case")
    func everyRule() throws {
        let tokens = BytePairSpelling.all + ["ab", "abc"]
        let cases: [(String, Keys, String?)] = [
            ("TOK-02", [], "model"), ("TOK-03", [("model", .string("gpt3"))], nil), ("TOK-04", [("pre", .string("smallm"))], nil),
            ("TOK-05", [], "pre"), ("TOK-06", [], "tokens"), ("TOK-07", [], "merges"), ("TOK-08", [("tokens", .uint32(7))], nil),
            ("TOK-08", [("merges", .int32s([1]))], nil), ("TOK-08", [("token_type", .strings(["1"]))], nil),
            ("TOK-09", [("token_type", .int32s([1, 1, 1, 1, 1]))], nil), ("TOK-09", [("scores", .float32s([0]))], nil),
            ("TOK-10", [("token_type", .int32s([Int32](repeating: 1, count: 300)))], nil), ("TOK-11", [("bos_token_id", .int32(0))], nil),
            ("TOK-11", [("add_bos_token", .uint8(1))], nil), ("TOK-11", [("pre", .uint32(1))], nil),
            ("TOK-11", [("normalizer.lowercase", .uint32(1))], nil), ("TOK-11", [("normalizer.strip_accents", .string("no"))], nil),
            ("TOK-08", [("suppress_tokens", .uint32(1))], nil), ("TOK-08", [("suppress_tokens", .uint32s([1]))], nil),
            ("TOK-12", [("eos_token_id", .uint32(9999))], nil), ("TOK-12", [("fim_pad_token_id", .uint32(258))], nil),
            ("TOK-13", [("tokens", .strings(tokens.dropLast() + ["ab"])), ("merges", .strings(["a b"]))], nil),
            ("TOK-14", [("token_type", .int32s([Int32](repeating: 1, count: 257) + [7]))], nil),
            ("TOK-15", [("scores", .float32s([Float](repeating: 0, count: 257) + [.nan]))], nil), ("TOK-16", [], "bos_token_id"),
            ("TOK-17", [("merges", .strings(["a b", "ab c", "abc"]))], nil),
            ("TOK-20", [("merges", .strings(["a b", "ab c", "a b"]))], nil),
            ("TOK-19", [("merges", .strings(["a b", "ab c", "b c"]))], nil),
            ("TOK-21", [("tokens", .strings(["!!"] + tokens.dropFirst())), ("merges", .strings(["a b", "ab c"]))], nil),
        ]
        for (rule, changes, without) in cases {
            #expect(try rules(Self.sound, changes, without: without) == [rule], "\(rule) \(changes.map(\.0)) \(without ?? "")")
        }
        #expect(try rules([]) == ["TOK-01"])
        // A half that is not a token joins to none either, here.
        #expect(try rules(Self.sound, [("merges", .strings(["a b", "ab c", "ab xyz"]))]) == ["TOK-18", "TOK-19"])
        let unigram = Self.sentence.map { $0.0 == "model" ? ("model", MetadataValue.string("t5")) : $0 }
        let map: MetadataValue = .array(.uint8, [.uint8(9), .uint8(0), .uint8(0), .uint8(0), .uint8(0)])
        #expect(try rules(unigram, [("precompiled_charsmap", map)]) == ["TOK-22"])
        for (rule, text) in [("TOK-23", "<0xGG>"), ("TOK-23", "abc"), ("TOK-24", "ab")] {
            let tokens: MetadataValue = .strings(["<unk>", text])
            let changes: Keys = [
                ("tokens", tokens), ("token_type", .int32s([2, 6])), ("scores", .float32s([0, 0])), ("bos_token_id", .uint32(0)),
            ]
            #expect(try rules(unigram, changes) == [rule], "\(text)")
            #expect(try rules(Self.sentence, changes).filter { $0 != "TOK-21" } == [rule], "\(text)")
        }
        #expect(
            Set(cases.map(\.0) + ["TOK-01", "TOK-18", "TOK-22", "TOK-23", "TOK-24"])
                == Set(Rule.allCases.map(\.rawValue).filter { $0.hasPrefix("TOK-") }))
    }

    @Test("A text counts up to a zero byte, as in loaders: what is the same up to there is a token twice")
    func zeroBytes() throws {
        let tokens = BytePairSpelling.all + ["ab", "abc"]
        #expect(
            try rules(
                Self.sound, [("tokens", .strings(tokens + ["xyz\0tail"])), ("token_type", .int32s([Int32](repeating: 1, count: 259)))])
                == [])
        let twice = try problems(
            Self.sound, [("tokens", .strings(tokens + ["ab\0tail"])), ("token_type", .int32s([Int32](repeating: 1, count: 259)))])
        #expect(twice.map(\.rule.rawValue) == ["TOK-13"] && twice[0].elements == [258])
    }

    @Test("A map of characters whose paths lead out of its table (TOK-22), and one whose paths stay inside")
    func characterMaps() throws {
        /// 256 words after a root that leads to offset `root`; a child for the letter a there leads to offset `child`.
        func map(root: UInt32, child: UInt32) -> MetadataValue {
            var words = [UInt32](repeating: 0, count: 256)
            words[0] = root << 10
            words[Int(root ^ 97) & 255] = child << 10 | 97
            var bytes: [UInt8] = []
            for word in [1024] + words { bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
            return .array(.uint8, (bytes + [0, 0]).map { .uint8($0) })
        }
        let unigram = Self.sentence.map { $0.0 == "model" ? ("model", MetadataValue.string("t5")) : $0 }
        #expect(try rules(unigram, [("precompiled_charsmap", map(root: 128, child: 7))]) == [])
        let astray = try problems(unigram, [("precompiled_charsmap", map(root: 256, child: 7))])
        #expect(astray.map(\.rule.rawValue) == ["TOK-22"] && astray[0].found == "511")
        #expect(try rules(unigram, [("precompiled_charsmap", map(root: 128, child: 1 << 20))]) == ["TOK-22"])
        // A path that comes back to where it was ends the search.
        #expect(try rules(unigram, [("precompiled_charsmap", map(root: 128, child: 97))]) == [])
    }

    @Test("A problem names key, element and byte, and counts")
    func places() throws {
        let problem = try #require(try problems(Self.sound, [("merges", .strings(["a b", "q q", "ab c", "r r"]))]).first)
        #expect(problem.key == "tokenizer.ggml.merges" && problem.count == 2 && problem.elements == [1, 3] && problem.offset != nil)
        #expect("\(problem)" == "tokenizer.ggml.merges[1]: \"q q\" joins to a text that is not a token (and 1 more) [TOK-19]")
    }

    @Test("Coverage says what was judged, or why not")
    func coverage() throws {
        func gap(_ keys: Keys) throws -> TokenizerCoverage {
            var writer = GGUFWriter()
            for (key, value) in keys { try writer.add("tokenizer.ggml.\(key)", value) }
            return TokenizerInspection(GGUFScan.scan(try writer.header()).metadata).coverage
        }
        let sound = try gap(Self.sound)
        #expect(sound.model == "gpt2" && sound.pre == "smollm" && sound.tokens == 258 && sound.merges == 2 && sound.gap == nil)
        #expect(try gap([]).gap == "no tokenizer in the file")
        #expect(try gap([("model", .string("rwkv"))]).gap == "tokenizer model \"rwkv\" is not described")
        #expect(
            try gap(Self.sound.map { $0.0 == "pre" ? ("pre", .string("superbpe")) : $0 }).gap
                == "pre-tokenizer \"superbpe\" is not described")
    }

    @Test("Damaged arrays and hostile lengths end the reading, not the program")
    func damaged() throws {
        var writer = GGUFWriter()
        for (key, value) in Self.sound { try writer.add("tokenizer.ggml.\(key)", value) }
        let header = try writer.header()
        for place in stride(from: 24, to: header.count, by: 7) {
            var bytes = Array(header)
            bytes[place] ^= 0xFF
            _ = TokenizerInspection(GGUFScan.scan(ByteView(bytes)).metadata)
            _ = try? Tokenizer(GGUFScan.scan(ByteView(bytes)).metadata)
        }
    }
}

/// How byte-level vocabularies spell the 256 bytes.
enum BytePairSpelling {
    static let all: [String] = {
        var next: UInt32 = 0x100
        return (0..<256).map { (byte: UInt32) -> String in
            var point = byte
            if !((0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte)) {
                point = next
                next += 1
            }
            return String(Character(Unicode.Scalar(point) ?? "?"))
        }
    }()
}
