import HIFIFiles
import HIFIForeign
import Remote
import TestSupport
import Testing

/// Servers that lie, drip, break off and change their minds: an error that says so, in bounded time, or the right bytes.
@Suite("Servers that lie")
struct HostileServerTests {
    private static let server = Result { try LocalServer.hostile() }
    private static let size = 1_000_000

    private static func transfer(_ way: String, _ path: String = "x") throws -> Transfer? {
        switch server {
        case .success(let server):
            var limits = TransferLimits()
            (limits.connecting, limits.stalling, limits.patience) = (.seconds(3), .seconds(1), .seconds(3))
            (limits.retries, limits.pause, limits.certificates) = (2, .milliseconds(10), server.certificate)
            limits.worthwhile = 5000
            return try Transfer("\(server.address)/\(way)/\(path)", hub: .init(), limits)
        case .failure(let error as LocalServer.Missing):
            print(error)
            return nil
        case .failure(let error): throw error
        }
    }

    /// The file that the server has.
    private static func expected(_ range: Range<Int>) -> [UInt8] {
        range.map { place in place < 4 ? Array("GGUF".utf8)[place] : UInt8((7 * (place - 4) * (place - 4) + (place - 4) / 251) % 256) }
    }

    /// A way to lie, and what the error says of it.
    struct Lie: CustomTestStringConvertible {
        let way: String
        let words: String
        var range = 0..<20_000
        var testDescription: String { way }
    }

    @Test(
        "are found out",
        arguments: [
            Lie(way: "whole", words: "cannot send parts of a file"),
            Lie(way: "gigabytes", words: "sends more than the 20000 bytes that it was asked for"),
            Lie(way: "long", words: "the server's lengths differ: 20000 by Content-Range, 21000 by Content-Length"),
            Lie(way: "short", words: "(tried 3 times)"),
            Lie(way: "silent", words: "too slow or does not answer"),
            Lie(way: "drip", words: "too slow or does not answer"),
            Lie(way: "other-range", words: "sends bytes 1 to 20000 of 1000000, not 0 to 19999"),
            Lie(way: "no-range", words: "does not say which part it sends (Content-Range: none)"),
            Lie(way: "unknown-total", words: "does not say which part it sends"),
            Lie(way: "beyond-total", words: "does not say which part it sends"),
            Lie(way: "packed", words: "packs it (gzip)"),
            Lie(way: "to-file", words: "not https://"),
            Lie(way: "to-http", words: "not https://"),
            Lie(way: "in-circles", words: "without an end"),
            Lie(way: "endless-head", words: "KiB of header fields"),
            Lie(way: "no-http", words: "does not speak HTTP"),
            Lie(way: "always-busy", words: "status 503 (tried 3 times)"),
            Lie(way: "forbidden", words: "refuses it (403)"),
            Lie(way: "missing", words: "no such file (404)"),
            Lie(way: "teapot", words: "status 418"),
            Lie(way: "escapes", words: "Content-Range: bytes \\u{1b}[31mred"),
        ])
    func lies(_ lie: Lie) throws {
        guard let transfer = try Self.transfer(lie.way) else { return }
        let began = ContinuousClock.now
        let error = #expect(throws: FileError.self) { try transfer.bytes(lie.range) }
        #expect(error?.description.contains(lie.words) == true, "\(error?.description ?? "")")
        #expect(ContinuousClock.now - began < .seconds(15))
    }

    @Test("a file that changes between two parts is no file", arguments: ["changing", "shrinking"])
    func changes(way: String) throws {
        guard let transfer = try Self.transfer(way) else { return }
        _ = try transfer.bytes(0..<100)
        let error = #expect(throws: FileError.self) { try transfer.bytes(100..<200) }
        #expect(error?.reason == "the file was changed while it was being read")
    }

    @Test("a size that no machine has room for is refused where room is made")
    func hugeTotal() throws {
        guard let transfer = try Self.transfer("huge-total") else { return }
        _ = try transfer.bytes(0..<100)
        let total = try #require(transfer.fileBytes)
        #expect(total == 999_999_999_999_999_999)
        #expect(throws: FileError.self) { try PartialFile(name: "x", size: total) }
    }

    @Test("what may pass is tried again, and what breaks off goes on where it was")
    func patience() throws {
        guard let busy = try Self.transfer("busy"), let honest = try Self.transfer("honest"), let breaks = try Self.transfer("breaks")
        else {
            return
        }
        #expect(try busy.bytes(0..<50) == Self.expected(0..<50))
        #expect(busy.requests == 3)
        #expect(try honest.bytes(999_990..<1_000_100) == Self.expected(999_990..<1_000_000))
        _ = try breaks.bytes(0..<1)
        var all: [UInt8] = []
        try breaks.stream(0..<100_000) { all += $0 }
        #expect(all == Self.expected(0..<100_000))
        #expect(breaks.requests == 11)
    }

    @Test("a server that breaks off after next to nothing is given up, however often it would go on")
    func trickle() throws {
        guard let transfer = try Self.transfer("trickle") else { return }
        let error = #expect(throws: FileError.self) { try transfer.bytes(0..<20_000) }
        #expect(error?.reason.hasSuffix("(tried 3 times)") == true && transfer.requests == 3, "\(error?.reason ?? "")")
    }

    @Test("a file without bytes is one")
    func empty() throws {
        guard let transfer = try Self.transfer("empty") else { return }
        #expect(try transfer.bytes(0..<100).isEmpty)
        #expect(transfer.fileBytes == 0)
    }

    @Test("a server without a certificate that is trusted gives nothing, nor does one that is not there")
    func trust() throws {
        guard case .success(let server) = Self.server else { return }
        let stranger = try Transfer("\(server.address)/honest/x", hub: .init(), TransferLimits())
        let error = #expect(throws: FileError.self) { try stranger.bytes(0..<10) }
        #expect(error?.reason.contains("certificate") == true, "\(error?.reason ?? "")")
        var limits = TransferLimits()
        (limits.retries, limits.pause) = (1, .milliseconds(10))
        let nobody = try Transfer("https://127.0.0.1:1/x", hub: .init(), limits)
        let refused = #expect(throws: FileError.self) { try nobody.bytes(0..<10) }
        #expect(refused?.reason.hasSuffix("(tried 2 times)") == true && refused?.isRefusal == true, "\(refused?.reason ?? "")")
    }
}
