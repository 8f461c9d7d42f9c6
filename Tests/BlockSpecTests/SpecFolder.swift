import Foundation
import SpecLoader

/// The checkout that the tests were built from.
enum SpecFolder {
    static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let source = SpecSource(root: checkout.appendingPathComponent("Spec"))

    /// Runs `body` with a copy of `Spec/` in which one file was edited.
    static func withEdited(_ file: String, replacing old: String, by new: String, _ body: (SpecSource) throws -> Void) throws {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("spec-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: source.root, to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }
        let url = copy.appendingPathComponent(file)
        let text = try String(contentsOf: url, encoding: .utf8)
        guard let range = text.range(of: old) else { throw SpecError(file: file, message: "the edit finds nothing: \(old)") }
        try text.replacingCharacters(in: range, with: new).write(to: url, atomically: true, encoding: .utf8)
        try body(SpecSource(root: copy))
    }
}
