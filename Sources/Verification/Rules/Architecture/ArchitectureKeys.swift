import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// Whether the keys that the loader reads are there and of the types and lengths that it takes.
struct ArchitectureKeys {
    let model: ModelView
    /// The architecture's name, which stands before its keys.
    let id: ForeignText
    let keys: [ArchitectureKey]
    /// Layers as stated; nil where the file does not say.
    let layers: Int?
    let parameters: StatedParameters

    /// How many keys were looked at: those that are there, and those that must be.
    func check(_ findings: inout FindingCollector) -> Int {
        var judged = 0
        for key in Spec.loader.generalKeys { judged += check(key, named: ForeignText(key.key), &findings) }
        for key in keys where key.condition?.holds(parameters) != false { judged += check(key, named: id.adding(".\(key.key)"), &findings) }
        return judged
    }

    private func check(_ key: ArchitectureKey, named name: ForeignText, _ findings: inout FindingCollector) -> Int {
        guard let entry = model.metadata[name] else {
            // GGUF-32 speaks of a missing architecture.
            guard key.isRequired, name != "general.architecture" else { return 0 }
            let isHyperParameter = key.parameter.flatMap(HyperParameter.init) != nil
            let wanted = key.description
            let (key, loader) = ("\(name)", Spec.loader.build)
            findings.add(
                isHyperParameter ? .hyperParameterMissingRequired(key: key, loader: loader) : .loaderKeyMissing(key: key, loader: loader),
                .init(key: name), expected: wanted, found: "no such key")
            return 1
        }
        let place = Finding.Location(key: name, offset: entry.valueRange.lowerBound)
        switch verdict(key, entry) {
        case .right: break
        case .otherType:
            findings.add(
                .loaderKeyTypeRead(key: "\(name)", loader: Spec.loader.build), place,
                expected: key.description, found: entry.typeDescription, advice: "Store it as \(key.type.description).")
        case .senseless:
            // What is not a hyper-parameter makes sense to some readers in another type.
            let isShape = key.type == .u32 && key.parameter != nil
            findings.add(
                isShape ? .hyperParameterType(key: "\(name)") : .loaderKeyTypeUsable(key: "\(name)"), place, expected: key.description,
                found: entry.integer.map(String.init) ?? entry.typeDescription)
        case .length(let expected):
            findings.add(
                .layerArrayLength(key: "\(name)"), place, expected: "\(expected) values",
                found: "\(entry.elementCount ?? 0)")
        case .unknownWord(let word):
            findings.add(
                .loaderWord(key: "\(name)", loader: Spec.loader.build), place,
                expected: key.allowed.joined(separator: ", "), found: "\(word)")
        }
        return 1
    }

    private enum Verdict {
        case right
        case otherType
        case senseless
        case length(Int)
        case unknownWord(ForeignText)
    }

    private func verdict(_ key: ArchitectureKey, _ entry: MetadataEntry) -> Verdict {
        if entry.valueType == .array { return arrayVerdict(key, entry) }
        if key.form == .array { return key.isRequired ? .senseless : .right }
        if key.form == .four { return entry.valueType == .int32 ? .right : entry.integer == nil ? .senseless : .otherType }
        guard entry.valueType == key.type.stored else {
            switch key.type {
            case .u16, .u32: return entry.integer == nil ? .senseless : .otherType
            case .f32: return entry.valueType == .float64 ? .otherType : .senseless
            case .bool: return entry.integer == nil ? .senseless : .otherType
            case .string: return .otherType
            }
        }
        if let word = entry.string, !key.allowed.isEmpty, !key.allowed.contains(word.raw) { return .unknownWord(word) }
        // No model has none of these.
        let mustBePositive = key.parameter == HyperParameter.embedding.rawValue || key.parameter == HyperParameter.layers.rawValue
        return mustBePositive && entry.integer.map { $0 <= 0 } == true ? .senseless : .right
    }

    private func arrayVerdict(_ key: ArchitectureKey, _ entry: MetadataEntry) -> Verdict {
        guard key.form != .single, let element = entry.elementType else { return .senseless }
        switch key.type {
        case .u16, .u32:
            guard element == .uint32 || element == .int32 || element == .bool && key.form != .four else {
                return element.isInteger ? .otherType : .senseless
            }
        case .f32: guard element == .float32 else { return element == .float64 ? .otherType : .senseless }
        case .bool: guard element == .bool else { return .senseless }
        case .string: guard element == .string else { return .otherType }
        }
        switch key.form {
        case .perLayer: return layers.map { entry.elementCount == $0 ? .right : .length($0) } ?? .right
        case .four: return entry.elementCount == 4 ? .right : .length(4)
        case .single, .array, .singleOrArray: return .right
        }
    }
}

extension ArchitectureKeyType {
    /// The type in a file.
    var stored: MetadataValueType {
        switch self {
        case .u16: .uint16
        case .u32: .uint32
        case .f32: .float32
        case .bool: .bool
        case .string: .string
        }
    }

    var description: String { stored.description }
}

extension ArchitectureKey {
    /// What the loader reads, in words.
    var description: String {
        switch form {
        case .single: type.description
        case .perLayer: "\(type.description), or an array of one for each layer"
        case .four: "an array of four int32"
        case .array: "an array of \(type.description)"
        case .singleOrArray: "\(type.description), or an array of them"
        }
    }
}

extension MetadataValueType {
    fileprivate var isInteger: Bool {
        switch self {
        case .uint8, .int8, .uint16, .int16, .uint32, .int32, .uint64, .int64: true
        case .float32, .float64, .bool, .string, .array: false
        }
    }
}
