import HIFIBlockSpec
import HIFIGGUF

/// A tiny model, sound or with one thing wrong with it, that a loader was asked about.
public struct LoaderCase: Sendable, CustomStringConvertible {
    /// The architecture, with a word after it for another variety of the same: `llama`, `llama+experts`.
    public let model: String
    /// What was done to it.
    public let damage: String
    /// The file.
    public let bytes: [UInt8]

    /// Model and damage.
    public var description: String { "\(model)/\(damage)" }

    /// The models that are made, each with its extents.
    public static let models: [(name: String, model: TinyModel)] = Spec.architectures.flatMap { architecture -> [(String, TinyModel)] in
        [(architecture.id, TinyModel(architecture))]
            + (varieties[architecture.id] ?? []).map { ("\(architecture.id)+\($0.word)", TinyModel(architecture, $0.changes)) }
    }

    private static let experts: [String: [Int]] = ["experts": [5], "experts_used": [2]]
    private static let predictor: [String: [Int]] = ["layers": [3], "nextn_layers": [1]]

    /// Varieties whose tensors differ.
    private static let varieties: [String: [(word: String, changes: [String: [Int]])]] = [
        "llama": [("experts", experts)], "granite": [("experts", experts)], "minicpm": [("experts", experts)],
        "mistral3": [("experts", experts)], "refact": [("experts", experts)],
        "deepseek2": [("latent", ["key_length_mla": [16], "value_length_mla": [14]]), ("predictor", predictor)],
        "glm4": [("predictor", predictor)], "glm4moe": [("predictor", predictor)], "qwen3next": [("predictor", predictor)],
        "granitehybrid": [("dense", ["experts": [0], "experts_used": [0]])],
    ]

    /// Every case of a model: sound ones first.
    public static func all(of name: String, _ model: TinyModel) -> [LoaderCase] {
        var cases: [LoaderCase] = []
        for extent in TinyModel.Extent.allCases {
            var model = model
            model.extent = extent
            let builder = model.builder()
            if extent == .fused, !builder.tensors.contains(where: { $0.isFused }) { continue }
            cases.append(.init(model: name, damage: extent == .required ? "sound" : "sound-\(extent)", bytes: builder.build().bytes))
        }
        let builder = model.builder()
        for damage in LoaderDamage.all {
            guard let damaged = damage.apply(builder, model) else { continue }
            cases.append(.init(model: name, damage: damage.name, bytes: damaged))
        }
        return cases
    }
}

extension GGUFBuilder.Tensor {
    /// The name as text.
    public var nameText: String { String(decoding: name, as: UTF8.self) }

    fileprivate var isFused: Bool { nameText.hasSuffix("attn_qkv.weight") || nameText.hasSuffix("ffn_gate_up_exps.weight") }
}
