import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import HIFIReference

/// How the type numbers of models are to be read: by a dialect that was named, or by what each model itself shows.
public struct ModelReader: Sendable {
    private let dialect: Dialect?

    /// - Parameter dialect: id of a dialect; nil to identify each file. The result is nil for an id that nobody has.
    public init?(dialect: String? = nil) {
        let found = dialect.flatMap { Spec.dialect($0) }
        guard dialect == nil || found != nil else { return nil }
        self.dialect = found
    }

    /// The tensors of a model, read so.
    ///
    /// - Parameter name: what the model is called in reports.
    public func read(_ model: SplitSet, name: ForeignText) -> ModelReading {
        // A dialect that was named says what numbers may mean; where that leaves several formats, the file is asked.
        var options = Identification.Options()
        options.dialects = dialect.map { [$0.id] }
        let needed = dialect == nil || model.parts.contains { part in part.file.tensors.contains { isOpen($0.typeID) } }
        let identified = needed ? Identification.identify(model, options: options).map(Optional.some) : model.parts.map { _ in nil }
        let stamped = dialect == nil ? [:] : model.parts.first.flatMap { StampReading($0.file.scan.metadata)?.formats } ?? [:]
        return ModelReading(
            name: name, model: model, parts: zip(model.parts, identified).map { TensorReading($0.file, dialect, $1, stamped: stamped) })
    }

    /// Whether a number stands for several formats in the dialect that was named.
    private func isOpen(_ id: UInt32) -> Bool { (dialect?.type(id: id)?.formats.count ?? 0) > 1 }
}

/// The tensors of a model, in one file or several, as arrays of floats.
public struct ModelReading: Sendable {
    /// What the model is called in reports.
    public let name: ForeignText
    /// Its files.
    public let model: SplitSet
    /// Each file's tensors.
    public let parts: [TensorReading]

    /// Bytes from the beginning of each tensor to the next one, all together.
    public var tensorBytes: Int {
        parts.reduce(0) { $1.file.tensors.reduce($0) { [scan = $1.file.scan] in $0 + (scan.spanBytes(of: $1) ?? 0) } }
    }

    /// The tensor of that name and what reads it, or nil.
    public func tensor(named name: String) -> (info: TensorInfo, reading: TensorReading)? {
        parts.lazy.compactMap { reading in reading.file.tensor(named: name).map { ($0, reading) } }.first
    }
}

/// The tensors of one file as arrays of floats.
public struct TensorReading: Sendable {
    /// The file.
    public let file: GGUFFile
    private let dialect: Dialect?
    private let identification: Identification?
    /// What the file itself says of its type numbers.
    private let stamped: [UInt32: String]

    package init(_ file: GGUFFile, _ dialect: Dialect?, _ identification: Identification?, stamped: [UInt32: String] = [:]) {
        (self.file, self.dialect, self.identification, self.stamped) = (file, dialect, identification, stamped)
    }

    /// The format of a tensor, or why there is none.
    public func format(of tensor: TensorInfo) -> Result<BlockFormat, TensorProblem> {
        guard let dialect else { return identified(tensor) }
        guard let type = dialect.type(id: tensor.typeID) else {
            return .failure(TensorProblem("type \(tensor.typeID) has no meaning in \(dialect.id); name another dialect"))
        }
        let formats = type.formats.compactMap(Spec.format)
        guard let span = file.scan.spanBytes(of: tensor), !formats.isEmpty else {
            return .failure(
                TensorProblem(
                    formats.isEmpty ? "type \(tensor.typeID) (\(type.name)) is not specified" : "its data begins outside the file"))
        }
        // A number that stands for several formats is settled by the space that the tensor takes: what is left over is padding,
        // less than one alignment unit. Of several that fit, the file's stamp says which, and else its blocks.
        let sizes = formats.map { ($0, Self.byteCount(tensor, $0)) }
        let fitting = sizes.filter { _, size in size.map { $0 <= span && span - $0 < max(file.scan.alignment, 1) } ?? false }.map(\.0)
        if let stamp = fitting.first(where: { $0.id == stamped[tensor.typeID] }) { return .success(stamp) }
        if let format = fitting.last {
            if fitting.allSatisfy({ KnownFormats.meansTheSame($0.id, format.id) }) { return .success(format) }
            if case .success(let found) = identified(tensor), fitting.contains(where: { $0.id == found.id }) { return .success(found) }
            let names = NumberText.list(fitting.map(\.id), limit: 12, and: "or")
            return .failure(TensorProblem("as \(type.name) it may be \(names), and neither a stamp nor its blocks say which"))
        }
        if let (format, size) = sizes.last, let size, size <= span { return .success(format) }
        let size = sizes.last?.1.map { "\($0) bytes" } ?? "no whole number of blocks"
        return .failure(
            TensorProblem("as \(type.name) it takes \(size), but there are \(span) bytes for it; perhaps another dialect"))
    }

    private func identified(_ tensor: TensorInfo) -> Result<BlockFormat, TensorProblem> {
        let formats = identification?.tensorFormats ?? []
        guard formats.indices.contains(tensor.index), let id = formats[tensor.index], let format = Spec.format(id) else {
            return .failure(
                TensorProblem("the meaning of type id \(tensor.typeID) in this file is not known; name a dialect"))
        }
        return .success(format)
    }

    private static func byteCount(_ tensor: TensorInfo, _ format: BlockFormat) -> Int? {
        DataLayout.byteCount(dimensions: tensor.dimensions, block: format.size)
    }

    /// A tensor's values, decoded when they are needed.
    public func source(_ tensor: TensorInfo) -> Result<FloatSource, TensorProblem> {
        switch format(of: tensor) {
        case .failure(let problem): return .failure(problem)
        case .success(let format):
            guard let size = Self.byteCount(tensor, format), let view = try? file.bytes(of: tensor, byteCount: size) else {
                return .failure(TensorProblem("its data is not inside the file"))
            }
            if let unweaver = Unweaver(format) {
                guard let rows = BlockArray(woven: view, of: Int(clamping: tensor.rowElements), unweaver) else {
                    return .failure(TensorProblem("its rows are not whole blocks"))
                }
                do { return .success(try FloatSource(rows, format: unweaver.base.asOneBlockRows)) } catch {
                    return .failure(TensorProblem("\(error)"))
                }
            }
            if format.rowHeader != nil {
                guard let rows = BlockArray(rows: view, of: Int(clamping: tensor.rowElements), format) else {
                    return .failure(TensorProblem("its rows are not whole blocks"))
                }
                do { return .success(try FloatSource(rows, format: format.asOneBlockRows)) } catch {
                    return .failure(TensorProblem("\(error)"))
                }
            }
            let blocks = BlockArray(blockBytes: format.bytes, byteCount: size) { offset, count in
                guard offset >= 0, count >= 0, offset <= view.count, count <= view.count - offset else { return nil }
                return view.slice(offset..<offset + count).map { Array($0) }
            }
            do { return .success(try FloatSource(blocks, format: format)) } catch { return .failure(TensorProblem("\(error)")) }
        }
    }
}

/// Why a tensor cannot be read as floats.
public struct TensorProblem: Error, Hashable, CustomStringConvertible, Sendable {
    /// One line.
    public let description: String

    package init(_ text: String) { description = text }
}
