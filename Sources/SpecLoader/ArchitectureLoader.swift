import HIFIBlockSpec

/// A key of an architecture, or of all, in a file.
struct ArchitectureKeySource: Codable {
    var key: String
    var parameter: String?
    var type: String
    var form: String?
    var required: Bool?
    var fallback: String?
    var when: String?
    var allowed: [String]?
}

struct ArchitectureConstraintSource: Codable {
    var holds: String
    var text: String
}

private struct ArchitectureFile: Codable {
    struct Value: Codable {
        var name: String
        var formula: String
    }

    struct Tensor: Codable {
        var name: String
        var kind: String?
        var shape: [String]
        var layers: String?
        var when: String?
        var needed: String?
        var optional: Bool?
        var unusual: Bool?
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
    var keys: [ArchitectureKeySource]
    var values: [Value]?
    var constraints: [ArchitectureConstraintSource]?
    var tensors: [Tensor]
    var models: [Model]?
}

extension SpecSource {
    /// Reads and checks `architectures/*.yaml`.
    public func architectures() throws -> [Architecture] {
        let loader = try loaderRules()
        let architectures = try files(in: "architectures").map { path in
            let checks = SpecChecks(file: path)
            let file = try decodeStrictly(ArchitectureFile.self, from: path)
            guard path == "architectures/\(file.id).yaml" else { throw checks.fail("the id '\(file.id)' is not the name of the file") }
            guard loader.architectures.contains(file.id) else { throw checks.fail("the loader does not know '\(file.id)'") }
            let architecture = try architecture(file, checks: checks)
            try checks.formulas(of: architecture, loader)
            return architecture
        }
        try SpecChecks(file: "architectures").unique(architectures.flatMap(\.models).map(\.id), "model")
        return architectures
    }

    private func architecture(_ file: ArchitectureFile, checks: SpecChecks) throws -> Architecture {
        try checks.unique(file.keys.map(\.key), "key")
        try checks.unique(file.tensors.map { "\($0.name) (\($0.when ?? ""))" }, "tensor")
        return Architecture(
            id: file.id, title: file.title, ownKeys: try file.keys.map(checks.key),
            values: try (file.values ?? []).map { DerivedValue(name: $0.name, formula: try checks.formula($0.formula, at: $0.name)) },
            constraints: try (file.constraints ?? []).map(checks.constraint),
            tensors: try file.tensors.map { try template($0, checks) },
            models: try (file.models ?? []).map { try model($0, checks) })
    }

    private func template(_ tensor: ArchitectureFile.Tensor, _ checks: SpecChecks) throws -> TensorTemplate {
        let scope: TensorScope = tensor.name.contains("{layer}") ? .layer : .model
        guard (1...4).contains(tensor.shape.count) else { throw checks.fail("\(tensor.name): one to four dimensions") }
        let shape = try tensor.shape.map { try checks.formula($0, at: tensor.name) }
        guard scope == .layer || tensor.layers == nil && !shape.contains(where: \.usesLayer) else {
            throw checks.fail("\(tensor.name): only tensors of layers have layers")
        }
        guard [tensor.optional == true, tensor.unusual == true, tensor.needed != nil].count(where: \.self) <= 1 else {
            throw checks.fail("\(tensor.name): optional, unusual or needed under a condition, only one of them")
        }
        return TensorTemplate(
            tensor.name,
            try tensor.kind.map { try checks.word($0, TensorKind.self, at: tensor.name) } ?? (shape.count == 1 ? .norm : .other), shape,
            layers: try tensor.layers.map { try checks.formula($0, at: tensor.name) } ?? TensorTemplate.allButPredictors,
            when: try tensor.when.map { try checks.formula($0, at: tensor.name) },
            needed: try tensor.needed.map { try checks.formula($0, at: tensor.name) },
            tensor.unusual == true ? .unusual : tensor.optional == true ? .optional : .required)
    }

