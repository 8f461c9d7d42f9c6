#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Which file a path leads to, so that links and spellings of one path are seen to be the same.
public struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64

    init(device: UInt64, inode: UInt64) { (self.device, self.inode) = (device, inode) }

    /// Follows symbolic links. Nil where there is nothing, or nothing that the path could open.
    ///
    /// Throws where the system does not say: two paths must not be taken for different files then.
    public init?(path: String) throws(FileError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard [ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG].contains(errno) else {
                throw FileError(path: path, operation: "examine", errorNumber: errno)
            }
            return nil
        }
        self.init(status)
    }

    /// The regular file that a descriptor is open for; nil for terminals, pipes and devices.
    ///
    /// Throws where the system does not say.
    public init?(regularFile descriptor: Int32) throws(FileError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw FileError(path: "/dev/fd/\(descriptor)", operation: "examine", errorNumber: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        self.init(device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
    }
}
