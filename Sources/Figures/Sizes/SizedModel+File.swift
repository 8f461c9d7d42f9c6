import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIVerification

extension SizedModel {
    /// A model by the tensor records and metadata of a GGUF file, or of all parts of a split one; its types and data play no part.
    ///
    /// Parts are told by the names of the file's architecture, or of any known one if the file's is not known. Vectors of other
    /// names are taken for norms, matrices of other names get the default type of a mix; notes say how many.
    /// - Throws: `noTensors`, `tooLarge` for a tensor whose dimensions multiply to more than 63 bits.
    ///
    /// - Parameter path: what the model is called.
    public init(_ model: SplitSet, path: ForeignText) throws(FiguresError) {
        let records = model.tensors.map(\.tensor)
        guard let metadata = model.metadata, !records.isEmpty else { throw .noTensors(path) }
        let name = metadata["general.architecture"]?.string
        let own = name.flatMap { Spec.architecture($0.raw) }
        let architectures = own.map { [$0] } ?? Spec.architectures
        var tensors: [ModelTensor] = []
        var unlisted: [ForeignText] = []
        for tensor in records {
            guard tensor.elementCount != nil else { throw .tooLarge("\(path): the number of weights of \(tensor.name)") }
            let known = architectures.lazy.compactMap { $0.template(named: tensor.name.raw) }.first
            let isVector = tensor.dimensions.dropFirst().allSatisfy { $0 == 1 }
            if known == nil, !isVector { unlisted.append(tensor.name) }
            tensors.append(
                ModelTensor(
                    name: tensor.name.raw, kind: known?.template.kind ?? (isVector ? .norm : .other), layer: known?.layer,
                    dimensions: tensor.dimensions))
        }
        var notes: [String] = []
        if let first = unlisted.first {
            let more = unlisted.count > 1 ? " and \(unlisted.count - 1) more" : ""
            notes.append("\(first)\(more): no known architecture lists such a tensor, so it gets the default type of each mix")
        }
        if own == nil {
            notes.append(
                "the architecture \(name.map { "\"\($0)\"" } ?? "of the file") is not known; tensors are told by their usual names")
        }
        if model.isSplit { notes.append("the figures are those of all \(model.count) parts together") }
        let hasOutput = tensors.contains { $0.kind == .output }
        self.init(
            id: path, label: metadata["general.name"]?.string ?? "this file", architecture: name, tensors: tensors,
            context: MixContext(metadata, layers: tensors.compactMap(\.layer), hasOutputTensor: hasOutput),
            isTied: hasOutput ? nil : true, notes: notes)
    }
}
