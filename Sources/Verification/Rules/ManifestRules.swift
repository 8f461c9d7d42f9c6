import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// What a manifest says, against the digests taken.
enum ManifestRules {
    /// Lines of the manifest that could not be understood. They count against the first file, since a manifest that cannot
    /// be read does not vouch for anything.
    static func check(_ problems: [ManifestLineProblem], of path: ForeignText, into findings: inout FindingCollector) {
        for problem in problems {
            findings.add(
                .manifestUnreadableLine(problem: problem.description), .init(file: path), expected: "algorithm, digest, name",
                found: problem.reason)
        }
    }

    /// A file without a digest vouches for nothing either.
    static func reportNone(_ bytes: ByteView, of path: ForeignText, into findings: inout FindingCollector) {
        findings.add(
            .manifestUnreadableNothing(reason: "\(Manifest.noManifest(bytes))"), .init(file: path), expected: "a manifest",
            found: "no digest")
    }

    /// The differences of all files; those about a file that is not among `paths` are put to the first.
    /// How far each file was compared is put into its draft.
    static func check(
        _ manifest: Manifest, _ digests: [FileDigests], into collectors: inout [FindingCollector], _ drafts: inout [FileReport]
    ) {
        guard !collectors.isEmpty else { return }
        let differences = manifest.check(against: digests)
        for file in digests {
            guard let index = drafts.firstIndex(where: { $0.path == file.fileName }) else { continue }
            drafts[index].coverage.replace(coverage(of: file, manifest, isOnly: digests.count == 1))
        }
        for difference in differences {
            let (file, tensor) = place(of: difference)
            // A manifest may have been made in another directory.
            let index = digests.firstIndex { $0.fileName == file || lastComponent($0.fileName) == lastComponent(file) } ?? 0
            let (expected, found) = texts(of: difference)
            collectors[index].add(
                sentence(difference), .init(tensor: tensor), expected: expected, found: found,
                advice: advice(for: difference), atLeast: isUnchecked(difference) ? .warning : .note)
        }
    }

    /// How far the digests of a file were compared.
    private static func coverage(of file: FileDigests, _ manifest: Manifest, isOnly: Bool) -> Coverage.Item {
        let names = Set(manifest.entries.map { lastComponent($0.target.fileName) })
        let name = lastComponent(file.fileName)
        let entries = manifest.entries.filter { isOnly && names.count == 1 || lastComponent($0.target.fileName) == name }
        let algorithms = Set(file.algorithms)
        var (hasHeader, hasAll) = (false, false)
        var listed: Set<ForeignText> = []
        for entry in entries where algorithms.contains(entry.digest.algorithm) {
            switch entry.target {
            case .header: hasHeader = hasHeader || !file.header.isEmpty
            case .file:
                hasHeader = true
                hasAll = hasAll || !file.file.isEmpty
            case .tensorData: hasAll = hasAll || !file.tensorData.isEmpty
            case .tensor(_, let tensor): listed.insert(tensor)
            }
        }
        let all = file.tensors.count + file.skippedTensors.count
        let compared = hasAll ? all : file.tensors.count { listed.contains($0.name) }
        let what = "\(compared) of \(all) tensors\(hasHeader ? " and the header" : "") with the manifest"
        guard !entries.isEmpty else { return .init(.digests, .unchecked, what, "file not in the manifest") }
        guard compared < all else { return .init(.digests, .checked, what) }
        return .init(
            .digests, compared == 0 ? .unchecked : .partly, what, "digests of \(all - compared) of \(all) tensors not compared")
    }

    private static func lastComponent(_ path: ForeignText) -> Substring { path.raw.split(separator: "/").last ?? "" }

    private static func place(of difference: ManifestDifference) -> (file: ForeignText, tensor: ForeignText?) {
        switch difference {
        case .fileNotListed(let file): (file, nil)
        case .missing(let file, let tensor), .extra(let file, let tensor), .renamed(let file, let tensor, _),
            .typeDiffers(let file, let tensor, _, _), .shapeDiffers(let file, let tensor, _, _):
            (file, tensor)
        case .digestDiffers(let target, _, _), .notChecked(let target, _): name(of: target)
        }
    }

    private static func name(of target: Manifest.Target) -> (file: ForeignText, tensor: ForeignText?) {
        switch target {
        case .header(let file), .file(let file), .tensorData(let file): (file, nil)
        case .tensor(let file, let name): (file, name)
        }
    }

    private static func texts(of difference: ManifestDifference) -> (expected: String?, found: String?) {
        switch difference {
        case .digestDiffers(_, let expected, let found): (expected.description, found.description)
        case .typeDiffers(_, _, let expected, let found): ("type \(expected)", "type \(found)")
        case .shapeDiffers(_, _, let expected, let found): ("\(expected)", "\(found)")
        case .renamed(_, let from, let to): ("\(from)", "\(to)")
        case .fileNotListed(let file): ("a file of the manifest", "\(file.lastPathComponent)")
        case .missing(_, let tensor): ("tensor \(tensor)", "no tensor of the name")
        case .extra(_, let tensor): ("tensors of the manifest only", "tensor \(tensor)")
        case .notChecked(_, let algorithm): ("a \(algorithm.rawValue) digest of the file", "none could be computed")
        }
    }

    /// The difference in one sentence; the location says which file and tensor it is about.
    private static func sentence(_ difference: ManifestDifference) -> RuleSentence {
        switch difference {
        case .fileNotListed: .manifestTensorExtraFile()
        case .missing: .manifestTensorMissingGone()
        case .extra: .manifestTensorExtraTensor()
        case .renamed(_, let from, let to): .manifestTensorMissingRenamed(name: "\(from)", other: "\(to)")
        case .digestDiffers(let target, _, _):
            part(target).map { .tensorDigestDiffers(part: $0) } ?? .headerDigestDiffers()
        case .typeDiffers: .headerDigestType()
        case .shapeDiffers: .headerDigestShape()
        case .notChecked(let target, let algorithm):
            part(target).map { .tensorDigestUnchecked(algorithm: algorithm.rawValue, part: $0) }
                ?? .headerDigestUnchecked(algorithm: algorithm.rawValue)
        }
    }

    /// What of the data a digest is about, in words; nil for the header, which has a rule of its own.
    private static func part(_ target: Manifest.Target) -> String? {
        switch target {
        case .header: nil
        case .file: "the whole file"
        case .tensorData: "all tensor data"
        case .tensor(_, let name): "tensor \(name)"
        }
    }

    private static func isUnchecked(_ difference: ManifestDifference) -> Bool {
        if case .notChecked = difference { return true }
        return false
    }

    private static func advice(for difference: ManifestDifference) -> String? {
        switch difference {
        case .digestDiffers: "The bytes are not those that the manifest was made from: download the file again, or make a new manifest."
        case .fileNotListed: "Check that the manifest belongs to this file."
        default: nil
        }
    }
}
