import HIFIBlockSpec
import HIFIGGUF

extension MixContext {
    /// More layers than any model has, and fewer than a hostile file can claim.
    private static let layerLimit = 100_000

    /// What routings may look at of a file, without an importance matrix.
    ///
    /// - Parameters:
    ///   - metadata: the model's keys; of a split model those of its first part.
    ///   - layers: of its tensors, as their names say; the highest counts where no key gives the number of layers.
    ///   - hasOutputTensor: whether the model has an output matrix of its own.
    public init(_ metadata: Metadata, layers: some Sequence<Int>, hasOutputTensor: Bool) {
        let architecture = metadata["general.architecture"]?.string ?? ""
        func key(_ suffix: String) -> Int? { metadata[architecture.adding(".\(suffix)")]?.firstInteger }
        let highest = layers.filter { $0 < Self.layerLimit }.max().map { $0 + 1 }
        let count = key("block_count").flatMap { $0 > 0 ? $0 : nil } ?? highest ?? 0
        self.init(architecture: architecture.raw, layers: min(count, Self.layerLimit), hasOutputTensor: hasOutputTensor, key: key)
    }
}
