import BlockSpec

private struct ArchitectureFile: Codable {
    struct Key: Codable {
        var parameter: String
        var key: String
        var required: Bool
    }

    struct Tensor: Codable {
        var name: String
        var kind: String
        var scope: String
        var shape: [String]
        var required: Bool
    }

    struct Model: Codable {
        var id: String
        var label: String
        var embedding: Int
        var layers: Int
        var feedForward: Int
        var heads: Int
        var headsKV: Int
        var headSize: Int
        var vocabulary: Int
        var tied: Bool
        var outputTensor: Bool
    }

    var id: String
    var title: String
    var headSizeFallback: String
    var metadata: [Key]
    var tensors: [Tensor]
    var models: [Model]
}

extension SpecSource {
    /// Reads and checks `architectures/*.yaml`.
    public func architectures() throws -> [Architecture] {
        let architectures = try files(in: "architectures").map { path in
            let checks = SpecChecks(file: path)
            let file = try decodeStrictly(ArchitectureFile.self, from: path)
            guard path == "architectures/\(file.id).yaml" else { throw checks.fail("the id '\(file.id)' is not the name of the file") }
            return try architecture(file, checks: checks)
        }
        try SpecChecks(file: "architectures").unique(architectures.flatMap(\.models).map(\.id), "model")
        return architectures
    }

    private func architecture(_ file: ArchitectureFile, checks: SpecChecks) throws -> Architecture {
        try checks.unique(file.metadata.map(\.key), "key")
        try checks.unique(file.tensors.map(\.name), "tensor")
        let tensors = try file.tensors.map { tensor in
            let scope = try checks.word(tensor.scope, TensorScope.self, at: tensor.name)
            guard tensor.name.contains("{layer}") == (scope == .layer), (1...4).contains(tensor.shape.count) else {
                throw checks.fail("\(tensor.name): name, scope and shape do not fit")
            }
            return TensorTemplate(
                name: tensor.name, kind: try checks.word(tensor.kind, TensorKind.self, at: tensor.name), scope: scope,
                shape: try tensor.shape.map { formula in
                    try formula.split(separator: "*", omittingEmptySubsequences: false)
                        .map { try checks.word(String($0), HyperParameter.self, at: tensor.name) }
                },
                isRequired: tensor.required)
        }
        return Architecture(
            id: file.id, title: file.title,
            headSizeFallback: try checks.word(file.headSizeFallback, HeadSizeFallback.self, at: "headSizeFallback"),
            metadata: try file.metadata.map {
                HyperParameterKey(
                    parameter: try checks.word($0.parameter, HyperParameter.self, at: $0.key), key: $0.key, isRequired: $0.required)
            },
            tensors: tensors,
            models: try file.models.map { model in
                let numbers = [
                    model.embedding, model.layers, model.feedForward, model.heads, model.headsKV, model.headSize, model.vocabulary,
                ]
                guard numbers.allSatisfy({ $0 > 0 }) else { throw checks.fail("\(model.id): hyper-parameters must be positive") }
                return ModelShape(
                    id: model.id, label: model.label, embedding: model.embedding, layers: model.layers, feedForward: model.feedForward,
                    heads: model.heads, headsKV: model.headsKV, headSize: model.headSize, vocabulary: model.vocabulary, tied: model.tied,
                    outputTensor: model.outputTensor)
            })
    }
}
