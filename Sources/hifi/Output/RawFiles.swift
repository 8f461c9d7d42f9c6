import FloatFiles
import GGUF

/// Files that commands read and write whole, with errors that name them.
enum RawFiles {
    static func read(_ path: String) throws -> [UInt8] {
        if path == "-" { return try Standard.readInput() }
        do {
            return Array(try MappedFile(path: path).bytes)
        } catch {
            throw Failure(.inputOutput, "\(error)")
        }
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
            throw Failure(.malformed, "\(path): \(error)")
        }
    }

    static func write(_ floats: FloatFile, to path: String) throws { try write(floats.bytes(as: .init(path: path)), to: path) }
}
