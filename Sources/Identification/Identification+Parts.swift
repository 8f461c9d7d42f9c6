import HIFIGGUF

extension Identification {
    /// Identifies every part of a model, in the order of the parts: as the parts of one model, which has one set of keys and follows one
    /// dialect.
    ///
    /// A part may hold too little to tell: what the others leave of the dialects holds for it too. A part that contradicts them is
    /// not identified.
    ///
    /// - Parameter options: `model` and `dialects` are set here.
    public static func identify(_ model: SplitSet, options: Options = Options()) -> [Identification] {
        var options = options
        options.model = model
        options.dialects = nil
        var parts: [Identification] = []
        for part in model.parts {
            let result = identify(part.file.scan, options: options)
            if !result.dialects.isEmpty { options.dialects = result.dialects }
            parts.append(result)
        }
        for index in parts.indices where parts[index].confidence == .ambiguous && parts[index].dialects != options.dialects {
            let result = identify(model.parts[index].file.scan, options: options)
            if result.confidence != .none { parts[index] = result }
        }
        return parts
    }

    /// The routings that all tensors of a model follow, by the identification of its parts.
    public static func exactMixes(_ parts: [Identification]) -> [String] {
        let mixes = parts.filter { !$0.tensorFormats.isEmpty }.map { $0.mixes.filter(\.isExact).map(\.id) }
        return (mixes.first ?? []).filter { id in mixes.allSatisfy { $0.contains(id) } }
    }
}
