import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// The hyper-parameters of a model: what its metadata says, what stands for keys that are absent, what follows from others.
///
/// Values of the wrong integer type count as what they say, so that one mistake is not reported in many places.
struct HyperParameters: FormulaValues {
    /// One value, or one for each layer.
    private enum Stored {
        case all(Int)
        case perLayer([Int])
    }

    private let model: ModelView
    private let keys: [String: ArchitectureKey]
    private let derived: [String: Formula]
    private var stored: [String: Stored] = [:]
    private var texts: [String: String] = [:]

    /// Arrays of more layers are something else.
    private static let arrayLimit = 65_536

    /// - Parameter keys: those of the architecture, or those common to all if it is not described.
    init(_ model: ModelView, id: ForeignText, keys: [ArchitectureKey], values: [DerivedValue]) {
        self.model = model
        self.keys = Dictionary(keys.compactMap { key in key.parameter.map { ($0, key) } }) { first, _ in first }
        derived = Dictionary(values.map { ($0.name, $0.formula) }) { first, _ in first }
        for (parameter, key) in self.keys {
            guard let entry = model.metadata[id.adding(".\(key.key)")] else { continue }
            if let text = entry.string { texts[parameter] = text.raw }
            stored[parameter] = Self.read(entry)
        }
        stored["vocabulary"] = Self.vocabulary(model, id).map(Stored.all)
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

    private static func read(_ entry: MetadataEntry) -> Stored? {
        if let value = entry.integer { return .all(value) }
        if let value = entry.bool { return .all(value ? 1 : 0) }
        guard let count = entry.elementCount, (1...arrayLimit).contains(count), let type = entry.elementType, type.fixedWidth != nil else {
            return nil
        }
        var values: [Int] = []
        for index in 0..<count {
            guard let value = element(entry, type, index) else { return nil }
            values.append(value)
        }
        return .perLayer(values)
    }

    /// Element `index` of a stored array of integers or booleans.
    private static func element(_ entry: MetadataEntry, _ type: MetadataValueType, _ index: Int) -> Int? {
        let start = 12
        func load<T: FixedWidthInteger & BitwiseCopyable & SendableMetatype>(_: T.Type) -> Int? {
            entry.valueBytes.load(T.self, at: start + MemoryLayout<T>.size * index).flatMap(Int.init(exactly:))
        }
        switch type {
        case .uint8, .bool: return load(UInt8.self)
        case .int8: return load(Int8.self)
        case .uint16: return load(UInt16.self)
        case .int16: return load(Int16.self)
        case .uint32: return load(UInt32.self)
        case .int32: return load(Int32.self)
        case .uint64: return load(UInt64.self)
        case .int64: return load(Int64.self)
        default: return nil
        }
    }

    // MARK: - Values

    func value(of parameter: String, in layer: Int) -> Int? {
        if let condition = keys[parameter]?.condition, !condition.holds(self) { return 0 }
        switch stored[parameter] {
        case .all(let value): return value
        // Past the end, the loader's own arrays hold zeros.
        case .perLayer(let values): return values.indices.contains(layer) ? values[layer] : 0
        case nil: break
        }
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
