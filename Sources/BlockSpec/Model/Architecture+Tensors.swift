/// A tensor of a model, with numbers in place of formulas.
public struct ModelTensor: Sendable, Hashable {
    /// Name in the file.
    public let name: String
    /// Its part in routing.
    public let kind: TensorKind
    /// Its layer, from 0; `nil` outside the layers.
    public let layer: Int?
    /// Dimensions in file order, columns first.
    public let dimensions: [UInt64]

    /// Creates a tensor.
    public init(name: String, kind: TensorKind, layer: Int?, dimensions: [UInt64]) {
        self.name = name
        self.kind = kind
        self.layer = layer
        self.dimensions = dimensions
    }

    /// Number of weights.
    public var elements: UInt64 { dimensions.reduce(1, *) }

    /// Bytes of the tensor in a format, the headers of rows and the end of the tensor included; `nil` if it is not whole blocks or the
    /// result does not fit.
    public func bytes(as format: BlockFormat) -> UInt64? {
        let columns = dimensions.first ?? 1
        guard elements.isMultiple(of: UInt64(format.elements)) else { return nil }
        let (blocks, overflow) = (elements / UInt64(format.elements)).multipliedReportingOverflow(by: UInt64(format.bytes))
        let rows = columns == 0 ? 0 : elements / columns
        let (headers, tooMany) = rows.multipliedReportingOverflow(by: UInt64(format.headerBytes))
        let (extra, tooBig) = headers.addingReportingOverflow(UInt64(format.tensorTail))
        let (bytes, tooLong) = blocks.addingReportingOverflow(extra)
        return overflow || tooMany || tooBig || tooLong ? nil : bytes
    }
}

extension Architecture {
    /// Every key that a loader reads of a file of this architecture: those common to all, as far as it has no own word on them,
    /// and its own.
    public var allKeys: [ArchitectureKey] {
        let own = Set(ownKeys.map(\.key))
        return Spec.loader.keys.filter { !own.contains($0.key) } + ownKeys
    }

    /// Where the hyper-parameters of a ``ModelShape`` are found in the metadata.
    public var metadata: [HyperParameterKey] {
        allKeys.compactMap { entry in
            entry.parameter.flatMap(HyperParameter.init).map {
                HyperParameterKey(parameter: $0, key: entry.key, isRequired: entry.isRequired || entry.fallback == nil)
            }
        }
    }

    /// How the head size follows when its key is absent.
    public var headSizeFallback: HeadSizeFallback {
        allKeys.first { $0.parameter == HyperParameter.headSize.rawValue }?.fallback == nil ? .none : .embeddingPerHead
    }

    /// The tensors of a published file of a model, layers expanded, in the order of the architecture file: those that a file must
    /// have, and the output matrix if the model's files hold one.
    public func tensors(of model: ModelShape) -> [ModelTensor] {
        func belongs(_ template: TensorTemplate, _ layer: Int?) -> Bool {
            (template.isRequired || template.kind == .output && model.outputTensor)
                && template.condition?.holds(model, layer: layer ?? 0) != false
        }
        let layered = tensors.filter { $0.scope == .layer }
        var expanded = false
        return tensors.flatMap { template -> [ModelTensor] in
            if template.scope == .layer {
                // All layer templates expand at the first of them, so that a layer's tensors stay together.
                defer { expanded = true }
                guard !expanded else { return [] }
                return (0..<model.layers).flatMap { layer in
                    layered.filter { belongs($0, layer) }.map { $0.tensor(layer: layer, model: model) }
                }
            }
            if template.kind == .output && !model.outputTensor { return [] }
            return belongs(template, nil) ? [template.tensor(layer: nil, model: model)] : []
        }
    }

    /// Whether the numbers of a ``ModelShape`` are all that the required tensors depend on, so that ``tensors(of:)`` has them.
    public var isGivenByModelShape: Bool {
        let probe = ModelShape(
            id: "probe", label: "probe", embedding: 64, layers: 2, feedForward: 96, heads: 4, headsKV: 2, headSize: 16, vocabulary: 48,
            tied: false, outputTensor: true)
        return constraints.allSatisfy { $0.holds.holds(probe) }
            && tensors(of: probe).allSatisfy { !$0.dimensions.isEmpty && !$0.dimensions.contains(0) }
    }

