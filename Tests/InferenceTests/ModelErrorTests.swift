import Foundation
import HIFIGGUF
import Inference
import TestSupport
import Testing

@Suite("A file that is not a usable model is refused by the name of key or tensor")
struct ModelErrorTests {
    private func problem(_ change: (inout TinyModel.Parts) -> Void) throws -> String {
        let folder = try TemporaryFolder()
        var parts = try TinyModel.Parts()
        change(&parts)
        let file = try parts.write(folder)
        do {
            let model = try TinyModel.load(file)
            let session = try InferenceSession(model, context: 8)
            try session.append([1, 2, 3], outputs: 1) { _, logits throws(ModelError) in
                if !logits.allSatisfy(\.isFinite) { throw ModelError.nonFinite("a logit", position: 2) }
            }
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test("The unchanged parts are a model")
    func unchanged() throws { #expect(try problem { _ in } == "accepted") }

    @Test("Architecture and hyper-parameters")
    func hyperParameters() throws {
        #expect(try problem { $0.set("general.architecture", .string("mamba")) }.contains("\"mamba\""))
        #expect(try problem { $0.set("general.architecture", nil) }.contains("general.architecture"))
        #expect(try problem { $0.set("qwen3.block_count", nil) } == "key qwen3.block_count is missing")
        #expect(
            try problem { $0.set("qwen3.block_count", .uint32(7)) }
                == "tensor blk.6.attn_norm.weight is missing, which the architecture requires")
        #expect(try problem { $0.set("qwen3.block_count", .uint32(0)) }.contains("qwen3.block_count"))
        #expect(try problem { $0.set("qwen3.block_count", .uint32(.max)) }.contains("qwen3.block_count"))
        #expect(try problem { $0.set("qwen3.block_count", .string("6")) }.contains("stored as string"))
        #expect(try problem { $0.set("qwen3.attention.head_count_kv", .uint32(3)) }.contains("head_count_kv"))
        #expect(try problem { $0.set("qwen3.attention.key_length", .uint32(127)) }.contains("key_length"))
        #expect(try problem { $0.set("qwen3.attention.value_length", .uint32(64)) }.contains("value_length"))
        #expect(try problem { $0.set("qwen3.attention.layer_norm_rms_epsilon", .float32(.nan)) }.contains("rms_epsilon"))
        #expect(try problem { $0.set("qwen3.rope.scaling.type", .string("spiral")) }.contains("\"spiral\""))
        #expect(try problem { $0.set("qwen3.expert_count", .uint32(8)) }.contains("expert_count"))
    }

    @Test("A key that may change the result and is not understood is refused by name; one that states the default is accepted")
    func keys() throws {
        func verdict(_ key: String, _ value: MetadataValue) throws -> String { try problem { $0.set(key, value) } }
        let refused: [(String, MetadataValue)] = [
            ("qwen3.attention.sliding_window", .uint32(64)), ("qwen3.final_logit_softcapping", .float32(30)),
            ("qwen3.logit_scale", .float32(0.5)), ("qwen3.attention.scale", .float32(0.1)), ("qwen3.attention.clamp_kqv", .float32(8)),
            ("qwen3.attention.causal", .bool(false)), ("qwen3.rope.scaling.yarn_log_multiplier", .float32(0.1)),
            // Read of other architectures only.
            ("qwen3.rope.scaling.yarn_ext_factor", .float32(0.5)), ("qwen3.rope.scaling.yarn_beta_fast", .float32(16)),
            ("qwen3.rope.scaling.yarn_beta_slow", .float32(2)),
            ("qwen3.something.new", .uint32(0)),
        ]
        for (key, value) in refused { #expect(try verdict(key, value).hasPrefix("key \(key) is "), "\(key)") }
        for (key, value) in [
            ("qwen3.attention.sliding_window", MetadataValue.uint32(0)), ("qwen3.attention.causal", .bool(true)),
            ("qwen3.vocab_size", .uint32(7)), ("qwen3.logit_scale", .float32(1)), ("llama.logit_scale", .float32(0.5)),
        ] { #expect(try verdict(key, value) == "accepted", "\(key)") }
    }

    @Test("A tensor without a place in the forward pass is refused by name, and the others are counted")
    func unusedTensors() throws {
        func extra(_ names: String...) throws -> String {
            try problem { parts in
                for name in names {
                    guard var tensor = parts.tensors.first(where: { $0.name == "output_norm.weight" }) else { return }
                    tensor.name = name
                    parts.tensors.append(tensor)
                }
            }
        }
        #expect(try extra("blk.0.attn_output.bias").hasPrefix("tensor blk.0.attn_output.bias is not part of qwen3"))
        #expect(try extra("blk.0.post_norm.weight", "blk.0.ffn_gate.scale").hasPrefix("tensor blk.0.post_norm.weight and 1 more are not"))
    }

    @Test("Shapes that disagree with the hyper-parameters")
    func shapes() throws {
        #expect(try problem { $0.set("qwen3.feed_forward_length", .uint32(512)) }.contains("tensor blk.0.ffn_gate.weight"))
        #expect(try problem { $0.set("qwen3.embedding_length", .uint32(512)) }.contains("tensor blk.0.attn_norm.weight"))
        #expect(
            try problem { $0.change("blk.3.attn_output.weight") { $0.dimensions.swapAt(0, 1) } }
                == "tensor blk.3.attn_output.weight has dimensions 256 x 512; the hyper-parameters give 512 x 256")
        #expect(try problem { $0.tensors.removeAll { $0.name == "blk.5.ffn_up.weight" } }.contains("tensor blk.5.ffn_up.weight is missing"))
        #expect(try problem { $0.change("output_norm.weight") { $0.name = "output.weight" } }.contains("output"))
    }

    @Test("Weights that are not finite: the first tensor whose product is broken is named")
    func notFinite() throws {
        func poison(_ name: String) throws -> String {
            // fp16 NaN in the last two bytes of the first block: the super-scale of q3_k and q6_k, an outlier of the HIFI revision.
            try problem { $0.change(name) { tensor in tensor.data.replaceSubrange(108..<110, with: [0x00, 0x7E]) } }
        }
        let text = try poison("blk.2.attn_q.weight")
        #expect(text.contains("blk.2.attn_q.weight") && text.contains("not finite"), "\(text)")
    }

    @Test("Tokens outside the vocabulary, and more of them than there is room for")
    func tokens() throws {
        let session = try InferenceSession(TinyModel.load(), context: 4)
        #expect(throws: ModelError.self) { try session.append([2048]) { _, _ in } }
        #expect(throws: ModelError.self) { try session.append([-1]) { _, _ in } }
        #expect(throws: ModelError.self) { try session.append([1, 2, 3, 4, 5]) { _, _ in } }
        try session.append([1, 2, 3]) { _, _ in }
        #expect(throws: ModelError.self) { try session.append([1, 2]) { _, _ in } }
        #expect(session.count == 3)
    }
}
