import HIFIFiles
import Remote
import Testing

@Suite("Addresses of files")
struct RemoteAddressTests {
    private static let mirror = RemoteAddress.Hub(endpoint: "https://mirror.example/", token: "t")

    @Test(
        "are told from paths by their scheme",
        arguments: [
            ("https://a/b", true), ("HF://a/b/c", true), ("s3://bucket/key", true), ("./https://a/b", false), ("/https://a", false),
            ("https:/a/b", false), ("model.gguf", false), ("://", false), ("1a://b", false), ("a b://c", false), ("-", false), ("", false),
        ])
    func form(_ argument: String, _ expected: Bool) { #expect(Address.isOne(argument) == expected) }

    @Test(
        "what is asked for, and what the file is called",
        arguments: [
            ("https://example.org/a/b.gguf", "https://example.org/a/b.gguf", "https://example.org/a/b.gguf", false),
            (
                "HTTPS://example.org:8443/b.gguf?sig=secret", "https://example.org:8443/b.gguf?sig=secret",
                "https://example.org:8443/b.gguf", false
            ),
            ("hf://o/r/m.gguf", "https://mirror.example/o/r/resolve/main/m.gguf", "hf://o/r/m.gguf", true),
            ("hf://o/r@v1.0/Q3/m.gguf", "https://mirror.example/o/r/resolve/v1.0/Q3/m.gguf", "hf://o/r@v1.0/Q3/m.gguf", true),
            ("hf://o/r@refs/pr/1/m.gguf", "https://mirror.example/o/r/resolve/refs/pr/1/m.gguf", "hf://o/r@refs/pr/1/m.gguf", true),
            ("hf://o/r/a b.gguf", "https://mirror.example/o/r/resolve/main/a%20b.gguf", "hf://o/r/a b.gguf", true),
            ("hf://o/r@refs%2Fpr%2F1/m", "https://mirror.example/o/r/resolve/refs%2Fpr%2F1/m", "hf://o/r@refs%2Fpr%2F1/m", true),
            ("https://mirror.example/o/r", "https://mirror.example/o/r", "https://mirror.example/o/r", true),
            ("https://mirror.example.evil/o/r", "https://mirror.example.evil/o/r", "https://mirror.example.evil/o/r", false),
        ])
    func taken(_ argument: String, _ url: String, _ name: String, _ isOnHub: Bool) throws {
        let address = try RemoteAddress(argument, hub: Self.mirror)
        #expect(address.url == url && address.name.raw == name && address.isOnHub == isOnHub)
    }

    @Test(
        "what no address is",
        arguments: [
            "http://example.org/m.gguf", "ftp://example.org/m.gguf", "file:///etc/passwd", "https://", "https:///m.gguf",
            "https://example.org",
            "https://example.org?x", "https://user:word@example.org/m.gguf", "https://example.org/a b", "https://example.org/\"\nurl=\"x",
            "https://example.org/m#part", "https://example.org/mü", "https://example.org/\\", "https://example.org/{a,b}", "hf://",
            "hf://o",
            "hf://o/r", "hf://o/r/", "hf://o//m", "hf://o/../m", "hf://o/r@/m", "hf://@v/r", "hf://o/r/m?download=true", "hf://o/r/m#x",
            "https://example.org/" + String(repeating: "a", count: 9000),
        ])
    func refused(_ argument: String) {
        #expect(throws: RemoteAddress.Problem.self) { try RemoteAddress(argument, hub: Self.mirror) }
    }

    @Test(
        "what is called an address has no secrets, even if it is refused",
        arguments: [
            ("https://user:word@h/m?sig=s", "https://h/m"), ("ftp://user:w@d@h/m", "ftp://h/m"), ("https://h?x", "https://h"),
            ("https://h/a@b/m", "https://h/a@b/m"), ("hf://o/r/a?b", "hf://o/r/a"), ("https://", "https://"),
        ])
    func names(_ address: String, _ name: String) { #expect(Address.name(of: address) == name) }

    @Test(
        "a hub that is not a host reached by https is refused, by name",
        arguments: ["http://mirror.example", "https://", "https://h?x", "https://u:w@h", "https://h\n", "mirror.example"])
    func endpoint(_ address: String) {
        let error = #expect(throws: RemoteAddress.Problem.self) { try RemoteAddress("hf://o/r/m", hub: .init(endpoint: address)) }
        #expect(error?.description.contains("HF_ENDPOINT") == true)
    }
}

@Suite("Heads of answers")
struct HTTPAnswerTests {
    private static func answer(_ text: String, step: Int) -> (HTTPAnswer, body: String, malformed: Bool) {
        var answer = HTTPAnswer()
        var body: [UInt8] = []
        var malformed = false
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: step) {
            switch answer.take(bytes[start..<min(start + step, bytes.count)]) {
            case .body(let part): body += part
            case .malformed: malformed = true
            }
        }
        return (answer, String(decoding: body, as: UTF8.self), malformed)
    }

    @Test("the last of several is taken, whatever the pieces that they come in", arguments: [1, 2, 7, 1000])
    func pieces(step: Int) throws {
        let text = """
            HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n\
            HTTP/2 206 \r\ncontent-range:bytes 2-5/10\r\nETag: "a"\r\nX: 1\r\nx:  2 \r\n\r\nbody\r\n\r\nHTTP/1.1 200 OK\r\n\r\n
            """
        let (answer, body, malformed) = Self.answer(text, step: step)
        let head = try #require(answer.head)
        #expect(!malformed && head.status == 206 && body == "body\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")
        #expect(head.fields["etag"] == "\"a\"" && head.fields["x"] == "2 ")
        #expect(head.contentRange?.bytes == 2..<6 && head.contentRange?.total == 10)
    }

    @Test(
        "parts that are none",
        arguments: [
            "bytes 5-2/10", "bytes 0-10/10", "bytes 0-9/*", "bytes 0-9", "0-9/10", "bytes 0-99999999999999999999/10", "bytes -1-2/10", "",
        ])
    func ranges(_ text: String) throws {
        let head = try #require(HTTPHead(["HTTP/1.1 206 x", "Content-Range: \(text)"]))
        #expect(head.contentRange?.bytes == nil)
    }

    @Test("a head without a status, and one without an end, are none")
    func malformed() {
        #expect(Self.answer("SSH-2.0\r\n\r\n", step: 3).malformed)
        #expect(Self.answer("HTTP/1.1 \r\n\r\n", step: 3).malformed)
        #expect(Self.answer("HTTP/1.1 200 OK\r\n" + String(repeating: "a: b\r\n", count: 50_000), step: 1 << 16).malformed)
    }
}
