import HIFIGGUF
import TestSupport

extension RuleCase {
    /// A model whose tokenizer breaks one rule.
    static let vocabulary = [
        tokenizer("TOK-02", "no model", without: "model"),
        tokenizer("TOK-03", "an unknown model", [("model", .string("gpt3"))]),
        tokenizer("TOK-04", "an unknown pre-tokenizer", [("pre", .string("smallm"))]),
        tokenizer("TOK-05", "no pre-tokenizer", without: "pre"),
        tokenizer("TOK-06", "no tokens", without: "tokens"),
        tokenizer("TOK-07", "no merges", without: "merges"),
        tokenizer("TOK-08", "types of tokens as text", [("token_type", .strings(["1"]))]),
        tokenizer("TOK-09", "five types", [("token_type", .int32s([1, 1, 1, 1, 1]))]),
        tokenizer("TOK-10", "types of more tokens than there are", [("token_type", .int32s([Int32](repeating: 1, count: 300)))]),
        tokenizer("TOK-11", "a token as int32", [("bos_token_id", .int32(0))]),
        tokenizer("TOK-12", "a token that is not there", [("eos_token_id", .uint32(9999))]),
        tokenizer("TOK-13", "a token twice", [("tokens", .strings(BytePairSpelling.all + ["ab", "abc", "ab"]))]),
        tokenizer("TOK-14", "an unknown token type", [("token_type", .int32s([Int32](repeating: 1, count: 257) + [7]))]),
        tokenizer("TOK-15", "a score that is NaN", [("scores", .float32s([Float](repeating: 0, count: 257) + [.nan]))]),
        tokenizer("TOK-16", "a beginning without a token", without: "bos_token_id"),
        tokenizer("TOK-17", "a merge of one part", [("merges", .strings(["a b", "abc"]))]),
        tokenizer("TOK-18", "a merge of what is not a token", [("merges", .strings(["a b", "ab xyz"]))]),
        tokenizer("TOK-19", "a merge into what is not a token", [("merges", .strings(["a b", "b c"]))]),
        tokenizer("TOK-20", "a merge twice", [("merges", .strings(["a b", "ab c", "a b"]))]),
        tokenizer("TOK-21", "no token for a byte", [("tokens", .strings(["!!"] + BytePairSpelling.all.dropFirst() + ["ab", "abc"]))]),
        tokenizer(
            "TOK-22", "a map of characters that is cut",
            [("model", .string("t5")), ("precompiled_charsmap", .array(.uint8, [9, 0, 0, 0, 0].map { .uint8($0) }))]),
        tokenizer("TOK-23", "a byte token that names no byte", sentencePiece("<0xGG>")),
        tokenizer("TOK-24", "a byte token of two bytes", sentencePiece("ab")),
    ]

    /// A vocabulary of SentencePiece with one token of the type for bytes.
    private static func sentencePiece(_ byte: String) -> [(String, MetadataValue)] {
        [
            ("model", .string("llama")), ("tokens", .strings(["<unk>", "<s>", "</s>", byte])), ("token_type", .int32s([2, 3, 3, 6])),
            ("scores", .float32s([0, 0, 0, 0])),
        ]
    }

    /// A model without a tokenizer, which breaks TOK-01 of the runtime profile.
    static let withoutTokenizer = RuleCase("TOK-01", "no tokenizer") { $0.entries.removeAll(where: isOfTokenizer) }

    private static func isOfTokenizer(_ entry: GGUFBuilder.Entry) -> Bool {
        String(decoding: entry.key, as: UTF8.self).hasPrefix("tokenizer.ggml.")
    }

    private static func tokenizer(
        _ rule: String, _ sentence: String, _ changes: [(String, MetadataValue)] = [], without: String? = nil
    ) -> RuleCase {
        RuleCase(rule, sentence) { builder in
            builder.entries.removeAll(where: isOfTokenizer)
            var keys: [(String, MetadataValue)] = [
                ("model", .string("gpt2")), ("pre", .string("smollm")), ("tokens", .strings(BytePairSpelling.all + ["ab", "abc"])),
                ("token_type", .int32s([Int32](repeating: 1, count: 258))), ("merges", .strings(["a b", "ab c"])),
                ("bos_token_id", .uint32(0)), ("add_bos_token", .bool(true)),
            ]
            keys.removeAll { key, _ in key == without || changes.contains { $0.0 == key } }
            for (key, value) in keys + changes { builder.entries.append(.init("tokenizer.ggml.\(key)", value)) }
        }
    }
}
