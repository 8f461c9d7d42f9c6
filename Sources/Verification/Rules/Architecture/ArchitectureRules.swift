import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// What was judged of a model by its architecture.
struct ArchitectureCoverage: Sendable, Hashable {
    /// The architecture, where the file names one.
    var architecture: ForeignText?
    /// Whether the specification describes it: else neither names nor shapes nor its own keys were judged.
    var isDescribed = false
    /// Whether tensors were judged: not without all parts, and not where the file has no tensors at all.
    var areTensorsJudged = false
    /// Tensors that the architecture lists, out of how many.
    var matchedTensors = 0
    var tensors = 0
    /// Tensors whose shape was compared with the hyper-parameters.
    var judgedShapes = 0
    /// Keys that were judged: those that are there, and those that must be.
    var judgedKeys = 0
}

/// Whether keys and tensors are those of the architecture, as the loader named in the specification takes them.
enum ArchitectureRules {
    static func check(_ model: ModelView, into findings: inout FindingCollector) -> ArchitectureCoverage {
        var coverage = ArchitectureCoverage()
        coverage.tensors = model.tensors.count
        guard model.isModel else { return coverage }
        checkVectors(model, &findings)
        guard model.hasMetadata, let id = model.architectureID else { return coverage }
        coverage.architecture = id
        let architecture = Spec.architecture(id.raw)
        coverage.isDescribed = architecture != nil
        if architecture == nil { ArchitectureName.report(id, in: model, &findings) }
        guard architecture != nil || ArchitectureName.isLoaded(id) else { return coverage }

        let keys = architecture?.allKeys ?? Spec.loader.keys
        let parameters = StatedParameters(model, id: id, keys: keys, values: architecture?.values ?? [])
        let layers = model.metadata[id.adding(".block_count")]?.integer
        coverage.judgedKeys = ArchitectureKeys(model: model, id: id, keys: keys, layers: layers, parameters: parameters).check(&findings)
        checkConstraints(Spec.loader.constraints + (architecture?.constraints ?? []), parameters, id, model, &findings)

        // A file of metadata or a vocabulary alone is sound as what it is: GGUF-42 says that there are no tensors.
        guard model.isComplete, !model.tensors.isEmpty else { return coverage }
        // Where no layer is called `blk.`, stray tensors of that name say nothing about the number of layers.
        if architecture?.tensors.contains(where: { $0.name.hasPrefix("blk.") && $0.isRequired }) != false {
            checkBlockCount(model, id, &findings)
        }
        guard let architecture else { return coverage }
        let tensors = ArchitectureTensors(model, architecture, parameters)
        tensors.checkRequired(&findings)
        let judged = tensors.checkPresent(&findings)
        coverage.areTensorsJudged = true
        (coverage.matchedTensors, coverage.judgedShapes) = (judged.matched, judged.shapes)
        return coverage
    }

    // MARK: - Any architecture

    private static func checkVectors(_ model: ModelView, _ findings: inout FindingCollector) {
        let floats: Set<String> = ["f32", "f16", "bf16"]
        for tensor in model.tensors where tensor.info.dimensions.count == 1 {
            guard let format = model.format(of: tensor), !floats.contains(format.id), format.elements > 1 else { continue }
            findings.add(
                .vectorQuantized(), model.place(tensor, tensor.info.typeIDOffset),
                expected: "F32, F16 or BF16", found: format.id)
        }
    }

    private static func checkConstraints(
        _ constraints: [ArchitectureConstraint], _ parameters: StatedParameters, _ id: ForeignText, _ model: ModelView,
        _ findings: inout FindingCollector
    ) {
        // Without a number of layers, conditions on it say nothing that GGUF-37 and GGUF-38 do not.
        let layers = parameters.value(of: HyperParameter.layers.rawValue, in: 0) ?? 0
        for constraint in constraints where !constraint.holds.holds(parameters) {
            let names = constraint.holds.parameters
            if layers <= 0, names.contains(HyperParameter.layers.rawValue) { continue }
            let values = names.map { "\($0) \(parameters.value(of: $0, in: 0).map(String.init) ?? "unknown")" }
            findings.add(
                .hyperParameterConstraint(loader: Spec.loader.build, constraint: constraint.text), .init(key: id.adding(".*")),
                expected: constraint.holds.description, found: values.joined(separator: ", "))
        }
    }

    private static func checkBlockCount(_ model: ModelView, _ id: ForeignText, _ findings: inout FindingCollector) {
        let key = id.adding(".block_count")
        guard let entry = model.metadata[key], let stated = entry.integer else { return }
        guard let highest = model.tensors.compactMap({ layer(of: $0.info.name.raw) }).max(), highest + 1 != stated else { return }
        // The layers that predict further tokens may be left out.
        let predictors = model.metadata[id.adding(".nextn_predict_layers")]?.integer ?? 0
        guard highest + 1 < stated - max(0, min(predictors, stated)) || highest + 1 > stated else { return }
        findings.add(
            .blockCount(), .init(key: key, offset: entry.valueRange.lowerBound),
            expected: "\(highest + 1), as there are tensors blk.0 to blk.\(highest)",
            found: "\(stated)")
    }

    /// The number after `blk.`, at most nine digits of it.
    private static func layer(of name: String) -> Int? {
        guard name.hasPrefix("blk.") else { return nil }
        let digits = name.utf8.dropFirst(4).prefix { (48...57).contains($0) }
        return digits.count <= 9 ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }
}
