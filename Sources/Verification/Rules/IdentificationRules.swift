import BlockSpec
import GGUF

/// What identification makes of a file, as findings.
struct IdentificationRules {
    private let identification: Identification
    private let scan: GGUFScan

    static func check(_ identification: Identification, _ scan: GGUFScan, into findings: inout FindingCollector) {
        guard !scan.tensors.isEmpty else { return }
        let rules = IdentificationRules(identification: identification, scan: scan)
        rules.checkDialect(&findings)
        rules.checkNumbers(&findings)
        rules.checkRevisions(&findings)
        rules.checkFileType(&findings)
        rules.checkReaders(&findings)
    }

    private func checkDialect(_ findings: inout FindingCollector) {
        guard identification.confidence != .none else {
            // A header that ends early does not say enough.
            guard scan.stoppedIn == nil else { return }
            findings.add(.noDialectFits, .init(), "No dialect fits: \(identification.headline).", advice: evidence(.span))
            return
        }
        let isUpstream = identification.isStock && !identification.hasShiftedIDs
        if !isUpstream { findings.add(.dialect, .init(), "The file holds \(identification.headline).", advice: evidence(.span)) }
        if identification.confidence == .ambiguous {
            findings.add(
                .dialectsDisagree, .init(), "The file fits numberings that give its types different meanings.",
                found: identification.dialects.prefix(8).joined(separator: ", "), advice: identification.ambiguities.first.map { "\($0.decidedBy) would decide" })
        }
    }

    private func checkNumbers(_ findings: inout FindingCollector) {
        if identification.hasShiftedIDs {
            findings.add(
                .stockNumbersShifted, firstTensor { $0 >= 12 }, "Stock types have numbers one higher than upstream's: other readers misread the file.",
                advice: "Renumber the file for upstream's numbering.")
        }
        guard let upstream = Spec.dialect("upstream") else { return }
        for type in identification.types where !identification.hasShiftedIDs {
            guard let format = type.formats.first, let theirs = upstream.type(id: type.id), let other = theirs.formats.first,
                !type.formats.contains(other)
            else { continue }
            findings.add(
                .numberCollides, firstTensor { $0 == type.id }, "Type \(type.id) is \(format) here; upstream readers take it for \(theirs.name).",
                expected: other, found: format)
        }
        if let dialect = identification.dialect.flatMap(Spec.dialect), dialect.family == .forkPython {
            findings.add(
                .pythonBlockSize, .init(), "Numbers and block sizes are those of the fork's Python package, which no library reads.",
                found: dialect.title, advice: "Write the file again with the library of the fork.")
        }
    }

    private func checkRevisions(_ findings: inout FindingCollector) {
        for ambiguity in identification.ambiguities {
            // Formats that decode alike differ in history only; a foreign meaning of the number is told where it is likely.
            guard !ambiguity.decodesAlike, identification.confidence == .ambiguous else { continue }
            findings.add(
                .revisionAmbiguous, firstTensor { $0 == ambiguity.typeID }, "\(ambiguity.text).".capitalised,
                found: ambiguity.formats.prefix(12).joined(separator: ", "), advice: "\(ambiguity.decidedBy) would decide")
        }
        for format in Set(identification.hifiFormats).sorted() {
            if format.hasPrefix("q3_k_hifi@r10") || format.hasPrefix("q3_k_hifi@r11") {
                findings.add(
                    .strideDiffersOnGPU, .init(), "\(format) has another block size on GPUs than on CPUs: the programs of its time disagree.",
                    advice: "Convert it to q3_k_hifi@r13, or to r6 where that is lossless.")
            }
            guard format.hasPrefix("q3_k_hifi@"), format != "q3_k_hifi@r6", format != "q3_k_hifi@r13" else { continue }
            findings.add(.revisionSuperseded, .init(), "\(format) is neither the published nor the newest revision.")
        }
    }

    private func checkFileType(_ findings: inout FindingCollector) {
        guard let fileType = identification.fileType, fileType.agreement == .unassigned, let id = UInt32(exactly: fileType.value),
            let other = Spec.dialects.first(where: { $0.fileType(id: id) != nil }), let meaning = other.fileType(id: id)
        else { return }
        findings.add(
            .fileTypeOfOtherDialect, .init(key: "general.file_type", offset: scan.metadata["general.file_type"]?.valueRange.lowerBound),
            "general.file_type \(id) is no number of the file's dialect.", expected: "a file type of \(identification.dialect ?? "the dialect")",
            found: "\(meaning.name) of \(other.title)")
    }

    private func checkReaders(_ findings: inout FindingCollector) {
        for reader in identification.readers where reader.outcome == .misreads && reader.isOfFilesDialect {
            findings.add(
                .readerMisreads, .init(), "\(reader.title) loads the file and computes something else.",
                advice: reader.reasons.first)
        }
    }

    /// The parts of a set must mean the same by their numbers.
    static func checkAgreement(_ parts: [TensorFormats], into collectors: inout [FindingCollector]) {
        var meanings: [UInt32: String] = [:]
        for (index, part) in parts.enumerated() {
            for type in part.identification?.types ?? [] {
                guard type.formats.count == 1, let format = type.formats.first else { continue }
                if let first = meanings[type.id], first != format {
                    collectors[index].add(
                        .partsOfOneDialect, .init(), "Type \(type.id) is \(format) in this part and \(first) in an earlier one.",
                        expected: first, found: format)
                } else {
                    meanings[type.id] = format
                }
            }
        }
    }

    private func firstTensor(_ matches: (UInt32) -> Bool) -> Finding.Location {
        guard let tensor = scan.tensors.first(where: { matches($0.typeID) }) else { return .init() }
        return .init(tensor: tensor.name.printable, offset: tensor.typeIDOffset)
    }

    private func evidence(_ kind: Identification.Evidence.Kind) -> String? {
        identification.evidence.first { $0.kind == kind }.map(\.text)
    }
}

extension String {
    /// The text with a large first letter.
    var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
