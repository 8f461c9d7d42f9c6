#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign
import Synchronization

/// A regular file mapped into memory for reading, without copying it.
///
/// The mapping lives as long as this object or any view taken from it. A mapping shows what the file holds *now*: another
/// program may change it while it is being read. `checkUnchanged` finds that out afterwards, and `TruncationGuard` turns the
/// signal that reading past a shortened end raises into a clean exit.
public final class MappedFile: @unchecked Sendable {
    // Safety: every stored property is constant; the mapped memory is read-only for this process.

    /// The path as given to `init`.
    public let path: ForeignText
    private let buffer: UnsafeRawBufferPointer
    private let descriptor: Int32
    private let identity: Identity
    /// Whether `path` leads to the file, which it does not for standard input.
    private let isNamed: Bool
    /// Which bytes are here, ascending; nil for a file of which all are. Others are not to be read.
    let present: [Range<Int>]?
    /// Where the bytes of such a file are; nil for one that is mapped here.
    private let room: ReservedRoom?

    /// What must stay the same while a file is being read.
    private struct Identity: Equatable {
        var device: UInt64
        var inode: UInt64
        var size: Int
        var modified: (seconds: Int, nanoseconds: Int)

        init(_ status: stat) {
            device = UInt64(truncatingIfNeeded: status.st_dev)
            inode = UInt64(truncatingIfNeeded: status.st_ino)
            size = Int(status.st_size)
            #if canImport(Darwin)
                modified = (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
            #else
                modified = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
            #endif
        }

        /// One that no other file has.
        init(partial number: UInt64, size: Int) { (device, inode, self.size, modified) = (.max, number, size, (0, 0)) }

        static func == (a: Identity, b: Identity) -> Bool {
            a.device == b.device && a.inode == b.inode && a.size == b.size && a.modified == b.modified
        }
    }

    /// How a range of the file is about to be read; a hint for the system's page cache.
    public enum AccessPattern: Sendable {
        /// From front to back: read far ahead.
        case sequential
        /// Here and there: do not read ahead.
        case random
        /// Soon: begin reading now.
        case willNeed
    }

    /// Opens and maps the file at `path`. An empty file is fine and has no bytes.
    ///
    /// Throws where the path cannot be opened or is not a regular file (a directory, pipe, socket or device).
    public convenience init(path: String) throws(FileError) {
        // Not blocking, since opening a pipe without a writer would wait for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path: path, operation: "open", errorNumber: errno) }
        try self.init(descriptor: descriptor, path: path, isNamed: true)
    }

    /// Maps an open file, and closes it in the end, even where this throws.
    init(descriptor: Int32, path: String, isNamed: Bool = false) throws(FileError) {
        do {
            (buffer, identity) = try Self.map(descriptor, path)
        } catch {
            close(descriptor)
            throw error
        }
        self.path = ForeignText(path: path)
        self.descriptor = descriptor
        self.isNamed = isNamed
        (present, room) = (nil, nil)
    }

    /// Parts of a file that lies elsewhere. Whoever fetched them says whether it changed.
    init(path: ForeignText, partial room: ReservedRoom, present: [Range<Int>]) {
        (self.path, self.room, self.present) = (path, room, present)
        buffer = UnsafeRawBufferPointer(room.bytes)
        (descriptor, isNamed) = (-1, false)
        identity = Identity(partial: Self.partialFiles.add(1, ordering: .relaxed).newValue, size: buffer.count)
    }

    private static let partialFiles = Atomic<UInt64>(0)

