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

/// Files that commands read and write whole, with errors that name them.
enum RawFiles {
    /// All bytes of a file or a pipe, no more than the limit; `-` is standard input.
    static func read(_ path: String, _ limit: WholeFile.Limit) throws -> [UInt8] {
        do throws(FileError) {
            return try WholeFile.read(argument: path, limit)
        } catch { throw Failure(.inputOutput, "\(error)") }
    }

    /// All bytes of a file of UTF-8 text, without the mark that editors put in front of it.
    static func readText(_ path: String, _ limit: WholeFile.Limit) throws -> [UInt8] {
        let bytes = try read(path, limit)
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// Whether a path leads to a pipe, which can be read only once and only from its beginning.
    static func isPipe(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
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
            return try FloatFile(bytes: read(path, .arrays))
        } catch let error as FloatFileError {
            throw Failure(.malformed, "\(ForeignText(path: path)): \(error)")
        }
    }

    static func write(_ floats: FloatFile, to path: String) throws { try write(floats.bytes(as: .init(path: path)), to: path) }
}

/// What is read whole is no larger than this. `hifi --help` has these numbers too.
extension WholeFile.Limit {
    /// Text to be cut into tokens.
    static let text = WholeFile.Limit("a text", 256 << 20)
    /// Blocks or numbers of one tensor.
    static let arrays = WholeFile.Limit("an array", 1 << 30)
    /// A model's `config.json`, a list of expected failures.
    static let settings = WholeFile.Limit("a file of settings", 16 << 20)
    /// Records of perplexities.
    static let record = WholeFile.Limit("a record", 64 << 20)
}
