import HIFIBlockSpec
import HIFIGGUF

/// Turns the problems that the scan met into findings.
enum StructureRules {
    static func check(_ scan: GGUFScan, into findings: inout FindingCollector) {
        // A cut file loses many tensors at once: `LayoutRules` tells that as one thing.
        for problem in scan.problems where problem.code != .tensorOffsetOutsideFile {
            findings.add(
                RuleSentence(problem.code, about: nameless(problem.subject)), location(of: problem), expected: problem.expected,
                found: problem.found, isUnread: problem.isUnreadKind)
        }
        findings.addOmitted(scan.omittedProblems, as: .limits)
        checkVersion(scan, &findings)
        checkRest(scan, &findings)
    }

    private static func location(of problem: StructuralProblem) -> Finding.Location {
        switch problem.subject {
        case .file: .init(offset: problem.offset)
        case .key(let key, _): .init(key: key.isEmpty ? nil : key, offset: problem.offset)
        case .tensor(let name, _): .init(tensor: name.isEmpty ? nil : name, offset: problem.offset)
        }
    }

    /// What a problem is about, where that has no name.
    private static func nameless(_ subject: StructuralProblem.Subject) -> String? {
        switch subject {
        case .key("", let index): "Metadata entry \(index)"
        case .tensor("", let index): "Tensor record \(index)"
        case .file, .key, .tensor: nil
        }
    }

    private static func checkVersion(_ scan: GGUFScan, _ findings: inout FindingCollector) {
        guard scan.header?.version == 2, scan.header?.byteOrder == .littleEndian else { return }
        findings.add(
            .versionOld(), .init(offset: 4), expected: "version 3", found: "version 2")
    }

    /// What a scan takes as it is, but a model file should not have.
    private static func checkRest(_ scan: GGUFScan, _ findings: inout FindingCollector) {
        if let entry = scan.metadata["general.alignment"], scan.alignment > 1 << 20 || scan.alignment > scan.bytes.count {
            findings.add(
                .alignmentSize(), .init(key: entry.key, offset: entry.valueRange.lowerBound),
                expected: "at most 1 MiB and the file's length", found: "\(scan.alignment)")
        }
        for tensor in scan.tensors {
            guard let control = tensor.nameBytes.firstIndex(where: { $0 != 0 && ($0 < 0x20 || $0 == 0x7F) }) else { continue }
            findings.add(
                .tensorNameNULControl(), .init(tensor: tensor.name, offset: tensor.nameRange.lowerBound + control),
                expected: "printable text", found: "byte \(tensor.nameBytes[control])")
        }
    }
}
