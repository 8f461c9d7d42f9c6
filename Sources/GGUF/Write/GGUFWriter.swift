import HIFIFiles
import HIFIForeign

/// Writes GGUF files (version 3, little-endian), laid out as the upstream library does: metadata in the order given, tensor records,
/// zeros up to the alignment, then the data of each tensor followed by zeros up to the alignment, the last one included.
///
/// Data is not kept: each tensor brings a closure that writes it when its turn comes, so memory is bounded by what one of them needs.
public struct GGUFWriter {
    /// Takes the bytes of one tensor.
    public typealias DataSource = (inout TensorSink) throws -> Void

    private struct Tensor {
        let name: ForeignText
        let nameBytes: [UInt8]
        let dimensions: [UInt64]
        let typeID: UInt32
        let byteCount: Int
        let write: DataSource
    }

    private var version: UInt32
    private var keys: Set<[UInt8]> = []
    private var metadata: [(key: [UInt8], value: MetadataValue)] = []
    private var names: Set<[UInt8]> = []
    private var tensors: [Tensor] = []
    /// The alignment of the data: 32, or what a key `general.alignment` says.
    public private(set) var alignment = Scanner.defaultAlignment

    /// An empty file. `version` may be 2 for readers of the year 2023; the layout is the same.
    public init(version: UInt32 = 3) { self.version = version }

    /// Appends a metadata entry.
    public mutating func add(_ key: String, _ value: MetadataValue) throws(GGUFWriterError) {
        try add(keyBytes: Array(key.utf8), value)
    }

    /// Appends an entry of another file as it is stored there.
    public mutating func add(copyOf entry: MetadataEntry) throws(GGUFWriterError) {
        try add(keyBytes: Array(entry.keyBytes), .stored(entry.valueType, entry.valueBytes))
    }

    private mutating func add(keyBytes: [UInt8], _ value: MetadataValue) throws(GGUFWriterError) {
        let key = ForeignText(decoding: keyBytes)
        guard !keyBytes.isEmpty, keyBytes.count <= 65_535 else { throw .badKey(key) }
        guard value.isConsistent else { throw .mixedArray(key: key) }
        guard !keys.contains(keyBytes) else { throw .duplicateKey(key) }
        if key == "general.alignment" {
            var stored: [UInt8] = []
            value.append(to: &stored)
            let number = ByteView(stored).load(UInt32.self, at: 0) ?? 0
            guard value.type == .uint32, number > 0, number & (number - 1) == 0, UInt64(number) <= ScanLimits().alignment else {
                throw .badAlignment
            }
            alignment = Int(number)
        }
        keys.insert(keyBytes)
        metadata.append((keyBytes, value))
    }

    /// Appends a tensor of exactly `byteCount` bytes, which `write` delivers during `GGUFWriter.write`.
    /// - Parameters:
    ///   - dimensions: From the row length on; 1 to 4 of them.
    public mutating func addTensor(
        _ name: String, dimensions: [UInt64], typeID: UInt32, byteCount: Int, write: @escaping DataSource
    ) throws(GGUFWriterError) {
        try addTensor(nameBytes: Array(name.utf8), dimensions: dimensions, typeID: typeID, byteCount: byteCount, write: write)
    }

    /// Appends a tensor whose data is already there.
    public mutating func addTensor(_ name: String, dimensions: [UInt64], typeID: UInt32, data: ByteView) throws(GGUFWriterError) {
        try addTensor(name, dimensions: dimensions, typeID: typeID, byteCount: data.count) { sink in try sink.write(data) }
    }

    /// Appends a tensor of another file with new or the same data.
    public mutating func addTensor(copyOf tensor: TensorInfo, data: ByteView) throws(GGUFWriterError) {
        try addTensor(
            nameBytes: Array(tensor.nameBytes), dimensions: tensor.dimensions, typeID: tensor.typeID, byteCount: data.count
        ) { sink in try sink.write(data) }
    }

    private mutating func addTensor(
        nameBytes: [UInt8], dimensions: [UInt64], typeID: UInt32, byteCount: Int, write: @escaping DataSource
    ) throws(GGUFWriterError) {
        let name = ForeignText(decoding: nameBytes)
        guard !nameBytes.isEmpty, nameBytes.count <= 64 else { throw .badTensorName(name) }
        guard (1...4).contains(dimensions.count), byteCount >= 0 else { throw .badShape(name) }
        guard names.insert(nameBytes).inserted else { throw .duplicateTensor(name) }
        tensors.append(
            Tensor(name: name, nameBytes: nameBytes, dimensions: dimensions, typeID: typeID, byteCount: byteCount, write: write))
    }

    /// Everything in front of the tensor data, with its padding.
    public func header() throws(GGUFWriterError) -> [UInt8] {
        var bytes = Array("GGUF".utf8)
        bytes.appendLittleEndian(version)
        bytes.appendLittleEndian(UInt64(tensors.count))
        bytes.appendLittleEndian(UInt64(metadata.count))
        for (key, value) in metadata {
            bytes.appendLittleEndian(UInt64(key.count))
            bytes.append(contentsOf: key)
            bytes.appendLittleEndian(value.type.rawValue)
            value.append(to: &bytes)
        }
        var offset = 0
        for tensor in tensors {
            bytes.appendLittleEndian(UInt64(tensor.nameBytes.count))
            bytes.append(contentsOf: tensor.nameBytes)
            bytes.appendLittleEndian(UInt32(tensor.dimensions.count))
            for dimension in tensor.dimensions { bytes.appendLittleEndian(dimension) }
            bytes.appendLittleEndian(tensor.typeID)
            bytes.appendLittleEndian(UInt64(offset))
            let (end, overflow) = offset.addingReportingOverflow(tensor.byteCount)
            guard !overflow, end <= Int.max - alignment else { throw .badShape(tensor.name) }
            offset = end + padding(after: end)
        }
        bytes.append(contentsOf: [UInt8](repeating: 0, count: padding(after: bytes.count)))
        return bytes
    }

    private func padding(after position: Int) -> Int { (alignment - position % alignment) % alignment }

    /// Writes the file: complete and durable under `path`, or not at all.
    ///
    /// Throws `FileError` where the file system refuses, `GGUFWriterError` where a tensor delivers another number of bytes than
    /// announced, and whatever a tensor's closure throws. `progress` is called after each tensor with the bytes written so far;
    /// `isAnnounced` is that of `AtomicFile`.
    public func write(to path: String, isAnnounced: Bool = true, progress: (_ bytesWritten: Int) -> Void = { _ in }) throws {
        var file = try AtomicFile(path: path, isAnnounced: isAnnounced)
        try file.write(header())
        for tensor in tensors {
            var sink = TensorSink(file: file, tensor: tensor.name, expected: tensor.byteCount)
            try tensor.write(&sink)
            file = try sink.finish()
            try file.writeZeros(padding(after: tensor.byteCount))
            progress(file.count)
        }
        try file.commit()
    }
}
