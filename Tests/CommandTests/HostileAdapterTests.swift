import Foundation
import TestSupport
import Testing

@Suite("Adapters that hang, flood, lie and leave children")
struct HostileAdapterTests {
    /// An adapter that does `answer` for each request and `start` before the greeting, both lines of Python.
    private func adapter(_ folder: TemporaryFolder, start: String = "pass", answer: String = "say(id, skipped='no')") throws -> String {
        let script = """
            import json, os, signal, subprocess, sys, time
            def say(id, **members):
                print(json.dumps({"id": id, **members}), flush=True)
            \(start)
            for line in sys.stdin:
                ask = json.loads(line)
                id = ask.get("id")
                if ask["op"] == "bye":
                    break
                if ask["op"] == "hello":
                    bulk = ask["bulk"]
                    open(\(folder.path("bulk").debugDescription), "w").write(bulk)
                    say(id, protocol=1, name="odd", version="1")
                    continue
                \(answer)
            """
        return try folder.file("adapter.py", Array(script.utf8))
    }

    private static let python = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

    private func requirePython() throws {
        guard !Self.python else { return }
        print("SKIPPED: hostile adapters: there is no /usr/bin/python3")
        try Test.cancel("no python3")
    }

    /// A suite of one file, since most of a run's time goes into reading all of them.
    private static let vectors: TemporaryFolder? = try? {
        let folder = try TemporaryFolder()
        let file = "decode/q3_k.json"
        let line = try #require(try Repository.text("Vectors/index.json").split(separator: "\n").first { $0.contains(file) })
        let entry = try #require(
            try JSONSerialization.jsonObject(with: Data(line.drop { $0 != "{" }.prefix { $0 != "}" }.utf8 + [0x7D])) as? [String: Any])
        let index: [String: Any] = ["suite": "1.0.0", "cases": entry["cases"] ?? 0, "files": [entry]]
        try FileManager.default.createDirectory(at: folder.url("decode"), withIntermediateDirectories: true)
        try JSONSerialization.data(withJSONObject: index).write(to: folder.url("index.json"))
        _ = try folder.file(file, Repository.bytes("Vectors/\(file)"))
        _ = try folder.file("notes.json", Repository.bytes("Vectors/notes.json"))
        return folder
    }()

    /// The options of a short run against an adapter.
    private func words(_ script: String) throws -> [String] {
        let vectors = try #require(Self.vectors)
        return ["conformance", "--exec", "python3 \(script)", "--filter", "id:q3_k-dec-00000*", "--vectors", vectors.path("")]
    }

    private func run(_ script: String, _ more: String...) throws -> Tool.Outcome { try Tool.run(try words(script) + more) }

    @Test("the deadline of an answer holds for the greeting")
    func greeting() throws {
        try requirePython()
        let folder = try TemporaryFolder()
        let began = ContinuousClock.now
        let outcome = try run(try adapter(folder, start: "time.sleep(1000)"), "--timeout", "1")
        #expect(outcome.status == 69 && outcome.errors.contains("no greeting within 1.0 s"), "\(outcome.errors)")
        #expect(ContinuousClock.now - began < .seconds(30))
    }

    @Test("a reason of any length leaves a bounded report", arguments: ["json", "html"])
    func longReason(format: String) throws {
        try requirePython()
        let folder = try TemporaryFolder()
        let outcome = try run(try adapter(folder, answer: "say(id, error='A' * 900000)"), "--format", format)
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("(900000 bytes in all)") && outcome.output.count < 200_000, "\(outcome.output.count)")
    }

    @Test("a payload's size is compared before it is read", arguments: [1 << 40])
    func grownBulkFile(bytes: Int) throws {
        try requirePython()
        let folder = try TemporaryFolder()
        let answer = "os.truncate(bulk, \(bytes)); say(id, floats={'offset': 0, 'bytes': \(bytes)})"
        let outcome = try run(try adapter(folder, answer: answer))
        #expect(outcome.exited && outcome.status == 1, "\(outcome.errors)")
        #expect(outcome.text.contains("an answer of \(bytes) bytes; 1024 are right for this request"), "\(outcome.text.prefix(500))")
    }

    @Test("after three hangs in a row the rest is reported as not run, and the run is red whatever was expected")
    func hangs() throws {
        try requirePython()
        let folder = try TemporaryFolder()
        let script = try adapter(folder, answer: "time.sleep(1000)")
        let began = ContinuousClock.now
        let list = try folder.file("list", Array("* hangs\n".utf8))
        let outcome = try run(script, "--timeout", "1", "--format", "json", "--expected-failures", list)
        #expect(outcome.status == 1 && ContinuousClock.now - began < .seconds(60))
        let report = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
        let outcomes = try #require(report["results"] as? [[String: Any]]).compactMap { $0["outcome"] as? String }
        #expect(outcomes.count > 4 && outcomes.prefix(3) == ["xfail", "xfail", "xfail"])
        #expect(outcomes.dropFirst(3).allSatisfy { $0 == "not-run" }, "\(outcomes)")
    }

    // MARK: - What is left

    /// Whether a process is there and not just waiting to be collected.
    private func isAlive(_ pid: Int32) -> Bool {
        guard kill(pid, 0) == 0 else { return false }
        return (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8))?.contains(") Z ") == false
    }

    private func number(_ folder: TemporaryFolder, _ name: String) -> Int32? {
        (try? folder.bytes(name)).flatMap { Int32(String(decoding: $0, as: UTF8.self)) }
    }

    @Test(
        "nothing that an adapter started survives it, in whatever group or session",
        arguments: [
            ("", "say(id, skipped='no')"), (", start_new_session=True", "say(id, skipped='no')"),
            (", start_new_session=True", "time.sleep(1000)"),
            (", preexec_fn=lambda: os.setpgid(0, 0)", "say(id, skipped='no')"),
            (", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True", "os.abort()"),
        ])
    func children(options: String, answer: String) throws {
        try requirePython()
        let folder = try TemporaryFolder()
        let pid = folder.path("pid").debugDescription
        let start = "open(\(pid), 'w').write(str(subprocess.Popen(['sleep', '600']\(options)).pid))"
        _ = try run(try adapter(folder, start: start, answer: answer), "--timeout", "1")
        let child = try #require(number(folder, "pid"))
        for _ in 0..<200 where isAlive(child) { usleep(20_000) }
        #expect(!isAlive(child), "the child survives")
        kill(child, SIGKILL)
    }

    @Test("interrupted, the program ends its adapter and takes the bulk file away", arguments: [SIGINT, SIGTERM, SIGHUP])
    func interruption(signal: Int32) throws {
        try requirePython()
        let folder = try TemporaryFolder()
        let start = "open(\(folder.path("pid").debugDescription), 'w').write(str(os.getpid()))"
        let answer = "open(\(folder.path("asked").debugDescription), 'w').close()\n    while True: pass"
        let script = try adapter(folder, start: start, answer: answer)
        let run = try RunningTool(try words(script), in: Repository.root)
        #expect(run.waitUntil { folder.names.contains("asked") })
        let (adapter, bulk) = (try #require(number(folder, "pid")), String(decoding: try folder.bytes("bulk"), as: UTF8.self))
        #expect(isAlive(adapter) && FileManager.default.fileExists(atPath: bulk))
        kill(run.pid, signal)
        let end = try run.end()
        #expect(end.signal == signal && end.errors.hasPrefix("hifi: interrupted: "), "\(end)")
        for _ in 0..<200 where isAlive(adapter) { usleep(20_000) }
        #expect(!isAlive(adapter) && !FileManager.default.fileExists(atPath: bulk))
        kill(adapter, SIGKILL)
    }

    // MARK: - Libraries

    /// A shared library whose section table names one table of symbols that many times.
    private func library(symbolTables count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        func put(_ value: some FixedWidthInteger, at offset: Int) {
            withUnsafeBytes(of: value.littleEndian) { bytes.replaceSubrange(offset..<offset + $0.count, with: $0) }
        }
        let (symbols, names) = (10_000, [UInt8](repeating: UInt8(ascii: "a"), count: 999) + [0])
        let table = 64 + 64 * (count + 1)
        bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
        put(UInt16(3), at: 16)
        #if arch(arm64)
            put(UInt16(183), at: 18)
        #else
            put(UInt16(62), at: 18)
        #endif
        put(UInt64(64), at: 40)
        put(UInt16(64), at: 58)
        put(UInt16(count + 1), at: 60)
        bytes += [UInt8](repeating: 0, count: 64 * (count + 1))
        func section(_ index: Int, kind: UInt32, _ range: Range<Int>, link: Int) {
            put(kind, at: 64 + 64 * index + 4)
            put(UInt64(range.lowerBound), at: 64 + 64 * index + 24)
            put(UInt64(range.count), at: 64 + 64 * index + 32)
            put(UInt32(link), at: 64 + 64 * index + 40)
        }
        bytes += names
        section(0, kind: 3, table..<table + names.count, link: 0)
        for index in 0..<count { section(index + 1, kind: 11, table + names.count..<table + names.count + 24 * symbols, link: 0) }
        for index in 0..<symbols {
            bytes += [UInt8](repeating: 0, count: 24)
            put(UInt32(index % 900), at: bytes.count - 24)
            put(UInt16(1), at: bytes.count - 18)
        }
        return bytes
    }

    @Test("a library takes time in proportion to its size, however often its section table names one table")
    func symbolTables() throws {
        let folder = try TemporaryFolder()
        func seconds(_ count: Int) throws -> Double {
            let path = try folder.file("libggml-base-\(count).so", library(symbolTables: count))
            let began = ContinuousClock.now
            let outcome = try Tool.run(["conformance", "--ggml", path, "--vectors", try #require(Self.vectors).path("")])
            #expect(outcome.status == 69 && outcome.errors.contains("none of its 1 shared libraries offers"), "\(outcome.errors)")
            return (ContinuousClock.now - began) / .seconds(1)
        }
        let one = try seconds(1)
        #expect(try seconds(3000) < 10 * one + 5)
    }
}