    private func model(_ model: ArchitectureFile.Model, _ checks: SpecChecks) throws -> ModelShape {
        let numbers = [
            model.embedding, model.layers, model.feedForward, model.heads, model.headsKV, model.headSize, model.vocabulary,
        ]
        guard numbers.allSatisfy({ $0 > 0 }) else { throw checks.fail("\(model.id): hyper-parameters must be positive") }
        return ModelShape(
            id: model.id, label: model.label, embedding: model.embedding, layers: model.layers, feedForward: model.feedForward,
            heads: model.heads, headsKV: model.headsKV, headSize: model.headSize, vocabulary: model.vocabulary, tied: model.tied,
            outputTensor: model.outputTensor)
    }
}

extension SpecChecks {
    func formula(_ text: String, at place: String) throws -> Formula {
        do { return try Formula(parsing: text) } catch { throw fail("\(place): \(error)") }
    }

    func key(_ source: ArchitectureKeySource) throws -> ArchitectureKey {
        let type = try word(source.type, ArchitectureKeyType.self, at: source.key)
        let form = try source.form.map { try word($0, ArchitectureKeyForm.self, at: source.key) } ?? .single
        guard source.allowed == nil || type == .string && form == .single else { throw fail("\(source.key): only words can be listed") }
        return ArchitectureKey(
            source.key, as: source.parameter, type, form, required: source.required ?? false,
            fallback: try source.fallback.map { try formula($0, at: source.key) },
            when: try source.when.map { try formula($0, at: source.key) }, allowed: source.allowed ?? [])
    }

    func constraint(_ source: ArchitectureConstraintSource) throws -> ArchitectureConstraint {
        ArchitectureConstraint(holds: try formula(source.holds, at: source.text), text: source.text)
    }

    /// Names in formulas are parameters of keys or derived values, and no value depends on itself.
    func formulas(of architecture: Architecture, _ loader: LoaderRules) throws {
        let own = Set(architecture.ownKeys.map(\.key))
        let keys = loader.keys.filter { !own.contains($0.key) } + architecture.ownKeys
        try unique(keys.compactMap(\.parameter) + architecture.values.map(\.name) + LoaderRules.counts, "parameter")
        var known = Set(keys.compactMap(\.parameter) + LoaderRules.counts)
        func check(_ formula: Formula?, _ place: String) throws {
            for name in formula?.parameters ?? [] where !known.contains(name) { throw fail("\(place): no parameter is called '\(name)'") }
        }
        for key in keys {
            try check(key.fallback, key.key)
            try check(key.condition, key.key)
        }
        for value in architecture.values {
            try check(value.formula, value.name)
            known.insert(value.name)
        }
        for constraint in loader.constraints + architecture.constraints { try check(constraint.holds, constraint.text) }
        for template in architecture.tensors {
            for formula in template.shape + [template.layers] { try check(formula, template.name) }
            try check(template.condition, template.name)
            try check(template.need, template.name)
        }
    }
}

extension Formula: SwiftLiteralConvertible {
    var swiftLiteral: String { description.swiftQuoted }
}

extension ArchitectureKey: SwiftLiteralConvertible {
    /// One line, without what is usual.
    var swiftLiteral: String {
        var arguments = [key.swiftQuoted] + (parameter.map { ["as: \($0.swiftQuoted)"] } ?? []) + [".\(type)"]
        if form != .single { arguments.append(".\(form)") }
        if isRequired { arguments.append("required: true") }
        if let fallback { arguments.append("fallback: \(fallback.swiftLiteral)") }
        if let condition { arguments.append("when: \(condition.swiftLiteral)") }
        if !allowed.isEmpty { arguments.append("allowed: [\(allowed.map(\.swiftQuoted).joined(separator: ", "))]") }
        return "ArchitectureKey(\(arguments.joined(separator: ", ")))"
    }
}

extension TensorTemplate: SwiftLiteralConvertible {
    /// One line, without what is usual.
    var swiftLiteral: String {
        var arguments = [name.swiftQuoted, ".\(kind)", "[\(shape.map(\.swiftLiteral).joined(separator: ", "))]"]
        if layers != Self.allButPredictors { arguments.append("layers: \(layers.swiftLiteral)") }
        if let condition { arguments.append("when: \(condition.swiftLiteral)") }
        if let need { arguments.append("needed: \(need.swiftLiteral)") }
        if presence != .required { arguments.append(".\(presence)") }
        return "TensorTemplate(\(arguments.joined(separator: ", ")))"
    }
}
