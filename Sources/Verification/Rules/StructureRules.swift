import GGUF

/// Turns the problems that the scan met into findings.
enum StructureRules {
    static func check(_ scan: GGUFScan, into findings: inout FindingCollector) {
        for problem in scan.problems {
            // A cut file loses many tensors at once: `LayoutRules` tells that as one thing.
            if problem.code == .tensorOffsetOutsideFile, !isAbsurdOffset(problem, scan) { continue }
            findings.add(
                refinedRule(problem, scan), location(of: problem), sentence(problem), expected: problem.expected, found: problem.found,
                advice: advice(for: problem.code), isUnread: problem.isUnreadKind)
        }
        findings.addOmitted(scan.omittedProblems, as: .limits)
        checkVersion(scan, &findings)
        checkRest(scan, &findings)
    }

    /// Whether the offset is none that any file could have (a small negative number, say) rather than one that this file lost.
    private static func isAbsurdOffset(_ problem: StructuralProblem, _ scan: GGUFScan) -> Bool {
        guard case .tensor(_, let index) = problem.subject, scan.tensors.indices.contains(index) else { return false }
        return scan.tensors[index].dataOffset > UInt64(Int64.max)
    }

    /// The rule, where a code stands for several.
    private static func refinedRule(_ problem: StructuralProblem, _ scan: GGUFScan) -> Rule {
        switch problem.code {
        case .tensorOffsetOutsideFile: .offsetRange
        case .truncatedHeader where scan.bytes.count < 4: .magicCut
        default: rule(for: problem.code)
        }
    }

    /// The rule that a problem breaks. Every code has one: a new code does not compile until it is placed here.
    static func rule(for code: StructuralProblem.Code) -> Rule {
        switch code {
        case .emptyFile: .magicCut
        case .badMagic: .magic
        case .foreignFormat: .foreignFormat
        case .truncatedHeader: .headerCut
        case .bigEndian, .versionByteSwapped: .byteOrder
        case .version1: .versionObsolete
        case .versionUnknown: .version
        case .tensorCountImpossible: .tensorCount
        case .metadataCountImpossible: .keyCount
        case .tensorLimitExceeded, .metadataLimitExceeded: .limits
        case .truncatedMetadata: .metadataCut
        case .keyLengthImpossible: .keyLength
        case .keyTooLong: .keyTooLong
        case .keyEmpty: .keyEmpty
        case .keyNotUTF8: .keyEncoding
        case .keyFormUnusual: .keyStyle
        case .duplicateKey: .keyRepeated
        case .duplicateKeyDiffers: .keyContradicted
        case .valueTypeUnknown: .valueType
        case .arrayElementTypeUnknown: .elementType
        case .arrayLengthImpossible: .arrayLength
        case .arrayNested: .arrayNested
        case .arrayNestedTooDeeply: .arrayDepth
        case .boolNotZeroOrOne: .boolean
        case .stringLengthImpossible: .stringLength
        case .stringNotUTF8: .stringEncoding
        case .keyContainsNUL, .stringContainsNUL: .stringNUL
        case .alignmentWrongType: .alignmentType
        case .alignmentZero, .alignmentNotPowerOfTwo, .alignmentNotMultipleOfEight: .alignmentValue
        case .alignmentTooLarge: .alignmentSize
        case .truncatedTensorInfos, .tensorNameLengthImpossible: .tensorTableCut
        case .tensorNameTooLong, .tensorNameFillsBuffer: .tensorNameLength
        case .tensorNameEmpty: .tensorNameEmpty
        case .tensorNameNotUTF8: .tensorNameEncoding
        case .tensorNameContainsNUL: .tensorNameNUL
        case .duplicateTensorName: .tensorNameRepeated
        case .dimensionCountZero: .dimensionless
        case .dimensionCountTooLarge: .dimensionCount
        case .dimensionZero: .dimensionZero
        case .dimensionNegative: .dimensionRange
        case .elementCountOverflow: .elementCount
        case .tensorOffsetUnaligned: .offsetUnaligned
        case .tensorOffsetOutsideFile: .dataOutsideFile
        case .dataSectionMissing: .dataMissing
        }
    }

    private static func location(of problem: StructuralProblem) -> Finding.Location {
        switch problem.subject {
        case .file: .init(offset: problem.offset)
        case .key(let key, _): .init(key: key.isEmpty ? nil : key, offset: problem.offset)
        case .tensor(let name, _): .init(tensor: name.isEmpty ? nil : name, offset: problem.offset)
        }
    }

    private static func sentence(_ problem: StructuralProblem) -> String {
        switch problem.subject {
        case .key("", let index): "Metadata entry \(index): \(problem.code.fact)."
        case .tensor("", let index): "Tensor record \(index): \(problem.code.fact)."
        default: problem.code.fact.capitalisedSentence
        }
    }

    private static func advice(for code: StructuralProblem.Code) -> String? {
        switch code {
        case .emptyFile, .truncatedHeader, .truncatedMetadata, .truncatedTensorInfos, .dataSectionMissing:
            "Download the file again: it is shorter than what it describes."
        case .foreignFormat: "Check where the file came from."
        case .bigEndian: "Files of this byte order are not read. Write the model again on, or for, a little-endian machine."
        case .version1: "Files of this version are not read. Convert it with the tools that wrote it."
        case .versionUnknown, .versionByteSwapped: "Download the file again, or use a newer release of this tool if the version is genuine."
        case .duplicateKey, .duplicateKeyDiffers: "Readers may take either value: remove the wrong one."
        case .tensorOffsetUnaligned: "Write the file again; loaders refuse it."
        default: nil
        }
    }

    private static func checkVersion(_ scan: GGUFScan, _ findings: inout FindingCollector) {
        guard scan.header?.version == 2, scan.header?.byteOrder == .littleEndian else { return }
        findings.add(
            .versionOld, .init(offset: 4), "The file has version 2, which reads like version 3 but is no longer written.",
            expected: "version 3", found: "version 2")
    }

    /// What a scan takes as it is, but a model file should not have.
    private static func checkRest(_ scan: GGUFScan, _ findings: inout FindingCollector) {
        if let entry = scan.metadata["general.alignment"], scan.alignment > 1 << 20 || scan.alignment > scan.bytes.count {
            findings.add(
                .alignmentSize, .init(key: entry.key, offset: entry.valueRange.lowerBound), "The alignment is too large.",
                expected: "at most 1 MiB and the file's length", found: "\(scan.alignment)")
        }
        for tensor in scan.tensors {
            guard let control = tensor.nameBytes.firstIndex(where: { $0 != 0 && ($0 < 0x20 || $0 == 0x7F) }) else { continue }
            findings.add(
                .tensorNameNUL, .init(tensor: tensor.name, offset: tensor.nameRange.lowerBound + control),
                "The tensor's name has a control character.", expected: "printable text", found: "byte \(tensor.nameBytes[control])")
        }
    }
}

extension String {
    /// The phrase as a sentence: first letter large, full stop.
    var capitalisedSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
