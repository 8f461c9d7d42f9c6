import HIFIFiles

/// The tolerant parser behind `GGUFScan.scan`: one pass over the header that writes down problems and goes on where it can.
///
/// It stops only where the position of the next field is no longer known: at the end of the bytes, at a length that reaches
/// past it, at a value type without a known size, at more dimensions than any record has.
struct Scanner {
    let view: ByteView
    let raw: UnsafeRawBufferPointer
    let limits: ScanLimits

    var position = 0
    var header: GGUFScan.Header?
    var entries: [MetadataEntry] = []
    /// Position in `entries` of the first entry of every key (entries that are not kept make it differ from the entry's own index).
    var entryByKey: [ByteView: Int] = [:]
    var tensors: [TensorInfo] = []
    var tensorByName: [ByteView: Int] = [:]
    var alignment = Scanner.defaultAlignment
    var headerEnd: Int?
    var dataStart: Int?
    var problems: [StructuralProblem] = []
    var omittedProblems = 0
    var stoppedIn: GGUFScan.Section?

    /// The alignment of files that do not state one.
    static let defaultAlignment = 32
    /// Magic, version, tensor count, metadata count.
    static let fixedHeaderBytes = 24

    init(view: ByteView, raw: UnsafeRawBufferPointer, limits: ScanLimits) {
        self.view = view
        self.raw = raw
        self.limits = limits
    }

    /// Bytes not yet read.
    var remaining: Int { raw.count - position }

    mutating func run() {
        guard let header = readFixedHeader() else {
            stoppedIn = .fixedHeader
            return
        }
        guard readMetadata(count: header.metadataCount) else {
            stoppedIn = .metadata
            return
        }
        chooseAlignment()
        guard readTensorInfos(count: header.tensorCount) else {
            stoppedIn = .tensorInfos
            return
        }
        locateData()
    }

    func result() -> GGUFScan {
        GGUFScan(
            bytes: view, header: header, metadata: Metadata(entries: entries, indexByKey: entryByKey), tensors: tensors,
            alignment: alignment, headerEnd: headerEnd, dataStart: dataStart, problems: problems, omittedProblems: omittedProblems,
            stoppedIn: stoppedIn, sortedStarts: sortedStarts(), tensorIndexByName: tensorByName)
    }

    /// Reads a little-endian integer and moves on, or returns nil at the end of the bytes.
    mutating func read<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) -> T? {
        guard MemoryLayout<T>.size <= remaining else { return nil }
        defer { position += MemoryLayout<T>.size }
        return T(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: T.self))
    }

    /// The bytes of `range`, which the caller knows to lie inside.
    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: raw[range])
    }

    mutating func note(
        _ code: StructuralProblem.Code, at offset: Int, _ subject: StructuralProblem.Subject, expected: String, found: String
    ) {
        guard problems.count < limits.problems else {
            omittedProblems += 1
            return
        }
        problems.append(StructuralProblem(code: code, offset: offset, subject: subject, expected: expected, found: found))
    }

    /// Notes that `needed` bytes at the current position are more than there are: cut off where the claim is plausible, else impossible.
    mutating func noteShortfall(
        of what: String, needed: UInt64, at offset: Int, _ subject: StructuralProblem.Subject,
        truncated: StructuralProblem.Code, impossible: StructuralProblem.Code
    ) {
        note(
            needed >= limits.plausibleBytes ? impossible : truncated, at: offset, subject,
            expected: "\(needed) bytes of \(what)", found: "\(remaining) bytes to the end of the file")
    }
}

// MARK: - The fixed header

extension Scanner {
    mutating func readFixedHeader() -> GGUFScan.Header? {
        guard !raw.isEmpty else {
            note(.emptyFile, at: 0, .file, expected: "a GGUF file", found: "0 bytes")
            return nil
        }
        let magic: [UInt8] = Array("GGUF".utf8)
        let start = bytes(0..<min(4, raw.count))
        let reversed = start.elementsEqual(magic.reversed())
        guard start.elementsEqual(magic) || reversed else {
            noteForeignMagic(start)
            return nil
        }
        position = 4
        guard let version = read(UInt32.self), let tensorCount = read(UInt64.self), let metadataCount = read(UInt64.self) else {
            note(
                .truncatedHeader, at: raw.count, .file, expected: "\(Self.fixedHeaderBytes) bytes of fixed header",
                found: "\(raw.count) bytes")
            return nil
        }
        let swapped = version.byteSwapped
        let looksSwapped = version > 0xffff && (1...99).contains(swapped)
        // A file written on a big-endian machine has its counts swapped too; a damaged version field stands alone.
        let countsSwapped = tensorCount.byteSwapped <= tensorCount && metadataCount.byteSwapped <= metadataCount
        let bigEndian = looksSwapped && (reversed || countsSwapped)
        if reversed, !bigEndian {
            position = 0
            note(.badMagic, at: 0, .file, expected: "47 47 55 46 (GGUF)", found: "46 55 47 47 (FUGG)")
            return nil
        }
        let header = GGUFScan.Header(
            version: version, tensorCount: bigEndian ? tensorCount.byteSwapped : tensorCount,
            metadataCount: bigEndian ? metadataCount.byteSwapped : metadataCount, byteOrder: bigEndian ? .bigEndian : .littleEndian)
        self.header = header
        if bigEndian {
            note(.bigEndian, at: 4, .file, expected: "a little-endian file", found: "a big-endian file of version \(swapped)")
        } else if looksSwapped {
            note(
                .versionByteSwapped, at: 4, .file, expected: "version 2 or 3",
                found: "\(version), which is \(swapped) with its bytes swapped, in a little-endian file")
        } else if version == 1 {
            note(.version1, at: 4, .file, expected: "version 2 or 3", found: "version 1")
        } else if version != 2, version != 3 {
            note(.versionUnknown, at: 4, .file, expected: "version 2 or 3", found: "version \(version)")
        } else {
            return header
        }
        return nil
    }

    private mutating func noteForeignMagic(_ start: UnsafeRawBufferPointer) {
        if start.count < 4, start.elementsEqual("GGUF".utf8.prefix(start.count)) {
            note(
                .magicCut, at: raw.count, .file, expected: "\(Self.fixedHeaderBytes) bytes of fixed header", found: "\(raw.count) bytes")
        } else if let format = ForeignFormat(recognising: raw) {
            note(.foreignFormat, at: 0, .file, expected: "a GGUF file", found: format.name)
        } else {
            let hex = start.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: " ")
            note(.badMagic, at: 0, .file, expected: "47 47 55 46 (GGUF)", found: hex)
        }
    }
}
