import Foundation
import TestSupport
import Testing

@Suite("hifi repair")
struct RepairCommandTests {
    private let folder: TemporaryFolder
    private let right: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        right = try Repository.bytes(VerifyCommandTests.model)
        _ = try folder.file("right.gguf", right)
        try Tool.run(["hash", "--chunks", "--chunk-size", "65536", folder.path("right.gguf")]).output.write(to: folder.url("list"))
    }

    private func repair(_ words: String...) throws -> Tool.Outcome {
        try Tool.run(["repair", "--manifest", folder.path("list")] + words)
    }

    /// Bytes changed in pieces 12 and 13, and pieces 39 and 40 exchanged.
    private func damaged() throws -> String {
        var bytes = right
        for place in 850_000..<853_000 { bytes[place] ^= 0x55 }
        let (one, other) = (Array(right[39 * 65536..<40 * 65536]), Array(right[40 * 65536..<41 * 65536]))
        bytes.replaceSubrange(39 * 65536..<41 * 65536, with: other + one)
        return try folder.file("damaged.gguf", bytes)
    }

    @Test("says which pieces are wrong, where displaced ones lie, and what helps; writes nothing")
    func report() throws {
        let path = try damaged()
        let before = try folder.bytes("damaged.gguf")
        let outcome = try repair(path)
        #expect(outcome.status == 1)
        #expect(
            outcome.text == """
                damaged  \(path): 4 of 51 pieces damaged
                    pieces 12 to 13, bytes 786,432 to 917,503: missing
                    piece 39, bytes 2,555,904 to 2,621,439: found at byte 2,621,440
                    piece 40, bytes 2,621,440 to 2,686,975: found at byte 2,555,904
                    → 2 pieces must come from elsewhere: name a file with what is missing (--from, with --in-place or --output)

                """, "\(outcome.text)")
        #expect(try folder.bytes("damaged.gguf") == before)
        let refused = try repair(path, "--in-place")
        #expect(refused.status == 1 && refused.text.hasSuffix("name a file with what is missing (--from)\n"), "\(refused.text)")
        #expect(try folder.bytes("damaged.gguf") == before)
    }

    @Test("puts a file right in its place, through a link too, and says what came from where")
    func inPlace() throws {
        let path = try damaged()
        try FileManager.default.createSymbolicLink(atPath: folder.path("link.gguf"), withDestinationPath: path)
        let outcome = try repair(folder.path("link.gguf"), "--from", folder.path("right.gguf"), "--in-place")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.text.hasPrefix("repaired  \(folder.path("link.gguf")): 51 pieces, each proven; 131,072 bytes came from "))
        #expect(try folder.bytes("damaged.gguf") == right)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.gguf")) == path)
        let again = try repair(path, "--from", folder.path("right.gguf"), "--in-place")
        #expect(again.status == 0 && again.text == "whole  \(path): 51 pieces, all right\n", "\(again.text)")
    }

    @Test("needs no source where all pieces are there: after an insertion, an exchange, or bytes too many", arguments: [0, 1, 2])
    func ownPieces(way: Int) throws {
        var bytes = right
        switch way {
        case 0: bytes.insert(contentsOf: [1, 2, 3], at: 131_072)
        case 1: bytes.replaceSubrange(0..<131_072, with: Array(right[65536..<131_072]) + Array(right[..<65536]))
        default: bytes.append(9)
        }
        let path = try folder.file("moved.gguf", bytes)
        #expect(try repair(path).status == 1)
        let outcome = try repair(path, "-o", folder.path("whole.gguf"))
        #expect(outcome.status == 0, "\(outcome.text)\(outcome.errors)")
        #expect(try folder.bytes("whole.gguf") == right)
        #expect(try folder.bytes("moved.gguf") == bytes)
    }

    @Test("makes a file that is not there from a source, and nothing from a wrong one")
    func fromNothing() throws {
        #expect(try repair(folder.path("none.gguf")).status == 74)
        let new = folder.path("new.gguf")
        #expect(try repair(folder.path("none.gguf"), "--from", folder.path("right.gguf"), "-o", new).status == 0)
        #expect(try folder.bytes("new.gguf") == right)
        let wrong = try folder.file("wrong.gguf", right.map { ~$0 })
        let path = try damaged()
        let before = try folder.bytes("damaged.gguf")
        let refused = try repair(path, "--from", wrong, "--in-place")
        #expect(refused.status == 2 && refused.errors.contains("piece 12 (bytes 786432 to 851967) is not what the list says"))
        #expect(try folder.bytes("damaged.gguf") == before)
        let names = Set(folder.names)
        #expect(names == ["right.gguf", "list", "new.gguf", "wrong.gguf", "damaged.gguf"], "\(names)")
    }

    @Test("a name that is not UTF-8 is refused by every command: it would be read as another", arguments: ["repair", "hash", "verify"])
    func otherEncodings(command: String) throws {
        let outcome = try Tool.shell("cd '\(folder.path("."))' && \"$HIFI\" \(command) --manifest list \"$(printf 'bad\\377')\" --in-place")
        #expect(outcome.status == 64 && outcome.errors.contains("argument 4 is not UTF-8"), "\(outcome.errors)")
        #expect(Set(folder.names) == ["right.gguf", "list"])
    }

    @Test("a list is of one file of any kind, and is told apart from a manifest")
    func lists() throws {
        let text = try folder.file("any thing.txt", Array("some text".utf8))
        let list = try Tool.run(["hash", "--chunks", "--algorithm", "xxh128", text])
        #expect(list.text.hasPrefix("# hifi-chunks 1\nname any%20thing.txt\nsize 9\nchunk 1048576\nalgorithm xxh128\n"), "\(list.text)")
        #expect(try Tool.run(["hash", "--chunks", text, text]).status == 64)
        #expect(try Tool.run(["hash", "--chunks", "--algorithm", "sha1", text]).status == 64)
        let wrong = try Tool.run(["hash", "--check", folder.path("list"), folder.path("right.gguf")])
        #expect(wrong.status == 2 && wrong.errors.contains("`hifi repair` compares files with"), "\(wrong.errors)")
        let manifest = try folder.file("manifest", Array(Tool.run(["hash", folder.path("right.gguf")]).output))
        let other = try Tool.run(["repair", "--manifest", manifest, text])
        #expect(other.status == 2 && other.errors.contains("this is no list of pieces"), "\(other.errors)")
    }
}
