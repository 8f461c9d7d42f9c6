#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIFiles
import HIFIForeign
import Synchronization

/// A program that is asked by lines on its standard input and answers by lines on its standard output.
///
/// It runs in a process group of its own and under a mark in its environment, so that whatever it starts dies with it, even in another
/// group or session. It is never waited for without a limit unless it was killed, and always reaped.
package final class ChildProcess {
    private let pid: pid_t
    private var input: Int32
    private let output: Int32
    private let errors: Int32
    private let family: ProcessFamily
    /// What an interruption of this program does.
    private let interruption: Interruption.Registration
    /// Received and not yet handed out.
    private var received: [UInt8] = []
    private var outputIsOpen = true
    private var errorsAreOpen = true
    private var errorTail: [UInt8] = []
    /// Set once the process has been reaped.
    package private(set) var status: ExitStatus?

    /// How many bytes of standard error are kept.
    private static let tailLimit = 4096

    /// What came of waiting for a line.
    package enum Event {
        case line([UInt8])
        /// The process ended, or closed its output and was killed.
        case ended(ExitStatus)
        case timeout
        /// More bytes than allowed without an end of line.
        case oversized
    }

    /// Starts a program, looked up in PATH; throws the reason in words.
    package init(_ words: [String]) throws(SpawnFailure) {
        guard let program = words.first else { throw SpawnFailure(reason: "no command", isMissing: true) }
        let mark = ProcessFamily.newMark()
        let started = Self.startLock.withLock { _ in Self.start(words, mark) }
        switch started {
        case .success(let child):
            (pid, input, output, errors) = (child.pid, child.input, child.output, child.errors)
            let family = ProcessFamily(leader: child.pid, mark: mark)
            self.family = family
            interruption = Interruption.perform {
                family.kill()
                return nil
            }
        case .failure(let error):
            let missing = [ENOENT, EACCES, ENOTDIR, ENOEXEC].contains(error.number)
            throw SpawnFailure(reason: "cannot start \(program): \(Platform.message(error.number))", isMissing: missing)
        }
        for end in [input, output, errors] { Platform.makeNonBlocking(end) }
    }

    private static let startLock = Mutex(())

    private struct SystemError: Error {
        let number: Int32
    }

    private static func start(_ words: [String], _ mark: String) -> Result<
        (pid: pid_t, input: Int32, output: Int32, errors: Int32), SystemError
    > {
        let pipes = (0..<3).map { _ in Platform.pipe() }
        let ends = pipes.compactMap { $0 }
        guard ends.count == 3 else {
            let number = errno
            for end in ends.flatMap({ [$0.reading, $0.writing] }) { close(end) }
            return .failure(SystemError(number: number))
        }
        let result = spawn(words, mark, input: ends[0].reading, output: ends[1].writing, errors: ends[2].writing)
        for end in [ends[0].reading, ends[1].writing, ends[2].writing] { close(end) }
        guard result.error == 0 else {
            for end in [ends[0].writing, ends[1].reading, ends[2].reading] { close(end) }
            return .failure(SystemError(number: result.error))
        }
        return .success((result.pid, ends[0].writing, ends[1].reading, ends[2].reading))
    }

    /// Why a program did not start.
    package struct SpawnFailure: Error {
        package let reason: String
        /// There is no such program, or it cannot be executed.
        package let isMissing: Bool
    }

    private static func spawn(_ words: [String], _ mark: String, input: Int32, output: Int32, errors: Int32) -> (pid: pid_t, error: Int32) {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        // A group of its own, no blocked signals, and the usual end by signals that this program may handle or ignore.
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        defer { arguments.forEach { free($0) } }
        var variables = ProcessFamily.environment(marked: mark)
        defer { variables.forEach { free($0) } }
        // One that there is no memory for would end the list.
        guard !arguments.contains(nil), !variables.contains(nil) else { return (0, ENOMEM) }
        arguments.append(nil)
        variables.append(nil)
        var pid: pid_t = 0
        let error = posix_spawnp(&pid, words[0], &actions, &attributes, arguments, variables)
        return (pid, error)
    }

    deinit {
        kill()
        for end in [output, errors] { close(end) }
    }

    /// The last lines of standard error, printable, for messages; empty if there were none.
    package var complaint: String {
        let text = String(decoding: errorTail, as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: true).suffix(8).map { "\(ForeignText(sentence: String($0)))" }.joined(
            separator: "\n")
    }

    /// True while the process has neither ended nor been killed. Reaps it if it has ended.
    package func isRunning() -> Bool {
        if status == nil, hasEnded() { reap() }
        return status == nil
    }

    /// Sends `message` and waits for one line, whichever comes first: the line, the end, too long a line, the deadline.
    ///
    /// Writing and reading go on at the same time, so that two full pipes cannot block each other.
    package func exchange(_ message: [UInt8], lineLimit: Int, deadline: ContinuousClock.Instant) -> Event {
        var unsent = message[...]
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                guard end <= lineLimit else { return .oversized }
                let line = Array(received[..<end])
                received.removeFirst(end + 1)
                return .line(line)
            }
            guard received.count <= lineLimit else { return .oversized }
            guard outputIsOpen, status == nil else { return .ended(endStatus(deadline)) }
            let left = deadline - .now
            guard left > .zero else { return .timeout }
            wait(unsent: &unsent, atMost: left)
            if !isRunning() { drain() }
        }
    }

    /// Waits; a signal may end it early.
    package static func pause(_ time: Duration) { _ = poll(nil, 0, Int32(clamping: max(0, Int64(time / .milliseconds(1))))) }

    /// What came of taking all that a program prints.
    package enum StreamEnd {
        case ended(ExitStatus)
        /// The caller wanted no more, and the process was killed.
        case refused
        case timeout
    }

    /// Sends `message` and the end of the input, and hands out what the program prints, a piece at a time, until the end.
    ///
    /// - Parameter take: false to have no more; the program is killed then.
    package func stream(
        _ message: [UInt8], deadline: ContinuousClock.Instant, _ take: (ArraySlice<UInt8>) -> Bool
    ) -> StreamEnd {
        var unsent = message[...]
        while true {
            if unsent.isEmpty { closeInput() }
            if !received.isEmpty {
                guard take(received[...]) else {
                    kill()
                    return .refused
                }
                received.removeAll(keepingCapacity: true)
                continue
            }
            guard outputIsOpen, status == nil else { return .ended(endStatus(deadline)) }
            let left = deadline - .now
            guard left > .zero else {
                kill()
                return .timeout
            }
            wait(unsent: &unsent, atMost: left)
            // What is still in the pipe of one that has ended comes first.
            if !isRunning() { drain() }
        }
    }

    /// The status of a process that has closed its output: given a moment to end by itself, then killed.
    private func endStatus(_ deadline: ContinuousClock.Instant) -> ExitStatus {
        let patience = min(deadline, .now + .seconds(1))
        while isRunning(), ContinuousClock.now < patience { _ = poll(nil, 0, 5) }
        drain()
        return status ?? kill()
    }

    /// Waits for anything to happen (at most a tenth of a second: a descendant may keep the pipes open after the end) and
    /// moves what bytes it can.
    private func wait(unsent: inout ArraySlice<UInt8>, atMost limit: Duration) {
        // A negative descriptor makes poll pass the entry over.
        var entries = [
            pollfd(fd: outputIsOpen ? output : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errorsAreOpen ? errors : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: unsent.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
        ]
        let milliseconds = Int32(min(100, max(1, limit / .milliseconds(1))))
        guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return }
        if entries[0].revents != 0 { outputIsOpen = Self.read(output) { received += $0 } }
        if entries[1].revents != 0 { readErrors() }
        if entries[2].revents != 0 {
            let (count, error) = unsent.withUnsafeBytes { Platform.writeQuietly(input, $0) }
            if count > 0 {
                unsent = unsent.dropFirst(count)
            } else if count < 0, error != EAGAIN, error != EINTR {
                unsent = []  // nobody reads any more; the answer or the end of the output follows
            }
        }
    }

    /// Takes what the pipes still hold, without waiting.
    private func drain() {
        while outputIsOpen, received.count < 1 << 24 {
            let before = received.count
            outputIsOpen = Self.read(output) { received += $0 }
            if received.count == before { break }
        }
        readErrors()
    }

    private func readErrors() {
        guard errorsAreOpen else { return }
        errorsAreOpen = Self.read(errors) { bytes in
            errorTail += bytes
            if errorTail.count > Self.tailLimit { errorTail.removeFirst(errorTail.count - Self.tailLimit) }
        }
    }

    /// Reads once; false at the end of the stream.
    private static func read(_ descriptor: Int32, _ take: (ArraySlice<UInt8>) -> Void) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0) }
        if count > 0 { take(chunk[..<count]) }
        return count > 0 || (count < 0 && [EAGAIN, EINTR].contains(errno))
    }

    private func hasEnded() -> Bool {
        var info = siginfo_t()
        info.si_signo = 0
        // WNOWAIT leaves the process to be reaped: until then its group id cannot belong to anybody else.
        return waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo != 0
    }

    /// Kills what is left of the family and collects the status. Call only once the process has ended or was killed.
    private func reap() {
        family.kill()
        // From here on the number may belong to another process.
        interruption.cancel()
        var word: Int32 = 0
        while waitpid(pid, &word, 0) < 0, errno == EINTR {}
        status = ExitStatus(word: word)
        closeInput()
    }

    private func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// Kills the process and everything it started, at once.
    @discardableResult
    package func kill() -> ExitStatus {
        if status == nil {
            // Ended by itself a moment ago? Then that is its status.
            reap()
        }
        drain()
        return status ?? .exited(0)
    }

    /// Sends a last message, closes the input and gives the process a moment to go.
    package func dismiss(_ farewell: [UInt8], patience: Duration = .seconds(2)) {
        guard isRunning() else { return }
        _ = farewell.withUnsafeBytes { Platform.writeQuietly(input, $0) }
        closeInput()
        let deadline = ContinuousClock.now + patience
        while isRunning(), ContinuousClock.now < deadline {
            drain()
            received.removeAll()
            _ = poll(nil, 0, 5)
        }
        kill()
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}
