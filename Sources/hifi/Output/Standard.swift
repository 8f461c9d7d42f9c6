#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Console

/// The standard streams as plain byte sinks and sources.
enum Standard {
    /// Opens standard input, output and error to nothing where the process was started without them. Otherwise the next file that is
    /// opened would take their place, and what is printed would go into it.
    static func openMissingStreams() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number, which is this one. Reading from an output and writing to an input fail, as on a closed one.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Whether anything was written to standard output.
    nonisolated(unsafe) private(set) static var hasPrinted = false

    /// Writes all bytes. A reader that has gone away ends the program by SIGPIPE, silently. Where that signal is ignored, that is an
    /// error like any other: told on standard error, exit status 74.
    ///
    /// What cannot be written to standard error is lost, and the exit status has to tell.
    static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) {
        if descriptor == STDOUT_FILENO, !bytes.isEmpty { hasPrinted = true }
        bytes.withUnsafeBytes { raw in
            var rest = raw[...]
            while !rest.isEmpty {
                let written = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                let reason = errno
                if written < 0, reason == EINTR { continue }
                if written < 0, reason == EAGAIN {
                    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&entry, 1, -1)
                    continue
                }
                guard written > 0 else {
                    if descriptor == STDERR_FILENO { return }
                    Failure(.inputOutput, "cannot write standard output: \(String(cString: strerror(reason)))").report()
                }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Lines on standard output. Text from elsewhere is printable by its type, `ForeignText`; whatever else got in is made so here.
    static func print(_ text: String) { write(Array((rendered(text) + "\n").utf8)) }

    /// Lines on standard error, made printable likewise.
    static func printError(_ text: String) { write(Array((rendered(text) + "\n").utf8), to: STDERR_FILENO) }

    private static func rendered(_ text: String) -> String { Style.rendered(text, colour: Terminal.outputHasColour) }

    private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