    private static func map(_ descriptor: Int32, _ path: String) throws(FileError) -> (UnsafeRawBufferPointer, Identity) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(path: path, operation: "examine", errorNumber: errno) }
        let kind: String? =
            switch status.st_mode & S_IFMT {
            case S_IFREG: nil
            case S_IFDIR: "it is a directory"
            case S_IFIFO: "it is a pipe, which cannot be mapped; save it to a file first"
            case S_IFSOCK: "it is a socket"
            case S_IFCHR, S_IFBLK: "it is a device"
            default: "it is not a regular file"
            }
        if let kind { throw FileError(path: path, operation: "read", reason: kind) }
        let identity = Identity(status)
        guard identity.size > 0 else { return (UnsafeRawBufferPointer(start: nil, count: 0), identity) }
        guard let base = mmap(nil, identity.size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
            throw FileError(path: path, operation: "map", errorNumber: errno)
        }
        return (UnsafeRawBufferPointer(start: base, count: identity.size), identity)
    }

    deinit {
        guard room == nil else { return }
        if let base = buffer.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), buffer.count) }
        close(descriptor)
    }

    /// Which file it is, whatever its path leads to by now.
    public var fileIdentity: FileIdentity { FileIdentity(device: identity.device, inode: identity.inode) }

    /// The size of the file when it was opened.
    public var count: Int { buffer.count }

    /// All bytes; the view keeps this object alive.
    public var bytes: ByteView { ByteView(unchecked: buffer, owner: self) }

    /// Whether all bytes of `part`, which lies in this mapping, are here.
    func isPresent(_ part: UnsafeRawBufferPointer) -> Bool {
        guard let present, let base = buffer.baseAddress, let begin = part.baseAddress, !part.isEmpty else { return true }
        let start = begin - base
        return present.contains { $0.lowerBound <= start && start + part.count <= $0.upperBound }
    }

    /// Tells the system how `range` (nil: the whole file) is about to be read. Only ever a hint: failing is ignored.
    public func advise(_ pattern: AccessPattern, range: Range<Int>? = nil) {
        let range = (range ?? 0..<buffer.count).clamped(to: 0..<buffer.count)
        guard present == nil, let base = buffer.baseAddress, !range.isEmpty else { return }
        let page = max(1, Int(sysconf(Int32(_SC_PAGESIZE))))
        let start = range.lowerBound / page * page
        let advice =
            switch pattern {
            case .sequential: POSIX_MADV_SEQUENTIAL
            case .random: POSIX_MADV_RANDOM
            case .willNeed: POSIX_MADV_WILLNEED
            }
        _ = posix_madvise(UnsafeMutableRawPointer(mutating: base + start), range.upperBound - start, advice)
    }

    /// Takes whole pages within `part`, which lies in this mapping, out of the process; reading them brings them back.
    ///
    /// Not a hint of `advise`: `posix_madvise` ignores that one, since it would lose what was written to private pages. These are
    /// read only, so nothing can be lost.
    func release(_ part: UnsafeRawBufferPointer) {
        // What is in memory alone would be lost.
        guard present == nil, let base = buffer.baseAddress, let begin = part.baseAddress else { return }
        let page = max(1, Int(sysconf(Int32(_SC_PAGESIZE))))
        let first = (begin - base + page - 1) / page * page
        let end = (begin - base + part.count) / page * page
        guard first < end else { return }
        _ = madvise(UnsafeMutableRawPointer(mutating: base + first), end - first, MADV_DONTNEED)
    }

    /// Throws where the file has changed since it was opened, so that what was read may be a mixture of two states.
    ///
    /// Looks at size and modification time of the open file, and whether the path still leads to it. Call it after a scan.
    public func checkUnchanged() throws(FileError) {
        guard descriptor >= 0 else { return }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(path: path.raw, operation: "examine", errorNumber: errno) }
        let now = Identity(status)
        if now.size < identity.size {
            throw changed("it was truncated from \(identity.size) to \(now.size) bytes while being read")
        }
        if now.size > identity.size {
            throw changed("it grew from \(identity.size) to \(now.size) bytes while being read")
        }
        if now != identity { throw changed("it was modified while being read") }
        guard isNamed else { return }
        guard stat(path.raw, &status) == 0 else { throw changed("it was removed or renamed while being read") }
        if Identity(status) != identity { throw changed("it was replaced by another file while being read") }
    }

    private func changed(_ reason: String) -> FileError {
        FileError(path: path.raw, operation: "trust what was read from", reason: reason)
    }
}
