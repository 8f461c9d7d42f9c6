#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Turns the signal raised by reading a mapped file past a freshly shortened end into a message and an exit status.
public enum TruncationGuard {
    /// The exit status for input/output errors, as in sysexits.h.
    public static let exitStatus: Int32 = 74

    /// Installs the handler for SIGBUS, for the whole process. For programs, not for libraries; calling it again does no harm.
    ///
    /// The handler only removes what is temporary, writes one line to standard error and ends the process: it cannot know how to go
    /// on, since the bytes that were asked for no longer exist.
    public static func install() {
        TemporaryFiles.prepare()
        // Only async-signal-safe calls in here: unlink, write and _exit.
        _ = signal(SIGBUS) { _ in
            TemporaryFiles.removeAll()
            let message: StaticString =
                "hifi: error: a file was truncated while being read (its mapping lost pages); nothing was concluded from it\n"
            _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
            _exit(TruncationGuard.exitStatus)
        }
    }
}
