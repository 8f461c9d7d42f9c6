import HIFIFiles
import HIFIForeign

/// Files that commands write whole, and arrays that they read.
enum RawFiles {
    /// Throws where `write` would, for the place alone: before long work, not after it.
    static func checkPlace(_ path: String) throws {
        if path != "-" { _ = try AtomicFile(path: path) }
    }

    /// Writes through a temporary file, so that no half file is ever seen under the name; `-` is standard output.
    static func write(_ bytes: [UInt8], to path: String) throws {
        if path == "-" { return Standard.write(bytes) }
        var file = try AtomicFile(path: path)
        try file.write(bytes)
        try file.commit()
    }

    static func readFloats(_ path: String) throws -> FloatFile {
        do {
            return try FloatFile(bytes: WholeFile.read(argument: path, .arrays))
        } catch let error as FloatFileError {
            throw Failure(.malformed, "\(ForeignText(path: path)): \(error)")
        }
    }

    static func write(_ floats: FloatFile, to path: String) throws { try write(floats.bytes(as: .init(path: path)), to: path) }
}
