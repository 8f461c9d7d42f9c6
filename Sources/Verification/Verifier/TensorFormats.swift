import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification

/// What the blocks of every tensor of a file are taken for.
///
/// The same type number means different blocks in different dialects. Usually identification decides; callers that know better may
/// pass their own dialect.
public struct TensorFormats: Sendable {
    /// The dialect in force; nil where none could be settled.
    public var dialect: Dialect?
    /// One format per tensor record; nil where it is not known.
    public var formats: FormatList
    /// Where the formats come from, unless they were given.
    public var identification: Identification?

    /// Creates a list of formats, one for each tensor; nil where a format is not known.
    public init(dialect: Dialect?, formats: some Sequence<BlockFormat?>, identification: Identification? = nil) {
        self.dialect = dialect
        self.formats = FormatList(formats)
        self.identification = identification
    }

    /// The formats as identification finds them.
    ///
    /// - Parameters:
    ///   - sampleBytes: how much of the data of each type may be looked at.
    ///   - model: the model that the file is a part of; nil for a model of its own.
    public static func identified(
        _ scan: GGUFScan, sampleBytes: Int = Identification.Options().sampleBytes, tensors: Set<String>? = nil, model: SplitSet? = nil
    ) -> TensorFormats {
        let identification = Identification.identify(scan, options: .init(sampleBytes: sampleBytes, tensors: tensors, model: model))
        guard identification.confidence != .none else {
            // Upstream's meaning is the best guess for saying what is wrong.
            var formats = upstream(scan)
            formats.identification = identification
            return formats
        }
        // A label that the distances contradict still says what its size would be, which shows what is wrong with it.
        let labels = Dictionary(
            identification.types.filter { $0.isContradicted && $0.formats.count == 1 }.map {
                ($0.id, $0.formats.first.flatMap { Spec.format($0) })
            }
        ) { first, _ in first }
        let formats = zip(scan.tensors, identification.formats).lazy.map { tensor, format in format ?? labels[tensor.typeID] ?? nil }
        return TensorFormats(dialect: identification.dialect.flatMap(Spec.dialect), formats: formats, identification: identification)
    }

    /// The formats by one dialect. A number that stands for several formats is taken for the first.
    public init(_ scan: GGUFScan, dialect: Dialect) {
        var known: [UInt32: BlockFormat?] = [:]
        for id in Set(scan.tensors.lazy.map(\.typeID)) {
            known[id] = .some(dialect.type(id: id)?.formats.first.flatMap { Spec.format($0) })
        }
        self.init(dialect: dialect, formats: scan.tensors.lazy.map { known[$0.typeID] ?? nil })
    }

    /// The formats by the newest upstream dialect.
    public static func upstream(_ scan: GGUFScan) -> TensorFormats {
        guard let dialect = Spec.dialect("upstream") else {
            return TensorFormats(dialect: nil, formats: repeatElement(nil, count: scan.tensors.count))
        }
        return TensorFormats(scan, dialect: dialect)
    }

    /// The format of a tensor of the same scan.
    public subscript(tensor: TensorInfo) -> BlockFormat? {
        formats.indices.contains(tensor.index) ? formats[tensor.index] : nil
    }

    /// Block sizes by type number, for the layout.
    func blockSizes(_ scan: GGUFScan) -> [UInt32: HIFIGGUF.BlockSize] {
        var sizes: [UInt32: HIFIGGUF.BlockSize] = [:]
        for tensor in scan.tensors {
            guard sizes[tensor.typeID] == nil, let format = self[tensor] else { continue }
            sizes[tensor.typeID] = format.size
        }
        // Formats that cannot be distinguished by their size leave no doubt about where data lies.
        for type in identification?.types ?? [] where sizes[type.id] == nil {
            let candidates = Set(type.formats.compactMap { Spec.format($0) }.map(\.size))
            if candidates.count == 1 { sizes[type.id] = candidates.first }
        }
        return sizes
    }
}
