import BlockSpec
import GGUF

/// What each tensor of a file is in its model, and the model's size, as far as routings look at them.
struct TensorRoles: Sendable {
    /// Part and layer of each tensor, by index; nil for tensors whose name no known architecture has.
    let roles: [(kind: TensorKind, layer: Int?)?]
    let layers: Int
    let hasOutputTensor: Bool
    /// The fork's estimate in billions; 0 where the keys for it are missing.
    let parameterEstimate: Double
    /// Whether the original calls the model 70B.
    let isCalled70B: Bool

    /// More layers than this are not believed.
    private static let layerLimit = 100_000
    /// More tensors than this are not matched against routings.
    private static let tensorLimit = 20_000

    /// - Parameters:
    ///   - metadata: the model's keys; of a part of a split model, those of the first.
    ///   - model: the model that the file is a part of, if it is one.
    init(_ scan: GGUFScan, _ metadata: Metadata, model: SplitSet? = nil) {
        let name = metadata["general.architecture"]?.string
        // Names are common to most architectures, so unknown ones are read by the names of the known.
        let own = name.flatMap(Spec.architecture)
        let architectures = own.map { [$0] } ?? Spec.architectures
        var roles: [(kind: TensorKind, layer: Int?)?] = []
        if scan.tensors.count <= Self.tensorLimit {
            roles = scan.tensors.map { tensor in
                for architecture in architectures {
                    if let (template, layer) = architecture.template(named: tensor.name) { return (template.kind, layer) }
                }
                return nil
            }
        }
        func key(_ suffix: String) -> Int? {
            guard let name, let value = metadata["\(name).\(suffix)"]?.integer, value > 0 else { return nil }
            return value
        }
        let highest = roles.compactMap { $0?.layer }.filter { $0 < Self.layerLimit }.max().map { $0 + 1 }
        layers = min(key("block_count") ?? highest ?? 0, Self.layerLimit)
        hasOutputTensor = roles.contains { $0?.kind == .output } || model?.tensor(named: "output.weight") != nil
        parameterEstimate = QuantizerRules.parameterEstimate(
            embedding: Double(key("embedding_length") ?? 0), feedForward: Double(key("feed_forward_length") ?? 0), layers: Double(layers))
        let architecture = name ?? ""
        func first(_ suffix: String) -> Int? { metadata["\(architecture).\(suffix)"]?.firstInteger }
        isCalled70B = Spec.quantizer.isCalled70B(
            architecture: architecture, layers: layers, heads: first("attention.head_count"), headsKV: first("attention.head_count_kv"))
        self.roles = roles
    }
}
