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

/// Finds the shared libraries of ggml below a folder by the functions they offer, whatever they are called: plain builds,
/// builds with one library per processor, and the libraries inside Python wheels, renamed or linked into one.
struct GGMLFiles {
    /// A library below the folder.
    struct Library {
        let path: String
        let image: ELFImage
        var fileName: String { String(path.split(separator: "/").last ?? "") }
    }

    /// The library with the type traits.
    let base: Library
    /// Libraries with the type traits of processors; several where there is one per instruction set.
    let cpu: [Library]
    /// Every other library below the folder, to be loaded where needed.
    let others: [Library]

    private static let depthLimit = 6
    private static let fileLimit = 20_000

    /// Looks through a folder (links to folders are not followed), or takes a single library. Throws what is missing.
    init(_ path: String) throws(GGMLUnavailable) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw GGMLUnavailable("\(ForeignText(path: path)): \(Platform.message(errno))") }
        var found: Set<String> = []
        if status.st_mode & S_IFMT == S_IFDIR {
            var visited = 0
            Self.collect(path, depth: 0, &visited, &found)
        } else {
            found = [path]
        }
        // Nearer files first, so that a library is preferred to a copy further down.
        let paths = found.sorted { ($0.utf8.count { $0 == 0x2F }, $0) < ($1.utf8.count { $0 == 0x2F }, $1) }
        let machine = Self.ownMachine
        var foreign = 0
        var libraries: [Library] = []
        for path in paths {
            guard let file = try? MappedFile(path: path), let image = ELFImage(file.bytes) else { continue }
            if let machine, image.machine != machine { foreign += 1 } else { libraries.append(Library(path: path, image: image)) }
        }
        let usable = libraries.filter { $0.image.defined.contains("ggml_get_type_traits") }
        guard let base = usable.first else {
            throw GGMLUnavailable(Self.complaint(path, libraries, foreign: foreign))
        }
        self.base = base
        cpu = libraries.filter { $0.image.defined.contains("ggml_get_type_traits_cpu") }
        others = libraries
    }

    private static func complaint(_ path: String, _ libraries: [Library], foreign: Int) -> String {
        if libraries.contains(where: { $0.image.defined.contains("ggml_internal_get_type_traits") }) {
            return
                "\(ForeignText(path: path)): this ggml is from before October 2024 and hands out its type traits by value; use a newer one"
        }
        if !libraries.isEmpty {
            return "\(ForeignText(path: path)): none of its \(libraries.count) shared libraries offers ggml_get_type_traits"
        }
        if foreign > 0 { return "\(ForeignText(path: path)): its \(foreign) shared libraries are for another processor" }
        return "\(ForeignText(path: path)): no shared libraries there (looked for libggml-base.so and the like, also inside folders)"
    }

    /// The processor of this very program, from its own file.
    private static var ownMachine: UInt16? {
        guard let file = try? MappedFile(path: "/proc/self/exe") else { return nil }
        return file.bytes.load(UInt16.self, at: 18)
    }

    private static func collect(_ folder: String, depth: Int, _ visited: inout Int, _ paths: inout Set<String>) {
        guard depth <= depthLimit, let handle = opendir(folder) else { return }
        defer { closedir(handle) }
        var subfolders: [String] = []
        while visited < fileLimit, let entry = readdir(handle) {
            visited += 1
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
                    String(cString: $0)
                }
            }
            guard name != ".", name != ".." else { continue }
            let path = folder + "/" + name
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: subfolders.append(path)
            case S_IFREG, S_IFLNK:
                // Links are taken for what they lead to, and each file once.
                guard name.hasSuffix(".so") || name.contains(".so."), let resolved = realpath(path, nil) else { continue }
                let target = String(cString: resolved)
                free(resolved)
                paths.insert(target)
            default: break
            }
        }
        for subfolder in subfolders.sorted() { collect(subfolder, depth: depth + 1, &visited, &paths) }
    }
}

/// Why there is no usable ggml.
public struct GGMLUnavailable: Error, Hashable, CustomStringConvertible, Sendable {
    /// One line: what, where, why.
    public let description: String

    package init(_ text: String) { description = text }
}
