import HIFIFiles

/// How far the header of a file reaches, as far as its first bytes tell: keys, values and tensor records have no index, so that only
/// reading them says where they end.
///
/// Nothing is judged here. Where the bytes cannot be a header, ``GGUFScan`` says why; it reads no further than this does.
public enum HeaderExtent: Hashable, Sendable {
    /// Tensor data begins at `dataStart`, which is not past the end of the file, and what may be asked of the header is here.
    case complete(dataStart: Int)
    /// The scan stops inside the bytes that are here.
    case unreadable
    /// More bytes are needed: at least so many from the beginning of the file on, and as many as `likely` if strings that are still to
    /// come are as long as those before them. Neither is more than the file has.
    case incomplete(atLeast: Int, likely: Int)

    /// Bytes of the longest usual tensor record. So many behind the last one belong to what is asked for: one that the header does not
    /// count may lie there.
    public static let recordBytes = 8 + 64 + 4 + 4 * 8 + 12

    /// - Parameters:
    ///   - start: the first bytes of the file, at least 24 unless the file is shorter.
    ///   - fileBytes: the size of the file.
    public static func measure(_ start: ByteView, fileBytes: Int, limits: ScanLimits = ScanLimits()) -> HeaderExtent {
        var walk = HeaderWalk(bytes: start, fileBytes: fileBytes, limits: limits)
        return walk.run()
    }

    /// How many bytes from the beginning of the file on are to be here after the next request; nil where what is here suffices.
    ///
    /// Never more than twice the header. The first requests reach that far, so that few are needed; later ones, which know how long the
    /// strings are, reach less far past the end.
    ///
    /// - Parameter requests: how many were made.
    public func end(afterRequests requests: Int, fileBytes: Int) -> Int? {
        guard case .incomplete(let least, let likely) = self else { return nil }
        let twice = least > fileBytes / 2 ? fileBytes : 2 * least
        return requests < 3 ? twice : min(twice, max(least, likely + likely / 4 + (256 << 10)))
    }
}

/// One walk over the beginning of a header.
private struct HeaderWalk {
    let bytes: ByteView
    let fileBytes: Int
    let limits: ScanLimits
    private var position = 0
    /// What is still to come after the item that is being read.
    private var entriesLeft: UInt64 = 0
    private var recordsLeft: UInt64 = 0
    /// That of `general.alignment`, of which the first counts.
    private var alignment: Int?
    private var knowsAlignment = false

    /// Why the walk ends before the header does.
    private enum Stop: Error {
        /// The item at hand needs so many bytes from `position` on, or so many if the rest of it is like what was seen.
        case needs(UInt64, likely: UInt64)
        case unreadable
    }

    /// Length field, empty key, type and one byte; name length, number of dimensions, type, offset.
    private static let (entryBytes, recordBytes): (UInt64, UInt64) = (13, 24)
    /// What these usually have.
    private static let (usualEntryBytes, usualRecordBytes): (UInt64, UInt64) = (48, 72)

    init(bytes: ByteView, fileBytes: Int, limits: ScanLimits) { (self.bytes, self.fileBytes, self.limits) = (bytes, fileBytes, limits) }

    mutating func run() -> HeaderExtent {
        do throws(Stop) {
            return .complete(dataStart: try header())
        } catch {
            guard case .needs(let needed, let likely) = error else { return .unreadable }
            let least = total(needed, Self.entryBytes, Self.recordBytes)
            // What is needed but past the end of the file is for the scan to say.
            guard bytes.count < fileBytes else { return .unreadable }
            return .incomplete(
                atLeast: min(max(least, bytes.count + 1), fileBytes),
                likely: min(max(least, total(likely, Self.usualEntryBytes, Self.usualRecordBytes), bytes.count + 1), fileBytes))
        }
    }

    /// Where the header ends if the item at hand and each that follows have so many bytes. Saturating: a header may claim anything.
    private func total(_ item: UInt64, _ entry: UInt64, _ record: UInt64) -> Int {
        let parts = [UInt64(position), item, Self.product(entriesLeft, entry), Self.product(recordsLeft, record)]
        return parts.reduce(0) { sum, part in
            let (next, overflow) = sum.addingReportingOverflow(Int(clamping: part))
            return overflow ? .max : next
        }
    }

