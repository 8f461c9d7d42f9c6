import Foundation
import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFIVerification
import Inference
import TestSupport

/// Models of two layers and fp32 weights that anybody can make again: every weight follows from its tensor's name.
///
/// A tensor's numbers are those of SplitMix64, begun with FNV-1a of the name: the upper 24 bits, minus 2^23, times 2^-23, times a scale.
/// All are exact in fp32.
struct SmallModel {
    static let vocabulary = 64, embedding = 32, heads = 4, headsKV = 2, headSize = 8, feedForward = 48, layers = 2
    static let tokens: [Int32] = (0..<48).map { (index: Int) -> Int32 in
        let number = 7 * index * index + 3 * index + 1
        return Int32(number % 64)
    }

    var architecture: String
    var experts = 0
    var used = 0
    var expertFeedForward = 24
    var sharedFeedForward = 0
    var isTied = false
    /// Parts whose matrices have a bias: `attn_q`, `output`.
    var biases: Set<String> = []
    /// Further keys, without the architecture's name.
    var keys: [(String, MetadataValue)] = []
    var hasFrequencies = false

    static func numbers(_ name: String, _ count: Int, scale: Float) -> [Float] {
        var state = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return (0..<count).map { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            z ^= z >> 31
            let number = Int(z >> 40) - (1 << 23)
            return Float(number) * 0x1p-23 * scale
        }
    }

    func load() throws -> LanguageModel {
        let folder = try TemporaryFolder()
        let path = folder.path("\(architecture).gguf")
        try write(to: path)
        let file = try GGUFFile.open(path: path)
        return try LanguageModel(file, formats: file.tensors.map { _ in Spec.format("f32") })
    }

    /// The sum of −ln p of each token after the ones before it.
    func loss(_ options: InferenceOptions = .init(arithmetic: .exact)) throws -> Double {
        let session = try InferenceSession(load(), context: Self.tokens.count, options: options)
        let run = try PerplexityLoss(session, Self.tokens)
        return run.sum
    }

    func write(to path: String) throws {
        var writer = GGUFWriter()
        try writer.add("general.architecture", .string(architecture))
        let whole: [(String, Int)] = [
            ("context_length", 256), ("block_count", Self.layers), ("embedding_length", Self.embedding),
            ("feed_forward_length", Self.feedForward), ("attention.head_count", Self.heads), ("attention.head_count_kv", Self.headsKV),
            ("attention.key_length", Self.headSize), ("attention.value_length", Self.headSize),
        ]
        for (key, value) in whole { try writer.add("\(architecture).\(key)", .uint32(UInt32(value))) }
        try writer.add("\(architecture).attention.layer_norm_rms_epsilon", .float32(0x1p-16))
        if experts > 0 {
            try writer.add("\(architecture).expert_count", .uint32(UInt32(experts)))
            try writer.add("\(architecture).expert_used_count", .uint32(UInt32(used)))
            if architecture != "llama" { try writer.add("\(architecture).expert_feed_forward_length", .uint32(UInt32(expertFeedForward))) }
            if sharedFeedForward > 0 {
                try writer.add("\(architecture).expert_shared_feed_forward_length", .uint32(UInt32(sharedFeedForward)))
            }
        }
        for (key, value) in keys { try writer.add("\(architecture).\(key)", value) }
        for (name, dimensions, values) in tensors {
            let data = values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
            try writer.addTensor(name, dimensions: dimensions.map(UInt64.init), typeID: 0, data: ByteView(data))
        }
        try writer.write(to: path)
    }

    /// Names, dimensions in file order, numbers.
    private var tensors: [(String, [Int], [Float])] {
        var all: [(String, [Int], [Float])] = []
        func add(_ name: String, _ dimensions: Int..., scale: Float = 0.5) {
            all.append((name, dimensions, Self.numbers(name, dimensions.reduce(1, *), scale: scale)))
        }
        func norm(_ name: String, _ count: Int) { all.append((name, [count], Self.numbers(name, count, scale: 0.25).map { 1 + $0 })) }
        func matrix(_ layer: Int, _ part: String, _ columns: Int, _ rows: Int) {
            add("blk.\(layer).\(part).weight", columns, rows)
            if biases.contains(part) { add("blk.\(layer).\(part).bias", rows) }
        }
        let (width, queries, keys) = (Self.embedding, Self.heads * Self.headSize, Self.headsKV * Self.headSize)
        add("token_embd.weight", width, Self.vocabulary, scale: 1)
        for layer in 0..<Self.layers {
            norm("blk.\(layer).attn_norm.weight", width)
            matrix(layer, "attn_q", width, queries)
            matrix(layer, "attn_k", width, keys)
            matrix(layer, "attn_v", width, keys)
            matrix(layer, "attn_output", queries, width)
            if architecture.hasPrefix("qwen3") {
                norm("blk.\(layer).attn_q_norm.weight", Self.headSize)
                norm("blk.\(layer).attn_k_norm.weight", Self.headSize)
            }
            norm("blk.\(layer).ffn_norm.weight", width)
            if experts == 0 {
                matrix(layer, "ffn_gate", width, Self.feedForward)
                matrix(layer, "ffn_up", width, Self.feedForward)
                matrix(layer, "ffn_down", Self.feedForward, width)
                continue
            }
            let inner = architecture == "llama" ? Self.feedForward : expertFeedForward
            matrix(layer, "ffn_gate_inp", width, experts)
            add("blk.\(layer).ffn_gate_exps.weight", width, inner, experts)
            add("blk.\(layer).ffn_up_exps.weight", width, inner, experts)
            add("blk.\(layer).ffn_down_exps.weight", inner, width, experts)
            guard sharedFeedForward > 0 else { continue }
            add("blk.\(layer).ffn_gate_inp_shexp.weight", width, scale: 0.25)
            matrix(layer, "ffn_gate_shexp", width, sharedFeedForward)
            matrix(layer, "ffn_up_shexp", width, sharedFeedForward)
            matrix(layer, "ffn_down_shexp", sharedFeedForward, width)
        }
        norm("output_norm.weight", width)
        if !isTied { add("output.weight", width, Self.vocabulary, scale: 0.25) }
        if biases.contains("output") { add("output.bias", Self.vocabulary) }
        if hasFrequencies { all.append(("rope_freqs.weight", [Self.headSize / 2], [1, 2, 3, 4])) }
        return all
    }
}

/// What a text costs: −ln p of each token but the first.
struct PerplexityLoss {
    private(set) var sum = 0.0
    /// Logits of all positions.
    private(set) var logits: [Float] = []

    init(_ session: InferenceSession, _ tokens: [Int32]) throws {
        var logits: [Float] = []
        try session.append(tokens, outputs: tokens.count) { _, rows in logits += rows }
        let width = session.model.shape.vocabulary
        for position in 0..<tokens.count - 1 {
            let row = logits[position * width..<(position + 1) * width].map(Double.init)
            let largest = row.max() ?? 0
            let total = row.reduce(0.0) { $0 + exp($1 - largest) }
            sum += log(total) + largest - row[Int(tokens[position + 1])]
        }
        self.logits = logits
    }
}
