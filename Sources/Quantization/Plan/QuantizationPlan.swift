import HIFIBlockSpec
import HIFIForeign
import HIFIReference

/// What becomes of every tensor of a model, decided before anything is written.
public struct QuantizationPlan: Sendable {
    /// The tensors in the order of the output.
    public let tensors: [TensorPlan]
    /// Whose numbers the output has.
    public let dialect: Dialect
    /// The routing with its revision.
    public let routing: Routing
    /// The value of `general.file_type`.
    public let fileType: UInt32
    let numbering: Numbering

    /// Decides. Everything that can be wrong with the request or the importance matrix is found here, before any weight is read.
    public init(_ model: SourceModel, _ options: QuantizationOptions) throws(QuantizationError) {
        let router = try TensorRouter(model, options)
        var tensors: [TensorPlan] = []
        var uncovered: [ForeignText] = []
        for index in router.order {
            let tensor = model.tensors[index]
            let (format, note) = try router.format(of: index, tensor)
            guard format.id != tensor.format.id else {
                tensors.append(try TensorPlan(source: tensor, format: format, outliers: nil, importance: nil, note: note))
                continue
            }
            try Self.checkCodecs(tensor, format, options)
            let importance = try Self.importance(tensor, format, options, &uncovered)
            if importance == nil, router.needsImportance(tensor.name, format) {
                throw .needsImportance(mix: options.routing.mix.id, tensor: tensor.name, format: format.id)
            }
            tensors.append(
                try TensorPlan(
                    source: tensor, format: format, outliers: router.outliers(tensor.name, format), importance: importance, note: note))
        }
        if let imatrix = options.imatrix {
            if !tensors.contains(where: { imatrix.entries[$0.source.name] != nil }) {
                throw .foreignImportances(path: imatrix.path, entries: imatrix.entries.count, model: model.path)
            }
            if let first = uncovered.first, !options.allowsPartialImatrix {
                throw .missingImportance(path: imatrix.path, tensor: first, missing: uncovered.count)
            }
        }
        self.tensors = tensors
        routing = options.routing
        numbering = try Numbering(formats: Set(tensors.map(\.format.id)), mix: routing.mix, asked: options.dialect)
        dialect = numbering.dialect
        fileType = try numbering.fileType(routing.mix)
    }

    private static func checkCodecs(
        _ tensor: SourceModel.Tensor, _ format: BlockFormat, _ options: QuantizationOptions
    ) throws(QuantizationError) {
        if tensor.format.elements > 1, !options.allowsRequantizing {
            throw .alreadyQuantized(tensor: tensor.name, format: tensor.format.id)
        }
        guard tensor.format.decoding != nil, tensor.format.rowHeader == nil else {
            throw .noCodec(tensor: tensor.name, format: tensor.format.id, verb: "decoded")
        }
        guard ReferenceEncoder.canEncode(format) else { throw .noCodec(tensor: tensor.name, format: format.id, verb: "encoded") }
    }

    /// The importances of a tensor. The token embedding and the output matrix are not measured by default, so they may lack them.
    private static func importance(
        _ tensor: SourceModel.Tensor, _ format: BlockFormat, _ options: QuantizationOptions, _ uncovered: inout [ForeignText]
    ) throws(QuantizationError) -> [Float]? {
        guard let imatrix = options.imatrix, format.elements > 1 else { return nil }
        let kind = Spec.quantizer.routing(of: options.routing.mix.kind).kind(named: tensor.name.raw)
        let size = tensor.columns * tensor.matrices
        guard let values = try imatrix.values(for: tensor.name, size: size, toleratingSize: kind == .tokenEmbedding) else {
            if ![.tokenEmbedding, .output].contains(kind) { uncovered.append(tensor.name) }
            return nil
        }
        if !options.allowsPartialImatrix, values.allSatisfy({ $0 == 0 }) {
            throw .zeroImportance(path: imatrix.path, tensor: tensor.name)
        }
        return values
    }

    /// Bytes of all tensors' data, without padding.
    public var dataBytes: Int { tensors.reduce(0) { $0 + $1.byteCount } }
    /// Bytes of all tensors' data in the input.
    public var sourceBytes: Int { tensors.reduce(0) { $0 + $1.source.bytes.count } }
    /// Weights of all tensors.
    public var weights: Int { tensors.reduce(0) { $0 + $1.source.weights } }
}
