import BlockSpec
import Foreign
import GGUF

/// A model as its files together describe it: metadata of the first part, tensors of all.
struct ModelView {
    /// One file of the model.
    struct Part {
        let path: ForeignText
        let scan: GGUFScan
        let formats: TensorFormats
    }

    /// A tensor and where it is.
    struct Tensor {
        let part: Int
        let info: TensorInfo
        let format: BlockFormat?
    }

    let parts: [Part]
    let metadata: Metadata
    let tensors: [Tensor]
    /// Whether every header could be read to its end and no part is missing: what is absent then really is.
    let isComplete: Bool
    private let byName: [ByteView: Int]

    /// `parts` must not be empty.
    init?(_ parts: [Part], isComplete: Bool) {
        guard let first = parts.first else { return nil }
        self.parts = parts
        metadata = first.scan.metadata
        tensors = parts.enumerated().flatMap { index, part in
            part.scan.tensors.map { Tensor(part: index, info: $0, format: part.formats[$0]) }
        }
        self.isComplete = isComplete && parts.allSatisfy { $0.scan.stoppedIn == nil }
        byName = Dictionary(tensors.enumerated().map { ($1.info.nameBytes, $0) }) { first, _ in first }
    }

    func tensor(_ name: String) -> Tensor? { byName[ByteView(Array(name.utf8))].map { tensors[$0] } }

    /// The value of `general.architecture`, where it is a string.
    var architectureID: ForeignText? { metadata["general.architecture"]?.string }

    /// Whether the metadata could be read to its end.
    var hasMetadata: Bool { parts.first.map { $0.scan.stoppedIn != .fixedHeader && $0.scan.stoppedIn != .metadata } ?? false }

    /// Whether the file is a model; others (importance matrices, say) only share the container. Files that do not say are.
    var isModel: Bool { metadata["general.type"]?.string.map { $0 == "model" } ?? true }

    /// Entries of the vocabulary.
    var vocabularySize: Int? { metadata["tokenizer.ggml.tokens"]?.elementCount }

    func place(_ tensor: Tensor, _ offset: Int? = nil) -> Finding.Location {
        .init(file: parts[tensor.part].path, tensor: tensor.info.name, offset: offset ?? tensor.info.nameRange.lowerBound)
    }
}
