/// Elements and bytes of one block of a tensor type, the bytes in front of the blocks of each row, and those behind the last row; a
/// plain type like F32 has blocks of one element.
public struct BlockSize: Hashable, Sendable {
    /// Elements (weights) in a block.
    public let elements: Int
    /// Bytes of a block.
    public let bytes: Int
    /// Bytes in front of the first block of each row.
    public let rowHeader: Int
    /// Bytes behind the last row of a tensor.
    public let tail: Int

    /// A block size; elements and bytes must be positive.
    public init(elements: Int, bytes: Int, rowHeader: Int = 0, tail: Int = 0) {
        precondition(elements > 0 && bytes > 0 && rowHeader >= 0 && tail >= 0, "a block has elements and bytes")
        (self.elements, self.bytes, self.rowHeader, self.tail) = (elements, bytes, rowHeader, tail)
    }
}

/// Where the data of every tensor lies, once it is known how large a block of each type is.
///
/// The container does not say how large a type's blocks are, and the same id means different things in different dialects,
/// so the caller brings that knowledge and may compare the layouts that several readings of the ids give.
public struct DataLayout: Sendable {
    /// Where one tensor's data lies.
    public struct Extent: Hashable, Sendable {
        /// Begin, in bytes from the start of the file; nil where that is not inside the file.
        public let start: Int?
        /// Size in bytes by dimensions and block size; nil where the type is unknown or the size cannot be formed.
        public let byteCount: Int?
        /// The bytes of the data; nil where begin or size are nil or the end is not inside the file.
        public let range: Range<Int>?
        /// Bytes to the next begin of a tensor, or to the end of the file.
        public let spanBytes: Int?
        /// The offset (from the start of the data section) at which the upstream loader insists: the padded sizes of all earlier
        /// records added up. Nil once a size is unknown.
        public let contiguousOffset: UInt64?
    }

    /// One extent per tensor record, in the order of records.
    public let extents: [Extent]
    /// Everything irregular, tensor records first, then bytes in file order.
    public let findings: [LayoutFinding]
    /// The last byte that belongs to a tensor, plus one; nil where no extent is known.
    public let dataEnd: Int?
    /// Bytes of fillers that were not looked at, because the limit was reached.
    public let unseenBytes: Int

    /// Works out the layout of a scanned file.
    ///
    /// Needs time O(n log n) in the number of tensors. Offsets that are not aligned or lie past the end of the file are problems
    /// of the scan already and not repeated here. Where the scan stopped early, sizes are known but no places.
    /// - Parameters:
    ///   - fillers: How much of the bytes that belong to no tensor is looked at. All of a sound file's are its padding, which costs
    ///     one page per tensor.
    ///   - blockSize: The block size of a type id, or nil where it is unknown.
    public init(_ scan: GGUFScan, fillers: FillerReading = .all, blockSize: (UInt32) -> BlockSize?) {
        var analysis = LayoutAnalysis(scan: scan, reading: fillers)
        analysis.run(blockSize)
        (extents, findings, dataEnd, unseenBytes) = (analysis.extents, analysis.findings, analysis.dataEnd, analysis.unseenBytes)
    }

    /// The bytes that a tensor with these dimensions takes, or nil where its rows are not whole blocks or the size overflows.
    public static func byteCount(dimensions: [UInt64], block: BlockSize) -> Int? {
        guard let row = Int(exactly: dimensions.first ?? 1), row % block.elements == 0 else { return nil }
        var (total, overflow) = (row / block.elements).multipliedReportingOverflow(by: block.bytes)
        guard !overflow else { return nil }
        (total, overflow) = total.addingReportingOverflow(block.rowHeader)
        for dimension in dimensions.dropFirst() {
            guard !overflow, let extent = Int(exactly: dimension) else { return nil }
            (total, overflow) = total.multipliedReportingOverflow(by: extent)
        }
        guard !overflow else { return nil }
        (total, overflow) = total.addingReportingOverflow(block.tail)
        return overflow ? nil : total
    }
}
