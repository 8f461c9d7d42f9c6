import HIFIGGUF

/// Builds GGUF file images in memory, right ones and wrong ones: every stored field can be given another value than the true one.
public struct GGUFBuilder: Sendable {
    /// One metadata entry.
    public struct Entry: Sendable {
        /// The key as stored.
        public var key: [UInt8]
        /// The stored length of the key; nil for the true one.
        public var keyLength: UInt64?
        /// The stored type id.
        public var typeID: UInt32
        /// The stored value after the type id.
        public var value: [UInt8]

        /// An entry with a raw type id and raw value bytes.
        public init(key: [UInt8], typeID: UInt32, value: [UInt8]) {
            (self.key, self.typeID, self.value) = (key, typeID, value)
        }

        /// A regular entry.
        public init(_ key: String, _ value: MetadataValue) {
            var bytes: [UInt8] = []
            value.append(to: &bytes)
            self.init(key: Array(key.utf8), typeID: value.type.rawValue, value: bytes)
        }
    }

    /// One tensor: its record and its data.
    public struct Tensor: Sendable {
        /// The name as stored.
        public var name: [UInt8]
        /// The stored length of the name; nil for the true one.
        public var nameLength: UInt64?
        /// The stored dimensions.
        public var dimensions: [UInt64]
        /// The stored number of dimensions; nil for the true one.
        public var dimensionCount: UInt32?
        /// The stored type id.
        public var typeID: UInt32
        /// The stored offset; nil for where the data is put.
        public var offset: UInt64?
        /// The data.
        public var data: [UInt8]
        /// Bytes of nothing put in front of the data.
        public var gapBefore = 0
        /// Whether the header has a record for the data.
        public var hasRecord = true

        /// A tensor with the given record and data.
        public init(_ name: String, _ dimensions: [UInt64], typeID: UInt32, data: [UInt8]) {
            (self.name, self.dimensions, self.typeID, self.data) = (Array(name.utf8), dimensions, typeID, data)
        }
    }

    /// A finished file image and where its parts are.
    public struct Image: Sendable {
        /// The file.
        public var bytes: [UInt8] = []
        /// Where each metadata entry lies.
        public var entryRanges: [Range<Int>] = []
        /// Where each tensor record lies (empty for tensors without one).
        public var recordRanges: [Range<Int>] = []
        /// Where each tensor's data lies.
        public var dataRanges: [Range<Int>] = []
        /// Where the last record ends.
        public var headerEnd = 0
        /// Where the data section begins.
        public var dataStart = 0
    }

    /// The first four bytes.
    public var magic = Array("GGUF".utf8)
    /// The stored version.
    public var version: UInt32 = 3
    /// The stored number of tensors; nil for the true one.
    public var tensorCount: UInt64?
    /// The stored number of metadata entries; nil for the true one.
    public var metadataCount: UInt64?
    /// The metadata in file order.
    public var entries: [Entry] = []
    /// The tensors in file order.
    public var tensors: [Tensor] = []
    /// The alignment that data is laid out with (the key general.alignment is not added by itself).
    public var alignment = 32
    /// The byte that fills the space between the last record and the data section.
    public var headerPadding: UInt8 = 0
    /// The byte that fills the space after each tensor.
    public var tensorPadding: UInt8 = 0
    /// Bytes after everything.
    public var trailing: [UInt8] = []

    /// An empty file of version 3.
    public init() {}

    /// Index of the first entry with this key.
    public func entryIndex(_ key: String) -> Int? { entries.firstIndex { $0.key == Array(key.utf8) } }
    /// Index of the first tensor with this name.
    public func tensorIndex(_ name: String) -> Int? { tensors.firstIndex { $0.name == Array(name.utf8) } }

    /// The file image.
    public func build() -> Image {
        var image = Image()
        image.bytes = magic
        image.bytes.append(integer: version)
        image.bytes.append(integer: tensorCount ?? UInt64(tensors.count { $0.hasRecord }))
        image.bytes.append(integer: metadataCount ?? UInt64(entries.count))
        for entry in entries {
            let start = image.bytes.count
            image.bytes.append(integer: entry.keyLength ?? UInt64(entry.key.count))
            image.bytes += entry.key
            image.bytes.append(integer: entry.typeID)
            image.bytes += entry.value
            image.entryRanges.append(start..<image.bytes.count)
        }
        let offsets = dataOffsets()
        for (tensor, offset) in zip(tensors, offsets) {
            let start = image.bytes.count
            if tensor.hasRecord { appendRecord(of: tensor, at: offset, to: &image.bytes) }
            image.recordRanges.append(start..<image.bytes.count)
        }
        image.headerEnd = image.bytes.count
        image.bytes.pad(to: alignment, with: headerPadding)
        image.dataStart = image.bytes.count
        for (tensor, offset) in zip(tensors, offsets) {
            let start = image.dataStart + Int(offset)
            image.bytes += [UInt8](repeating: 0, count: start - image.bytes.count)
            image.bytes += tensor.data
            image.dataRanges.append(start..<image.bytes.count)
            image.bytes.pad(to: alignment, with: tensorPadding)
        }
        image.bytes += trailing
        return image
    }

    private func dataOffsets() -> [UInt64] {
        var next = 0
        return tensors.map { tensor in
            let offset = next + tensor.gapBefore
            next = (offset + tensor.data.count + alignment - 1) / alignment * alignment
            return UInt64(offset)
        }
    }

    private func appendRecord(of tensor: Tensor, at offset: UInt64, to bytes: inout [UInt8]) {
        bytes.append(integer: tensor.nameLength ?? UInt64(tensor.name.count))
        bytes += tensor.name
        bytes.append(integer: tensor.dimensionCount ?? UInt32(tensor.dimensions.count))
        for dimension in tensor.dimensions { bytes.append(integer: dimension) }
        bytes.append(integer: tensor.typeID)
        bytes.append(integer: tensor.offset ?? offset)
    }
}

extension [UInt8] {
    /// Appends an integer, least significant byte first.
    public mutating func append<T: FixedWidthInteger>(integer value: T) {
        for shift in stride(from: 0, to: T.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: value >> T(shift))) }
    }

    /// Appends `byte` until the count is a multiple of `alignment`.
    public mutating func pad(to alignment: Int, with byte: UInt8 = 0) {
        while count % alignment != 0 { append(byte) }
    }
}
