import BlockSpec
import GGUF

/// Whether `general.file_type` tells the truth about the tensors.
enum FileTypeRules {
    static func check(_ model: ModelView, into findings: inout FindingCollector) {
        guard let entry = model.metadata["general.file_type"], let dialect = dialect(of: model) else { return }
        let location = Finding.Location(key: entry.key, offset: entry.valueRange.lowerBound)
        guard let id = entry.integer.flatMap({ UInt32(exactly: $0) }), let fileType = dialect.fileType(id: id) else {
            findings.add(
                .fileTypeUnknown, location, "general.file_type has no meaning in the identified dialect.",
                expected: "a file type of \(dialect.title)", found: entry.integer.map(String.init) ?? entry.typeDescription)
            return
        }
        let allowed = formats(of: fileType)
        let used = mostFrequent(model)
        guard !allowed.isEmpty, !used.isEmpty, allowed.isDisjoint(with: used.map(\.id)) else { return }
        findings.add(
            .fileTypeDisagrees, location, "general.file_type is \(id), \(fileType.name), but the tensors are of another kind.",
            expected: "mostly " + allowed.sorted().joined(separator: ", "),
            found: "mostly " + used.map { "\($0.id) (\($0.count) tensors)" }.joined(separator: ", "),
            advice: "The label is wrong, or the tensors' types were changed afterwards; readers go by the tensors.")
    }

    /// The numbering of the part that leaves the fewest open: of a split model the first may hold keys only, or stock types.
    private static func dialect(of model: ModelView) -> Dialect? {
        let telling = model.parts.filter { !$0.scan.tensors.isEmpty && $0.formats.dialect != nil }
        return (telling.min { choices($0) < choices($1) } ?? model.parts.first)?.formats.dialect
    }

    private static func choices(_ part: ModelView.Part) -> Int { part.formats.identification?.dialects.count ?? 0 }

    /// The formats that most matrices have, several if they are equally frequent: quantized ones where there are any.
    private static func mostFrequent(_ model: ModelView) -> [(id: String, count: Int)] {
        let matrices = model.tensors.filter { $0.info.dimensions.count > 1 }.compactMap(\.format)
        let quantized = matrices.filter { $0.elements > 1 }
        let counts = Dictionary(grouping: quantized.isEmpty ? matrices : quantized, by: \.id).mapValues(\.count)
        let most = counts.values.max() ?? 0
        return counts.filter { $0.value == most }.map { ($0.key, $0.value) }.sorted { $0.id < $1.id }
    }

    /// The formats that may prevail in a file of this type: those of its routing where that is specified, else by its name.
    private static func formats(of fileType: FileTypeAssignment) -> Set<String> {
        guard let mix = fileType.mix.flatMap(Spec.mix) else { return formats(named: fileType.name) }
        let hifi = Set(mix.hifiFormats.map(Spec.canonicalFormat))
        let types = [mix.defaultType] + mix.rules.filter { !$0.tensors.allSatisfy { $0 == .norm } }.map(\.type) + mix.rewrites.map(\.type)
        return types.reduce(into: []) { set, type in
            if type == "hifi" { set.formUnion(hifi) } else { set.insert(Spec.canonicalFormat(type)) }
        }
    }

    /// `MOSTLY_Q4_K_M` means `q4_k`, `MOSTLY_IQ3_M` any format of three bits with a codebook.
    private static func formats(named name: String) -> Set<String> {
        var words = name.lowercased().split(separator: "_").map(String.init)
        if words.first == "mostly" || words.first == "all" { words.removeFirst() }
        var exact = words
        while !exact.isEmpty {
            if let format = Spec.format(exact.joined(separator: "_")) { return [format.id] }
            exact.removeLast()
        }
        guard let family = words.first else { return [] }
        return Set(Spec.formats.map(\.id).filter { $0.hasPrefix(family + "_") })
    }
}
