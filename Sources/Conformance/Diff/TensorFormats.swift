import BlockSpec
import GGUF

/// Which block format each tensor of a file has, by one numbering.
public struct TensorFormats: Sendable {
    /// The numbering.
    public let dialect: Dialect

    /// - Parameter dialect: id of the numbering; nil for upstream's newest. Nil result for an unknown id.
    public init?(dialect: String? = nil) {
        guard let found = Spec.dialect(dialect ?? "upstream-today") ?? (dialect == nil ? Spec.dialect("upstream") : nil) else { return nil }
        self.dialect = found
    }

    /// The format of a tensor, and why there is none.
    ///
    /// A number that stands for several formats is settled by the space that the tensor takes in the file; a format whose
    /// blocks do not fit into that space is not believed.
    public func format(of tensor: TensorInfo, in file: GGUFFile) -> Result<BlockFormat, TensorProblem> {
        guard let type = dialect.type(id: tensor.typeID) else {
            return .failure(TensorProblem("type \(tensor.typeID) has no meaning in \(dialect.id); name another numbering with --dialect"))
        }
        let formats = type.formats.compactMap(Spec.format)
        guard !formats.isEmpty else { return .failure(TensorProblem("type \(tensor.typeID) (\(type.name)) is not specified")) }
        guard let span = file.scan.spanBytes(of: tensor) else { return .failure(TensorProblem("its data begins outside the file")) }
        let fitting = formats.filter { format in
            guard let size = Self.byteCount(tensor, format) else { return false }
            // Not more than there is; and what is left over is padding, less than one alignment unit.
            return size <= span && span - size < max(file.scan.alignment, 1)
        }
        if let format = fitting.last { return .success(format) }
        if let format = formats.last, let size = Self.byteCount(tensor, format), size <= span { return .success(format) }
        let size = formats.last.flatMap { Self.byteCount(tensor, $0) }.map { "\($0) bytes" } ?? "no whole number of blocks"
        return .failure(TensorProblem("as \(type.name) it takes \(size), but there are \(span) bytes for it; perhaps another numbering (--dialect)"))
    }

    /// Bytes of a tensor in a format.
    static func byteCount(_ tensor: TensorInfo, _ format: BlockFormat) -> Int? {
        DataLayout.byteCount(dimensions: tensor.dimensions, block: .init(elements: format.elements, bytes: format.bytes))
    }

    /// A tensor as an array of floats.
    public func source(_ tensor: TensorInfo, in file: GGUFFile) -> Result<FloatSource, TensorProblem> {
        switch format(of: tensor, in: file) {
        case .failure(let problem): return .failure(problem)
        case .success(let format):
            guard let size = Self.byteCount(tensor, format), let view = try? file.bytes(of: tensor, byteCount: size) else {
                return .failure(TensorProblem("its data is not inside the file"))
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
    public let description: String

    init(_ text: String) { description = text }
}
