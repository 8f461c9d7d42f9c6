import Foundation
import SpecLoader
import TestSupport

/// The checkout that the tests were built from.
enum SpecFolder {
    static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let source = SpecSource(root: checkout.appendingPathComponent("Spec"))

    /// The schemas by name (`blocks.json`), which is also their `$id`.
    static func schemas() throws -> [String: SpecValue] {
        let folder = source.root.appendingPathComponent("schema")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        return Dictionary(uniqueKeysWithValues: try names.map { ($0, try source.value(at: "schema/\($0)")) })
    }

    /// What a file breaks of its schema.
    static func schemaViolations(of file: String, in spec: SpecSource = source) throws -> [String] {
        let schemas = try schemas()
        guard let name = try source.filesWithSchemas().first(where: { $0.file == file })?.schema.split(separator: "/").last,
            let schema = schemas[String(name)]
        else { return ["\(file) has no schema"] }
        return try JSONSchemaSubset(schema, others: schemas).violations(in: try spec.value(at: file))
    }

    /// Runs `body` with a copy of `Spec/` in which one file was edited.
    static func withEdited(_ file: String, replacing old: String, by new: String, _ body: (SpecSource) throws -> Void) throws {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("spec-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: source.root, to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }
        let url = copy.appendingPathComponent(file)
        let text = try String(contentsOf: url, encoding: .utf8)
        guard let range = text.range(of: old) else { throw SpecError(file: file, message: "the edit finds nothing: \(old)") }
        try text.replacingCharacters(in: range, with: new).write(to: url, atomically: true, encoding: .utf8)
        try body(source.copied(to: copy))
    }
}
