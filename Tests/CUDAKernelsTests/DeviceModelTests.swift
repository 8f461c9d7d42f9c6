import CUDAInference
import CUDAKernels
import Foundation
import HIFIGGUF
import HIFIKernels
import Inference
import TestSupport
import Testing

extension CUDAOnShim {
    @Suite("A model on a device") struct DeviceModelTests {
        private func exactScores(_ model: LanguageModel, _ run: PerplexityRun) throws -> [ChunkScore] {
            try run.scores(InferenceSession(model, context: run.context, options: .init(arithmetic: .exact, threads: 2)))
        }

        @Test("decoded weights: the processor's bits, from whatever format, for any number of chunks at once")
        func exact() throws {
            let folder = try TemporaryFolder()
            let formats = [
                "attn_q": "f16", "attn_k": "bf16", "attn_v": "f32", "attn_output": "q2_k", "ffn_gate": "q4_0", "ffn_up": "q3_k_hifi@r6",
                "ffn_down": "q8_0",
            ]
            let model = try SmallModel.model(in: folder, format: { name in formats.first { name.contains($0.key) }?.value })
            #expect(Set(model.formats) == ["f16", "bf16", "f32", "q2_k", "q3_k_hifi@r6", "q4_0", "q8_0", "q6_k"])
            let run = try SmallModel.run(context: 20, chunks: 1...5)
            let expected = try exactScores(model, run)
            for positions in [20, 40, 1000] {
                let device = try DeviceEvaluator(
                    model, on: SmallModel.device(), context: 20, options: .init(arithmetic: .exact), positions: positions)
                #expect(device.chunksAtOnce == positions / 20)
                #expect(try run.scores(device) == expected, "\(positions) positions")
                #expect(try run.scores(device) == expected, "again")
            }
        }

        @Test(
            "embeddings: looked up on the device as floats or blocks, on the processor where it has no kernel",
            arguments: ["f16", "q5_k", "q4_0"])
        func embeddings(_ format: String) throws {
            let folder = try TemporaryFolder()
            let model = try SmallModel.model(in: folder, format: { $0 == "token_embd.weight" ? format : nil })
            let run = try SmallModel.run(context: 10, chunks: 1...2)
            let device = try DeviceEvaluator(model, on: SmallModel.device(), context: 10, options: .init(arithmetic: .exact))
            #expect(try run.scores(device) == exactScores(model, run))
            let backend = try SmallModel.device(path: .matrix)
            let expected = try run.scores(InferenceSession(model, context: 10, options: .init(threads: 2, products: backend)))
            #expect(try run.scores(DeviceEvaluator(model, on: backend, context: 10)) == expected)
        }

        @Test("the Llama architecture: pairs rotate, heads have no norms, frequencies have divisors")
        func llama() throws {
            let folder = try TemporaryFolder()
            let model = try SmallModel.model(
                in: folder,
                { parts in
                    parts.keys = parts.keys.map { ($0.0.replacingOccurrences(of: "qwen3.", with: "llama."), $0.1) }
                    parts.set("general.architecture", .string("llama"))
                    parts.tensors.removeAll { $0.0.hasSuffix("attn_q_norm.weight") || $0.0.hasSuffix("attn_k_norm.weight") }
                    let divisors = (0..<64).map { 1 + Float($0) / 7 }
                    parts.tensors.append(("rope_freqs.weight", [64], 0, divisors.withUnsafeBytes { Array($0) }))
                })
            #expect(model.shape.rotation == .pairs && !model.shape.hasHeadNorms)
            let run = try SmallModel.run(context: 12, chunks: 1...3)
            let device = try DeviceEvaluator(model, on: SmallModel.device(), context: 12, options: .init(arithmetic: .exact))
            #expect(try run.scores(device) == exactScores(model, run))
        }