    private static func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow ? .max : product
    }

    private mutating func header() throws(Stop) -> Int {
        guard bytes.count >= min(24, fileBytes) else { throw .needs(24, likely: 24) }
        guard bytes.count >= 24, bytes.prefix(4).elementsEqual("GGUF".utf8), let version = bytes.load(UInt32.self, at: 4),
            (2...3).contains(version), let records = bytes.load(UInt64.self, at: 8), let entries = bytes.load(UInt64.self, at: 16),
            entries <= limits.metadataEntries
        else { throw .unreadable }
        position = 24
        (entriesLeft, recordsLeft) = (entries, records)
        while entriesLeft > 0 {
            entriesLeft -= 1
            try entry()
        }
        guard records <= limits.tensors else { throw .unreadable }
        while recordsLeft > 0 {
            recordsLeft -= 1
            try record()
        }
        let alignment = alignment ?? Scanner.defaultAlignment
        let start = min((position + alignment - 1) / alignment * alignment, fileBytes)
        let end = max(start, min(position + HeaderExtent.recordBytes, fileBytes))
        guard end <= bytes.count else { throw .needs(UInt64(end - position), likely: UInt64(end - position)) }
        return start
    }

    private mutating func entry() throws(Stop) {
        let length = try length(atMost: nil, after: 4 + 1)
        let key = bytes.slice(position..<position + length)
        position += length
        let type = try type(rest: 1)
        if length > limits.keyBytes { return try value(type) }
        let start = position
        try value(type)
        guard !knowsAlignment, key?.elementsEqual("general.alignment".utf8) == true else { return }
        knowsAlignment = true
        if type == .uint32, let value = bytes.load(UInt32.self, at: start), value > 0, value & (value - 1) == 0,
            UInt64(value) <= limits.alignment
        {
            alignment = Int(value)
        }
    }

    private mutating func record() throws(Stop) {
        let length = try length(atMost: limits.tensorNameBytes, after: 4 + 12)
        position += length
        guard let count = bytes.load(UInt32.self, at: position) else { throw .needs(16, likely: 32) }
        guard count <= 4 else { throw .unreadable }
        let size = 4 + 8 * Int(count) + 12
        guard size <= bytes.count - position else { throw .needs(UInt64(size), likely: UInt64(size)) }
        position += size
    }

    /// Reads a length field, and makes sure that so many bytes follow.
    ///
    /// - Parameter after: bytes that must follow those.
    private mutating func length(atMost limit: UInt64?, after: UInt64) throws(Stop) -> Int {
        guard let length = bytes.load(UInt64.self, at: position) else { throw .needs(8 + after, likely: 32 + after) }
        if let limit, length > limit { throw .unreadable }
        guard length <= UInt64(max(0, fileBytes - position - 8)) else { throw .unreadable }
        guard length <= UInt64(bytes.count - position - 8) else { throw .needs(8 + length + after, likely: 8 + length + after) }
        position += 8
        return Int(length)
    }

    private mutating func type(rest: UInt64) throws(Stop) -> MetadataValueType {
        guard let id = bytes.load(UInt32.self, at: position) else { throw .needs(4 + rest, likely: 4 + rest) }
        guard let type = MetadataValueType(rawValue: id) else { throw .unreadable }
        position += 4
        return type
    }

    private mutating func value(_ type: MetadataValueType) throws(Stop) {
        switch type {
        case .string: position += try length(atMost: nil, after: 0)
        case .array: try array()
        default: try skip(UInt64(type.fixedWidth ?? 0))
        }
    }

    private mutating func skip(_ count: UInt64) throws(Stop) {
        guard count <= UInt64(max(0, fileBytes - position)) else { throw .unreadable }
        guard count <= UInt64(bytes.count - position) else { throw .needs(count, likely: count) }
        position += Int(count)
    }

    /// Arrays in arrays are walked with an explicit stack of how many are still to come, a little deeper than the scan goes.
    private mutating func array() throws(Stop) {
        var stack: [UInt64] = [1]
        while var left = stack.popLast() {
            guard left > 0 else { continue }
            left -= 1
            stack.append(left)
            guard stack.count <= limits.skippedArrayNesting + 8 else { throw .unreadable }
            let type = try type(rest: 8)
            guard let count = bytes.load(UInt64.self, at: position) else { throw .needs(8, likely: 8) }
            position += 8
            let least = Self.product(count, UInt64(type.minimumWidth))
            guard least <= UInt64(max(0, fileBytes - position)) else { throw .unreadable }
            switch type {
            case .array: stack.append(count)
            case .string: try strings(count)
            default: try skip(least)
            }
        }
    }

    private mutating func strings(_ count: UInt64) throws(Stop) {
        let start = position
        for index in 0..<count {
            let left = count - index - 1
            guard let length = bytes.load(UInt64.self, at: position) else { throw needs(8, left, index, start) }
            guard length <= UInt64(max(0, fileBytes - position - 8)) else { throw .unreadable }
            guard length <= UInt64(bytes.count - position - 8) else { throw needs(8 + length, left, index, start) }
            position += 8 + Int(length)
        }
    }

    /// What a string of an array and the `left` ones behind it need.
    private func needs(_ item: UInt64, _ left: UInt64, _ seen: UInt64, _ start: Int) -> Stop {
        let (least, overflow) = item.addingReportingOverflow(Self.product(left, 8))
        guard !overflow else { return .unreadable }
        let mean = seen < 64 ? 16 : UInt64(position - start) / seen + 1
        return .needs(least, likely: max(least, Self.product(left, mean)))
    }
}
