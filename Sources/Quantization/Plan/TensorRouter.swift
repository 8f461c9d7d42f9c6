import HIFIBlockSpec
import HIFIForeign
import HIFIReference

/// Gives each tensor of a model its format: routing, fallback, overrides.
struct TensorRouter {
    private let routing: Routing
    private let rules: RoutingRules
    private let context: MixContext
    private let important: ImportantTensors?
    private let routes: [TensorRouting.Route]
    /// The format of a pattern that asks for one, by the tensor's index.
    private let given: [Int: BlockFormat]
    /// Indices of the tensors in the order of the output.
    let order: [Int]

    init(_ model: SourceModel, _ options: QuantizationOptions) throws(QuantizationError) {
        let mix = options.routing.mix
        routing = options.routing
        rules = Spec.quantizer.routing(of: mix.kind)
        let tensors = TensorRouting(model.tensors.map { ($0.name.raw, $0.info.dimensions) }, under: rules)
        context = try Self.context(model, options, hasOutputTensor: tensors.hasOutputTensor)
        let important = ImportantTensors(
            mix, billions: context.parameterEstimate, tensors: model.tensors, imatrix: options.imatrix)
        given = try Self.given(model, options, tensors)
        order = tensors.order
        routes = tensors.routes(by: mix, hifi: options.routing.hifi?.id, context: context, given: given.mapValues(\.id)) { index in
            important?.contains(model.tensors[index].name) ?? false
        }
        self.important = important
    }

    /// What the rules look at. Architectures that the mixes' build does not know, or treats in ways that are not described, are
    /// refused by name (QUANT-17); HIFI mixes are known of dense models only.
    private static func context(
        _ model: SourceModel, _ options: QuantizationOptions, hasOutputTensor: Bool
    ) throws(QuantizationError) -> MixContext {
        let mix = options.routing.mix
        guard let architecture = model.architecture else {
            throw .missingKey(path: model.path, key: "general.architecture", need: "routing")
        }
        func required(_ suffix: String) throws(QuantizationError) -> Int {
            guard let value = model.hyperParameter(suffix), value > 0, value < 1 << 31 else {
                throw .missingKey(path: model.path, key: architecture.adding(".\(suffix)"), need: mix.id)
            }
            return value
        }
        guard Spec.quantizer.routing(of: mix.kind).knows(architecture: architecture.raw) else {
            throw .unspecifiedRouting(mix: mix.id, reason: "the architecture \(architecture)")
        }
        var context = MixContext(architecture: architecture.raw, layers: try required("block_count"), hasOutputTensor: hasOutputTensor) {
            model.hyperParameter($0)
        }
        context.usesImatrix = options.imatrix != nil
        guard mix.kind == .hifi else { return context }
        if context.experts > 0 { throw .unspecifiedRouting(mix: mix.id, reason: "models with experts") }
        if architecture == "falcon" { throw .unspecifiedRouting(mix: mix.id, reason: "falcon models") }
        _ = try (required("embedding_length"), required("feed_forward_length"))
        return context
    }

    /// The types that patterns ask for, by the index of the tensor.
    private static func given(
        _ model: SourceModel, _ options: QuantizationOptions, _ tensors: TensorRouting
    ) throws(QuantizationError) -> [Int: BlockFormat] {
        let mix = options.routing.mix
        let indices = tensors.tensors.indices.filter { tensors.tensors[$0].isQuantized }
        var given: [Int: BlockFormat] = [:]
        for override in options.overrides {
            if Spec.format(mix.defaultType)?.elements == 1 {
                throw .badOverride(
                    "\(ForeignText(override.pattern)): \(mix.id) has one type for all tensors; "
                        + "llama-quantize takes no overrides there either"
                )
            }
            let matched = override.matches(indices.map { model.tensors[$0].name })
            guard !matched.isEmpty, let format = Spec.format(override.format) else {
                throw .badOverride(
                    "\(ForeignText(override.pattern))=\(override.format): no tensor that is quantized has such a name")
            }
            for index in indices where matched.contains(model.tensors[index].name) {
                if tensors.rules.overrides == .afterFallback || given[index] == nil { given[index] = format }
            }
        }
        return given
    }

    /// The format of a tensor in the output, and what is unusual about that.
    func format(of index: Int, _ tensor: SourceModel.Tensor) throws(QuantizationError) -> (BlockFormat, note: String?) {
        let (routed, stored): (String, String)
        switch routes[index] {
        case .kept: return (tensor.format, nil)
        case .refused(.noFallback(let type)): throw .noFallback(tensor: tensor.name, columns: tensor.columns, format: type)
        case .refused(.noLayer):
            throw .unroutable(tensor: tensor.name, reason: "in a model with experts it takes its layer from the name, which has no blk.N.")
        case .refused(.layerOutOfRange(let layer, let layers)):
            throw .unroutable(tensor: tensor.name, reason: "layer \(layer) of a model of \(layers) layers (0 to \(layers - 1))")
        case .type(let type, let fitting): (routed, stored) = (type, fitting)
        }
        let override = given[index]
        if stored != routed {
            // QUANT-05: an override does not reach a tensor that has fallen back, where it comes after that.
            let ignored = rules.overrides == .afterFallback ? override.map { "; the override \($0.id) is not applied" } ?? "" : ""
            return (try known(stored, tensor), "rows of \(tensor.columns) weights: \(stored) in place of \(routed)\(ignored)")
        }
        guard rules.overrides == .afterFallback, let override, override.id != routed else { return (try known(routed, tensor), nil) }
        guard tensor.columns % override.elements == 0 else {
            throw .badShape(
                tensor: tensor.name, dimensions: tensor.info.dimensions,
                reason: "its rows are not whole \(override.id) blocks of \(override.elements), as the override asks")
        }
        return (override, nil)
    }

    /// Whether llama-quantize makes this type only with importances (QUANT-19).
    func needsImportance(_ name: ForeignText, _ format: BlockFormat) -> Bool {
        (routing.mix.needsImatrix + rules.needsImatrix).contains(format.id)
            && ![.tokenEmbedding, .output].contains(rules.kind(named: name.raw))
    }

    private func known(_ id: String, _ tensor: SourceModel.Tensor) throws(QuantizationError) -> BlockFormat {
        guard let format = Spec.format(id) else { throw .noCodec(tensor: tensor.name, format: id, verb: "encoded") }
        return format
    }

    /// How many outliers the fork keeps in each block (QUANT-09, QUANT-11); nil for the standard number.
    ///
    /// What the number follows is declared with the format: nothing, the model's size, or with an importance matrix the tensor's
    /// importance too. Only under the HIFI file type: a tensor that merely has the type by override gets all slots.
    func outliers(_ name: ForeignText, _ format: BlockFormat) -> Int? {
        guard routing.mix.kind == .hifi,
            let base = Spec.quantizer.sizedOutliers(of: format, billions: Float(context.parameterEstimate))
        else { return nil }
        guard format.encoding?.outliers?.follows == .tensor, let importance = important?.importance[name] else { return base }
        return OutlierBudget.perTensor(base: base, importance: importance)
    }
}
