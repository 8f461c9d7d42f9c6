#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Synchronization

/// A file that appears under its name complete or not at all.
///
/// Bytes go to a temporary file in the same directory; `commit` makes them durable and renames. Without a commit, on an error and
/// when the value goes away, the temporary file is removed and whatever had the name before is still there.
public struct AtomicFile: ~Copyable {
    /// The path that the file will have.
    public let path: String
    /// Bytes written so far.
    public private(set) var count = 0
    /// Where the file goes: `path`, or what it leads to where it is a symbolic link.
    private let target: String
    private let temporaryPath: String
    private let registration: TemporaryFiles.Registration
    private var descriptor: Int32
    private var buffer: [UInt8] = []

    private static let bufferBytes = 1 << 20
    private static let serial = Atomic<UInt64>(0)

    /// Creates the temporary file beside `path`.
    public init(path: String) throws(FileError) {
        guard path != "-" else {
            throw FileError(
                path: path, operation: "write",
                reason: "standard output is no place for a file that appears complete or not at all; name one (./- for this name)")
        }
        let target = Self.resolved(path)
        let (directory, name) = Self.split(target)
        guard !name.isEmpty, name != ".", name != ".." else {
            throw FileError(path: path, operation: "write", reason: "the path names no file")
        }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw FileError(path: path, operation: "write", reason: "there is something of that name that is no regular file")
        }
        var attempts = 0
        while true {
            let serial = Self.serial.add(1, ordering: .relaxed).newValue
            let temporary = "\(directory)/.\(Self.shortened(name)).\(getpid())-\(serial).tmp"
            // Registered first: an interruption right after the file was made must find it.
            let registration = TemporaryFiles.register(temporary)
            let opened = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if opened >= 0 {
                (self.path, self.target) = (path, target)
                (self.temporaryPath, self.registration, self.descriptor) = (temporary, registration, opened)
                buffer.reserveCapacity(Self.bufferBytes)
                return
            }
            let reason = errno
            TemporaryFiles.unregister(registration)
            attempts += 1
            guard reason == EEXIST, attempts < 100 else { throw FileError(path: path, operation: "create", errorNumber: reason) }
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporaryPath)
        TemporaryFiles.unregister(registration)
    }

    /// The file that an existing path leads to, so that a link is not replaced by a file; other paths as they are.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// Directory and last component; "." where there is no directory.
    private static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        let directory = String(path[..<slash])
        return (directory.isEmpty ? "" : directory, String(path[path.utf8.index(after: slash)...]))
    }

    /// The name, cut so that what is added to it stays within a file system's 255 bytes.
    private static func shortened(_ name: String) -> String {
        name.utf8.count <= 200 ? name : String(decoding: Array(name.utf8.prefix(200)), as: UTF8.self)
    }

    /// Appends bytes.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        if bytes.count >= Self.bufferBytes {
            try flush()
            try writeThrough(bytes)
        } else {
            buffer.append(contentsOf: bytes)
            if buffer.count >= Self.bufferBytes { try flush() }
        }
        count += bytes.count
    }

    /// Appends bytes.
    public mutating func write(_ bytes: [UInt8]) throws(FileError) {
        try bytes.withUnsafeBufferPointer { raw throws(FileError) in try write(UnsafeRawBufferPointer(raw)) }
    }

    /// Appends bytes.
    public mutating func write(_ bytes: ByteView) throws(FileError) {
        try bytes.withUnsafeBytes { raw throws(FileError) in try write(raw) }
    }

    /// Appends `count` zeros.
    public mutating func writeZeros(_ count: Int) throws(FileError) {
        var left = count
        while left > 0 {
            let part = min(left, 4096)
            try write([UInt8](repeating: 0, count: part))
            left -= part
        }
    }

    private mutating func flush() throws(FileError) {
        guard !buffer.isEmpty else { return }
        try buffer.withUnsafeBufferPointer { raw throws(FileError) in try writeThrough(UnsafeRawBufferPointer(raw)) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func writeThrough(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            #if canImport(Glibc)
                let written = Glibc.write(descriptor, base, rest.count)
            #elseif canImport(Musl)
                let written = Musl.write(descriptor, base, rest.count)
            #else
                let written = Darwin.write(descriptor, base, rest.count)
            #endif
            if written < 0 {
                if errno == EINTR { continue }
                throw FileError(path: path, operation: "write", errorNumber: errno)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }

    /// Makes the bytes durable and gives the file its name. After an error the temporary file is gone.
    public consuming func commit() throws(FileError) {
        try flush()
        guard fsync(descriptor) == 0 else { throw FileError(path: path, operation: "write", errorNumber: errno) }
        guard rename(temporaryPath, target) == 0 else { throw FileError(path: path, operation: "rename to", errorNumber: errno) }
        TemporaryFiles.unregister(registration)
        let closed = close(descriptor)
        descriptor = -1
        guard closed == 0 else { throw FileError(path: path, operation: "close", errorNumber: errno) }
        try Self.syncDirectory(of: target)
    }

    /// Makes the new name durable too.
    private static func syncDirectory(of path: String) throws(FileError) {
        let directory = split(path).directory
        let descriptor = open(directory.isEmpty ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }  // a directory that may be written but not read
        defer { close(descriptor) }
        // Some file systems cannot sync directories; the file itself is safe by then.
        if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP {
            throw FileError(path: path, operation: "make durable", errorNumber: errno)
        }
    }
}
