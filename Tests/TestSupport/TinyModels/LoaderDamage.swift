import HIFIBlockSpec
import HIFIGGUF

/// One thing that can be wrong with a tiny model; some leave it sound, to see that nothing is refused for nothing.
public struct LoaderDamage: Sendable {
    /// What is done, in a word.
    public let name: String
    /// The damaged file; nil where the model has nothing to damage so.
    public let apply: @Sendable (GGUFBuilder, TinyModel) -> [UInt8]?

    private init(_ name: String, _ change: @escaping @Sendable (inout GGUFBuilder, TinyModel) -> Bool) {
        self.name = name
        apply = { builder, model in
            var builder = builder
            return change(&builder, model) ? builder.build().bytes : nil
        }
    }

    private init(_ name: String, bytes: @escaping @Sendable (GGUFBuilder) -> [UInt8]) {
        self.name = name
        apply = { builder, _ in bytes(builder) }
    }

    /// All of them.
    public static let all = missing + extra + shapes + keys + types + arrays + values + layout

    // MARK: - Tensors

    private static let missing = [
        LoaderDamage("missing-first") { builder, _ in builder.removeTensor { _ in true } },
        LoaderDamage("missing-last") { builder, _ in builder.tensors.popLast() != nil },
        LoaderDamage("missing-norm") { builder, _ in builder.removeTensor { $0.hasSuffix("norm.weight") } },
        LoaderDamage("missing-in-layer") { builder, _ in builder.removeTensor { $0.contains("blk.0.") && !$0.contains("norm") } },
        LoaderDamage("missing-layer") { builder, _ in
            let before = builder.tensors.count
            builder.tensors.removeAll { $0.nameText.contains("blk.1.") }
            return builder.tensors.count < before
        },
        LoaderDamage("renamed") { builder, _ in
            builder.changeTensor({ $0.contains("blk.0.") }) { $0.name = Array($0.nameText.replacing("weight", with: "weights").utf8) }
        },
        LoaderDamage("renamed-layer") { builder, _ in
            builder.changeTensor({ $0.contains("blk.0.") }) { $0.name = Array($0.nameText.replacing("blk.0.", with: "blk.00.").utf8) }
        },
    ]

    private static let extra = [
        LoaderDamage("extra") { builder, _ in builder.addVector("extra.weight", 8) },
        LoaderDamage("extra-in-layer") { builder, _ in builder.addVector("blk.0.extra.weight", 8) },
        LoaderDamage("extra-layer") { builder, model in
            let layers = model.parameters["layers"]?.first ?? 0
            return builder.addVector("blk.\(layers).attn_norm.weight", 64)
        },
        LoaderDamage("extra-bias") { builder, _ in builder.addVector("output_norm.bias.weight", 64) },
        LoaderDamage("query-bias") { builder, model in
            let rows = builder.tensors.first { $0.nameText == "blk.0.attn_q.weight" }?.dimensions[1]
            return builder.addVector("blk.0.attn_q.bias", rows ?? 64)
        },
        LoaderDamage("rope-factors") { builder, _ in builder.addVector("rope_freqs.weight", 6) },
        LoaderDamage("query-scale") { builder, _ in builder.addVector("blk.0.attn_q.scale", 1) },
        LoaderDamage("down-input-scale") { builder, _ in builder.addVector("blk.1.ffn_down.input_scale", 1) },
        LoaderDamage("output-matrix") { builder, _ in
            guard !builder.tensors.contains(where: { $0.nameText == "output.weight" }) else { return false }
            return builder.addMatrix("output.weight", [64, 48])
        },
        LoaderDamage("twice") { builder, _ in
            builder.tensors.first.map { builder.tensors.append($0) } != nil
        },
    ]

    private static let shapes = [
        LoaderDamage("transposed") { builder, _ in
            builder.changeTensor({ _ in true }, { $0.count == 2 && $0[0] != $0[1] }) { $0.dimensions.reverse() }
        },
        LoaderDamage("wider") { builder, _ in builder.changeTensor({ $0.contains("blk.0.") }, { $0.count >= 2 }) { $0.resize(0, by: 32) } },
        LoaderDamage("taller-in-last-layer") { builder, _ in
            builder.changeTensor({ $0.contains("blk.1.") }, { $0.count >= 2 }) { $0.resize(1, by: 1) }
        },
        LoaderDamage("longer-norm") { builder, _ in builder.changeTensor({ $0.hasSuffix("norm.weight") }) { $0.resize(0, by: 1) } },
        LoaderDamage("flattened") { builder, _ in
            builder.changeTensor({ $0.contains("blk.0.") }, { $0.count >= 2 && $0.contains { $0 > 1 } && $0[1] > 1 }) {
                $0.dimensions = [$0.dimensions.reduce(1, *)]
            }
        },
        LoaderDamage("trailing-one") { builder, _ in
            builder.changeTensor({ $0.contains("blk.0.") }, { $0.count <= 3 }) { $0.dimensions.append(1) }
        },
        LoaderDamage("trailing-two") { builder, _ in
            builder.changeTensor({ $0.contains("blk.0.") }, { $0.count <= 3 }) {
                $0.dimensions.append(2); $0.data += $0.data
            }
        },
        LoaderDamage("quantized-norm") { builder, _ in
            builder.changeTensor({ $0.contains("norm") }, { $0 == [64] }) {
                $0.typeID = 8
                $0.data = (0..<2).flatMap { _ in [0x00, 0x24] + [UInt8](repeating: 7, count: 32) }
            }
        },
        LoaderDamage("rows-no-whole-blocks") { builder, _ in
            builder.changeTensor({ $0.contains("blk.0.") }, { $0.count == 2 && $0[0] == 64 }) { $0.typeID = 12 }
        },
        LoaderDamage("token-missing") { builder, model in
            guard let count = model.parameters["vocabulary"]?.first else { return false }
            return builder.set("tokenizer.ggml.tokens", .strings((0..<count - 1).map { "▁t\($0)" }))
                && builder.set("tokenizer.ggml.scores", .float32s([Float](repeating: 0, count: count - 1)))
                && builder.set("tokenizer.ggml.token_type", .int32s([Int32](repeating: 1, count: count - 1)))
        },
    ]

