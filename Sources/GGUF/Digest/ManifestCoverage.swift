import HIFIForeign

/// How much of a manifest, and how much of the files given, a comparison reached.
///
/// Equal digests say something about what was compared only. A manifest may list files that were not given, or have no digest that sees
/// a tensor's data.
public struct ManifestCoverage: Hashable, Sendable {
    /// Digests in the manifest.
    public fileprivate(set) var listed = 0
    /// Of those, the ones that a digest taken from the files was compared with, equal or not.
    public fileprivate(set) var compared = 0
    /// Tensors in the files.
    public fileprivate(set) var tensors = 0
    /// Of those, the ones whose data one of the compared digests covers: their own, that of all tensor data, or that of the file.
    public fileprivate(set) var tensorsCompared = 0
    /// Files that the manifest lists and that were not given, in its order.
    public fileprivate(set) var filesNotGiven: [ForeignText] = []

    /// Whether every tensor of the files was compared.
    public var coversAllTensors: Bool { tensorsCompared == tensors }
}

extension Manifest {
    /// What `check(against:)` compares of these files.
    public func coverage(of files: [FileDigests]) -> ManifestCoverage {
        var coverage = ManifestCoverage()
        coverage.listed = entries.count
        var given: Set<ForeignText> = []
        for (file, entries) in zip(files, entries(for: files)) {
            coverage.tensors += file.tensorCount
            guard let entries else { continue }
            given.formUnion(entries.lazy.map(\.target.fileName))
            coverage.add(entries, file)
        }
        coverage.filesNotGiven = fileNames.filter { !given.contains($0) }
        return coverage
    }
}

extension ManifestCoverage {
    fileprivate mutating func add(_ entries: [Manifest.Entry], _ file: FileDigests) {
        let byName = Dictionary(file.tensors.map { ($0.name, $0) }) { first, _ in first }
        var seen: Set<ForeignText> = []
        var seesAll = false
        for entry in entries {
            guard file.digests(of: entry.target, byName).contains(where: { $0.algorithm == entry.digest.algorithm }) else { continue }
            compared += 1
            switch entry.target {
            case .header: break
            case .file: seesAll = true
            case .tensorData: seesAll = seesAll || file.skippedTensors.isEmpty
            case .tensor(_, let name): seen.insert(name)
            }
        }
        tensorsCompared += seesAll ? file.tensorCount : seen.count
    }
}

extension FileDigests {
    /// Tensors of the file, digested or not.
    fileprivate var tensorCount: Int { tensors.count + skippedTensors.count }
}
