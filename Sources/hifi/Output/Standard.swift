#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Foreign

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

    /// Writes all bytes; a reader that has gone away (a closed pipe) ends the program quietly, as is customary. Any other failure is told
    /// on standard error, if that is still there.
    static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) {
        bytes.withUnsafeBytes { raw in
            var rest = raw[...]
            while !rest.isEmpty {
                let written = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if written < 0, errno == EINTR { continue }
                guard written > 0 else {
                    let reason = errno
                    if reason == EPIPE { exit(0) }
                    if descriptor != STDERR_FILENO {
                        Failure(.inputOutput, "cannot write standard output: \(String(cString: strerror(reason)))").report()
                    }
                    exit(Failure.Status.inputOutput.rawValue)
                }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Lines on standard output. Text from elsewhere is printable by its type, `ForeignText`; whatever else may have got in is made so here.
    static func print(_ text: String) { write(Array((Style.rendered(text) + "\n").utf8)) }

    /// Lines on standard error, made printable likewise.
    static func printError(_ text: String) { write(Array((Style.rendered(text) + "\n").utf8), to: STDERR_FILENO) }

    /// The line of a terminal rewritten with another text, or cleared.
    static func rewriteErrorLine(_ text: String = "") {
        write(Array(("\r\u{1B}[K" + Printable.lines(text).replacing("\n", with: " ")).utf8), to: STDERR_FILENO)
    }

    /// Everything that standard input has.
    static func readInput() throws -> [UInt8] { try readAll(STDIN_FILENO, "standard input") }

    /// Everything that a pipe has, to its end.
    static func readAll(_ descriptor: Int32, _ name: String) throws -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure(.inputOutput, "cannot read \(ForeignText(path: name)): \(String(cString: strerror(errno)))")
            }
            if count == 0 { return all }
            all += chunk[..<count]
        }
    }

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
