#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Standard input as a file that can be mapped.
///
/// A file that was redirected to it is mapped as it is. What comes from a pipe is copied into an unnamed temporary file first (in
/// `TMPDIR`, else `/tmp`), which is gone when the program ends, however it ends.
public enum StandardInput {
    /// Longer streams are refused: a stream without an end must not fill the disk.
    public static let limit = 64 << 30

    /// The name under which paths and messages know it.
    public static let path = "-"

    /// A descriptor of a regular file that holds the stream from its beginning.
    static func open() throws(FileError) -> Int32 {
        var status = stat()
        guard fstat(STDIN_FILENO, &status) == 0 else { throw FileError(path: path, operation: "read", errorNumber: errno) }
        if status.st_mode & S_IFMT == S_IFREG, lseek(STDIN_FILENO, 0, SEEK_CUR) == 0 {
            let copy = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { throw FileError(path: path, operation: "read", errorNumber: errno) }
            return copy
        }
        if isatty(STDIN_FILENO) == 1 {
            throw FileError(path: path, operation: "read", reason: "standard input is a terminal; redirect a file or a pipe to it")
        }
        let spool = try unnamedFile()
        do { try copy(to: spool) } catch {
            close(spool)
            throw error
        }
        return spool
    }

    private static var folder: String {
        guard let value = getenv("TMPDIR"), value[0] != 0 else { return "/tmp" }
        return String(cString: value)
    }

    private static func unnamedFile() throws(FileError) -> Int32 {
        let folder = folder
        #if os(Linux)
            // O_TMPFILE, which C headers show to GNU sources only: a bit of its own, and O_DIRECTORY.
            let unnamed = systemOpen(folder, 0o20000000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
            if unnamed >= 0 { return unnamed }
        #endif
        // Not every file system has unnamed files.
        var template = Array("\(folder)/hifi-stdin-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw FileError(path: folder, operation: "create a temporary file in", errorNumber: errno) }
        unlink(template)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        return file
    }

    private static func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
        #if canImport(Glibc)
            Glibc.open(path, flags, mode)
        #elseif canImport(Musl)
            Musl.open(path, flags, mode)
        #else
            Darwin.open(path, flags, mode)
        #endif
    }

    private static func copy(to spool: Int32) throws(FileError) {
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        var total = 0
        while true {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(path: path, operation: "read", errorNumber: errno) }
            if count == 0 { return }
            total += count
            guard total <= limit else {
                throw FileError(path: path, operation: "read", reason: "more than \(limit >> 30) GiB come from the pipe; save it to a file")
            }
            var done = 0
            while done < count {
                let written = chunk.withUnsafeBytes { write(spool, $0.baseAddress.map { $0 + done }, count - done) }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw FileError(path: folder, operation: "keep standard input in", errorNumber: errno) }
                done += written
            }
        }
    }
}

extension MappedFile {
    /// Maps what a command line names: a file, or standard input for `-`, which can be read once.
    public convenience init(argument path: String) throws(FileError) {
        if path == StandardInput.path {
            try self.init(descriptor: try StandardInput.open(), path: path)
        } else {
            try self.init(path: path)
        }
    }
}
