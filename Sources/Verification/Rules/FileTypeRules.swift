import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification

/// Whether `general.file_type` tells the truth about the tensors.
enum FileTypeRules {
    static func check(_ model: ModelView, into findings: inout FindingCollector) {
        guard let entry = model.metadata["general.file_type"], let dialect = dialect(of: model) else { return }
        let location = Finding.Location(key: entry.key, offset: entry.valueRange.lowerBound)
        guard let id = entry.integer.flatMap({ UInt32(exactly: $0) }), let fileType = dialect.fileType(id: id) else {
            findings.add(
                .fileTypeUnknown(), location,
                expected: "a file type of \(dialect.title)", found: entry.integer.map(String.init) ?? entry.typeDescription)
            return
        }
        let roles = TensorRoles(model.tensors.map(\.info), of: nil, model.metadata)
        let matcher = MixMatcher(roles, formats: model.tensors.map { model.format(of: $0)?.id })
        guard FileTypeReading.agreement(fileType, matcher) == .contradicts else { return }
        let expected = fileType.mix.flatMap(Spec.mix).map { matcher.types(of: $0).all.sorted() } ?? []
        findings.add(
            .fileTypeDisagrees(number: "\(id)", name: fileType.name), location,
            expected: expected.isEmpty
                ? "types of \(fileType.name)" : "types as \(fileType.name) gives them: " + expected.joined(separator: ", "),
            found: "mostly "
                + (matcher.prevailing?.counts ?? []).prefix(3).map { "\($0.type) (\(NumberText.count($0.tensors, "tensor")))" }.joined(
                    separator: ", "),
            advice: "The label is wrong, or the tensors' types were changed afterwards; readers go by the tensors.")
    }

    /// The dialect of the part that leaves the fewest open: of a split model the first may hold keys only, or stock types.
    private static func dialect(of model: ModelView) -> Dialect? {
        let telling = model.parts.filter { !$0.scan.tensors.isEmpty && $0.formats.dialect != nil }
        return (telling.min { choices($0) < choices($1) } ?? model.parts.first)?.formats.dialect
    }

    private static func choices(_ part: ModelView.Part) -> Int { part.formats.identification?.dialects.count ?? 0 }
}
