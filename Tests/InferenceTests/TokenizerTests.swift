import Foundation
import HIFIGGUF
import HIFITokenization
import Inference
import TestSupport
import Testing

@Suite("Text becomes the tokens that llama.cpp makes of it")
struct TokenizerTests {
    private struct Case: Decodable {
        let text: String
        let ids: [Int32]
    }

    private func tokenizer() throws -> Tokenizer { try Tokenizer(TinyModel.open().metadata) }

    @Test("Recorded cases: scripts, emoji, combining marks, line ends, white space, NUL, byte order mark")
    func recordedCases() throws {
        let tokenizer = try tokenizer()
        let cases = try JSONDecoder().decode(
            [Case].self, from: Data(Repository.bytes("Tests/InferenceTests/Fixtures/tokenizer-cases.json")))
        #expect(cases.count == 31)
        for item in cases {
            #expect(tokenizer.encode(item.text) == item.ids, "\(item.text.debugDescription)")
            #expect(tokenizer.decode(item.ids) == Array(item.text.utf8))
        }
    }

    private struct RandomCase: Decodable {
        let hex: String
        let ids: [Int32]

        var bytes: [UInt8] {
            let digits = Array(hex)
            return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0..<$0 + 2]), radix: 16) }
        }
    }

    @Test("Random texts of hard pieces, and of damaged UTF-8")
    func randomCases() throws {
        let tokenizer = try tokenizer()
        let data = Data(try Repository.bytes("Tests/InferenceTests/Fixtures/tokenizer-random.json"))
        let cases = try JSONDecoder().decode([RandomCase].self, from: data)
        #expect(cases.count == 302)
        for item in cases { #expect(tokenizer.encode(item.bytes) == item.ids, "\(item.hex)") }
    }

    @Test("Long runs need no quadratic time and lose nothing", arguments: ["a", " ", "\n", "the", "é", "!", "0", " \n", "'s", "🙂"])
    func longRuns(piece: String) throws {
        let tokenizer = try tokenizer()
        let text = Array(String(repeating: piece, count: 200_000).utf8)
        #expect(tokenizer.decode(tokenizer.encode(text)) == text)
    }

    @Test("Special tokens in a text are plain text unless requested")
    func specialTokens() throws {
        let tokenizer = try tokenizer()
        let text = "a<|im_end|>b<|endoftext|><|im_start|"
        let recognised = tokenizer.encode(text, special: .recognised)
        #expect(recognised.filter { $0 >= 2045 } == [2047, 2045])
        #expect(recognised.first == 64)
        #expect(tokenizer.decode(recognised) == Array(text.utf8))
        let plain = tokenizer.encode(text)
        #expect(plain.allSatisfy { $0 < 2045 })
        #expect(tokenizer.decode(plain) == Array(text.utf8))
    }

    @Test(
        "Damaged UTF-8: U+FFFD for each byte that begins no sequence; forms of the right shape are decoded as they are spelled",
        arguments: [
            ([0x61, 0xFF, 0x62], "a\u{FFFD}b"),
            ([0x61, 0x80], "a\u{FFFD}"),
            ([0xE4, 0xBD], "\u{FFFD}\u{FFFD}"),
            ([0xE4, 0x62, 0x62], "\u{FFFD}bb"),
            ([0xF0, 0x9F, 0x99], "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xC1, 0xA1], "a"),
            ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ] as [([UInt8], String)])
    func damagedText(bytes: [UInt8], text: String) throws {
        let tokenizer = try tokenizer()
        #expect(tokenizer.encode(bytes) == tokenizer.encode(text))
    }

    @Test("A surrogate keeps its three bytes")
    func surrogate() throws {
        let tokenizer = try tokenizer()
        #expect(tokenizer.decode(tokenizer.encode([0xED, 0xA0, 0x80])) == [0xED, 0xA0, 0x80])
    }

    @Test("Contractions are spelled with ASCII letters")
    func contractions() throws {
        let tokenizer = try tokenizer()
        // The long s is a letter like any other: one word with what follows, so no merge can be cut off after it.
        #expect(tokenizer.decode(tokenizer.encode("'\u{17F}t")) == Array("'\u{17F}t".utf8))
        // 0x13 has the low bits of an s.
        #expect(tokenizer.encode("'\u{13}") == [6, tokenizer.encode("\u{13}")[0]])
    }

    @Test("A faulty vocabulary is refused by name of the key")
    func faultyVocabulary() throws {
        func problem(_ change: (inout [(String, MetadataValue)]) -> Void) throws -> String {
            var entries: [(String, MetadataValue)] = try TinyModel.open().metadata.filter { $0.key.hasPrefix("tokenizer.") }
                .map { ($0.key.raw, .stored($0.valueType, $0.valueBytes)) }
            change(&entries)
            var writer = GGUFWriter()
            for (key, value) in entries { try writer.add(key, value) }
            let scan = GGUFScan.scan(try writer.header())
            do {
                _ = try Tokenizer(scan.metadata)
                return "accepted"
            } catch {
                return "\(error)"
            }
        }
        func replace(_ key: String, _ value: MetadataValue) -> (inout [(String, MetadataValue)]) -> Void {
            { entries in
                entries.removeAll { $0.0 == key }
                entries.append((key, value))
            }
        }
        #expect(try problem { _ in } == "accepted")
        #expect(try problem { $0.removeAll { $0.0 == "tokenizer.ggml.merges" } }.contains("tokenizer.ggml.merges: the key is missing"))
        #expect(try problem(replace("tokenizer.ggml.model", .string("bert"))).contains("\"bert\" is not described"))
        #expect(try problem(replace("tokenizer.ggml.pre", .string("smallm"))).contains("\"smallm\""))
        #expect(try problem(replace("tokenizer.ggml.tokens", .strings(["a", "a"]))).contains("tokenizer.ggml.to"))
        #expect(try problem(replace("tokenizer.ggml.token_type", .int32s([1, 1]))).contains("2 elements"))
        #expect(try problem(replace("tokenizer.ggml.bos_token_id", .uint32(5000))).contains("5000"))
    }
}