    /// The first template of a tensor name and the layer in it; `nil` for a name that the architecture does not list.
    ///
    /// Layer numbers have no sign and no leading zeros. Where many names are looked up, ``TensorIndex`` is quicker.
    public func template(named name: String) -> (template: TensorTemplate, layer: Int?)? {
        let key = TensorIndex.Key(name)
        // A name that holds `{layer}` itself is none of a layer's.
        return tensors.first { $0.name == key.pattern && ($0.scope == .layer) == (key.layer != nil) }.map { ($0, key.layer) }
    }
}

/// The templates of an architecture by name.
public struct TensorIndex: Sendable {
    private let templates: [String: [TensorTemplate]]

    /// Indexes the tensors of an architecture.
    public init(_ architecture: Architecture) { templates = Dictionary(grouping: architecture.tensors, by: \.name) }

    /// The templates of a tensor name, which differ in their conditions, and the layer in it; no templates for a name that is not
    /// listed.
    public subscript(name: String) -> (templates: [TensorTemplate], layer: Int?) {
        let key = Key(name)
        let found = templates[key.pattern] ?? []
        return (found.first.map { ($0.scope == .layer) == (key.layer != nil) } == true ? found : [], key.layer)
    }

    /// A tensor's name with `{layer}` in place of its layer.
    struct Key {
        let pattern: String
        let layer: Int?

        init(_ name: String) {
            if let start = name.startOfLayer {
                let digits = name[start...].prefix { ("0"..."9").contains($0) }
                if name[digits.endIndex...].hasPrefix("."), digits == "0" || !digits.hasPrefix("0"), let number = Int(digits) {
                    (pattern, layer) = (name[..<start] + "{layer}" + name[digits.endIndex...], number)
                    return
                }
            }
            (pattern, layer) = (name, nil)
        }
    }
}

extension String {
    /// After the `blk.` at the beginning, or after that of an encoder or decoder (`enc.blk.`, `dec.blk.`).
    fileprivate var startOfLayer: Index? {
        if hasPrefix("blk.") { return index(startIndex, offsetBy: 4) }
        guard let dot = firstIndex(of: "."), self[index(after: dot)...].hasPrefix("blk.") else { return nil }
        return index(dot, offsetBy: 5)
    }
}

extension TensorTemplate {
    /// A name with the number of a layer in place of `{layer}`.
    static func name(_ pattern: String, layer: Int) -> String {
        guard let open = pattern.firstIndex(of: "{"), let close = pattern.lastIndex(of: "}") else { return pattern }
        return pattern[..<open] + String(layer) + pattern[pattern.index(after: close)...]
    }

    /// The name with the layer's number in it.
    public func name(layer: Int?) -> String { layer.map { Self.name(name, layer: $0) } ?? name }

    /// The dimensions for given hyper-parameters, in file order; `nil` if one cannot be told or a product does not fit.
    public func dimensions(_ values: some FormulaValues, layer: Int? = nil) -> [UInt64]? {
        var dimensions: [UInt64] = []
        for formula in shape {
            guard let value = formula.value(values, layer: layer ?? 0).flatMap(UInt64.init(exactly:)) else { return nil }
            dimensions.append(value)
        }
        return dimensions
    }

    /// The dimensions, where a model's own numbers are all that counts.
    public func dimensions(_ value: @escaping (HyperParameter) -> UInt64?) -> [UInt64]? { dimensions(ClosureValues(value: value)) }

    func tensor(layer: Int?, model: ModelShape) -> ModelTensor {
        ModelTensor(name: name(layer: layer), kind: kind, layer: layer, dimensions: dimensions(model, layer: layer) ?? [])
    }
}

/// Hyper-parameters by a function; there are no others and no tensors.
private struct ClosureValues: FormulaValues {
    let value: (HyperParameter) -> UInt64?

    func value(of parameter: String, in layer: Int) -> Int? {
        guard let parameter = HyperParameter(rawValue: HyperParameter.sameWidth[parameter] ?? parameter) else { return 0 }
        return value(parameter).flatMap(Int.init(exactly:))
    }

    func text(of parameter: String) -> String? { nil }
    func hasTensor(_ name: String) -> Bool { false }
    func rows(ofTensor name: String) -> Int? { nil }
}
