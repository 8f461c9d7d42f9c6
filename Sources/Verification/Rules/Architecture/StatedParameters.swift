import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// The hyper-parameters of a model: what its metadata says, what stands for keys that are absent, what follows from others.
///
/// Values of the wrong integer type count as what they say, so that one mistake is not reported in many places.
struct StatedParameters: FormulaValues {
    private let model: ModelView
    private let keys: [String: ArchitectureKey]
    private let derived: [String: Formula]
    private var stored: [String: LayerNumbers] = [:]
    private var texts: [String: String] = [:]

    /// - Parameter keys: those of the architecture, or those common to all if it is not described.
    init(_ model: ModelView, id: ForeignText, keys: [ArchitectureKey], values: [DerivedValue]) {
        self.model = model
        self.keys = Dictionary(keys.compactMap { key in key.parameter.map { ($0, key) } }) { first, _ in first }
        derived = Dictionary(values.map { ($0.name, $0.formula) }) { first, _ in first }
        for (parameter, key) in self.keys {
            guard let entry = model.metadata[id.adding(".\(key.key)")] else { continue }
            if let text = entry.string { texts[parameter] = text.raw }
            stored[parameter] = LayerNumbers(entry)
        }
        stored["vocabulary"] = Self.vocabulary(model, id).map(LayerNumbers.all)
        stored["token_types"] = .all(model.metadata["tokenizer.ggml.token_type_count"]?.integer ?? 0)
        stored["labels"] = .all(max(1, model.metadata[id.adding(".classifier.output_labels")]?.elementCount ?? 1))
    }

    /// The vocabulary has no key of its own. Without a token list, the embedding is what defines it.
    private static func vocabulary(_ model: ModelView, _ id: ForeignText) -> Int? {
        let kind = model.metadata["tokenizer.ggml.model"]?.string
        if kind == "no_vocab" || kind == "none" { return model.metadata[id.adding(".vocab_size")]?.integer ?? 0 }
        if let tokens = model.vocabularySize { return tokens }
        return model.tensor("token_embd.weight")?.info.dimensions.dropFirst().first.flatMap(Int.init(exactly:))
    }

    // MARK: - Values

    func value(of parameter: String, in layer: Int) -> Int? {
        if let condition = keys[parameter]?.condition, !condition.holds(self) { return 0 }
        if let numbers = stored[parameter] { return numbers[layer] }
        if let formula = derived[parameter] ?? keys[parameter]?.fallback { return formula.value(self, layer: layer, plain: layer) }
        return parameter == "vocabulary" ? nil : 0
    }

    func text(of parameter: String) -> String? { texts[parameter] }

    func hasTensor(_ name: String) -> Bool { model.tensor(name) != nil }

    func rows(ofTensor name: String) -> Int? { model.tensor(name)?.info.dimensions.dropFirst().first.flatMap(Int.init(exactly:)) }

    /// The keys that a formula needs and that the file lacks, with nothing to stand for them.
    func absentKeys(in formula: Formula) -> [String] {
        formula.parameters.flatMap { parameter -> [String] in
            if stored[parameter] != nil { return [] }
            if let inner = derived[parameter] ?? keys[parameter]?.fallback { return absentKeys(in: inner) }
            return keys[parameter].map { [$0.key] } ?? []
        }
    }
}
