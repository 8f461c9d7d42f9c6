import HIFIGGUF

/// How much room each tensor has, whatever its type id means.
///
/// Built from the offsets in the header alone, so that it holds for a file that is cut as well; only the room of the tensor that
/// lies last depends on where the file ends.
struct SpanTable: Sendable {
    /// The room of one tensor.
    struct Span: Sendable {
        /// Bytes to the next tensor's begin or, for the last, to the end of the file; nil where that is not known.
        let bytes: UInt64?
        /// No tensor begins after this one, so that anything may follow its data.
        let isLast: Bool
    }

    /// One entry for each tensor record.
    let spans: [Span]
    let alignment: UInt64

    /// Takes O(n log n) in the number of tensors.
    init(_ scan: GGUFScan) {
        alignment = UInt64(max(1, scan.alignment))
        let starts = scan.tensors.map(\.dataOffset).sorted()
        // Behind a header that could not be read to its end there may be more tensors than were seen.
        let dataBytes: UInt64? =
            scan.stoppedIn == nil ? scan.dataStart.flatMap { $0 <= scan.bytes.count ? UInt64(scan.bytes.count - $0) : nil } : nil
        spans = scan.tensors.map { tensor in
            let own = tensor.dataOffset
            let next = Self.firstIndex(in: starts, above: own)
            if next < starts.count { return Span(bytes: starts[next] - own, isLast: false) }
            guard let dataBytes, own <= dataBytes else { return Span(bytes: nil, isLast: true) }
            return Span(bytes: dataBytes - own, isLast: true)
        }
    }

    /// Index of the first entry larger than `value`.
    private static func firstIndex(in sorted: [UInt64], above value: UInt64) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// How a tensor's span and a block size go together.
public enum SpanFit: String, Sendable, Hashable, Codable, CaseIterable {
    /// The data fill the span but for less than the alignment.
    case exact
    /// The last tensor of the file: more bytes follow than the alignment asks for.
    case trailing
    /// The last tensor of the file: the file ends before its data do.
    case cut
    /// The span is not known, so nothing is said.
    case unknown
    /// The next tensor begins before the data end.
    case overlap
    /// More bytes follow than the alignment asks for.
    case gap
    /// The row length is not a whole number of blocks, or the size cannot be formed.
    case shape
    /// The type id has no meaning in the dialect.
    case untyped

    /// The span speaks against the block size.
    public var contradicts: Bool {
        switch self {
        case .exact, .trailing, .cut, .unknown: false
        case .overlap, .gap, .shape, .untyped: true
        }
    }

    /// The span neither speaks for the block size nor rules it out.
    var isLoose: Bool { self == .trailing || self == .cut }
}

/// The dimensions of a tensor, ready for block arithmetic.
struct TensorExtent: Sendable {
    let rowElements: UInt64
    /// Nil where the product of the dimensions does not fit.
    let elements: UInt64?
    let span: SpanTable.Span

    init(_ tensor: TensorInfo, _ span: SpanTable.Span) {
        rowElements = tensor.rowElements
        elements = tensor.elementCount.map(UInt64.init)
        self.span = span
    }

    /// Bytes of the data in blocks of this size, with headers of rows and the end of the tensor; nil where they are not whole blocks or do
    /// not fit.
    func bytes(_ block: HIFIGGUF.BlockSize) -> UInt64? {
        guard let elements, rowElements.isMultiple(of: UInt64(block.elements)) else { return nil }
        let (blocks, overflow) = (elements / UInt64(block.elements)).multipliedReportingOverflow(by: UInt64(block.bytes))
        guard !overflow, block.rowHeader + block.tail > 0 else { return overflow || blocks > UInt64(Int64.max) ? nil : blocks }
        let rows = rowElements == 0 ? 0 : elements / rowElements
        let (headers, tooMany) = rows.multipliedReportingOverflow(by: UInt64(block.rowHeader))
        let (extra, tooBig) = headers.addingReportingOverflow(UInt64(block.tail))
        let (bytes, tooLong) = blocks.addingReportingOverflow(extra)
        return tooMany || tooBig || tooLong || bytes > UInt64(Int64.max) ? nil : bytes
    }

    /// How the span goes with blocks of this size.
    func fit(_ block: HIFIGGUF.BlockSize, alignment: UInt64) -> SpanFit {
        guard let needed = bytes(block) else { return .shape }
        guard let room = span.bytes else { return .unknown }
        if room >= needed { return room - needed < alignment ? .exact : span.isLast ? .trailing : .gap }
        return span.isLast ? .cut : .overlap
    }
}
