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
}

extension Architecture {
    /// The tensors of a published file of a model, layers expanded, in the order of the architecture file.
    public func tensors(of model: ModelShape) -> [ModelTensor] {
        let layered = tensors.filter { $0.scope == .layer }
        var expanded = false
        return tensors.flatMap { template -> [ModelTensor] in
            if template.scope == .layer {
                // All layer templates expand at the first of them, so that a layer's tensors stay together.
                defer { expanded = true }
                guard !expanded else { return [] }
                return (0..<model.layers).flatMap { layer in layered.map { $0.tensor(layer: layer, model: model) } }
            }
            if template.kind == .output && !model.outputTensor { return [] }
            return [template.tensor(layer: nil, model: model)]
        }
    }

    /// The template of a tensor name and the layer in it; `nil` for a name that the architecture does not list.
    ///
    /// Layer numbers have no sign and no leading zeros.
    public func template(named name: String) -> (template: TensorTemplate, layer: Int?)? {
        for template in tensors {
            switch template.scope {
            case .model:
                if template.name == name { return (template, nil) }
            case .layer:
                if let layer = template.layer(in: name) { return (template, layer) }
            }
        }
        return nil
    }
}

extension TensorTemplate {
    /// The parts of the name before and after the layer number.
    private var frame: (prefix: Substring, suffix: Substring)? {
        guard let open = name.firstIndex(of: "{"), let close = name.lastIndex(of: "}") else { return nil }
        return (name[..<open], name[name.index(after: close)...])
    }

    /// The layer number in a name of this form.
    func layer(in name: String) -> Int? {
        guard let frame, name.hasPrefix(frame.prefix), name.hasSuffix(frame.suffix) else { return nil }
        guard name.utf8.count > frame.prefix.utf8.count + frame.suffix.utf8.count else { return nil }
        let digits = name.dropFirst(frame.prefix.count).dropLast(frame.suffix.count)
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), digits == "0" || !digits.hasPrefix("0") else { return nil }
        return Int(digits)
    }

    /// The dimensions for given hyper-parameters, in file order; `nil` if one is missing or a product does not fit.
    public func dimensions(_ value: (HyperParameter) -> UInt64?) -> [UInt64]? {
        var dimensions: [UInt64] = []
        for factors in shape {
            var product: UInt64 = 1
            for factor in factors {
                guard let next = value(factor) else { return nil }
                let (result, overflow) = product.multipliedReportingOverflow(by: next)
                if overflow { return nil }
                product = result
            }
            dimensions.append(product)
        }
        return dimensions
    }

    func tensor(layer: Int?, model: ModelShape) -> ModelTensor {
        let name = if let layer, let frame { "\(frame.prefix)\(layer)\(frame.suffix)" } else { self.name }
        return ModelTensor(
            name: name, kind: kind, layer: layer, dimensions: dimensions { UInt64(model.value(of: $0)) } ?? [])
    }
}

extension ModelShape {
    /// The value of a hyper-parameter.
    public func value(of parameter: HyperParameter) -> Int {
        switch parameter {
        case .embedding: embedding
        case .layers: layers
        case .feedForward: feedForward
        case .heads: heads
        case .headsKV: headsKV
        case .headSize: headSize
        case .vocabulary: vocabulary
        }
    }

    /// The fork's estimate of the parameters in billions as its quantizer computes it, without the vocabulary (QUANT-07).
    public var forkParameterEstimate: Double { forkParameterEstimate(vocabulary: 0) }

    /// The same with the vocabulary loaded, as the fork's loader computes it.
    public func forkParameterEstimate(vocabulary: Int) -> Double {
        QuantizerRules.parameterEstimate(
            embedding: Double(embedding), feedForward: Double(feedForward), layers: Double(layers), vocabulary: Double(vocabulary))
    }
}
