import HIFIFiles
import Testing

@Suite("Files of which parts are here")
struct PartialFileTests {
    static let size = 1 << 30

    static func file() throws -> MappedFile {
        var file = try PartialFile(name: "https://example.org/x", size: size)
        try file.put([1, 2, 3], at: 0)
        try file.put([4, 5], at: 3)
        try file.put([UInt8](repeating: 9, count: 10_000), at: 500_000_000)
        try file.put([7], at: size - 1)
        return try file.finish()
    }

    @Test("has what was put in, at its place, and says what that is")
    func present() throws {
        let file = try Self.file()
        let bytes = file.bytes
        #expect(file.count == Self.size && file.path.raw == "https://example.org/x")
        #expect(Array(bytes.prefix(5)) == [1, 2, 3, 4, 5])
        #expect(bytes[Self.size - 1] == 7 && bytes[500_009_999] == 9)
        #expect(bytes.isPresent(0..<5) && bytes.isPresent(2..<4) && !bytes.isPresent(0..<6) && !bytes.isPresent(5..<6))
        #expect(bytes.isPresent(500_000_000..<500_010_000) && !bytes.isPresent(499_999_999..<500_000_001))
        #expect(!bytes.isPresent(0..<Self.size + 1) && bytes.isPresent(9..<9) && !bytes.isWhole)
        // Views of views count from their own beginning.
        let slice = try #require(bytes.slice(2..<100))
        #expect(slice.isPresent(0..<3) && !slice.isPresent(0..<4))
        #expect(ByteView([1, 2]).isWhole)
    }

    @Test("keeps what it has when pages are given back, and is no other file")
    func identity() throws {
        let (one, other) = (try Self.file(), try Self.file())
        one.bytes.release(0..<Self.size)
        one.advise(.sequential)
        #expect(one.bytes[500_000_000] == 9)
        #expect(one.fileIdentity != other.fileIdentity)
        try one.checkUnchanged()
    }

    @Test("a file without bytes, and one that no machine has room for")
    func sizes() throws {
        let empty = try PartialFile(name: "e", size: 0).finish()
        #expect(empty.bytes.isEmpty && empty.bytes.isWhole)
        #expect(throws: FileError.self) { try PartialFile(name: "e", size: .max) }
    }

    @Test("looking at what is not here ends the program, instead of finding zeros")
    func absent() async {
        await #expect(processExitsWith: .signal(11)) {
            let file = try PartialFileTests.file()
            print(file.bytes[100_000])
        }
    }
}
