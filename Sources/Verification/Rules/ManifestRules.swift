import GGUF

/// What a manifest says, against the digests taken.
enum ManifestRules {
    /// Lines of the manifest that could not be understood. They count against the first file, since a manifest that cannot
    /// be read does not vouch for anything.
    static func check(_ problems: [ManifestLineProblem], of path: String, into findings: inout FindingCollector) {
        for problem in problems {
            findings.add(
                .manifestUnreadable, .init(file: path), "Manifest, \(problem.description).", expected: "algorithm, digest, name",
                found: problem.reason)
        }
    }

    /// The differences of all files; those about a file that is not among `paths` are put to the first.
    static func check(_ manifest: Manifest, _ digests: [FileDigests], into collectors: inout [FindingCollector]) {
        guard !collectors.isEmpty else { return }
        for difference in manifest.check(against: digests) {
            let (rule, file, tensor) = place(of: difference)
            // A manifest may have been made in another directory.
            let index = digests.firstIndex { $0.fileName == file || lastComponent($0.fileName) == lastComponent(file) } ?? 0
            let (expected, found) = texts(of: difference)
            collectors[index].add(
                rule, .init(tensor: tensor?.printable), difference.description.capitalisedSentence, expected: expected, found: found,
                advice: advice(for: difference), atLeast: isUnchecked(difference) ? .warning : .note)
        }
    }

    private static func lastComponent(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }

    private static func place(of difference: ManifestDifference) -> (rule: Rule, file: String, tensor: String?) {
        switch difference {
        case .fileNotListed(let file): (.manifestTensorExtra, file, nil)
        case .missing(let file, let tensor): (.manifestTensorMissing, file, tensor)
        case .extra(let file, let tensor): (.manifestTensorExtra, file, tensor)
        case .renamed(let file, let from, _): (.manifestTensorMissing, file, from)
        case .typeDiffers(let file, let tensor, _, _), .shapeDiffers(let file, let tensor, _, _): (.headerDigest, file, tensor)
        case .digestDiffers(let target, _, _), .notChecked(let target, _):
            (rule(for: target), name(of: target).file, name(of: target).tensor)
        }
    }

    private static func rule(for target: Manifest.Target) -> Rule {
        switch target {
        case .header: .headerDigest
        case .file, .tensorData, .tensor: .tensorDigest
        }
    }

    private static func name(of target: Manifest.Target) -> (file: String, tensor: String?) {
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
        case .renamed(_, let from, let to): (from.printable, to.printable)
        default: (nil, nil)
        }
    }

    private static func isUnchecked(_ difference: ManifestDifference) -> Bool {
        if case .notChecked = difference { return true }
        return false
    }

    private static func advice(for difference: ManifestDifference) -> String? {
        switch difference {
        case .digestDiffers: "The bytes are not those that the manifest was made from: fetch the file again, or make a new manifest."
        case .fileNotListed: "Check that the manifest belongs to this file."
        default: nil
        }
    }
}
