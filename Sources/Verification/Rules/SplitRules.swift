import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// Whether the parts of a split model belong together. Findings are put to the file they are about.
enum SplitRules {
    /// - Parameter collectors: one for each part, in order; a problem of no part in particular goes to the first.
    static func check(_ set: SplitSet, into collectors: inout [FindingCollector]) {
        func index(_ path: ForeignText) -> Int { set.parts.firstIndex { $0.file.path == path } ?? 0 }
        for problem in set.problems {
            switch problem {
            // What may be there is an error of reading, which the report has, and not of the model.
            case .missingPart(_, let error) where error.isRefusal: continue
            case .missingPart(let number, let error):
                collectors[0].add(
                    .splitPartMissing(number: "\(number)", reason: "\(error)"), .init(), expected: "\(set.count) parts",
                    found: "\(set.parts.count)")
            case .nameNotOfSplitForm(let path, let count):
                add(
                    .splitFileNames(count: "\(count)"), "split.count", path,
                    "a name that ends in -00001-of-0000N.gguf", "\(path.lastPathComponent)")
            case .numberOutOfRange(let path, let number, let count):
                add(
                    .splitNumberRange(), "split.no", path, "below \(count)", "\(number)"
                )
            case .missingKey(let path, let key):
                add(.splitKeysMissing(key: "\(key)"), key, path, "\(key), an integer", "no such key")
            case .wrongKeyType(let path, let key, let found):
                add(.splitKeysInteger(key: "\(key)"), key, path, "an integer", found)
            case .countMismatch(let path, let expected, let found):
                // The loader looks for as many parts as the first one says, under names with that count.
                add(
                    .splitPartsDisagreeCount(), "split.count", path, "\(expected)", "\(found)",
                    atLeast: index(path) == 0 ? .error : .note)
            case .numberMismatch(let path, let expected, let found):
                add(.splitNumberName(), "split.no", path, "\(expected)", "\(found)")
            case .duplicateTensor(let name, let first, let path):
                collectors[index(path)].add(
                    .splitTensorsTwice(first: "\(first)", second: "\(path)"), .init(tensor: name),
                    found: "two tensors of the name")
            case .tensorTotalMismatch(let path, let expected, let found):
                add(
                    .splitTensorsTotal(), "split.tensors.count", path, "\(expected)",
                    "\(found)", atMost: index(path) > 0 && collectors[0].profile == .runtime ? .warning : .error)
            }
        }
        checkLoaderTypes(set, &collectors)
        checkAgreement(set, &collectors)
        if set.count == 1, let file = set.parts.first?.file, let entry = file.metadata["split.count"], entry.integer == 0,
            file.metadata["split.no"]?.integer ?? 0 == 0
        {
            collectors[0].add(
                .splitNumberMerged(), .init(key: "split.count", offset: entry.valueRange.lowerBound),
                expected: "a number below the count, or no such keys", found: "part 0 of 0", atMost: .note)
        }

        func add(
            _ sentence: RuleSentence, _ key: ForeignText, _ path: ForeignText, _ expected: String, _ found: String,
            atLeast floor: Finding.Severity = .note, atMost ceiling: Finding.Severity = .error
        ) {
            let part = index(path)
            collectors[part].add(
                sentence, .init(key: key, offset: offset(key, set.parts[part].file)), expected: expected, found: found, atLeast: floor,
                atMost: ceiling)
        }
    }

    /// The types that the loader named in the specification reads: of the first file's keys where there are several files, of `split.no`
    /// in each; of a file alone `split.count` only.
    private static func checkLoaderTypes(_ set: SplitSet, _ collectors: inout [FindingCollector]) {
        let types: [(key: String, type: MetadataValueType)] = [
            ("split.count", .uint16), ("split.no", .uint16), ("split.tensors.count", .int32),
        ]
        for (index, part) in set.parts.enumerated() where collectors[index].profile == .runtime {
            for (key, type) in types {
                let isRead = index == 0 ? key == "split.count" || set.announcedCount > 1 : key == "split.no"
                guard isRead, let entry = part.file.metadata[key], entry.integer != nil, entry.valueType != type else { continue }
                collectors[index].add(
                    .splitKeysLoader(key: key, loader: Spec.loader.build),
                    .init(key: ForeignText(key), offset: entry.valueRange.lowerBound), expected: type.description,
                    found: entry.typeDescription, advice: "Store it as \(type.description).")
            }
        }
    }

    private static func offset(_ key: ForeignText, _ file: GGUFFile) -> Int? { file.metadata[key.raw]?.valueRange.lowerBound }

    /// Version, alignment and repeated metadata of later parts against the first.
    private static func checkAgreement(_ set: SplitSet, _ collectors: inout [FindingCollector]) {
        guard let first = set.parts.first?.file else { return }
        for (index, part) in set.parts.enumerated().dropFirst() {
            if part.file.scan.header?.version != first.scan.header?.version {
                collectors[index].add(
                    .splitPartsDisagreeVersion(), .init(offset: 4),
                    expected: "version \(first.scan.header?.version ?? 0)", found: "version \(part.file.scan.header?.version ?? 0)")
            }
            if part.file.scan.alignment != first.scan.alignment {
                collectors[index].add(
                    .splitPartsDisagreeAlignment(), .init(key: "general.alignment"),
                    expected: "\(first.scan.alignment)", found: "\(part.file.scan.alignment)")
            }
            for entry in part.file.metadata where !entry.key.hasPrefix("split.") && entry.key != "general.alignment" {
                guard let original = first.metadata[entry.key.raw], original.valueBytes != entry.valueBytes else { continue }
                collectors[index].add(
                    .splitMetadata(), .init(key: entry.key, offset: entry.valueRange.lowerBound),
                    found: "another value")
            }
        }
    }
}