        /// All but the products of quantized matrices is the processor's to the bit, so with the device's products the processor
        /// must arrive at the device's bits.
        @Test("quantized products: what the processor makes of the device's products", arguments: [CUDABackend.Path.matrix, .tiles])
        func quantized(_ path: CUDABackend.Path) throws {
            let folder = try TemporaryFolder()
            let formats = [
                "attn_q": "f16", "attn_k": "q2_k", "attn_output": "q8_0", "ffn_gate": "q5_k", "ffn_up": "q3_k_hifi@r6", "ffn_down": "q4_0",
            ]
            let model = try SmallModel.model(in: folder, format: { name in formats.first { name.contains($0.key) }?.value })
            let run = try SmallModel.run(context: 12, chunks: 1...2)
            let backend = try SmallModel.device(path: path)
            let expected = try run.scores(InferenceSession(model, context: 12, options: .init(threads: 2, products: backend)))
            let device = try DeviceEvaluator(model, on: backend, context: 12)
            #expect(device.kernel == (path == .matrix ? "cuda" : "cuda:tiles"))
            #expect(try run.scores(device) == expected)
            #expect(try run.scores(device) != exactScores(model, run))
        }

        @Test("logits: no divergence from the processor's where weights are decoded")
        func logits() throws {
            let folder = try TemporaryFolder()
            let model = try SmallModel.model(in: folder)
            let run = try SmallModel.run(context: 12, chunks: 1...3)
            let session = try InferenceSession(model, context: 12, options: .init(arithmetic: .exact))
            let path = folder.path("base.kl")
            let writer = try BaselineWriter(path: path, run: run, vocabulary: model.shape.vocabulary)
            let expected = try run.scores(session, watcher: writer)
            try writer.finish()
            let meter = try DivergenceMeter(Baseline(path: path), run: run, vocabulary: model.shape.vocabulary)
            let device = try DeviceEvaluator(model, on: SmallModel.device(), context: 12, options: .init(arithmetic: .exact))
            #expect(try run.scores(device, watcher: meter) == expected)
            let report = try #require(meter.report())
            #expect(report.maximumDivergence == 0 && report.minimumDivergence == 0 && report.sameTop.value == 1)
            #expect(report.count == 15)
        }

        @Test("weights that are not finite: the same error as on the processor", arguments: [InferenceOptions.Arithmetic.kernels, .exact])
        func notFinite(_ arithmetic: InferenceOptions.Arithmetic) throws {
            let folder = try TemporaryFolder()
            let model = try SmallModel.model(
                layers: 2, in: folder,
                // The super-scale of q3_k and q6_k, or an outlier: fp16 NaN in the first block.
                { $0.change("blk.0.ffn_up.weight") { $0.data.replaceSubrange(108..<110, with: [0x00, 0x7E]) } })
            let run = try SmallModel.run(context: 12, chunks: 1...2)
            func problem(_ evaluator: any ChunkEvaluator) -> String {
                do { return "\(try run.scores(evaluator))" } catch { return "\(error)" }
            }
            let options = InferenceOptions(arithmetic: arithmetic)
            let expected = try problem(InferenceSession(model, context: 12, options: options))
            #expect(
                expected == "the product of tensor blk.0.ffn_up.weight at position 0 is not finite: the weights are broken, or were misread"
            )
            #expect(try problem(DeviceEvaluator(model, on: SmallModel.device(), context: 12, options: options)) == expected)
        }

        @Test("tokens and chunks that the model has no room for; the reference")
        func refused() throws {
            let folder = try TemporaryFolder()
            let model = try SmallModel.model(in: folder)
            let backend = try SmallModel.device()
            let device = try DeviceEvaluator(model, on: backend, context: 4)
            #expect(throws: ModelError.self) {
                try device.evaluate([ScoredChunk(tokens: [1, 2048], targets: [1])], keepsLogits: false) { _, _, _ in }
            }
            #expect(throws: ModelError.self) {
                try device.evaluate([ScoredChunk(tokens: [1, 2, 3, 4, 5], targets: [1])], keepsLogits: false) { _, _, _ in }
            }
            #expect(throws: ModelError.self) {
                try DeviceEvaluator(model, on: backend, context: 4, options: .init(arithmetic: .reference))
            }
            // The shim has 1 GiB.
            #expect(throws: ModelError.self) { try DeviceEvaluator(model, on: backend, context: 1 << 20) }
        }

        @Test("nothing is left on the device afterwards")
        func memory() throws {
            let library = try ShimLibrary.plain.get()
            let before = ShimLibrary.allocations(of: library)
            do {
                let folder = try TemporaryFolder()
                let device = try DeviceEvaluator(SmallModel.model(in: folder), on: SmallModel.device(), context: 8)
                #expect(ShimLibrary.allocations(of: library) > before)
                _ = device
            }
            #expect(ShimLibrary.allocations(of: library) == before)
        }
    }
}
