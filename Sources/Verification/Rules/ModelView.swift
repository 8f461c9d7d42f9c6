import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

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
    }

    /// The tensors of all parts, one part after the other; the records stay where they are.
    struct Tensors: RandomAccessCollection {
        private let parts: [Part]
        /// Where each part begins, and after the last the number of all.
        private let starts: [Int]

        init(_ parts: [Part]) {
            self.parts = parts
            starts = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.scan.tensors.count) }
        }

        var startIndex: Int { 0 }
        var endIndex: Int { starts[starts.count - 1] }
        subscript(position: Int) -> Tensor {
            // The last part that does not begin after the position.
            var (low, high) = (0, parts.count)
            while high - low > 1 {
                let middle = (low + high) / 2
                if starts[middle] <= position { low = middle } else { high = middle }
            }
            return Tensor(part: low, info: parts[low].scan.tensors[position - starts[low]])
        }
    }

    let parts: [Part]
    let metadata: Metadata
    let tensors: Tensors
    /// Whether every header could be read to its end and no part is missing: what is absent then really is.
    let isComplete: Bool

    /// `parts` must not be empty.
    init?(_ parts: [Part], isComplete: Bool) {
        guard let first = parts.first else { return nil }
        self.parts = parts
        metadata = first.scan.metadata
        tensors = Tensors(parts)
        self.isComplete = isComplete && parts.allSatisfy { $0.scan.stoppedIn == nil }
    }

    /// The first tensor of a name.
    func tensor(_ name: String) -> Tensor? {
        for (index, part) in parts.enumerated() {
            if let info = part.scan.tensor(named: name) { return Tensor(part: index, info: info) }
        }
        return nil
    }

    /// What a tensor's blocks are taken for.
    func format(of tensor: Tensor) -> BlockFormat? { parts[tensor.part].formats[tensor.info] }

    /// The value of `general.architecture`, where it is a string.
    var architectureID: ForeignText? { metadata["general.architecture"]?.string }

    /// Whether the metadata could be read to its end.
    var hasMetadata: Bool { parts.first.map { $0.scan.stoppedIn != .fixedHeader && $0.scan.stoppedIn != .metadata } ?? false }

    /// Whether the first file there is says that it is a later part of a set: the model's keys are in another file then.
    var isLaterPart: Bool {
        guard let number = metadata["split.no"]?.integer, let count = metadata["split.count"]?.integer else { return false }
        return (1..<max(1, count)).contains(number)
    }

    /// Whether the file is a model; others (importance matrices, say) only share the container. Files that do not say are.
    var isModel: Bool { metadata["general.type"]?.string.map { $0 == "model" } ?? true }

    /// Entries of the vocabulary.
    var vocabularySize: Int? { metadata["tokenizer.ggml.tokens"]?.elementCount }

    func place(_ tensor: Tensor, _ offset: Int? = nil) -> Finding.Location {
        .init(file: parts[tensor.part].path, tensor: tensor.info.name, offset: offset ?? tensor.info.nameRange.lowerBound)
    }
}
