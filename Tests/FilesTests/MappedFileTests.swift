import HIFIFiles
import HIFIGGUF
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Mapping files")
struct MappedFileTests {
    @Test("the bytes of a file can be read, also after the mapping's variable is gone")
    func readsBytes() throws {
        let directory = try TemporaryFolder()
        var random = SplitMix64(seed: 1)
        let bytes = random.bytes(10_001)
        var view: ByteView?
        do {
            let file = try MappedFile(path: directory.file("a", bytes))
            #expect(file.count == bytes.count)
            file.advise(.sequential)
            file.advise(.random, range: 5_000..<99_999)
            file.advise(.willNeed, range: 0..<10)
            try file.checkUnchanged()
            view = file.bytes.slice(1..<10_001)
        }
        let rest = try #require(view)
        #expect(Array(rest) == Array(bytes[1...]))
        #expect(rest.withRawSpan { $0.byteCount } == 10_000)
    }

    @Test("an empty file maps to no bytes")
    func emptyFile() throws {
        let directory = try TemporaryFolder()
        let file = try MappedFile(path: directory.file("empty", []))
        #expect(file.bytes.isEmpty)
        try file.checkUnchanged()
        #expect(GGUFScan.scan(file.bytes).problems.map(\.code) == [.emptyFile])
    }

    @Test("slices and loads outside the bytes are refused", arguments: [Int.min, -1, 5, 8, 9, Int.max])
    func outOfBounds(offset: Int) {
        let view = ByteView([1, 2, 3, 4, 5, 6, 7, 8])
        #expect(view.load(UInt32.self, at: offset) == nil)
        if offset < Int.max { #expect(view.slice(offset..<offset + 10) == nil) }
        #expect(view.load(UInt32.self, at: 4) == 0x0807_0605)
        #expect(view.slice(8..<8)?.isEmpty == true)
    }

    @Test("what is not a regular file is refused with a reason, without waiting")
    func irregularFiles() throws {
        let directory = try TemporaryFolder()
        let pipe = "\(directory.root.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let expectations = [
            ("\(directory.root.path)/none", "cannot open \(directory.root.path)/none: No such file or directory"),
            (directory.root.path, "cannot read \(directory.root.path): it is a directory"),
            (pipe, "cannot read \(pipe): it is a pipe, which cannot be mapped; save it to a file first"),
            ("/dev/null", "cannot read /dev/null: it is a device"),
            ("", "cannot open : No such file or directory"),
        ]
        for (path, text) in expectations {
            let error = #expect(throws: FileError.self) { try MappedFile(path: path) }
            #expect("\(error, default: "")" == text)
        }
        if geteuid() != 0 {
            let path = try directory.file("secret", [1])
            chmod(path, 0)
            let error = #expect(throws: FileError.self) { try MappedFile(path: path) }
            #expect(error?.errorNumber == EACCES)
        }
    }

    @Test("changes to the file after opening are noticed", arguments: ["shorter", "longer", "touched", "replaced", "removed"])
    func changes(kind: String) throws {
        let directory = try TemporaryFolder()
        let path = try directory.file("a", [1, 2, 3, 4])
        let file = try MappedFile(path: path)
        try file.checkUnchanged()
        switch kind {
        case "shorter": #expect(truncate(path, 3) == 0)
        case "longer": #expect(truncate(path, 5) == 0)
        case "touched":
            var times = [timespec(tv_sec: 1_000_000_000, tv_nsec: 5), timespec(tv_sec: 1_000_000_000, tv_nsec: 5)]
            #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
        case "replaced":
            let other = try directory.file("b", [1, 2, 3, 4])
            #expect(rename(other, path) == 0)
        default: #expect(unlink(path) == 0)
        }
        let error = try #require(#expect(throws: FileError.self) { try file.checkUnchanged() })
        let words = ["shorter": "truncated from 4 to 3", "longer": "grew from 4 to 5", "touched": "modified", "replaced": "replaced"]
        #expect(error.reason.contains(words[kind] ?? "removed or renamed"))
    }

    @Test("reading past a freshly truncated end ends the process with a message and status 74")
    func truncationWhileReading() async throws {
        let result = try await #require(
            processExitsWith: .exitCode(TruncationGuard.exitStatus), observing: [\.standardErrorContent]
        ) {
            let directory = try TemporaryFolder()
            let path = try directory.file("a", [UInt8](repeating: 1, count: 1 << 20))
            let file = try MappedFile(path: path)
            TruncationGuard.install()
            TruncationGuard.install()
            truncate(path, 0)
            let sum = file.bytes.reduce(0) { $0 &+ Int($1) }
            print(sum)
        }
        let message = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(message.contains("truncated while being read"))
        #expect(message.split(separator: "\n").count == 1)
    }
}
