#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The end of a process in the middle of anything, by a fault of its own or for want of memory: temporary files go with it.
enum Trap {
    private static let signals: [Int32] = [SIGABRT, SIGILL, SIGTRAP, SIGFPE, SIGSEGV]
    // Safety: allocated and filled by `install`, before a handler is in force; only read afterwards.
    nonisolated(unsafe) private static let earlier = UnsafeMutablePointer<sigaction>.allocate(capacity: 64)

    /// Installs the handlers. What was in force before (the run-time library's backtraces, a debugger's) comes after them.
    static func install() {
        for number in signals where sigaction(number, nil, earlier + Int(number)) == 0 {
            // Only async-signal-safe calls in here. The signal that is raised comes when this returns.
            _ = signal(number) { number in
                TemporaryFiles.removeAll()
                _ = sigaction(number, Trap.earlier + Int(number), nil)
                _ = raise(number)
            }
        }
    }
}
