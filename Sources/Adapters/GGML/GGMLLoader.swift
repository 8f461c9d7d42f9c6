#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign
import Processes

/// Loads the libraries of a ggml into this process, each after those that it needs. From here on foreign code runs.
struct GGMLLoader {
    private let files: GGMLFiles
    private var loaded: [String: UnsafeMutableRawPointer] = [:]
    /// File name of the processor library in use; empty if there is none.
    private(set) var cpuName = ""
    /// Handles in which functions are looked up.
    private var handles: [UnsafeMutableRawPointer] = []

    init(_ files: GGMLFiles) throws(GGMLUnavailable) {
        self.files = files
        handles.append(try load(files.base, visiting: []))
        let candidates = files.cpu.filter { $0.image.defined.contains("ggml_backend_score") }
        if candidates.count > 1 {
            try loadBest(of: candidates)
        } else if let cpu = files.cpu.first {
            handles.append(try load(cpu, visiting: []))
            cpuName = cpu.fileName
        }
    }

    /// The address of a function, or nil.
    func address(_ symbol: String) -> UnsafeMutableRawPointer? {
        for handle in handles.reversed() {
            if let address = dlsym(handle, symbol) { return address }
        }
        return nil
    }

    /// Of libraries for several instruction sets, the one that rates itself highest on this processor.
    private mutating func loadBest(of candidates: [GGMLFiles.Library]) throws(GGMLUnavailable) {
        typealias Score = @convention(c) () -> Int32
        var best: (score: Int32, library: GGMLFiles.Library, handle: UnsafeMutableRawPointer)?
        for library in candidates {
            loadNeeds(of: library, visiting: [])
            // Not visible to others: all of them define the same names.
            guard let handle = dlopen(library.path, RTLD_LAZY | RTLD_LOCAL), let address = dlsym(handle, "ggml_backend_score") else {
                continue
            }
            let score = unsafeBitCast(address, to: Score.self)()
            if score > best?.score ?? 0 {
                best.map { _ = dlclose($0.handle) }
                best = (score, library, handle)
            } else {
                dlclose(handle)
            }
        }
        guard let best else { throw GGMLUnavailable("none of its \(candidates.count) processor libraries runs on this processor") }
        handles.append(best.handle)
        cpuName = best.library.fileName
    }

    private mutating func load(_ library: GGMLFiles.Library, visiting: Set<String>) throws(GGMLUnavailable) -> UnsafeMutableRawPointer {
        if let handle = loaded[library.path] { return handle }
        loadNeeds(of: library, visiting: visiting)
        standIn(for: library)
        guard let handle = dlopen(library.path, RTLD_LAZY | RTLD_GLOBAL) else {
            let reason = dlerror().map { ForeignText(sentence: String(cString: $0)) } ?? "unknown reason"
            throw GGMLUnavailable("cannot load \(ForeignText(path: library.path)): \(reason)")
        }
        loaded[library.path] = handle
        return handle
    }

    /// Loads needed libraries that lie beside it; the system finds the rest, or says so when the library itself is loaded.
    private mutating func loadNeeds(of library: GGMLFiles.Library, visiting: Set<String>) {
        for name in library.image.needed {
            guard !visiting.contains(name),
                let needed = files.others.first(where: { $0.fileName == name || isVersion($0.fileName, of: name) })
            else { continue }
            _ = try? load(needed, visiting: visiting.union([name, library.fileName]))
        }
    }

    /// `libggml-base.so.0.25.3` serves where `libggml-base.so.0` is needed: links between them are often lost in archives.
    private func isVersion(_ file: String, of name: String) -> Bool { file.hasPrefix(name + ".") || name.hasPrefix(file + ".") }

    /// Defines the symbols of a Python interpreter for a library that cannot be loaded without.
    private func standIn(for library: GGMLFiles.Library) {
        let missing = library.image.undefined.filter { ($0.hasPrefix("Py") || $0.hasPrefix("_Py")) && dlsym(nil, $0) == nil }
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        guard !missing.isEmpty, let template = strdup((folder.isEmpty ? "/tmp" : folder) + "/hifi-stand-in-XXXXXX") else { return }
        defer { free(template) }
        let descriptor = mkstemp(template)
        guard descriptor >= 0 else { return }
        if Platform.writeAll(descriptor, StandInLibrary.bytes(defining: missing.sorted(), machine: library.image.machine)) {
            _ = dlopen(template, RTLD_LAZY | RTLD_GLOBAL)
        }
        close(descriptor)
        unlink(template)
    }
}
