import Foundation
import TestSupport
import Testing

/// The built command line in a child process, with its own limits and signals.
struct Child {
    static let tool: String = {
        let test = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent("hifi").path
    }()

    let process = Process()
    private let folder: TemporaryFolder

    /// Starts the tool in `folder`, through a shell that sets `limits` first.
    init(_ arguments: [String], in directory: TemporaryFolder, limits: String = ":") throws {
        folder = try TemporaryFolder()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "\(limits); exec \"$0\" \"$@\"", Self.tool] + arguments
        process.currentDirectoryURL = directory.root
        process.environment = ProcessInfo.processInfo.environment.merging(["NO_COLOR": "1"]) { $1 }
        for name in ["out", "err"] { _ = try folder.file(name, []) }
        process.standardOutput = try FileHandle(forWritingTo: folder.root.appendingPathComponent("out"))
        process.standardError = try FileHandle(forWritingTo: folder.root.appendingPathComponent("err"))
        // A child inherits the signal mask of the thread that starts it, and those of a test are not to be interrupted.
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_UNBLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    func wait() throws -> (status: Int32, output: String, errors: String) {
        process.waitUntilExit()
        let (out, err) = (try folder.bytes("out"), try folder.bytes("err"))
        return (process.terminationStatus, String(decoding: out, as: UTF8.self), String(decoding: err, as: UTF8.self))
    }
}

@Suite("hifi quantize and convert as commands")
struct ToolTests {
    @Test("a result for people and one for machines")
    func results() throws {
        let trial = try Trial()
        let text = try Child(["quantize", "in.gguf", "out.gguf", "--mix", "q3_k_m"], in: trial.folder).wait()
        #expect(text.status == 0 && text.errors.isEmpty, "\(text.errors)")
        #expect(text.output.contains("q3_k_m") && text.output.contains("bits per weight"))
        #expect(try sha256(trial.folder.bytes("out.gguf")) == RecordedFileTests.digests["q3_k_m"])

        let arguments = ["quantize", "in.gguf", "b.gguf", "--mix", "q3_k_hifi", "--format", "json", "--threads", "2"]
        let json = try Child(arguments, in: trial.folder).wait()
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(report["hifi"] as? String == "q3_k_hifi@r6")
        #expect(report["bytes"] as? Int == (try trial.folder.bytes("b.gguf").count))

        let converted = try Child(["convert", "b.gguf", "c.gguf", "--to", "r12", "--format", "json"], in: trial.folder).wait()
        #expect(converted.status == 0 && converted.output.contains("\"convertedTensors\" : 10"), "\(converted.output)\(converted.errors)")
        let verified = try Child(["verify", "-q", "b.gguf", "c.gguf"], in: trial.folder).wait()
        #expect(verified.status == 0)
    }

    @Test("a dry run lists every tensor and writes nothing")
    func dryRun() throws {
        let trial = try Trial()
        let outcome = try Child(["quantize", "in.gguf", "out.gguf", "--mix", "q3_k_hifi", "--dry-run"], in: trial.folder).wait()
        #expect(outcome.status == 0 && outcome.output.contains("blk.7.ffn_up.weight"))
        #expect(trial.folder.names == ["in.gguf"])
    }

    @Test(
        "exit statuses",
        arguments: [
            (["quantize", "in.gguf", "out.gguf", "--mix", "q3"], 64), (["quantize", "in.gguf", "in.gguf", "--mix", "q6_k"], 64),
            (["quantize", "in.gguf", "out.gguf", "--mix", "q6_k", "--imatrix", "in.gguf"], 2),
            (["quantize", "none.gguf", "out.gguf", "--mix", "q6_k"], 74), (["quantize", "in.gguf", "no/out.gguf", "--mix", "q6_k"], 74),
            (["quantize", "in.gguf", "out.gguf", "--mix", "q6_k", "--threads", "0"], 64),
            (["quantize", "in.gguf", "out.gguf", "--mix", "q6_k", "--dialect", "nobody"], 64),
            (["convert", "in.gguf", "out.gguf"], 64), (["convert", "in.gguf", "out.gguf", "--to", "r12"], 64),
            (["convert", "in.gguf", "out.gguf", "--to", "q4_k"], 64),
            (["convert", ConvertTests.tiny, "out.gguf", "--to", "r5"], 1),
        ] as [([String], Int32)])
    func statuses(arguments: [String], status: Int32) throws {
        let trial = try Trial()
        let outcome = try Child(arguments, in: trial.folder).wait()
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("hifi: error: ") && outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        #expect(trial.folder.names == ["in.gguf"])
    }

    @Test("a full disk, or a limit on the size of files, is an error and leaves no half file")
    func fileSizeLimit() throws {
        let trial = try Trial()
        _ = try trial.folder.file("out.gguf", Array("precious".utf8))
        // In blocks of 512 bytes, as POSIX has it.
        let outcome = try Child(["quantize", "in.gguf", "out.gguf", "--mix", "q6_k"], in: trial.folder, limits: "ulimit -f 2000").wait()
        #expect(outcome.status == 74, "\(outcome.errors)")
        #expect(outcome.errors.contains("out.gguf"))
        #expect(trial.folder.names == ["in.gguf", "out.gguf"])
        #expect(try trial.folder.bytes("out.gguf") == Array("precious".utf8))
    }

    @Test("an interrupted run leaves no file", arguments: [SIGINT, SIGTERM, SIGHUP, SIGKILL])
    func interruption(signal: Int32) throws {
        // Large enough to be caught in the middle: some 0.2 s of searching on one thread without vectors.
        var shape = GGUFBuilder.Qwen3Shape()
        shape.vocabulary = 8192
        let trial = try Trial(.smallQwen3(shape))
        var caught: Child?
        // On a busy machine a run may be over before this thread gets to look at it.
        for _ in 0..<50 where caught == nil {
            let child = try Child(
                ["quantize", "in.gguf", "out.gguf", "--mix", "q4_k_m", "--threads", "1"], in: trial.folder,
                limits: "export HIFI_FORCE_ISA=scalar")
            let pid = child.process.processIdentifier
            while child.process.isRunning, !Self.isWriting(pid, trial.folder) { usleep(500) }
            kill(pid, SIGSTOP)
            if Self.isWriting(pid, trial.folder) {
                caught = child
            } else {
                kill(pid, SIGCONT)
                #expect(try child.wait().status == 0)
                try FileManager.default.removeItem(at: trial.folder.url("out.gguf"))
            }
        }
        let child = try #require(caught, "every run was over before it could be interrupted")
        let pid = child.process.processIdentifier
        // Where the file system has no unnamed files, nobody removes the named one of a process that is killed.
        let isNamed = trial.folder.names.contains { $0.hasSuffix(".tmp") }
        if isNamed, signal == SIGKILL { print("NOT CHECKED: the temporary folder's file system has no unnamed files (O_TMPFILE)") }
        kill(pid, signal)
        kill(pid, SIGCONT)
        let outcome = try child.wait()
        #expect(child.process.terminationReason == .uncaughtSignal && outcome.status == signal)
        if !(isNamed && signal == SIGKILL) { #expect(trial.folder.names == ["in.gguf"]) }
    }

    /// Whether the process has a temporary file open in the folder: one without a name, or one named `.tmp`.
    private static func isWriting(_ pid: Int32, _ folder: TemporaryFolder) -> Bool {
        if folder.names.contains(where: { $0.hasSuffix(".tmp") }) { return true }
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")) ?? []
        return open.contains { number in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/fd/\(number)")
            return target.map { $0.hasPrefix(folder.path("")) && $0.hasSuffix(" (deleted)") } ?? false
        }
    }
}
