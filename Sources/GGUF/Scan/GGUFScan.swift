import HIFIFiles

/// What one tolerant pass over the structure of a GGUF file found: everything that could be read, and every problem met on the way.
///
/// Scanning never fails: of a file that is not GGUF at all there is just nothing but problems. It reads the header only,
/// takes time linear in its length, and allocates in proportion to what was really read, never to what the file claims.
public struct GGUFScan: Sendable {
    /// The scanned bytes: the whole file.
    public let bytes: ByteView
    /// The fixed header, or nil where the file is shorter than that or does not begin with the GGUF magic.
    public let header: Header?
    /// The metadata entries read, in file order.
    public let metadata: Metadata
    /// The tensor records read, in file order.
    public let tensors: [TensorInfo]
    /// The alignment in force: `general.alignment` where it is usable, otherwise 32.
    public let alignment: Int
    /// Where the last tensor record ends, or nil where the scan stopped before.
    public let headerEnd: Int?
    /// Where tensor data begins (`headerEnd` rounded up to the alignment; may lie past the end of a cut file), or nil as `headerEnd`.
    public let dataStart: Int?
    /// Every problem, in file order as far as the scan went, at most `ScanLimits.problems`.
    public let problems: [StructuralProblem]
    /// How many more problems there were than are kept.
    public let omittedProblems: Int
    /// The section in which the scan had to stop, or nil where it read the whole header.
    public let stoppedIn: Section?

    /// Begins of tensor data in the file, ascending and without repetition.
    let sortedStarts: [Int]
    /// Index of the first record of every name.
    let tensorIndexByName: [ByteView: Int]

    /// The fixed header's fields.
    public struct Header: Hashable, Sendable {
        /// The version as stored, read little-endian.
        public let version: UInt32
        /// The claimed number of tensors, in the byte order detected.
        public let tensorCount: UInt64
        /// The claimed number of metadata entries, in the byte order detected.
        public let metadataCount: UInt64
        /// The byte order that makes sense of version and counts.
        public let byteOrder: ByteOrder
    }

    /// A byte order of a file.
    public enum ByteOrder: String, Hashable, Sendable {
        /// The order of nearly all GGUF files.
        case littleEndian
        /// Recognised, not read.
        case bigEndian
    }

    /// The parts of a header, in file order.
    public enum Section: String, Hashable, Sendable {
        case fixedHeader = "fixed header"
        case metadata
        case tensorInfos = "tensor records"
    }

    /// Scans the bytes of a whole file.
    public static func scan(_ bytes: ByteView, limits: ScanLimits = ScanLimits()) -> GGUFScan {
        bytes.withUnsafeBytes { raw in
            var scanner = Scanner(view: bytes, raw: raw, limits: limits)
            scanner.run()
            return scanner.result()
        }
    }

    /// Scans a file image in memory.
    public static func scan(_ bytes: [UInt8], limits: ScanLimits = ScanLimits()) -> GGUFScan {
        scan(ByteView(bytes), limits: limits)
    }

    /// The first tensor of that name (compared byte by byte), or nil.
    public func tensor(named name: String) -> TensorInfo? {
        tensorIndexByName[ByteView(Array(name.utf8))].map { tensors[$0] }
    }

    /// Where a tensor's data begins, in bytes from the start of the file; nil where that is not inside the file.
    public func start(of tensor: TensorInfo) -> Int? {
        guard let dataStart, let offset = Int(exactly: tensor.dataOffset) else { return nil }
        let (start, overflow) = dataStart.addingReportingOverflow(offset)
        return overflow || start > bytes.count ? nil : start
    }

    /// The bytes reserved for a tensor: from its begin to the next larger begin of any tensor or, for the last, to the end of the file.
    ///
    /// This includes padding, and holds whatever the type id is taken to mean: it is what tells block sizes apart that share an id.
    /// Nil where the tensor does not begin inside the file.
    public func spanBytes(of tensor: TensorInfo) -> Int? {
        guard let start = start(of: tensor) else { return nil }
        var low = 0
        var high = sortedStarts.count
        while low < high {
            let middle = (low + high) / 2
            if sortedStarts[middle] <= start { low = middle + 1 } else { high = middle }
        }
        return (low < sortedStarts.count ? sortedStarts[low] : bytes.count) - start
    }
}
