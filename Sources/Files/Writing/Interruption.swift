#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign
import Synchronization

/// What a program does when it is told to end by SIGINT, SIGTERM or SIGHUP: it ends what it started, removes what is temporary, says what
/// was kept, and lets the signal take its course, so that the parent process sees the signal.
///
/// A thread of its own waits for the signals. What is done then may take locks, allocate and write files like any other code. Signals that
/// are ignored when the process starts (nohup, a shell's background) stay ignored.
public enum Interruption {
    /// Something to do, and what to say about it; nil says nothing.
    public typealias Action = @Sendable () -> String?

    /// An action that is wanted until it is cancelled.
    public struct Registration: Sendable {
        fileprivate let number: UInt64

        /// The action is not wanted any more.
        public func cancel() { Interruption.actions.withLock { _ = $0.pending.removeValue(forKey: number) } }
    }

    private struct Actions {
        var pending: [UInt64: Action] = [:]
        var next: UInt64 = 0
        /// Names of files that were completed, the first few.
        var written: [String] = []
    }

    private static let writtenLimit = 8

    private static let actions = Mutex(Actions())
    /// Whether a line on the terminal is being rewritten, which a message must not follow.
    private static let hasOpenLine = Atomic(false)

    /// Adds an action; the newest is done first.
    public static func perform(_ action: @escaping Action) -> Registration {
        actions.withLock { actions in
            actions.next += 1
            actions.pending[actions.next] = action
            return Registration(number: actions.next)
        }
    }

    /// Notes that a file is complete under its name.
    static func noteWritten(_ path: String) {
        actions.withLock { actions in
            let name = "\(ForeignText(path: path))"
            if actions.written.count < writtenLimit, !actions.written.contains(name) { actions.written.append(name) }
        }
    }

    /// Says whether standard error holds a line that is rewritten and has to be cleared before anything else is said.
    public static func setOpenLine(_ isOpen: Bool) { hasOpenLine.store(isOpen, ordering: .relaxed) }

    /// Takes charge of the signals, for the whole process. For programs, not for libraries, before any other thread is started.
    public static func install() {
        TemporaryFiles.prepare()
        handleBrokenPipes()
        Trap.install()
        let wanted = wantedSignals
        guard !wanted.isEmpty else { return }
        var waited = set(of: wanted)
        pthread_sigmask(SIG_BLOCK, &waited, nil)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let failed = pthread_create(
            &thread, nil,
            { _ in
                Interruption.serve()
                return nil
            }, nil)
        if failed == 0 { pthread_detach(threadOf(thread)) } else { pthread_sigmask(SIG_UNBLOCK, &waited, nil) }
    }

    #if canImport(Darwin)
        private static func threadOf(_ thread: pthread_t?) -> pthread_t { thread ?? pthread_self() }
    #else
        private static func threadOf(_ thread: pthread_t) -> pthread_t { thread }
    #endif

    private static var wantedSignals: [Int32] { [SIGINT, SIGTERM, SIGHUP].filter { !isIgnored($0) } }

    private static func set(of signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in signals { sigaddset(&set, number) }
        return set
    }

    /// Waits for a signal, does what is to be done, and ends the process by that signal.
    private static func serve() {
        var waited = set(of: wantedSignals)
        var number: Int32 = 0
        while sigwait(&waited, &number) != 0 {}
        let pending = actions.withLock { actions in
            defer { actions.pending = [:] }
            return actions.pending.sorted { $0.key > $1.key }.map(\.value)
        }
        let words = pending.compactMap { $0() } + writtenFiles
        TemporaryFiles.removeAll()
        say(words.isEmpty ? "nothing is kept" : words.joined(separator: "; "))
        signal(number, SIG_DFL)
        pthread_sigmask(SIG_UNBLOCK, &waited, nil)
        kill(getpid(), number)
        // The signal has ended the process by now, unless a debugger holds it back.
        _exit(128 + number)
    }

    /// Files that were complete before the interruption.
    private static var writtenFiles: [String] {
        let written = actions.withLock(\.written)
        return written.isEmpty ? [] : ["written: " + written.joined(separator: ", ")]
    }

    private static func say(_ words: String) {
        let line = (hasOpenLine.load(ordering: .relaxed) ? "\r\u{1B}[K" : "") + "hifi: interrupted: \(Printable.lines(words))\n"
        line.withCString { _ = write(STDERR_FILENO, $0, strlen($0)) }
    }

    /// A reader that goes away ends the program silently, by SIGPIPE. It comes to the thread that wrote, in the middle of anything.
    private static func handleBrokenPipes() {
        guard !isIgnored(SIGPIPE) else { return }
        _ = signal(SIGPIPE) { number in
            TemporaryFiles.removeAll()
            _ = signal(number, SIG_DFL)
            _ = raise(number)
        }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var present = sigaction()
        guard sigaction(number, nil, &present) == 0 else { return true }
        #if canImport(Darwin)
            let handler = present.__sigaction_u.__sa_handler
        #else
            let handler = present.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
