#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The GGUF files below a folder.
///
/// Names that end in `.gguf`, in any case, of all folders below; links are followed, each folder is looked into once, so that a loop of
/// links ends. What begins with a dot is left out, but for the folder that was named itself. The order is that of the names' bytes,
/// a folder's files where its name stands.
public struct FolderWalk: Sendable {
    /// The files found. What is not a regular file is among them: opening it tells.
    public private(set) var files: [String] = []
    /// Folders that could not be read.
    public private(set) var failures: [FileError] = []

    /// More files than this are not listed.
    public static let fileLimit = 100_000

    /// Looks into a folder; `files` and `failures` are never both empty.
    public init(_ folder: String) {
        var seen: Set<FileIdentity> = []
        visit(folder, &seen)
        if files.isEmpty, failures.isEmpty {
            failures.append(FileError(path: folder, operation: "read", reason: "the folder has no file *.gguf"))
        }
    }

    /// Whether a path leads to a folder.
    public static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private mutating func visit(_ folder: String, _ seen: inout Set<FileIdentity>) {
        guard let identity = FileIdentity(path: folder), seen.insert(identity).inserted else { return }
        guard let names = list(folder) else { return }
        for name in names {
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            if Self.isFolder(path) {
                visit(path, &seen)
            } else if name.utf8.suffix(5).map({ $0 | 0x20 }).elementsEqual(".gguf".utf8.map { $0 | 0x20 }) {
                guard files.count < Self.fileLimit else {
                    if files.count == Self.fileLimit, failures.last?.path.raw != folder {
                        failures.append(
                            FileError(path: folder, operation: "read", reason: "there are more than \(Self.fileLimit) files *.gguf"))
                    }
                    return
                }
                files.append(path)
            }
        }
    }

    /// Names in a folder, sorted, without those that begin with a dot; nil, with a failure noted, where it cannot be read.
    private mutating func list(_ folder: String) -> [String]? {
        guard let stream = opendir(folder) else {
            failures.append(FileError(path: folder, operation: "open", errorNumber: errno))
            return nil
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
