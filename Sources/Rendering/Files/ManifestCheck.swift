import Console
import HIFIForeign
import HIFIGGUF

/// What comparing files with a manifest has found, for people and machines.
package struct ManifestCheck: Encodable {
    let manifest: String
    let files: [ForeignText]
    /// Lines of the manifest, and those that were compared.
    let digests: Int
    let compared: Int
    /// Tensors of the files, and those whose data was compared.
    let tensors: Int
    let tensorsCompared: Int
    let filesNotGiven: [ForeignText]
    package let differences: [String]
    /// Files that could not be compared.
    let failures: [FileFailure]

    /// - Parameter wantsAll: whether a file that is listed and was not given is a difference.
    package init(_ manifest: Manifest, path: String, _ digests: [FileDigests], _ failures: [FileFailure], wantsAll: Bool = false) {
        let coverage = manifest.coverage(of: digests)
        (self.manifest, self.failures, files) = (path, failures, digests.map(\.fileName))
        (self.digests, compared) = (coverage.listed, coverage.compared)
        (tensors, tensorsCompared) = (coverage.tensors, coverage.tensorsCompared)
        filesNotGiven = coverage.filesNotGiven
        let missing = wantsAll ? coverage.filesNotGiven.map { "\($0): listed, and not among the files given" } : []
        differences = manifest.check(against: digests).map(\.description) + missing
    }

    package var lines: [String] {
        var lines = differences.map { Style.red("differs") + "  \($0)" }
        let isWhole = tensorsCompared == tensors
        if lines.isEmpty {
            let mark = isWhole ? Style.green("ok") : Style.yellow("ok as far as compared")
            lines.append("\(mark)  \(files.joined(separator: ", ")): as \(ForeignText(path: manifest)) says")
        }
        lines.append("    compared \(compared) of \(digests) digests, the data of \(tensorsCompared) of \(tensors) tensors")
        if !isWhole { lines.append("    the manifest has no digest of the other tensors' data: make one with `hifi hash`") }
        if !filesNotGiven.isEmpty {
            let names = filesNotGiven.prefix(5).joined(separator: ", ") + (filesNotGiven.count > 5 ? ", …" : "")
            lines.append("    not given, though listed: \(names)")
        }
        return lines
    }
}
