#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Processes

/// The file through which large payloads go: both sides read and write it at offsets that the messages name.
///
/// It is read by copying, never mapped: whatever the other side does to it, the worst is a short read.
final class BulkFile {
    let path: String
    private let descriptor: Int32
    /// Of a file that is this object's own; its name goes with the program, however that ends.
    private let registration: TemporaryFiles.Registration?

    /// What the system had against reading or writing it, the first time: nothing that the other side can be blamed for.
    private(set) var failure: FileError?

    /// A new empty file in memory or the temporary folder, readable by this user only; removed with this object.
    init() throws(BulkError) {
        let folders = ["/dev/shm", getenv("TMPDIR").map { String(cString: $0) } ?? "", "/tmp"]
        for folder in folders where !folder.isEmpty && access(folder, W_OK) == 0 {
            guard let template = strdup("\(folder)/hifi-bulk-XXXXXX") else { continue }
            defer { free(template) }
            let descriptor = mkstemp(template)
            guard descriptor >= 0 else { continue }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            (self.path, self.descriptor) = (String(cString: template), descriptor)
            registration = TemporaryFiles.register(path)
            return
        }
        throw BulkError(reason: "no folder for a temporary file: \(Platform.message(errno))")
    }

    /// A file of another program.
    init(existing path: String) throws(BulkError) {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw BulkError(reason: "cannot open \(ForeignText(path: path)): \(Platform.message(errno))") }
        (self.path, self.descriptor, registration) = (path, descriptor, nil)
    }

    struct BulkError: Error {
        let reason: String
    }

    deinit {
        close(descriptor)
        if let registration {
            unlink(path)
            TemporaryFiles.unregister(registration)
        }
    }

    /// Writes bytes at an offset.
    func write(_ bytes: [UInt8], at offset: Int) throws(BulkError) {
        let complete = bytes.withUnsafeBytes { raw in
            var done = 0
            while done < raw.count {
                let rest = UnsafeRawBufferPointer(rebasing: raw[done...])
                let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    note("write", count < 0 ? errno : ENOSPC)
                    return false
                }
                done += count
            }
            return true
        }
        guard complete else { throw BulkError(reason: failure?.description ?? "cannot write the bulk file") }
    }

    /// Reads exactly `count` bytes; nil if the file does not hold them.
    func read(_ count: Int, at offset: Int) -> [UInt8]? {
        guard offset >= 0, count >= 0, let size = size, offset <= size, count <= size - offset else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        let complete = bytes.withUnsafeMutableBytes { raw in
            var done = 0
            while done < raw.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: raw[done...])
                let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
                if got < 0, errno == EINTR { continue }
                if got < 0 { note("read", errno) }
                guard got > 0 else { return false }
                done += got
            }
            return true
        }
        return complete ? bytes : nil
    }

    private var size: Int? {
        var information = stat()
        if fstat(descriptor, &information) == 0 { return Int(information.st_size) }
        note("examine", errno)
        return nil
    }

    private func note(_ operation: String, _ number: Int32) {
        if failure == nil { failure = FileError(path: path, operation: operation, errorNumber: number) }
    }
}
