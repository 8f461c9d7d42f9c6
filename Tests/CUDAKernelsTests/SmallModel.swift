import CUDAKernels
import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification
import HIFIReference
import HIFITokenization
import Inference
import TestSupport
import Testing

/// The repository's trained model, cut down to what the shim runs in a second.
enum SmallModel {
    static let text = "Tests/InferenceTests/Fixtures/persuasion.txt"
    static let path = Repository.root.appendingPathComponent("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf").path

    /// Its first layers, and the formats of what is left.
    static func parts(layers: Int) throws -> (parts: ModelParts, formats: [BlockFormat?]) {
        let file = try GGUFFile.open(path: path)
        let formats = Identification.identify(file.scan).formats
        var parts = try ModelParts(file)
        parts.set("qwen3.block_count", .uint32(UInt32(layers)))
        let kept = parts.tensors.indices.filter { index in
            let words = parts.tensors[index].name.split(separator: ".")
            return words[0] != "blk" || Int(words[1]).map { $0 < layers } == true
        }
        parts.tensors = kept.map { parts.tensors[$0] }
        return (parts, kept.map { formats[$0] })
    }

    /// Matrices in the formats that a body chooses by name; nil leaves one as it is. Tensors that are added are fp32.
    static func model(
        layers: Int = 1, in folder: TemporaryFolder, _ change: (inout ModelParts) -> Void = { _ in },
        format: (String) -> String? = { _ in nil }
    ) throws -> LanguageModel {
        var (parts, formats) = try parts(layers: layers)
        for index in parts.tensors.indices {
            guard parts.tensors[index].dimensions.count == 2, let id = format(parts.tensors[index].name) else { continue }
            let (old, new) = (try #require(formats[index]), try #require(Spec.format(id)))
            let weights = try ReferenceDecoder(old).decode(parts.tensors[index].data)
            parts.tensors[index].data = try ReferenceEncoder(new).encode(weights, columns: Int(parts.tensors[index].dimensions[0]))
            formats[index] = new
        }
        // The type ids say nothing here: the formats are given, by name, for a change may add tensors and take some away.
        let formatsByName = Dictionary(zip(parts.tensors.map(\.name), formats)) { first, _ in first }
        change(&parts)
        let float = Spec.format("f32")
        return try LanguageModel(parts.write(folder), formats: parts.tensors.map { formatsByName[$0.name] ?? float })
    }

    /// Chunks of the model's held-out text.
    static func run(context: Int, chunks: ClosedRange<Int>) throws -> PerplexityRun {
        let tokens = try Tokenizer(GGUFFile.open(path: path).metadata).encode(Repository.bytes(text))
        return try PerplexityRun(tokens: tokens, context: context, chunks: chunks)
    }

    /// The shim's device.
    static func device(path: CUDABackend.Path = .automatic) throws -> CUDABackend {
        try CUDABackend(CUDADevice(driver: ShimLibrary.plain.get()), path: path)
    }
}
