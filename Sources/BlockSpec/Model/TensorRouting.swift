/// The tensors of a model as the quantizer of one kind of mixes sees them, and what a mix makes of them.
///
/// This is the one place where mixes are applied to whole models: `quantize`, the rules over a file, its identification and the
/// sizes all ask here. Names are looked at once, so that many mixes can be tried on a file.
public struct TensorRouting: Sendable {
    /// What becomes of a tensor.
    public enum Route: Sendable, Hashable {
        /// It stays as it is (QUANT-01).
        case kept
        /// It gets a type: `stored`, in place of `routed` where rows are not whole blocks of that (QUANT-03).
        case type(routed: String, stored: String)
        /// llama-quantize refuses the model because of it.
        case refused(Refusal)
    }

    /// Why llama-quantize refuses a model.
    public enum Refusal: Sendable, Hashable {
        /// No type takes the place of the one whose blocks do not fit the rows (QUANT-03).
        case noFallback(from: String)
        /// In a model with experts the layer must be in the name (QUANT-18).
        case noLayer
        /// The layer in the name is not one of the model's (QUANT-18).
        case layerOutOfRange(Int, layers: Int)
    }

    /// A tensor with what its name says.
    public struct Tensor: Sendable {
        /// Its part in mixes.
        public let kind: TensorKind
        /// The layer in its name; nil outside the layers.
        public let layer: Int?
        /// Weights in a row.
        public let columns: Int
        /// Its third dimension.
        public let matrices: Int
        /// Whether the quantizer touches it.
        public let isQuantized: Bool
    }

    /// The rules that tell tensors.
    public let rules: RoutingRules
    /// In the order in which they were given.
    public let tensors: [Tensor]
    /// Indices of all tensors in the order of the output (QUANT-06).
    public let order: [Int]
    /// Whether there is an output matrix.
    public let hasOutputTensor: Bool
    /// How many tensors there are of each entry of `rules.layers`, those that are kept included.
    private let totals: [Int]

    /// Finds the parts that tensors play.
    ///
    /// - Parameters:
    ///   - tensors: names and dimensions in file order, columns first.
    ///   - rules: those of the kind of mixes that will route them.
    public init(_ tensors: [(name: String, dimensions: [UInt64])], under rules: RoutingRules) {
        self.rules = rules
        var totals = [Int](repeating: 0, count: rules.layers.count)
        var hasOutput = false
        self.tensors = tensors.map { name, dimensions in
            let kind = rules.kind(named: name)
            if let entry = rules.layers.firstIndex(where: { $0.tensors.contains(kind) }) { totals[entry] += 1 }
            if kind == .output { hasOutput = true }
            let layer = TensorOrder.layer(of: name)
            return Tensor(
                kind: kind, layer: layer < 0 ? nil : layer, columns: Int(clamping: dimensions.first ?? 1),
                matrices: dimensions.count > 2 ? Int(clamping: dimensions[2]) : 1,
                isQuantized: rules.isQuantized(name: name, dimensions: dimensions))
        }
        self.totals = totals
        hasOutputTensor = hasOutput
        order = TensorOrder.sorted(tensors.map(\.name))
    }

    /// What a mix makes of the tensors, in the order in which they were given.
    ///
    /// - Parameters:
    ///   - mix: the mix that routes.
    ///   - hifi: the format that `hifi` stands for; nil for the usual one of the mix.
    ///   - context: what rules look at besides the tensor.
    ///   - given: types that patterns ask for, by index; for rules that take them in place of the mix's.
    ///   - isImportant: whether the importance matrix puts a tensor among the important; nil leaves it to the context.
    public func routes(
        by mix: Mix, hifi: String? = nil, context: MixContext, given: [Int: String] = [:], isImportant: ((Int) -> Bool)? = nil
    ) -> [Route] {
        var routes = [Route](repeating: .kept, count: tensors.count)
        var context = context
        var counted = [Int](repeating: 0, count: totals.count)
        let main = mix.defaultType == "hifi" ? hifi ?? mix.hifiFormats.first ?? "" : mix.defaultType
        let mainElements = Spec.format(main)?.elements ?? 1
        for index in order where tensors[index].isQuantized {
            let tensor = tensors[index]
            let routed: String
            if let asked = given[index], rules.overrides == .beforeFallback {
                routed = asked
            } else if isHead(tensor, context), tensor.columns % mainElements != 0 {
                // The head is looked at before the fallback (QUANT-04).
                routed = rules.headFallback
            } else {
                let place: LayerPlace?
                switch self.place(of: tensor, context, named: !mix.countsLayers, &counted) {
                case .success(let found): place = found
                case .failure(let refusal):
                    routes[index] = .refused(refusal)
                    continue
                }
                context.matrices = tensor.matrices
                if let isImportant { context.isImportant = isImportant(index) }
                routed = mix.type(of: tensor.kind, place: place, context: context, hifi: hifi)
            }
            routes[index] = stored(routed, tensor)
        }
        return routes
    }

    private func isHead(_ tensor: Tensor, _ context: MixContext) -> Bool {
        tensor.kind == .output || (tensor.kind == .tokenEmbedding && !context.hasOutputTensor)
    }

    private func stored(_ routed: String, _ tensor: Tensor) -> Route {
        guard let format = Spec.format(routed), let stored = rules.fallback(for: format, columns: tensor.columns) else {
            return .refused(.noFallback(from: routed))
        }
        return .type(routed: format.id, stored: stored)
    }

    /// The place that conditions see (QUANT-18). Tensors that a pattern gives a type are not asked for, and not counted.
    private func place(of tensor: Tensor, _ context: MixContext, named: Bool, _ counted: inout [Int]) -> Result<LayerPlace?, Refusal> {
        guard let entry = rules.layers.firstIndex(where: { $0.tensors.contains(tensor.kind) }) else {
            return .success(tensor.layer.map { LayerPlace(index: $0, count: context.layers) })
        }
        defer { counted[entry] += 1 }
        guard named, rules.layers[entry].namedWithExperts, context.experts > 1 else {
            return .success(
                LayerPlace(index: counted[entry], count: rules.layers[entry].among == .tensors ? totals[entry] : context.layers))
        }
        guard let layer = tensor.layer else { return .failure(.noLayer) }
        guard layer < context.layers else { return .failure(.layerOutOfRange(layer, layers: context.layers)) }
        return .success(LayerPlace(index: layer, count: context.layers))
    }
}

extension TensorRouting.Refusal: Error {}

/// The order in which llama-quantize writes tensors: those outside the layers first, then layer by layer, by name within each (QUANT-06).
public enum TensorOrder {
    /// Indices of names in that order.
    public static func sorted(_ names: [String]) -> [Int] {
        let layers = names.map(layer)
        return names.indices.sorted { a, b in
            layers[a] == layers[b] ? names[a].utf8.lexicographicallyPrecedes(names[b].utf8) : layers[a] < layers[b]
        }
    }

    /// The number after `blk.`; -1 where there is none.
    public static func layer(of name: String) -> Int {
        guard name.hasPrefix("blk.") else { return -1 }
        let digits = name.utf8.dropFirst(4).prefix { (48...57).contains($0) }
        return Int(String(decoding: digits, as: UTF8.self)) ?? -1
    }
}
