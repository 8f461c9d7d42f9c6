import Foundation
import TestSupport
import Testing

@Suite("Inputs are bounded: sparse files, pipes without a writer, devices, a hundred thousand tensors")
struct BoundedInputTests {
    private static let model = VerifyCommandTests.model

    /// What a process took: how it ended, processor time, and its largest resident set.
    private struct Usage {
        let status: Int32
        let seconds: Double
        let kibibytes: Int
        let errors: String
    }

    /// Runs the tool below a small program. Of one that this program starts itself the system would count what this program has: a process
    /// has the largest resident set of all that it was, and it was a copy of its parent.
    private func use(_ words: [String]) throws -> Usage {
        let measure = """
            import os, resource, subprocess, sys
            null = open(os.devnull, "r+b")
            done = subprocess.run(sys.argv[1:], stdin=null, stdout=null, stderr=subprocess.PIPE)
            usage = resource.getrusage(resource.RUSAGE_CHILDREN)
            print(done.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
            sys.stdout.flush()
            sys.stderr.buffer.write(done.stderr)
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", measure, Tool.path] + words
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let line = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let fields = line.split(whereSeparator: \.isWhitespace)
        try #require(fields.count == 3, "python3 is needed to measure what the tool takes: \(text)")
        return Usage(
            status: try #require(Int32(fields[0])), seconds: try #require(Double(fields[1])), kibibytes: try #require(Int(fields[2])),
            errors: text)
    }

    /// A file that begins with these bytes and is so long in all, with holes after them.
    private func sparse(_ folder: TemporaryFolder, _ name: String, _ head: [UInt8], bytes: Int) throws -> String {
        let path = folder.path(name)
        _ = try folder.file(name, head)
        try #require(truncate(path, off_t(bytes)) == 0, "the temporary folder's file system has no files of \(bytes) bytes")
        return path
    }

    /// A file with so many records of one value each, in as few bytes as possible: all share one value.
    private func records(_ count: Int) -> [UInt8] {
        var bytes = Array("GGUF".utf8)
        func add(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
        func add(_ text: String) {
            add(UInt64(text.utf8.count))
            bytes += Array(text.utf8)
        }
        add(UInt32(3))
        add(UInt64(count))
        add(UInt64(1))
        add("general.architecture")
        add(UInt32(8))
        add("llama")
        for index in 0..<count {
            add("\(index)")
            add(UInt32(1))
            add(UInt64(1))
            add(UInt32(0))
            add(UInt64(0))
        }
        return bytes + [UInt8](repeating: 0, count: (32 - bytes.count % 32) % 32 + 32)
    }

    /// Where a file's bytes are that nobody wrote.
    enum Holes: String, CaseIterable {
        case inTensors, betweenTensors, behindTensors, inHeaderPadding
    }

    /// A header of some 48 KB, and how long a file is that has nearly `size` bytes of holes where the header says.
    private func header(_ holes: Holes, size: UInt64) -> (header: [UInt8], bytes: Int) {
        let count: UInt64 = holes == .inHeaderPadding ? 0 : 600
        // Each tensor takes or is given so many bytes, a multiple of 4 KiB.
        let share = size / 600 / 4096 * 4096
        let rows = holes == .inTensors ? share / 128 : 1
        let step = holes == .inTensors ? share : 128
        let alignment: UInt32 = holes == .inHeaderPadding ? 1 << 24 : 32
        var header = Array("GGUF".utf8)
        func add(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { header += $0 } }
        func add(_ text: String) {
            add(UInt64(text.utf8.count))
            header += Array(text.utf8)
        }
        add(UInt32(3))
        add(count)
        add(UInt64(3))
        add("general.architecture")
        add(UInt32(8))
        add("llama")
        add("general.alignment")
        add(UInt32(4))
        add(alignment)
        add("general.description")
        add(UInt32(8))
        add(String(repeating: "x", count: holes == .inHeaderPadding ? 48_000 : 0))
        for index in 0..<count {
            add("blk.\(index).a-name-to-make-the-header-longer.weight")
            add(UInt32(2))
            add(UInt64(32))
            add(rows)
            add(UInt32(0))
            add(holes == .betweenTensors && index == count - 1 ? size : index * step)
        }
        header += [UInt8](repeating: 0, count: (32 - header.count % 32) % 32)
        let end =
            switch holes {
            case .inHeaderPadding: Int(alignment)
            case .behindTensors: Int(size)
            case .betweenTensors: header.count + Int(size) + 128
            case .inTensors: header.count + Int(count * step)
            }
        return (header, end)
    }

    @Test(
        "a terabyte of holes costs no more than the header, wherever it lies",
        arguments: Holes.allCases, ["verify --header-only", "inspect", "identify"])
    func headerOnly(holes: Holes, command: String) throws {
        let folder = try TemporaryFolder()
        let (header, bytes) = header(holes, size: 1 << 40)
        #expect(header.count > 40_000 && bytes >= (holes == .inHeaderPadding ? 1 << 24 : 1_000_000_000_000))
        let words = command.split(separator: " ").map(String.init)
        let path = try sparse(folder, "huge.gguf", header, bytes: bytes)
        let small = try use(words + [try folder.file("small.gguf", records(600))])
        let huge = try use(words + [path])
        #expect([0, 1, 2].contains(huge.status), "\(huge)")
        // Processor time, so that a busy machine does not matter; identification looks at samples of each type.
        #expect(huge.seconds < 2 * small.seconds + 1, "\(huge) \(small)")
        #expect(huge.kibibytes < small.kibibytes + 32 << 10, "\(huge) \(small)")
    }

    @Test(
        "what header-only did not look at is said, and not called checked",
        arguments: [Holes.betweenTensors, .behindTensors, .inHeaderPadding])
    func headerOnlyIsSaid(holes: Holes) throws {
        let folder = try TemporaryFolder()
        let (header, bytes) = header(holes, size: 1 << 40)
        let path = try sparse(folder, "huge.gguf", header, bytes: bytes)
        let outcome = try Tool.run(["verify", "--header-only", path])
        #expect(outcome.text.contains("bytes outside any tensor were not examined"), "\(outcome.text)")
        #expect(!outcome.text.contains(", all zero"), "\(outcome.text)")
        if holes != .inHeaderPadding { #expect(outcome.text.contains(" zero and the rest not looked at"), "\(outcome.text)") }
    }

    @Test(
        "holes are read to the end in little memory, and what is hidden in them is found",
        arguments: [(Holes.inTensors, "3 keys"), (.betweenTensors, "GGUF-63"), (.behindTensors, "GGUF-70"), (.inHeaderPadding, "GGUF-67")])
    func holesAreRead(holes: Holes, rule: String) throws {
        let folder = try TemporaryFolder()
        let (header, bytes) = header(holes, size: 1 << 30)
        let path = try sparse(folder, "large.gguf", header, bytes: bytes)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        // The last byte of the file, or of the hole before the last tensor.
        try file.seek(toOffset: UInt64(bytes) - (holes == .betweenTensors ? 128 : 0) - 1)
        try file.write(contentsOf: [7])
        try file.close()
        let usage = try use(["verify", path])
        let small = try use(["verify", try folder.file("small.gguf", records(600))])
        #expect(usage.kibibytes < small.kibibytes + 160 << 10, "\(usage) \(small)")
        let text = try Tool.run(["verify", path]).text
        #expect(text.contains(rule), "\(text)")
        if holes == .behindTensors { #expect(text.contains("not all zero"), "\(text)") }
    }

    @Test(
        "what is read whole is refused by its size, before it is read",
        arguments: [
            ("perplexity -m MODEL -f FILE", "a text has at most 268435456"),
            ("imatrix -m MODEL -f FILE -o OUT", "a text has at most 268435456"),
            ("perplexity tokens -m MODEL FILE", "a text has at most 268435456"),
            ("decode --type q3_k --blocks FILE -o OUT", "an array has at most 1073741824"),
            ("dot --type q3_k --blocks FILE --activations FILE -o OUT", "an array has at most 1073741824"),
            ("encode --type q8_0 --columns 32 --input FILE -o OUT", "an array has at most 1073741824"),
            ("figures sizes --config FILE", "a file of settings has at most 16777216"),
            ("perplexity compare FILE FILE", "a record has at most 67108864"), ("perplexity merge FILE", "a record has at most 67108864"),
            ("figures perplexity -m MODEL --record FILE", "a record has at most 67108864"),
            ("verify MODEL --policy FILE", "a policy has at most 67108864"),
            ("verify MODEL --manifest FILE", "a manifest has at most 268435456"),
            ("hash MODEL --check FILE", "a manifest has at most 268435456"),
            ("conformance --expected-failures FILE", "a file of settings has at most 16777216"),
        ])
    func limits(line: String, words: String) throws {
        let folder = try TemporaryFolder()
        let file = try sparse(folder, "holes", [], bytes: 1 << 40)
        let outcome = try Tool.run(Self.words(line, file: file, folder))
        #expect(outcome.status == 74 && outcome.output.isEmpty, "\(outcome.text)\(outcome.errors)")
        #expect(outcome.errors == "hifi: error: cannot read \(file): it has 1099511627776 bytes; \(words)\n")
        #expect(folder.names == ["holes"])
    }

    private static func words(_ line: String, file: String, _ folder: TemporaryFolder) -> [String] {
        line.split(separator: " ").map { ["FILE": file, "MODEL": model, "OUT": folder.path("out")][String($0)] ?? String($0) }
    }

    @Test("a device that never ends reaches the limit, through a pipe too")
    func endless() throws {
        let line = "\"$HIFI\" perplexity -m \(Self.model) -f"
        for input in ["/dev/zero", "- < /dev/zero"] {
            let outcome = try Tool.shell("\(line) \(input)")
            #expect(outcome.status == 74 && outcome.errors.contains("it has no end; a text has at most 268435456"), "\(outcome.errors)")
        }
    }

    @Test(
        "a pipe that nobody writes to is an error, not a wait",
        arguments: [
            "verify FILE", "identify FILE", "inspect FILE", "hash FILE", "verify MODEL --policy FILE", "verify MODEL --manifest FILE",
            "perplexity -m MODEL -f FILE", "perplexity -m FILE -f MODEL", "decode --type q3_k --blocks FILE -o OUT", "diff FILE FILE",
            "quantize FILE OUT --mix q8_0", "quantize MODEL OUT --mix q8_0 --imatrix FILE", "figures sizes --config FILE",
            "perplexity -m MODEL --kl-base FILE", "conformance --expected-failures FILE",
        ])
    func pipes(line: String) throws {
        let folder = try TemporaryFolder()
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let run = try RunningTool(Self.words(line, file: pipe, folder), in: Repository.root)
        let end = try run.end()
        #expect(end.signal == nil && end.status == 74, "\(end)")
        #expect(end.errors.contains("it is a pipe") && end.errors.contains(pipe), "\(end)")
        #expect(folder.names == ["pipe"])
    }

    @Test("a shell's process substitution serves wherever a stream can")
    func substitution() throws {
        guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else {
            print("SKIPPED: process substitution: there is no bash")
            try Test.cancel("no bash")
        }
        let folder = try TemporaryFolder()
        let model = Repository.root.appendingPathComponent(Self.model).path
        let text = Repository.root.appendingPathComponent(PerplexityCommandTests.text).path
        try Tool.run(["hash", model]).output.write(to: folder.url("manifest"))
        _ = try folder.file("policy", Array(#"{"version": 1, "rules": []}"#.utf8))
        _ = try folder.file("blocks", [UInt8](repeating: 0, count: 110))
        _ = try folder.file("floats", [UInt8](repeating: 0, count: 1024))
        for line in [
            "hash \(model) --check <(cat manifest)", "verify -q \(model) --manifest <(cat manifest)",
            "verify -q \(model) --policy <(cat policy)", "decode --type q3_k --blocks <(cat blocks) -o out",
            "diff <(cat floats) <(cat floats)", "perplexity -m \(model) -c 16 --chunks 1 -f <(sleep 0.2; cat \(text))",
        ] {
            let outcome = try Tool.shell("cd '\(folder.path(""))' && exec /bin/bash -c '\"$HIFI\" \(line)'")
            #expect(outcome.status == 0, "\(line): \(outcome.errors)")
        }
    }

    @Test("a writer that comes a little later is waited for")
    func lateWriter() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.path("pipe")
        let outcome = try Tool.shell(
            """
            mkfifo \(pipe); (sleep 0.3; exec > \(pipe); sleep 0.3; head -c 110 /dev/zero) & \
            "$HIFI" decode --type q3_k --blocks \(pipe) -o \(folder.path("out")); s=$?; wait; exit $s
            """
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try folder.bytes("out").count == 1024)
    }

    @Test("a hundred thousand tensors take memory and time in proportion to the file", arguments: ["verify", "inspect", "identify"])
    func manyTensors(command: String) throws {
        let folder = try TemporaryFolder()
        func usage(_ count: Int) throws -> Usage {
            let usage = try use([command, try folder.file("\(count).gguf", records(count))])
            #expect([0, 1, 2].contains(usage.status), "\(usage)")
            return usage
        }
        let (least, half, whole) = (try usage(1), try usage(50_000), try usage(100_000))
        let size = try folder.bytes("100000.gguf").count >> 10
        print("\(command): \(size) KiB with 100,000 tensors take \(whole.kibibytes - least.kibibytes) KiB above a file with one")
        #expect(whole.kibibytes - least.kibibytes < 48 * size, "\(least) \(whole)")
        #expect(whole.seconds < 3 * half.seconds + 1, "\(half) \(whole)")
    }
}
