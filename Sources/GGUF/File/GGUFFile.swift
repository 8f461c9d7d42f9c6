import HIFIFiles
import HIFIForeign

/// A mapped GGUF file and the scan of its structure.
public struct GGUFFile: Sendable {
    /// The mapped bytes.
    public let mapping: MappedFile
    /// Everything the scan found.
    public let scan: GGUFScan

    /// Maps and scans a file, whatever state it is in. Throws only where the file system does.
    ///
    /// - Parameter source: where the file comes from.
    public static func scan(
        path: String, limits: ScanLimits = ScanLimits(), source: any FileSource = LocalFiles()
    ) throws(FileError) -> GGUFFile {
        let mapping = try source.open(path)
        return GGUFFile(mapping: mapping, scan: GGUFScan.scan(mapping.bytes, limits: limits))
    }

    /// Scans a mapped file, whatever state it is in.
    public static func scan(_ mapping: MappedFile, limits: ScanLimits = ScanLimits()) -> GGUFFile {
        GGUFFile(mapping: mapping, scan: GGUFScan.scan(mapping.bytes, limits: limits))
    }

    /// Maps and scans a file that is meant to be read, and throws the first problem that stands against it.
    ///
    /// Nothing is said about type ids, block sizes and the extents of tensors: see `DataLayout`.
    public static func open(path: String) throws(GGUFError) -> GGUFFile {
        let file: GGUFFile
        do { file = try scan(path: path) } catch { throw .file(error) }
        try file.checkReadable()
        return file
    }

    /// Throws the first problem that stands against reading the file.
    public func checkReadable() throws(GGUFError) {
        guard let problem = scan.problems.first(where: { $0.code.preventsReading }) else { return }
        throw .structure(path: path, problem)
    }

    /// The path as it was given.
    public var path: ForeignText { mapping.path }
    /// All bytes of the file.
    public var bytes: ByteView { scan.bytes }
    /// The metadata.
    public var metadata: Metadata { scan.metadata }
    /// The tensor records in file order.
    public var tensors: [TensorInfo] { scan.tensors }

    /// The first tensor of that name, or nil.
    public func tensor(named name: String) -> TensorInfo? { scan.tensor(named: name) }

    /// The value of `key`, which must be there and stored as exactly this type.
    public func value<T: MetadataDecodable>(_ key: String, as type: T.Type = T.self) throws(GGUFError) -> T {
        do { return try metadata.value(key, as: type) } catch { throw .metadata(path: path, error) }
    }

    /// The first `byteCount` bytes of a tensor's data, without copying. Throws where they are not all inside the file.
    public func bytes(of tensor: TensorInfo, byteCount: Int) throws(GGUFError) -> ByteView {
        let start = scan.start(of: tensor)
        guard let start, byteCount >= 0, byteCount <= bytes.count - start, let view = bytes.slice(start..<start + byteCount) else {
            throw .tensorOutsideFile(path: path, tensor: tensor.name, start: start, byteCount: byteCount, fileSize: bytes.count)
        }
        return view
    }

    /// A tensor's data by the size of its type's blocks, without copying.
    ///
    /// Throws where the data is not inside the file; returns nil where its rows are not whole blocks or its size overflows.
    public func bytes(of tensor: TensorInfo, block: BlockSize) throws(GGUFError) -> ByteView? {
        guard let byteCount = DataLayout.byteCount(dimensions: tensor.dimensions, block: block) else { return nil }
        return try bytes(of: tensor, byteCount: byteCount)
    }

    /// All bytes reserved for a tensor (its data, padding and whatever else lies before the next tensor), without copying;
    /// nil where it does not begin inside the file.
    public func reservedBytes(of tensor: TensorInfo) -> ByteView? {
        guard let start = scan.start(of: tensor), let span = scan.spanBytes(of: tensor) else { return nil }
        return bytes.slice(start..<start + span)
    }
}
