import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification
import HIFIReference
import Inference
import TestSupport
import Testing

@Suite("Any mix of types that can be decoded")
struct MixedTypeTests {
    /// The model with its matrices written in other formats, in turn; upstream's type ids.
    private func model(_ folder: TemporaryFolder, _ types: [(id: UInt32, format: String)], embedding: (id: UInt32, format: String)) throws
        -> LanguageModel
    {
        var parts = try TinyModel.Parts()
        let formats = Identification.identify(try TinyModel.open().scan).formats
        var turn = 0
        for index in parts.tensors.indices where parts.tensors[index].dimensions.count == 2 {
            let isEmbedding = parts.tensors[index].name == "token_embd.weight"
            let type = isEmbedding ? embedding : types[turn % types.count]
            if !isEmbedding { turn += 1 }
            let old = try #require(formats[index])
            let weights = try ReferenceDecoder(old).decode(parts.tensors[index].data)
            let new = try #require(Spec.format(type.format))
            parts.tensors[index].typeID = type.id
            parts.tensors[index].data = try ReferenceEncoder(new).encode(weights, columns: Int(parts.tensors[index].dimensions[0]))
        }
        return try TinyModel.load(parts.write(folder))
    }

    private func scores(_ model: LanguageModel, _ arithmetic: InferenceOptions.Arithmetic, threads: Int = 2) throws -> [ChunkScore] {
        let session = try InferenceSession(model, context: 100, options: .init(arithmetic: arithmetic, threads: threads))
        return try TinyModel.run(context: 100, chunks: 1...4).scores(session)
    }

    @Test("Decoded weights stored in fp32 give the bits of the blocks they came from")
    func decoded() throws {
        let folder = try TemporaryFolder()
        let model = try model(folder, [(0, "f32")], embedding: (0, "f32"))
        #expect(model.formats == ["f32"])
        let expected = try scores(TinyModel.load(), .exact)
        #expect(try scores(model, .exact) == expected)
        // Weights in fp32 meet fp32 activations in any arithmetic.
        #expect(try scores(model, .kernels) == expected)
    }

    @Test("Small blocks beside floats of sixteen bits: close to decoded weights, the same bits on every number of threads")
    func small() throws {
        let folder = try TemporaryFolder()
        let types: [(UInt32, String)] = [(1, "f16"), (8, "q8_0"), (30, "bf16"), (3, "q4_1"), (2, "q4_0"), (7, "q5_1"), (6, "q5_0")]
        let model = try model(folder, types.map { (id: $0.0, format: $0.1) }, embedding: (8, "q8_0"))
        #expect(Set(model.formats) == Set(types.map(\.1)))
        let (exact, kernels) = (try scores(model, .exact), try scores(model, .kernels))
        let ratio = PerplexityEstimate(kernels).perplexity / PerplexityEstimate(exact).perplexity
        #expect(abs(ratio - 1) < 5e-3)
        #expect(exact != kernels)
        #expect(try scores(model, .kernels, threads: 5) == kernels)
        #expect(try scores(model, .reference) == exact)
    }

    /// Every format of the family that can be encoded: the revisions on disk, and its other bases.
    static let family: [String] = Spec.formats.filter { $0.id.contains("hifi") && $0.decoding != nil && (try? ReferenceEncoder($0)) != nil }
        .map(\.id)

    @Test("Every revision of the family, by its kernels and decoded", arguments: family)
    func revision(id: String) throws {
        let format = try #require(Spec.format(id))
        var parts = try TinyModel.Parts()
        var formats = Identification.identify(try TinyModel.open().scan).formats
        let changed = ["blk.0.ffn_down.weight", "blk.1.attn_v.weight", "blk.3.attn_q.weight"]
        for index in parts.tensors.indices where changed.contains(parts.tensors[index].name) {
            let old = try #require(formats[index])
            let weights = try ReferenceDecoder(old).decode(parts.tensors[index].data)
            parts.tensors[index].data = try ReferenceEncoder(format).encode(weights, columns: Int(parts.tensors[index].dimensions[0]))
            formats[index] = format
        }
        let folder = try TemporaryFolder()
        // The type id says nothing here: the caller knows what the tensors hold.
        let model = try LanguageModel(parts.write(folder), formats: formats)
        #expect(model.formats.contains(id))
        func perplexity(_ arithmetic: InferenceOptions.Arithmetic) throws -> Double {
            let session = try InferenceSession(model, context: 100, options: .init(arithmetic: arithmetic))
            return PerplexityEstimate(try TinyModel.run(context: 100, chunks: 1...3).scores(session)).perplexity
        }
        #expect(abs(try perplexity(.kernels) / perplexity(.exact) - 1) < 2e-2)
    }
}