    // MARK: - Keys

    private static let keys = [
        LoaderDamage("no-context-length") { builder, model in builder.removeKey(model, "context_length") },
        LoaderDamage("no-embedding-length") { builder, model in builder.removeKey(model, "embedding_length") },
        LoaderDamage("no-block-count") { builder, model in builder.removeKey(model, "block_count") },
        LoaderDamage("no-feed-forward-length") { builder, model in builder.removeKey(model, "feed_forward_length") },
        LoaderDamage("no-head-count") { builder, model in builder.removeKey(model, "attention.head_count") },
        LoaderDamage("no-head-count-kv") { builder, model in builder.removeKey(model, "attention.head_count_kv") },
        LoaderDamage("no-key-length") { builder, model in builder.removeKey(model, "attention.key_length") },
        LoaderDamage("no-first-own-key") { builder, model in
            model.architecture.ownKeys.first { $0.isRequired }.map { builder.removeKey(model, $0.key) } ?? false
        },
        LoaderDamage("no-last-own-key") { builder, model in
            let required = model.architecture.ownKeys.filter(\.isRequired)
            return required.count > 1 && builder.removeKey(model, required[required.count - 1].key)
        },
        LoaderDamage("unknown-architecture") { builder, model in builder.set("general.architecture", .string(model.architecture.id + "x"))
        },
        LoaderDamage("prefix-of-another") { builder, model in
            builder.set("general.architecture", .string(model.architecture.id == "llama" ? "qwen2" : "llama"))
        },
    ]

    private static let types = [
        LoaderDamage("embedding-length-u64") { builder, model in builder.set(model, "embedding_length", .uint64(64)) },
        LoaderDamage("block-count-i32") { builder, model in
            builder.set(model, "block_count", .int32(Int32(model.parameters["layers"]?.first ?? 0)))
        },
        LoaderDamage("context-length-string") { builder, model in builder.set(model, "context_length", .string("40")) },
        LoaderDamage("epsilon-f64") { builder, model in
            builder.set(model, "attention.layer_norm_rms_epsilon", .float64(1e-5))
                || builder.set(model, "attention.layer_norm_epsilon", .float64(1e-5))
        },
        LoaderDamage("head-count-u16") { builder, model in
            (model.parameters["heads"]?.count ?? 0) == 1
                && builder.set(model, "attention.head_count", .uint16(UInt16(model.parameters["heads"]?.first ?? 0)))
        },
        LoaderDamage("rope-base-u32") { builder, model in builder.add(model, "rope.freq_base", .uint32(10000)) },
        LoaderDamage("file-type-string") { builder, _ in builder.set("general.file_type", .string("0")) },
        LoaderDamage("file-type-u64") { builder, _ in builder.set("general.file_type", .uint64(0)) },
        LoaderDamage("name-u32") { builder, _ in builder.set("general.name", .uint32(1)) },
        LoaderDamage("first-own-key-string") { builder, model in
            model.architecture.ownKeys.first { $0.isRequired }.map { builder.set(model, $0.key, .string("1")) } ?? false
        },
    ]

    private static let arrays = [
        LoaderDamage("feed-forward-short-array") { builder, model in builder.set(model, "feed_forward_length", .uint32s([96])) },
        LoaderDamage("feed-forward-long-array") { builder, model in
            builder.set(
                model, "feed_forward_length", .uint32s([UInt32](repeating: 96, count: 1 + (model.parameters["layers"]?.first ?? 0))))
        },
        LoaderDamage("feed-forward-array") { builder, model in
            guard model.parameters["feed_forward"]?.count == 1 else { return false }
            let layers = model.parameters["layers"]?.first ?? 0
            return builder.set(model, "feed_forward_length", .uint32s([UInt32](repeating: 96, count: layers)))
        },
        LoaderDamage("feed-forward-array-u64") { builder, model in
            let layers = model.parameters["layers"]?.first ?? 0
            return builder.set(
                model, "feed_forward_length", .array(.uint64, [MetadataValue](repeating: .uint64(96), count: layers)))
        },
        LoaderDamage("embedding-length-array") { builder, model in builder.set(model, "embedding_length", .uint32s([64, 64])) },
    ]

