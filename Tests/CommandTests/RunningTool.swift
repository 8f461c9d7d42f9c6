import Foundation
import TestSupport

/// The tool as a process that is still running, so that it can be watched and sent signals.
struct RunningTool {
    let process = Process()
    private let folder: TemporaryFolder

    /// Starts a line of shell, in which `$HIFI` is the tool; with `exec` the shell becomes it.
    init(shell line: String, environment added: [String: String] = [:]) throws {
        try self.init("/bin/sh", ["-c", line], in: Repository.root, added)
    }

    /// Starts the tool in a folder.
    init(_ arguments: [String], in directory: URL, environment added: [String: String] = [:]) throws {
        try self.init(Tool.path, arguments, in: directory, added)
    }

    private init(_ executable: String, _ arguments: [String], in directory: URL, _ added: [String: String]) throws {
        folder = try TemporaryFolder()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = ProcessInfo.processInfo.environment
            .merging(["NO_COLOR": "1", "COLUMNS": "100", "HIFI": Tool.path]) { $1 }.merging(added) { $1 }
        for name in ["out", "err"] { try Data().write(to: folder.url(name)) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: folder.url("out"))
        process.standardError = try FileHandle(forWritingTo: folder.url("err"))
        // A child inherits the signal mask of the thread that starts it, and those of a test are not to be interrupted.
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_UNBLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        // Nor are signals ignored because the tests were started with nohup or in the background.
        for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
        try process.run()
    }

    var pid: Int32 { process.processIdentifier }
    var output: String { (try? folder.bytes("out")).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    /// Waits until a condition holds, the process ends, or a minute is over.
    @discardableResult
    func waitUntil(_ condition: () -> Bool) -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while process.isRunning, ContinuousClock.now < deadline {
            if condition() { return true }
            usleep(2000)
        }
        return condition()
    }

    /// How it ended. `signal` is nil where it ended by itself.
    func end() throws -> (status: Int32, signal: Int32?, output: String, errors: String) {
        let deadline = ContinuousClock.now + .seconds(120)
        while process.isRunning, ContinuousClock.now < deadline { usleep(2000) }
        if process.isRunning { kill(pid, SIGKILL) }
        process.waitUntilExit()
        let bySignal = process.terminationReason == .uncaughtSignal
        let errors = String(decoding: try folder.bytes("err"), as: UTF8.self)
        return (process.terminationStatus, bySignal ? process.terminationStatus : nil, output, errors)
    }
}
