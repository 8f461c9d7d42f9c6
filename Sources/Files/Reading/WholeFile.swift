#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files and pipes that are read whole into memory, up to a stated size.
///
/// A regular file is refused by its size before anything is read. Pipes and devices are read until they end or reach the limit. A pipe
/// that has a name and no writer is not waited for: a writer has two seconds to come.
public enum WholeFile {
    /// How large a file of some kind may be.
    public struct Limit: Sendable, Hashable {
        /// What kind of file it is, with its article: "a manifest".
        public let kind: String
        /// The largest size in bytes.
        public let bytes: Int

        /// Creates a limit for a kind of file, which errors name.
        public init(_ kind: String, _ bytes: Int) { (self.kind, self.bytes) = (kind, bytes) }
    }

    /// How long a writer of a named pipe is waited for.
    static let writerPatience = Duration.seconds(2)

    /// All bytes of what an argument names: a file, a pipe, a device; `-` is standard input.
    public static func read(argument path: String, _ limit: Limit) throws(FileError) -> [UInt8] {
        path == "-" ? try readAll(STDIN_FILENO, "standard input", limit) : try read(path, limit)
    }

    /// The bytes of UTF-8 text, without the mark that editors put in front of it.
    package static func readText(argument path: String, _ limit: Limit) throws(FileError) -> [UInt8] {
        let bytes = try read(argument: path, limit)
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// All bytes of a file, a pipe or a device.
    ///
    /// - Throws: ``FileError``; the reason names size and limit where there are too many.
    public static func read(_ path: String, _ limit: Limit) throws(FileError) -> [UInt8] {
        // Not blocking, since opening a pipe without a writer would wait for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path: path, operation: "open", errorNumber: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(path: path, operation: "examine", errorNumber: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw FileError(path: path, operation: "read", reason: "it is a directory")
        case S_IFREG where Int(status.st_size) > limit.bytes: throw tooLarge(path, "it has \(status.st_size) bytes", limit)
        default: break
        }
        return try readAll(descriptor, path, limit, awaitsWriter: status.st_mode & S_IFMT == S_IFIFO && isNamed(path))
    }

    /// Everything that an open file or pipe still has, to its end.
    ///
    /// - Parameters:
    ///   - name: for errors.
    ///   - awaitsWriter: whether it is a pipe, opened without blocking, whose writer may be yet to come.
    public static func readAll(
        _ descriptor: Int32, _ name: String, _ limit: Limit, awaitsWriter: Bool = false
    ) throws(FileError) -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var writerIsAwaited = awaitsWriter
        let deadline = ContinuousClock.now + writerPatience
        while true {
            let count = systemRead(descriptor, &chunk)
            let reason = errno
            if count > 0 {
                guard count <= limit.bytes - all.count else { throw tooLarge(name, "it has no end", limit) }
                all += chunk[..<count]
                writerIsAwaited = false
            } else if count < 0 {
                if reason == EINTR { continue }
                guard reason == EAGAIN else { throw FileError(path: name, operation: "read", errorNumber: reason) }
                // Empty, with a writer: one that has not written yet, or not more.
                writerIsAwaited = false
                wait(descriptor, milliseconds: -1)
            } else {
                // The end, or no writer so far. One that has come and gone leaves bytes to read, or a mark that it hung up.
                guard writerIsAwaited else { return all }
                let events = wait(descriptor, milliseconds: 0)
                if events & Int16(POLLIN) != 0 { continue }
                if events & Int16(POLLHUP) != 0 { return all }
                guard ContinuousClock.now < deadline else {
                    throw FileError(path: name, operation: "read", reason: "it is a pipe that nobody writes to")
                }
                _ = poll(nil, 0, 10)
            }
        }
    }

    private static func tooLarge(_ path: String, _ what: String, _ limit: Limit) -> FileError {
        FileError(path: path, operation: "read", reason: "\(what); \(limit.kind) has at most \(limit.bytes)")
    }

    /// Whether a pipe lies in a folder. Others (`/dev/fd/63`, a shell's `<(…)`) have a writer from the start, even if that is done by now.
    private static func isNamed(_ path: String) -> Bool {
        guard let real = realpath(path, nil) else { return false }
        free(real)
        return true
    }

    /// Waits for something to read; the events that poll tells.
    @discardableResult
    private static func wait(_ descriptor: Int32, milliseconds: Int32) -> Int16 {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0 ? entry.revents : 0
    }
}

/// What is read whole is no larger than this. `hifi --help` has these numbers too.
extension WholeFile.Limit {
    /// Text to be cut into tokens.
    package static let text = WholeFile.Limit("a text", 256 << 20)
    /// Blocks or numbers of one tensor.
    package static let arrays = WholeFile.Limit("an array", 1 << 30)
    /// A model's `config.json`, a list of expected failures.
    package static let settings = WholeFile.Limit("a file of settings", 16 << 20)
    /// Records of perplexities.
    package static let record = WholeFile.Limit("a record", 64 << 20)
}

private func systemRead(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int { read(descriptor, &buffer, buffer.count) }