    private static let values = [
        LoaderDamage("one-layer-more") { builder, model in
            builder.set(model, "block_count", .uint32(UInt32(1 + (model.parameters["layers"]?.first ?? 0))))
        },
        LoaderDamage("one-layer-fewer") { builder, model in
            builder.set(model, "block_count", .uint32(UInt32(max(1, model.parameters["layers"]?.first ?? 0) - 1)))
        },
        LoaderDamage("embedding-length-96") { builder, model in builder.set(model, "embedding_length", .uint32(96)) },
        LoaderDamage("embedding-length-0") { builder, model in builder.set(model, "embedding_length", .uint32(0)) },
        LoaderDamage("feed-forward-length-64") { builder, model in builder.set(model, "feed_forward_length", .uint32(64)) },
        LoaderDamage("head-count-8") { builder, model in builder.set(model, "attention.head_count", .uint32(8)) },
        LoaderDamage("head-count-kv-1") { builder, model in builder.set(model, "attention.head_count_kv", .uint32(1)) },
        LoaderDamage("key-length-16") { builder, model in builder.set(model, "attention.key_length", .uint32(16)) },
        LoaderDamage("value-length-16") { builder, model in builder.set(model, "attention.value_length", .uint32(16)) },
        LoaderDamage("rope-dimension-8") { builder, model in builder.add(model, "rope.dimension_count", .uint32(8)) },
        LoaderDamage("more-experts") { builder, model in
            model.parameters["experts"]?.first ?? 0 > 0 && builder.set(model, "expert_count", .uint32(6))
        },
        LoaderDamage("more-experts-used-than-there-are") { builder, model in builder.add(model, "expert_used_count", .uint32(9)) },
        LoaderDamage("unknown-rope-scaling") { builder, model in builder.add(model, "rope.scaling.type", .string("spiral")) },
    ]

    // MARK: - The container

    private static let layout = [
        LoaderDamage("cut") { Array($0.build().bytes.dropLast(100)) },
        LoaderDamage("cut-in-header") { builder in
            let image = builder.build()
            return Array(image.bytes[..<(image.headerEnd / 2)])
        },
        LoaderDamage("no-tensors") { builder, _ in
            builder.tensors = []
            return true
        },
    ]
}

extension GGUFBuilder {
    fileprivate mutating func removeTensor(_ isMeant: (String) -> Bool) -> Bool {
        guard let index = tensors.firstIndex(where: { isMeant($0.nameText) }) else { return false }
        tensors.remove(at: index)
        return true
    }

    fileprivate mutating func changeTensor(
        _ isMeant: (String) -> Bool, _ fits: ([UInt64]) -> Bool = { _ in true }, _ change: (inout Tensor) -> Void
    ) -> Bool {
        guard let index = tensors.firstIndex(where: { isMeant($0.nameText) && fits($0.dimensions) }) else { return false }
        change(&tensors[index])
        return true
    }

    fileprivate mutating func addVector(_ name: String, _ count: UInt64) -> Bool { addMatrix(name, [count]) }

    fileprivate mutating func addMatrix(_ name: String, _ dimensions: [UInt64]) -> Bool {
        guard !tensors.contains(where: { $0.nameText == name }) else { return false }
        let data = (0..<Int(dimensions.reduce(1, *))).flatMap { [0, 0, UInt8(truncatingIfNeeded: $0 & 63), 63] as [UInt8] }
        tensors.append(.init(name, dimensions, typeID: SampleType.f32, data: data))
        return true
    }

    fileprivate mutating func set(_ key: String, _ value: MetadataValue) -> Bool {
        guard let index = entryIndex(key) else { return false }
        entries[index] = .init(key, value)
        return true
    }

    fileprivate mutating func set(_ model: TinyModel, _ key: String, _ value: MetadataValue) -> Bool {
        set("\(model.architecture.id).\(key)", value)
    }

    /// Sets a key that may not be there yet.
    fileprivate mutating func add(_ model: TinyModel, _ key: String, _ value: MetadataValue) -> Bool {
        if !set(model, key, value) { entries.append(.init("\(model.architecture.id).\(key)", value)) }
        return true
    }

    fileprivate mutating func removeKey(_ model: TinyModel, _ key: String) -> Bool {
        guard let index = entryIndex("\(model.architecture.id).\(key)") else { return false }
        entries.remove(at: index)
        return true
    }
}

extension GGUFBuilder.Tensor {
    /// Changes a dimension and the data with it.
    fileprivate mutating func resize(_ dimension: Int, by count: UInt64) {
        dimensions[dimension] += count
        let wanted = Int(dimensions.reduce(1, *)) * 4
        data += [UInt8](data[..<min(4, data.count)]) + [UInt8](repeating: 0x3f, count: max(0, wanted - data.count - 4))
    }
}
