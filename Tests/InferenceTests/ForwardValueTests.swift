import Foundation
import HIFIGGUF
import Inference
import Testing

/// A model and the sum of its losses.
struct ForwardCase: CustomTestStringConvertible {
    let name: String
    let model: SmallModel
    let expected: Double
    var testDescription: String { name }

    init(_ name: String, _ model: SmallModel, _ expected: Double) { (self.name, self.model, self.expected) = (name, model, expected) }
}

/// Right values of small models, by the library of llama.cpp as in llama-cpp-python 0.3.36 (fp32 weights, keys and values in fp32, no
/// flash attention), and of partial rotation, which that library refuses, by a forward pass in fp64.
///
/// How near: a logit of up to 10 in magnitude comes of some 2 · 7 products of 48 terms, so of about √672 = 26 roundings of 2^-24 that
/// add up as independent ones do: 1.5e-5. Each loss has two such errors, and 47 losses are added: 1.5e-3. Leaving out any one thing
/// here changes the sum by 0.2 or more.
@Suite("Sums of losses are those of another implementation")
struct ForwardValueTests {
    static let bound = 1.5e-3

    private static let projections: Set<String> = ["attn_q", "attn_k", "attn_v"]

    static let families: [ForwardCase] = [
        ForwardCase("llama", SmallModel(architecture: "llama"), 212.210498),
        ForwardCase("llama, tied", SmallModel(architecture: "llama", isTied: true), 413.362530),
        ForwardCase(
            "llama, biases of attention", SmallModel(architecture: "llama", biases: projections.union(["attn_output"])), 206.862210),
        ForwardCase(
            "llama, biases of the feed-forward part", SmallModel(architecture: "llama", biases: ["ffn_gate", "ffn_up", "ffn_down"]),
            213.478205),
        ForwardCase("llama, frequency factors", SmallModel(architecture: "llama", hasFrequencies: true), 214.690329),
        ForwardCase("llama, experts", SmallModel(architecture: "llama", experts: 4, used: 2), 207.485322),
        ForwardCase("qwen2", SmallModel(architecture: "qwen2", biases: projections), 207.123743),
        ForwardCase(
            "qwen2, tied, bias of the output", SmallModel(architecture: "qwen2", isTied: true, biases: projections.union(["output"])),
            369.981938),
        ForwardCase("qwen3", SmallModel(architecture: "qwen3"), 210.509712),
        ForwardCase("qwen3, biases", SmallModel(architecture: "qwen3", biases: projections), 204.624035),
        ForwardCase(
            "qwen2moe", SmallModel(architecture: "qwen2moe", experts: 4, used: 2, sharedFeedForward: 40, biases: projections), 211.106991),
        ForwardCase("qwen3moe", SmallModel(architecture: "qwen3moe", experts: 4, used: 3), 212.829304),
    ]

    /// The keys of a scaled rotation, and what they give with llama and with qwen3.
    private static let scalings: [(name: String, keys: [(String, MetadataValue)], llama: Double, qwen3: Double)] = [
        ("linear", [("rope.scaling.type", .string("linear")), ("rope.scaling.factor", .float32(4))], 217.603501, 208.764605),
        ("factor without a kind", [("rope.scaling.factor", .float32(4))], 217.603501, 208.764605),
        ("old key", [("rope.scale_linear", .float32(4))], 217.603501, 208.764605),
        ("new key before the old one", [("rope.scale_linear", .float32(4)), ("rope.scaling.factor", .float32(2))], 209.258250, 199.588103),
        ("kind none", [("rope.scaling.type", .string("none")), ("rope.scaling.factor", .float32(4))], 212.210498, 210.509712),
        ("attention factor", [("rope.scaling.factor", .float32(4)), ("rope.scaling.attn_factor", .float32(2))], 203.912441, 209.285782),
        ("yarn", yarn(4), 212.872733, 204.989616),
        ("yarn with an attention factor", yarn(8) + [("rope.scaling.attn_factor", .float32(1.5))], 212.002754, 210.039028),
    ]

    private static func yarn(_ factor: Float) -> [(String, MetadataValue)] {
        [
            ("rope.scaling.type", .string("yarn")), ("rope.scaling.factor", .float32(factor)),
            ("rope.scaling.original_context_length", .uint32(16)),
        ]
    }

    static let rotations: [ForwardCase] = scalings.flatMap { scaling in
        [
            ForwardCase("llama, \(scaling.name)", SmallModel(architecture: "llama", keys: scaling.keys), scaling.llama),
            ForwardCase("qwen3, \(scaling.name)", SmallModel(architecture: "qwen3", keys: scaling.keys), scaling.qwen3),
        ]
    }

    @Test("Families, biases, experts", arguments: families)
    func familyValue(_ item: ForwardCase) throws { #expect(abs(try item.model.loss() - item.expected) < Self.bound) }

    @Test("Scaled rotation under each of its keys", arguments: rotations)
    func rotationValue(_ item: ForwardCase) throws { #expect(abs(try item.model.loss() - item.expected) < Self.bound) }

    @Test(
        "Partial rotation",
        arguments: [("llama", 4, 210.009824), ("llama", 6, 214.648272), ("qwen3", 4, 216.404538), ("qwen3", 6, 211.822765)])
    func partial(_ architecture: String, _ rotated: Int, _ expected: Double) throws {
        let model = SmallModel(architecture: architecture, keys: [("rope.dimension_count", .uint32(UInt32(rotated)))])
        #expect(abs(try model.loss() - expected) < Self.bound)
    }

    @Test("Threads and instruction sets change no bit of a model of experts; kernels and exact arithmetic are the same for fp32")
    func experts() throws {
        for model in [Self.families[10].model, Self.families[5].model] {
            let loaded = try model.load()
            func logits(_ options: InferenceOptions) throws -> [Float] {
                try PerplexityLoss(InferenceSession(loaded, context: 48, options: options), SmallModel.tokens).logits
            }
            let expected = try logits(.init(arithmetic: .exact))
            #expect(try logits(.init(arithmetic: .exact, threads: 3)) == expected)
            #expect(try logits(.init(arithmetic: .kernels, threads: 2)) == expected)
            #expect(try logits(.init(arithmetic: .exact, isa: .scalar)) == expected)
            #expect(try logits(.init(arithmetic: .reference)) == expected)
        }
    }
}
