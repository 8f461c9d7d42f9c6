import HIFIFiles
import HIFIForeign

/// The digests of one GGUF file: of its header, of each tensor's data, of all tensor data, of the whole file.
///
/// Header and file digests see what tensor digests cannot: renamed tensors, swapped dimensions, changed keys, bytes in gaps.
public struct FileDigests: Sendable {
    /// The digests of one tensor.
    public struct Tensor: Hashable, Sendable {
        /// The tensor's name.
        public let name: ForeignText
        /// The type id as stored.
        public let typeID: UInt32
        /// The dimensions as stored.
        public let dimensions: [UInt64]
        /// Bytes digested.
        public let byteCount: Int
        /// Whether `byteCount` is the size that type and dimensions give. Otherwise the type is unknown, and all bytes up to the
        /// next tensor were digested, padding included.
        public let sizeIsKnown: Bool
        /// One digest per algorithm.
        public let digests: [Digest]

        /// The digests of a tensor's data.
        public init(_ tensor: TensorInfo, byteCount: Int, sizeIsKnown: Bool, digests: [Digest]) {
            (name, typeID, dimensions) = (tensor.name, tensor.typeID, tensor.dimensions)
            (self.byteCount, self.sizeIsKnown, self.digests) = (byteCount, sizeIsKnown, digests)
        }
    }

    /// What to digest.
    public struct Parts: OptionSet, Sendable {
        /// One bit per part.
        public let rawValue: UInt8
        /// A set of parts from its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// The bytes from 0 to the beginning of the data section, padding included.
        public static let header = Parts(rawValue: 1)
        /// Each tensor's data by itself.
        public static let tensors = Parts(rawValue: 2)
        /// The data of all tensors as one stream, in the order of their records.
        public static let tensorData = Parts(rawValue: 4)
        /// All bytes of the file.
        public static let file = Parts(rawValue: 8)
        /// Everything.
        public static let all: Parts = [.header, .tensors, .tensorData, .file]
    }

    /// The name under which manifests list the file.
    public let fileName: ForeignText
    /// The algorithms, in the order of every list of digests here.
    public let algorithms: [Digest.Algorithm]
    /// What was digested.
    public let parts: Parts
    /// The header's digests; empty where not asked for or where the header has no end.
    public private(set) var header: [Digest] = []
    /// The tensors' digests in the order of records; empty where not asked for.
    public private(set) var tensors: [Tensor] = []
    /// The digests of all tensor data, as the common GGUF hash tool gives them for a file; empty where not asked for.
    public private(set) var tensorData: [Digest] = []
    /// The digests of all bytes; empty where not asked for.
    public private(set) var file: [Digest] = []
    /// Tensors not digested: their data is not (all) inside the file, or tensors lie on top of each other so often that they have more
    /// than twice the bytes of the file (digesting those would let a small file cost any amount of time).
    public private(set) var skippedTensors: [ForeignText] = []

    /// Digests computed in another pass, in the order of `algorithms`.
    public init(
        fileName: ForeignText, algorithms: [Digest.Algorithm], parts: Parts, header: [Digest] = [], tensors: [Tensor] = [],
        tensorData: [Digest] = [], file: [Digest] = [], skippedTensors: [ForeignText] = []
    ) {
        (self.fileName, self.algorithms, self.parts) = (fileName, algorithms, parts)
        (self.header, self.tensors, self.tensorData, self.file) = (header, tensors, tensorData, file)
        self.skippedTensors = skippedTensors
    }

    /// Digests a scanned file in one pass over its bytes (as long as the data lies in the order of the records, as is usual).
    /// - Parameters:
    ///   - fileName: The name for manifests.
    ///   - layout: Where each tensor's data lies.
    ///   - progress: Called after every 256 KiB or less with the number of bytes just read.
    public init(
        _ scan: GGUFScan, fileName: ForeignText, layout: DataLayout, algorithms: [Digest.Algorithm], parts: Parts = .all,
        progress: (_ bytesRead: Int) -> Void = { _ in }
    ) {
        (self.fileName, self.algorithms) = (fileName, algorithms)
        self.parts = parts
        let headerHasher = parts.contains(.header) && scan.dataStart != nil ? MultiHasher(algorithms) : nil
        let dataHasher = parts.contains(.tensorData) ? MultiHasher(algorithms) : nil
        let fileHasher = parts.contains(.file) ? MultiHasher(algorithms) : nil
        let headerEnd = min(scan.dataStart ?? 0, scan.bytes.count)
        let ranges = Self.ranges(scan, layout)
        // In order, the file digest can share the pass; otherwise it needs one of its own.
        let inOrder = Self.areInOrder(ranges.compactMap(\.self), from: headerEnd)
        let shared = inOrder ? fileHasher : nil

        Self.feed(scan.bytes, 0..<headerEnd, [headerHasher, shared], progress)
        var position = headerEnd
        let tensorHasher = parts.contains(.tensors) ? MultiHasher(algorithms) : nil
        for (tensor, range) in zip(scan.tensors, ranges) {
            guard let range else {
                skippedTensors.append(tensor.name)
                continue
            }
            if let shared {
                Self.feed(scan.bytes, position..<range.lowerBound, [shared], progress)
                position = range.upperBound
            }
            tensorHasher?.reset()
            Self.feed(scan.bytes, range, [tensorHasher, dataHasher, shared], progress)
            if let tensorHasher {
                tensors.append(
                    Tensor(
                        tensor, byteCount: range.count, sizeIsKnown: layout.extents[tensor.index].byteCount != nil,
                        digests: tensorHasher.finish()))
            }
        }
        Self.feed(scan.bytes, (inOrder ? position : 0)..<scan.bytes.count, [fileHasher], progress)
        header = headerHasher?.finish() ?? []
        tensorData = dataHasher?.finish() ?? []
        file = fileHasher?.finish() ?? []
    }

    /// The bytes to digest of every tensor; nil for those not inside the file.
    static func ranges(_ scan: GGUFScan, _ layout: DataLayout) -> [Range<Int>?] {
        guard layout.extents.count == scan.tensors.count else { return scan.tensors.map { _ in nil } }
        var budget = 2 * scan.bytes.count
        return layout.extents.map { extent in
            var range = extent.range
            if extent.byteCount == nil, let start = extent.start, let span = extent.spanBytes { range = start..<start + span }
            guard let range, range.count <= budget else { return nil }
            budget -= range.count
            return range
        }
    }

    static func areInOrder(_ ranges: [Range<Int>], from start: Int) -> Bool {
        var end = start
        for range in ranges {
            if range.lowerBound < end { return false }
            end = range.upperBound
        }
        return true
    }

    /// Feeds a stretch of the file to several hashers, so that each chunk is read from memory once.
    private static func feed(_ bytes: ByteView, _ range: Range<Int>, _ hashers: [MultiHasher?], _ progress: (Int) -> Void) {
        let hashers = hashers.compactMap(\.self)
        guard !hashers.isEmpty, let view = bytes.slice(range) else { return }
        view.withUnsafeBytes { raw in
            var position = 0
            while position < raw.count {
                let end = min(raw.count, position + MultiHasher.chunkBytes)
                let chunk = UnsafeRawBufferPointer(rebasing: raw[position..<end])
                for hasher in hashers { hasher.update(chunk) }
                progress(end - position)
                position = end
            }
        }
    }
}
