import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// Whether the tensors are those of the architecture, in the shapes that the hyper-parameters give.
struct ArchitectureTensors {
    private let model: ModelView
    private let architecture: Architecture
    private let parameters: StatedParameters
    private let index: TensorIndex
    /// Layers that each of the templates' limits allows: few templates have one of their own.
    private let layers: [Formula: Int]

    /// More layers than any loader takes, and fewer than a hostile file can claim.
    private static let layerLimit = 1024

    init(_ model: ModelView, _ architecture: Architecture, _ parameters: StatedParameters) {
        (self.model, self.architecture, self.parameters) = (model, architecture, parameters)
        index = TensorIndex(architecture)
        var layers: [Formula: Int] = [:]
        for limit in Set(architecture.tensors.map(\.layers)) { layers[limit] = max(0, limit.value(parameters) ?? 0) }
        self.layers = layers
    }

    // MARK: - What is missing

    func checkRequired(_ findings: inout FindingCollector) {
        var missing: [String] = []
        for template in architecture.tensors where template.isRequired {
            switch template.scope {
            case .model:
                if belongs(template, nil), isNeeded(template, nil), model.tensor(template.name) == nil { missing.append(template.name) }
            case .layer:
                // No file has more layers than tensors, whatever it claims.
                for layer in 0..<min(layers[template.layers] ?? 0, model.tensors.count + 1, Self.layerLimit)
                where belongs(template, layer) && isNeeded(template, layer) {
                    let name = template.name(layer: layer)
                    if model.tensor(name) == nil { missing.append(name) }
                }
            }
        }
        guard let first = missing.first else { return }
        findings.add(
            missing.count == 1
                ? .tensorMissingOne(architecture: architecture.id)
                : .tensorMissingSeveral(count: "\(missing.count)", architecture: architecture.id), .init(tensor: ForeignText(first)),
            expected: "tensor \(ForeignText(first))", found: "none of that name", count: missing.count,
            examples: missing.dropFirst().map { .init(tensor: ForeignText($0)) })
    }

    private func isNeeded(_ template: TensorTemplate, _ layer: Int?) -> Bool {
        template.need?.holds(parameters, layer: layer ?? 0) ?? true
    }

    private func belongs(_ template: TensorTemplate, _ layer: Int?) -> Bool {
        if let layer, layer >= layers[template.layers] ?? 0 { return false }
        return template.condition?.holds(parameters, layer: layer ?? 0) ?? true
    }

    // MARK: - What is there

    /// What became of the tensors of a file.
    struct Judged {
        /// Tensors that the architecture lists, for the layer and the hyper-parameters at hand.
        var matched = 0
        /// Those of them whose shape could be compared.
        var shapes = 0
    }

    func checkPresent(_ findings: inout FindingCollector) -> Judged {
        var judged = Judged()
        let limit = findings.placesWanted
        var (unlisted, misplaced, unusual) = (Sample(limit: limit), Sample(limit: limit), Sample(limit: limit))
        var mismatches = Mismatches()
        for tensor in model.tensors {
            let (templates, layer) = index[tensor.info.name.raw]
            guard let template = templates.first(where: { belongs($0, layer) }) else {
                if let shape = companionShape(tensor.info.name.raw) {
                    judged.matched += 1
                    judged.shapes += 1
                    compare(tensor, shape, layer, &mismatches)
                } else if templates.isEmpty {
                    unlisted.add(tensor)
                } else {
                    misplaced.add(tensor)
                }
                continue
            }
            judged.matched += 1
            if template.presence == .unusual { unusual.add(tensor) }
            if compare(tensor, template.shape, layer, &mismatches) { judged.shapes += 1 }
        }
        mismatches.report(model, &findings)
        let name = architecture.id
        report(unlisted, &findings) { count, tensor in
            count == 1
                ? .tensorUnexpectedOne(architecture: name, tensor: tensor)
                : .tensorUnexpectedSeveral(count: "\(count)", tensor: tensor, architecture: name)
        }
        report(misplaced, &findings) { count, tensor in
            count == 1
                ? .tensorUnexpectedMisplaced(architecture: name, tensor: tensor)
                : .tensorUnexpectedSeveralMisplaced(count: "\(count)", tensor: tensor, architecture: name)
        }
        report(unusual, &findings) { count, tensor in
            count == 1
                ? .tensorUnusualOne(architecture: name, tensor: tensor)
                : .tensorUnusualSeveral(count: "\(count)", tensor: tensor, architecture: name)
        }
        return judged
    }

    private func report(
        _ tensors: Sample, _ findings: inout FindingCollector, _ sentence: (_ count: Int, _ first: String) -> RuleSentence
    ) {
        guard let first = tensors.first else { return }
        findings.add(
            sentence(tensors.count, "\(first.info.name)"), model.place(first),
            found: tensors.count == 1 ? "\(first.info.name)" : "\(first.info.name) and \(tensors.count - 1) more",
            count: tensors.count, examples: tensors.others.map { model.place($0) }, evidence: tensors.evidence)
    }

