import BlockSpec
import GGUF

/// What the blocks of every tensor of a file are taken for, and why.
///
/// The same type number means different blocks in different dialects; whoever identifies the dialect hands this over.
public struct TensorFormats: Sendable {
    /// The numbering in force; nil where none could be settled.
    public var dialect: Dialect?
    /// One format per tensor record; nil where it is not known.
    public var formats: [BlockFormat?]
    /// What identification itself has to say.
    public var findings: [Finding]
    /// One line for people, such as the revision and how sure it is.
    public var summary: String?
    /// The grounds, one sentence each.
    public var evidence: [String]

    public init(
        dialect: Dialect?, formats: [BlockFormat?], findings: [Finding] = [], summary: String? = nil, evidence: [String] = []
    ) {
        self.dialect = dialect
        self.formats = formats
        self.findings = findings
        self.summary = summary
        self.evidence = evidence
    }

    /// The formats by one dialect's numbering. A number that stands for several formats is taken for the first.
    public init(_ scan: GGUFScan, dialect: Dialect) {
        var known: [UInt32: BlockFormat?] = [:]
        let formats = scan.tensors.map { tensor -> BlockFormat? in
            if let format = known[tensor.typeID] { return format }
            let format = dialect.type(id: tensor.typeID)?.formats.first.flatMap { Spec.format($0) }
            known[tensor.typeID] = .some(format)
            return format
        }
        self.init(dialect: dialect, formats: formats)
    }

    /// The formats by the newest upstream numbering.
    public static func upstream(_ scan: GGUFScan) -> TensorFormats {
        guard let dialect = Spec.dialect("upstream") else { return TensorFormats(dialect: nil, formats: scan.tensors.map { _ in nil }) }
        return TensorFormats(scan, dialect: dialect)
    }

    /// The format of a tensor of the same scan.
    public subscript(tensor: TensorInfo) -> BlockFormat? {
        formats.indices.contains(tensor.index) ? formats[tensor.index] : nil
    }

    /// Block sizes by type number, for the layout.
    func blockSizes(_ scan: GGUFScan) -> [UInt32: GGUF.BlockSize] {
        var sizes: [UInt32: GGUF.BlockSize] = [:]
        for tensor in scan.tensors {
            guard sizes[tensor.typeID] == nil, let format = self[tensor] else { continue }
            sizes[tensor.typeID] = GGUF.BlockSize(elements: format.elements, bytes: format.bytes)
        }
        return sizes
    }
}
