import Foundation
import HIFIBlockSpec
import Yams

/// Reads the files under `Spec/` and reports mistakes with file and key.
///
/// Only maintainers' tools and tests link this; the shipped binary holds the generated form (`Sources/BlockSpec/Generated`).
public struct SpecSource: Sendable {
    /// The `Spec` folder of a checkout.
    public let root: URL

    /// The files below this folder, normally `Spec`.
    public init(root: URL) { self.root = root }

    /// The `.yaml` files of a folder below `Spec`, in name order, as paths relative to `Spec`.
    public func files(in folder: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }

    /// Decodes one file.
    public func decode<T: Decodable>(_ type: T.Type, from path: String) throws -> T {
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        do {
            return try YAMLDecoder().decode(type, from: text)
        } catch {
            throw SpecError(file: path, message: "\(error)")
        }
    }
}

/// A mistake in a spec file.
public struct SpecError: Error, CustomStringConvertible {
    /// The file, relative to `Spec`.
    public let file: String
    /// What is wrong, and where in the file.
    public let message: String

    /// Creates an error about a file, relative to `Spec`.
    public init(file: String, message: String) {
        self.file = file
        self.message = message
    }

    /// `Spec/FILE: MESSAGE`.
    public var description: String { "Spec/\(file): \(message)" }
}
