#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign

/// A file that appears under its name complete or not at all.
///
/// Bytes go to a temporary file in the same directory; `commit` makes them durable and gives them the name. Without a commit, on an error
/// and when the value goes away, the temporary file is gone and whatever had the name before is still there. Where the system has unnamed
/// temporary files (O_TMPFILE), not even a process that is killed leaves one behind; only replacing a file gives it a name for the moment
/// between a link and a rename.
///
/// A file that is replaced keeps its permissions, and its owner as far as the process may set one.
public struct AtomicFile: ~Copyable {
    /// The path that the file will have.
    public let path: String
    /// Bytes written so far.
    public private(set) var count = 0
    /// Where the file goes: `path`, or what it leads to where it is a symbolic link.
    private let target: String
    /// The temporary file's name; nil while it has none.
    private var temporary: TemporaryName?
    private var descriptor: Int32
    /// What an interruption says of the file; nil for files that the user did not name.
    private let announcement: Interruption.Registration?
    private var buffer: [UInt8] = []

    private static let bufferBytes = 1 << 20

    /// Creates the temporary file beside `path`.
    ///
    /// - Parameter isAnnounced: whether an interruption of the program tells what became of the file.
    public init(path: String, isAnnounced: Bool = true) throws(FileError) {
        guard path != "-" else {
            throw FileError(
                path: path, operation: "write",
                reason: "this output must be a file, since it appears complete or not at all; name one (./- for a file of this name)")
        }
        let target = try Self.resolved(path)
        let (directory, name) = Self.split(target)
        guard !name.isEmpty, name != ".", name != ".." else {
            throw FileError(path: path, operation: "write", reason: "the path names no file")
        }
        var status = stat()
        let isThere = stat(path, &status) == 0
        // What is not known cannot be kept.
        guard isThere || errno == ENOENT else { throw FileError(path: path, operation: "create", errorNumber: errno) }
        if isThere, status.st_mode & S_IFMT != S_IFREG {
            throw FileError(path: path, operation: "write", reason: "there is something else of that name, not a regular file")
        }
        let opened: (name: TemporaryName?, descriptor: Int32)
        do { opened = try Self.openTemporary(target, in: directory) } catch {
            throw FileError(path: path, operation: "create", errorNumber: error.number)
        }
        if isThere, let number = Self.takeOver(status, opened.descriptor) {
            close(opened.descriptor)
            opened.name?.remove()
            throw FileError(path: path, operation: "keep the permissions of", errorNumber: number)
        }
        (self.path, self.target) = (path, target)
        (temporary, descriptor) = (opened.name, opened.descriptor)
        announcement = isAnnounced ? Self.announce(path, isThere: isThere) : nil
        buffer.reserveCapacity(Self.bufferBytes)
    }

    deinit {
        announcement?.cancel()
        if descriptor >= 0 { close(descriptor) }
        temporary?.remove()
    }

    private static func announce(_ path: String, isThere: Bool) -> Interruption.Registration {
        let words = "\(ForeignText(path: path)) is \(isThere ? "as it was" : "not written")"
        return Interruption.perform { words }
    }

    /// A temporary file in the target's directory, without a name where that is possible.
    private static func openTemporary(
        _ target: String, in directory: String
    ) throws(TemporaryName.Problem) -> (name: TemporaryName?, descriptor: Int32) {
        if let unnamed = openUnnamed(in: directory) { return (nil, unnamed) }
        let named = try TemporaryName.make(beside: target) { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
        return (named.name, named.result)
    }

    /// A temporary file without a name; nil where the system or the file system has none, or no way to name it later.
    private static func openUnnamed(in directory: String) -> Int32? {
        #if os(Linux)
            // O_TMPFILE, a macro that Swift does not import.
            let unnamed = 0o20000000 | O_DIRECTORY
            guard access("/proc/self/fd", X_OK) == 0 else { return nil }
            let descriptor = open(directory.isEmpty ? "/" : directory, O_WRONLY | unnamed | O_CLOEXEC, 0o666)
            return descriptor >= 0 ? descriptor : nil
        #else
            return nil
        #endif
    }

    /// Gives the new file the permissions of the one that it will replace, and its owner where that is allowed.
    ///
    /// - Returns: the system's error number where the permissions are others in the end.
    private static func takeOver(_ old: stat, _ descriptor: Int32) -> Int32? {
        let isOwned = fchown(descriptor, old.st_uid, old.st_gid) == 0
        // What lets a program run as its owner must not pass to another owner.
        let mode = old.st_mode & (isOwned ? 0o7777 : 0o777)
        guard fchmod(descriptor, mode) != 0 else { return nil }
        let reason = errno
        // A file system that knows no permissions gives every file the same.
        var new = stat()
        return fstat(descriptor, &new) == 0 && new.st_mode & 0o7777 == mode ? nil : reason
    }

    /// The file that an existing path leads to, so that a link is not replaced by a file; other paths as they are.
    private static func resolved(_ path: String) throws(FileError) -> String {
        guard let real = realpath(path, nil) else {
            guard errno == ENOENT else { throw FileError(path: path, operation: "create", errorNumber: errno) }
            return path
        }
        defer { free(real) }
        return String(cString: real)
    }

    /// Directory and last component; "." where there is no directory.
    private static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        return (String(path[..<slash]), String(path[path.utf8.index(after: slash)...]))
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
        if temporary == nil, !Self.link(descriptor, target) { temporary = try named(errno) }
        if let temporary {
            guard rename(temporary.path, target) == 0 else { throw FileError(path: path, operation: "rename to", errorNumber: errno) }
            temporary.forget()
            self.temporary = nil
        }
        if let announcement {
            announcement.cancel()
            Interruption.noteWritten(path)
        }
        let closed = close(descriptor)
        descriptor = -1
        guard closed == 0 else { throw FileError(path: path, operation: "close", errorNumber: errno) }
        try Self.syncDirectory(of: target)
    }

    /// A name for the unnamed file, where the target is taken and must be replaced by renaming.
    private func named(_ reason: Int32) throws(FileError) -> TemporaryName {
        guard reason == EEXIST else { throw FileError(path: path, operation: "create", errorNumber: reason) }
        do {
            return try TemporaryName.make(beside: target) { Self.link(descriptor, $0) ? 0 : -1 }.name
        } catch {
            throw FileError(path: path, operation: "create", errorNumber: error.number)
        }
    }

    /// Links an open file to a path where nothing is yet.
    private static func link(_ descriptor: Int32, _ path: String) -> Bool {
        linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
    }

    /// Makes the new name durable too.
    private static func syncDirectory(of path: String) throws(FileError) {
        let directory = split(path).directory
        let descriptor = open(directory.isEmpty ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // A directory may be such that it can be written to but not read.
            if errno == EACCES { return }
            throw FileError(path: path, operation: "make durable", errorNumber: errno)
        }
        defer { close(descriptor) }
        // Some file systems cannot sync directories; the file itself is safe by then.
        if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP {
            throw FileError(path: path, operation: "make durable", errorNumber: errno)
        }
    }
}
