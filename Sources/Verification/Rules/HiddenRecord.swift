import GGUF

/// Recognises one more tensor record right behind the last that the header counts: the count is too small.
enum HiddenRecord {
    static func check(_ scan: GGUFScan, into findings: inout FindingCollector) {
        guard let end = scan.headerEnd, let name = recordName(scan.bytes, at: end) else { return }
        findings.add(
            .hiddenData, .init(tensor: name.printable, offset: end),
            "Behind the last tensor record stands what looks like another one: the tensor count is too small, and all data is misplaced.",
            expected: "\(scan.tensors.count) records, then padding", found: "a record named \(name.printable)",
            advice: "Fetch the file again; if it was edited, correct the tensor count.")
    }

    /// The name of a plausible record: a printable name of 1 to 64 bytes, 1 to 4 dimensions of at least 1, a small type
    /// number, an offset inside the file. Padding (zeros) and data never look like that.
    private static func recordName(_ bytes: ByteView, at start: Int) -> String? {
        guard let length = bytes.load(UInt64.self, at: start), (1...64).contains(length),
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
        return String(decoding: nameBytes, as: UTF8.self)
    }
}
