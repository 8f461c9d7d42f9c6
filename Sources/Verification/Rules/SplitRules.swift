import BlockSpec
import GGUF

/// Whether the parts of a split model belong together. Findings are put to the file they are about.
enum SplitRules {
    /// - Parameter collectors: one for each part, in order; a problem of no part in particular goes to the first.
    static func check(_ set: SplitSet, into collectors: inout [FindingCollector]) {
        func index(_ path: String) -> Int { set.parts.firstIndex { $0.file.path == path } ?? 0 }
        for problem in set.problems {
            let text = problem.description.capitalisedSentence
            switch problem {
            case .missingPart:
                collectors[0].add(.splitPartMissing, .init(), text, expected: "\(set.count) parts", found: "\(set.parts.count)")
            case .nameNotOfSplitForm(let path, _): collectors[index(path)].add(.splitFileNames, .init(key: "split.count"), text)
            case .missingKey(let path, let key), .wrongKeyType(let path, let key, _):
                collectors[index(path)].add(.splitKeys, .init(key: key, offset: offset(key, set.parts[index(path)].file)), text)
            case .countMismatch(let path, let expected, let found):
                add(.splitPartsDisagree, "split.count", path, text, expected, found)
            case .numberMismatch(let path, let expected, let found):
                add(.splitNumber, "split.no", path, text, expected, found)
            case .duplicateTensor(let name, _, let path):
                collectors[index(path)].add(.splitTensors, .init(tensor: name.printable), text)
            case .tensorTotalMismatch(let path, let expected, let found):
                add(.splitTensors, "split.tensors.count", path, text, expected, found)
            }
        }
        checkAgreement(set, &collectors)

        func add(_ rule: Rule, _ key: String, _ path: String, _ text: String, _ expected: Int, _ found: Int) {
            let part = index(path)
            collectors[part].add(
                rule, .init(key: key, offset: offset(key, set.parts[part].file)), text, expected: "\(expected)", found: "\(found)")
        }
    }

    private static func offset(_ key: String, _ file: GGUFFile) -> Int? { file.metadata[key]?.valueRange.lowerBound }

    /// Version, alignment and repeated metadata of later parts against the first.
    private static func checkAgreement(_ set: SplitSet, _ collectors: inout [FindingCollector]) {
        guard let first = set.parts.first?.file else { return }
        for (index, part) in set.parts.enumerated().dropFirst() {
            if part.file.scan.header?.version != first.scan.header?.version {
                collectors[index].add(
                    .splitPartsDisagree, .init(offset: 4), "The part has another version than the first.",
                    expected: "version \(first.scan.header?.version ?? 0)", found: "version \(part.file.scan.header?.version ?? 0)")
            }
            if part.file.scan.alignment != first.scan.alignment {
                collectors[index].add(
                    .splitPartsDisagree, .init(key: "general.alignment"), "The part has another alignment than the first.",
                    expected: "\(first.scan.alignment)", found: "\(part.file.scan.alignment)")
            }
            for entry in part.file.metadata where !entry.key.hasPrefix("split.") && entry.key != "general.alignment" {
                guard let original = first.metadata[entry.key], original.valueBytes != entry.valueBytes else { continue }
                collectors[index].add(
                    .splitMetadata, .init(key: entry.key.printable, offset: entry.valueRange.lowerBound),
                    "The part repeats a key of the first part with another value; readers take the first part's.")
            }
        }
    }
}
