import BlockSpec
import Reference

/// Gives each tensor of a model its format: routing, fallback, overrides.
struct TensorRouter {
    private let routing: Routing
    private let context: MixContext
    private let important: ImportantTensors?
    /// The format of each override and the names that it matches.
    private let overrides: [(format: BlockFormat, names: Set<String>)]

    init(_ model: SourceModel, _ options: QuantizationOptions) throws(QuantizationError) {
        routing = options.routing
        context = try Self.context(model, options)
        important = ImportantTensors(
            options.routing.mix, billions: context.parameterEstimate, tensors: model.tensors, imatrix: options.imatrix)
        let names = model.tensors.filter { Spec.quantizer.isQuantized(name: $0.name, dimensions: $0.info.dimensions) }.map(\.name)
        var overrides: [(format: BlockFormat, names: Set<String>)] = []
        for override in options.overrides {
            let matched = override.matches(names)
            guard !matched.isEmpty, let format = Spec.format(override.format) else {
                throw .usage("--tensor-type \(override.pattern.printable)=\(override.format): no tensor that is quantized has such a name")
            }
            overrides.append((format, matched))
        }
        self.overrides = overrides
    }

    /// What the rules look at. Only dense models: the original's special cases for others are not specified.
    private static func context(_ model: SourceModel, _ options: QuantizationOptions) throws(QuantizationError) -> MixContext {
        let mix = options.routing.mix
        guard let architecture = model.architecture else {
            throw .missingKey(path: model.path, key: "general.architecture", need: "routing")
        }
        func required(_ suffix: String) throws(QuantizationError) -> Int {
            guard let value = model.hyperParameter(suffix), value > 0, value < 1 << 31 else {
                throw .missingKey(path: model.path, key: "\(architecture).\(suffix)", need: mix.id)
            }
            return value
        }
        let layers = try required("block_count")
        if model.hyperParameter("expert_count") ?? 0 > 0 { throw .unspecifiedRouting(mix: mix.id, reason: "models with experts") }
        if architecture == "falcon" { throw .unspecifiedRouting(mix: mix.id, reason: "falcon models") }
        var billions = 0.0
        if mix.kind == .hifi {
            billions = QuantizerRules.parameterEstimate(
                embedding: Double(try required("embedding_length")), feedForward: Double(try required("feed_forward_length")),
                layers: Double(layers))
        }
        return MixContext(
            layers: layers, hasOutputTensor: model.tensors.contains { $0.name == "output.weight" }, parameterEstimate: billions,
            usesImatrix: options.imatrix != nil, isImportant: false,
            isCalled70B: Spec.quantizer.isCalled70B(
                architecture: architecture, layers: layers, heads: model.hyperParameter("attention.head_count"),
                headsKV: model.hyperParameter("attention.head_count_kv")))
    }

    /// The format of a tensor in the output, and what is unusual about that.
    func format(of tensor: SourceModel.Tensor) throws(QuantizationError) -> (BlockFormat, note: String?) {
        guard Spec.quantizer.isQuantized(name: tensor.name, dimensions: tensor.info.dimensions) else { return (tensor.format, nil) }
        let routed = try known(routedType(of: tensor), tensor)
        guard let fallback = Spec.quantizer.fallback(for: routed, columns: tensor.columns) else {
            throw .noFallback(tensor: tensor.name, columns: tensor.columns, format: routed.id)
        }
        let override = overrides.last { $0.names.contains(tensor.name) }?.format
        if fallback != routed.id {
            // QUANT-05: an override does not reach a tensor that the routing's own type does not fit.
            let ignored = override.map { "; --tensor-type \($0.id) not applied" } ?? ""
            return (try known(fallback, tensor), "rows of \(tensor.columns) weights: \(fallback) in place of \(routed.id)\(ignored)")
        }
        guard let override, override.id != routed.id else { return (routed, nil) }
        guard tensor.columns % override.elements == 0 else {
            throw .badShape(
                tensor: tensor.name, dimensions: tensor.info.dimensions,
                reason: "its rows are no whole \(override.id) blocks of \(override.elements), as --tensor-type asks")
        }
        return (override, nil)
    }

    private func routedType(of tensor: SourceModel.Tensor) -> String {
        let role = TensorRole(name: tensor.name)
        let isHead = role.kind == .output || (role.kind == .tokenEmbedding && !context.hasOutputTensor)
        // The head is looked at before the fallback (QUANT-04).
        if isHead, let main = Spec.format(routing.mix.defaultType == "hifi" ? routing.hifi?.id ?? "" : routing.mix.defaultType),
            tensor.columns % main.elements != 0
        {
            return Spec.quantizer.headFallback
        }
        var context = context
        context.isImportant = important?.contains(tensor.name) ?? false
        return routing.mix.type(of: role.kind, layer: role.layer, context: context, hifi: routing.hifi?.id)
    }

    private func known(_ id: String, _ tensor: SourceModel.Tensor) throws(QuantizationError) -> BlockFormat {
        guard let format = Spec.format(id) else { throw .noCodec(tensor: tensor.name, format: id, verb: "encoded") }
        return format
    }

    /// How many outliers the original keeps in each block (QUANT-09, QUANT-11); nil for the standard number.
    ///
    /// From r7b to r12 the number follows the model's size, and from r12c on, with an importance matrix, the tensor's importance
    /// too. Only under the HIFI file type: a tensor that merely has the type by override gets all slots.
    func outliers(_ name: String, _ format: BlockFormat) -> Int? {
        guard routing.mix.kind == .hifi,
            let base = Spec.quantizer.sizedOutliers(of: format, billions: Float(context.parameterEstimate))
        else { return nil }
        guard format.id == "q3_k_hifi@r12c", let importance = important?.importance[name] else { return base }
        return OutlierBudget.perTensor(base: base, importance: importance)
    }
}
