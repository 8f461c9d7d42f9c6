import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// Recognises counts in the fixed header that are off by a little, by what then stands in the wrong place.
enum MiscountedRecords {
    static func check(_ scan: GGUFScan, into findings: inout FindingCollector) {
        checkBehindLast(scan, &findings)
        checkEmptyRecord(scan, &findings)
        checkEntries(scan, &findings)
    }

    /// One more tensor record after the last that the header counts.
    private static func checkBehindLast(_ scan: GGUFScan, _ findings: inout FindingCollector) {
        guard let end = scan.headerEnd, let name = recordName(scan.bytes, at: end) else { return }
        findings.add(
            .hiddenDataRecord(), .init(tensor: name, offset: end),
            expected: "\(scan.tensors.count) records, then padding", found: "a record named \(name)",
            advice: "Download the file again; if it was edited, correct the tensor count.", atLeast: .error)
    }

    /// A record with an empty name is padding or data taken for a record.
    private static func checkEmptyRecord(_ scan: GGUFScan, _ findings: inout FindingCollector) {
        guard let problem = scan.problems.first(where: { $0.code == .tensorNameEmpty }), case .tensor(_, let index) = problem.subject,
            index > 0
        else { return }
        findings.add(
            .tensorTableCutCounted(index: "\(index)"), .init(offset: problem.offset),
            expected: "\(index) records", found: "\(scan.header?.tensorCount ?? 0)",
            advice: "Download the file again; if it was edited, correct the tensor count.")
    }

    /// A metadata entry that is really a tensor record.
    private static func checkEntries(_ scan: GGUFScan, _ findings: inout FindingCollector) {
        guard !scan.problems.isEmpty else { return }
        let end = scan.metadata.last?.valueRange.upperBound ?? 24
        let starts = scan.metadata.map { $0.keyRange.lowerBound - 8 } + (scan.stoppedIn == .metadata ? [end] : [])
        guard let index = starts.firstIndex(where: { recordName(scan.bytes, at: $0) != nil }) else { return }
        findings.add(
            .metadataCutCounted(index: "\(index)"), .init(offset: starts[index]),
            expected: "\(index) entries", found: "\(scan.header?.metadataCount ?? 0)",
            advice: "Download the file again; if it was edited, correct the key count.")
    }

    /// The name of a plausible record: a printable name of 1 to 64 bytes, 1 to 4 dimensions of at least 1, a small type
    /// number, an offset inside the file. Padding (zeros) and data never look like that. Nil, too, where the bytes are not here.
    private static func recordName(_ bytes: ByteView, at start: Int) -> ForeignText? {
        guard bytes.isPresent(start..<max(start, min(bytes.count, start + HeaderExtent.recordBytes))),
            let length = bytes.load(UInt64.self, at: start), (1...64).contains(length),
            let nameBytes = bytes.slice(start + 8..<start + 8 + Int(length)), nameBytes.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        var position = start + 8 + Int(length)
        guard let count = bytes.load(UInt32.self, at: position), (1...4).contains(count) else { return nil }
        position += 4
        for _ in 0..<count {
            guard let dimension = bytes.load(UInt64.self, at: position), (1..<1 << 40).contains(dimension) else { return nil }
            position += 8
        }
        guard let typeID = bytes.load(UInt32.self, at: position), typeID < 1024,
            let offset = bytes.load(UInt64.self, at: position + 4), offset < UInt64(bytes.count)
        else { return nil }
        return ForeignText(decoding: nameBytes)
    }
}