    /// The shape of a small tensor that may stand beside another, which must be one of the architecture's; nil for other names.
    private func companionShape(_ name: String) -> [Formula]? {
        guard let dot = name.lastIndex(of: "."), name.hasPrefix("blk.") else { return nil }
        let suffix = name[name.index(after: dot)...]
        for companion in Spec.loader.companions where companion.suffixes.contains(String(suffix)) {
            let base = name[..<dot] + ".weight"
            guard model.tensor(String(base)) != nil else { continue }
            let (templates, layer) = index[String(base)]
            guard let template = templates.first(where: { belongs($0, layer) }) else { continue }
            let part = template.name.dropFirst("blk.{layer}.".count).dropLast(".weight".count)
            if companion.beside.contains(String(part)) { return companion.shape }
        }
        return nil
    }

    // MARK: - Shapes

    /// Compares a tensor with a shape; false where the shape cannot be told.
    @discardableResult
    private func compare(_ tensor: ModelView.Tensor, _ shape: [Formula], _ layer: Int?, _ mismatches: inout Mismatches) -> Bool {
        var expected: [UInt64] = []
        for formula in shape {
            guard let value = formula.value(parameters, layer: layer ?? 0) else { return false }
            expected.append(UInt64(max(0, value)))
        }
        guard Self.trimmed(tensor.info.dimensions) != Self.trimmed(expected) else { return true }
        let absent = shape.flatMap { parameters.absentKeys(in: $0) }.map { "\(architecture.id).\($0)" }
        mismatches.add(tensor, expected, absentKey: absent.first)
        return true
    }

    /// Without the ones at the end, which mean nothing.
    static func trimmed(_ dimensions: [UInt64]) -> ArraySlice<UInt64> {
        dimensions.prefix(dimensions.lastIndex { $0 != 1 }.map { $0 + 1 } ?? 0)
    }
}

/// Tensors of which something is said together: how many they are, the first, and as many others as are named.
private struct Sample {
    let limit: Int
    private(set) var count = 0
    private(set) var first: ModelView.Tensor?
    private(set) var others: [ModelView.Tensor] = []
    /// Of all names: not every tensor is among those that are kept.
    private let names = MultiHasher([.xxh128])

    var evidence: String? { names.finish().first?.hex }

    init(limit: Int) { self.limit = limit }

    mutating func add(_ tensor: ModelView.Tensor) {
        count += 1
        names.update(tensor.info.nameBytes)
        names.update(ByteView([0]))
        if first == nil {
            first = tensor
        } else if others.count < limit {
            others.append(tensor)
        }
    }
}

/// Tensors of other shapes than they should have.
private struct Mismatches {
    private var shapes: [(tensor: ModelView.Tensor, expected: [UInt64])] = []
    private var byAbsentKey: [String: [ModelView.Tensor]] = [:]
    private var absentKeys: [String] = []

    /// - Parameter absentKey: a key that the shape depends on and that the file lacks: that is the mistake then.
    mutating func add(_ tensor: ModelView.Tensor, _ expected: [UInt64], absentKey: String?) {
        guard let absentKey else {
            shapes.append((tensor, expected))
            return
        }
        if byAbsentKey[absentKey] == nil { absentKeys.append(absentKey) }
        byAbsentKey[absentKey, default: []].append(tensor)
    }

    func report(_ model: ModelView, _ findings: inout FindingCollector) {
        for key in absentKeys {
            let tensors = byAbsentKey[key] ?? []
            // A key that is required whatever the shapes are is reported as such.
            guard let first = tensors.first, !findings.has(.hyperParameterMissing, key: ForeignText(key)) else { continue }
            findings.add(
                .hyperParameterMissingShape(key: "\(ForeignText(key))", tensor: "\(first.info.name)"), .init(key: ForeignText(key)),
                expected: "an integer", found: "no such key", count: tensors.count,
                examples: tensors.map { model.place($0) })
        }
        for (tensor, expected) in shapes { Self.report(tensor, expected, model, &findings) }
    }

    private static func report(
        _ tensor: ModelView.Tensor, _ expected: [UInt64], _ model: ModelView, _ findings: inout FindingCollector
    ) {
        let found = tensor.info.dimensions
        let isSwapped = ArchitectureTensors.trimmed(found).elementsEqual(ArchitectureTensors.trimmed(expected).reversed())
        findings.add(
            isSwapped ? .shapeSwapped() : .shapeOther(), model.place(tensor, tensor.info.dimensionOffset(0)),
            expected: text(expected), found: text(found),
            advice: isSwapped ? "Readers would mix up columns and rows; correct the record." : nil)
    }

    private static func text(_ dimensions: [UInt64]) -> String { dimensions.map(String.init).joined(separator: " x ") }
}
