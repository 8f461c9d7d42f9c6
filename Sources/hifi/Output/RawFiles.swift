#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import FloatFiles
import Foreign
import GGUF

/// Files that commands read and write whole, with errors that name them.
enum RawFiles {
    /// All bytes of a file or a pipe; `-` is standard input.
    static func read(_ path: String) throws -> [UInt8] {
        if path == "-" { return try Standard.readInput() }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFIFO { return try readPipe(path) }
        do {
            return Array(try MappedFile(path: path).bytes)
        } catch {
            throw Failure(.inputOutput, "\(error)")
        }
    }

    private static func readPipe(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(.inputOutput, "\(FileError(path: path, operation: "open", errorNumber: errno))") }
        defer { close(descriptor) }
        return try Standard.readAll(descriptor, path)
    }

    /// Throws where `write` would, for the place alone: before long work, not after it.
    static func checkPlace(_ path: String) throws {
        if path == "-" { return }
        do { _ = try AtomicFile(path: path) } catch { throw Failure(.inputOutput, "\(error)") }
    }

    /// Writes through a temporary file, so that no half file is ever seen under the name; `-` is standard output.
    static func write(_ bytes: [UInt8], to path: String) throws {
        if path == "-" { return Standard.write(bytes) }
        do {
            var file = try AtomicFile(path: path)
            try file.write(bytes)
            try file.commit()
        } catch {
            throw Failure(.inputOutput, "\(error)")
        }
    }

    static func readFloats(_ path: String) throws -> FloatFile {
        do {
            return try FloatFile(bytes: read(path))
        } catch let error as FloatFileError {
            throw Failure(.malformed, "\(ForeignText(path: path)): \(error)")
        }
    }

    static func write(_ floats: FloatFile, to path: String) throws { try write(floats.bytes(as: .init(path: path)), to: path) }
}
