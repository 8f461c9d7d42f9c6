#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import FoundationEssentials
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Inference

/// A folder of evidence: `evidence.json` and `index.html`, which every machine makes alike, `SHA256SUMS` of them and of what was measured,
/// and `timings.json`.
package enum EvidenceFolder {
    /// Makes the folder, which must not be there or be empty. Nothing is left where one of the files cannot be written.
    ///
    /// - Throws: `file`.
    package static func write(_ evidence: Evidence, _ timings: EvidenceTimings, page: String, to folder: String) throws(RunError) {
        let isNew = try prepare(folder)
        var written: [String] = []
        do throws(FileError) {
            let json = try text(evidence)
            for (name, bytes) in [
                ("evidence.json", json), ("index.html", Array(page.utf8)), ("timings.json", try text(timings)),
                ("SHA256SUMS", sums(evidence, [("evidence.json", json), ("index.html", Array(page.utf8))])),
            ] {
                let path = "\(folder)/\(name)"
                var file = try AtomicFile(path: path)
                try file.write(bytes)
                try file.commit()
                written.append(path)
            }
        } catch {
            for path in written { unlink(path) }
            if isNew { rmdir(folder) }
            throw .file(error)
        }
    }

    /// Throws where a folder cannot become one of evidence, before anything is measured for it.
    package static func check(_ folder: String) throws(RunError) {
        do throws(FileError) {
            guard try FileIdentity(path: folder) != nil else { return }
            guard try FolderWalk.isFolder(folder) else {
                throw FileError(path: folder, operation: "write into", reason: "it is not a folder")
            }
        } catch { throw .file(error) }
        if let entry = firstEntry(folder) {
            throw .file(FileError(path: folder, operation: "write into", reason: "it is not empty (\(ForeignText(path: entry)) is in it)"))
        }
    }

    /// - Returns: whether the folder was made.
    private static func prepare(_ folder: String) throws(RunError) -> Bool {
        try check(folder)
        if mkdir(folder, 0o777) == 0 { return true }
        if errno == EEXIST { return false }
        throw .file(FileError(path: folder, operation: "make the folder", errorNumber: errno))
    }

    private static func firstEntry(_ folder: String) -> String? {
        guard let handle = opendir(folder) else { return nil }
        defer { closedir(handle) }
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { return name }
        }
        return nil
    }

    private static func text(_ value: some Encodable) throws(FileError) -> [UInt8] {
        do { return Array((try JSONText.render(value) + "\n").utf8) } catch {
            throw FileError(path: "evidence.json", operation: "make", reason: "\(error)")
        }
    }

    /// What `sha256sum -c` reads, beside the models and the text.
    private static func sums(_ evidence: Evidence, _ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var lines = files.map { "\(Digest.of(ByteView($0.bytes), .sha256).hex)  \($0.name)" }
        // A split model is digested as a whole, which no tool for single files repeats.
        for subject in [evidence.source] + evidence.models where SplitName(path: subject.name.raw) == nil {
            lines.append("\(subject.sha256)  \(subject.name)")
        }
        lines.append("\(evidence.method.textDigest)  \(evidence.method.text)")
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// Reads what a folder states.
    ///
    /// - Throws: `file`, `malformed`.
    package static func read(_ folder: String) throws(RunError) -> Evidence {
        let path = "\(folder)/evidence.json"
        let text: [UInt8]
        do throws(FileError) { text = try WholeFile.readText(argument: path, .record) } catch { throw .file(error) }
        do {
            let evidence = try JSONDecoder().decode(Evidence.self, from: Data(text))
            guard evidence.kind == Evidence.kindName, evidence.version == 1 else {
                throw RunError.malformed("\(ForeignText(path: path)): it is of a form that is not known here")
            }
            let method = evidence.method
            guard method.firstChunk >= 1, method.lastChunk >= method.firstChunk, (4...1 << 20).contains(method.context) else {
                throw RunError.malformed("\(ForeignText(path: path)): chunks or context are out of range")
            }
            return evidence
        } catch let error as RunError {
            throw error
        } catch {
            throw .malformed("\(ForeignText(path: path)): no evidence, or damaged")
        }
    }
}
