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
    /// Folders that could not be read to their end, and what could not be told from a folder.
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

    /// Whether a path leads to a folder. Throws where the system does not say; where there is nothing, that is no folder.
    public static func isFolder(_ path: String) throws(FileError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let error = FileError(path: path, operation: "examine", errorNumber: errno)
            if error.isRefusal { throw error }
            return false
        }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether a file of that name is a model.
    private static func isModel(_ name: String) -> Bool {
        name.utf8.suffix(5).map { $0 | 0x20 }.elementsEqual(".gguf".utf8.map { $0 | 0x20 })
    }

    private mutating func visit(_ folder: String, _ seen: inout Set<FileIdentity>) {
        do throws(FileError) {
            guard let identity = try FileIdentity(path: folder), seen.insert(identity).inserted else { return }
        } catch {
            failures.append(error)
            return
        }
        guard let names = list(folder) else { return }
        for name in names {
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            let isFolder: Bool
            do throws(FileError) { isFolder = try Self.isFolder(path) } catch {
                failures.append(error)
                continue
            }
            if isFolder {
                visit(path, &seen)
            } else if Self.isModel(name) {
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

    /// Names in a folder, sorted, without those that begin with a dot; nil, with a failure noted, where it cannot be opened. Where it
    /// cannot be read to its end, a failure tells that there may be more.
    private mutating func list(_ folder: String) -> [String]? {
        guard let stream = opendir(folder) else {
            failures.append(FileError(path: folder, operation: "open", errorNumber: errno))
            return nil
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            // The end and an error look the same but for this number.
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { failures.append(FileError(path: folder, operation: "read", errorNumber: errno)) }
                break
            }
            let (name, isWhole) = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                    (String(cString: $0), String(validatingCString: $0) != nil)
                }
            }
            if name.hasPrefix(".") { continue }
            // The path of such a file cannot be said, so opening it would fail by a name that nothing has.
            guard isWhole || Int32(entry.pointee.d_type) == Int32(DT_REG) && !Self.isModel(name) else {
                failures.append(
                    FileError(
                        path: "\(folder)/\(name)", operation: "open", reason: "its name is not UTF-8: rename it, or name it by a link"))
                continue
            }
            names.append(name)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
