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

/// Where a file is going to be written.
enum OutputPlace {
    /// Throws where `output` is one of the files that are read, by whatever links or names.
    static func check(_ output: String, against inputs: [ForeignText]) throws(QuantizationError) {
        guard let target = try identity(output) else { return }
        for input in inputs where try identity(input.raw) == target {
            throw .outputIsInput(output: ForeignText(path: output), input: input)
        }
    }

    private static func identity(_ path: String) throws(QuantizationError) -> FileIdentity? {
        do throws(FileError) { return try FileIdentity(path: path) } catch { throw .file(error) }
    }

    /// Throws where the file system has less room than the file takes, so that hours of work do not end there.
    ///
    /// What is there under the name stays until the new file is complete, so both must fit. Where the system does not say how
    /// much room it has, writing will find out.
    static func checkRoom(_ output: String, bytes: Int) throws(QuantizationError) {
        var directory = "."
        if let real = realpath(output, nil) {
            defer { free(real) }
            directory = parent(of: String(cString: real))
        } else {
            directory = parent(of: output)
        }
        var system = statvfs()
        guard statvfs(directory, &system) == 0, system.f_blocks > 0 else { return }
        let (free, overflow) = Int(clamping: system.f_bavail).multipliedReportingOverflow(by: Int(clamping: system.f_frsize))
        if !overflow, free < bytes { throw .noSpace(path: ForeignText(path: output), needed: bytes, free: free) }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
