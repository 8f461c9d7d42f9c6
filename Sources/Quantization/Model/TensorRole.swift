import BlockSpec

/// What a tensor is to the original's quantizer, which goes by names (QUANT-02).
struct TensorRole: Sendable, Hashable {
    /// Its part in routing.
    let kind: TensorKind
    /// Its layer; nil outside the layers.
    let layer: Int?

    init(name: String) {
        kind = Spec.quantizer.kind(named: name)
        let layer = TensorOrder.layer(of: name)
        self.layer = layer < 0 ? nil : layer
    }
}
