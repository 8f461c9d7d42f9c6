import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import HIFIVerification

/// A model to read from: its tensors with the formats that they hold, in file order. Parts of a split model count as one file.
public struct SourceModel: Sendable {
    /// One tensor.
    public struct Tensor: Sendable {
        /// Its record.
        public let info: TensorInfo
        /// What its blocks are.
        public let format: BlockFormat
        /// Weights in a row.
        public let columns: Int
        /// Rows of one matrix: the second dimension.
        public let rows: Int
        /// Matrices: the third dimension, 1 for most.
        public let matrices: Int
        /// The data, without padding.
        public let bytes: ByteView

        /// The name.
        public var name: ForeignText { info.name }
        /// The dimensions as llama-quantize writes them: without ones at the end (QUANT-06).
        var writtenDimensions: [UInt64] {
            let last = info.dimensions.lastIndex { $0 != 1 } ?? 0
            return Array(info.dimensions.prefix(last + 1))
        }
        /// Weights in all.
        public var weights: Int { columns * rows * matrices }
    }

    /// The path that was opened.
    public let path: ForeignText
    /// The metadata of the first part.
    public let metadata: Metadata
    /// All tensors, part by part.
    public let tensors: [Tensor]
    /// The dialect of the type ids, where it could be settled.
    public let dialect: Dialect?
    /// The alignment of the first part.
    public let alignment: Int
    /// The files of the model.
    public let files: SplitSet

    /// The files that are read.
    public var paths: [ForeignText] { files.parts.map(\.file.path) }

    /// Opens a model, all its parts, and finds out what each tensor holds. Where sizes and blocks leave that open, the stamp of the
    /// first part (`hifi.types`) decides, if there is one and they do not contradict it.
    ///
    /// - Parameter dialect: how type ids are to be read; nil to identify the file.
    public static func open(path: String, dialect: Dialect? = nil) throws(QuantizationError) -> SourceModel {
        let set: SplitSet
        do { set = try SplitSet.open(path: path) } catch { throw .container(error) }
        guard let first = set.parts.first?.file else { throw .notAModel(path: ForeignText(path: path), what: "an empty set of parts") }
        if let type = first.metadata["general.type"]?.string, type != "model" {
            throw .notAModel(path: ForeignText(path: path), what: type == "imatrix" ? "an importance matrix" : "of type \(type)")
        }
        guard set.tensors.count > 0 else { throw .notAModel(path: ForeignText(path: path), what: "a file without tensors") }
        return try SourceModel(path, set, first, dialect)
    }

    private init(_ path: String, _ set: SplitSet, _ first: GGUFFile, _ given: Dialect?) throws(QuantizationError) {
        var tensors: [Tensor] = []
        let identified = given == nil ? Identification.identify(set) : []
        for (index, part) in set.parts.enumerated() {
            let file = part.file
            let formats = given.map { TensorFormats(file.scan, dialect: $0).formats } ?? identified[index].formats
            for (info, format) in zip(file.tensors, formats) {
                guard let format else {
                    throw .unknownType(path: file.path, tensor: info.name, typeID: info.typeID)
                }
                tensors.append(try Self.tensor(info, format, file))
            }
        }
        self.path = ForeignText(path: path)
        files = set
        self.tensors = tensors
        // Parts of one model agree; the last has the fewest dialects left.
        dialect = given ?? identified.last { $0.dialect != nil }?.dialect.flatMap(Spec.dialect)
        metadata = first.metadata
        alignment = first.scan.alignment
    }

    private static func tensor(_ info: TensorInfo, _ format: BlockFormat, _ file: GGUFFile) throws(QuantizationError) -> Tensor {
        func bad(_ reason: String) -> QuantizationError { .badShape(tensor: info.name, dimensions: info.dimensions, reason: reason) }
        guard Array(info.nameBytes) == Array(info.name.utf8) else { throw bad("its name is not UTF-8") }
        let extents = info.dimensions.map { Int(exactly: $0) ?? 0 }
        guard info.elementCount != nil, extents.allSatisfy({ $0 > 0 }) else { throw bad("its dimensions cannot be multiplied") }
        guard extents.dropFirst(3).allSatisfy({ $0 == 1 }) else { throw bad("tensors of four dimensions are not quantized") }
        let bytes: ByteView?
        do {
            bytes = try file.bytes(of: info, block: format.size)
        } catch { throw .container(error) }
        guard let bytes else { throw bad("its rows are not whole \(format.id) blocks of \(format.elements)") }
        return Tensor(
            info: info, format: format, columns: extents.first ?? 1, rows: extents.count > 1 ? extents[1] : 1,
            matrices: extents.count > 2 ? extents[2] : 1, bytes: bytes)
    }

    /// Throws where one of the files was changed since it was opened.
    public func checkUnchanged() throws(QuantizationError) {
        do { try files.checkUnchanged() } catch { throw .file(error) }
    }
}

extension SourceModel {
    /// The architecture's name.
    var architecture: ForeignText? { metadata["general.architecture"]?.string }

    /// A hyper-parameter of the architecture, or of its first layer where it has one for each; nil where it is missing.
    func hyperParameter(_ suffix: String) -> Int? {
        architecture.flatMap { metadata[$0.adding(".\(suffix)")]?.firstInteger }
    }
}
