import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// The tensors of a file and what routings look at besides, made ready for trying mixes on them.
package struct TensorRoles: Sendable {
    /// A tensor of the file.
    package struct Tensor: Sendable {
        package let name: ForeignText
        /// Its place among all tensors of the model.
        package let index: Int
        package let columns: Int
        package let weights: Int
    }

    /// The file's own tensors, in its order.
    package let tensors: [Tensor]
    /// What the quantizers of both kinds of mixes see of the whole model. Empty where there are too many tensors to try.
    package let routings: [TensorRouting]
    /// What rules look at, without an importance matrix.
    package let context: MixContext

    /// More names than this are not examined: a model of many parts is seen whole from each of them.
    private static let nameLimit = 20_000
    private static let nameLimitOfParts = 400_000

    /// - Parameters:
    ///   - metadata: the model's keys; of a part of a split model, those of the first.
    ///   - model: the model that the file is a part of, if it is one. Which tensors come before a part's own matters.
    package init(_ scan: GGUFScan, _ metadata: Metadata, model: SplitSet? = nil) {
        let parts = model?.parts.count ?? 1
        let total = model.map { $0.tensors.count } ?? scan.tensors.count
        guard let model, parts > 1, total <= Self.nameLimitOfParts / parts else {
            self.init(scan.tensors, of: nil, metadata, outputElsewhere: model?.tensor(named: "output.weight") != nil)
            return
        }
        self.init(scan.tensors, of: model.tensors.map(\.tensor), metadata)
    }

    /// - Parameters:
    ///   - own: the tensors whose types are compared.
    ///   - all: those of the model, the own ones among them; nil for no others.
    package init(_ own: [TensorInfo], of all: [TensorInfo]?, _ metadata: Metadata, outputElsewhere: Bool = false) {
        let model = all ?? own
        var places: [ByteView: Int] = [:]
        if all != nil { for (index, tensor) in model.enumerated() { places[tensor.nameBytes] = index } }
        tensors = own.enumerated().map { index, tensor in
            Tensor(
                name: tensor.name, index: all == nil ? index : places[tensor.nameBytes] ?? index,
                columns: Int(clamping: tensor.rowElements), weights: tensor.elementCount ?? 0)
        }
        let named = model.count <= Self.nameLimit ? model.map { ($0.name.raw, $0.dimensions) } : []
        routings = MixKind.allCases.map { TensorRouting(named, under: Spec.quantizer.routing(of: $0)) }
        context = MixContext(
            metadata, layers: (routings.first?.tensors ?? []).compactMap(\.layer),
            hasOutputTensor: outputElsewhere || routings.contains { $0.hasOutputTensor })
    }

    /// What the quantizer of these mixes sees.
    package func routing(of mixes: MixKind) -> TensorRouting? { routings.first { $0.rules.mixes == mixes } }
}
