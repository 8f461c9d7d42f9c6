import HIFIForeign
import Testing

@Suite("Text from elsewhere is shown printable")
struct ForeignTextTests {
    @Test(
        "Controls, what has no width and what turns a line around are escaped",
        arguments: [
            ("a\u{1B}[31mb", #"a\u{1b}[31mb"#), ("\r\n\t\u{7}\u{0}", #"\u{d}\u{a}\u{9}\u{7}\u{0}"#), ("\u{7F}", #"\u{7f}"#),
            ("\u{80}\u{9B}\u{9F}", #"\u{80}\u{9b}\u{9f}"#), ("\u{61C}\u{200E}\u{200F}", #"\u{61c}\u{200e}\u{200f}"#),
            ("\u{202A}\u{202E}\u{2066}\u{2069}", #"\u{202a}\u{202e}\u{2066}\u{2069}"#),
            ("\u{200B}\u{200D}\u{2060}\u{2064}\u{FEFF}\u{AD}\u{180E}", #"\u{200b}\u{200d}\u{2060}\u{2064}\u{feff}\u{ad}\u{180e}"#),
            ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#), ("\u{E0041}\u{FE0F}\u{E0100}", #"\u{e0041}\u{fe0f}\u{e0100}"#),
        ])
    func escapes(raw: String, shown: String) {
        #expect("\(ForeignText(raw))" == shown)
        #expect(ForeignText(raw).raw == raw)
        #expect(String(reflecting: ForeignText(raw)) == shown)
    }

    @Test("What can be seen stays", arguments: ["blk.0.attn_q.weight", "größe", "模型/Модель", "a b", "«»“”…", "ok 👍", "C:\\models\\a.gguf"])
    func plain(text: String) { #expect("\(ForeignText(text))" == text) }

    @Test("Two names never look the same: a backslash is doubled where it would read as an escape")
    func unambiguous() {
        #expect("\(ForeignText(#"\u{1b}"#))" == #"\\u{1b}"#)
        #expect("\(ForeignText("\u{1B}"))" == #"\u{1b}"#)
        #expect("\(ForeignText("\\\u{1B}"))" == #"\\\u{1b}"#)
        #expect("\(ForeignText(#"\\u{1b}"#))" == #"\\\\u{1b}"#)
        // All texts of up to five of these pieces.
        var texts = [""]
        var seen: [String: String] = [:]
        for _ in 0..<5 {
            texts = texts.flatMap { text in ["\\", "u", "{1b}", "\u{1B}"].map { text + $0 } }
            for text in texts {
                let shown = "\(ForeignText(text))"
                #expect(seen.updateValue(text, forKey: shown) == nil, "\(shown)")
            }
        }
    }

    @Test("A long name is cut, a path is not")
    func bounded() {
        let long = String(repeating: "x", count: 5000)
        #expect("\(ForeignText(long))" == String(repeating: "x", count: 160) + "…")
        #expect("\(ForeignText(path: String(long.prefix(4000))))" == long.prefix(4000))
        #expect("\(ForeignText(sentence: long))".count == 1025)
        #expect("\(ForeignText(String(repeating: "\u{1B}", count: 5000)))".count == 160 * 6 + 1)
    }

    @Test("Bytes that are not UTF-8 become U+FFFD")
    func invalid() { #expect("\(ForeignText(decoding: [0x61, 0xFF, 0x1B]))" == "a\u{FFFD}\\u{1b}") }

    @Test("Look-up, comparison and order go by the raw text")
    func comparison() {
        let text: ForeignText = "a.b"
        #expect(text == "a.b")
        #expect(text != "a.c")
        #expect(text < "a.c")
        #expect([text: 1][ForeignText("a.b")] == 1)
        #expect(text.adding(".\u{1B}").raw == "a.b.\u{1B}")
        #expect(text.hasPrefix("a."))
        #expect(ForeignText(path: "x/y/z.gguf").lastPathComponent == "z.gguf")
        #expect(ForeignText(path: "x") == ForeignText("x"))
        #expect([text, "\u{1B}"].joined(separator: ", ") == #"a.b, \u{1b}"#)
    }

    @Test("JSON keeps the text, in escapes of its own")
    func json() {
        #expect(Printable.json("{\n \"\u{9B}\u{202E}é\u{7F}\u{E0041}\"\n}") == "{\n \"\\u009b\\u202eé\\u007f\\udb40\\udc41\"\n}")
        #expect(Printable.json("{\"a\": \"b\\\\n\"}") == "{\"a\": \"b\\\\n\"}")
    }

    @Test("Of a text of lines only the line feeds stay")
    func lines() { #expect(Printable.lines("a\u{1B}\r\n\u{9B}b\\\n") == "a\\u{1b}\\u{d}\n\\u{9b}b\\\n") }
}
