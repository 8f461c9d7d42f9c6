import HIFIBlockSpec

/// `general.file_type` under another dialect: the number there for the same routing, else for the same name.
struct FileTypeChange: Sendable {
    let before: UInt32
    let after: UInt32

    private static let hifiNames: Set = ["MOSTLY_Q3_HIFI", "MOSTLY_Q3_K_HIFI"]

    /// Nil where the file has no file type. A number that means nothing in the input's dialect is left as it is.
    init?(_ model: SourceModel, _ dialect: Dialect) throws(QuantizationError) {
        guard let value = model.metadata["general.file_type"]?.integer.flatMap({ UInt32(exactly: $0) }) else { return nil }
        before = value
        guard let meaning = model.dialect?.fileType(id: value), meaning.status == .assigned else {
            after = value
            return
        }
        let there = dialect.fileTypes.filter { $0.status == .assigned }
        let isHIFI = Self.hifiNames.contains(meaning.name)
        let same =
            there.first { $0.id == value && $0.mix == meaning.mix && $0.name == meaning.name }
            ?? there.last { $0.mix != nil && $0.mix == meaning.mix } ?? there.last { $0.name == meaning.name }
            ?? there.last { isHIFI && Self.hifiNames.contains($0.name) }
        guard let same else { throw .noNumber(dialect: dialect.id, what: "file type \(meaning.name)") }
        after = same.id
    }
}
