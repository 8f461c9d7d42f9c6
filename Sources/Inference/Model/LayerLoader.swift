/// Puts layers together: which tensors an architecture has, under which names and in which shapes.
struct LayerLoader {
    let family: Family
    let shape: HyperParameters

    func layer(_ index: Int, _ loader: inout WeightLoader) throws(ModelError) -> LanguageModel.Layer {
        func name(_ part: String) -> String { "blk.\(index).\(part)" }
        let width = shape.embedding
        let attentionNorm = try loader.vector(name("attn_norm.weight"), count: width)
        let query = try loader.matrix(name("attn_q.weight"), rows: shape.queryWidth, columns: width, bias: true)
        let key = try loader.matrix(name("attn_k.weight"), rows: shape.keyWidth, columns: width, bias: true)
        let value = try loader.matrix(name("attn_v.weight"), rows: shape.keyWidth, columns: width, bias: true)
        let queryNorm = shape.hasHeadNorms ? try loader.vector(name("attn_q_norm.weight"), count: shape.headSize) : nil
        let keyNorm = shape.hasHeadNorms ? try loader.vector(name("attn_k_norm.weight"), count: shape.headSize) : nil
        let output = try loader.matrix(
            name("attn_output.weight"), rows: width, columns: shape.queryWidth, bias: family.biases.contains(.attentionOutput))
        let norm = try loader.vector(name("ffn_norm.weight"), count: width)
        let feedForward: LanguageModel.FeedForward =
            if let experts = shape.experts { .experts(try choice(experts, name, &loader)) } else { .dense(try dense(name, &loader)) }
        return .init(
            attentionNorm: attentionNorm, query: query, key: key, value: value, queryNorm: queryNorm, keyNorm: keyNorm,
            attentionOutput: output, feedForwardNorm: norm, feedForward: feedForward)
    }

    private func dense(_ name: (String) -> String, _ loader: inout WeightLoader) throws(ModelError) -> LanguageModel.Gated {
        let (width, inner, bias) = (shape.embedding, shape.feedForward, family.biases.contains(.feedForward))
        return .init(
            gate: try loader.matrix(name("ffn_gate.weight"), rows: inner, columns: width, bias: bias),
            up: try loader.matrix(name("ffn_up.weight"), rows: inner, columns: width, bias: bias),
            down: try loader.matrix(name("ffn_down.weight"), rows: width, columns: inner, bias: bias))
    }

    private func choice(
        _ experts: HyperParameters.Experts, _ name: (String) -> String, _ loader: inout WeightLoader
    ) throws(ModelError) -> LanguageModel.Experts {
        let (width, inner, count) = (shape.embedding, shape.feedForward, experts.count)
        let router = try loader.matrix(name("ffn_gate_inp.weight"), rows: count, columns: width)
        let gates = try loader.matrices(name("ffn_gate_exps.weight"), count: count, rows: inner, columns: width)
        let ups = try loader.matrices(name("ffn_up_exps.weight"), count: count, rows: inner, columns: width)
        let downs = try loader.matrices(name("ffn_down_exps.weight"), count: count, rows: width, columns: inner)
        var shared: (WeightMatrix, LanguageModel.Gated)?
        if let inner = experts.sharedFeedForward {
            shared = (
                try loader.row(name("ffn_gate_inp_shexp.weight"), columns: width),
                .init(
                    gate: try loader.matrix(name("ffn_gate_shexp.weight"), rows: inner, columns: width),
                    up: try loader.matrix(name("ffn_up_shexp.weight"), rows: inner, columns: width),
                    down: try loader.matrix(name("ffn_down_shexp.weight"), rows: width, columns: inner))
            )
        }
        return .init(
            router: router, choice: gates.indices.map { .init(gate: gates[$0], up: ups[$0], down: downs[$0]) }, shared: shared)
    }

    /// The output matrix, or the token embedding in its place.
    func output(_ embedding: WeightMatrix, _ loader: inout WeightLoader) throws(ModelError) -> WeightMatrix {
        let hasBias = family.biases.contains(.output)
        if !loader.has("output.weight") {
            guard family.mayBeTied else { throw .missingTensor("output.weight") }
            return hasBias ? try loader.withBias(embedding, "output.bias") : embedding
        }
        return try loader.matrix("output.weight", rows: shape.vocabulary, columns: shape.embedding, bias: hasBias)
    }

    func rotationDivisors(_ loader: inout WeightLoader) throws(ModelError) -> LanguageModel.RotationDivisors {
        guard family.hasRotationFactors else { return .init(usual: nil, beyond: nil) }
        let count = shape.rotated / 2
        guard shape.scaling.kind == .longrope else {
            return .init(usual: try loader.divisors("rope_freqs.weight", count: count), beyond: nil)
        }
        return .init(
            usual: try loader.divisors("rope_factors_short.weight", count: count),
            beyond: try loader.divisors("rope_factors_long.weight", count: count))
    }
}
