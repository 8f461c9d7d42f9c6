import BlockSpec
import GGUF

/// Whether the tensors are those of the architecture, in the shapes that the hyper-parameters give.
struct ArchitectureRules {
    private let model: ModelView
    private let architecture: Architecture
    private let parameters: HyperParameters

    static func check(_ model: ModelView, into findings: inout FindingCollector) {
        guard model.isModel else { return }
        checkVectors(model, &findings)
        guard model.isComplete, let id = model.architectureID else { return }
        checkBlockCount(model, id, &findings)
        guard let architecture = Spec.architecture(id) else { return }
        let parameters = HyperParameters(model, architecture, into: &findings)
        let rules = ArchitectureRules(model: model, architecture: architecture, parameters: parameters)
        rules.checkRequired(&findings)
        rules.checkShapes(&findings)
    }

    // MARK: - Any architecture

    private static func checkVectors(_ model: ModelView, _ findings: inout FindingCollector) {
        let floats: Set<String> = ["f32", "f16", "bf16"]
        for tensor in model.tensors where tensor.info.dimensions.count == 1 {
            guard let format = tensor.format, !floats.contains(format.id), format.elements > 1 else { continue }
            findings.add(
                .vectorQuantized, model.place(tensor, tensor.info.typeIDOffset), "A tensor of one dimension is quantized.",
                expected: "F32, F16 or BF16", found: format.id)
        }
    }

    private static func checkBlockCount(_ model: ModelView, _ id: String, _ findings: inout FindingCollector) {
        let key = id + ".block_count"
        guard let entry = model.metadata[key], let stated = entry.integer else { return }
        guard let highest = model.tensors.compactMap({ layer(of: $0.info.name) }).max(), highest + 1 != stated else { return }
        findings.add(
            .blockCount, .init(key: key, offset: entry.valueRange.lowerBound),
            "The number of layers stated is not that of the tensors.",
            expected: "\(highest + 1), as there are tensors blk.0 to blk.\(highest)",
            found: "\(stated)")
    }

    /// The number after `blk.`, at most nine digits of it.
    private static func layer(of name: String) -> Int? {
        guard name.hasPrefix("blk.") else { return nil }
        let digits = name.utf8.dropFirst(4).prefix { (48...57).contains($0) }
        return digits.count <= 9 ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }

    // MARK: - A known architecture

    private func checkRequired(_ findings: inout FindingCollector) {
        guard let stated = parameters.value(.layers, layer: nil) else { return }
        // No file has more layers than tensors, whatever it claims.
        let layers = Int(min(stated, UInt64(model.tensors.count) + 1))
        var missing: [String] = []
        for template in architecture.tensors where template.isRequired {
            switch template.scope {
            case .model:
                if model.tensor(template.name) == nil { missing.append(template.name) }
            case .layer:
                missing += (0..<layers).map { template.name(layer: $0) }.filter { model.tensor($0) == nil }
            }
        }
        guard let first = missing.first else { return }
        findings.add(
            .tensorMissing, .init(tensor: first),
            missing.count == 1
                ? "A tensor that the architecture \(architecture.id) requires is missing."
                : "\(missing.count) tensors that the architecture \(architecture.id) requires are missing.",
            expected: "tensor \(first)", found: "none of that name", count: missing.count,
            examples: missing.dropFirst().prefix(findings.exampleLimit).map { .init(tensor: $0) })
    }

    private func checkShapes(_ findings: inout FindingCollector) {
        var unexpected: [ModelView.Tensor] = []
        for tensor in model.tensors {
            guard let (template, layer) = architecture.template(named: tensor.info.name) else {
                unexpected.append(tensor)
                continue
            }
            guard let expected = template.dimensions({ parameters.value($0, layer: layer) }) else { continue }
            checkShape(tensor, expected, &findings)
        }
        guard let first = unexpected.first else { return }
        findings.add(
            .tensorUnexpected, model.place(first),
            unexpected.count == 1
                ? "A tensor that the architecture file does not list is not judged."
                : "\(unexpected.count) tensors that the architecture file does not list are not judged.",
            count: unexpected.count, examples: unexpected.dropFirst().prefix(findings.exampleLimit).map { model.place($0) })
    }

    private func checkShape(_ tensor: ModelView.Tensor, _ expected: [UInt64], _ findings: inout FindingCollector) {
        func trimmed(_ dimensions: [UInt64]) -> ArraySlice<UInt64> {
            dimensions.prefix(dimensions.lastIndex { $0 != 1 }.map { $0 + 1 } ?? 0)
        }
        let found = tensor.info.dimensions
        guard trimmed(found) != trimmed(expected) else { return }
        let isSwapped = trimmed(found).elementsEqual(trimmed(expected).reversed())
        findings.add(
            .shape, model.place(tensor, tensor.info.dimensionOffset(0)),
            isSwapped ? "The tensor's dimensions are swapped." : "The tensor's shape is not that which the hyper-parameters give.",
            expected: text(expected), found: text(found),
            advice: isSwapped ? "Readers would take columns for rows; correct the record." : nil)
    }

    private func text(_ dimensions: [UInt64]) -> String { dimensions.map(String.init).joined(separator: " x ") }
}

extension TensorTemplate {
    /// The name with the layer's number in it.
    func name(layer: Int) -> String {
        guard let open = name.firstIndex(of: "{"), let close = name.firstIndex(of: "}") else { return name }
        return name[..<open] + String(layer) + name[name.index(after: close)...]
    }
}
